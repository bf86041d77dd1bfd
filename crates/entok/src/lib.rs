#![doc = include_str!("../README.md")]

mod arguments;
mod exit;
mod hidden;
mod key;
mod output;
mod session;
mod stop;
mod table;
mod verbs;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};
use token_desk::forbid_core_files;

use arguments::{Arguments, refuse_values};

/// What may be said on the command line, for manual pages and completions.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Does what the command line says.
pub async fn run() -> ExitCode {
    if let Err(reason) = refuse_values(std::env::args_os().skip(1)) {
        return output::failed(&exit::Failed::usage(reason)).into();
    }
    let arguments = Arguments::parse();
    if let Err(error) = forbid_core_files() {
        output::say(
            false,
            &format!("entok: a crash may leave a file of this program's memory: {error}"),
        );
    }
    tokio::spawn(stop::watch());
    match verbs::run(arguments).await {
        Ok(exit) => exit.into(),
        Err(failed) => output::failed(&failed).into(),
    }
}
