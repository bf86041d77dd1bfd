//! What must hold for the assembled shell: its commands, its permissions, its configuration.

mod arrows;
mod bindings;
mod citations;
mod commands;
mod comments;
mod configuration;
mod dependencies;
mod downloads;
mod exposed;
mod gate;
mod guide;
mod memory;
mod packages;
mod setup;

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The top folder of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn json(path: &str) -> Value {
    serde_json::from_str(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files that git knows and that match these patterns.
fn tracked(patterns: &[&str]) -> Vec<String> {
    let listed = Command::new("git").arg("ls-files").args(patterns).current_dir(root()).output();
    let listed = String::from_utf8(listed.expect("git runs").stdout).expect("paths are text");
    listed.lines().map(str::to_owned).filter(|path| root().join(path).exists()).collect()
}
