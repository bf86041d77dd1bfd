//! A text to look for in a field.

use memchr::memmem;

/// Upper and lower case are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// What stands between the wildcards, lower-cased; never empty.
    pieces: Vec<String>,
    /// Whether it has to be the whole field; else it may stand anywhere in it.
    whole: bool,
}

impl Pattern {
    /// Reads a value: `*` is a wildcard, quotes keep what is in them as it is (`""` is one of
    /// them), and with either of them the whole field has to fit.
    #[must_use]
    pub fn of(value: &str) -> Self {
        let (mut pieces, mut piece) = (Vec::new(), String::new());
        let (mut quoted, mut open) = (false, false);
        let mut characters = value.chars().peekable();
        while let Some(character) = characters.next() {
            let doubled = open && character == '"' && characters.next_if_eq(&'"').is_some();
            match character {
                '"' if !doubled => (quoted, open) = (true, !open),
                '*' if !open => pieces.push(std::mem::take(&mut piece)),
                character => piece.push(character),
            }
        }
        pieces.push(piece);
        let whole = quoted || pieces.len() > 1;
        Self { pieces: pieces.iter().map(|piece| piece.to_lowercase()).collect(), whole }
    }

    /// Whether a field fits; its text is lower-cased.
    #[must_use]
    pub fn fits(&self, field: &[u8]) -> bool {
        let (first, others) = self.pieces.split_first().map_or(("", &[][..]), |(a, b)| (a, b));
        if !self.whole {
            return memmem::find(field, first.as_bytes()).is_some();
        }
        let Some(mut left) = field.strip_prefix(first.as_bytes()) else { return false };
        let Some((last, middle)) = others.split_last() else { return left.is_empty() };
        for piece in middle {
            let Some(at) = memmem::find(left, piece.as_bytes()) else { return false };
            left = &left[at + piece.len()..];
        }
        left.ends_with(last.as_bytes())
    }
}
