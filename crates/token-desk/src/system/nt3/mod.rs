//! Finds the API token of the `nt3` command-line tool. It is only read, never changed.

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use entri_api::{ApiToken, BaseUrl, Secret, holds_value};
use serde_json::Value;

use crate::error::Error;
use crate::system::safe_file::read_small;

/// The keys a token may have in the tool's files; the real one isn't documented
/// (docs/entri-api.md#the-nt3-tool).
const TOKEN_KEYS: [&str; 5] = ["token", "api_token", "apiToken", "api_key", "apiKey"];
/// The documented key of the address comes first (docs/entri-api.md#the-nt3-tool).
const ADDRESS_KEYS: [&str; 3] = ["api_url", "apiUrl", "url"];
/// The maximum size of the tool's files, in bytes.
const LARGEST_FILE: u64 = 64 * 1024;

/// The places where the tool looks, in order of precedence (docs/entri-api.md#the-nt3-tool).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum CliPlace {
    /// The environment variable `NT3_API_TOKEN`.
    Variable,
    /// `.nt3.local.json` in the current folder.
    LocalFile,
    /// `.nt3/config.json` in the home folder.
    GlobalFile,
}

/// The places where the tool looks, as they are on this computer.
#[derive(Debug, Clone)]
pub struct CliPlaces {
    /// The value of `NT3_API_TOKEN`, if it is set.
    pub variable: Option<Secret>,
    /// The folder the app was started in.
    pub folder: PathBuf,
    /// The user's home folder, if there is one.
    pub home: Option<PathBuf>,
}

/// A token of the command-line tool, masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CliToken {
    /// The place it was found in.
    pub place: CliPlace,
    /// The place in words: the variable's name, or the file's path.
    pub name: String,
    /// The masked token, which may be shown.
    pub mask: String,
    /// The address of the server it is for.
    pub address: String,
    /// Whether the tool itself would use this one.
    pub used: bool,
}

impl CliPlaces {
    /// All tokens found, in the tool's order of precedence.
    #[must_use]
    pub fn tokens(&self) -> Vec<CliToken> {
        let places = [CliPlace::Variable, CliPlace::LocalFile, CliPlace::GlobalFile];
        let mut tokens: Vec<_> = places.into_iter().filter_map(|place| self.token(place)).collect();
        if let Some(first) = tokens.first_mut() {
            first.used = true;
        }
        tokens
    }

    /// The token in one place, and the address of its server. Both are read again, since they may
    /// have changed.
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
