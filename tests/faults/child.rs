//! This program in the part of the app.
#![expect(clippy::print_stdout, reason = "its parent listens")]

use std::fs;
use std::path::Path;

use chrono::Utc;
use token_desk::{Desk, ListStatus, Phase, Query};

use crate::bench::{FIRST, desk, named, try_desk};
use crate::bulk_revoke::planned;

/// The words it is started with: to connect and create one token, to connect only, to connect and
/// revoke many, and to load the list of a server that sends without end.
pub const CREATE: &str = "create";
pub const CONNECT: &str = "connect";
pub const BULK_REVOKE: &str = "bulk_revoke";
pub const FLOOD: &str = "flood";

/// Does what these words ask for; `false` if they ask for nothing.
pub async fn is_run_by(words: &[&str]) -> bool {
    match *words {
        [CREATE, folder, address, key, name] => create(folder, address, key, name).await,
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
