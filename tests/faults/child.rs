//! This program in the part of the app.
#![expect(clippy::print_stdout, reason = "its parent listens")]

use std::fs;
use std::path::Path;

use chrono::{TimeDelta, Utc};
use token_desk::{Desk, FileRequest, ListStatus, Phase, Query, RevokeRequest, RotateRequest};

use crate::bench::{FIRST, desk, named, try_desk};
use crate::bulk_revoke::planned;

/// The words it is started with: to connect and create one token, to rotate one, to connect only, to connect and
/// revoke many, and to load the list of a server that sends without end.
pub const CREATE: &str = "create";
pub const ROTATE: &str = "rotate";
pub const CONNECT: &str = "connect";
pub const BULK_REVOKE: &str = "bulk_revoke";
pub const FLOOD: &str = "flood";

/// Does what these words ask for; `false` if they ask for nothing.
pub async fn is_run_by(words: &[&str]) -> bool {
    match *words {
        [CREATE, folder, address, key, name] => create(folder, address, key, name).await,
        [ROTATE, folder, address, key, name] => rotate(folder, address, key, name).await,
        [CONNECT, folder, address, key] => connect(folder, address, key).await,
        [BULK_REVOKE, folder, address, key, tokens] => {
            bulk_revoke(folder, address, key, tokens).await;
        }
        [FLOOD, folder, address] => flood(folder, address).await,
        _ => return false,
    }
    true
}

/// Says what it came to: `created ID`, or `failed` and why.
async fn create(folder: &str, address: &str, key: &str, name: &str) {
    let desk = desk(folder, address, key).await;
    // From here on the shim counts.
    fs::write(Path::new(folder).join("armed"), "").unwrap();
    match desk.create(named(name), Utc::now()).await {
        Ok(created) => println!("created {}", created.key.map(|key| key.id.0).unwrap_or_default()),
        Err(error) => println!("failed {error}"),
    }
}

/// Where the value of a rotated token is in its folder, and in what the old one is kept for comparison.
pub const FILE: &str = "placed";
pub const PROGRAM: &str = "keep";
pub const OLD: &str = "old";
/// What is said of a rotation at each of its steps.
pub const ROTATED: [&str; 3] = ["created", "delivered to 2", "revoked: Some(Dead)"];

/// Says each step of a rotation whose old value lives in a file and in a program.
async fn rotate(folder: &str, address: &str, key: &str, name: &str) {
    let (desk, folder) = (desk(folder, address, key).await, Path::new(folder));
    let old = desk.create(named(name), Utc::now()).await.unwrap();
    let path = folder.join(FILE).display().to_string();
    let request = FileRequest { path, home: None, replace: false };
    desk.save_secret(old.handle, request, Utc::now()).await.unwrap();
    let line = folder.join(PROGRAM).display().to_string();
    desk.send_secret(old.handle, line, Utc::now()).await.unwrap();
    fs::copy(folder.join(FILE), folder.join(OLD)).unwrap();
    let old_key = old.key.unwrap();
    let form = desk.plan_rotation(&old_key, Utc::now()).unwrap().form;
    let request = RotateRequest {
        key: old_key.clone(),
        name: form.name,
        expiry: form.expiry,
        left_out: vec![],
        by_hand: vec![],
        quiet: TimeDelta::hours(24),
        longest_job: TimeDelta::zero(),
    };
    // From here on the shim counts.
    fs::write(folder.join("armed"), "").unwrap();
    let new = desk.rotate(request, Utc::now()).await.unwrap();
    println!("{}", ROTATED[0]);
    let rotation = desk.rotations(Utc::now()).await.unwrap().remove(0);
    let places: Vec<_> = rotation.places().map(|place| place.id).collect();
    let (of, now) = (rotation.record.id, Utc::now());
    let delivered = desk.deliver_to_places(of, new.handle, &places, None, now).await.unwrap();
    println!("delivered to {}", delivered.iter().filter(|it| it.outcome.is_ok()).count());
    desk.close_secret(new.handle, false, Utc::now()).await.unwrap();
    let plan = desk.preview_revoke(&old_key, Utc::now()).unwrap();
    let typed = Some(plan.to_type.text().to_owned());
    let request = RevokeRequest { key: old_key, seen: plan.seen, typed };
    let revoked = desk.revoke(request, Utc::now()).await.unwrap();
    println!("revoked: {:?}", revoked.proof);
}

/// Memory that is held for a moment to prove that it is measured, in bytes.
const CONTROL: usize = 64 * 1024 * 1024;

/// Says `connected`, or `failed` and why.
async fn connect(folder: &str, address: &str, key: &str) {
    match try_desk(folder, address, key).await.1 {
        Ok(_) => println!("connected"),
        Err(error) => println!("failed {error}"),
    }
}

/// Revokes this many tokens.
async fn bulk_revoke(folder: &str, address: &str, key: &str, tokens: &str) {
    let desk = desk(folder, address, key).await;
    let plan = planned(&desk, tokens.parse().unwrap()).await;
    desk.run_bulk_revoke(plan.id, tokens, Utc::now).await.unwrap();
}

/// Says how many tokens it knows and whether they are all; after a word, the same after another load, with
/// the most memory that both took and the first problem; after another one, `left` once the connection was
/// left during a load.
async fn flood(folder: &str, address: &str) {
    let before = memory_anew();
    let control = vec![1_u8; CONTROL];
    assert!(memory("VmHWM:") >= before + control.len(), "the control is seen");
    drop(control);
    let before = memory_anew();
    let desk = desk(folder, address, "entri_EXAMPLEONLY").await;
    println!("known {}", known(&desk));
    wait_for_word();
    desk.sync(FIRST, Utc::now()).await;
    let problems = desk.status().summary().problems;
    let problem = problems.first().map_or("", |problem| &problem.message);
    println!("{} {} {problem}", memory("VmHWM:").saturating_sub(before), known(&desk));
    wait_for_word();
    let loads = desk.clone();
    let load = tokio::spawn(async move { loads.sync(FIRST, Utc::now()).await });
    let goes_on = |list: ListStatus| list.phase == Phase::Syncing && list.loaded > 0;
    while !desk.status().of(FIRST).is_some_and(|it| goes_on(it.list.clone())) {
        tokio::task::yield_now().await;
    }
    desk.disconnect(FIRST, true, Utc::now()).await.unwrap();
    load.await.unwrap();
    println!("{}", if desk.status().connections.is_empty() { "left" } else { "it is there" });
}

/// How many tokens there are, and whether the list is complete.
fn known(desk: &Desk) -> String {
    let tokens = desk.query(&Query::default(), 0, 1, None, Utc::now()).total;
    format!("{tokens} {}", desk.status().summary().complete)
}

fn wait_for_word() {
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

/// This process's memory, in bytes. Its peak is counted anew from here.
fn memory_anew() -> usize {
    fs::write("/proc/self/clear_refs", "5").unwrap();
    memory("VmRSS:")
}

/// A figure of this process's memory, in bytes.
fn memory(name: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}
