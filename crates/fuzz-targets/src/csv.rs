//! A text as a field of a CSV file.

use token_audit::csv::{field, neutral};

/// What a spreadsheet takes for the begin of a formula, or drops before it.
const FORMULA: &str = "=+-@\t\r\n\0＝＋－＠";

/// Another program reads the field back as one field, which is the text itself or the text after
/// an apostrophe, and begins with no sign of a formula.
///
/// # Panics
/// Where that does not hold.
pub fn csv(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let row = format!("{},\"next\"\r\n{}\r\n", field(&text), field(&text));
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(row.as_bytes());
    let rows: Vec<Vec<String>> =
        reader.deserialize().collect::<Result<_, _>>().expect("what was written can be read");
    let [first, second] = &rows[..] else { panic!("{} rows", rows.len()) };
    assert_eq!((first.len(), &*first[1], second.len()), (2, "next", 1));
    let read = &first[0];
    assert_eq!(read, &neutral(&text));
    assert_eq!(read, &second[0], "also at the start of a row");
    assert_eq!(read.strip_suffix(&*text).map(|before| before.trim_start_matches('\'')), Some(""));
    assert!(!read.trim_start_matches(' ').starts_with(|c| FORMULA.contains(c)), "{read:?}");
}
