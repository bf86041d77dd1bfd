//! Why a value was not delivered.

use std::io;
use std::path::PathBuf;

use entri_api::in_plain_words;

use crate::error::FileError;

/// Every way a delivery can fail. The value is still held afterwards.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// The file couldn't be created.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file would be in a folder under version control, so the value could be committed.
    #[error(
        "{} is in {}, which is under version control ({marker}), so the value could be committed. Nothing was saved. Choose another folder.",
        .file.display(), .tree.display()
    )]
    Tracked {
        /// The file the value was to go to.
        file: PathBuf,
        /// The top folder of the work tree.
        tree: PathBuf,
        /// The entry that marks the folder as one, such as `.git`.
        marker: &'static str,
    },
    /// The file that an earlier token was saved to has more in it by now.
    #[error(
        "{} has more in it than a token now, and saving would replace all of it. Nothing was saved. Put the new value there by hand, then mark the place as done.",
        .0.display()
    )]
    MoreThanAToken(PathBuf),
    /// The command is empty, so there is nothing to run.
    #[error("Enter a command: a program and its arguments.")]
    NoCommand,
    /// A quotation mark is never closed.
    #[error("Unclosed quote. Nothing was sent.")]
    OpenQuote,
    /// This word, such as `|`, means something only to a shell, and the command starts none.
    #[error(
        "“{0}” needs a shell. Enter a single program with its arguments, or start a shell: sh -c '…'"
    )]
    OfAShell(String),
    /// This placeholder, such as `<owner>`, was left in.
    #[error("Replace “{0}” first. Nothing was sent.")]
    Unfilled(String),
    /// The command or path contains the value itself, which other programs could read there.
    #[error(
        "Don’t put the token’s value in a command or path: it is passed through stdin or as the file’s content. Nothing was sent."
    )]
    HoldsValue,
    /// The value is longer than any token, so no program gets it.
    #[error("Too long to send to a command. Save it to a file.")]
    TooLong,
    /// There is no such program on this computer.
    #[error("“{program}” isn’t installed on this computer. Nothing was sent. {remedy}")]
    NoProgram {
        /// The name of the program, as typed.
        program: String,
        /// How to get it, in a sentence.
        remedy: String,
    },
    /// The program couldn't be started.
    #[error("Couldn’t run “{program}” ({}). Nothing was sent.", in_plain_words(.reason))]
    NotStarted {
        /// The name of the program, as typed.
        program: String,
        /// The reason that the system gives.
        reason: io::Error,
    },
    /// The program failed, or didn't read the value.
    #[error("“{program}” {how}. {}\n{output}", meaning(*.is_unread))]
    Failed {
        /// The name of the program, as typed.
        program: String,
        /// How it failed, as a verb phrase.
        how: Failure,
        /// Whether it is certain that it read no byte of the value.
        is_unread: bool,
        /// The program's output, without the value.
        output: String,
    },
}

/// What a program's failure means for the token.
fn meaning(is_unread: bool) -> &'static str {
    if is_unread {
        "It didn’t read the token’s value, so nothing was sent. You can try again."
    } else {
        "It may have stored the token’s value. Check there before you try again."
    }
}

/// How a program failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It ended with this exit code, which isn't 0.
    #[error("failed (exit code {0})")]
    ExitCode(i32),
    /// A signal ended it.
    #[error("was killed")]
    Signal,
    /// It was stopped after so many seconds.
    #[error(
        "was stopped after {0} seconds. Maybe it waited for an answer, and there is no terminal to give it"
    )]
    TimedOut(u64),
    /// It succeeded, but didn't read the value.
    #[error("reported success, but didn’t read the whole value")]
    NotRead,
}
