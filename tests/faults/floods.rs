//! A server that sends endlessly: the load ends with bounded memory and an incomplete list, what
//! was known stays, and the connection can be removed while it loads.

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use test_support::server::{Reply, Request, Server, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::bench::folder;
use crate::report::{Outcome, Report};
use crate::{Scale, child};

/// The most memory that two loads may take on top of what the app had before it connected, in
/// bytes.
const MOST_MEMORY: usize = 300_000_000;
/// The longest page of a list, in bytes.
const LARGEST: usize = 8 * 1024 * 1024;
const MB: usize = 1_000_000;

/// Builds a token of a flood from its number.
type Entry = fn(usize) -> String;

const FLOODS: [(&str, Entry); 4] = [
    ("projects", |id| format!(r#"{{"_id":"x-{id}","projectId":"p-{id}"}}"#)),
    ("names", |id| format!(r#"{{"_id":"x-{id}","name":"{id:8000}"}}"#)),
    ("tokens", |id| format!(r#"{{"_id":"x-{id}","name":"deploy {id}"}}"#)),
    ("creators", |id| format!(r#"{{"_id":"x-{id}","createdBy":"c-{id}","scopes":["s-{id}"]}}"#)),
];

/// When a server starts to send endlessly: before the app knows its list, or after.
#[derive(Clone, Copy, Debug)]
enum Begins {
    AtOnce,
    Later,
}

pub async fn run(Scale { slow, .. }: Scale, report: &mut Report) {
    let (floods, when) = if slow {
        (&FLOODS[..], &[Begins::Later, Begins::AtOnce][..])
    } else {
        (&FLOODS[..1], &[Begins::Later][..])
    };
    let (mut outcomes, mut most) = (Vec::new(), 0);
    for (name, entry) in floods {
        for begins in when {
            let flood = flood(*begins, *entry).await;
            let memory = flood.as_ref().map_or(0, |memory| *memory);
            report.tell(format!("{name} without end, {begins:?}: {} MB of memory", memory / MB));
            most = most.max(memory);
            outcomes
                .push(flood.map(|_| ()).map_err(|error| format!("{name}, {begins:?}: {error}")));
        }
    }
    report.add("an endless list: the load ends, says so, and what was known is kept", outcomes);
    report.tell(format!("an endless list: {} MB of memory at most", most / MB));
}

/// The app with a server, and what it reports.
struct App {
    child: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl App {
    fn start(data: &str, address: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([child::FLOOD, data, address])
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, said }
    }

    async fn says(&mut self) -> String {
        self.said.next_line().await.unwrap().unwrap_or_else(|| "it ended".to_owned())
    }

    async fn go_on(&mut self) {
        self.child.stdin.as_mut().unwrap().write_all(b"\n").await.unwrap();
    }
}

/// How much memory the loads of this flood took.
async fn flood(begins: Begins, entry: Entry) -> Result<usize, String> {
    let at_once = matches!(begins, Begins::AtOnce);
    let (flooding, data) = (Arc::new(AtomicBool::new(at_once)), folder());
    let flows = Arc::clone(&flooding);
    let server = Server::start(move |request, before| answer(request, before, &flows, entry)).await;
    let mut app = App::start(data.path().to_str().unwrap(), &server.url());
    let said = app.says().await;
    let whole = if at_once { "false" } else { "true" };
    let known = said.strip_prefix("known ").and_then(|said| said.strip_suffix(whole));
    let known = known.ok_or_else(|| format!("it says {said}"))?;
    flooding.store(true, Ordering::SeqCst);
    app.go_on().await;
    let said = app.says().await;
    let (memory, said) = said.split_once(' ').unwrap_or_default();
    let too_large = "The list of tokens of the organization is too large";
    expect(said, &format!("{known}false {too_large}"))?;
    app.go_on().await;
    expect(&app.says().await, "left")?;
    match memory.parse::<usize>() {
        Ok(memory) if memory <= MOST_MEMORY => Ok(memory),
        memory => Err(format!("{known}tokens, {memory:?} bytes of memory")),
    }
}

fn expect(said: &str, expected: &str) -> Outcome {
    let as_expected = said.starts_with(expected);
    as_expected.then_some(()).ok_or_else(|| format!("it says {said}, not {expected}"))
}

fn answer(request: &Request, before: usize, flooding: &AtomicBool, entry: Entry) -> Reply {
    let path = request.path.split('?').next().unwrap_or_default();
    match path {
        "/api/organizations/current" => json(200, r#"{"_id":"o-1","name":"Flooded"}"#),
        "/api/organizations/o-1/tokens" if flooding.load(Ordering::SeqCst) => {
            json(200, &page(before, entry))
        }
        "/api/organizations/o-1/tokens" => json(200, r#"{"data":[{"_id":"t-1"}],"total":1}"#),
        // Nobody knows the projects that the tokens name.
        path if path.ends_with("/tokens") => json(404, r#"{"message":"Not found"}"#),
        _ => json(200, r#"{"data":[],"total":0}"#),
    }
}

/// A page with as many entries as fit, none of which came before.
fn page(number: usize, entry: Entry) -> String {
    let mut page = "[".to_owned();
    for id in number * 100_000..(number + 1) * 100_000 {
        let entry = entry(id);
        if page.len() + entry.len() + 2 > LARGEST {
            break;
        }
        page.push_str(&entry);
        page.push(',');
    }
    page.pop();
    page.push(']');
    page
}
