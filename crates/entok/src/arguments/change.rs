//! What creates, rotates and revokes.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

/// The new token, and where its value goes.
#[derive(Debug, Args)]
#[command(group = needed("where", ["to_file", "to_program", "to_clipboard", "reveal"]))]
#[command(group = needed("when", ["expires_in", "expires", "never_expires"]))]
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
    /// The name or id of the project it belongs to [otherwise: the organization]
    #[arg(long, value_name = "PROJECT")]
    pub project: Option<String>,
}

/// Where the value goes: to one place.
#[derive(Debug, Args)]
#[group(multiple = false)]
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
    /// To the clipboard for 30 seconds, which the command waits for
    #[arg(long)]
    pub to_clipboard: bool,
    /// To standard output, as bytes
    #[arg(long)]
    pub reveal: bool,
}

/// What is done about a rotation.
#[derive(Debug, Subcommand)]
pub enum Rotate {
    /// Create the new token, and deliver its value to where the old one lives
    Start(Start),
    /// List the rotations, and what each waits for
    Status,
    /// Revoke the old token, once its rotation is ready for it
    Finish {
        /// The id of the old token
        token: String,
        /// Don't ask; needs --unused-for
        #[arg(long, requires = "unused_for")]
        yes: bool,
        /// Only if it is known to be unused for so long, such as 2d
        #[arg(long, value_name = "DAYS", value_parser = days)]
        unused_for: Option<u16>,
    },
}

/// The rotation that begins.
#[derive(Debug, Args)]
pub struct Start {
    /// The id of the old token
    pub token: String,
    /// Don't ask before its value is delivered to the places of the old one
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub to: Option<Destination>,
    #[command(flatten)]
    pub expiry: Option<Expiry>,
    /// The name of the new token [otherwise: the old name with “(r2)”]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Another place of the old token, which you take the new value to; may be given several times
    #[arg(long = "place", value_name = "TEXT")]
    pub places: Vec<String>,
    /// How long the old token must be unused before it may be revoked, in hours
    #[arg(long, value_name = "HOURS", default_value_t = 24)]
    pub quiet_for: u16,
    /// How long the longest job takes that uses the token, in hours
    #[arg(long, value_name = "HOURS", default_value_t = 0)]
    pub longest_job: u16,
}

/// When a token expires.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub struct Expiry {
    /// In so many days
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..))]
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

/// One of these arguments must be given.
fn needed<const N: usize>(name: &'static str, arguments: [&'static str; N]) -> ArgGroup {
    ArgGroup::new(name).args(arguments).required(true)
}

/// A span such as `90d`.
fn days(text: &str) -> Result<u16, String> {
    let days = text.strip_suffix('d').unwrap_or(text).parse().ok().filter(|&days| days > 0);
    days.ok_or_else(|| format!("“{text}” is not a number of days. Write it as 90d."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_in_days() {
        assert_eq!((days("90d"), days("7")), (Ok(90), Ok(7)));
        assert!(days("3 months").is_err() && days("0d").is_err());
    }
}
