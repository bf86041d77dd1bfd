//! A disk whose n-th write or sync fails on the path of a create: no request without a journal row.

use entri_sandbox::Sandbox;
use rusqlite::Connection as Database;

use crate::bench::{folder, posts, sandbox};
use crate::child::CREATE;
use crate::report::{Outcome, Report};
use crate::shim::{self, Act};

/// How many creates of a name stand in the journal.
pub const CREATES: &str = "SELECT count(*) FROM entry WHERE what = 'create' AND name = ?1";

pub async fn run(report: &mut Report) {
    let sandbox = sandbox().await;
    let ready = sandbox.ready();
    let data = folder();
    let (address, key) = (&ready.base_url, &ready.admin_token);
    let whole = shim::run((CREATE, data.path(), "whole"), address, key, Act::Fail, 0).await;
    let calls = whole.calls.iter().filter(|call| !call.starts_with("send")).count();
    let mut outcomes = Vec::new();
    for at in 1..=calls {
        outcomes.push(failing(&sandbox, at).await);
    }
    report
        .add("a create whose n-th write or sync fails, all n: no request without a row", outcomes);
}

async fn failing(sandbox: &Sandbox, at: usize) -> Outcome {
    let ready = sandbox.ready();
    let (folder, name) = (folder(), format!("disk-{at}"));
    let (address, key) = (&ready.base_url, &ready.admin_token);
    let before = posts(sandbox);
    let ran = shim::run((CREATE, folder.path(), &name), address, key, Act::Fail, at).await;
    let sent = posts(sandbox) > before;
    let failed = ran.calls.iter().filter(|call| !call.starts_with("send")).nth(at - 1);
    let first_send = ran.calls.iter().position(|call| call.starts_with("send"));
    let before_it = ran.calls[..first_send.unwrap_or(ran.calls.len())]
        .iter()
        .filter(|call| !call.starts_with("send"))
        .count();
    // What failed before anything was sent was the journal's row itself.
    if sent && at <= before_it && failed.is_some_and(|call| call.contains("journal.db")) {
        return Err(format!("{name}: {failed:?} failed, and the request was sent"));
    }
    let journal = Database::open(folder.path().join("journal.db")).unwrap();
    let rows: i64 = journal.query_row(CREATES, [&name], |row| row.get(0)).unwrap();
    match (sent, rows) {
        (true, 1) | (false, _) => Ok(()),
        _ => Err(format!("{name}: sent, with {rows} rows")),
    }
}
