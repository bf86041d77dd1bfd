//! A server that keeps the truth, and a desk of its own for each run.

use chrono::{DateTime, TimeDelta, Utc};
use entri_sandbox::{Config, Sandbox};
use tempfile::TempDir;
use token_desk::{
    ConnectRequest, ConnectionId, CreateRequest, CredentialRequest, Desk, Error, Expiry, Notes,
    Persistence, Phase, Secret, Step,
};

pub const FIRST: ConnectionId = ConnectionId(1);

/// A sandbox with an organization of three tokens.
pub async fn sandbox() -> Sandbox {
    Sandbox::start(Config { tokens: 3, ..Config::default() }).await.expect("the sandbox starts")
}

pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a data folder")
}

/// A desk over a folder, connected.
pub async fn desk(folder: &str, address: &str, key: &str) -> Desk {
    let (desk, connected) = try_desk(folder, address, key).await;
    connected.expect("it connects");
    desk.sync(FIRST, Utc::now()).await;
    desk
}

/// A desk over a folder, and what came of connecting it.
pub async fn try_desk(folder: &str, address: &str, key: &str) -> (Desk, Result<Step, Error>) {
    let desk = Desk::open(folder.as_ref(), Utc::now()).expect("the desk opens");
    let request = ConnectRequest {
        address: address.to_owned(),
        credential: CredentialRequest::ApiToken(Secret::new(key.to_owned())),
        organization_id: None,
    };
    let connected = desk.connect(request, Persistence::Remember, Utc::now()).await;
    (desk, connected)
}

pub fn named(name: &str) -> CreateRequest {
    CreateRequest {
        connection: FIRST,
        name: name.to_owned(),
        expiry: Expiry::Days(30),
        scopes: vec!["translations:read".to_owned()],
        project_id: None,
        notes: Notes::default(),
    }
}

/// Waits for background work, then checks the list as the app does a minute later.
pub async fn look_later(desk: &Desk) {
    let idle = || desk.status().summary().phase == Phase::Idle;
    let later: DateTime<Utc> = Utc::now() + TimeDelta::seconds(90);
    let looked = || desk.status().of(FIRST).is_some_and(|it| it.list.synced_at == Some(later));
    while !(idle() && looked()) {
        desk.sync(FIRST, later).await;
        tokio::task::yield_now().await;
    }
}

/// The ids of the living tokens of a name.
pub fn alive(sandbox: &Sandbox, name: &str) -> Vec<String> {
    let truth = sandbox.truth().expect("the sandbox tells");
    let alive = truth.into_iter().filter(|token| token.name == name && !token.revoked);
    alive.map(|token| token.id).collect()
}

/// The ids a desk asks about, and how many creates it is still unsure of.
pub fn asked_about(desk: &Desk, name: &str) -> (Vec<String>, usize) {
    let lines = desk.status().connections;
    let ends: Vec<_> =
        lines.into_iter().flat_map(|line| line.unresolved).filter(|end| end.name == name).collect();
    let unsure = ends.iter().filter(|end| end.tokens.is_empty()).count();
    (ends.into_iter().flat_map(|end| end.tokens).map(|key| key.id.0).collect(), unsure)
}

/// How many requests to create something came in.
pub fn posts(sandbox: &Sandbox) -> usize {
    sandbox.requests().iter().filter(|request| request.method == "POST").count()
}
