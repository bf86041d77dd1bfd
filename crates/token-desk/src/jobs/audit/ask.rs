//! Messages that ask the creators of tokens whether they still need them: one text per person, which the admin
//! sends.

use std::collections::BTreeMap;
use std::fmt::Write;

use token_audit::Date;

use crate::desk::Desk;
use crate::error::Error;
use crate::jobs::browse::lookup::Found;
use crate::model::token::{TokenKey, TokenRecord};
use crate::system::threads::blocking;
use crate::{text, when};

/// A message to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The creator of the tokens; `None` if the server doesn't say.
    pub person: Option<String>,
    /// The number of tokens it is about.
    pub tokens: usize,
    /// The whole message, ready to be sent.
    pub text: String,
}

impl Desk {
    /// Returns the messages about these tokens, or about the selected ones if `keys` is empty: one per person,
    /// sorted by name.
    pub async fn questions(&self, keys: Vec<TokenKey>) -> Result<Vec<Ask>, Error> {
        let desk = self.clone();
        blocking(move || desk.asked(keys)).await?
    }

    /// Copies one of the messages.
    pub async fn copy_question(&self, keys: Vec<TokenKey>, index: usize) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || match desk.asked(keys)?.into_iter().nth(index) {
            Some(ask) => desk.inner.clipboard.copy_text(ask.text),
            None => Err(Error::TokenGone),
        })
        .await?
    }

    fn asked(&self, keys: Vec<TokenKey>) -> Result<Vec<Ask>, Error> {
        let found = self.find_all(&self.or_selected(keys)?);
        let mut by_person: BTreeMap<Option<&str>, Vec<String>> = BTreeMap::new();
        for token in found.iter().flatten().map(Found::token) {
            by_person.entry(token.created_by).or_default().push(line(&token));
        }
        Ok(by_person.into_iter().map(|(person, lines)| Ask::new(person, &lines)).collect())
    }
}

/// The line of the message about one token.
fn line(token: &TokenRecord<'_>) -> String {
    let used = match token.last_used {
        Date::At(used) => format!("last used {}", when::date(used)),
        Date::Unreadable => "last use not readable".to_owned(),
        Date::None if token.last_used_reported => "never used".to_owned(),
        Date::None => "usage not reported".to_owned(),
    };
    let created = token.created.at().map(|at| format!("created {}, ", when::date(at)));
    let (name, created) = (text::visible(token.name), created.unwrap_or_default());
    format!("- {name} ({}): {created}{used}", token.id)
}

impl Ask {
    fn new(person: Option<&str>, lines: &[String]) -> Self {
        let (these, needed) = match lines.len() {
            1 => ("You created this API token:", "Do you still need it, and where is it used?"),
            _ => (
                "You created these API tokens:",
                "Do you still need them, and where are they used?",
            ),
        };
        let greeting = person.map_or_else(|| "Hello,".to_owned(), |name| format!("Hello {name},"));
        let mut text = format!("{}\n\n{these}\n\n", text::visible(&greeting));
        for line in lines {
            // Writing to a `String` can't fail.
            let _ = writeln!(text, "{line}");
        }
        let _ = writeln!(text, "\n{needed} Unneeded tokens will be revoked.");
        Self { person: person.map(str::to_owned), tokens: lines.len(), text }
    }
}
