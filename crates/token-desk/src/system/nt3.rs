//! Finds the API token of the `nt3` command-line tool. It is only read, never changed.

use std::path::PathBuf;

use entri_api::{ApiToken, BaseUrl, Secret, holds_value};
use serde_json::Value;

use crate::error::Error;
use crate::system::safe_file::read_small;

/// The keys a token may have in the tool's files; the real one isn't documented
/// (docs/entri-api.md#the-nt3-tool).
const TOKEN_KEYS: [&str; 5] = ["token", "api_token", "apiToken", "api_key", "apiKey"];
/// The documented name of the address first (docs/entri-api.md#the-nt3-tool).
const ADDRESS_KEYS: [&str; 3] = ["api_url", "apiUrl", "url"];
/// The maximum size of the tool's files, in bytes.
const LARGEST_FILE: u64 = 64 * 1024;

/// The places where the tool looks, in order of precedence (docs/entri-api.md#the-nt3-tool).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CliPlace {
    /// The variable `NT3_API_TOKEN`.
    Variable,
    /// `.nt3.local.json` in the current folder.
    LocalFile,
    /// `.nt3/config.json` in the home folder.
    GlobalFile,
}

/// The places as they are on this computer.
#[derive(Debug, Clone)]
pub struct CliPlaces {
    /// The value of `NT3_API_TOKEN`.
    pub variable: Option<Secret>,
    /// The current folder.
    pub folder: PathBuf,
    /// The home folder.
    pub home: Option<PathBuf>,
}

/// A token that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CliToken {
    /// Where.
    pub place: CliPlace,
    /// The same in words: the variable's name, or the file's path.
    pub name: String,
    /// What may be shown of the token.
    pub mask: String,
    /// The server it is for.
    pub address: String,
    /// Whether the tool would use this one.
    pub used: bool,
}

impl CliPlaces {
    /// Returns all tokens found, in the tool's order of precedence.
    #[must_use]
    pub fn tokens(&self) -> Vec<CliToken> {
        let places = [CliPlace::Variable, CliPlace::LocalFile, CliPlace::GlobalFile];
        let mut tokens: Vec<_> = places.into_iter().filter_map(|place| self.token(place)).collect();
        if let Some(first) = tokens.first_mut() {
            first.used = true;
        }
        tokens
    }

    /// The token of one place, and the address of the server it is for; read again, since it may have
    /// changed.
    ///
    /// # Errors
    /// [`Error::CliTokenGone`] if there is none now.
    pub fn read(&self, place: CliPlace) -> Result<(Secret, String), Error> {
        self.find(place).ok_or_else(|| Error::CliTokenGone { name: self.name(place) })
    }

    fn token(&self, place: CliPlace) -> Option<CliToken> {
        let (secret, address) = self.find(place)?;
        let (name, mask) = (self.name(place), secret.mask());
        Some(CliToken { place, name, mask, address, used: false })
    }

    fn find(&self, place: CliPlace) -> Option<(Secret, String)> {
        let default = || BaseUrl::DEFAULT.to_owned();
        let (secret, address) = match self.path(place) {
            None => (self.variable.clone()?, default()),
            Some(path) => {
                let (secret, address) = in_file(&path)?;
                (secret, address.unwrap_or_else(default))
            }
        };
        // Only text in the form of a token counts.
        ApiToken::parse(secret.clone()).ok().map(|_| (secret, address))
    }

    fn path(&self, place: CliPlace) -> Option<PathBuf> {
        match place {
            CliPlace::Variable => None,
            CliPlace::LocalFile => Some(self.folder.join(".nt3.local.json")),
            // Without a home folder there is no such file, and an empty path finds none.
            CliPlace::GlobalFile => {
                Some(self.home.clone().unwrap_or_default().join(".nt3").join("config.json"))
            }
        }
    }

    fn name(&self, place: CliPlace) -> String {
        let path = self.path(place);
        path.map_or_else(|| "NT3_API_TOKEN".to_owned(), |path| path.display().to_string())
    }
}

fn in_file(path: &std::path::Path) -> Option<(Secret, Option<String>)> {
    // A repository may have brought the file.
    let text = Secret::new(read_small(path, LARGEST_FILE).ok()?);
    // Some editors on Windows begin a file with a byte order mark.
    let json = text.expose().trim_start_matches('\u{FEFF}');
    let Value::Object(fields) = serde_json::from_str(json).ok()? else { return None };
    let text_of = |key: &&str| fields.get(*key).and_then(Value::as_str);
    let any = || fields.values().filter_map(Value::as_str).find(|text| text.starts_with("entri_"));
    let token = TOKEN_KEYS.iter().find_map(text_of).or_else(any)?;
    let address = ADDRESS_KEYS.iter().find_map(text_of).map(str::to_owned);
    // It would be shown, and looked up.
    if address.as_deref().is_some_and(holds_value) {
        return None;
    }
    Some((Secret::new(token.to_owned()), address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn places(variable: Option<&str>) -> (tempfile::TempDir, CliPlaces) {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join(".nt3")).unwrap();
        let places = CliPlaces {
            variable: variable.map(|text| Secret::new(text.to_owned())),
            folder: home.path().to_owned(),
            home: Some(home.path().to_owned()),
        };
        (home, places)
    }

    #[test]
    fn every_place_is_named_and_the_first_is_the_one_in_use() {
        let (home, places) = places(Some("entri_variable1111"));
        let global = r#"{"token":"entri_global2222","api_url":"https://entri.example"}"#;
        fs::write(home.path().join(".nt3/config.json"), global).unwrap();
        fs::write(home.path().join(".nt3.local.json"), r#"{"x":"entri_local3333"}"#).unwrap();
        let found = places.tokens();
        let told: Vec<_> = found.iter().map(|it| (it.place, it.used, &*it.address)).collect();
        let cloud = "https://app.nt3.io";
        let expected = [
            (CliPlace::Variable, true, cloud),
            (CliPlace::LocalFile, false, cloud),
            (CliPlace::GlobalFile, false, "https://entri.example"),
        ];
        assert_eq!(told, expected);
        assert!(found.iter().all(|it| !format!("{it:?}").contains("entri_variable1111")));
        let (secret, _) = places.read(CliPlace::GlobalFile).unwrap();
        assert_eq!(secret.expose(), "entri_global2222");
    }

    #[test]
    fn what_is_no_token_is_not_found() {
        let (home, places) = places(Some("sk_live"));
        for text in ["", "[]", "{", r#"{"token":"sk_live"}"#, r#"{"token":7}"#] {
            fs::write(home.path().join(".nt3/config.json"), text).unwrap();
            assert_eq!(places.tokens(), [], "{text}");
        }
        let error = places.read(CliPlace::GlobalFile).unwrap_err().to_string();
        assert!(error.contains("config.json"), "{error}");
    }

    /// A repository can bring such a file: the folder is where the app was started.
    #[cfg(unix)]
    #[test]
    fn what_never_ends_or_never_begins_is_not_read() {
        let (home, places) = places(None);
        let local = home.path().join(".nt3.local.json");
        std::os::unix::fs::symlink("/dev/zero", &local).unwrap();
        assert_eq!(places.tokens(), []);
        fs::remove_file(&local).unwrap();
        let (pipe, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU);
        rustix::fs::mknodat(rustix::fs::CWD, &local, pipe, mode, 0).unwrap();
        assert_eq!(places.tokens(), []);
        fs::remove_file(&local).unwrap();
        let address = "https://entri_EXAMPLEONLY7h2Kq9ZpVw.example";
        fs::write(&local, format!(r#"{{"token":"entri_local3333","url":"{address}"}}"#)).unwrap();
        assert_eq!(places.tokens(), [], "a value is no address");
        fs::write(&local, r#"{"token":"entri_local3333"}"#).unwrap();
        assert_eq!(places.tokens().len(), 1, "the control");
    }

    #[test]
    fn a_file_that_begins_with_a_byte_order_mark_is_read() {
        let (home, places) = places(None);
        let text = "\u{FEFF}{\"token\":\"entri_global2222\"}";
        fs::write(home.path().join(".nt3/config.json"), text).unwrap();
        assert_eq!(places.tokens().len(), 1);
    }
}
