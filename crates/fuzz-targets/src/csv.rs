//! A text as a field of a CSV file.

use token_audit::csv::{field, neutral};

/// The characters that begin a formula for a spreadsheet, or that it drops before one.
const FORMULA: &str = "=+-@\t\r\n\0＝＋－＠";

/// The same in the middle of a text, where a reader begins a cell.
const SIGNS: &str = "=+-@＝＋－＠";

/// Another program reads the field back as one field, which is the text with nothing but apostrophes
/// put into it, and begins with no sign of a formula. Nor does a cell of a program that parts fields at
/// semicolons or tabs.
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
    assert_eq!(read.replace('\'', ""), text.replace('\'', ""));
    assert!(read.len() >= text.len());
    assert!(!read.trim_start_matches(' ').starts_with(|c| FORMULA.contains(c)), "{read:?}");
    for delimiter in *b";\t" {
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).flexible(true).delimiter(delimiter);
        let row = format!("\"first\",{}\r\n", field(&text));
        for row in reader.from_reader(row.as_bytes()).records() {
            for cell in &row.expect("what was written can be read") {
                let seen = cell.trim_start_matches([' ', '"']);
                assert!(!seen.starts_with(|c| SIGNS.contains(c)), "{cell:?}");
            }
        }
    }
}
