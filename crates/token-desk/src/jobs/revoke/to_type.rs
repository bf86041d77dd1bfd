//! The text typed to confirm a revoke: the token's name or, if that is hard to type, its id.

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::model::token::TokenKey;
use crate::text;

/// The longest name that anybody would type, in characters.
const LONGEST: usize = 60;

/// The text to type. Rust decides it, so that neither the page nor the author of a name can make it impossible
/// or empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToType {
    /// The name, as it is shown.
    Name(String),
    /// The id, because the name is blank, long, or can't be typed.
    Id(String),
}

impl ToType {
    /// Returns the text to type for a token with this name, as the admin sees it.
    pub(crate) fn of(name: &str, key: &TokenKey) -> Self {
        if is_typable(name) {
            Self::Name(name.to_owned())
        } else {
            Self::Id(text::visible(&key.id.0))
        }
    }

    /// The text that is to be typed.
    #[must_use]
    pub fn text(&self) -> &str {
        let (Self::Name(text) | Self::Id(text)) = self;
        text
    }

    /// Whether it was typed. Runs of spaces count as one, and characters that look alike are equal.
    pub(crate) fn is(&self, typed: &str) -> bool {
        let wanted = plain(self.text());
        !wanted.is_empty() && plain(typed) == wanted
    }
}

/// Whether a person can type it as it is shown, and does not see less than there is.
fn is_typable(name: &str) -> bool {
    let plain = plain(name);

    // A name that is shown differently than it is, or that needs an invisible character, can't be
    // typed as it looks.
    let is_seen = text::visible(&plain) == plain && !name.contains(text::is_invisible);
    !plain.is_empty()
        && name.chars().count() <= LONGEST
        && is_seen
        && !name.contains(text::is_odd_blank)
        && !entri_api::holds_value(name)
}

fn plain(text: &str) -> String {
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_equal_is_equal() {
        let name = |text: &str| ToType::Name(text.to_owned());
        assert!(name("double  blank prod").is("double blank prod"));
        assert!(name("cafe\u{301}").is("café") && name("café").is(" cafe\u{301} "));
        assert!(name("x\u{A0}prod").is("x prod"));
        assert!(!name("x prod").is("xprod") && !name("x").is("X") && !name("x").is(""));
        assert!(!name(" ").is("") && !name("").is(""), "a blank one is never confirmed");
    }

    #[test]
    fn a_name_that_is_hard_to_type_is_not_asked_for() {
        for name in ["deploy", "double  blank prod", "café", "日本 prod", "entri_ci"] {
            assert!(is_typable(name), "{name}");
        }
        for name in [
            "",
            " ",
            "\u{A0}",
            "a\u{202E}b",
            "a\u{200B}b",
            "x\u{A0}prod",
            "x\u{2003}prod",
            "prod\u{2060}",
            "\u{2764}\u{FE0F}",
            "entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6",
            &"x".repeat(61),
            &format!("e{}", "\u{301}".repeat(9)),
        ] {
            assert!(!is_typable(name), "{name}");
        }
    }
}
