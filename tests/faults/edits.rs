//! A journal that somebody edits: every changed byte, and every value that was emptied or removed,
//! is found in its entry.

use std::path::Path;
use std::thread;

use chrono::Utc;
use rusqlite::types::Value;
use rusqlite::{Connection as Database, params};
use tempfile::TempDir;
use token_desk::{DecideRequest, DecisionKind, Desk, Expiry};

use crate::Scale;
use crate::bench::{desk, folder, sandbox};
use crate::report::{Outcome, Report};

const ENTRIES: i64 = 1_000;
/// How many edits are tried at the same time, each in a copy of its own.
const WORKERS: usize = 2;

pub async fn run(Scale { edited, .. }: Scale, report: &mut Report) {
    let (server, data) = (sandbox().await, folder());
    let (ready, path) = (server.ready(), data.path().to_str().unwrap());
    {
        let desk = desk(path, &ready.base_url, &ready.admin_token).await;
        decide(&desk).await;
    }
    let parts: Vec<_> = (0..WORKERS)
        .map(|worker| {
            let copy = copy_of(data.path());
            thread::spawn(move || {
                let runtime = tokio::runtime::Runtime::new().unwrap();
                let desk = Desk::open(copy.path(), Utc::now()).unwrap();
                let file = Database::open(copy.path().join("journal.db")).unwrap();
                file.pragma_update(None, "synchronous", "off").unwrap();
                let mine = (1..=ENTRIES).step_by(edited).skip(worker).step_by(WORKERS);
                let verify = || {
                    let verified = runtime.block_on(desk.verify_journal()).unwrap();
                    verified.broken.map(|broken| i64::try_from(broken.entry).unwrap())
                };
                mine.map(|entry| {
                    (edits_of(&file, entry, &verify), emptied_of(&file, entry, &verify))
                })
                .collect::<Vec<_>>()
            })
        })
        .collect();
    let outcomes: Vec<_> = parts.into_iter().flat_map(|part| part.join().unwrap()).collect();
    let (edited, emptied): (Vec<_>, Vec<_>) = outcomes.into_iter().unzip();
    let row = |what| format!("each {what} of a journal of {ENTRIES} entries");
    report.add(&format!("{} edited: found in that entry", row("byte")), edited.concat());
    report.add(
        &format!("{} emptied, or an entry removed: found there", row("value")),
        emptied.concat(),
    );
}

/// The data of an app, copied while nothing is written.
fn copy_of(data: &Path) -> TempDir {
    let copy = folder();
    for file in ["journal.db", "entri-tokens.db"] {
        let from = Database::open(data.join(file)).unwrap();
        let into = copy.path().join(file).display().to_string();
        from.execute("VACUUM INTO ?1", [into]).unwrap();
    }
    copy
}

/// Decisions enough to fill the journal.
async fn decide(desk: &Desk) {
    let key = crate::bulk_revoke::planned(desk, 1).await.tokens[0].key.clone();
    for number in 0..ENTRIES {
        let request = DecideRequest {
            keys: vec![key.clone()],
            kind: DecisionKind::Keep,
            until: Expiry::Days(30),
            reason: format!("kept for reason {number}"),
        };
        desk.decide(request, Utc::now()).await.unwrap();
    }
}

/// Edits each byte of what an entry holds, and takes that back.
fn edits_of(file: &Database, entry: i64, verify: &impl Fn() -> Option<i64>) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for column in columns(file) {
        let (before, text) = held(file, &column, entry);
        let bytes = text.unwrap_or_default().into_bytes();
        for place in 0..bytes.len() {
            let mut edited = bytes.clone();
            edited[place] ^= 1;
            let edited = String::from_utf8_lossy(&edited).into_owned();
            set(file, &column, entry, &edited.into()).unwrap();
            outcomes.push(is_found(verify(), entry, &format!("{column} at {place}")));
        }
        set(file, &column, entry, &before).unwrap();
    }
    outcomes
}

/// Empties each value of an entry, takes its value out where the file lets it, takes the whole entry out, and
/// takes each of that back.
fn emptied_of(file: &Database, entry: i64, verify: &impl Fn() -> Option<i64>) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for column in columns(file) {
        let (before, _) = held(file, &column, entry);
        for empty in [Value::Null, String::new().into()] {
            if empty != before && set(file, &column, entry, &empty).is_ok() {
                outcomes.push(is_found(verify(), entry, &format!("{column} as {empty:?}")));
            }
        }
        set(file, &column, entry, &before).unwrap();
    }
    if entry < ENTRIES {
        // Without the last entry the chain is intact; only the keychain reveals that.
        outcomes.push(is_found(without(file, entry, verify), entry, "taken out"));
    }
    outcomes
}

/// The entry that *Verify* names as broken while one is taken out.
fn without(file: &Database, entry: i64, verify: &impl Fn() -> Option<i64>) -> Option<i64> {
    let run = |sql: &str| file.execute_batch(&sql.replace('?', &entry.to_string())).unwrap();
    run(
        "CREATE TEMP TABLE taken AS SELECT * FROM entry WHERE id = ?; DELETE FROM entry WHERE id = ?",
    );
    let found = verify();
    run("INSERT INTO entry SELECT * FROM taken; DROP TABLE taken");
    found
}

fn columns(file: &Database) -> Vec<String> {
    let select = file.prepare("SELECT * FROM entry").unwrap();
    select.column_names().filter(|it| *it != "id").map(str::to_owned).collect()
}

/// An entry's value in a column, as it is and as text.
fn held(file: &Database, column: &str, entry: i64) -> (Value, Option<String>) {
    let select = format!("SELECT {column}, CAST({column} AS TEXT) FROM entry WHERE id = ?1");
    file.query_row(&select, [entry], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

fn set(file: &Database, column: &str, entry: i64, to: &Value) -> rusqlite::Result<usize> {
    file.execute(&format!("UPDATE entry SET {column} = ?2 WHERE id = ?1"), params![entry, to])
}

fn is_found(found: Option<i64>, entry: i64, edit: &str) -> Outcome {
    if found == Some(entry) { Ok(()) } else { Err(format!("{edit} of {entry}: {found:?}")) }
}
