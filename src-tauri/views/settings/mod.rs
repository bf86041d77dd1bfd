//! What a person sets for the whole app.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{Desk, Settings, text, when};

use crate::settings::TEXT_SIZES;

/// All settings, and what is to be said of them.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// As they are now.
    pub now: Settings,
    /// As they are in a new installation.
    pub defaults: Settings,
    /// `UTC+1`: the time zone of this computer.
    pub zone: String,
    /// The steps of the text size, in percent.
    pub text_sizes: Vec<u16>,
    /// What couldn't be read at the start.
    pub problem: Option<String>,
    /// `proxy.example:8080`: where requests to servers go first; `None` if they go straight there.
    pub proxy: Option<String>,
    /// `1.4.0 (0ce365c4)`: the version, and the commit that a package was built of.
    pub version: String,
}

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// What a package was built of; one that somebody built for themselves doesn't say.
const COMMIT: Option<&str> = option_env!("ENTRI_TOKENS_COMMIT");

impl SettingsView {
    /// Shows what is set on a desk.
    #[must_use]
    pub fn new(desk: &Desk, now: DateTime<Utc>) -> Self {
        Self {
            now: desk.settings(),
            defaults: Settings::default(),
            zone: when::zone_here(now),
            text_sizes: TEXT_SIZES.to_vec(),
            problem: desk.settings_problem().map(|problem| problem.message),
            proxy: proxy(|name| std::env::var(name).ok()),
            version: COMMIT.map_or(VERSION.to_owned(), |commit| format!("{VERSION} ({commit})")),
        }
    }
}

/// The proxy that the environment names for servers with HTTPS, without what it takes to sign in to it.
fn proxy(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    let given = names.into_iter().find_map(variable).filter(|it| !it.is_empty())?;
    let host = given.rsplit('@').next()?;
    let host = host.split_once("://").map_or(host, |(_, host)| host);
    host.split(['/', '?', '#']).next().map(text::visible)
}

/// What a folder is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum KeptView {
    /// Connections, lists, history, journal and settings.
    Data,
    /// What the web view keeps for the page.
    Page,
    /// What can be made again.
    Cache,
}

/// A folder that the app keeps something in.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FolderView {
    /// What it is for.
    pub what: KeptView,
    /// The path of the folder.
    pub path: String,
    /// `4.2 MB`: how much is in it.
    pub size: String,
}

/// Everywhere the app keeps something on this computer.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoldersView {
    /// The folders that are there.
    pub folders: Vec<FolderView>,
    /// How many entries the keychain has of this app; `None` if it doesn't say.
    pub keychain: Option<u32>,
}

impl FolderView {
    /// A folder with so many bytes in it.
    #[must_use]
    pub fn new(what: KeptView, folder: &Path, bytes: u64) -> Self {
        Self { what, path: text::visible(&folder.to_string_lossy()), size: in_words(bytes) }
    }
}

/// `812 bytes`, `4.2 MB`: the unit in which it has up to three digits.
fn in_words(bytes: u64) -> String {
    let (mut tenths, mut unit) = (bytes.saturating_mul(10), 0);
    while tenths >= 10_000 && unit < 3 {
        tenths = tenths.div_ceil(1000);
        unit += 1;
    }
    match unit {
        0 => format!("{bytes} bytes"),
        unit => format!("{}.{} {}", tenths / 10, tenths % 10, ["kB", "MB", "GB"][unit - 1]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_without_the_password_for_it() {
        let named = |value: &str| proxy(|name| (name == "HTTPS_PROXY").then(|| value.to_owned()));
        assert_eq!(proxy(|_| None), None);
        assert_eq!(named(""), None);
        for given in [
            "proxy.example:8080",
            "http://proxy.example:8080/",
            "http://user:pass/w@rd@proxy.example:8080?x",
            "user:secret@proxy.example:8080",
        ] {
            assert_eq!(named(given).as_deref(), Some("proxy.example:8080"), "{given}");
        }
        let other = proxy(|name| (name == "all_proxy").then(|| "socks5://a.example".to_owned()));
        assert_eq!(other.as_deref(), Some("a.example"));
    }

    #[test]
    fn sizes_are_told_in_a_unit_that_suits_them() {
        let table = [
            (0, "0 bytes"),
            (812, "812 bytes"),
            (4_200, "4.2 kB"),
            (1_000_000, "1.0 MB"),
            (34_000_000, "34.0 MB"),
            (5_000_000_000, "5.0 GB"),
        ];
        for (bytes, words) in table {
            assert_eq!(in_words(bytes), words);
        }
    }
}
