//! What may be said on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use token_desk::holds_value;

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

/// Which tokens are meant.
#[derive(Debug, Args)]
pub struct Place {
    /// The connection of the app, by its name or its host
    #[arg(long, global = true, value_name = "NAME")]
    pub connection: Option<String>,
    /// The address of a server that the app needs no connection to
    #[arg(long, global = true, value_name = "ADDRESS", conflicts_with = "connection")]
    pub url: Option<String>,
    #[arg(
        long,
        global = true,
        requires = "url",
        help = "Read the API token to sign in with from standard input [otherwise: NT3_API_TOKEN]"
    )]
    pub token_stdin: bool,
    /// Read the API token to sign in with from this file descriptor
    #[arg(long, global = true, value_name = "N", requires = "url", conflicts_with = "token_stdin")]
    pub token_fd: Option<i32>,
    /// The id of the organization, where the server doesn't say it
    #[arg(long, global = true, value_name = "ID", requires = "url")]
    pub organization: Option<String>,
}

/// How the answer is printed.
#[derive(Debug, Args)]
pub struct Form {
    /// Print JSON: an object for each line
    #[arg(long, global = true)]
    pub json: bool,
    /// Print only errors to standard error
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

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

/// The new token, and where its value goes.
#[derive(Debug, Args)]
pub struct Create {
    /// The name of the token
    pub name: String,
    #[command(flatten)]
    pub to: Destination,
    #[command(flatten)]
    pub expiry: Expiry,
    /// A scope; may be given several times
    #[arg(long = "scope", value_name = "SCOPE")]
    pub scopes: Vec<String>,
    /// Create it although the app would warn, such as of a name that is taken
    #[arg(long)]
    pub anyway: bool,
    /// The id of the project it belongs to [otherwise: the organization]
    #[arg(long, value_name = "ID")]
    pub project: Option<String>,
}

/// Where the value goes: to one place.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Destination {
    /// To a new file that only you can read
    #[arg(long, value_name = "FILE")]
    pub to_file: Option<PathBuf>,
    #[arg(
        long,
        value_name = "COMMAND",
        help = "To the standard input of a program, such as 'gh secret set NT3_API_TOKEN'"
    )]
    pub to_program: Option<String>,
    /// To standard output, as bytes
    #[arg(long)]
    pub reveal: bool,
}

/// When a token expires.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Expiry {
    /// In so many days
    #[arg(long, value_name = "DAYS")]
    pub expires_in: Option<u16>,
    /// At the end of this day in UTC, such as 2027-02-22
    #[arg(long, value_name = "DATE")]
    pub expires: Option<String>,
    /// Never: it works until revoked
    #[arg(long)]
    pub never_expires: bool,
}

/// The token that is revoked, and what must be so.
#[derive(Debug, Args)]
pub struct Revoke {
    /// The id of the token
    pub token: String,
    /// Don't ask; needs --unused-for
    #[arg(long, requires = "unused_for")]
    pub yes: bool,
    /// Only if it is known to be unused for so long, such as 90d
    #[arg(long, value_name = "DAYS", value_parser = days)]
    pub unused_for: Option<u16>,
}

/// What is searched for values, and what the outcome is for.
#[derive(Debug, Args)]
pub struct Scan {
    /// Files and folders to search
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// The form of the outcome
    #[arg(long, value_enum, default_value_t = ScanForm::Text, conflicts_with = "json")]
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
    #[arg(long, value_enum, default_value_t = AuditForm::Text, conflicts_with = "json")]
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

/// A span such as `90d`.
fn days(text: &str) -> Result<u16, String> {
    let days = text.strip_suffix('d').unwrap_or(text).parse().ok().filter(|&days| days > 0);
    days.ok_or_else(|| format!("“{text}” is not a number of days. Write it as 90d."))
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

    #[test]
    fn a_span_is_in_days() {
        assert_eq!((days("90d"), days("7")), (Ok(90), Ok(7)));
        assert!(days("3 months").is_err() && days("0d").is_err());
    }
}
