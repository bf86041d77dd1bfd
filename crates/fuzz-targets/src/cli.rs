//! The command-line tool's file, in a folder that somebody else may have created.

use std::fs;

use token_desk::{CliPlace, CliPlaces};

/// A token that is found has the form of one, and its value isn't printed.
///
/// # Panics
///
/// If that doesn't hold, or if there is no folder for the file.
pub fn cli(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(".nt3.local.json"), bytes).expect("a file");
    let places = CliPlaces { variable: None, folder: folder.path().to_owned(), home: None };
    let tokens = places.tokens();
    assert!(tokens.len() <= 1);
    for token in tokens {
        assert_eq!((token.place, token.used), (CliPlace::LocalFile, true));
        let shown = format!("{token:?}");
        for value in values(bytes) {
            let elsewhere = token.address.contains(&value) || token.name.contains(&value);
            assert!(elsewhere || !shown.contains(&value), "{value} is shown");
        }
    }
}

/// The texts of the file that are tokens.
fn values(bytes: &[u8]) -> Vec<String> {
    let fields = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(bytes);
    let texts = fields.unwrap_or_default().into_iter().filter_map(|(_, value)| match value {
        serde_json::Value::String(text) if text.starts_with("entri_") => Some(text),
        _ => None,
    });
    texts.filter(|text| text.len() > 16).collect()
}
