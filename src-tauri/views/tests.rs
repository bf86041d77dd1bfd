//! What a server wrote is safe to look at, and points in time are words.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use token_audit::{Counts, Policy, Rules, TokenFacts, Verdict};
use token_desk::language::Problem as WrongWord;
use token_desk::{
    BaseUrl, Chip, Clock, Clocks, Connection, ConnectionId, ConnectionStatus, Created,
    CredentialStorage, Date, Decision, DecisionKind, Details, Environment, Gap, ListPart,
    ListStatus, Listing, LogEntry, Look, Method, News, Notes, Phase, Placement, Problem, Project,
    Row, ServerActivity, Shown, Status, TokenKey, Vanished, Why,
};

use super::{
    ConnectionView, CreatedView, DetailsView, NewsView, QueryView, ServerActivityView, StatusView,
    When,
};

/// Looks like `admin-ok` and is not.
const HOSTILE: &str = "adm\u{200B}in\u{202E}ko\u{0}";
const VISIBLE: &str = "adm⟨U+200B⟩in⟨U+202E⟩ko⟨U+0000⟩";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn now() -> DateTime<Utc> {
    at("2026-11-24T14:02:00Z")
}

fn row() -> Row {
    Row {
        key: TokenKey { connection: ConnectionId(1), id: "t-1".to_owned() },
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
        due: None,
        selected: true,
    }
}

fn decision() -> Decision {
    Decision {
        kind: DecisionKind::Keep,
        at: at("2026-11-24T14:00:00Z"),
        until: at("2027-02-24T23:59:59Z"),
        reason: HOSTILE.to_owned(),
        rules: Rules::default(),
    }
}

fn details() -> Details {
    Details {
        key: TokenKey { connection: ConnectionId(1), id: "t-1".to_owned() },
        name: HOSTILE.to_owned(),
        project: None,
        chip: Chip::NotReported,
        scopes: vec![HOSTILE.to_owned()],
        created: Date::None,
        created_by: Some(HOSTILE.to_owned()),
        expires: Date::None,
        used_after_expiry: false,
        last_used: Date::None,
        last_used_reported: false,
        last_listed: None,
        preview: Some(HOSTILE.to_owned()),
        placements: vec![Placement { to: HOSTILE.to_owned(), at: at("2026-11-24T14:00:00Z") }],
        notes: Notes::default(),
        findings: Vec::new(),
        decision: Some(decision()),
    }
}

fn listing(rows: Vec<Row>) -> Listing {
    let mut counts = Counts::default();
    let facts = TokenFacts {
        created: Date::None,
        expires: Date::None,
        last_used: Date::None,
        last_used_reported: true,
        revoked: false,
        own: false,
        read: now(),
    };
    counts.add(Verdict::of(&Policy::default(), &facts, now()), Rules::default());
    let problems = vec![WrongWord { range: 4..9, message: "No.".to_owned() }];
    Listing {
        generation: 7,
        total: 90,
        top: 60,
        rows,
        counts,
        anchor: Some(61),
        selected: 2,
        all_selected: false,
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
        "place": VISIBLE,
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

/// What a server says of its tokens is told by its own clock; what this app did, by this computer's.
#[test]
fn each_token_is_told_by_its_own_servers_clock() {
    let [here, there] = [ConnectionId(1), ConnectionId(2)];
    let clocks =
        Clocks::new(now(), [Clock { connection: there, skew: TimeDelta::hours(3), read: None }]);
    let last_used = Date::At(at("2026-11-24T14:00:00Z"));
    let row = |connection| Row { key: TokenKey { connection, ..row().key }, last_used, ..row() };
    let view = QueryView::new(listing(vec![row(here), row(there)]), "nightly builds", 0, &clocks);
    let texts: Vec<_> = view.rows.iter().map(|row| &*row.last_used.text).collect();
    assert_eq!(texts, ["2 min ago", "3 hours ago"]);
    let key = TokenKey { connection: there, ..details().key };
    let view = DetailsView::new(Details { key, last_used, ..details() }, &clocks);
    assert_eq!((&*view.last_used.text, &*view.placements[0].at.text), ("3 hours ago", "2 min ago"));
}

/// So is a token that is gone, and what stands in the server's log.
#[test]
fn what_is_gone_and_a_servers_log_are_told_by_the_servers_clock() {
    let id = ConnectionId(3);
    let vanished = Vanished {
        id: "t-9".to_owned(),
        name: HOSTILE.to_owned(),
        seen: at("2026-11-24T14:00:00Z"),
        last_used: Date::At(at("2026-11-24T14:00:00Z")),
    };
    let news = News { since: now(), new: Arc::default(), vanished: vec![vanished] };
    let line = ConnectionStatus {
        news: Some(news),
        skew: TimeDelta::hours(3),
        ..connection("https://entri.example")
    };
    let clocks = Clocks::new(now(), [Clock { connection: id, skew: line.skew, read: None }]);
    let gone = &NewsView::new([&line].into_iter(), &clocks).unwrap().vanished[0];
    assert_eq!((&*gone.seen.text, &*gone.last_used.text), ("2 min ago", "3 hours ago"));
    let entry = LogEntry {
        id: "e-1".to_owned(),
        at: entri_api::Date::At(at("2026-11-24T14:00:00Z")),
        who: None,
        action: "token.revoked".to_owned(),
        target_type: None,
        target_id: None,
    };
    let entries = vec![(id, entry)];
    let log = ServerActivity { entries, projects: HashMap::new(), older: false, problems: vec![] };
    let view = ServerActivityView::new(log, &clocks, now());
    let entry = &view.days[0].done[0];
    assert_eq!(entry.at.title.as_deref(), Some("24 Nov 2026, 11:00 UTC"));
}

#[test]
fn a_row_that_the_latest_list_lacks_says_when_it_was_listed_last() {
    let cell = |last_used| {
        let last_listed = Some(at("2026-11-04T14:02:00Z"));
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

/// Neither a distance nor the word for none.
#[test]
fn a_date_that_cannot_be_read_is_said_to_be_that() {
    let (clocks, date) = (Clocks::alike(now()), Date::Unreadable);
    let odd = Row { created: date, expires: date, last_used: date, ..row() };
    let view = QueryView::new(listing(vec![odd]), "nightly builds", 0, &clocks);
    let odd = Details { created: date, expires: date, last_used: date, ..details() };
    let details = DetailsView::new(odd, &clocks);
    let row = &view.rows[0];
    let cells = [&row.created, &row.expires, &row.last_used];
    for when in cells.into_iter().chain([&details.created, &details.expires, &details.last_used]) {
        assert_eq!((&*when.text, when.muted), ("Unreadable", false));
        assert!(when.title.as_deref().is_some_and(|why| why.contains("form")), "{when:?}");
    }
}

#[test]
fn the_panel_shows_what_a_server_hides() {
    let view = DetailsView::new(details(), &Clocks::alike(now()));
    assert_eq!((&*view.name, &*view.place), (VISIBLE, "Organization"));
    assert_eq!(view.scopes, [VISIBLE]);
    assert_eq!(view.created_by.as_deref(), Some(VISIBLE));
    assert_eq!(view.preview.as_deref(), Some(VISIBLE));
    assert_eq!((&*view.placements[0].to, &*view.placements[0].at.text), (VISIBLE, "2 min ago"));
    assert_eq!(view.expires.text, "Never");
    assert_eq!(view.created.text, "Not reported by this server");
}

#[test]
fn an_expiry_that_a_use_refutes_does_not_stand_alone() {
    let expires = Date::At(at("2026-11-01T00:00:00Z"));
    let text = |used_after_expiry| {
        let token = Details { expires, used_after_expiry, ..details() };
        DetailsView::new(token, &Clocks::alike(now())).expires.text
    };
    assert_eq!(text(true), format!("{}, and used since", text(false)));
}

/// "Never used" would be a claim; what the server does not report is told apart.
#[test]
fn no_use_is_not_the_same_as_no_report() {
    let text = |last_used_reported| {
        DetailsView::new(Details { last_used_reported, ..details() }, &Clocks::alike(now()))
            .last_used
            .text
    };
    assert_eq!(text(false), "Not reported by this server");
    assert_eq!(text(true), "Never used");
}

#[test]
fn a_new_token_shows_what_its_name_hides_and_never_its_value() {
    let created = Created {
        handle: 5,
        mask: "entri_••••1Td6".to_owned(),
        key: None,
        name: HOSTILE.to_owned(),
        expires: Date::At(at("2027-02-22T23:59:59Z")),
        scopes: vec!["a".to_owned(), HOSTILE.to_owned()],
        differs: None,
    };
    let view = CreatedView::from(created.clone());
    assert_eq!((&*view.name, &*view.expires_text), (VISIBLE, "Expires 22 Feb 2027"));
    assert_eq!(view.scopes_text, format!("a, {VISIBLE}"));
    let view =
        CreatedView::from(Created { expires: Date::None, scopes: vec![], ..created.clone() });
    assert_eq!((&*view.expires_text, &*view.scopes_text), ("Never expires", "no scopes listed"));
    let view = CreatedView::from(Created { expires: Date::Unreadable, ..created });
    assert_eq!(view.expires_text, "Expiry unreadable");
}

fn connection(address: &str) -> ConnectionStatus {
    let problem = Problem { code: token_desk::Code::Server, message: "Web failed.".to_owned() };
    ConnectionStatus {
        connection: Connection {
            policy: Policy::default(),
            id: ConnectionId(3),
            base_url: BaseUrl::parse(address).unwrap(),
            organization_id: "o-1".to_owned(),
            organization_name: HOSTILE.to_owned(),
            look: Look { label: HOSTILE.to_owned(), environment: Environment::Staging, colour: 2 },
            method: Method::Session,
            user: Some(HOSTILE.to_owned()),
            role: None,
            storage: CredentialStorage::Session,
            sandbox: false,
        },
        list: ListStatus {
            phase: Phase::Syncing,
            loaded: 2_000,
            synced_at: Some(at("2026-11-20T08:00:00Z")),
            gaps: vec![gap()],
            problems: vec![problem],
            no_access: Some(token_desk::NoAccess::NoCredential),
        },
        tokens: 48,
        last_used_reported: false,
        unreadable: 0,
        projects: vec![Project { id: "p".to_owned(), name: HOSTILE.to_owned(), archived: true }],
        loose_ends: Vec::new(),
        cleanups: Vec::new(),
        news: None,
        skew: TimeDelta::zero(),
    }
}

fn gap() -> Gap {
    let part = ListPart::Project { id: "p".to_owned(), name: HOSTILE.to_owned() };
    Gap { part, why: Why::Failed("It failed.".to_owned()) }
}

#[test]
fn a_connection_shows_where_it_leads() {
    let view = json!(ConnectionView::from(connection("https://bücher.example")));
    let names = ["label", "organization", "user"].map(|name| &view[name]);
    assert_eq!(names, [VISIBLE; 3]);
    assert_eq!(view["host"], "xn--bcher-kva.example");
    let facts = ["environment", "method", "storage"].map(|name| &view[name]);
    assert_eq!(facts, ["staging", "session", "session"]);
    assert_eq!(view["projects"], json!([{"id": "p", "name": VISIBLE, "archived": true}]));
    assert_eq!((&view["troubled"], &view["forbidden"]), (&json!(true), &json!(false)));
}

fn status() -> Status {
    Status {
        number: 9,
        generation: 4,
        shown: Shown::One(ConnectionId(3)),
        connections: vec![connection("https://entri.example")],
        problems: vec![],
        cleanup: None,
        waiting: None,
    }
}

/// By it the page knows that the words for times are others.
#[test]
fn each_minute_has_another_number() {
    let minute = |seconds| StatusView::new(status(), now() + TimeDelta::seconds(seconds)).minute;
    assert_eq!([59, 60, 119, 120].map(|at| minute(at) - minute(0)), [0, 1, 1, 2]);
}

#[test]
fn the_state_of_the_list_is_told_whole() {
    let view = json!(StatusView::new(status(), now()));
    assert_eq!(view["asOfTitle"], "20 Nov 2026, 08:00 UTC");
    assert!(view["asOf"].as_str().unwrap().contains("Nov"), "another day is named");
    let gap =
        format!("Couldn’t load the tokens of “{VISIBLE}”. Showing them as last known. It failed.");
    let told = [gap.as_str(), "Web failed."].map(|it| json!({"code": "server", "message": it}));
    assert_eq!(view["problems"], json!(told));
    assert_eq!(view["connections"][0]["gaps"], json!([gap]));
    assert_eq!(view["number"], 9);
    assert_eq!((&view["shown"], &view["signedOut"]), (&json!(3), &json!(3)));
    let facts = ["syncing", "complete", "lastUsedReported"];
    assert_eq!(facts.map(|name| &view[name] == true), [true, false, false]);
}

#[test]
fn a_time_has_words_and_an_absolute_form() {
    let time = Some(at("2026-11-23T14:02:00Z"));
    let When { text, title, muted, .. } = When::relative(time, now(), "none");
    assert_eq!(
        (&*text, title.as_deref(), muted),
        ("yesterday", Some("23 Nov 2026, 14:02 UTC"), false)
    );
    let When { text, title, muted, .. } = When::date(None, "none");
    assert_eq!((&*text, title, muted), ("none", None, true));
    for far in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        assert!(!When::relative(Some(far), now(), "none").muted);
        assert!(!When::date(Some(far), "none").muted);
    }
}
