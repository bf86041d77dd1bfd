//! What each verb does.

mod audit;
mod connections;
mod create;
mod deliver;
mod identify;
mod journal;
mod list;
mod policy;
mod report;
mod revoke;
mod rotate;
mod scan;
mod show;
mod token;

use token_desk::{BaseUrl, Error, Secret};

use crate::arguments::{Arguments, Rotate, Verb};
use crate::exit::{Exit, Failed};
use crate::session::{For, Session};
use crate::stop;

/// Does what was asked.
pub async fn run(arguments: Arguments) -> Result<Exit, Failed> {
    let Arguments { place, form, verb } = arguments;
    place.check().map_err(Failed::usage)?;
    form.check(&verb).map_err(Failed::usage)?;
    let purpose = if verb.changes() { For::Changing } else { For::Reading };
    // It needs neither a server nor the app.
    if let Verb::Policy(policy) = verb {
        return policy::run(&policy);
    }
    if let (Verb::Rotate(_), Some(_)) = (&verb, &place.url) {
        return Err(Failed::usage(
            "A rotation takes days, and only the app’s journal remembers it. Connect in the Entri Tokens app, and leave \
             --url out.",
        ));
    }
    // A mistyped address is told before anybody is asked for a key or a value.
    if let Some(url) = &place.url {
        BaseUrl::parse(url).map_err(Error::from)?;
    }
    // Before anything else is read from there.
    let value = match verb {
        Verb::Identify { value_fd } => Some(identify::value(&place, value_fd)?),
        _ => None,
    };
    let session = Session::open(&place, &form, purpose).await?;
    let ended = done(&session, verb, value, form.json).await;
    stop::is_told();
    if purpose == For::Changing {
        // What the journal has not got yet, and its seal.
        tokio::task::block_in_place(|| session.desk.quit());
    }
    ended
}

async fn done(
    session: &Session,
    verb: Verb,
    value: Option<Secret>,
    json: bool,
) -> Result<Exit, Failed> {
    match verb {
        Verb::Connections => connections::run(session, json),
        Verb::List(list) => list::run(session, &list, json).await,
        Verb::Show { token } => show::run(session, &token, json).await,
        Verb::Create(create) => create::run(session, create, json).await,
        Verb::Rotate(rotate) => rotate::run(session, rotate, json).await,
        Verb::Identify { .. } => identify::run(session, value, json).await,
        Verb::Revoke(revoke) => revoke::run(session, &revoke, json).await,
        Verb::Scan(scan) => scan::run(session, &scan, json).await,
        Verb::Audit(audit) => audit::run(session, &audit, json).await,
        Verb::Report { format } => report::run(session, format).await,
        Verb::Journal(_) => journal::run(session, json).await,
        Verb::Policy(_) => unreachable!("needs no desk"),
    }
}

impl Verb {
    /// Whether it changes tokens.
    fn changes(&self) -> bool {
        match self {
            Self::Create(_) | Self::Revoke(_) => true,
            Self::Rotate(rotate) => !matches!(rotate, Rotate::Status),
            Self::Connections
            | Self::List(_)
            | Self::Show { .. }
            | Self::Identify { .. }
            | Self::Scan(_)
            | Self::Audit(_)
            | Self::Report { .. }
            | Self::Journal(_)
            | Self::Policy(_) => false,
        }
    }
}
