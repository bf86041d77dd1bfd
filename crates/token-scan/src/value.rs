//! A token's value, while the scan has it: never printed, and known outside by its mask and fingerprint alone.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// What every token's value begins with.
pub const PREFIX: &str = "entri_";

/// A value has at least this many characters after the prefix.
pub const SHORTEST: usize = 16;

/// As many characters after the prefix are read at most, so that a run of any length is bounded.
pub const LONGEST: usize = 512;

/// As many characters at the end of a value are shown, where it is long enough.
const SHOWN: usize = 4;

/// A value of at least this many characters shows its end; the app masks a value in the same way.
const MASKABLE: usize = 20;

/// What documents write in a token's place, in lower case.
const WORDS: [&str; 7] = ["example", "xxxx", "your_", "your-", "yourtoken", "placeholder", "_here"];

/// No word of a made-up value is so long.
const LONGEST_WORD: usize = 12;

/// The value of a token, or of something with the shape of one. Nothing prints it.
#[derive(Clone, PartialEq, Eq)]
pub struct Value(String);

impl Value {
    /// The value whose characters after the prefix these bytes begin with, if there are enough of them.
    pub fn after_prefix(bytes: impl IntoIterator<Item = u8>) -> Option<Self> {
        let run = bytes.into_iter().take_while(|byte| is_part(*byte)).take(LONGEST);
        let mut text = PREFIX.to_owned();
        text.extend(run.map(char::from));
        (text.len() >= PREFIX.len() + SHORTEST).then_some(Self(text))
    }

    /// How many characters it has after the prefix.
    pub fn length_after_prefix(&self) -> usize {
        self.0.len() - PREFIX.len()
    }

    /// The mask that may be shown, with the end of a long value: `entri_••••••••••••••••••••••1Td6`.
    pub fn mask(&self) -> String {
        let end = self.0.len().saturating_sub(SHOWN);
        let shown = if self.0.len() >= MASKABLE { &self.0[end..] } else { "" };
        // The number of dots is fixed, so it doesn't give away the length.
        format!("{PREFIX}{}{shown}", "•".repeat(22))
    }

    /// The fingerprint under a key: equal for equal values, and worth nothing without the key.
    pub fn fingerprint(&self, key: &Key) -> Fingerprint {
        key.fingerprint(&self.0)
    }

    /// Whether this is no token, but something that documents or source code write in place of one.
    pub fn is_placeholder(&self) -> bool {
        let rest = &self.0[PREFIX.len()..];
        let lower = rest.to_ascii_lowercase();
        let has_word = WORDS.iter().any(|word| lower.contains(word));
        let is_word = WORDS.iter().any(|word| lower.starts_with(word));
        is_word || has_word && !is_random(rest) || is_repetition(rest) || is_identifier(rest)
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[value]")
    }
}

/// Whether a value may have this character.
pub fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// Whether what is left without the words is long and mixed enough to be a token that something was written after.
fn is_random(rest: &str) -> bool {
    let mut left = rest.to_owned();
    for word in WORDS {
        while let Some(at) = left.to_ascii_lowercase().find(word) {
            left.replace_range(at..at + word.len(), "");
        }
    }
    let has = |is_kind: fn(&u8) -> bool| left.bytes().any(|byte| is_kind(&byte));
    let cases = [u8::is_ascii_lowercase, u8::is_ascii_uppercase];
    let is_mixed = has(u8::is_ascii_digit) && cases.into_iter().any(has);
    let parts = left.split(['_', '-']);
    let longest = parts.map(str::len).max().unwrap_or_default();
    let is_long = longest >= LONGEST_WORD || cases.into_iter().all(has);
    left.len() >= SHORTEST && is_mixed && is_long
}

/// At most two different characters: `0000…`, `-_-_-…`.
fn is_repetition(rest: &str) -> bool {
    let mut different: Vec<u8> = rest.bytes().collect();
    different.sort_unstable();
    different.dedup();
    different.len() <= 2
}

/// Words in the case of source code, as in `entri_token_expiry_in_days`. A random value of this length without a
/// digit and with letters of one case only does not happen.
fn is_identifier(rest: &str) -> bool {
    let cased = |is_case: fn(&u8) -> bool| {
        rest.bytes().all(|byte| is_case(&byte) || matches!(byte, b'_' | b'-'))
    };
    rest.contains(['_', '-']) && (cased(u8::is_ascii_lowercase) || cased(u8::is_ascii_uppercase))
}

/// The key of the fingerprints. The caller keeps it, so that a later scan recognizes the same value.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl Key {
    /// The key that is made of these random bytes.
    #[must_use]
    pub fn new(bytes: &[u8; 32]) -> Self {
        // HMAC pads a key with zeros to the size of a block. What it copies itself is not wiped.
        let mut block = Zeroizing::new([0; 64]);
        block[..bytes.len()].copy_from_slice(bytes);
        Self(Hmac::new((&*block).into()))
    }

    /// The fingerprint of a value that the caller has, by which it is known again where a scan finds it.
    #[must_use]
    pub fn fingerprint(&self, value: &str) -> Fingerprint {
        let mut mac = self.0.clone();
        mac.update(value.as_bytes());
        Fingerprint(mac.finalize().into_bytes().into())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[key]")
    }
}

/// What two places with the same value have in common: HMAC-SHA-256 of the value, under the caller's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub [u8; 32]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(rest: &str) -> Option<Value> {
        Value::after_prefix(rest.bytes())
    }

    #[test]
    fn a_value_ends_where_its_characters_end_and_is_long_enough() {
        assert!(value("short").is_none() && value("fifteen-chars-x").is_none());
        assert_eq!(value("sixteen-chars-xY").unwrap().0, "entri_sixteen-chars-xY");
        assert_eq!(value("a1B2c3D4e5F6g7H8\"; more").unwrap().0, "entri_a1B2c3D4e5F6g7H8");
        assert_eq!(value(&"aB1".repeat(1000)).unwrap().0.len(), PREFIX.len() + LONGEST);
    }

    #[test]
    fn a_value_is_shown_by_its_mask_alone() {
        let value = value("7h2Kq9ZpVw3Lm5Xc8Rb1Td6").unwrap();
        assert_eq!(value.mask(), format!("entri_{}1Td6", "•".repeat(22)));
        assert_eq!(format!("{value:?} {:?}", Key::new(&[1; 32])), "[value] [key]");
    }

    #[test]
    fn a_fingerprint_depends_on_the_key_and_on_the_value() {
        let (one, other) =
            (value("7h2Kq9ZpVw3Lm5Xc8").unwrap(), value("7h2Kq9ZpVw3Lm5Xc9").unwrap());
        let key = Key::new(&[1; 32]);
        assert_eq!(one.fingerprint(&key), one.fingerprint(&key));
        assert_ne!(one.fingerprint(&key), other.fingerprint(&key));
        assert_ne!(one.fingerprint(&key), one.fingerprint(&Key::new(&[2; 32])));
        assert_eq!(one.fingerprint(&key).to_string().len(), 64);
    }

    /// RFC 4231, test case 2, whose key is padded with zeros as any short key is.
    #[test]
    fn a_fingerprint_is_hmac_sha_256() {
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let Fingerprint(print) = Key::new(&key).fingerprint("what do ya want for nothing?");
        assert_eq!(print[..4], [0x5b, 0xdc, 0xc1, 0x46]);
    }

    #[test]
    fn what_stands_in_for_a_token_is_a_placeholder() {
        for made_up in [
            "your_token_goes_here",
            "xxxxxxxxxxxxxxxxxxxx",
            "0000000000000000",
            "EXAMPLEONLY7h2Kq9ZpVw3",
            "sandbox_start_in_days",
            "TOKEN_VALUE_IN_ENV_FILE",
            "abc123_example_key_for_docs",
            "7h2Kxxxxxxxxxxxxxxxx",
        ] {
            assert!(value(made_up).unwrap().is_placeholder(), "{made_up}");
        }
        for real in ["7h2Kq9ZpVw3Lm5Xc8Rb1Td6", "abcdefghijklmnopqrst", "a1_b2-c3_d4-e5_f6"] {
            let after = ["", "_example", "-placeholder", "_here"];
            for after in &after[..if real.len() > 20 { 4 } else { 1 }] {
                assert!(
                    !value(&format!("{real}{after}")).unwrap().is_placeholder(),
                    "{real}{after}"
                );
            }
            assert!(value(&format!("your_token_{real}")).unwrap().is_placeholder(), "{real}");
            assert!(!value(real).unwrap().is_placeholder(), "{real}");
        }
    }
}
