//! Texts as the fields of a CSV file (RFC 4180), safe to open in a spreadsheet.
//!
//! A name is written by whoever made the token. A spreadsheet takes `=HYPERLINK(…)` for a formula
//! even in quotes, so such a text gets an apostrophe before it, which shows that it is one.

use std::borrow::Cow;

/// What a formula begins with: in the full-width forms, too, which some input methods write.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A text as one field, in quotes, which double within it. Rows end in `\r\n`, fields in a comma.
#[must_use]
pub fn field(text: &str) -> String {
    format!("\"{}\"", neutral(text).replace('"', "\"\""))
}

/// What a reader of [`field`] gets: the text itself, or after an apostrophe where a spreadsheet
/// might take it for a formula.
#[must_use]
pub fn neutral(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Blanks at the front protect from nothing: a reader may drop them.
fn is_formula(text: &str) -> bool {
    let blank = |c: char| c == '\u{FEFF}' || c.is_whitespace() && !c.is_control();
    text.trim_start_matches(blank).starts_with(|c: char| c.is_control() || FORMULA.contains(&c))
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
            "\t=1",
            "\r=1",
            "\n=1",
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
            prop_assert!(neutral.ends_with(&text));
        }
    }
}
