//! The app is killed at any system call of a create: durable data stays, and the next start asks
//! about what was created.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::Utc;
use entri_sandbox::Sandbox;
use rusqlite::Connection as Database;
use token_desk::Desk;

use crate::Scale;
use crate::bench::{alive, asked_about, desk, folder, look_later, posts, sandbox};
use crate::child;
use crate::report::{Outcome, Report};
use crate::shim::{self, Act, Ran};

pub async fn run(Scale { kills, .. }: Scale, report: &mut Report) {
    let sandbox = sandbox().await;
    let whole = killed(&sandbox, "whole", 0).await;
    let calls = whole.ran.calls.len();
    let mut points = BTreeSet::new();
    let (mut durable, mut intact, mut asked) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..kills {
        let at = number % calls + 1;
        let killed = killed(&sandbox, &format!("kill-{number}"), at).await;
        points.extend(killed.ran.calls.last().map(|call| format!("{at} {call}")));
        durable.push(killed.durable);
        intact.push(killed.intact);
        asked.push(killed.asked);
    }
    let points = points.len();
    report.add(&format!("kill -9 at {points} points: nothing durable is lost"), durable);
    report.add(&format!("kill -9 at {points} points: both databases are intact"), intact);
    report.add(&format!("kill -9 at {points} points: the app asks about every orphan"), asked);
}

struct Killed {
    ran: Ran,
    durable: Outcome,
    intact: Outcome,
    asked: Outcome,
}

async fn killed(sandbox: &Sandbox, name: &str, at: usize) -> Killed {
    let ready = sandbox.ready();
    let folder = folder();
    let path = folder.path().to_str().unwrap();
    let before = posts(sandbox);
    let app = (child::CREATE, folder.path(), name);
    let ran = shim::run(app, &ready.base_url, &ready.admin_token, Act::Kill, at).await;
    let sent = posts(sandbox) > before;
    let durable = durable(folder.path(), name, sent, &ran);
    // At the start, before any list is loaded.
    let at_start = {
        let desk = Desk::open(folder.path(), Utc::now()).expect("the desk opens");
        asked_about(&desk, name)
    };
    let desk = desk(path, &ready.base_url, &ready.admin_token).await;
    look_later(&desk).await;
    let (ids, unsure) = asked_about(&desk, name);
    let alive = alive(sandbox, name);
    let known_at_start = at_start.1 > 0 || alive.iter().all(|id| at_start.0.contains(id));
    let asked = if known_at_start && ids == alive && unsure == 0 {
        Ok(())
    } else {
        Err(format!("{name} at {:?}: {alive:?} live, {ids:?} asked about", ran.calls.last()))
    };
    Killed { durable, intact: intact(folder.path(), name), asked, ran }
}

/// A request that was sent has a row, and a token that was reported has its id there.
fn durable(folder: &Path, name: &str, sent: bool, ran: &Ran) -> Outcome {
    let journal = Database::open(folder.join("journal.db")).unwrap();
    let count = |sql: &str, value: &str| -> i64 {
        journal.query_row(sql, [value], |row| row.get(0)).unwrap()
    };
    let attempts = count(crate::disk::CREATES, name);
    if sent && attempts != 1 {
        return Err(format!("{name}: a request and {attempts} rows"));
    }
    let created = ran.said.iter().find_map(|line| line.strip_prefix("created "));
    match created {
        Some(id)
            if count(
                "SELECT count(*) FROM entry WHERE attempt > 0 AND token_ids LIKE '%' || ?1 || '%'",
                id,
            ) == 0 =>
        {
            Err(format!("{name}: {id} was reported and is not in the journal"))
        }
        _ => Ok(()),
    }
}

fn intact(folder: &Path, name: &str) -> Outcome {
    for file in ["journal.db", "entri-tokens.db"] {
        let database = Database::open(folder.join(file)).unwrap();
        let said: String =
            database.pragma_query_value(None, "integrity_check", |row| row.get(0)).unwrap();
        if said != "ok" {
            return Err(format!("{name}: {file}: {said}"));
        }
    }
    Ok(())
}
