//! A scan as a file: what was found where, by masks alone, and what was not read.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::ledger::LedgerTold;
use super::show::{FoundToken, ScanNow};
use super::whose::Life;
use crate::desk::Desk;
use crate::error::{Error, ScanError};
use crate::system::private_file::{FileRequest, PrivateFile};
use crate::system::threads::blocking;
use crate::text::{counted, plain, visible};
use crate::when;

impl Desk {
    /// Saves the last scan as Markdown. Returns the path of the new file.
    ///
    /// # Errors
    /// [`ScanError::Changed`] if there is none.
    pub async fn save_scan(
        &self,
        request: FileRequest,
        home: Option<&Path>,
        now: DateTime<Utc>,
    ) -> Result<PathBuf, Error> {
        let scan = self.scan(home, now).await?.ok_or(ScanError::Changed)?;
        let home = home.map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        blocking(move || {
            let place = PrivateFile::at(&request)?;
            place.write(&[markdown(&scan, &home).as_bytes()])?;
            Ok(place.file)
        })
        .await?
    }
}

fn markdown(scan: &ScanNow, home: &str) -> String {
    let of = plain(&visible(&scan.of.words(home)));
    let began = when::absolute(scan.began);
    let mut page =
        format!("# {}\n\nScan of {of}, {began}. All times are in UTC.\n", plain(&scan.title));
    if let Some(ledger) = &scan.ledger {
        page += &told(ledger);
    }
    for token in &scan.tokens {
        page += &of_token(token);
    }
    let left_out = [
        (scan.more as u64, "more token"),
        (scan.unlisted, "more place"),
        (scan.belonging as u64, "place where a value belongs"),
        (scan.placeholders, "placeholder"),
    ];
    let left_out = left_out.into_iter().filter(|(count, _)| *count > 0);
    let left_out: Vec<_> = left_out.map(|(count, what)| format!("- {count} × {what}\n")).collect();
    if !left_out.is_empty() {
        page += "\n## Not listed\n\n";
        page += &left_out.concat();
    }
    page
}

/// What was read, skipped, and not readable.
fn told(ledger: &LedgerTold) -> String {
    let mut text = format!("\n- Read: {} ({})\n", ledger.read, ledger.read_bytes);
    if !ledger.rules.is_empty() {
        let _ = writeln!(text, "- Skipped by rule: {}", ledger.rules.join(", "));
    }
    for fault in &ledger.faults {
        let more = fault.count.saturating_sub(fault.places.len() as u64);
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        let places: Vec<_> = fault.places.iter().map(|place| plain(place)).collect();
        // Writing to a `String` can't fail.
        let _ = writeln!(
            text,
            "- Could not be read: {} × {}: {}{more}",
            fault.count,
            fault.why,
            places.join(", ")
        );
    }
    text
}

fn of_token(token: &FoundToken) -> String {
    let owner = token.owner.as_ref();
    let name = owner.map(|it| format!("{} ({}), ", plain(&visible(&it.name)), plain(&it.key.id.0)));
    let mut text = format!(
        "\n## {}{}\n\n{}, {}\n\n",
        name.unwrap_or_default(),
        token.mask,
        life(token.life),
        counted(token.count, "place")
    );
    for place in &token.places {
        let reach = if place.reach.is_empty() { "" } else { ", " };
        let (path, about) = (plain(&place.path), plain(&place.about));
        let _ = writeln!(text, "- {path}: {about}{reach}{}", plain(&place.reach));
    }
    let more = token.count.saturating_sub(token.places.len() as u64);
    if more > 0 {
        let _ = writeln!(text, "- and {more} more");
    }
    text
}

fn life(life: Life) -> &'static str {
    match life {
        Life::Live => "Live",
        Life::Unknown => "Not known whether it works",
        Life::Expired => "Expired",
        Life::Revoked => "Revoked",
        Life::Gone => "Gone from its list",
    }
}
