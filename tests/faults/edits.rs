//! A journal that somebody edits: every edit of a byte is found, where it was made.

use std::thread;

use chrono::Utc;
use rusqlite::{Connection as Database, params};
use token_desk::{DecideRequest, DecisionKind, Desk, Expiry};

use crate::Scale;
use crate::bench::{desk, folder, sandbox};
use crate::report::{Outcome, Report};

const ENTRIES: i64 = 1_000;
/// How many edits are made at a time, each in a copy of its own.
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
            let copy = folder();
            for file in ["journal.db", "entri-tokens.db"] {
                let from = Database::open(data.path().join(file)).unwrap();
                let into = copy.path().join(file).display().to_string();
                from.execute("VACUUM INTO ?1", [into]).unwrap();
            }
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
                mine.flat_map(|entry| edits_of(&file, entry, &verify)).collect::<Vec<_>>()
            })
        })
        .collect();
    let outcomes = parts.into_iter().flat_map(|part| part.join().unwrap()).collect();
    report
        .add(&format!("each byte of a journal of {ENTRIES} entries edited: found there"), outcomes);
}

/// Decisions enough to fill the journal.
async fn decide(desk: &Desk) {
    let key = crate::cleanup::planned(desk, 1).await.tokens[0].key.clone();
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
    let columns: Vec<String> = {
        let select = file.prepare("SELECT * FROM entry").unwrap();
        select.column_names().map(str::to_owned).collect()
    };
    let mut outcomes = Vec::new();
    for column in columns.iter().filter(|column| *column != "id") {
        let select = format!("SELECT {column}, CAST({column} AS TEXT) FROM entry WHERE id = ?1");
        let (before, text): (rusqlite::types::Value, Option<String>) =
            file.query_row(&select, [entry], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let update = format!("UPDATE entry SET {column} = ?2 WHERE id = ?1");
        let bytes = text.unwrap_or_default().into_bytes();
        for place in 0..bytes.len() {
            let mut edited = bytes.clone();
            edited[place] ^= 1;
            let edited = String::from_utf8_lossy(&edited).into_owned();
            file.execute(&update, params![entry, edited]).unwrap();
            let found = verify();
            outcomes.push(if found == Some(entry) {
                Ok(())
            } else {
                Err(format!("{column} of {entry} at {place}: {found:?}"))
            });
        }
        file.execute(&update, params![entry, before]).unwrap();
    }
    outcomes
}
