//! Entries that couldn't be written yet because the file is locked or the disk is full. They are written in
//! order and with their original times, before anything later.

use std::collections::HashMap;

use super::entry::{Draft, StoredEntry};
use crate::model::deed::Deed;

/// Rows that aren't in the journal yet.
#[derive(Default)]
pub(super) struct Owed {
    pub rows: Vec<StoredEntry>,
    /// Why the last one could not be written.
    reason: String,
    /// The numbers of acts that had a provisional number below 0.
    pub numbers: HashMap<i64, i64>,
    /// The last provisional number.
    last: i64,
    /// For each row the name of what it is about, and what was done to that if it is worth reporting.
    told: Vec<(String, Option<&'static str>)>,
}

/// What the journal lacks, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unwritten {
    /// What happened last: “name” was revoked.
    pub what: String,
    /// What the storage says.
    pub reason: String,
}

impl Owed {
    /// Keeps a row until it can be written; returns its provisional number. `name` is that of
    /// what it is about.
    pub fn add(&mut self, draft: &Draft<'_>, name: &str, reason: String) -> i64 {
        self.last -= 1;
        self.rows.push(StoredEntry::new(self.last, draft));
        self.told.push((name.to_owned(), told(draft.what)));
        self.reason = reason;
        self.last
    }

    /// Everything was written, and these acts have these numbers.
    pub fn written(&mut self, numbers: HashMap<i64, i64>) {
        self.rows.clear();
        self.told.clear();
        self.numbers = numbers;
    }

    /// Whether one of the rows ends this attempt.
    pub fn ends(&self, attempt: i64) -> bool {
        let ends = |row: &StoredEntry| {
            row.attempt == Some(attempt) && Deed::with_code(&row.what).is_some_and(Deed::ends)
        };
        self.rows.iter().any(ends)
    }

    /// What is missing from the journal; `None` if nothing is.
    pub fn unwritten(&self) -> Option<Unwritten> {
        let (name, deed) = self.told.iter().rev().find(|it| it.1.is_some()).or(self.told.last())?;
        let what = format!("“{name}” {}", deed.unwrap_or("was worked on"));
        Some(Unwritten { what, reason: self.reason.clone() })
    }
}

/// What was done to a token, the policy or a file, in words, if that is worth reporting.
fn told(deed: Deed) -> Option<&'static str> {
    match deed {
        Deed::Revoked | Deed::TokenRevoked => Some("was revoked"),
        Deed::Gone => Some("had already been revoked"),
        Deed::Delivered => Some("was delivered"),
        Deed::Made => Some("was created"),
        Deed::PolicyChanged => Some("was changed"),
        Deed::PolicyExported | Deed::ReportExported | Deed::ActivityExported => {
            Some("was exported")
        }
        _ => None,
    }
}
