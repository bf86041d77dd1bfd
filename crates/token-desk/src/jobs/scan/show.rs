//! A scan as it is shown: its hits by token, and what may be said about it.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Utc};
use token_scan::{Fingerprint, Hit};

use super::ledger::LedgerTold;
use super::place::{self, LookedFor, PlaceTold};
use super::whose::{Life, Owner, life};
use super::words;
use crate::desk::Desk;
use crate::desk::running::scan::{Compared, RunningScan};
use crate::digest::hex;
use crate::error::Error;
use crate::model::deed::Deed;
use crate::model::scan::ScanOf;
use crate::system::threads::blocking;

/// As many tokens are told at most, and as many places of each.
#[derive(Debug, Clone, Copy)]
struct Most {
    tokens: usize,
    places: usize,
}

impl Most {
    /// As many as a person looks at.
    const SHOWN: Self = Self { tokens: 200, places: 50 };
    const ALL: Self = Self { tokens: usize::MAX, places: usize::MAX };
}

/// A token of which values were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundToken {
    /// What tells it from others: worth nothing without a key that only this app has.
    pub fingerprint: String,
    /// The same, as it is kept.
    pub(crate) print: [u8; 32],
    /// The mask of its value.
    pub mask: String,
    /// Whose it is; `None` if that isn't known.
    pub owner: Option<Owner>,
    /// Whether it still works.
    pub life: Life,
    /// Its incident, if it has one that isn't closed.
    pub incident: Option<IncidentOf>,
    /// The first of its places.
    pub places: Vec<PlaceTold>,
    /// How many places there are.
    pub count: u64,
    /// How many of them are what is looked for.
    pub fitting: u64,
    /// How many of them the last scan of the same did not find.
    pub fresh: u64,
}

/// How far the incident of a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncidentOf {
    /// Nothing proves yet that the value is dead.
    Open,
    /// The server refused the value.
    ProvenDead,
}

/// What differs from an earlier scan of the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedTold {
    /// When that one began.
    pub since: DateTime<Utc>,
    /// How many places are new.
    pub new: usize,
    /// The places that are gone, unless something could not be read.
    pub gone: Vec<String>,
}

/// A scan that runs, or has ended.
#[derive(Debug, Clone)]
pub struct ScanNow {
    /// What the scan reads.
    pub of: ScanOf,
    /// When the scan began.
    pub began: DateTime<Utc>,
    /// What may be said about it.
    pub title: String,
    /// How far it is; `None` if it has ended.
    pub progress: Option<String>,
    /// How much of what is known to be there it has read, in percent.
    pub percent: u8,
    /// What was met; `None` before its end.
    pub ledger: Option<LedgerTold>,
    /// Whether it can't be an all-clear.
    pub partial: bool,
    /// How long it took, in words; empty before its end.
    pub took: String,
    /// What was found, the live ones first.
    pub tokens: Vec<FoundToken>,
    /// How many more tokens were found.
    pub more: usize,
    /// What differs from the last scan of the same.
    pub compared: Option<ComparedTold>,
    /// How many places were found beyond those that a scan lists.
    pub unlisted: u64,
    /// How many places aren't listed because the value belongs there.
    pub belonging: usize,
    /// How many placeholders of documentation were met.
    pub placeholders: u64,
    /// Why the tokens of earlier starts can't be known by their fingerprints.
    pub unavailable: Option<String>,
    /// Whether the next start gives each value the same fingerprint.
    pub is_kept: bool,
}

impl From<&Compared> for ComparedTold {
    fn from(of: &Compared) -> Self {
        Self { since: of.since, new: of.new.len(), gone: of.gone.clone() }
    }
}

impl Desk {
    /// The scan that runs, or the last one, with as much of what it found as a person looks at.
    pub async fn scan(
        &self,
        home: Option<&Path>,
        now: DateTime<Utc>,
    ) -> Result<Option<ScanNow>, Error> {
        self.tell_scan(home, now, Most::SHOWN, &LookedFor::default()).await
    }

    /// The same, but of everything that was found only what is looked for.
    pub async fn look_through_scan(
        &self,
        looked_for: &LookedFor,
        home: Option<&Path>,
        now: DateTime<Utc>,
    ) -> Result<Option<ScanNow>, Error> {
        self.tell_scan(home, now, Most::SHOWN, looked_for).await
    }

    /// The same with all tokens and all of their places, for reports.
    pub async fn whole_scan(
        &self,
        home: Option<&Path>,
        now: DateTime<Utc>,
    ) -> Result<Option<ScanNow>, Error> {
        self.tell_scan(home, now, Most::ALL, &LookedFor::default()).await
    }

    async fn tell_scan(
        &self,
        home: Option<&Path>,
        now: DateTime<Utc>,
        most: Most,
        looked_for: &LookedFor,
    ) -> Result<Option<ScanNow>, Error> {
        let Some(scan) = self.inner.scans.last() else { return Ok(None) };
        let home = home.map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let (desk, looked_for) = (self.clone(), looked_for.prepared());
        let mut told =
            blocking(move || desk.scan_now(&scan, (&home, now), most, &looked_for)).await?;
        if told.progress.is_none() && !told.tokens.is_empty() {
            self.tell_incidents(&mut told.tokens).await?;
        }
        Ok(Some(told))
    }

    async fn tell_incidents(&self, tokens: &mut [FoundToken]) -> Result<(), Error> {
        let open = self.incidents().await?;
        let of = |token: &FoundToken| {
            let (key, print) = (token.owner.as_ref().map(|it| &it.key), hex(&token.print));
            let mut same = open.iter().map(|it| &it.incident);
            let own = same.find(|it| match (it.named(), key) {
                (Some((its, ..)), Some(key)) => its == *key,
                _ => it.print.as_ref() == Some(&print),
            })?;
            let is_dead = own.proofs().last().is_some_and(|it| it.what == Deed::ValueRefused);
            Some(if is_dead { IncidentOf::ProvenDead } else { IncidentOf::Open })
        };
        for token in tokens {
            token.incident = of(token);
        }
        Ok(())
    }

    fn scan_now(
        &self,
        scan: &RunningScan,
        (home, now): (&str, DateTime<Utc>),
        most: Most,
        looked_for: &LookedFor,
    ) -> ScanNow {
        // Once only: it may end while this is put together.
        let (ended, canceled) = (scan.ended(), scan.is_canceled());
        let running = ended.is_none() && !canceled;
        let report = ended.and_then(|ended| ended.report.as_ref());
        let compared = ended.and_then(|ended| ended.compared.as_ref());
        let hits: Cow<'_, [Hit]> =
            report.map_or_else(|| scan.hits().into(), |report| (&report.hits[..]).into());
        let showing = Showing { compared, home, most: most.places, looked_for };
        let mut tokens = self.found_tokens(&hits, report.is_some(), now, &showing);
        let title = match report {
            _ if canceled => words::cut_short("Canceled", &tokens),
            Some(report) => words::title(report.outcome(), &report.ledger, &tokens),
            None if running => "Scanning…".to_owned(),
            None => words::cut_short("The scan crashed", &tokens),
        };
        let (read, expected, elapsed) = scan.progress();
        tokens.retain(|it| it.fitting > 0);
        let more = tokens.len().saturating_sub(most.tokens);
        tokens.truncate(most.tokens);
        ScanNow {
            of: scan.of.clone(),
            began: scan.began,
            title,
            progress: running.then(|| words::progress(read, expected, elapsed)),
            percent: u8::try_from(read.saturating_mul(100) / expected.max(1)).unwrap_or(100),
            ledger: report.map(|report| LedgerTold::new(&report.ledger, &scan.of, home)),
            partial: canceled || report.is_none_or(|it| it.ledger.complete().is_none()),
            took: ended.map(|ended| words::took(ended.took)).unwrap_or_default(),
            tokens,
            more,
            compared: compared.map(ComparedTold::from),
            unlisted: report.map_or(0, |report| report.ledger.unlisted),
            belonging: report.map_or(0, |report| self.belonging(&report.hits)),
            placeholders: report.map_or(0, |report| report.ledger.placeholders),
            unavailable: scan.unavailable.map(|error| error.to_string()),
            is_kept: scan.is_kept,
        }
    }

    /// How many places the values belong in.
    fn belonging(&self, hits: &[Hit]) -> usize {
        place::merged(hits.iter().filter(|hit| self.belongs(hit))).len()
    }

    /// The hits by token. What the lists show of values is compared only once, at the end.
    fn found_tokens(
        &self,
        hits: &[Hit],
        ended: bool,
        now: DateTime<Utc>,
        showing: &Showing<'_>,
    ) -> Vec<FoundToken> {
        let (lists, clocks) = (self.listed_for_naming(), self.clocks(now));
        let told = |(fingerprint, hits): (Fingerprint, Vec<&Hit>)| {
            let owner = self.owner(hits[0], &lists, ended);
            let life = owner.as_ref().map_or(Life::Unknown, |it| life(&it.key, &lists, &clocks));
            let merged = place::merged(hits.iter().copied());
            let mask = &hits[0].token;
            let (places, fitting) = showing.places(&merged, mask, owner.as_ref());
            FoundToken {
                fingerprint: fingerprint.to_string(),
                print: fingerprint.0,
                mask: hits[0].token.clone(),
                owner,
                life,
                incident: None,
                places,
                count: merged.len() as u64,
                fitting,
                fresh: merged.iter().filter(|(hit, _)| showing.is_new(hit)).count() as u64,
            }
        };
        let listed = hits.iter().filter(|hit| !self.belongs(hit));
        let mut tokens: Vec<_> = by_value(listed).into_iter().map(told).collect();
        tokens.sort_by_key(|it| (it.life, it.owner.is_none(), Reverse(it.count)));
        tokens
    }
}

/// How places are shown, and which of them.
struct Showing<'a> {
    compared: Option<&'a Compared>,
    home: &'a str,
    /// As many places of each token are told.
    most: usize,
    looked_for: &'a LookedFor,
}

impl Showing<'_> {
    fn is_new(&self, hit: &Hit) -> bool {
        let new = self.compared.map(|it| &it.new).filter(|new| !new.is_empty());
        new.is_some_and(|it| it.contains(&(hit.fingerprint.0, place::key(hit))))
    }

    /// The first of a token's places that are looked for, and how many of those there are.
    fn places(
        &self,
        all: &[(&Hit, u64)],
        mask: &str,
        owner: Option<&Owner>,
    ) -> (Vec<PlaceTold>, u64) {
        let told = |(at, (hit, versions)): (usize, &(&Hit, u64))| {
            place::told(at, (hit, *versions), self.is_new(hit), self.home)
        };
        if self.looked_for.is_everything() {
            return (all.iter().enumerate().take(self.most).map(told).collect(), all.len() as u64);
        }
        let is_token = self.looked_for.is_token(mask, owner);
        let fits = |it: &PlaceTold| {
            (it.is_new || !self.looked_for.only_new) && (is_token || self.looked_for.is_place(it))
        };
        let mut places: Vec<_> = all.iter().enumerate().map(told).filter(fits).collect();
        let fitting = places.len() as u64;
        places.truncate(self.most);
        (places, fitting)
    }
}

fn by_value<'a>(hits: impl Iterator<Item = &'a Hit>) -> BTreeMap<Fingerprint, Vec<&'a Hit>> {
    let mut values: BTreeMap<_, Vec<&Hit>> = BTreeMap::new();
    for hit in hits {
        values.entry(hit.fingerprint).or_default().push(hit);
    }
    values
}
