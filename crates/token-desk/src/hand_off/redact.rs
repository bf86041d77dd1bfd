//! Takes a secret out of what somebody else wrote.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use entri_api::Secret;

/// Whatever shows this many bytes of it in a row is taken out, in whichever form.
const RUN: usize = 8;
const INSTEAD: &str = "[secret]";

/// Knows a secret as it is, URL-encoded, in hex and in base64.
pub struct Redactor {
    forms: Vec<Form>,
}

struct Form {
    /// As [`read`] gives it.
    letters: Secret,
    /// How many letters [`RUN`] bytes take.
    run: usize,
}

impl Redactor {
    pub fn new(secret: &Secret) -> Self {
        let bytes = secret.expose().as_bytes();
        let mut forms =
            vec![Form::new(secret.expose(), RUN), Form::new(hex(bytes).expose(), 2 * RUN)];
        // Where it starts within a group of three bytes changes every letter of it.
        forms.extend((0..3).map(|before| {
            let text = STANDARD_NO_PAD.encode([&[0; 2][..before], bytes].concat());
            let text = Secret::new(text);
            let shared = if before == 0 { 0 } else { 4 };
            Form::new(text.expose().get(shared..).unwrap_or_default(), RUN * 4 / 3)
        }));
        forms.retain(|form| form.run > 0);
        Self { forms }
    }

    /// Whether the text holds a part of the secret.
    pub fn finds(&self, text: &str) -> bool {
        self.hidden(text.as_bytes()).contains(&true)
    }

    /// The text without the secret.
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
        let (letters, places): (Vec<_>, Vec<_>) = read(text).unzip();
        let mut hidden = vec![false; text.len()];
        for form in &self.forms {
            for (start, run) in letters.windows(form.run).enumerate() {
                if form.has(run) {
                    let end = start + form.run - 1;
                    hidden[places[start].start..places[end].end].fill(true);
                }
            }
        }
        hidden
    }
}

impl Form {
    fn new(text: &str, run: usize) -> Self {
        let letters: Vec<u8> = read(text.as_bytes()).map(|(letter, _)| letter).collect();
        // Reading changes single bytes, which may leave no text; a lossy one finds what it can.
        let letters = Secret::new(String::from_utf8_lossy(&letters).into_owned());
        let run = run.min(letters.expose().len());
        Self { letters, run }
    }

    fn has(&self, run: &[u8]) -> bool {
        self.letters.expose().as_bytes().windows(self.run).any(|own| own == run)
    }
}

/// The letters of a text that count, each with its place: no blanks, which wrap and group it; no
/// zeros, which widen it; no backslashes, which quote it; `%5F` read as what it stands for; both
/// alphabets of base64, and both cases of hex, as one.
fn read(text: &[u8]) -> impl Iterator<Item = (u8, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at;
            let mut letter = *text.get(at)?;
            at += 1;
            if letter == b'%'
                && let Some(decoded) = text.get(at..at + 2).and_then(from_hex)
            {
                letter = decoded;
                at += 2;
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

fn hex(bytes: &[u8]) -> Secret {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
    Secret::new(bytes.iter().flat_map(|byte| [byte >> 4, byte & 15].map(digit)).collect())
}

fn from_hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
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
            form in 0..8usize,
            before in "[#.]{0,4}",
            after in "[#.]{0,4}",
        ) {
            let secret = format!("entri_{core}");
            let hidden = encoded(&secret, form, &before);
            let shown = redactor(&secret).redact(format!("{before}{hidden}{after}").as_bytes());
            prop_assert!(shown.contains(INSTEAD));
            // In base64 the letters at both ends hold bits of their neighbours as well.
            let run = [RUN, 2 * RUN, 2 * RUN, 3 * RUN, RUN, RUN * 4 / 3, RUN * 4 / 3, RUN][form];
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
