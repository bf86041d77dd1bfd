//! What was done, as one sentence.

use super::Act;
use crate::model::act::ActKind;
use crate::model::deed::Deed;
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

impl Act {
    /// The sentence that says what was done.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        let (before, after) = match self.kind() {
            ActKind::Create | ActKind::Revoke => self.of_attempt(),
            ActKind::BulkRevoke => self.of_bulk_revoke(),
            ActKind::Incident => ("Found the value of".to_owned(), self.whose()),
            ActKind::Rotation | ActKind::Decision | ActKind::Audit | ActKind::Other => {
                self.of_one_entry()
            }
        };
        let name = match (self.kind(), self.token_ids().len()) {
            (ActKind::BulkRevoke, 1) => "1 token".to_owned(),
            (ActKind::BulkRevoke, count) => format!("{count} tokens"),
            _ => self.name().unwrap_or_default().to_owned(),
        };
        Sentence { before, name, after }
    }

    fn of_attempt(&self) -> (String, String) {
        let (_, (before, after)) = self.ending();
        let after = if after.is_empty() { self.delivered_to() } else { after.to_owned() };
        (before.to_owned(), after)
    }

    fn of_bulk_revoke(&self) -> (String, String) {
        let due = self.first().until;
        let after = due.map_or_else(String::new, |due| format!("due {}", when::local(due)));
        ("Bulk revoke of".to_owned(), after)
    }

    /// What follows where the name of the token would be.
    fn whose(&self) -> String {
        if self.name().is_some() { String::new() } else { "an unknown token".to_owned() }
    }

    fn of_one_entry(&self) -> (String, String) {
        let first = self.first();
        let Some(before) = first.deed().and_then(Deed::sentence) else {
            return (first.says().into_owned(), String::new());
        };
        let until = first.until.map(|until| format!("until {}", when::date(until)));
        let detail = first.detail.as_ref().map(|detail| match self.kind() {
            // In the words of the person who decided.
            ActKind::Decision => format!("“{detail}”"),
            ActKind::Rotation => format!("as “{detail}”"),
            _ => detail.clone(),
        });
        let after: Vec<_> = until.into_iter().chain(detail).collect();
        (before.to_owned(), after.join(": "))
    }

    /// Where the value went.
    fn delivered_to(&self) -> String {
        let delivered = self.own().filter(|entry| entry.deed() == Some(Deed::Delivered));
        let mut places: Vec<_> = delivered.filter_map(|entry| entry.detail.as_deref()).collect();
        places.dedup();
        match &places[..] {
            [] => String::new(),
            [CLIPBOARD] => "and copied it to the clipboard".to_owned(),
            [place] => format!("and delivered it to {place}"),
            places => format!("and delivered it to {} places", places.len()),
        }
    }
}
