//! What was seen of a token's use over months, in the window.

use std::env;
use std::net::TcpListener;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

use chrono::{DateTime, Datelike, TimeDelta, Utc, Weekday};
use entri_sandbox::{Config, Sandbox};
use thirtyfour::Key;
use token_desk::{ConnectRequest, ConnectionId, CredentialRequest, Desk, Persistence, Secret};

use crate::app::App;
use crate::desktop::{Desktop, Theme};
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

/// Says to a process that it is to write the past of the app: the folder, and the sandbox's port.
const PAST: [&str; 2] = ["ENTRI_TEST_PAST", "ENTRI_TEST_PAST_PORT"];
/// How long ago the past began (the key of the sandbox lasts 87 days), and when one token fell silent; the app was closed in between.
const DAYS: i64 = 80;
const SILENT: i64 = 50;
const CLOSED: std::ops::Range<i64> = 30..45;

in_both_themes!(pictured);

async fn pictured(theme: Theme) {
    if let Some(folder) = env::var_os(PAST[0]) {
        let port = env::var(PAST[1]).expect("a port").parse().expect("a number");
        return write_past(folder.as_ref(), port).await;
    }
    let world = with_past(theme).await;
    let app = &world.app;
    let shown = Shown { world: &world, theme };
    app.says("1 new, 1 removed since").await;
    app.until(
        "the use of the rows is drawn",
        "return document.querySelectorAll('.spark').length > 9",
    )
    .await;
    shown.as_picture("sparks").await;
    app.click(".status-bar .news").await;
    app.says("old-jenkins").await;
    shown.as_picture("news").await;
    app.press("Show the new token").await;
    app.says("1 of 48").await;
    shown.as_picture("news-new").await;
    app.press_key(Key::Escape).await;
    show(app, "gitlab-ci").await;
    app.says("Nightly around 03:00 UTC. No data").await;
    shown.as_picture("history-gap").await;
    show(app, "Release pipeline").await;
    app.says("Weekdays around 09:00 UTC.").await;
    show(app, "staging-server").await;
    app.says("then nothing. No data").await;
    shown.as_picture("history-silence").await;
    app.press("Revoke…").await;
    app.says(page("history/historyText.usual")).await;
    app.says("Nightly around 03:00 UTC until").await;
    shown.as_picture("revoke-usual").await;
}

/// Opens the panel of the token with this name.
async fn show(app: &App, name: &str) {
    app.fill(".search input", name).await;
    let click = format!(
        "const names = [...document.querySelectorAll('.row:not([hidden]) bdi:first-child')];
         const row = names.find(({{ innerText }}) => innerText === {});
         // At its name: the box is at its left end.
         const clientX = row?.getBoundingClientRect().left + 1;
         row?.dispatchEvent(new MouseEvent('click', {{ bubbles: true, clientX }}));
         return row !== undefined",
        serde_json::json!(name)
    );
    app.until(name, &click).await;
}

/// The app as it is after months: its history was written by a process of its own, out of reach of
/// the keychain.
async fn with_past(theme: Theme) -> World {
    let desktop = Desktop::with_theme(theme);
    let folder = desktop.home().join("data/entri-tokens");
    let held = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = held.local_addr().expect("its address").port();
    drop(held);
    let thread = thread::current();
    let past = Command::new(env::current_exe().expect("this program"))
        .args([thread.name().expect("the name of the test"), "--exact"])
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .env(PAST[0], &folder)
        .env(PAST[1], port.to_string())
        .output()
        .expect("it runs");
    assert!(past.status.success(), "{}", String::from_utf8_lossy(&past.stdout));
    let config = Config { port, ..Config::default() };
    let sandbox = Sandbox::start(config).await.expect("the sandbox starts");
    touch(&sandbox, Utc::now());
    change_elsewhere(&sandbox).await;
    let app = App::open(&desktop, &["--url", &sandbox.ready().base_url]).await;
    let world = World { sandbox, desktop, app };
    world.connect().await;
    world
}

/// Somebody else adds a token and revokes one.
async fn change_elsewhere(sandbox: &Sandbox) {
    sandbox.add_token("added-elsewhere").expect("it is added");
    let tokens = sandbox.truth().expect("the sandbox tells");
    let gone = tokens.iter().find(|token| token.name == "old-jenkins").expect("it is there");
    let ready = sandbox.ready();
    let path = format!("api/organizations/665f1c0a9b3e4d0012ab34cd/tokens/{}", gone.id);
    let _ = rustls::crypto::ring::default_provider().install_default();
    let sent = reqwest::Client::new()
        .delete(format!("{}/{path}", ready.base_url))
        .header("X-API-Key", &ready.admin_token)
        .send()
        .await;
    assert!(sent.expect("the sandbox answers").status().is_success());
}

/// Looks at a sandbox of that port every day until yesterday, and leaves nothing but the history.
async fn write_past(folder: &std::path::Path, port: u16) {
    let clock = Arc::new(AtomicI64::new(0));
    // In the afternoon, whenever the test runs: a use shortly before a look tells nothing of its hour.
    let at = |days_ago: i64| {
        let day = Utc::now() - TimeDelta::days(days_ago);
        day.date_naive().and_hms_opt(14, 0, 0).expect("two o'clock").and_utc()
    };
    let turn = |to: DateTime<Utc>| clock.store(to.timestamp(), Ordering::Relaxed);
    turn(at(DAYS));
    let now = Arc::clone(&clock);
    let time = move || DateTime::from_timestamp(now.load(Ordering::Relaxed), 0).expect("a time");
    let config = Config { port, clock: Arc::new(time), ..Config::default() };
    let sandbox = Sandbox::start(config).await.expect("the sandbox starts");
    let desk = Desk::open(folder, at(DAYS)).expect("the folder can be used");
    let request = ConnectRequest {
        address: sandbox.ready().base_url.clone(),
        credential: CredentialRequest::ApiToken(Secret::new(sandbox.ready().admin_token.clone())),
        organization_id: None,
    };
    desk.connect(request, Persistence::Remember, at(DAYS)).await.expect("it connects");
    for days_ago in (1..=DAYS).rev().filter(|day| !CLOSED.contains(day)) {
        turn(at(days_ago));
        touch(&sandbox, at(days_ago));
        desk.sync(ConnectionId(1), at(days_ago)).await;
    }
    drop(desk);
    for file in ["entri-tokens.db", "journal.db"] {
        std::fs::remove_file(folder.join(file)).expect("it is there");
    }
}

/// What the tokens were last used for at that time.
fn touch(sandbox: &Sandbox, at: DateTime<Utc>) {
    let last = |hour: i64, fits: &dyn Fn(DateTime<Utc>) -> bool| {
        let midnight = at.date_naive().and_hms_opt(0, 0, 0).expect("midnight").and_utc();
        let days =
            (0..).map(|day| midnight - TimeDelta::days(day) + TimeDelta::minutes(hour * 60 + 1));
        days.into_iter().find(|used| *used <= at && fits(*used)).expect("some day")
    };
    let silent = Utc::now() - TimeDelta::days(SILENT);
    let weekend = |used: DateTime<Utc>| matches!(used.weekday(), Weekday::Sat | Weekday::Sun);
    let table = [
        ("gitlab-ci", last(3, &|_| true)),
        ("staging-server", last(3, &|used| used <= silent)),
        ("Release pipeline", last(9, &|used| !weekend(used))),
    ];
    for (name, used) in table {
        let tokens = sandbox.truth().expect("the sandbox tells");
        let token = tokens.iter().find(|token| token.name == name).expect("it is there");
        sandbox.touch(&token.id, used).expect("it takes it");
    }
}
