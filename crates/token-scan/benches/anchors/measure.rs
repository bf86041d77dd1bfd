//! Every program on one folder, in turns, and what comes of it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::goals::goals;
use crate::process::{Cost, load, run};
use crate::programs::{Contender, Programs};
use crate::{floor, say};

/// A folder to measure on.
pub enum Subject {
    Repository(PathBuf),
    Tree(PathBuf),
    /// One with hardly anything but one file or object of a gigabyte, which is measured alone.
    Large(PathBuf),
}

/// The runs of one program; those that it gave up are not among them.
pub struct Runs {
    pub name: &'static str,
    pub costs: Vec<Option<Cost>>,
}

impl Runs {
    pub fn median(&self, of: impl Fn(&Cost) -> f64) -> Option<f64> {
        median(self.costs.iter().flatten().map(of).collect())
    }

    /// The median of the ratios of another's CPU time to this one's, each of the same turn.
    pub fn ratio(&self, other: &Runs) -> Option<f64> {
        let pairs = self.costs.iter().zip(&other.costs);
        let both =
            pairs.filter_map(|(ours, theirs)| Some(theirs.as_ref()?.cpu / ours.as_ref()?.cpu));
        median(both.collect())
    }
}

fn median(mut all: Vec<f64>) -> Option<f64> {
    all.sort_by(f64::total_cmp);
    let (low, high) = (all.get(all.len().checked_sub(1)? / 2)?, all.get(all.len() / 2)?);
    Some(f64::midpoint(*low, *high))
}

pub const OURS: &str = "token-scan";
pub const FLOOR: &str = "unpacking alone";

/// Runs every program so often on a folder, and prints a table of what they took.
pub fn measure(subject: &Subject, programs: &Programs, runs: usize) {
    let (path, mut contenders) = match subject {
        Subject::Repository(path) => (path, programs.of_repository(path)),
        Subject::Tree(path) => (path, programs.of_tree(path)),
        Subject::Large(path) => (path, Vec::new()),
    };
    let mut ours = Command::new(env!("CARGO_BIN_EXE_token-scan"));
    ours.arg("--json").arg(path);
    contenders.insert(0, Contender { name: OURS, command: ours });
    if let Subject::Repository(path) = subject
        && let Some(pack) = only_pack(path)
    {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.arg(floor::ROLE).arg(pack);
        contenders.push(Contender { name: FLOOR, command });
    }
    say(&format!("\n{} · load {}", path.display(), load()));
    let all = in_turns(contenders, runs);
    print(&all);
    goals(subject, &all);
}

/// The pack of a repository that has one alone, as it has after it was packed.
fn only_pack(path: &Path) -> Option<PathBuf> {
    let folders = [path.join("objects/pack"), path.join(".git/objects/pack")];
    let entries = folders.iter().find_map(|folder| folder.read_dir().ok())?;
    let packs: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "pack"))
        .collect();
    (packs.len() == 1).then(|| packs[0].clone())
}

/// A run that isn't counted warms the disk's cache; then each runs once a turn, so that a busy machine meets all.
fn in_turns(contenders: Vec<Contender>, runs: usize) -> Vec<Runs> {
    let mut all: Vec<_> = contenders
        .into_iter()
        .map(|Contender { name, mut command }| {
            let gave_up = run(&mut command).is_none();
            (command, gave_up, Runs { name, costs: Vec::new() })
        })
        .collect();
    for _ in 0..runs {
        for (command, gave_up, runs) in &mut all {
            // It won't be faster the next time.
            runs.costs.push(if *gave_up { None } else { run(command) });
        }
    }
    all.into_iter().map(|(.., runs)| runs).collect()
}

fn print(all: &[Runs]) {
    say(&format!(
        "{:<22}{:>3}{:>9}{:>9}{:>10}{:>8}  exit",
        "", "n", "wall s", "CPU s", "peak MB", "CPU ×"
    ));
    for runs in all {
        let ended: Vec<_> = runs.costs.iter().flatten().collect();
        let Some(Cost { code, .. }) = ended.last() else {
            say(&format!("{:<22}{:>3}  gave up after three minutes", runs.name, 0));
            continue;
        };
        let median = |of: fn(&Cost) -> f64| runs.median(of).unwrap_or_default();
        let [wall, cpu, peak] =
            [median(|cost| cost.wall), median(|cost| cost.cpu), median(|cost| cost.peak)];
        let ratio = all[0].ratio(runs).unwrap_or_default();
        let code = code.map_or_else(|| "?".to_owned(), |code| code.to_string());
        let (name, n) = (runs.name, ended.len());
        say(&format!("{name:<22}{n:>3}{wall:>9.2}{cpu:>9.2}{peak:>10.0}{ratio:>8.2}  {code}"));
    }
}
