//! `entok scan`

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::Utc;
use serde_json::{Value, json};
use token_desk::{Desk, FoundToken, Life, PlaceTold, ScanNow, Sureness, text::visible};

use crate::exit::{Exit, Failed};
use crate::output;
use crate::session::Session;

/// How often a running scan is asked how far it is.
const EVERY: Duration = Duration::from_millis(100);

pub async fn run(session: &Session, paths: &[PathBuf], json: bool) -> Result<Exit, Failed> {
    // The lists tell whose a value is, and whether it still works.
    let mut exit = session.load().await?;
    for path in paths {
        let scan = match scanned(&session.desk, path, session.quiet).await {
            Ok(scan) => scan,
            Err(failed) => {
                output::say(false, &format!("entok: {}: {}", path.display(), failed.reason));
                exit = exit.max(Exit::Incomplete);
                continue;
            }
        };
        if let Some(reason) = &scan.unavailable {
            output::say(session.quiet, &format!("entok: {reason}"));
        }
        if !scan.tokens.is_empty() {
            exit = exit.max(Exit::Findings);
        }
        if scan.partial || scan.unlisted > 0 || scan.more > 0 {
            exit = exit.max(Exit::Incomplete);
        }
        if json {
            output::lines(scan.tokens.iter().map(token).chain([ledger(&scan, path)]))?;
        } else {
            output::answer(&told(&scan))?;
        }
    }
    Ok(exit)
}

/// Reads all of it, and says how far that is.
async fn scanned(desk: &Desk, path: &Path, quiet: bool) -> Result<ScanNow, Failed> {
    let path = std::path::absolute(path)?;
    desk.scan_folder(&path.to_string_lossy(), None, Utc::now()).await?;
    loop {
        let scan = desk.scan(None, Utc::now()).await?;
        let scan = scan.ok_or_else(|| Failed::because("The scan ended unexpectedly."))?;
        let Some(progress) = &scan.progress else {
            output::progress("");
            return Ok(scan);
        };
        if !quiet {
            output::progress(progress);
        }
        tokio::time::sleep(EVERY).await;
    }
}

fn told(scan: &ScanNow) -> String {
    let mut text = format!("{}\n", scan.title);
    for found in &scan.tokens {
        let owner = match &found.owner {
            Some(owner) => {
                format!("{} ({}, {})", visible(&owner.name), visible(&owner.key.id.0), owner.how)
            }
            None => "unknown owner".to_owned(),
        };
        let _ = writeln!(text, "\n{}  {}  {owner}", visible(&found.mask), life(found.life));
        for place in &found.places {
            let _ = writeln!(text, "  {}  {}", visible(&place.path), about(place));
        }
        let listed = found.places.len() as u64;
        if found.count > listed {
            let _ = writeln!(text, "  and {} more places", found.count - listed);
        }
    }
    if let Some(ledger) = &scan.ledger {
        let _ = writeln!(text, "\nRead: {}.", ledger.read);
        for unread in &ledger.faults {
            let places = unread.places.iter().map(|it| visible(it)).collect::<Vec<_>>().join(", ");
            let _ = writeln!(text, "Not read: {} ({}): {places}", unread.why, unread.count);
        }
    }
    text
}

fn about(place: &PlaceTold) -> String {
    let parts = [&place.about, &place.reach];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| visible(part))
        .collect::<Vec<_>>()
        .join(" · ")
}

fn token(found: &FoundToken) -> Value {
    let places = found
        .places
        .iter()
        .map(|place| json!({"path": place.path, "about": place.about, "reach": place.reach}));
    json!({
        "token": found.mask,
        "fingerprint": found.fingerprint,
        "life": life(found.life),
        "id": found.owner.as_ref().map(|owner| &owner.key.id.0),
        "name": found.owner.as_ref().map(|owner| &owner.name),
        "sure": found.owner.as_ref().map(|owner| owner.sureness == Sureness::Certain),
        "places": places.collect::<Vec<_>>(),
        "count": found.count,
    })
}

fn ledger(scan: &ScanNow, path: &Path) -> Value {
    let unread =
        scan.ledger.iter().flat_map(|ledger| &ledger.faults).map(
            |unread| json!({"why": unread.why, "count": unread.count, "places": unread.places}),
        );
    json!({
        "ledger": path.to_string_lossy(),
        "complete": !scan.partial,
        "read": scan.ledger.as_ref().map(|ledger| &ledger.read),
        "skipped": scan.ledger.as_ref().map(|ledger| ledger.skipped),
        "unread": unread.collect::<Vec<_>>(),
        "unlisted": scan.unlisted,
    })
}

fn life(life: Life) -> &'static str {
    match life {
        Life::Live => "live",
        Life::Unknown => "unknown",
        Life::Expired => "expired",
        Life::Revoked => "revoked",
        Life::Gone => "gone",
    }
}
