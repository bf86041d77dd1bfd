//! The sandbox as a program: its one line, its arguments, its end.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::net::{Ipv6Addr, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::http;

/// A running program; ended with the test.
struct Program {
    child: Child,
    out: BufReader<std::process::ChildStdout>,
    ready: Value,
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entri-sandbox"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn start(arguments: &[&str]) -> Program {
    let mut child = command(arguments).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    Program { ready: serde_json::from_str(&line).unwrap(), child, out }
}

fn run(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

impl Program {
    fn text(&self, name: &str) -> &str {
        self.ready[name].as_str().unwrap()
    }

    fn port(&self) -> u16 {
        self.text("baseUrl").rsplit_once(':').unwrap().1.parse().unwrap()
    }

    /// Sends the signal and waits; returns the exit code and what else was printed.
    fn end(&mut self, signal: &str) -> (Option<i32>, String) {
        let kill = format!("kill -{signal} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It has ended already, except for a test that failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn it_prints_one_line_with_everything_one_needs() {
    let mut program = start(&["--tokens", "1000", "--seed", "5"]);
    let mut names: Vec<_> = program.ready.as_object().unwrap().keys().cloned().collect();
    names.sort();
    assert_eq!(
        names,
        [
            "adminEmail",
            "adminPassword",
            "adminToken",
            "baseUrl",
            "orgId",
            "projectIds",
            "totpSecret",
            "twoFactorEmail",
            "twoFactorPassword",
            "viewerToken"
        ]
    );
    let base = program.text("baseUrl");
    let mut total = 0;
    let mut owners = vec![format!("organizations/{}", program.text("orgId"))];
    let projects = program.ready["projectIds"].as_array().unwrap();
    owners.extend(projects.iter().map(|id| format!("projects/{}", id.as_str().unwrap())));
    for owner in owners {
        let request = http().get(format!("{base}/api/{owner}/tokens?limit=1"));
        let answer = request.header("X-API-Key", program.text("adminToken")).send().await.unwrap();
        let body: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        total += body["meta"]["total"].as_u64().unwrap();
    }
    assert_eq!(total, 1_000);
    assert_eq!(program.end("TERM"), (Some(0), String::new()));
}

#[test]
fn it_listens_on_127_0_0_1_only() {
    let program = start(&[]);
    let port = program.port();
    assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
    // A listener on all addresses could be reached through these, too.
    assert!(TcpStream::connect((Ipv6Addr::LOCALHOST, port)).is_err());
    #[cfg(target_os = "linux")]
    assert!(TcpStream::connect(("127.0.0.2", port)).is_err());
}

#[test]
fn it_ends_soon_and_well_even_with_a_connection_open() {
    for signal in ["TERM", "INT"] {
        let mut program = start(&[]);
        let _open = TcpStream::connect(("127.0.0.1", program.port())).unwrap();
        let told = Instant::now();
        assert_eq!(program.end(signal), (Some(0), String::new()), "{signal}");
        assert!(told.elapsed() < Duration::from_secs(60), "{signal}: {:?}", told.elapsed());
    }
}

#[test]
fn it_takes_the_port_it_is_given() {
    let first = start(&[]);
    let port = first.port().to_string();
    let refused = run(&["--port", &port]);
    assert_eq!((refused.status.code(), &*refused.stdout), (Some(1), &b""[..]));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains(&format!("port {port} cannot be used")), "{said}");
    drop(first);
    let second = start(&["--port", &port]);
    assert_eq!(second.port().to_string(), port);
}

#[test]
fn senseless_arguments_are_refused_in_words() {
    let table = [
        (&["--tokens", "100001"][..], 1, "100001 tokens are too many; 100,000 at most"),
        (&["--tokens", "many"], 2, "--tokens wants a number, not many"),
        (&["--tokens", "-1"], 2, "--tokens wants a number, not -1"),
        (&["--tokens"], 2, "--tokens wants a number"),
        (&["--port", "65536"], 2, "the number for --port is too large"),
        (&["--history"], 2, "--history wants days such as 365d, not "),
        (&["--history", "365"], 2, "--history wants days such as 365d, not 365"),
        (&["--history", "365d"], 1, "48 tokens are too few for a history; 54 at least"),
        (&["--odd"], 2, "no odd way is called ; --odd list names those that there are"),
        (&["--odd", "bom,odder"], 2, "no odd way is called odder; --odd list names"),
        (&["--what"], 2, "unknown argument --what"),
    ];
    for (arguments, code, words) in table {
        let ended = run(arguments);
        let said = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(words) && ended.stdout.is_empty(), "{said}");
        assert_eq!(said.contains("usage:"), code == 2, "{said}");
    }
}

#[tokio::test]
async fn it_has_the_odd_ways_that_it_is_told_to_have() {
    let program = start(&["--odd", "bom,clamp-hasmore", "--tokens", "1000"]);
    let path = format!("api/organizations/{}/tokens?limit=200", program.text("orgId"));
    let request = http().get(format!("{}/{path}", program.text("baseUrl")));
    let answer = request.header("X-API-Key", program.text("adminToken")).send().await.unwrap();
    let bytes = answer.bytes().await.unwrap();
    let body: Value = serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap()).unwrap();
    assert_eq!((body["data"].as_array().unwrap().len(), &body["hasMore"]), (100, &true.into()));
    drop(start(&["--odd", "7"]));
    let listed = String::from_utf8(run(&["--odd", "list"]).stdout).unwrap();
    assert!(listed.contains("clamp-cursor            caps limit at 100"), "{listed}");
}

#[test]
fn the_same_seed_gives_the_same_organization() {
    let key = |seed: &str| start(&["--seed", seed]).text("adminToken").to_owned();
    assert_eq!(key("7"), key("7"));
    assert_ne!(key("7"), key("8"));
}
