//! What goes wrong with a revoke, and what a create makes other than asked.

use std::time::Duration;

use axum::http::Method;
use chrono::{DateTime, TimeDelta, Utc};

use super::Memory;
use crate::script::FaultAnswer;
use crate::shared::{Shared, lock};

/// What goes wrong with a revoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Deletion {
    /// Nothing.
    #[default]
    Done,
    /// 404, while the list has the token, and it lives; with a body or without.
    NotFound {
        /// Whether Nest's body comes along.
        body: bool,
    },
    /// 500.
    Failed {
        /// Whether the token is revoked all the same.
        done: bool,
    },
    /// 403 for one token, the first that one tries to revoke.
    ForbiddenForOne,
    /// 429 this many times for each token.
    Throttled {
        /// The seconds of `Retry-After`; `None` for an answer without the header.
        wait: Option<u32>,
        /// How many times.
        times: u32,
    },
    /// The token is revoked, and the connection drops.
    Dropped,
    /// The token is revoked, and the answer comes so many milliseconds later.
    Late(u32),
}

/// What a create makes other than asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Creation {
    /// How the name is tidied.
    pub tidy: Option<Tidy>,
    /// Whether the token ends in 7 days and has the scope `*`, whatever was asked for.
    pub other_terms: bool,
    /// Whether the token is made, and the answer is 504.
    pub unanswered: bool,
}

/// How a name is tidied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tidy {
    /// Blanks in a row become one.
    Collapse,
    /// Not even the spaces around it are kept, nor those in it.
    NoBlanks,
    /// It is cut after 40 characters.
    Cut,
    /// It is in lower case.
    Lower,
    /// Letters and their accents become one, as in NFC; the commonest alone.
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

/// What is to be answered in place of the server's own answer, and whether the request takes effect
/// all the same.
pub fn strike(shared: &Shared, method: &Method, path: &str) -> Option<(bool, FaultAnswer)> {
    let odd = shared.variant().odd;
    if *method == Method::POST && odd.creation.unanswered && path.ends_with("/tokens") {
        return Some((
            true,
            FaultAnswer::status(504, "text/html", "<h1>504 Gateway Time-out</h1>"),
        ));
    }
    let (_, id) = path.split_once("/tokens/").filter(|_| *method == Method::DELETE)?;
    deletion(odd.deletion, &mut lock(&shared.memory), id)
}

fn deletion(odd: Deletion, memory: &mut Memory, id: &str) -> Option<(bool, FaultAnswer)> {
    let json = |status: u16, error: &str, message: &str| {
        let body = serde_json::json!({"statusCode": status, "error": error, "message": message});
        FaultAnswer::status(status, "application/json", &body.to_string())
    };
    Some(match odd {
        Deletion::Done => return None,
        Deletion::NotFound { body: true } => (false, json(404, "Not Found", "Token not found")),
        Deletion::NotFound { body: false } => (false, FaultAnswer::status(404, "text/plain", "")),
        Deletion::Failed { done } => {
            (done, json(500, "Internal Server Error", "Internal server error"))
        }
        Deletion::ForbiddenForOne => {
            if memory.kept.get_or_insert_with(|| id.to_owned()) != id {
                return None;
            }
            (false, json(403, "Forbidden", "This token cannot be revoked"))
        }
        Deletion::Throttled { wait, times } => {
            let so_far = memory.put_off.entry(id.to_owned()).or_default();
            if *so_far >= times {
                return None;
            }
            *so_far += 1;
            (false, throttled(wait))
        }
        Deletion::Dropped => (true, FaultAnswer::Cut),
        Deletion::Late(after) => (true, FaultAnswer::Late(Duration::from_millis(after.into()))),
    })
}

fn throttled(wait: Option<u32>) -> FaultAnswer {
    let headers = wait.map(|seconds| ("Retry-After", seconds.to_string()));
    FaultAnswer::Answer {
        status: 429,
        content_type: "application/json",
        headers: headers.into_iter().collect(),
        body: r#"{"statusCode":429,"message":"ThrottlerException: Too Many Requests"}"#.to_owned(),
    }
}
