//! Texts as the fields of a CSV file (RFC 4180), safe to open in a spreadsheet.
//!
//! A name is written by whoever made the token. A spreadsheet takes `=HYPERLINK(…)` for a formula
//! even in quotes, so such a text gets an apostrophe before it, which shows that it is one. Many are
//! set to part fields at a semicolon or a tab instead: for them our quotes hold nothing together, so a
//! cell may begin in the middle of a text, and each place where one could gets the same.
//! (A first line `sep=,` would help some of them, but is a row of data to any other reader.)

#[cfg(test)]
mod tests;

use std::borrow::Cow;

/// The characters a formula starts with, including the full-width forms that some input methods produce.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Where a cell begins for who parts fields in another way.
const PARTS: [char; 4] = [';', '\t', '\r', '\n'];

/// A file for spreadsheets: rows that all have the same number of fields, as RFC 4180 asks.
#[derive(Debug)]
pub struct Table {
    width: usize,
    text: String,
}

impl Table {
    /// A table with this many columns.
    #[must_use]
    pub fn new(width: usize) -> Self {
        // Without a byte order mark, Excel reads the file in the code page of its computer.
        Self { width, text: String::from('\u{FEFF}') }
    }

    /// Adds a row. Missing fields are left empty.
    pub fn row(&mut self, fields: &[&str]) {
        for column in 0..self.width {
            if column > 0 {
                self.text.push(',');
            }
            self.text.push_str(&field(fields.get(column).copied().unwrap_or_default()));
        }
        self.text.push_str("\r\n");
    }

    /// The content of the file.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }
}

/// A text as one field, in quotes, which double within it. Rows end in `\r\n`, fields in a comma.
#[must_use]
pub fn field(text: &str) -> String {
    format!("\"{}\"", neutral(text).replace('"', "\"\""))
}

/// The text that a reader of [`field`] gets, with an apostrophe wherever a spreadsheet might see a formula.
#[must_use]
pub fn neutral(text: &str) -> Cow<'_, str> {
    let mut marks = Vec::from_iter(is_formula(text).then_some(0));
    let mut begins = false;
    for (at, c) in text.char_indices() {
        if begins && FORMULA.contains(&c) {
            marks.push(at);
        }
        begins = PARTS.contains(&c) || begins && may_precede(c);
    }
    if marks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut marked = text.to_owned();
    marks.iter().rev().for_each(|&at| marked.insert(at, '\''));
    Cow::Owned(marked)
}

/// Blanks at the front protect from nothing: a reader may drop them.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches(is_blank).starts_with(|c: char| c.is_control() || FORMULA.contains(&c))
}

/// Characters that a reader may drop at the start of a cell that begins in the middle of a text.
fn may_precede(c: char) -> bool {
    c == '"' || c.is_control() || is_blank(c)
}

fn is_blank(c: char) -> bool {
    c == '\u{FEFF}' || c.is_whitespace() && !c.is_control()
}
