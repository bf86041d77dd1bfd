//! Takes a secret out of what somebody else wrote.

mod forms;
mod numbers;

use std::ops::Range;

use entri_api::{Secret, VALUE_PREFIX};

/// Any run of at least this many bytes of it is removed, in whatever form.
const RUN: usize = 8;
const INSTEAD: &str = "[secret]";

/// Knows a secret as it is, reversed, by ROT13, escaped for URLs, JSON and mail, in hex, base32 and base64,
/// and as numbers. Who wants to write it so that nobody knows it can: what compresses or encrypts does.
pub struct Redactor {
    secret: Secret,
    forms: Vec<Form>,
}

struct Form {
    /// Like [`read`] gives it.
    letters: Secret,
    /// How many letters [`RUN`] bytes take.
    run: usize,
}

impl Redactor {
    /// For this secret.
    #[must_use]
    pub fn new(secret: &Secret) -> Self {
        let forms = forms::all(secret).into_iter();
        let mut forms: Vec<_> = forms.map(|(text, run)| Form::new(text.expose(), run)).collect();
        forms.retain(|form| form.run > 0);
        Self { secret: secret.clone(), forms }
    }

    /// For what is a value's own. The prefix that all values share is no part of it: with that, another
    /// value with the same two characters after it would be taken for this one.
    #[must_use]
    pub fn of_value(value: &Secret) -> Self {
        let text = value.expose();
        Self::new(&Secret::new(text.strip_prefix(VALUE_PREFIX).unwrap_or(text).to_owned()))
    }

    /// Whether the text holds a part of the secret.
    #[must_use]
    pub fn finds(&self, text: &str) -> bool {
        self.hidden(text.as_bytes()).contains(&true)
    }

    /// Whether another secret holds a part of it.
    #[must_use]
    pub fn finds_in(&self, other: &Secret) -> bool {
        self.finds(other.expose())
    }

    /// The text without the secret.
    #[must_use]
    pub fn redact(&self, text: &[u8]) -> String {
        let (mut shown, mut at) = (String::new(), 0);
        for part in self.hidden(text).chunk_by(|a, b| a == b) {
            let end = at + part.len();
            if part[0] {
                shown.push_str(INSTEAD);
            } else {
                shown.push_str(&String::from_utf8_lossy(&text[at..end]));
            }
            at = end;
        }
        shown
    }

    /// Which bytes of the text are of the secret.
    fn hidden(&self, text: &[u8]) -> Vec<bool> {
        let mut hidden = vec![false; text.len()];
        for of_mail in [false, true] {
            let (letters, places): (Vec<_>, Vec<_>) = read(text, of_mail).unzip();
            for form in &self.forms {
                for (start, run) in letters.windows(form.run).enumerate() {
                    if form.has(run) {
                        let end = start + form.run - 1;
                        hidden[places[start].start..places[end].end].fill(true);
                    }
                }
            }
        }
        for base in numbers::BASES {
            for run in numbers::bytes(text, base).windows(RUN) {
                if self.has_bytes(run) {
                    hidden[run[0].1.start..run[RUN - 1].1.end].fill(true);
                }
            }
        }
        hidden
    }

    fn has_bytes(&self, run: &[(Option<u8>, Range<usize>)]) -> bool {
        let own = self.secret.expose().as_bytes();
        own.windows(RUN).any(|own| own.iter().zip(run).all(|(own, (byte, _))| Some(*own) == *byte))
    }
}

impl Form {
    fn new(text: &str, run: usize) -> Self {
        let letters: Vec<u8> = read(text.as_bytes(), false).map(|(letter, _)| letter).collect();
        // Reading changes single bytes, which may leave no text; a lossy one finds what it can.
        let letters = Secret::new(String::from_utf8_lossy(&letters).into_owned());
        let run = run.min(letters.expose().len());
        Self { letters, run }
    }

    fn has(&self, run: &[u8]) -> bool {
        self.letters.expose().as_bytes().windows(self.run).any(|own| own == run)
    }
}

/// The letters of a text that count, each with its place: no spaces, which wrap and group it; no
/// zeros, which widen it; no backslashes, which quote it; what is escaped read as what it stands for; both
/// alphabets of base64, and both cases of hex, as one. Text `of_mail` is escaped and wrapped by `=`, too.
fn read(text: &[u8], of_mail: bool) -> impl Iterator<Item = (u8, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at;
            let mut letter = *text.get(at)?;
            at += 1;
            if let Some((escaped, length)) = escaped(&text[start..], of_mail) {
                letter = escaped;
                at = start + length;
            }
            match letter {
                0 | b'\\' => {}
                blank if blank.is_ascii_whitespace() => {}
                b'-' => return Some((b'+', start..at)),
                b'_' => return Some((b'/', start..at)),
                letter => return Some((letter.to_ascii_lowercase(), start..at)),
            }
        }
    })
}

/// The meaning of the escape at the start of a text, and its length.
fn escaped(text: &[u8], of_mail: bool) -> Option<(u8, usize)> {
    let marks: [(&[u8], bool); 4] =
        [(b"%", true), (b"\\u00", true), (b"\\x", true), (b"=", of_mail)];
    let mark = marks.iter().find(|(mark, counts)| *counts && text.starts_with(mark))?.0;
    let rest = &text[mark.len()..];
    if mark == b"=" && rest.first().is_some_and(|it| matches!(it, b'\r' | b'\n')) {
        return Some((b' ', 1));
    }
    Some((from_hex(rest.get(..2)?)?, mark.len() + 2))
}

fn from_hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD_NO_PAD;
    use proptest::prelude::*;

    use super::*;

    fn redactor(secret: &str) -> Redactor {
        Redactor::new(&Secret::new(secret.to_owned()))
    }

    fn encoded(secret: &str, form: usize, before: &str) -> String {
        let each = |form: fn(u8) -> String| secret.bytes().map(form).collect::<Vec<_>>().concat();
        match form {
            0 => secret.to_owned(),
            1 => each(|byte| format!("{byte:02x}")),
            2 => each(|byte| format!("{byte:02X} ")),
            3 => each(|byte| format!("%{byte:02X}")),
            4 => secret.replace('_', "%5f"),
            5 => STANDARD_NO_PAD.encode(format!("{before}{secret}")),
            6 => base64::engine::general_purpose::URL_SAFE.encode(format!("{before}{secret}")),
            7 => secret.chars().rev().collect(),
            8 => each(|byte| format!("\\u{byte:04x}")),
            9 => secret.replace('_', "\\u005f"),
            10 => secret.replace('_', "=5F").replace('E', "=\r\nE"),
            11 => each(|byte| format!("={byte:02X}")),
            12 => format!("{:?}", secret.as_bytes()),
            13 => each(|byte| format!("{byte:#04x}, ")),
            14 => each(|byte| format!("\\{byte:03o}")),
            15 => each(|byte| format!("{byte:02x}:")),
            16 => each(|byte| format!("&#{byte};")),
            _ => secret.chars().flat_map(|letter| [letter, '\n']).collect(),
        }
    }

    /// Whether seven letters in a row are left of what was hidden.
    fn shows(text: &str, hidden: &str, run: usize) -> bool {
        let squeeze = |text: &str| text.split_whitespace().collect::<String>();
        let (text, hidden) = (squeeze(text), squeeze(hidden));
        hidden.as_bytes().windows(run).any(|part| text.as_bytes().windows(run).any(|it| it == part))
    }

    proptest! {
        #[test]
        fn no_form_of_it_is_left(
            core in "[A-Za-z0-9_-]{24,40}",
            form in 0..18usize,
            before in "[#.]{0,4}",
            after in "[#.]{0,4}",
        ) {
            let secret = format!("entri_{core}");
            let hidden = encoded(&secret, form, &before);
            let shown = redactor(&secret).redact(format!("{before}{hidden}{after}").as_bytes());
            prop_assert!(shown.contains(INSTEAD));
            // In base64 the letters at both ends hold bits of their neighbours as well.
            let runs = [1, 2, 2, 3, 1, 0, 0, 1, 6, 1, 1, 3, 5, 5, 4, 3, 6, 1];
            let run = if runs[form] == 0 { RUN * 4 / 3 } else { runs[form] * RUN };
            prop_assert!(!shows(&shown, &hidden, run + 4), "{hidden} in {shown}");
        }

        #[test]
        fn what_holds_nothing_of_it_stays_as_it_is(text in "[ -~\n]{0,300}") {
            let letters = "\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{e}\u{f}";
            prop_assert_eq!(redactor(letters).redact(text.as_bytes()), text);
        }

        #[test]
        fn any_bytes_can_be_read(text: Vec<u8>, secret: String) {
            let _ = redactor(&secret).redact(&text);
        }
    }

    /// As `base32`, `tr A-Za-z N-ZA-Mn-za-m` and `od -b` say it, wrapped and with offsets.
    #[test]
    fn what_programs_make_of_it_is_known() {
        let redactor = redactor("entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6");
        for said in [
            "MVXHI4TJL5CVQQKNKBGEKT2OJRMTO2BSJNYTSWTQKZ3TGTDNGVMGGOCS",
            "LVXHI4TJL5CVQQKNKBGEKT2O\nJRMTO2BSJNYTSWTQKZ3TGTDN",
            "ragev_RKNZCYRBAYL7u2Xd9McIj3Yz5Kp8Eo1Gq6",
            "0000000 145 156 164 162 151 137 105 130 101 115",
            "6dT1bR8cX5mL3wVpZ9qK2h7YLNOELPMAXE_irtne",
        ] {
            assert!(redactor.finds(said), "{said}");
            assert!(redactor.redact(said.as_bytes()).contains(INSTEAD));
        }
        for said in ["[101, 110, 116]", "0x65 0x6e", "a list: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"] {
            assert_eq!(redactor.redact(said.as_bytes()), said, "too little to be a part of it");
        }
    }

    #[test]
    fn a_part_of_it_is_taken_out_and_nothing_else() {
        let redactor = redactor("entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6");
        let said = |text: &str| redactor.redact(text.as_bytes());
        assert_eq!(said("set NAME = entri_EXAMPLEO…"), "set NAME = [secret]…");
        assert_eq!(said("ends in Xc8Rb1Td6."), "ends in [secret].");
        assert_eq!(said("e n t r i _ E X A M!"), "[secret]!");
        assert_eq!(said("entri_other, Rb1Td6"), "entri_other, Rb1Td6");
        assert!(redactor.finds("x=entri_EXAM") && !redactor.finds("entri_"));
        let wide: Vec<u8> = "entri_EXAMPLEONLY".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(redactor.redact(&wide), "[secret]\0");
    }
}
