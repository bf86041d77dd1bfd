//! Texts as the fields of a CSV file (RFC 4180), safe to open in a spreadsheet.
//!
//! A name is written by whoever made the token. A spreadsheet takes `=HYPERLINK(…)` for a formula
//! even in quotes, so such a text gets an apostrophe before it, which shows that it is one. Many are
//! set to part fields at a semicolon or a tab instead: for them our quotes hold nothing together, so a
//! cell may begin in the middle of a text, and each place where one could gets the same.
//! (A first line `sep=,` would help some of them, but is a row of data to any other reader.)

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
    /// One with so many columns.
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_formula_is_marked_as_text() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "＝1+1",
            "＋1",
            "－1",
            "＠SUM(A1)",
            "\0=1",
            "\tx",
            "\rx",
            "\0x",
            " =1+1",
            " \rx",
            "\u{FEFF}=1+1",
            "\u{3000}＝1+1",
        ] {
            assert_eq!(neutral(text), format!("'{text}"), "{text:?}");
        }
    }

    #[test]
    fn a_cell_that_begins_in_the_middle_is_marked_as_well() {
        for (text, expected) in [
            ("a;=1+1;b", "a;'=1+1;b"),
            ("a; -2", "a; '-2"),
            ("a;\"=1\"", "a;\"'=1\""),
            ("a\t\u{FEFF}＝1", "a\t\u{FEFF}'＝1"),
            ("a\r\n=1\n+2", "a\r\n'=1\n'+2"),
            ("=1;@2", "'=1;'@2"),
            ("\t=1", "'\t'=1"),
            ("\n=1", "'\n'=1"),
        ] {
            assert_eq!(neutral(text), expected);
        }
        for text in ["a;b=1", "a;\r\nb", "a, =1", "x-1;y-2", "a;"] {
            assert_eq!(neutral(text), text);
        }
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["", "Mira's laptop", "CI=main", "2026-11-24", " a", "日本", "'quoted", "1-2"]
        {
            assert_eq!(neutral(text), text);
            assert_eq!(field(text), format!("\"{text}\""));
        }
    }

    #[test]
    fn quotes_double_and_what_parts_fields_stays_within() {
        assert_eq!(field("a \"b\",\r\nc"), "\"a \"\"b\"\",\r\nc\"");
        assert_eq!(field("=\"x\""), "\"'=\"\"x\"\"\"");
    }

    /// What is left of a neutral text once the text is taken from it, where that takes apostrophes
    /// alone away.
    fn without_marks(neutral: &str, text: &str) -> Option<String> {
        let mut left = text.chars().peekable();
        for c in neutral.chars() {
            if left.next_if_eq(&c).is_none() && c != '\'' {
                return None;
            }
        }
        Some(left.collect())
    }

    /// Any text, with what means something to a spreadsheet or to CSV more often than chance has it.
    fn hostile() -> impl Strategy<Value = String> {
        let front = "[=+\\-@＝＋－＠\t\r\n\0 '\"\u{FEFF}]{0,3}";
        (front, "([,;\"\r\n\t=]|\\PC|.){0,12}").prop_map(|(front, rest)| front + &rest)
    }

    proptest! {
        /// `PROPTEST_CASES=1000000` was tried: see SECURITY.md.
        #[test]
        fn a_field_is_read_back_as_neutral_text(text in hostile()) {
            let row = format!("{},{}\r\n", field(&text), field(&text));
            let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(row.as_bytes());
            let rows: Vec<_> = reader.records().collect::<Result<_, _>>().unwrap();
            let neutral = neutral(&text);
            prop_assert_eq!(rows, [vec![&*neutral; 2]]);
            prop_assert!(!neutral.starts_with(FORMULA) && !neutral.starts_with(char::is_control));
            prop_assert_eq!(without_marks(&neutral, &text), Some(String::new()));
        }

        /// Fields that are parted at semicolons or tabs, with quotes that hold nothing together.
        #[test]
        fn no_cell_begins_with_a_formula_for_who_parts_fields_otherwise(text in hostile()) {
            let row = format!("{},{},{}\r\n", field("first"), field(&text), field("last"));
            for delimiter in *b";\t" {
                let mut reader = ::csv::ReaderBuilder::new();
                reader.has_headers(false).flexible(true).delimiter(delimiter);
                for row in reader.from_reader(row.as_bytes()).records() {
                    for cell in &row.unwrap() {
                        let seen = cell.trim_start_matches(may_precede);
                        prop_assert!(!seen.starts_with(FORMULA), "{:?} of {:?}", cell, text);
                    }
                }
            }
        }
    }
}
