//! What each verb does.

mod audit;
mod connections;
mod create;
mod journal;
mod list;
mod policy;
mod report;
mod revoke;
mod scan;
mod show;
mod token;

use crate::arguments::{Arguments, Verb};
use crate::exit::{Exit, Failed};
use crate::session::{For, Session};

/// Does what was asked.
pub async fn run(arguments: Arguments) -> Result<Exit, Failed> {
    let Arguments { place, form, verb } = arguments;
    let purpose = if verb.changes() { For::Changing } else { For::Reading };
    // It needs neither a server nor the app.
    if let Verb::Policy(policy) = verb {
        return policy::run(&policy);
    }
    let session = Session::open(&place, &form, purpose).await?;
    match verb {
        Verb::Connections => connections::run(&session, form.json),
        Verb::List(list) => list::run(&session, &list, form.json).await,
        Verb::Show { token } => show::run(&session, &token, form.json).await,
        Verb::Create(create) => create::run(&session, create, form.json).await,
        Verb::Revoke(revoke) => revoke::run(&session, &revoke, form.json).await,
        Verb::Scan(scan) => scan::run(&session, &scan, form.json).await,
        Verb::Audit(audit) => audit::run(&session, &audit, form.json).await,
        Verb::Report { format } => report::run(&session, format).await,
        Verb::Journal(_) => journal::run(&session, form.json).await,
        Verb::Policy(_) => unreachable!("needs no desk"),
    }
}

impl Verb {
    /// Whether it changes tokens.
    fn changes(&self) -> bool {
        matches!(self, Self::Create(_) | Self::Revoke(_))
    }
}
