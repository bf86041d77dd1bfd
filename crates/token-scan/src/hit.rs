//! A hit: where a value lies, without the value.

use std::path::Path;

use crate::needles::{self, Encoding};
use crate::value::Fingerprint;

/// What kind of place a value was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The contents of a file.
    File,
    /// The name of a file, folder or link, or the path that a link holds.
    Name,
    /// A text that the caller gave, such as a pasted one.
    Text,
    /// A version of a file in a repository.
    Blob,
    /// A commit: its message, or who made it.
    Commit,
    /// An annotated tag, with its message.
    Tag,
    /// The name of a file or folder in a repository.
    Tree,
}

impl Kind {
    /// The name for the command's output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Name => "name",
            Self::Text => "text",
            Self::Blob => "version of a file",
            Self::Commit => "commit",
            Self::Tag => "tag",
            Self::Tree => "name in history",
        }
    }
}

/// One place of one value. Hits are ordered by their places.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The folder of the repository whose history holds the value.
    pub repository: Option<String>,
    /// The file, also in history; empty if there is none. A value in its name is masked.
    pub path: String,
    /// The member of the archive, and of the archive in it.
    pub member: Option<String>,
    /// The id of the object in the repository.
    pub object: Option<String>,
    /// The line of the file or object, from 1 on.
    pub line: Option<u64>,
    /// The first commit that has it.
    pub commit: Option<Commit>,
    /// The mask of the value.
    pub token: String,
    /// What it has in common with other places of the same value.
    pub fingerprint: Fingerprint,
    /// The same under the second key, if there is one.
    pub second_fingerprint: Option<Fingerprint>,
    /// What kind of place it is.
    pub kind: Kind,
    /// How the value is written there.
    pub encoding: Encoding,
}

/// The commit that brought a value into a repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Commit {
    /// Its id in hexadecimal digits.
    pub id: String,
    /// When its author made it, in seconds since 1970.
    pub made: i64,
    /// The name of its author; empty if the commit has none. A value in it is masked.
    pub author: String,
    /// The branches, tags and other names that lead to it. None: the next `git gc` may drop it.
    pub names: Vec<String>,
}

/// A text of any bytes as it may be shown: values in it are masked, and characters that would act on a terminal, or
/// turn the text around, are written as they are in Rust: `\u{1b}`, `\n`.
#[must_use]
pub fn shown(bytes: &[u8]) -> String {
    let (mut text, mut from) = (String::new(), 0);
    for found in needles::find(bytes) {
        if found.at >= from {
            push_visible(&mut text, &bytes[from..found.at]);
            text.push_str(&found.value.mask());
            from = found.end;
        }
    }
    push_visible(&mut text, &bytes[from.min(bytes.len())..]);
    text
}

fn push_visible(text: &mut String, bytes: &[u8]) {
    for character in String::from_utf8_lossy(bytes).chars() {
        let turns = matches!(
            character,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        );
        if character.is_control() || turns {
            text.extend(character.escape_default());
        } else {
            text.push(character);
        }
    }
}

/// A path as it may be shown: values in it are masked.
#[must_use]
pub fn shown_path(path: &Path) -> String {
    shown(path.as_os_str().as_encoded_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_without_the_values_in_it() {
        let (value, tail) = ("entri_7h2Kq9ZpVw3Lm5Xc8Rb1Td6", "•1Td6");
        let path = format!("notes/{value}/{value}.txt");
        let shown = shown_path(Path::new(&path));
        assert!(!shown.contains("7h2Kq9"), "{shown}");
        assert!(shown.starts_with("notes/entri_•") && shown.ends_with(&format!("{tail}.txt")));
        let inner = format!("entri_{value}");
        assert!(!super::shown(inner.as_bytes()).contains("7h2Kq9"));
        assert_eq!(super::shown(b"caf\xe9"), "caf\u{fffd}");
        let acts = "a\u{1b}[2J\nNothing found.\r\t\u{9b}\u{202e}\u{7f}ü";
        assert_eq!(
            super::shown(acts.as_bytes()),
            r"a\u{1b}[2J\nNothing found.\r\t\u{9b}\u{202e}\u{7f}ü"
        );
    }
}
