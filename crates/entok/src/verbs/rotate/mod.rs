//! `entok rotate`

mod start;
mod status;

use chrono::Utc;
use token_desk::{Rotation, text::visible, when};

use super::revoke;
use crate::arguments::Rotate;
use crate::exit::{Exit, Failed};
use crate::session::Session;

pub async fn run(session: &Session, rotate: Rotate, json: bool) -> Result<Exit, Failed> {
    match rotate {
        Rotate::Start(start) => start::run(session, start, json).await,
        Rotate::Status => status::run(session, json).await,
        Rotate::Finish { token, yes, unused_for } => {
            finish(session, &token, (yes, unused_for), json).await
        }
    }
}

/// Revokes the old token, if its rotation is ready for it.
async fn finish(
    session: &Session,
    id: &str,
    how: (bool, Option<u16>),
    json: bool,
) -> Result<Exit, Failed> {
    session.load_all("Nothing was revoked.").await?;
    let rotations = session.desk.rotations(Utc::now()).await?;
    let of = |it: &&Rotation| {
        let record = &it.record;
        record.old.id.0 == id && record.is_open() && session.meant.contains(&record.id.connection)
    };
    let mut open = rotations.iter().filter(of);
    let rotation = match (open.next(), open.next()) {
        (Some(one), None) => one,
        (None, _) => {
            let id = visible(id);
            return Err(Failed::because(format!(
                "No rotation of {id} goes on. See: entok rotate status"
            )));
        }
        (Some(_), Some(_)) => {
            return Err(Failed::usage("Several connections rotate it. Choose one: --connection"));
        }
    };
    if rotation.progress.may_revoke().is_err() {
        let (waits, about) = &rotation.waits_for;
        let name = visible(&rotation.record.name);
        return Err(Failed::because(format!(
            "“{name}” wasn’t revoked. Its rotation isn’t ready: {} ({}). Times are in {}.",
            visible(waits),
            visible(about),
            when::zone(Utc::now())
        )));
    }
    revoke::revoke_one(session, &rotation.record.old, how, json).await
}
