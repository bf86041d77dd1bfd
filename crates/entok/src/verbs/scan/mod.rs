//! `entok scan`

mod json;
mod leak;
mod missing;
mod quality;
mod sarif;
mod text;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::Utc;
use token_desk::{FoundToken, Life, ScanNow, text::visible};
use tokio::task::spawn_blocking;

use crate::arguments::{Scan, ScanForm};
use crate::exit::{Exit, Failed};
use crate::output;
use crate::session::Session;

/// How often a person who watches is told how far a scan is.
const EVERY: Duration = Duration::from_millis(200);
/// How often it is looked at while nobody watches. Its end is told by itself.
const RARELY: Duration = Duration::from_secs(60);

/// A path that was given, and what was found there.
struct Searched {
    /// As it was given.
    path: PathBuf,
    /// What it leads to, which has one name only.
    real: PathBuf,
    /// Whether an earlier path leads to the same.
    again: bool,
    /// What was found, or why it couldn’t be searched.
    outcome: Result<ScanNow, String>,
}

impl Searched {
    fn tokens(&self) -> &[FoundToken] {
        self.outcome.as_ref().map_or(&[], |scan| &scan.tokens)
    }
}

pub async fn run(session: &Session, scan: &Scan, json: bool) -> Result<Exit, Failed> {
    // The lists tell whose a value is, and whether it still works.
    let listed = session.load().await?;
    let mut all = Vec::new();
    for path in &scan.paths {
        let it = search(session, path, &all).await;
        if let (false, Err(why)) = (it.again, &it.outcome) {
            output::say(false, &format!("entok: {}: {why}", visible(&path.to_string_lossy())));
        }
        all.push(it);
    }
    let mut scans = all.iter().filter_map(|it| it.outcome.as_ref().ok());
    if let Some(reason) = scans.find_map(|scan| scan.unavailable.as_ref()) {
        output::say(session.quiet, &format!("entok: {reason}"));
    }
    once(&mut all);
    let exit = all.iter().map(ended).fold(listed, Exit::max);
    let lists = missing::of_lists(session, listed);
    print(&all, scan.format, json, &lists)?;
    Ok(exit)
}

fn print(all: &[Searched], form: ScanForm, json: bool, lists: &[String]) -> Result<(), Failed> {
    let here = std::env::current_dir()?;
    let here = here.canonicalize().unwrap_or(here);
    let searched = || all.iter().filter(|it| !it.again);
    match form {
        _ if json => output::lines(all.iter().flat_map(json::searched)),
        ScanForm::Text => {
            let scans = searched().filter_map(|it| it.outcome.as_ref().ok());
            output::answer(&scans.map(text::told).collect::<String>())
        }
        ScanForm::Sarif => {
            let of_paths = searched().flat_map(missing::of_path);
            let missing: Vec<_> = lists.iter().cloned().chain(of_paths).collect();
            output::lines([sarif::log(&leak::all(all, &here), &missing)])
        }
        ScanForm::CodeQuality => {
            // Why a path couldn’t be searched at all was said.
            for missing in searched().filter(|it| it.outcome.is_ok()).flat_map(missing::of_path) {
                output::say(false, &format!("entok: {missing}"));
            }
            output::lines([quality::report(&leak::all(all, &here))])
        }
    }
}

/// Searches a path, unless an earlier one leads to the same.
async fn search(session: &Session, path: &Path, earlier: &[Searched]) -> Searched {
    let real = real(path).await;
    let same = earlier.iter().find(|it| it.real == real);
    let (again, outcome) = match same {
        Some(same) => (true, same.outcome.clone()),
        None => (false, searched(session, &real).await.map_err(|failed| failed.reason)),
    };
    Searched { path: path.to_owned(), real, again, outcome }
}

/// What a path leads to. If it can’t be told, the scan says why.
async fn real(path: &Path) -> PathBuf {
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let asked = full.clone();
    // A drive may take its time, and somebody may stop the program then.
    let real = spawn_blocking(move || asked.canonicalize()).await;
    real.ok().and_then(Result::ok).unwrap_or(full)
}

/// Reads all of it, and says how far that is.
async fn searched(session: &Session, path: &Path) -> Result<ScanNow, Failed> {
    let desk = &session.desk;
    desk.scan_folder(&path.to_string_lossy(), None, Utc::now()).await?;
    let watched = !session.quiet && output::is_watched();
    let lost = || Failed::because("The scan ended unexpectedly.");
    loop {
        let scan = desk.scan(None, Utc::now()).await?.ok_or_else(lost)?;
        let Some(progress) = &scan.progress else {
            output::progress("");
            return desk.whole_scan(None, Utc::now()).await?.ok_or_else(lost);
        };
        if watched {
            output::progress(progress);
        }
        session.changed(if watched { EVERY } else { RARELY }).await;
    }
}

/// Leaves each place in the first scan that has it: the paths may overlap.
fn once(all: &mut [Searched]) {
    let mut listed = HashSet::new();
    let scans = all.iter_mut().filter_map(|it| it.outcome.as_mut().ok());
    for token in scans.flat_map(|scan| &mut scan.tokens) {
        let of = &token.fingerprint;
        token.places.retain(|place| listed.insert((of.clone(), place.key.clone())));
    }
}

fn ended(searched: &Searched) -> Exit {
    match &searched.outcome {
        Err(_) => Exit::Incomplete,
        Ok(scan) if scan.partial || scan.unlisted > 0 => Exit::Incomplete,
        Ok(scan) if scan.tokens.is_empty() => Exit::Fine,
        Ok(_) => Exit::Findings,
    }
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
