//! A desk with its sandbox, isolated from the keychain and clipboard of the person who runs the
//! tests.

pub mod case;
pub mod days;
pub mod disk;
pub mod keychain;
pub mod paper;
pub mod plans;
pub mod proxy;

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::{env, thread};

use chrono::{DateTime, TimeDelta, Utc};
use entri_sandbox::{Config, Fault, FaultAnswer, Sandbox};
use tempfile::TempDir;
use token_audit::Rule;
use token_desk::{
    ActivityQuery, ConnectRequest, Connection, ConnectionId, CreateRequest, CredentialRequest,
    Desk, Entry, Error, Expiry, Notes, OrganizationId, Persistence, Phase, Query, RevokeRequest,
    Row, Secret, Sort, Step, Summary, TokenKey,
};

/// Where no session bus can be: the keychain answers at once that there is none.
const NO_BUS: &str = "unix:path=/nonexistent/bus";

/// Says to a process that it was started for one test.
const ALONE: &str = "TOKEN_DESK_ALONE";

/// Runs a test in a separate process without a session bus or a display.
pub fn alone(test: impl Future<Output = ()>) {
    on_bus(test, || (NO_BUS.to_owned(), ()));
}

/// Runs a test in a process of its own on the bus that `start` starts. What comes with the bus is
/// kept until the test has ended.
///
/// The environment of a running process cannot be changed safely, so the test starts itself again.
#[expect(clippy::print_stdout, reason = "what a test prints is for who asks with --nocapture")]
pub fn on_bus<T>(test: impl Future<Output = ()>, start: impl FnOnce() -> (String, T)) {
    if env::var_os(ALONE).is_some() {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        return runtime.block_on(test);
    }
    let (bus, _running) = start();
    let thread = thread::current();
    let name = thread.name().unwrap();
    // Whoever asks for it reads along.
    let along = env::args().any(|it| it == "--nocapture");
    let ended = Command::new(env::current_exe().unwrap())
        .args([name, "--exact", "--nocapture"])
        .env(ALONE, "1")
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stderr(if along { Stdio::inherit() } else { Stdio::piped() })
        .output()
        .unwrap();
    let (out, err) =
        (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    assert!(ended.status.success() && out.contains("1 passed"), "{name}:\n{out}\n{err}");
    print!("{out}");
}

/// The time of all tests, for the desk and the sandbox alike.
pub fn now() -> DateTime<Utc> {
    "2026-11-24T14:02:00Z".parse().unwrap()
}

/// A sandbox whose clock stands still.
pub async fn sandbox(seed: u64, tokens: u32) -> Sandbox {
    Sandbox::start(Config { seed, tokens, clock: Arc::new(now), ..Config::default() })
        .await
        .unwrap()
}

/// A desk, the folder it keeps its files in, and a server to connect it to.
pub struct Bench {
    pub sandbox: Sandbox,
    pub folder: TempDir,
    pub desk: Desk,
}

impl Bench {
    pub async fn new() -> Self {
        Self::on(sandbox(1, 48).await)
    }

    /// A desk that isn't connected to the sandbox yet.
    pub fn on(sandbox: Sandbox) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::open(folder.path(), now()).unwrap();
        Self { sandbox, folder, desk }
    }

    /// A connected desk with a complete list.
    pub async fn loaded() -> Self {
        Self::loaded_from(sandbox(1, 48).await).await
    }

    /// Like [`Self::loaded`], from this server.
    pub async fn loaded_from(sandbox: Sandbox) -> Self {
        let bench = Self::on(sandbox);
        bench.connect().await.unwrap();
        let status = synced(&bench.desk).await;
        assert_eq!((status.complete, status.problems), (true, vec![]));
        bench
    }

    pub async fn connect(&self) -> Result<Connection, Error> {
        let ready = self.sandbox.ready();
        connect(&self.desk, &ready.base_url, &ready.admin_token).await
    }

    /// The desk as it is after the app was started again.
    pub fn reopened(&self) -> Desk {
        Desk::open(self.folder.path(), now()).unwrap()
    }

    /// Makes the next list an empty one from a server whose clock is so many minutes ahead.
    pub fn clock_differs(&self, minutes: i64) {
        let date = Utc::now() + TimeDelta::minutes(minutes);
        self.sandbox.fail_next(Fault {
            method: "GET".parse().unwrap(),
            // The last question of a sync: what it tells stands at the end.
            path: format!("/organizations/{}/tokens", self.sandbox.ready().org_id),
            with_effect: false,
            answer: FaultAnswer::Answer {
                status: 200,
                content_type: "application/json",
                headers: vec![("date", date.to_rfc2822().replace("+0000", "GMT"))],
                body: "[]".to_owned(),
            },
        });
    }

    /// Waits until the app has looked for the tokens that a create may have created.
    pub async fn looked(&self) {
        let asked = || self.sandbox.requests().last().is_some_and(|it| it.method == "GET");
        let idle = || self.desk.status().summary().phase == Phase::Idle;
        while !(asked() && idle()) {
            tokio::task::yield_now().await;
        }
    }

    /// The first token of the truth that fits.
    pub fn token(&self, fits: impl Fn(&entri_sandbox::StoredToken) -> bool) -> String {
        self.sandbox.truth().unwrap().into_iter().find(fits).unwrap().id
    }

    pub fn id_of(&self, name: &str) -> String {
        self.token(|token| token.name == name)
    }

    /// How many requests of this method came in.
    pub fn sent(&self, method: &str) -> usize {
        self.sandbox.requests().iter().filter(|request| request.method == method).count()
    }

    /// The next request that fits gets this answer instead.
    pub fn answer(&self, method: &str, path: &str, status: u16, body: &str) {
        let answer = FaultAnswer::status(status, "application/json", body);
        self.fail(method, path, false, answer);
    }

    /// The next request for this list gets these entries, a JSON array, and that they are all.
    pub fn list(&self, path: &str, entries: &str) {
        let entries: Vec<serde_json::Value> = serde_json::from_str(entries).unwrap();
        let whole = serde_json::json!({"total": entries.len(), "totalPages": 1, "data": entries});
        self.answer("GET", path, 200, &whole.to_string());
    }

    /// Answers so many requests for this list with this body: a list that looks incomplete is
    /// requested more than once.
    pub fn lists(&self, times: usize, path: &str, body: &str) {
        (0..times).for_each(|_| self.answer("GET", path, 200, body));
    }

    pub fn fail(&self, method: &str, path: &str, with_effect: bool, answer: FaultAnswer) {
        let (method, path) = (method.parse().unwrap(), path.to_owned());
        self.sandbox.fail_next(Fault { method, path, with_effect, answer });
    }
}

/// Connects with an API token, which takes one step.
pub async fn connect(desk: &Desk, address: &str, key: &str) -> Result<Connection, Error> {
    connected(desk.connect(request(address, key, None), Persistence::Remember, now()).await)
}

/// Connects to another server as well, and loads its list.
pub async fn connect_to(desk: &Desk, sandbox: &Sandbox) -> ConnectionId {
    let ready = sandbox.ready();
    let id = connect(desk, &ready.base_url, &ready.admin_token).await.unwrap().id;
    desk.sync(id, now()).await;
    id
}

pub fn connected(step: Result<Step, Error>) -> Result<Connection, Error> {
    match step? {
        Step::Connected(connection) => Ok(connection),
        step => panic!("another step: {step:?}"),
    }
}

pub fn request(address: &str, key: &str, organization: Option<&str>) -> ConnectRequest {
    ConnectRequest {
        address: address.to_owned(),
        credential: CredentialRequest::ApiToken(secret(key)),
        organization_id: organization.map(OrganizationId::from),
    }
}

/// Connects with whatever credential; further steps may follow.
pub async fn sign_in(
    desk: &Desk,
    address: &str,
    credential: CredentialRequest,
) -> Result<Step, Error> {
    let request = ConnectRequest { credential, ..request(address, "", None) };
    desk.connect(request, Persistence::Remember, now()).await
}

pub fn password(email: &str, password: &str) -> CredentialRequest {
    CredentialRequest::Password { email: email.to_owned(), password: secret(password) }
}

pub fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

/// The first connection of a desk.
pub const FIRST: ConnectionId = ConnectionId(1);

/// A token of the first connection.
pub fn key(id: &str) -> TokenKey {
    TokenKey { connection: FIRST, id: id.into() }
}

/// A form for a token in the first connection.
pub fn named(name: &str) -> CreateRequest {
    CreateRequest {
        connection: FIRST,
        name: name.to_owned(),
        expiry: Expiry::Never,
        scopes: vec![],
        project_id: None,
        notes: Notes::default(),
    }
}

/// The confirmation to revoke a token as the list has it, without a typed name.
pub fn confirmed(desk: &Desk, key: TokenKey) -> RevokeRequest {
    let seen = desk.preview_revoke(&key, now()).unwrap().seen;
    RevokeRequest { key, seen, typed: None }
}

/// Loads what is shown.
pub async fn synced(desk: &Desk) -> Summary {
    desk.sync_shown(now()).await.summary()
}

pub fn connections(desk: &Desk) -> Vec<Connection> {
    desk.status().connections.into_iter().map(|line| line.connection).collect()
}

/// The tokens that break a rule.
pub fn by_rule(rule: Rule) -> Query {
    Query { rule: Some(rule), sort: Sort::Name, descending: false, ..Query::default() }
}

/// Every row, by id.
pub fn rows(desk: &Desk) -> Vec<Row> {
    let mut rows = desk.query(&Query::default(), 0, usize::MAX, None, now()).rows;
    rows.sort_by(|a, b| (&a.key.id.0, a.key.connection).cmp(&(&b.key.id.0, b.key.connection)));
    rows
}

pub fn row(desk: &Desk, id: &str) -> Row {
    rows(desk).into_iter().find(|row| row.key.id.0 == id).unwrap()
}

pub fn ids(desk: &Desk) -> Vec<String> {
    rows(desk).into_iter().map(|row| row.key.id.0).collect()
}

/// The entries of the journal in words, latest first.
pub async fn says(desk: &Desk) -> Vec<String> {
    entries(desk).await.iter().map(|entry| entry.says().into_owned()).collect()
}

/// The entries of the journal, latest first.
pub async fn entries(desk: &Desk) -> Vec<Entry> {
    let all = ActivityQuery { len: usize::MAX, ..ActivityQuery::default() };
    let acts = desk.activity(all).await.unwrap().acts;
    let mut entries: Vec<_> = acts.into_iter().flat_map(|act| act.steps).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.at, entry.id.number)));
    entries
}
