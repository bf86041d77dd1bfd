//! Text about a connection is safe to look at, and its state is told whole.

use chrono::TimeDelta;
use serde_json::json;
use token_audit::Policy;
use token_audit::calibration::Calibration;
use token_desk::{
    Appearance, BaseUrl, Connection, ConnectionId, ConnectionStatus, CredentialStorage,
    Environment, Gap, ListPart, ListStatus, Method, Phase, Problem, Project, Shown, Status, Why,
};

use super::super::{ConnectionView, StatusView};
use super::{HOSTILE, VISIBLE, at, now};

pub fn connection(address: &str) -> ConnectionStatus {
    let problem = Problem { code: token_desk::Code::Server, message: "Web failed.".to_owned() };
    ConnectionStatus {
        connection: Connection {
            policy: Policy::default(),
            id: ConnectionId(3),
            base_url: BaseUrl::parse(address).unwrap(),
            organization_id: "o-1".into(),
            organization_name: HOSTILE.to_owned(),
            appearance: Appearance {
                label: HOSTILE.to_owned(),
                environment: Environment::Staging,
                color: 2,
            },
            method: Method::Session,
            user: Some(HOSTILE.to_owned()),
            role: None,
            storage: CredentialStorage::Memory,
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
        projects: vec![Project { id: "p".into(), name: HOSTILE.to_owned(), archived: true }],
        unresolved: Vec::new(),
        incidents: 0,
        bulk_revokes: Vec::new(),
        rotations: 0,
        news: None,
        skew: TimeDelta::zero(),
        calibration: Calibration::UNKNOWN,
    }
}

fn gap() -> Gap {
    let part = ListPart::Project { id: "p".into(), name: HOSTILE.to_owned() };
    Gap { part, why: Why::Failed("It failed.".to_owned()) }
}

#[test]
fn a_connection_shows_where_it_leads() {
    let view = json!(ConnectionView::from(connection("https://bücher.example")));
    let names = ["label", "organization", "user"].map(|name| &view[name]);
    assert_eq!(names, [VISIBLE; 3]);
    assert_eq!(view["host"], "xn--bcher-kva.example");
    let facts = ["environment", "method", "storage"].map(|name| &view[name]);
    assert_eq!(facts, ["staging", "session", "memory"]);
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
        bulk_revoke: None,
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
