//! Whether a token of the list is the one this client signs in with.

use super::Client;
use crate::credential::ApiToken;
use crate::secret::Secret;
use crate::transport::Proof;
use crate::value::VALUE_PREFIX;

/// Fewer characters than these tell no token from others.
const LEAST: usize = 4;
/// The placeholder for hidden characters.
const MASKS: [char; 8] = ['*', '•', '●', '·', '.', '…', '#', ' '];

impl Client {
    /// Whether what a server shows of a token's value fits the API token this client signs in
    /// with: its end, its beginning after `entri_`, or both around a mask; at least four characters
    /// of them. Never for a session, and never proof by itself: another token may end alike.
    #[must_use]
    pub fn matches_preview(&self, preview: &str) -> bool {
        self.key_fits(preview, LEAST)
    }

    /// Whether this client signs in with this API token.
    #[must_use]
    pub fn signs_in_with(&self, token: &ApiToken) -> bool {
        matches!(self.transport.proof(), Proof::Key(key) if key.as_bytes() == token.exposed().as_bytes())
    }

    /// The API token that this client signs in with; `None` for a session.
    #[must_use]
    pub fn api_token(&self) -> Option<ApiToken> {
        match self.transport.proof() {
            Proof::Key(key) => ApiToken::parse(Secret::new(key.to_str().ok()?.to_owned())).ok(),
            Proof::Session(_) => None,
        }
    }

    /// Whether what a server shows of a token's value, if anything, leaves it open that it is the API
    /// token this client signs in with. Never for a session.
    #[must_use]
    pub fn may_match_preview(&self, preview: Option<&str>) -> bool {
        self.key_fits(preview.unwrap_or_default(), 0)
    }

    fn key_fits(&self, preview: &str, least: usize) -> bool {
        match self.transport.proof() {
            Proof::Key(key) => key.to_str().is_ok_and(|key| fits(key, preview, least)),
            Proof::Session(_) => false,
        }
    }
}

/// Whether a preview shows a part of the key, of at least this many characters.
fn fits(key: &str, preview: &str, least: usize) -> bool {
    shown(key, preview, least).is_some()
}

/// How much of the key a preview shows, at its beginning and at its end; `None` if it shows anything else, or less than
/// that many characters.
pub(crate) fn shown(key: &str, preview: &str, least: usize) -> Option<(usize, usize)> {
    let preview = preview.trim();
    let (value, begun) =
        (key.strip_prefix(VALUE_PREFIX).unwrap_or(key), preview.strip_prefix(VALUE_PREFIX));
    let shown = begun.unwrap_or(preview);
    let Some(masked) = shown.find(MASKS) else {
        let (end, start) = (begun.is_none() && value.ends_with(shown), value.starts_with(shown));
        let parts = if end { (0, shown.len()) } else { (shown.len(), 0) };
        return (shown.len() >= least && (end || start)).then_some(parts);
    };
    let (start, rest) = shown.split_at(masked);
    let end = rest.trim_start_matches(MASKS);
    let length = start.len() + end.len();
    let fits =
        (least..=value.len()).contains(&length) && value.starts_with(start) && value.ends_with(end);
    fits.then_some((start.len(), end.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::BaseUrl;
    use crate::credential::Credential;
    use crate::session::Session;

    const KEY: &str = "entri_ab12EXAMPLEONLY7h2Kq9ZpVw3Lm5vclL";

    fn client(credential: impl Into<Credential>) -> Client {
        Client::new(BaseUrl::parse("https://entri.example").unwrap(), credential).unwrap()
    }

    fn of_key(key: &str) -> Client {
        client(ApiToken::parse(Secret::new(key.to_owned())).unwrap())
    }

    #[test]
    fn each_way_to_show_a_part_of_the_value_fits() {
        let client = of_key(KEY);
        let table = [
            "vclL",
            "m5vclL",
            "ab12",
            "entri_ab12",
            "entri_ab12EX",
            "entri_…vclL",
            "entri_...vclL",
            "****vclL",
            "entri_••••vclL",
            "ab12...vclL",
            "entri_ab12…",
            "a…clL",
            " vclL ",
            "entri_ab12 … vclL",
        ];
        for shown in table {
            assert!(client.matches_preview(shown), "{shown}");
        }
    }

    #[test]
    fn another_part_does_not_fit() {
        let client = of_key(KEY);
        let table = [
            "vcll",
            "VCLL",
            "2Kq9",
            "entri_vclL",
            "entri_…ab12",
            "ab12...vclX",
            "ab13...vclL",
            "entri_ab12…vcl…L",
            "vclL…",
            "…ab12",
            "****xxxx",
            "entri_ab12EXAMPLEONLY7h2Kq9ZpVw3Lm5vclLx",
        ];
        for shown in table {
            assert!(!client.matches_preview(shown), "{shown}");
        }
    }

    #[test]
    fn fewer_than_four_characters_tell_nothing() {
        let client = of_key(KEY);
        let table =
            ["", " ", "entri_", "entri_…", "****", "clL", "ab1", "entri_ab1", "…clL", "a…cL"];
        for shown in table {
            assert!(!client.matches_preview(shown), "{shown}");
        }
        // Nor do the same characters shown twice.
        assert!(!of_key("entri_abc").matches_preview("ab…bc"));
        assert!(of_key("entri_abcd").matches_preview("ab…cd"));
    }

    #[test]
    fn what_shows_little_or_nothing_leaves_it_open() {
        let client = of_key(KEY);
        for shown in ["", "entri_", "****", "…clL", "ab1", "vclL"] {
            assert!(client.may_match_preview(Some(shown)), "{shown}");
        }
        assert!(client.may_match_preview(None));
        for shown in ["…abc", "xyz", "2Kq9", "ab13...vclL"] {
            assert!(!client.may_match_preview(Some(shown)), "{shown}");
        }
    }

    #[test]
    fn a_session_is_no_token_of_the_list() {
        let base_url = BaseUrl::parse("https://entri.example").unwrap();
        let pasted = Secret::new("ab12EXAMPLE.vclL".to_owned());
        let client = client(Session::parse(&base_url, &pasted).unwrap());
        assert!(!client.matches_preview("vclL") && !client.matches_preview("ab12"));
        assert!(!client.may_match_preview(None));
    }
}
