//! Why a value was not handed over.

use std::io;
use std::path::PathBuf;

use crate::private_file::FileError;

/// Every way it can fail. The value is still held then.
#[derive(Debug, thiserror::Error)]
pub enum HandOffError {
    /// The file cannot be made.
    #[error(transparent)]
    File(#[from] FileError),
    /// It might be committed.
    #[error(
        "{} lies in {}, which is under version control ({marker}), and could be committed with the value. \
         Nothing was saved. Choose a folder elsewhere.",
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
    #[error("Type a command: a program and its arguments. Nothing was handed over.")]
    NoCommand,
    /// The quoting does not add up.
    #[error("A quotation mark is not closed. Nothing was handed over.")]
    OpenQuote,
    /// A word that means nothing without a shell.
    #[error("“{0}” is for a shell, and there is none. Type one program with its arguments.")]
    OfAShell(String),
    /// A placeholder was left in.
    #[error("Put the real name in place of “{0}”. Nothing was handed over.")]
    Unfilled(String),
    /// The value itself was typed.
    #[error(
        "What you typed holds the token’s value. It is given on standard input or as the file’s \
         content, never in a command or a path. Nothing was handed over."
    )]
    HoldsValue,
    /// More than a token.
    #[error("This is longer than any token, so no program gets it. Save it to a file instead.")]
    TooLong,
    /// No such program.
    #[error("There is no program “{program}” on this computer. Nothing was handed over. {remedy}")]
    NoProgram {
        /// Which.
        program: String,
        /// How to get it.
        remedy: String,
    },
    /// It cannot be run.
    #[error("“{program}” could not be started ({reason}). Nothing was handed over.")]
    NotStarted {
        /// Which.
        program: String,
        /// What the system says.
        reason: io::Error,
    },
    /// It says that it failed, or did not take the value.
    #[error(
        "“{program}” {how}, so the token counts as not handed over. Look there before you try \
         again.\n{output}"
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
    #[error("ended with exit code {0}")]
    ExitCode(i32),
    /// Something ended it.
    #[error("was ended by a signal")]
    Signal,
    /// It took too long.
    #[error("did not end within {0} seconds and was stopped")]
    TimedOut(u64),
    /// It ended well, but left the value where it was.
    #[error("ended without reading the value")]
    NotRead,
}
