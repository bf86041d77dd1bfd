//! Tokens' ids as numbers, some with more digits than a machine number can have.

/// How a token's id is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IdForm {
    /// A text, as documented: `"t-0a3f"`.
    #[default]
    Text,
    /// A number of a few digits.
    Number,
    /// A number that begins at 2^64 + 1.
    Beyond64,
    /// A number of 30 digits.
    Digits30,
}

/// Marks the beginning of a text that becomes a number in the body.
const BEFORE: &str = "\"\u{f8fe}";
const AFTER: &str = "\u{f8fe}\"";

impl IdForm {
    fn base(self) -> Option<u128> {
        match self {
            Self::Text => None,
            Self::Number => Some(0),
            Self::Beyond64 => Some((1 << 64) + 1),
            Self::Digits30 => Some(10_u128.pow(29)),
        }
    }

    /// The id as a response has it, in digits if it is a number; `stored` is the storage's own.
    pub(crate) fn told(self, stored: &str) -> String {
        // The digit in front keeps the zeros that the id begins with.
        let digits = || u128::from_str_radix(&format!("1{}", stored.strip_prefix("t-")?), 16).ok();
        let told = self.base().and_then(|base| Some((base + digits()?).to_string()));
        told.unwrap_or_else(|| stored.to_owned())
    }

    /// The storage's own id for one from a response.
    pub(crate) fn stored(self, told: &str) -> String {
        let number = || told.parse::<u128>().ok()?.checked_sub(self.base()?);
        let stored = number().map(|number| format!("{number:x}"));
        let stored = stored.and_then(|hex| Some(format!("t-{}", hex.strip_prefix('1')?)));
        stored.unwrap_or_else(|| told.to_owned())
    }

    /// The id in a record: a number is marked here, and becomes a JSON number in the body.
    pub(crate) fn field(self, stored: &str) -> String {
        match self {
            Self::Text => stored.to_owned(),
            _ => format!("\u{f8fe}{}\u{f8fe}", self.told(stored)),
        }
    }
}

/// Turns the marked texts of a body into numbers.
pub fn as_numbers(body: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(body).replace(BEFORE, "").replace(AFTER, "").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_from_every_form() {
        for form in [IdForm::Text, IdForm::Number, IdForm::Beyond64, IdForm::Digits30] {
            for id in ["t-0000", "t-0a3f", "t-ffff", "t-10001", "t-00000000002a"] {
                assert_eq!(form.stored(&form.told(id)), id, "{form:?}");
            }
        }
        assert_eq!(IdForm::Digits30.told("t-0a3f").len(), 30);
        assert_eq!(IdForm::Beyond64.told("t-0000"), "18446744073709617153");
    }
}
