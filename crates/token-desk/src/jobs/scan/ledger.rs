//! The ledger of a scan, in words.

use token_scan::{Fault, Ledger, Rule, Unit};

use super::words::{self, bytes};
use crate::model::scan::{ScanOf, shortened};
use crate::text::{counted, visible};

/// What a scan met, in its three parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerTold {
    /// `19,166 files and 182,086 Git objects`, `the pasted text`.
    pub read: String,
    /// `218 MB of files, 4.9 GB of history`, `24 bytes`.
    pub read_bytes: String,
    /// How many things were skipped by a rule.
    pub skipped: u64,
    /// `3 symbolic links`, for each rule.
    pub rules: Vec<String>,
    /// `3 symbolic links and 1 folder on another file system`: those of them that could hold more.
    pub left_out: String,
    /// `3 files`; empty if everything was read.
    pub unread: String,
    /// What could not be read, by reason.
    pub faults: Vec<UnreadTold>,
}

/// What could not be read for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadTold {
    /// The reason: `Permission denied`.
    pub why: String,
    /// How many things there are.
    pub count: u64,
    /// The first of their places.
    pub places: Vec<String>,
}

impl LedgerTold {
    pub(super) fn new(ledger: &Ledger, of: &ScanOf, home: &str) -> Self {
        let read = |unit| ledger.all_read().get(&unit).copied().unwrap_or_default();
        let (files, objects) = (read(Unit::File), read(Unit::Object));
        let history = objects.count > 0;
        let both = |files: String, objects: String, and: &str| {
            if history { format!("{files}{and}{objects}") } else { files }
        };
        let (number, size) = match of {
            ScanOf::Text => ("the pasted text".to_owned(), bytes(files.bytes)),
            _ => (counted(files.count, "file"), format!("{} of files", bytes(files.bytes))),
        };
        let skipped = ledger.all_skipped();
        let left_out = words::left_out(ledger).into_iter();
        let left_out: Vec<_> = left_out.map(|(rule, count)| of_rule(count, rule)).collect();
        let faults = ledger.all_unread().iter().map(|(fault, unread)| UnreadTold {
            why: why(*fault).to_owned(),
            count: unread.tally.count,
            places: unread.places.iter().map(|it| visible(&shortened(it, home))).collect(),
        });
        Self {
            read: both(number, counted(objects.count, "Git object"), " and "),
            read_bytes: both(size, format!("{} of history", bytes(objects.bytes)), " · "),
            skipped: skipped.values().map(|tally| tally.count).sum(),
            rules: skipped.iter().map(|(rule, tally)| of_rule(tally.count, *rule)).collect(),
            left_out: left_out.join(" and "),
            unread: if ledger.complete().is_some() { String::new() } else { words::unread(ledger) },
            faults: faults.collect(),
        }
    }
}

/// `1 folder on another file system`, `3 symbolic links`.
fn of_rule(count: u64, rule: Rule) -> String {
    let (one, rest) = match rule {
        Rule::Link => ("symbolic link", ""),
        Rule::NotAFile => ("special file", ""),
        Rule::OtherFileSystem => ("folder", " on another file system"),
        Rule::OwnData => ("folder", " of this app"),
        Rule::MetBefore => ("duplicate", ""),
        Rule::Repeated => ("table", " that repeats a pack"),
    };
    format!("{}{rest}", counted(count, one))
}

fn why(fault: Fault) -> &'static str {
    match fault {
        Fault::Missing => "Not there, or no longer",
        Fault::Denied => "Permission denied",
        Fault::Changed => "Changed while it was read",
        Fault::System => "Read error",
        Fault::Stopped => "Not reached before the scan was canceled",
        Fault::Damaged => "Damaged",
        Fault::MissingObject => "Missing from the repository",
        Fault::NotFetched => "Never fetched by this clone",
        Fault::UnknownFormat => "Compressed in a format this app can’t open",
        Fault::TooLarge => "Too large",
        Fault::Encrypted => "Needs a password",
        Fault::TooDeep => "Nested too deeply",
        Fault::UnpacksTooLarge => "Unpacks to far more than it should",
    }
}
