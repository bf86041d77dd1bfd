//! `entok scan`

mod json;
mod leak;
mod quality;
mod sarif;
mod text;

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::Utc;
use token_desk::{Life, ScanNow, text::visible};

use crate::arguments::{Scan, ScanForm};
use crate::exit::{Exit, Failed};
use crate::output;
use crate::session::Session;

/// How often a person who watches is told how far a scan is.
const EVERY: Duration = Duration::from_millis(200);
/// How often it is looked at while nobody watches. Its end is told by itself.
const RARELY: Duration = Duration::from_secs(60);

/// What was searched, and what was found there.
struct Searched {
    path: PathBuf,
    scan: ScanNow,
}

pub async fn run(session: &Session, scan: &Scan, json: bool) -> Result<Exit, Failed> {
    // The lists tell whose a value is, and whether it still works.
    let mut exit = session.load().await?;
    let mut all = Vec::new();
    for path in &scan.paths {
        match searched(session, path).await {
            Ok(scan) => {
                exit = exit.max(ended(&scan));
                if let Some(reason) = &scan.unavailable {
                    output::say(session.quiet, &format!("entok: {reason}"));
                }
                all.push(Searched { path: path.clone(), scan });
            }
            Err(failed) => {
                let path = visible(&path.to_string_lossy());
                output::say(false, &format!("entok: {path}: {}", failed.reason));
                exit = exit.max(Exit::Incomplete);
            }
        }
    }
    print(&all, scan.format, json, exit != Exit::Incomplete)?;
    Ok(exit)
}

fn print(all: &[Searched], form: ScanForm, json: bool, complete: bool) -> Result<(), Failed> {
    let here = std::env::current_dir()?;
    match form {
        _ if json => {
            let of = |it: &Searched| {
                let tokens = it.scan.tokens.iter().map(json::token);
                tokens.chain([json::ledger(&it.scan, &it.path)]).collect::<Vec<_>>()
            };
            output::lines(all.iter().flat_map(of))
        }
        ScanForm::Text => {
            output::answer(&all.iter().map(|it| text::told(&it.scan)).collect::<String>())
        }
        ScanForm::Sarif => {
            output::lines([sarif::log(&leak::all(all, &here), &missing(all), complete)])
        }
        ScanForm::CodeQuality => {
            for missing in missing(all) {
                output::say(false, &format!("entok: {missing}"));
            }
            output::lines([quality::report(&leak::all(all, &here))])
        }
    }
}

/// Reads all of it, and says how far that is.
async fn searched(session: &Session, path: &Path) -> Result<ScanNow, Failed> {
    let (desk, path) = (&session.desk, std::path::absolute(path)?);
    desk.scan_folder(&path.to_string_lossy(), None, Utc::now()).await?;
    let watched = !session.quiet && output::is_watched();
    loop {
        let scan = desk.scan(None, Utc::now()).await?;
        let scan = scan.ok_or_else(|| Failed::because("The scan ended unexpectedly."))?;
        let Some(progress) = &scan.progress else {
            output::progress("");
            return Ok(scan);
        };
        if watched {
            output::progress(progress);
        }
        session.changed(if watched { EVERY } else { RARELY }).await;
    }
}

fn ended(scan: &ScanNow) -> Exit {
    match scan {
        _ if scan.partial || scan.unlisted > 0 || scan.more > 0 => Exit::Incomplete,
        _ if scan.tokens.is_empty() => Exit::Fine,
        _ => Exit::Findings,
    }
}

/// What is missing in a report that lists places alone, in sentences.
fn missing(all: &[Searched]) -> Vec<String> {
    let mut missing = Vec::new();
    for Searched { path, scan } in all {
        let path = visible(&path.to_string_lossy());
        for unread in scan.ledger.iter().flat_map(|ledger| &ledger.faults) {
            let places = unread.places.iter().map(|it| visible(it)).collect::<Vec<_>>().join(", ");
            missing.push(format!("{path}: not read: {} ({}): {places}", unread.why, unread.count));
        }
        let listed = |it: &token_desk::FoundToken| it.count.saturating_sub(it.places.len() as u64);
        let more = scan.tokens.iter().map(listed).sum::<u64>() + scan.unlisted;
        if more > 0 {
            missing.push(format!("{path}: {more} more places aren’t listed."));
        }
        if scan.more > 0 {
            missing.push(format!("{path}: {} more tokens aren’t listed.", scan.more));
        }
        if scan.partial && missing.is_empty() {
            missing.push(format!("{path}: the scan is incomplete."));
        }
    }
    missing
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
