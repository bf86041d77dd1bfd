//! What must hold of the shell as it is put together: its commands, its rights, its configuration.

mod arrows;
mod bindings;
mod citations;
mod commands;
mod configuration;
mod dependencies;
mod downloads;
mod exposed;
mod gate;
mod memory;

use std::path::Path;

use serde_json::Value;

/// The repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn json(path: &str) -> Value {
    serde_json::from_str(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
