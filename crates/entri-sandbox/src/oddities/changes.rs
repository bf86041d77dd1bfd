//! What goes wrong with a revoke, and how a created token differs from what was asked for.

use chrono::{DateTime, TimeDelta, Utc};

/// What goes wrong with a revoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Deletion {
    /// The revoke is done as documented.
    #[default]
    Done,
    /// 404, although the token is listed and works; with or without a body.
    NotFound {
        /// Whether the response has Nest's body.
        body: bool,
    },
    /// 500, which says nothing about the token.
    Failed {
        /// Whether the token is revoked anyway.
        done: bool,
    },
    /// 403 for one token: the first that somebody tries to revoke.
    ForbiddenForOne,
    /// 429 this many times for each token.
    Throttled {
        /// The seconds in `Retry-After`; `None` for a response without the header.
        wait: Option<u32>,
        /// How many revokes of each token are refused.
        times: u32,
    },
    /// The token is revoked, and the connection drops.
    Dropped,
    /// The token is revoked, and the response comes so many milliseconds later.
    Late(u32),
}

/// How a created token differs from what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Creation {
    /// How the server changes the name; `None` if it doesn't.
    pub tidy: Option<Tidy>,
    /// Whether the token expires in 7 days and has the scope `*`, whatever was asked for.
    pub other_terms: bool,
    /// Whether the token is created, and the response is 504.
    pub unanswered: bool,
    /// The most tokens, of those that aren't revoked, that the organization or a project may have; one
    /// more is refused with 409.
    pub most: Option<u32>,
}

/// How the server changes a token's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tidy {
    /// Consecutive spaces become one.
    Collapse,
    /// All spaces are removed, also those within the name.
    NoBlanks,
    /// The name is cut after 40 characters.
    Cut,
    /// The name becomes lower case.
    Lower,
    /// Letters and their accents are combined, as in NFC; only the most common ones.
    Compose,
}

impl Creation {
    pub(crate) fn name(self, name: String) -> String {
        const COMPOSED: [(&str, &str); 6] = [
            ("e\u{301}", "é"),
            ("a\u{308}", "ä"),
            ("o\u{308}", "ö"),
            ("u\u{308}", "ü"),
            ("a\u{30a}", "å"),
            ("n\u{303}", "ñ"),
        ];
        match self.tidy {
            None => name,
            Some(Tidy::Collapse) => name.split_whitespace().collect::<Vec<_>>().join(" "),
            Some(Tidy::NoBlanks) => name.split_whitespace().collect(),
            Some(Tidy::Cut) => name.chars().take(40).collect(),
            Some(Tidy::Lower) => name.to_lowercase(),
            Some(Tidy::Compose) => {
                COMPOSED.iter().fold(name, |name, (apart, one)| name.replace(apart, one))
            }
        }
    }

    pub(crate) fn terms(
        self,
        asked: (Vec<String>, Option<DateTime<Utc>>),
        now: DateTime<Utc>,
    ) -> (Vec<String>, Option<DateTime<Utc>>) {
        if self.other_terms {
            (vec!["*".to_owned()], Some(now + TimeDelta::days(7)))
        } else {
            asked
        }
    }
}
