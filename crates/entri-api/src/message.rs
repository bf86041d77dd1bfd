//! A server's own words, made safe to show.

use std::cmp::Reverse;
use std::fmt;

use secrecy::zeroize::Zeroizing;

use crate::percent;
use crate::secret::Secret;
use crate::value::VALUE_PREFIX;

/// The most of a server's words that is shown, in characters.
const LONGEST: usize = 300;
/// No token of a session is shorter, in bytes.
const SHORTEST_TOKEN: usize = 4;

/// A server's own words: on one line, without control characters and API tokens, at most 300
/// characters long (docs/entri-api.md#errors). As part of a sentence it is empty, or `: “…”`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerMessage(String);

impl ServerMessage {
    /// Makes a server's text safe to show: one line, no control characters or API tokens, at most
    /// 300 characters.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::without(text, &[])
    }

    /// Cleans a text like [`ServerMessage::new`], and removes these secrets from it.
    pub(crate) fn without(text: &str, secrets: &[Secret]) -> Self {
        let mut clean = on_one_line(text).split(' ').map(redacted).collect::<Vec<_>>().join(" ");
        let forms = secrets.iter().flat_map(|secret| forms(secret.expose()));
        let mut forms: Vec<_> = forms.filter(|form| !form.is_empty()).collect();
        // A value that is part of another one must not split that one before it is found.
        forms.sort_by_key(|form| Reverse(form.len()));
        for form in forms {
            clean = clean.replace(&*form, "…");
        }
        Self(clean.chars().take(LONGEST).collect())
    }

    /// The cleaned text itself.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ServerMessage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.trim_end_matches('.') {
            "" => Ok(()),
            words => write!(formatter, ": “{words}”"),
        }
    }
}

fn on_one_line(text: &str) -> Zeroizing<String> {
    let visible: String = text.chars().filter(|character| !is_mark(*character)).collect();
    let words = Zeroizing::new(visible);
    let words = words.split(|character: char| character.is_whitespace() || character.is_control());
    Zeroizing::new(words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// The forms in which a server may repeat a secret: as it was sent, URL-decoded, and, for a
/// cookie's value, the part before the signature.
fn forms(secret: &str) -> Vec<Zeroizing<String>> {
    let decoded = percent::decode(secret);
    let unsigned = secret.split_once('.').map_or("", |(token, _)| token);
    // A short part is a word like any other.
    let unsigned = if unsigned.len() < SHORTEST_TOKEN { "" } else { unsigned };
    [secret, &decoded, unsigned].map(on_one_line).into()
}

/// Invisible characters that reorder their neighbors, or hide a token from [`redacted`].
fn is_mark(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Removes everything from the prefix of a token to the end of the word.
fn redacted(word: &str) -> String {
    match word.find(VALUE_PREFIX) {
        Some(at) => format!("{}{VALUE_PREFIX}…", &word[..at]),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_servers_words_are_cleaned() {
        let message = ServerMessage::new("token \"entri_abc\"\u{7}\nis\tbad");
        assert_eq!(message.text(), "token \"entri_… is bad");
        assert_eq!(ServerMessage::new("a\u{202E}b e\u{200B}ntri_abc").text(), "ab entri_…");
        assert_eq!(ServerMessage::new(&"x".repeat(9_000)).text().chars().count(), LONGEST);
    }

    #[test]
    fn it_fits_into_a_sentence() {
        assert_eq!(ServerMessage::default().to_string(), "");
        assert_eq!(ServerMessage::new("Token not found.").to_string(), ": “Token not found”");
    }

    proptest! {
        #[test]
        fn no_token_passes(before in ".*", token in "entri_[A-Za-z0-9]{4,40}", after in ".*") {
            let message = ServerMessage::new(&format!("{before}{token}{after}"));
            prop_assert!(!message.text().contains(&token));
            prop_assert!(!message.text().chars().any(char::is_control));
        }
    }
}
