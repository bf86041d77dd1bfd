//! The time a sync takes, beside a bare fetch of the same pages that looks at nothing; and the time the
//! audit of such a list takes.
//!
//! All run in a process of its own on the desktop of the app, and keep the keychain they find
//! there. Each sync fills an empty folder, so that it writes the whole list: the most it ever does.

use std::fs;
use std::hint::black_box;
use std::time::Instant;

use chrono::{TimeDelta, Utc};
use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Client, redirect, retry};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tempfile::TempDir;
use token_audit::MOST_STALE_DAYS;
use token_desk::{ConnectRequest, CredentialRequest, Desk, Persistence, Secret};

use crate::figures::Figure;
use crate::home::Home;
use crate::process::Running;
use crate::report::{Report, say};

/// The words this program is started with to do this.
pub const ROLE: &str = "sync";
/// Syncs, and fetches. The first one of each does not count.
const ROUNDS: usize = 8;

/// Audits of the list.
const AUDITS: i64 = 200;

/// Samples of each measure, in milliseconds.
#[derive(Default, Serialize, Deserialize)]
struct Samples {
    sync: Vec<f64>,
    bare: Vec<f64>,
    audit: Vec<f64>,
    work: Vec<f64>,
}

pub fn measure(home: &Home, report: &mut Report) {
    say("syncs");
    let program = std::env::current_exe().expect("this program's path");
    let mut command = home.desktop.command(program);
    let running = Running::start(command.args([ROLE, &home.server.address, &home.server.key]));
    let (_, samples) = running.wait_for("bare");
    let Samples { sync, bare, audit, work } = serde_json::from_str(&samples).expect("JSON");
    let (sync, bare) = (Figure::of(sync), Figure::of(bare));
    report.add("syncMs", "sync, 100,000 tokens, ms", sync);
    report.add("bareFetchMs", "bare fetch of the same pages, ms", bare);
    let ratio = sync.over(bare);
    report.add("syncRatio", "… sync : bare fetch", ratio).gate("p50", ratio.p50, 1.2);
    let (audit, work) = (Figure::of(audit), Figure::of(work));
    report.add("auditMs", "findings and what-if, 100,000 tokens, ms", audit);
    report.add("workMs", "sorting a million numbers, ms", work);
    report.add("auditRatio", "… findings and what-if : sorting", audit.beside(work));
}

#[expect(clippy::print_stdout, reason = "the line its parent waits for")]
pub async fn run(address: &str, key: &str) {
    let client = client(key);
    let pages = pages(&client, address).await;
    let mut samples = Samples::default();
    for round in 0..ROUNDS {
        let (desk, _folder, sync) = sync(address, key).await;
        let bare = bare_fetch(&client, &pages).await;
        if round > 0 {
            samples.sync.push(sync);
            samples.bare.push(bare);
        }
        if round == ROUNDS - 1 {
            (samples.audit, samples.work) = audits(&desk);
        }
    }
    println!("{}", serde_json::to_string(&samples).expect("JSON"));
}

/// A list that was just loaded, and the time that took.
async fn sync(address: &str, key: &str) -> (Desk, TempDir, f64) {
    let folder = TempDir::new().expect("a data folder");
    let desk = Desk::open(folder.path(), Utc::now()).expect("the desk opens");
    let request = ConnectRequest {
        address: address.to_owned(),
        credential: CredentialRequest::ApiToken(Secret::new(key.to_owned())),
        organization_id: None,
    };
    desk.connect(request, Persistence::Remember, Utc::now()).await.expect("it connects");
    let start = Instant::now();
    let status = desk.sync_shown(Utc::now()).await.summary();
    let time = milliseconds(start);
    assert!(status.complete && status.problems.is_empty(), "{:?}", status.problems);
    let written = fs::metadata(folder.path().join("entri-tokens.db")).expect("a database");
    assert!(written.len() > 0);
    (desk, folder, time)
}

/// Every token is judged again for each, since a verdict holds for one minute. Work that is the same in every
/// version runs in between, so that figures of different computers can be compared.
fn audits(desk: &Desk) -> (Vec<f64>, Vec<f64>) {
    let now = Utc::now();
    let audit = |minutes| {
        let start = Instant::now();
        let audit = desk.audit(now + TimeDelta::minutes(minutes));
        assert_eq!(audit.what_if.len(), usize::from(MOST_STALE_DAYS));
        (milliseconds(start), work())
    };
    (1..=AUDITS).map(audit).unzip()
}

fn work() -> f64 {
    let mix = |it: u64| it.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31);
    let mut numbers: Vec<u64> = (0..1_000_000).map(|it| mix(mix(it))).collect();
    let start = Instant::now();
    numbers.sort_unstable();
    black_box(&numbers);
    milliseconds(start)
}

async fn bare_fetch(client: &Client, pages: &[String]) -> f64 {
    let start = Instant::now();
    for page in pages {
        client.get(page).send().await.expect("an answer").bytes().await.expect("its body");
    }
    milliseconds(start)
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// Set up as the app's own client for a server on this computer.
fn client(key: &str) -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let key = HeaderValue::from_str(key).expect("a header");
    Client::builder()
        .default_headers(HeaderMap::from_iter([("X-API-Key".parse().expect("a name"), key)]))
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy()
        .tls_certs_only([])
        .build()
        .expect("a client")
}

/// Every page a sync asks for, in its order.
async fn pages(client: &Client, address: &str) -> Vec<String> {
    let projects = format!("{address}/api/projects?page=1&limit=200");
    let organization = format!("{address}/api/organizations/current");
    let (listed, current) = (json(client, &projects).await, json(client, &organization).await);
    let id = |it: &Value| it["_id"].as_str().or(it["id"].as_str()).expect("an id").to_owned();
    let mut owners: Vec<String> = listed["data"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|project| format!("projects/{}", id(project)))
        .collect();
    owners.push(format!("organizations/{}", id(&current)));
    let mut pages = vec![projects];
    for owner in owners {
        let page = |number| format!("{address}/api/{owner}/tokens?page={number}&limit=200");
        let first = json(client, &page(1)).await;
        let count = first["meta"]["totalPages"].as_u64().expect("a number of pages");
        pages.extend((1..=count).map(page));
    }
    pages
}

async fn json(client: &Client, url: &str) -> Value {
    let answer = client.get(url).send().await.expect("an answer");
    answer.json().await.expect("JSON")
}
