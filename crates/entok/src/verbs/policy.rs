//! `entok policy`

use std::fs;
use std::path::Path;

use token_audit::SETTINGS;

use crate::arguments::Policy;
use crate::exit::{Exit, Failed};
use crate::output;

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
    let text = fs::read_to_string(file).map_err(|error| named(error.to_string()))?;
    token_audit::Policy::from_toml(&text).map_err(|error| named(error.to_string()))
}
