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
    for text in ["", "Mira's laptop", "CI=main", "2026-11-24", " a", "日本", "'quoted", "1-2"] {
        assert_eq!(neutral(text), text);
        assert_eq!(field(text), format!("\"{text}\""));
    }
}

#[test]
fn quotes_double_and_what_parts_fields_stays_within() {
    assert_eq!(field("a \"b\",\r\nc"), "\"a \"\"b\"\",\r\nc\"");
    assert_eq!(field("=\"x\""), "\"'=\"\"x\"\"\"");
}

/// The rest of a neutralized text after the text itself, if only apostrophes were added to it.
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
