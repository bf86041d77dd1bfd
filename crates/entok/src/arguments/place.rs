//! Which tokens are meant, and how the answer is printed.

use clap::Args;

use super::{AuditForm, ScanForm, Verb};

/// Which tokens are meant.
#[derive(Debug, Args)]
pub struct Place {
    /// The connection of the app, by its name or its host
    #[arg(long, global = true, value_name = "NAME")]
    pub connection: Option<String>,
    /// The address of a server that the app needs no connection to
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub url: Option<String>,
    #[arg(
        long,
        global = true,
        help = "Read the API token to sign in with from standard input [otherwise: NT3_API_TOKEN]"
    )]
    pub token_stdin: bool,
    /// Read the API token to sign in with from this file descriptor
    #[arg(long, global = true, value_name = "N")]
    pub token_fd: Option<i32>,
    /// The id of the organization, where the server doesn't say it
    #[arg(long, global = true, value_name = "ID")]
    pub organization: Option<String>,
}

impl Place {
    /// Whether these may be said together. On both sides of a verb, they aren’t compared while they are read.
    pub fn check(&self) -> Result<(), &'static str> {
        let needs_url = self.token_stdin || self.token_fd.is_some() || self.organization.is_some();
        match &self.url {
            Some(_) if self.connection.is_some() => {
                Err("--url and --connection exclude each other.")
            }
            None if needs_url => Err(
                "--token-stdin, --token-fd and --organization are for a server named with --url.",
            ),
            _ if self.token_stdin && self.token_fd.is_some() => {
                Err("--token-stdin and --token-fd exclude each other.")
            }
            _ => Ok(()),
        }
    }
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

impl Form {
    /// Whether the answer to this can have these forms together.
    pub fn check(&self, verb: &Verb) -> Result<(), &'static str> {
        let has_format = match verb {
            Verb::Audit(audit) => audit.format != AuditForm::Text,
            Verb::Scan(scan) => scan.format != ScanForm::Text,
            _ => false,
        };
        if self.json && has_format {
            Err("--json and --format exclude each other.")
        } else {
            Ok(())
        }
    }
}
