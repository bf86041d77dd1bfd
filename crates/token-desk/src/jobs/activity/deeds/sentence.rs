//! What was done, as one sentence.

use super::{Deed, DeedKind};
use crate::storage::journal::CLIPBOARD;
use crate::when;

/// What was done, in words. The token's name goes between the two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// What comes before the name.
    pub before: String,
    /// The name, or the number of tokens; empty if the journal has neither.
    pub name: String,
    /// What comes after the name, and its id.
    pub after: String,
}

/// What is done to tokens by decisions.
const DECISIONS: [(&str, &str); 4] = [
    ("keep until", "Kept"),
    ("ask owner", "Asked the owner of"),
    ("plan revoke", "Planned to revoke"),
    ("withdraw decision", "Undid the decision on"),
];

/// The steps of a create that mean that the token exists.
const EXISTS: [&str; 8] =
    ["made", "unreadable", "found", "not handed over", "handed over", "kept", "revoked", "gone"];

impl Deed {
    /// What was done.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        let (before, after) = match self.kind {
            DeedKind::Create => self.of_create(),
            DeedKind::Revoke => self.of_revoke(),
            DeedKind::BulkRevoke => self.of_bulk_revoke(),
            DeedKind::Decision => self.of_decision(),
            DeedKind::Other => (self.first().says().to_owned(), String::new()),
        };
        let name = match (self.kind, self.token_ids().len()) {
            (DeedKind::BulkRevoke, 1) => "1 token".to_owned(),
            (DeedKind::BulkRevoke, count) => format!("{count} tokens"),
            _ => self.name().unwrap_or_default().to_owned(),
        };
        Sentence { before, name, after }
    }

    fn of_create(&self) -> (String, String) {
        let (before, after) = match self.last_what() {
            "create" | "unclear" => ("Creating", "got no answer".to_owned()),
            "denied" => ("Creating", "was refused by the server".to_owned()),
            "refused" | "not made" => ("Tried to create", String::new()),
            "handing over" => ("Created", "and began to deliver it".to_owned()),
            what if EXISTS.contains(&what) => ("Created", self.delivered_to()),
            _ => ("Creating", String::new()),
        };
        (before.to_owned(), after)
    }

    fn of_revoke(&self) -> (String, String) {
        let (before, after) = match self.last_what() {
            "revoked" => ("Revoked", ""),
            "gone" => ("Found", "already revoked"),
            "refused" | "not revoked" => ("Tried to revoke", ""),
            _ => ("Revoking", "got no answer"),
        };
        (before.to_owned(), after.to_owned())
    }

    fn of_bulk_revoke(&self) -> (String, String) {
        let due = self.first().until;
        let after = due.map_or_else(String::new, |due| format!("due {}", when::local(due)));
        ("Bulk revoke of".to_owned(), after)
    }

    fn of_decision(&self) -> (String, String) {
        let first = self.first();
        let verb = DECISIONS.iter().find(|(what, _)| *what == first.what);
        let until = first.until.map(|until| format!("until {}", when::date(until)));
        let why = first.detail.as_ref().map(|why| format!("“{why}”"));
        let after: Vec<_> = until.into_iter().chain(why).collect();
        (verb.map_or(&*first.what, |(_, verb)| verb).to_owned(), after.join(": "))
    }

    /// Where the value went.
    fn delivered_to(&self) -> String {
        let delivered = self.own().filter(|entry| entry.what == "handed over");
        let mut places: Vec<_> = delivered.filter_map(|entry| entry.detail.as_deref()).collect();
        places.dedup();
        match &places[..] {
            [] => String::new(),
            [CLIPBOARD] => "and copied it to the clipboard".to_owned(),
            [place] => format!("and delivered it to {place}"),
            places => format!("and delivered it to {} places", places.len()),
        }
    }

    fn last_what(&self) -> &str {
        self.last().map_or("", |entry| &entry.what)
    }
}
