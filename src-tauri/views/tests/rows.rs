//! Text in the list's rows is safe to look at, and their times are words.

use serde_json::json;
use token_audit::{AsOf, Counts, Policy, Rules, ServerTime, Severity, TokenFacts, Verdict};
use token_desk::language::Problem as WrongWord;
use token_desk::{
    Chip, Clocks, ConnectionId, Date, Decision, DecisionKind, Listing, Row, TokenKey,
};

use super::super::QueryView;
use super::{HOSTILE, VISIBLE, at, now};

pub fn row() -> Row {
    Row {
        key: TokenKey { connection: ConnectionId(1), id: "t-1".into() },
        name: HOSTILE.to_owned(),
        project: Some(HOSTILE.to_owned()),
        created_by: Some(HOSTILE.to_owned()),
        creator_left: true,
        scopes: ["translations:read", HOSTILE, "translations:write"].map(str::to_owned).to_vec(),
        chip: Chip::Stale,
        created: Date::At(at("2026-01-02T03:04:05Z")),
        expires: Date::At(at("2026-12-06T14:02:00Z")),
        last_used: Date::None,
        last_listed: None,
        decision: Some(decision()),
        rotation: None,
        leaked: false,
        due: None,
        findings: Some(vec![(Severity::High, "Creator left the organization".to_owned())]),
        selected: true,
    }
}

pub fn decision() -> Decision {
    Decision {
        kind: DecisionKind::Keep,
        at: at("2026-11-24T14:00:00Z"),
        until: at("2027-02-24T23:59:59Z"),
        reason: HOSTILE.to_owned(),
        rules: Rules::default(),
    }
}

pub fn listing(rows: Vec<Row>) -> Listing {
    let mut counts = Counts::default();
    let facts = TokenFacts {
        created: Date::None,
        expires: Date::None,
        last_used: Date::None,
        last_used_reported: true,
        revoked: false,
        own: false,
        as_of: AsOf { read: ServerTime(now()), frozen: false },
    };
    counts.add(Verdict::of(&Policy::default(), &facts, ServerTime(now())), Rules::default());
    let problems = vec![WrongWord { range: 4..9, message: "No.".to_owned() }];
    Listing {
        generation: 7,
        total: 90,
        top: 60,
        rows,
        counts,
        anchor: Some(61),
        selected: 2,
        selected_here: 1,
        selected_of: [ConnectionId(1), ConnectionId(7)].into(),
        problems,
    }
}

#[test]
fn a_row_shows_what_a_name_hides() {
    let view = json!(QueryView::new(
        listing(vec![row()]),
        "\u{1F512} is:x project:\"We b\"",
        3,
        &Clocks::alike(now())
    ));
    let local = |time: &str| token_desk::when::local(at(time));
    let expected = json!({
        "key": {"connection": 1, "id": "t-1"},
        "name": VISIBLE,
        "project": VISIBLE,
        "createdBy": VISIBLE,
        "creatorLeft": true,
        "scopes": format!("Read, {VISIBLE}, write"),
        "chip": "stale",
        "expires": {"text": "in 12 days", "title": "6 Dec 2026, 14:02 UTC",
            "local": local("2026-12-06T14:02:00Z"), "muted": false},
        "created": {"text": "2 Jan 2026", "title": "2 Jan 2026, 03:04 UTC",
            "local": local("2026-01-02T03:04:05Z"), "muted": false},
        "lastUsed": {"text": "—", "title": null, "local": null, "muted": true},
        "decision": "Kept until 24 Feb 2027",
        "leaked": false,
        "rotation": null,
        "findings": [{"severity": "high", "title": "Creator left the organization"}],
        "selected": true,
    });
    assert_eq!(view["rows"], json!([expected]));
    assert_eq!(view["selectedOf"], json!([1, 7]));
    assert_eq!(
        view["problems"],
        json!([{"start": 2, "end": 7, "message": "No."}]),
        "counted as the page counts"
    );
    assert_eq!(view["chosen"], json!([{"facet": "project", "value": "We b"}]));
    let numbers = ["generation", "seq", "total", "top", "anchorIndex"].map(|name| &view[name]);
    assert_eq!(numbers, [&json!(7), &json!(3), &json!(90), &json!(60), &json!(61)]);
    assert_eq!(view["counts"]["noUse"], 1);
    assert_eq!(view["counts"]["noExpiry"], 1);
    assert_eq!(view["counts"]["stale"], 0);
}

#[test]
fn a_row_that_the_latest_list_lacks_says_when_it_was_listed_last() {
    let cell = |last_used| {
        let last_listed = Some(ServerTime(at("2026-11-04T14:02:00Z")));
        let kept = Row { last_used, last_listed, ..row() };
        let view = QueryView::new(listing(vec![kept]), "nightly builds", 0, &Clocks::alike(now()));
        view.rows.into_iter().next().unwrap().last_used
    };
    let used = cell(Date::At(at("2026-11-03T14:02:00Z")));
    assert_eq!((&*used.text, used.muted), ("21 days ago", true));
    let title = used.title.unwrap();
    assert!(title.ends_with("· Last listed 4 Nov 2026, 14:02 UTC"), "{title}");
    assert!(cell(Date::None).title.is_some_and(|it| it.starts_with("Last listed")));
}
