//! Removes a secret from text that somebody else wrote.

mod forms;
mod numbers;
#[cfg(test)]
mod tests;

use std::ops::Range;

use entri_api::{Secret, VALUE_PREFIX};

/// Any run of at least this many bytes of it is removed, in whatever form.
const RUN: usize = 8;
const INSTEAD: &str = "[secret]";

/// Recognizes a secret as it is, reversed, in ROT13, escaped for URLs, JSON and mail, in hex,
/// base32 and base64, and as numbers. Programs that compress or encrypt can still write it in a
/// form that isn't recognized.
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
    /// Finds this secret in every form that programs write it in.
    #[must_use]
    pub fn new(secret: &Secret) -> Self {
        let forms = forms::all(secret).into_iter();
        let mut forms: Vec<_> = forms.map(|(text, run)| Form::new(text.expose(), run)).collect();
        forms.retain(|form| form.run > 0);
        Self { secret: secret.clone(), forms }
    }

    /// For a token's value without the prefix that all values share: with the prefix, another value
    /// with the same two characters after it would be taken for this one.
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
