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
    /// It works, in this organization; `None` if the answer doesn't say in which.
    Accepted(Option<Organization>),
    /// 401: the value works nowhere on this server.
    Refused,
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
    /// Any other answer than a 2xx or a 401: it says nothing about the value.
    pub async fn probe(&self, value: &ApiToken) -> Result<Probed, Error> {
        let transport = self.transport.with_key(value.clone())?;
        let answer = transport.answer(self.transport.prefix(), CURRENT, LIST_LIMIT).await?;
        if answer.status() == UNAUTHORIZED {
            return Ok(Probed::Refused);
        }
        let answer = answer.success()?.whole()?;
        Ok(Probed::Accepted(organization(&answer).ok()))
    }
}

/// The values in a text, each once, in their order: `entri_` and what follows up to a blank, a quote or other
/// punctuation. A text that is nothing but a value is taken as it is.
#[must_use]
pub fn values_in(text: &Secret) -> Vec<ApiToken> {
    if let Ok(whole) = ApiToken::parse(text.clone())
        && whole.exposed().matches(VALUE_PREFIX).count() == 1
        && whole.exposed().chars().all(is_in_token)
    {
        return vec![whole];
    }
    let mut values: Vec<ApiToken> = Vec::new();
    for (at, prefix) in text.expose().match_indices(VALUE_PREFIX) {
        let rest = &text.expose()[at + prefix.len()..];
        let end = rest.find(|it| !is_within_text(it)).unwrap_or(rest.len());
        let hidden = rest[..end].split(VALUE_PREFIX).next().unwrap_or_default();
        let hidden = hidden.trim_end_matches(['.', '-', '_']);
        let is_known = values.iter().any(|it| it.exposed()[prefix.len()..] == *hidden);
        if !is_known && holds_value(&format!("{prefix}{hidden}")) {
            values.extend(ApiToken::parse(Secret::new(format!("{prefix}{hidden}"))).ok());
        }
    }
    values
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
        values.iter().map(|it| it.exposed().to_owned()).collect()
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
