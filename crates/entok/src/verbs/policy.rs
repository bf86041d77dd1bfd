//! `entok policy`

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use token_audit::SETTINGS;

use crate::arguments::Policy;
use crate::exit::{Exit, Failed};
use crate::output;

/// More than any policy has, in bytes.
const MOST: u64 = 64 * 1024;

pub fn run(policy: &Policy) -> Result<Exit, Failed> {
    let Policy::Check { file } = policy;
    let policy = read(file)?;
    let line = |setting: &token_audit::Setting| {
        format!("{}: {} days\n", setting.label, setting.get(&policy))
    };
    output::answer(&SETTINGS.iter().map(line).collect::<String>())?;
    Ok(Exit::Fine)
}

/// Reads a policy file.
pub fn read(file: &Path) -> Result<token_audit::Policy, Failed> {
    let named = |reason: String| Failed::usage(format!("{}: {reason}", file.display()));
    let mut text = String::new();
    let read = File::open(file).and_then(|file| file.take(MOST + 1).read_to_string(&mut text));
    read.map_err(|error| named(error.to_string()))?;
    if text.len() as u64 > MOST {
        return Err(named(format!("A policy has at most {MOST} bytes.")));
    }
    token_audit::Policy::from_toml(&text).map_err(|error| named(error.to_string()))
}
