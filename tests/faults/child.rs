//! This program in the part of the app: connects, and creates one token.

use std::fs;
use std::path::Path;

use chrono::Utc;

use crate::bench::{desk, named};

/// The word it is started with for that.
pub const ROLE: &str = "create";

/// Says what it came to: `created ID`, or `failed` and why.
#[expect(clippy::print_stdout, reason = "its parent listens")]
pub async fn run(folder: &str, address: &str, key: &str, name: &str) {
    let desk = desk(folder, address, key).await;
    // From here on the shim counts.
    fs::write(Path::new(folder).join("armed"), "").unwrap();
    match desk.create(named(name), Utc::now()).await {
        Ok(created) => println!("created {}", created.key.map(|key| key.id).unwrap_or_default()),
        Err(error) => println!("failed {error}"),
    }
}
