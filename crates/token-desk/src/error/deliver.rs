//! Why a value was not delivered.

use std::io;
use std::path::PathBuf;

use entri_api::in_plain_words;

use crate::error::FileError;

/// Every way it can fail. The value is still held then.
#[derive(Debug, thiserror::Error)]
pub enum HandOffError {
    /// The file cannot be made.
    #[error(transparent)]
    File(#[from] FileError),
    /// It might be committed.
    #[error(
        "{} is in {}, which is under version control ({marker}), so the value could be committed. Nothing was saved. Choose another folder.",
        .file.display(), .tree.display()
    )]
    Tracked {
        /// The file.
        file: PathBuf,
        /// The top of the work tree.
        tree: PathBuf,
        /// What marks it.
        marker: &'static str,
    },
    /// Nothing to run.
    #[error("Enter a command: a program and its arguments.")]
    NoCommand,
    /// The quoting does not add up.
    #[error("Unclosed quote. Nothing was sent.")]
    OpenQuote,
    /// A word that means nothing without a shell.
    #[error("“{0}” needs a shell, and none is used. Enter a single program with its arguments.")]
    OfAShell(String),
    /// A placeholder was left in.
    #[error("Replace “{0}” first. Nothing was sent.")]
    Unfilled(String),
    /// The value itself was typed.
    #[error(
        "Don’t put the token’s value in a command or path: it is passed through stdin or as the file’s content. Nothing was sent."
    )]
    HoldsValue,
    /// More than a token.
    #[error("Too long to send to a command. Save it to a file.")]
    TooLong,
    /// No such program.
    #[error("“{program}” isn’t installed on this computer. Nothing was sent. {remedy}")]
    NoProgram {
        /// Which.
        program: String,
        /// How to get it.
        remedy: String,
    },
    /// It cannot be run.
    #[error("Couldn’t run “{program}” ({}). Nothing was sent.", in_plain_words(.reason))]
    NotStarted {
        /// Which.
        program: String,
        /// What the system says.
        reason: io::Error,
    },
    /// It says that it failed, or did not take the value.
    #[error(
        "“{program}” {how}. The value may not have arrived. Check before you try again.\n{output}"
    )]
    Failed {
        /// Which.
        program: String,
        /// What happened.
        how: Failure,
        /// What it said, without the value.
        output: String,
    },
}

/// How a program failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It says so.
    #[error("failed (exit code {0})")]
    ExitCode(i32),
    /// Something ended it.
    #[error("was killed")]
    Signal,
    /// It took too long.
    #[error("timed out after {0} seconds")]
    TimedOut(u64),
    /// It succeeded, but didn't read the value.
    #[error("didn’t read the token")]
    NotRead,
}
