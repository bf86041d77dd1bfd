//! The goals of the scanner, each with its figure of the same run.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::cancel::{Stopped, stop};
use crate::measure::{FLOOR, OURS, Runs, Subject};
use crate::programs::{KINGFISHER, RIPGREP};
use crate::say;

/// How often a scan is stopped, each time at another moment.
const STOPS: u32 = 20;

pub fn goals(subject: &Subject, all: &[Runs]) {
    let named = |name| all.iter().find(|runs| runs.name == name);
    let Some(ours) = named(OURS) else { return };
    let ratio_to = |name| named(name).and_then(|other| Some(ours.ratio(other)?.recip()));
    let (path, largest) = match subject {
        Subject::Repository(path) => {
            goal(&format!("CPU / {KINGFISHER}"), ratio_to(KINGFISHER), 1.0 / 8.0);
            goal(&format!("CPU / {FLOOR}"), ratio_to(FLOOR), 2.5);
            (path, largest(path))
        }
        Subject::Tree(path) => {
            goal(&format!("CPU / {RIPGREP}"), ratio_to(RIPGREP), 1.5);
            (path, 0.0)
        }
        Subject::Large(path) => (path, largest(path)),
    };
    let peak = ours.median(|cost| cost.peak);
    goal(&format!("peak MB, largest object {largest:.0} MB"), peak, 256.0 + 3.0 * largest);
    stops(path, ours.median(|cost| cost.wall).unwrap_or_default());
}

fn goal(what: &str, figure: Option<f64>, most: f64) {
    let said = figure.map_or_else(
        || "not measured".to_owned(),
        |figure| format!("{figure:.3}: {}", if figure <= most { "met" } else { "MISSED" }),
    );
    say(&format!("  goal {what} ≤ {most:.3}: {said}"));
}

/// Stops scans all over the time that one takes.
fn stops(path: &Path, wall: f64) {
    let step = Duration::from_secs_f64(wall / f64::from(STOPS + 1));
    let all: Vec<Stopped> = (1..=STOPS).map(|at| stop(path, step * at)).collect();
    let slowest = all.iter().map(|it| it.after.as_secs_f64() * 1e3).fold(0.0, f64::max);
    goal("ms until a stopped scan ends, the slowest of 20", Some(slowest), 100.0);
    let first = all.iter().filter_map(|it| it.first_hit).min();
    if let Some(first) = first {
        say(&format!("  the first hit is told after {} ms", first.as_millis()));
    }
}

/// The size of the largest object of a repository, in MB; that of a folder that is none is zero.
fn largest(path: &Path) -> f64 {
    let mut git = Command::new("git");
    let path = [path.join(".git"), path.to_owned()].into_iter().find(|it| it.join("HEAD").exists());
    let Some(path) = path else { return 0.0 };
    git.arg("--git-dir").arg(path).args(["cat-file", "--batch-all-objects", "--unordered"]);
    let output = git.arg("--batch-check=%(objectsize)").output().expect("git runs");
    let sizes = String::from_utf8_lossy(&output.stdout);
    sizes.lines().filter_map(|line| line.parse().ok()).fold(0.0, f64::max) / 1e6
}
