//! The question before a token is revoked, and the answer.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use token_audit::RevokeGrade;
use token_desk::{Clocks, Date, RevokeOutcome, RevokePlan, Revoked, SeenToken, ToType};

use super::{DetailsView, KeyView};

/// Stands for a date that cannot be read.
const NOT_READABLE: &str = "unreadable";

/// What to show before a token is revoked.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RevokePlanView {
    /// The token.
    pub token: DetailsView,
    /// How much confirmation it takes.
    pub grade: GradeName,
    /// Whether it may be the token that the app signs in with.
    pub may_be_own: bool,
    /// Whether its name says that it is for production.
    pub production: bool,
    /// What has to be typed where the grade asks for that.
    pub to_type: ToTypeView,
    /// What the plan was made with; to be sent back as it is.
    pub seen: SeenTokenView,
}

/// What a plan was made with. Dates are in Unix seconds, or say that they are not readable.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeenTokenView {
    /// The token's name, as the server gave it.
    pub name: String,
    /// When it was created.
    pub created: Option<String>,
    /// When it was last used.
    pub last_used: Option<String>,
}

/// What has to be typed.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ToTypeView {
    /// Whether it is the id: the name cannot be typed as it is seen.
    pub by_id: bool,
    /// The text. Blanks and the way in which letters are composed do not count.
    pub text: String,
}

/// How much confirmation it takes.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_audit::RevokeGrade`")]
pub enum GradeName {
    OneClick,
    Confirm,
    TypeName,
}

/// The confirmation.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RevokeRequest {
    /// The token.
    pub key: KeyView,
    /// What the plan was made with.
    pub seen: SeenTokenView,
    /// What was typed.
    pub typed: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RevokedView {
    /// The token's name.
    pub name: String,
    /// Whether this request ended it.
    pub outcome: OutcomeName,
}

/// Whether the token was still there.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::RevokeOutcome`")]
pub enum OutcomeName {
    Revoked,
    AlreadyGone,
}

impl RevokePlanView {
    /// The plan as of the time at its server.
    #[must_use]
    pub fn new(plan: RevokePlan, clocks: &Clocks) -> Self {
        Self {
            production: token_audit::labelled_production(&plan.token.name),
            token: DetailsView::new(plan.token, clocks),
            grade: match plan.grade {
                RevokeGrade::OneClick => GradeName::OneClick,
                RevokeGrade::Confirm => GradeName::Confirm,
                RevokeGrade::TypeName => GradeName::TypeName,
            },
            may_be_own: plan.may_be_own,
            to_type: ToTypeView {
                by_id: matches!(plan.to_type, ToType::Id(_)),
                text: plan.to_type.text().to_owned(),
            },
            seen: SeenTokenView {
                name: plan.seen.name,
                created: written(plan.seen.created),
                last_used: written(plan.seen.last_used),
            },
        }
    }
}

fn written(date: Date) -> Option<String> {
    match date {
        Date::At(time) => Some(time.timestamp().to_string()),
        Date::None => None,
        Date::Unreadable => Some(NOT_READABLE.to_owned()),
    }
}

fn read(date: Option<String>) -> Date {
    let time = |seconds: String| DateTime::<Utc>::from_timestamp(seconds.parse().ok()?, 0);
    match date {
        Some(date) if date == NOT_READABLE => Date::Unreadable,
        date => date.and_then(time).into(),
    }
}

impl From<RevokeRequest> for token_desk::RevokeRequest {
    fn from(request: RevokeRequest) -> Self {
        let SeenTokenView { name, created, last_used } = request.seen;
        Self {
            key: request.key.into(),
            seen: SeenToken { name, created: read(created), last_used: read(last_used) },
            typed: request.typed,
        }
    }
}

impl From<Revoked> for RevokedView {
    fn from(revoked: Revoked) -> Self {
        Self {
            name: revoked.name,
            outcome: match revoked.outcome {
                RevokeOutcome::Revoked => OutcomeName::Revoked,
                RevokeOutcome::AlreadyGone => OutcomeName::AlreadyGone,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use token_desk::{Chip, ConnectionId, Details, Notes, TokenKey};

    fn plan(seen: Date) -> RevokePlan {
        let token = Details {
            key: TokenKey { connection: ConnectionId(1), id: "t-1".to_owned() },
            name: "a".to_owned(),
            project: None,
            chip: Chip::Recent,
            scopes: Vec::new(),
            created: Date::None,
            created_by: None,
            expires: Date::None,
            used_after_expiry: false,
            last_used: seen,
            last_used_reported: true,
            last_listed: None,
            preview: None,
            placements: Vec::new(),
            notes: Notes::default(),
            findings: Vec::new(),
            decision: None,
        };
        let seen = SeenToken { name: "a".to_owned(), created: seen, last_used: seen };
        RevokePlan {
            token,
            grade: RevokeGrade::TypeName,
            may_be_own: false,
            to_type: ToType::Name("a".to_owned()),
            seen,
        }
    }

    /// A date as it comes back from the page, which sends on what it was given.
    fn there_and_back(seen: impl Into<Date>) -> Date {
        let view = RevokePlanView::new(plan(seen.into()), &Clocks::alike(DateTime::UNIX_EPOCH));
        let request = RevokeRequest { key: view.token.key, seen: view.seen, typed: None };
        let SeenToken { name, created, last_used } = token_desk::RevokeRequest::from(request).seen;
        assert_eq!((&*name, created), ("a", last_used));
        last_used
    }

    /// A revoke compares whole seconds, which is all that a list keeps.
    #[test]
    fn what_was_seen_survives_the_page_to_the_second() {
        let second = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        for time in [
            second("2026-11-24T14:02:00Z"),
            second("1970-01-01T00:00:00Z"),
            second("1969-12-31T23:59:58Z"),
            second("9999-12-31T23:59:59Z"),
            DateTime::<Utc>::MIN_UTC,
        ] {
            assert_eq!(there_and_back(Some(time)), Date::At(time));
            let fraction = time + TimeDelta::milliseconds(999);
            assert_eq!(there_and_back(Some(fraction)), Date::At(time), "{fraction}");
        }
        let last = DateTime::<Utc>::MAX_UTC;
        assert_eq!(
            there_and_back(Some(last)).at().map(|it| it.timestamp()),
            Some(last.timestamp())
        );
        for without_time in [Date::None, Date::Unreadable] {
            assert_eq!(there_and_back(without_time), without_time);
        }
    }

    /// It then matches no token that was ever used, so that nothing in use is revoked by it.
    #[test]
    fn a_last_use_that_is_no_number_is_none() {
        for seen in ["", "yesterday", "1.5", "99999999999999999999", "9223372036854775807"] {
            assert_eq!(read(Some(seen.to_owned())), Date::None, "{seen}");
        }
    }

    #[test]
    fn grades_and_outcomes_have_the_names_the_page_knows() {
        let grade = serde_json::json!(
            RevokePlanView::new(plan(Date::None), &Clocks::alike(DateTime::UNIX_EPOCH)).grade
        );
        assert_eq!(grade, "typeName");
        let revoked = Revoked { name: "a".to_owned(), outcome: RevokeOutcome::AlreadyGone };
        assert_eq!(serde_json::json!(RevokedView::from(revoked))["outcome"], "alreadyGone");
    }
}
