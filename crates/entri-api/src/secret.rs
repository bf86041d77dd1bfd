//! A value that must not leave by accident.

use std::fmt;

use secrecy::zeroize::Zeroize;
use secrecy::{ExposeSecret, SecretString};

use crate::value::VALUE_PREFIX;

/// Long enough that showing the last four characters gives nothing away.
const MASKABLE: usize = 20;
const SHOWN: usize = 4;

/// A secret text. It is wiped when dropped, prints as `[secret]`, and cannot be serialized.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Takes ownership of the text; its original buffer is wiped.
    #[must_use]
    pub fn new(mut text: String) -> Self {
        // Boxing the text itself could move it and leave the old copy behind.
        let secret = SecretString::from(text.as_str());
        text.zeroize();
        Self(secret)
    }

    /// The text itself. Every caller is on a list (`tests/shell/exposed.rs`).
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// What may be shown: `entri_••••••••••••••••••••••1Td6`. A value under 20 characters shows
    /// nothing but its prefix.
    #[must_use]
    pub fn mask(&self) -> String {
        let text = self.expose();
        let prefix = if text.starts_with(VALUE_PREFIX) { VALUE_PREFIX } else { "" };
        let end = text.char_indices().rev().nth(SHOWN - 1).map_or(text.len(), |(at, _)| at);
        let shown = if text.chars().count() >= MASKABLE { &text[end..] } else { "" };
        // The number of dots is fixed, so it doesn't give away the length.
        format!("{prefix}{}{shown}", "•".repeat(22))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[secret]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_shows_the_end_of_a_long_value_only() {
        let long = Secret::new("entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6".to_owned());
        assert!(long.mask().starts_with("entri_••") && long.mask().ends_with("•1Td6"));
        let short = Secret::new("entri_abcd".to_owned());
        assert!(!short.mask().contains("abcd"));
        assert!(!Secret::new("not a token at all, but long".to_owned()).mask().contains("not"));
    }

    #[test]
    fn debug_says_nothing() {
        assert_eq!(format!("{:?}", Secret::new("entri_abcd".to_owned())), "[secret]");
    }
}
