//! `entok revoke`

use std::io::{self, BufRead as _, IsTerminal as _};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use token_audit::calibration::{LONGEST_LAG, LONGEST_STEP};
use token_audit::{Date, RevokeGrade};
use token_desk::{
    Chip, Desk, Proof, RevokeOutcome, RevokePreview, RevokeRequest, Revoked, Rotation, TokenId,
    TokenKey, text::visible,
};

use super::token;
use crate::arguments::Revoke;
use crate::exit::{Exit, Failed};
use crate::session::Session;
use crate::{output, stop};

pub async fn run(session: &Session, revoke: &Revoke, json: bool) -> Result<Exit, Failed> {
    session.load_all("Nothing was revoked.").await?;
    let key = meant(session, &revoke.token, "Nothing was revoked.")?;
    unfinished(session, &key, revoke.yes).await?;
    revoke_one(session, &key, (revoke.yes, revoke.unused_for), json).await
}

/// Revokes a token: on the evidence that it is unused, if that is asked for, and after a question unless it is not to be
/// asked.
pub async fn revoke_one(
    session: &Session,
    key: &TokenKey,
    (yes, unused_for): (bool, Option<u16>),
    json: bool,
) -> Result<Exit, Failed> {
    let (desk, now) = (&session.desk, Utc::now());
    let preview = desk.preview_revoke(key, now)?;
    if let Some(days) = unused_for {
        unused(desk, &preview, days, now)?;
    }
    let typed = if yes { Some(preview.to_type.text().to_owned()) } else { asked(&preview)? };
    let request = RevokeRequest { key: key.clone(), seen: preview.seen, typed };
    let name = visible(&request.seen.name);
    stop::begins(format!("“{name}” may have been revoked. See: entok show {}", visible(&key.id.0)));
    let revoked = desk.revoke(request, Utc::now()).await?;
    let told = told(&revoked, key, json);
    stop::is_told();
    let done = match revoked.outcome {
        RevokeOutcome::Revoked => "was revoked",
        RevokeOutcome::AlreadyGone => "was already gone",
    };
    told.map_err(|failed| Failed::because(format!("“{name}” {done}, but: {}", failed.reason)))?;
    Ok(Exit::Fine)
}

fn told(revoked: &Revoked, key: &TokenKey, json: bool) -> Result<(), Failed> {
    let was_there = revoked.outcome == RevokeOutcome::Revoked;
    if json {
        return output::lines([json!({
            "id": key.id.0,
            "name": revoked.name,
            "revoked": was_there,
            "proven_dead": revoked.proof.as_ref().map(|proof| *proof == Proof::Dead),
        })]);
    }
    let name = visible(&revoked.name);
    let (done, gone) = (format!("Revoked “{name}”."), format!("“{name}” was already gone."));
    output::answer(&format!("{}\n", if was_there { done } else { gone }))
}

/// Says that a rotation of the token goes on; where nobody is asked, that refuses it.
async fn unfinished(session: &Session, key: &TokenKey, yes: bool) -> Result<(), Failed> {
    let rotations = session.desk.rotations(Utc::now()).await?;
    let of = |it: &&Rotation| {
        let record = &it.record;
        let new = record.replacement.as_ref().map(|it| &it.key);
        record.is_open() && (record.old == *key || new == Some(key))
    };
    let Some(rotation) = rotations.iter().find(of) else { return Ok(()) };
    let record = &rotation.record;
    let (old, new) = (visible(&record.name), visible(&record.new_name));
    let waits = visible(&rotation.waits_for.0);
    let said = format!("A rotation from “{old}” to “{new}” goes on ({waits}).");
    if yes {
        return Err(Failed::because(format!(
            "{said} Nothing was revoked. To revoke the old one once it is ready: entok rotate finish"
        )));
    }
    output::say(false, &said);
    Ok(())
}

/// The token with this id: names aren't unique, and a list can lack one of two.
pub fn meant(session: &Session, id: &str, nothing: &str) -> Result<TokenKey, Failed> {
    let now = Utc::now();
    let with = |connection| TokenKey { connection, id: TokenId(id.to_owned()) };
    let keys = session.meant.iter().map(|&connection| with(connection));
    let found: Vec<_> = keys.filter(|key| session.desk.details(key, now).is_some()).collect();
    let id = visible(id);
    match &found[..] {
        [one] => Ok(one.clone()),
        [] => Err(Failed::because(format!("No token has the ID {id}. {nothing}"))),
        _ => Err(Failed::usage(format!(
            "Several connections have a token with the ID {id}. Choose one with --connection."
        ))),
    }
}

/// Refuses a token that isn't known to be unused for so long.
fn unused(
    desk: &Desk,
    preview: &RevokePreview,
    days: u16,
    now: DateTime<Utc>,
) -> Result<(), Failed> {
    let (token, status) = (&preview.token, desk.status());
    let refuse = |why: &str| {
        let name = visible(&token.name);
        Err(Failed::because(format!("“{name}” wasn’t revoked: {why}")))
    };
    let connection = token.key.connection;
    let Some(calibration) = status.of(connection).map(|it| it.calibration) else {
        return refuse("its connection is gone.");
    };
    if !token.last_used_reported {
        return refuse("the server doesn’t report uses.");
    }
    if calibration.frozen.is_some() {
        return refuse("the server has stopped recording uses.");
    }
    if preview.may_be_own || token.chip == Chip::ThisApp {
        return refuse("it is, or may be, the one that signs in here.");
    }
    let latest = match (token.last_used, token.created, token.expires) {
        (_, _, Date::Unreadable) | (Date::Unreadable, ..) => None,
        (Date::At(used), ..) => Some(used),
        (Date::None, created, _) => created.at(),
    };
    let Some(latest) = latest else { return refuse("one of its dates can’t be read.") };
    // A server may round the dates down, and show them late.
    let step = calibration.step.map_or(LONGEST_STEP, |step| step.at_most);
    let lag = calibration.lag.map_or(LONGEST_LAG, |lag| lag.at_most);
    let at = desk.clocks(now).of(connection).0;
    if latest + step + lag > at - TimeDelta::days(days.into()) {
        let when = latest.format("%Y-%m-%d %H:%M UTC");
        return refuse(&format!(
            "it was used or created on {when}, which may be less than {days} days ago."
        ));
    }
    Ok(())
}

/// Asks the person; returns what they typed, if that was needed.
fn asked(preview: &RevokePreview) -> Result<Option<String>, Failed> {
    if !io::stdin().is_terminal() {
        return Err(Failed::usage(
            "Nobody can be asked here. To revoke without a question: --yes --unused-for 90d",
        ));
    }
    let token = &preview.token;
    let (name, used) = (visible(&token.name), token::day(token.last_used, "no recorded use"));
    let own = if preview.may_be_own || token.chip == Chip::ThisApp {
        " It is, or may be, the token that signs in here."
    } else {
        ""
    };
    output::say(
        false,
        &format!(
            "“{name}”, last used: {used}.{own} Requests with it fail at once. This can’t be undone."
        ),
    );
    if preview.grade == RevokeGrade::TypeName {
        output::say(false, &format!("Type {} to revoke it:", visible(preview.to_type.text())));
        return Ok(Some(line()?));
    }
    output::say(false, "Revoke it? Type yes:");
    if line()? == "yes" { Ok(None) } else { Err(Failed::usage("Nothing was revoked.")) }
}

pub fn line() -> Result<String, Failed> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}
