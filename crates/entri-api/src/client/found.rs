//! Values that were found where they shouldn't be: in which text, whose they may be, and what their server says.

use super::organization::{CURRENT, organization};
use super::own::shown;
use super::{Client, LIST_LIMIT};
use crate::credential::ApiToken;
use crate::error::Error;
use crate::model::organization::Organization;
use crate::secret::Secret;
use crate::value::{VALUE_PREFIX, holds_value};

/// Fewer characters than these tell no token from others.
const LEAST: usize = 4;
/// So many characters of the beginning tell a token from others. Values may begin alike, such as with `live`, and end at
/// random.
const BEGINNING: usize = 8;
const UNAUTHORIZED: u16 = 401;

/// How what a server shows of a token's value compares with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreviewFit {
    /// It fits, and hardly any other value fits it.
    Strong,
    /// It fits, but so may values that begin alike.
    Weak,
    /// It is that of another value.
    Differs,
    /// It shows too little to say.
    Open,
}

/// How a server answers a value.
#[derive(Debug)]
pub enum Probed {
    /// It works, in this organization.
    Accepted(Organization),
    /// 401: the value works nowhere on this server.
    Refused,
}

/// A value as it was read in a text, which doesn't say where a value ends: no alphabet is documented.
#[derive(Debug)]
pub struct FoundValue {
    /// The longest reading, without full stops at its end.
    pub value: ApiToken,
    /// Without the `-` and `_` at its end, which may belong to the text.
    pub shorter: Option<ApiToken>,
    /// Whether it ends before a character that a token may have, but that a text has more often, such as `/` or `=`.
    pub is_cut: bool,
}

impl FoundValue {
    /// Whether the text can be read in one way only.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.shorter.is_none() && !self.is_cut
    }
}

impl ApiToken {
    /// Compares the value with what a server shows of one.
    #[must_use]
    pub fn fit(&self, preview: Option<&str>) -> PreviewFit {
        let preview = preview.unwrap_or_default();
        match shown(self.exposed(), preview, LEAST) {
            Some((start, end)) if end >= LEAST || start >= BEGINNING => PreviewFit::Strong,
            Some(_) => PreviewFit::Weak,
            None if shown(self.exposed(), preview, 0).is_some() => PreviewFit::Open,
            None => PreviewFit::Differs,
        }
    }
}

impl Client {
    /// Asks this client's own server, once, whether a value works. If it does, that counts as a use of its token.
    ///
    /// # Errors
    /// Any other answer than an organization or a 401: it says nothing about the value. A page of a proxy may come with
    /// a 200, too.
    pub async fn probe(&self, value: &ApiToken) -> Result<Probed, Error> {
        let transport = self.transport.with_key(value.clone())?;
        let answer = transport.answer(self.transport.prefix(), CURRENT, LIST_LIMIT).await?;
        if answer.status() == UNAUTHORIZED {
            return Ok(Probed::Refused);
        }
        let answer = answer.success()?.whole()?;
        Ok(Probed::Accepted(organization(&answer)?))
    }
}

/// The values in a text, each once, in their order: `entri_` and what follows up to a blank, a quote or other
/// punctuation. A text that is nothing but a value is taken as it is.
#[must_use]
pub fn values_in(text: &Secret) -> Vec<FoundValue> {
    if let Ok(whole) = ApiToken::parse(text.clone())
        && whole.exposed().matches(VALUE_PREFIX).count() == 1
        && whole.exposed().chars().all(is_in_token)
        && !whole.exposed().ends_with('.')
    {
        return vec![FoundValue { value: whole, shorter: None, is_cut: false }];
    }
    let mut values: Vec<FoundValue> = Vec::new();
    for (at, prefix) in text.expose().match_indices(VALUE_PREFIX) {
        let rest = &text.expose()[at + prefix.len()..];
        let end = rest.find(|it| !is_within_text(it)).unwrap_or(rest.len());
        let run = rest[..end].split(VALUE_PREFIX).next().unwrap_or_default();
        let hidden = run.trim_end_matches('.');
        let is_known = |it: &FoundValue| it.value.exposed()[prefix.len()..] == *hidden;
        let Some(value) = read(hidden).filter(|_| !values.iter().any(is_known)) else { continue };
        let trimmed = hidden.trim_end_matches(['.', '-', '_']);
        let shorter = read(trimmed).filter(|_| trimmed != hidden);
        let is_cut = rest[run.len()..].starts_with(is_in_token) && run.len() == end;
        values.push(FoundValue { value, shorter, is_cut });
    }
    values
}

fn read(hidden: &str) -> Option<ApiToken> {
    let value = Some(format!("{VALUE_PREFIX}{hidden}")).filter(|value| holds_value(value))?;
    ApiToken::parse(Secret::new(value)).ok()
}

/// What may stand in a token (RFC 6750, `b64token`).
fn is_in_token(it: char) -> bool {
    is_within_text(it) || "~+/=".contains(it)
}

/// What is taken as a part of a value within other text, such as an address or an assignment.
fn is_within_text(it: char) -> bool {
    it.is_ascii_alphanumeric() || "-._".contains(it)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6";
    const OTHER: &str = "entri_EXAMPLEONLY1Td6h2Kq9ZpVw3Lm5Xc8Rb7";

    fn found(text: &str) -> Vec<String> {
        let values = values_in(&Secret::new(text.to_owned()));
        values.iter().map(|it| it.value.exposed().to_owned()).collect()
    }

    /// The longest reading, the shorter one, and whether the text can be read in one way only.
    fn readings(text: &str) -> (String, Option<String>, bool) {
        let [one] = &values_in(&Secret::new(text.to_owned()))[..] else { panic!("{text}") };
        let shorter = one.shorter.as_ref().map(|it| it.exposed().to_owned());
        (one.value.exposed().to_owned(), shorter, one.is_certain())
    }

    #[test]
    fn what_ends_a_value_may_belong_to_it() {
        for end in ["-", "_", "-_"] {
            let longer = format!("{ONE}{end}");
            let text = format!("NT3_API_TOKEN={longer}\n");
            assert_eq!(readings(&text), (longer.clone(), Some(ONE.to_owned()), false));
            assert_eq!(readings(&longer), (longer, None, true), "nothing but the value");
        }
        for end in ["=", "/v1", "+", "~"] {
            let text = format!("token: {ONE}{end} and more");
            assert_eq!(readings(&text), (ONE.to_owned(), None, false), "{end}");
        }
        for end in [".", "...", "\"", "&x=1", ","] {
            let text = format!("{ONE}{end}");
            assert_eq!(readings(&text), (ONE.to_owned(), None, true), "{end}");
        }
    }

    #[test]
    fn each_value_is_found_once() {
        for text in [
            ONE.to_owned(),
            format!(" {ONE}\n"),
            format!("NT3_API_TOKEN={ONE}\nOTHER=1"),
            format!("curl -H 'X-API-Key: {ONE}' https://e.example/?t={ONE}&x=1"),
            format!("{{\"token\":\"{ONE}\"}}"),
            format!("It was {ONE}."),
            format!("{ONE}, entri_ci and NT3_API_TOKEN"),
        ] {
            assert_eq!(found(&text), [ONE], "{text}");
        }
        assert_eq!(found(&format!("a={ONE} b={OTHER} c={ONE}")), [ONE, OTHER]);
        assert_eq!(found(&format!("{ONE}{OTHER}")), [ONE, OTHER]);
    }

    #[test]
    fn a_text_without_a_value_has_none() {
        for text in ["", "entri_", "entri_ci and entri_production_deploy_2026", "ghp_abc"] {
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn an_end_tells_more_than_a_beginning() {
        let value =
            ApiToken::parse(Secret::new("entri_live_ab12EXAMPLEONLYvclL".to_owned())).unwrap();
        let table = [
            ("vclL", PreviewFit::Strong),
            ("entri_live_ab1", PreviewFit::Strong),
            ("entri_l…vclL", PreviewFit::Strong),
            ("entri_live_a", PreviewFit::Weak),
            ("entri_live", PreviewFit::Weak),
            ("entri_", PreviewFit::Open),
            ("clL", PreviewFit::Open),
            ("vclX", PreviewFit::Differs),
            ("entri_test", PreviewFit::Differs),
        ];
        for (preview, fit) in table {
            assert_eq!(value.fit(Some(preview)), fit, "{preview}");
        }
        assert_eq!(value.fit(None), PreviewFit::Open);
    }
}
