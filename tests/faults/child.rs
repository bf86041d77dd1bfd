//! This program in the part of the app.
#![expect(clippy::print_stdout, reason = "its parent listens")]

use std::fs;
use std::path::Path;

use chrono::Utc;

use crate::bench::{desk, named, try_desk};
use crate::cleanup::planned;

/// The words it is started with: to connect and create one token, to connect only, and to connect and
/// revoke many.
pub const CREATE: &str = "create";
pub const CONNECT: &str = "connect";
pub const CLEANUP: &str = "cleanup";

/// Says what it came to: `created ID`, or `failed` and why.
pub async fn create(folder: &str, address: &str, key: &str, name: &str) {
    let desk = desk(folder, address, key).await;
    // From here on the shim counts.
    fs::write(Path::new(folder).join("armed"), "").unwrap();
    match desk.create(named(name), Utc::now()).await {
        Ok(created) => println!("created {}", created.key.map(|key| key.id).unwrap_or_default()),
        Err(error) => println!("failed {error}"),
    }
}

/// Says `connected`, or `failed` and why.
pub async fn connect(folder: &str, address: &str, key: &str) {
    match try_desk(folder, address, key).await.1 {
        Ok(_) => println!("connected"),
        Err(error) => println!("failed {error}"),
    }
}

/// Revokes so many tokens.
pub async fn cleanup(folder: &str, address: &str, key: &str, tokens: &str) {
    let desk = desk(folder, address, key).await;
    let plan = planned(&desk, tokens.parse().unwrap()).await;
    desk.run_cleanup(plan.id, tokens, Utc::now).await.unwrap();
}
