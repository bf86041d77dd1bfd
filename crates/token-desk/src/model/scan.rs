//! What is searched for leaked tokens.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

/// What a scan reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScanOf {
    /// Where tokens tend to lie on a computer: hidden files of the home folder, shell histories, tools' settings.
    UsualPlaces,
    /// A folder, with the repositories in it.
    Folder(PathBuf),
    /// A text that somebody pasted.
    Text,
}

/// A scan, as it is kept: without any value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptScan {
    /// What was read, in words, with the full path.
    pub of: String,
    pub at: DateTime<Utc>,
    pub title: String,
    /// What was met, in words.
    pub ledger: String,
    pub places: Vec<KeptPlace>,
}

/// A place where a scan found a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptPlace {
    pub print: [u8; 32],
    /// What tells the place from others: no line, which moves with every edit.
    pub place: String,
    /// The place as it is shown.
    pub says: String,
}

impl ScanOf {
    /// What was read, in words.
    #[must_use]
    pub fn words(&self, home: &str) -> String {
        match self {
            Self::UsualPlaces => "common places on this computer".to_owned(),
            Self::Folder(path) => shortened(&token_scan::shown_path(path), home),
            Self::Text => "pasted text".to_owned(),
        }
    }
}

/// A path as people write it: from `~` on where it is in the home folder.
#[must_use]
pub(crate) fn shortened(path: &str, home: &str) -> String {
    match path.strip_prefix(home).filter(|_| !home.is_empty()) {
        Some("") => "~".to_owned(),
        Some(rest) if rest.starts_with('/') => format!("~{rest}"),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_the_home_folder_begins_with_a_tilde() {
        assert_eq!(shortened("/home/a/src", "/home/a"), "~/src");
        assert_eq!(shortened("/home/a", "/home/a"), "~");
        assert_eq!(shortened("/home/ab", "/home/a"), "/home/ab");
        assert_eq!(shortened("/src", ""), "/src");
    }
}
