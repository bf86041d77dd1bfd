//! What may be said on the command line.

mod change;
mod place;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use token_desk::holds_value;

pub use change::{Create, Destination, Expiry, Revoke, Rotate, Start};
pub use place::{Form, Place};

/// Entri's API tokens from a shell.
///
/// Without --url, the connections of the Entri Tokens app are used.
#[derive(Debug, Parser)]
#[command(name = "entok", version, after_help = AFTER)]
pub struct Arguments {
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub form: Form,
    #[command(subcommand)]
    pub verb: Verb,
}

const AFTER: &str = "\
Exit status:
  0  all went well
  1  it failed
  2  wrong usage, or you declined
  3  findings, or the new token isn’t what was asked for
  4  sign-in required
  5  incomplete: findings are still printed, and what is missing proves nothing";

/// What is to be done.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// List the connections of the app
    Connections,
    /// List the tokens of an organization
    List(List),
    /// Show one token with its findings
    Show {
        /// The ID, or the name if it is unique
        token: String,
    },
    /// Create a token and deliver its value
    Create(Create),
    /// Revoke a token on evidence
    Revoke(Revoke),
    /// Rotate a token: a new one like it, while the old one still works
    #[command(subcommand)]
    Rotate(Rotate),
    /// Say which token a value from standard input belongs to; nothing is sent with it
    Identify {
        /// Read the value from this file descriptor
        #[arg(long, value_name = "N")]
        value_fd: Option<i32>,
    },
    /// Find token values in folders and in the history of their repositories
    Scan(Scan),
    /// Check the tokens by the policy
    Audit(Audit),
    /// Write the report for auditors to standard output
    Report {
        /// The form of the report
        #[arg(long, value_enum, default_value_t = ReportForm::Json)]
        format: ReportForm,
    },
    /// Verify the app's journal
    #[command(subcommand)]
    Journal(Journal),
    /// Check a file with a policy
    #[command(subcommand)]
    Policy(Policy),
}

/// Which tokens are listed.
#[derive(Debug, Args)]
pub struct List {
    /// Only those that match this search, in the words of the app's search field
    #[arg(long, short, default_value = "", hide_default_value = true)]
    pub search: String,
    /// The columns, in this order
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        conflicts_with = "json",
        default_value = "id,name,project,state,expires,last-used"
    )]
    pub columns: Vec<Column>,
}

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Column {
    Id,
    Name,
    Project,
    State,
    Scopes,
    Created,
    CreatedBy,
    Expires,
    LastUsed,
    Findings,
    Connection,
}

/// What is searched for values, and what the outcome is for.
#[derive(Debug, Args)]
pub struct Scan {
    /// Files and folders to search
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// The form of the outcome
    #[arg(long, value_enum, default_value_t = ScanForm::Text)]
    pub format: ScanForm,
}

/// The forms of a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ScanForm {
    /// A text for people
    Text,
    #[value(help = "SARIF 2.1.0, for code scanning such as GitHub's")]
    Sarif,
    #[value(help = "GitLab's Code Quality report")]
    CodeQuality,
}

/// By what the tokens are judged, and what the outcome is for.
#[derive(Debug, Args)]
pub struct Audit {
    /// End with status 3 if there are findings that are as severe, or more
    #[arg(long, value_enum, default_value_t = Severity::Low)]
    pub fail_on: Severity,
    /// A policy file to judge by [otherwise: the connection's policy]
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// The form of the outcome
    #[arg(long, value_enum, default_value_t = AuditForm::Text)]
    pub format: AuditForm,
}

/// How severe a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Severity {
    Low,
    Medium,
    High,
    /// Nothing is severe enough
    Never,
}

/// The forms of an audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AuditForm {
    /// A text for people
    Text,
    #[value(help = "JUnit XML: a failure for each finding")]
    Junit,
    /// Markdown, for the summary of a pipeline's job
    Markdown,
    /// Lines that GitHub Actions shows as warnings
    Github,
}

/// The forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportForm {
    Json,
    Csv,
    Html,
}

/// What can be done with the journal.
#[derive(Debug, Clone, Subcommand)]
pub enum Journal {
    /// Verify that no entry was changed
    Verify,
}

/// What can be done with a policy file.
#[derive(Debug, Subcommand)]
pub enum Policy {
    /// Check that a file is a policy
    Check {
        /// The file to check
        file: PathBuf,
    },
}

/// Refuses an argument that contains the value of a token: other programs can read command lines.
pub fn refuse_values(given: impl Iterator<Item = OsString>) -> Result<(), &'static str> {
    for argument in given {
        if holds_value(&argument.to_string_lossy()) {
            return Err(
                "An argument looks like the value of a token. Nothing was sent or saved, but other \
                        programs can read a command line, and a shell keeps it: revoke that token. Values come \
                        from NT3_API_TOKEN, --token-stdin or --token-fd.",
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_arguments_contradict_nothing() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_value_is_no_argument() {
        let value = format!("entri_{}", "Ab1".repeat(20));
        assert!(refuse_values([OsString::from(format!("--name={value}"))].into_iter()).is_err());
        assert!(refuse_values([OsString::from("staging-server")].into_iter()).is_ok());
    }
}
