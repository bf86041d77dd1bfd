//! Tells Tauri which commands exist, and grants them to the page: one that is not in the table cannot be called.

use std::{fs, io};

use tauri_build::{AppManifest, Attributes};

include!("commands/table.rs");

macro_rules! names {
    ($($noun:ident: $($command:ident)*;)*) => { &[$($(stringify!($command)),*),*] };
}

const COMMANDS: &[&str] = command_table!(names);
/// The permission for all of them, which the page's capability names.
const PAGE: &str = "permissions/page.toml";

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    if let Err(error) = grant() {
        panic!("{PAGE}: {error}");
    }
    let attributes = Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("{error:#}");
    }
}

/// Writes the permission, but only if it changed: rewriting the file would rebuild the app each
/// time.
fn grant() -> io::Result<()> {
    let allowed: Vec<_> =
        COMMANDS.iter().map(|command| format!("allow-{}", command.replace('_', "-"))).collect();
    let set = format!(
        "[[set]]\nidentifier = \"page\"\ndescription = \"All commands of the app.\"\npermissions = {allowed:?}\n"
    );
    if fs::read_to_string(PAGE).is_ok_and(|written| written == set) {
        return Ok(());
    }
    fs::create_dir_all("permissions")?;
    fs::write(PAGE, set)
}
