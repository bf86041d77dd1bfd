//! `entok journal`

use serde_json::json;
use token_desk::{Anchored, Verified};

use crate::exit::{Exit, Failed};
use crate::output;
use crate::session::Session;

pub async fn run(session: &Session, json: bool) -> Result<Exit, Failed> {
    if !session.of_app {
        return Err(Failed::usage("The journal is the app’s: verify it without --url."));
    }
    let verified = session.desk.verify_journal().await?;
    let exit = if is_intact(&verified) { Exit::Fine } else { Exit::Failed };
    if json {
        output::lines([json!({
            "intact": exit == Exit::Fine,
            "entries": verified.entries,
            "seal": verified.seal,
            "first_altered": verified.broken.as_ref().map(|broken| broken.entry),
            "keychain": keychain(&verified.anchored),
        })])?;
        return Ok(exit);
    }
    let told = match &verified.broken {
        Some(broken) => format!(
            "Entry {} was altered. The {} before it are intact.",
            broken.entry, verified.entries
        ),
        None => format!("{} entries are intact. {}", verified.entries, told(&verified.anchored)),
    };
    output::answer(&format!("{told}\nSeal: {}\n", verified.seal))?;
    Ok(exit)
}

fn is_intact(verified: &Verified) -> bool {
    verified.broken.is_none()
        && !matches!(verified.anchored, Anchored::CutOff(_) | Anchored::SealedAnew(_))
}

/// What the seal in the keychain says, in a word.
fn keychain(anchored: &Anchored) -> &'static str {
    match anchored {
        Anchored::None | Anchored::Unknown => "none",
        Anchored::Unavailable(_) => "unavailable",
        Anchored::Holds(_) => "holds",
        Anchored::CutOff(_) => "cut off",
        Anchored::SealedAnew(_) => "sealed anew",
    }
}

fn told(anchored: &Anchored) -> &'static str {
    match anchored {
        Anchored::None | Anchored::Unknown => "The keychain has no seal to compare them with.",
        Anchored::Unavailable(_) => {
            "The keychain could not be read, so they weren’t compared with its seal."
        }
        Anchored::Holds(_) => "The seal in the keychain agrees.",
        Anchored::CutOff(_) => "But the keychain knows of later ones: the journal was cut off.",
        Anchored::SealedAnew(_) => {
            "But the keychain has another seal: the journal was written anew."
        }
    }
}
