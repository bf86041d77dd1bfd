use super::*;
use chrono::TimeDelta;
use token_desk::{Chip, ConnectionId, Details, Notes, TokenKey};

fn plan(seen: Date) -> RevokePreview {
    let token = Details {
        key: TokenKey { connection: ConnectionId(1), id: "t-1".into() },
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
        off_by: None,
        last_listed: None,
        preview: None,
        deliveries: Vec::new(),
        notes: Notes::default(),
        findings: Vec::new(),
        decision: None,
        rotation: None,
        stuck: None,
    };
    let seen = SeenToken { name: "a".to_owned(), created: seen, last_used: seen };
    RevokePreview {
        token,
        grade: RevokeGrade::TypeName,
        may_be_own: false,
        production: false,
        to_type: ToType::Name("a".to_owned()),
        seen,
    }
}

/// A date as it comes back from the page, which sends on what it was given.
fn there_and_back(seen: impl Into<Date>) -> Date {
    let view = RevokePreviewView::new(plan(seen.into()), &Clocks::alike(DateTime::UNIX_EPOCH));
    let request = RevokeRequest { key: view.token.key, seen: view.seen, typed: None, held: false };
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
    assert_eq!(there_and_back(Some(last)).at().map(|it| it.timestamp()), Some(last.timestamp()));
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
        RevokePreviewView::new(plan(Date::None), &Clocks::alike(DateTime::UNIX_EPOCH)).grade
    );
    assert_eq!(grade, "typeName");
    let revoked =
        Revoked { name: "a".to_owned(), outcome: RevokeOutcome::AlreadyGone, proof: None };
    assert_eq!(serde_json::json!(RevokedView::from(revoked))["outcome"], "alreadyGone");
}
