//! What a scan costs, beside what others take for the same folders: repositories and trees of files, one made here and
//! any that are given. Prints a table for each, and whether the goals of the scanner are met.
//!
//! These are measurements, not tests: a missed goal is reported, and nothing fails for it.

mod cancel;
mod floor;
mod goals;
mod made;
mod measure;
mod process;
mod programs;
#[path = "../../tests/scan/random.rs"]
mod random;

use std::path::{Path, PathBuf};

use measure::{Subject, measure};

const USAGE: &str =
    "usage: cargo bench -p token-scan -- [--repository PATH]… [--tree PATH]… [--runs N]

  --repository PATH  a repository to measure besides the one that is made, which has 50,000 objects
  --tree PATH        a folder of files to measure besides the one that is made, which has 20,000
  --runs N           how often each program is run, in turns; 5 if not said";

fn main() {
    // Cargo says that this is a bench.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    if let [role, pack] = &arguments[..]
        && role == floor::ROLE
    {
        return floor::inflate(Path::new(pack));
    }
    let Some((subjects, runs)) = read(&arguments) else {
        say(USAGE);
        std::process::exit(2);
    };
    let programs = programs::Programs::find();
    programs.introduce();
    let made = [made::repository(), made::tree(), made::large_object(), made::large_file()];
    for subject in made.iter().chain(&subjects) {
        measure(subject, &programs, runs);
    }
}

/// What the arguments ask for.
fn read(arguments: &[String]) -> Option<(Vec<Subject>, usize)> {
    let (mut subjects, mut runs) = (Vec::new(), 5);
    for pair in arguments.chunks(2) {
        let [name, value] = pair else { return None };
        let path = PathBuf::from(value);
        match &name[..] {
            "--repository" => subjects.push(Subject::Repository(path)),
            "--tree" => subjects.push(Subject::Tree(path)),
            "--runs" => runs = value.parse().ok().filter(|runs| *runs > 0)?,
            _ => return None,
        }
    }
    Some((subjects, runs))
}

#[expect(clippy::print_stdout, reason = "the tables are what the bench is for")]
fn say(line: &str) {
    println!("{line}");
}
