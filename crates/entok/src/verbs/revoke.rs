//! `entok revoke`

use std::io::{self, BufRead as _, IsTerminal as _};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use token_audit::{Date, RevokeGrade};
use token_desk::{
    Desk, Proof, RevokeOutcome, RevokePreview, RevokeRequest, TokenKey, text::visible,
};

use super::token;
use crate::arguments::Revoke;
use crate::exit::{Exit, Failed};
use crate::output;
use crate::session::Session;

pub async fn run(session: &Session, revoke: &Revoke, json: bool) -> Result<Exit, Failed> {
    let desk = &session.desk;
    session.load().await?;
    let now = Utc::now();
    let key = token::meant(desk, &revoke.token, now)?;
    let preview = desk.preview_revoke(&key, now)?;
    if let Some(days) = revoke.unused_for {
        unused(desk, &key, &preview, days, now)?;
    }
    let typed = if revoke.yes { Some(preview.to_type.text().to_owned()) } else { asked(&preview)? };
    let request = RevokeRequest { key, seen: preview.seen, typed };
    let revoked = desk.revoke(request, Utc::now()).await?;
    let was_there = revoked.outcome == RevokeOutcome::Revoked;
    let proven = revoked.proof.map(|proof| proof == Proof::Dead);
    if json {
        output::lines([json!({
            "id": revoke.token,
            "name": revoked.name,
            "revoked": was_there,
            "proven_dead": proven,
        })])?;
    } else {
        let name = visible(&revoked.name);
        let told = if was_there {
            format!("Revoked “{name}”.")
        } else {
            format!("“{name}” was gone already.")
        };
        output::answer(&format!("{told}\n"))?;
    }
    Ok(Exit::Fine)
}

/// Refuses a token that isn't known to be unused for so long.
fn unused(
    desk: &Desk,
    key: &TokenKey,
    preview: &RevokePreview,
    days: u16,
    now: DateTime<Utc>,
) -> Result<(), Failed> {
    let token = &preview.token;
    let refuse = |why: String| {
        let name = visible(&token.name);
        Err(Failed::because(format!("“{name}” was not revoked: {why}")))
    };
    let at = desk.clocks(now).of(key.connection).0;
    let since = at - TimeDelta::days(days.into());
    let latest = match (token.last_used, token.created) {
        _ if !token.last_used_reported => {
            return refuse("the server doesn’t report uses.".to_owned());
        }
        _ if preview.may_be_own => {
            return refuse("it may be the one that signs in here.".to_owned());
        }
        (Date::At(used), _) => used,
        (Date::None, Date::At(created)) => created,
        (Date::Unreadable | Date::None, _) => {
            return refuse("when it was last used, or created, can’t be read.".to_owned());
        }
    };
    if latest > since {
        let when = latest.format("%Y-%m-%d %H:%M UTC");
        return refuse(format!("it was used or created on {when}, within {days} days."));
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
    output::say(
        false,
        &format!(
            "“{name}”, last used: {used}. Requests with it fail at once. This can’t be undone."
        ),
    );
    if preview.grade == RevokeGrade::TypeName {
        output::say(false, &format!("Type {} to revoke it:", visible(preview.to_type.text())));
        return Ok(Some(line()?));
    }
    output::say(false, "Revoke it? Type yes:");
    if line()? == "yes" { Ok(None) } else { Err(Failed::usage("Nothing was revoked.")) }
}

fn line() -> Result<String, Failed> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}
