//! What is kept of a scan: its places by fingerprints, and its ledger, so that the next one says what is new and gone.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use token_scan::Report;

use super::ledger::LedgerTold;
use super::{place, words};
use crate::desk::Desk;
use crate::desk::running::scan::{Compared, RunningScan};
use crate::error::{Error, StoreError};
use crate::model::scan::{KeptPlace, KeptScan, ScanOf};
use crate::system::threads::blocking;

impl Desk {
    /// A scan has ended. It is kept and compared with the last one of the same, and the tokens that it found are marked.
    pub(super) async fn scan_ended(
        &self,
        scan: &RunningScan,
        report: Option<Report>,
        now: DateTime<Utc>,
    ) {
        let compared = match &report {
            // A canceled scan would make places look gone, and a pasted text is never scanned twice.
            Some(report) if !scan.is_canceled() && scan.of != ScanOf::Text => {
                self.keep_scan(kept(scan, report), report, scan.is_kept).await
            }
            _ => None,
        };
        let hits = report.as_ref().map(|report| report.hits.clone()).unwrap_or_default();
        scan.end(report, compared);
        self.mark_leaked(hits, now).await;
        self.tell();
    }

    /// Forgets what scans found: the key of its fingerprints is gone.
    pub(crate) fn forget_scans(&self) {
        if let Err(error) = self.inner.store.forget_scans() {
            tracing::warn!(%error, "scans are still kept");
        }
    }

    async fn keep_scan(&self, scan: KeptScan, report: &Report, is_kept: bool) -> Option<Compared> {
        let complete = report.ledger.complete().is_some();
        let (desk, now) = (self.clone(), scan.clone());
        let on_disk = blocking(move || -> Result<_, StoreError> {
            if !is_kept {
                return Ok(None);
            }
            let last = desk.inner.store.last_scan(&now.of)?;
            desk.inner.store.keep_scan(&now)?;
            Ok(last)
        });
        let last = on_disk.await.and_then(|last| Ok::<_, Error>(last?));
        let last = last.inspect_err(|error| tracing::warn!(%error, "a scan was not kept"));
        let in_memory = self.inner.scans.keep(scan.clone());
        let last = if is_kept { last.ok().flatten() } else { in_memory };
        last.map(|last| compare(&last, &scan, complete))
    }
}

/// What is kept of a scan.
fn kept(scan: &RunningScan, report: &Report) -> KeptScan {
    let ledger = LedgerTold::new(&report.ledger, &scan.of, "");
    let unread = if ledger.unread.is_empty() { "nothing" } else { &ledger.unread };
    let places = report.hits.iter().map(|hit| KeptPlace {
        print: hit.fingerprint.0,
        place: place::key(hit),
        says: format!("{} in {}", hit.token, place::told(0, (hit, 1), false, "").path),
    });
    let mut places: Vec<_> = places.collect();
    places.sort_by(|a, b| (a.print, &a.place).cmp(&(b.print, &b.place)));
    places.dedup_by(|a, b| (a.print, &a.place) == (b.print, &b.place));
    KeptScan {
        of: scan.of.words(""),
        at: scan.began,
        title: words::in_short(report),
        ledger: format!("Read {}; could not be read: {unread}", ledger.read),
        places,
    }
}

fn compare(last: &KeptScan, now: &KeptScan, complete: bool) -> Compared {
    let all = |scan: &KeptScan| -> HashSet<_> {
        scan.places.iter().map(|it| (it.print, it.place.clone())).collect()
    };
    let (before, here) = (all(last), all(now));
    let gone = last.places.iter().filter(|it| !here.contains(&(it.print, it.place.clone())));
    Compared {
        since: last.at,
        // What could not be read now may still be there.
        gone: gone.filter(|_| complete).map(|it| it.says.clone()).collect(),
        new: here.difference(&before).cloned().collect(),
    }
}
