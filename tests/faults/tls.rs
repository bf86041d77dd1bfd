//! Servers that cannot prove who they are: nothing is sent to them, and the reason is named.

use std::io::Write;
use std::process::Stdio;

use tempfile::NamedTempFile;
use test_support::identity::{self, Authority, Identity};
use tokio::process::Command;

use crate::Scale;
use crate::bench::folder;
use crate::child;
use crate::report::{Outcome, Report};

const KEY: &str = "entri_EXAMPLEONLYadmin";

pub async fn run(Scale { runs, .. }: Scale, report: &mut Report) {
    let trusted = identity::authority("trusted");
    let (said, sent) = connect(&identity::proven(&trusted), &trusted).await;
    assert!(sent.contains(KEY), "the control: a server that proves itself gets the key; {said}");
    let unproven = identity::unproven(&trusted);
    let mut outcomes = Vec::new();
    for (identity, reason) in &unproven {
        for _ in 0..runs {
            outcomes.push(asked(identity, reason, &trusted).await);
        }
    }
    let kinds = unproven.len();
    report.add(
        &format!(
            "{kinds} kinds of servers that can’t prove their identity: no byte sent, reason given"
        ),
        outcomes,
    );
}

async fn asked(identity: &Identity, reason: &str, trusted: &Authority) -> Outcome {
    let (said, sent) = connect(identity, trusted).await;
    let named = said.contains("Can’t verify") && said.contains(reason);
    if sent.is_empty() && named {
        return Ok(());
    }
    Err(format!("{}: {} bytes sent, and it says {said}", identity.what, sent.len()))
}

/// Has the app connect to such a server; returns what it says, and what the server was sent.
async fn connect(identity: &Identity, trusted: &Authority) -> (String, String) {
    let (server, folder) = (identity.serve().await, folder());
    let mut trust = NamedTempFile::new().unwrap();
    trust.write_all(trusted.pem().as_bytes()).unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args([child::CONNECT, folder.path().to_str().unwrap(), &server.url, KEY])
        .env("SSL_CERT_FILE", trust.path())
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .stderr(Stdio::null())
        .output()
        .await
        .unwrap();
    (String::from_utf8_lossy(&output.stdout).into_owned(), server.sent())
}
