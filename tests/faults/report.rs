//! One row for each goal: how often it was tried, and how often it was missed.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

pub use crate::rounds::Outcome;

#[derive(Serialize)]
struct Row {
    goal: String,
    n: usize,
    failures: usize,
}

#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
    /// Measured figures without a goal.
    figures: Vec<String>,
    said: Vec<String>,
}

impl Report {
    /// Says at once how it came out: a full run takes many minutes.
    #[expect(clippy::print_stderr, reason = "the table comes at the end")]
    pub fn add(&mut self, goal: &str, outcomes: Vec<Outcome>) {
        let (n, failed) = (outcomes.len(), outcomes.into_iter().filter_map(Result::err));
        let before = self.said.len();
        self.said.extend(failed.map(|said| format!("{goal}: {said}")));
        let failures = self.said.len() - before;
        eprintln!("{goal}: {n} tried, {failures} failed");
        self.rows.push(Row { goal: goal.to_owned(), n, failures });
    }

    /// Only told: no goal is set for it.
    pub fn tell(&mut self, figure: String) {
        self.figures.push(figure);
    }

    /// Fails where any goal was missed.
    #[expect(clippy::print_stdout, reason = "the table is what this program is for")]
    pub fn publish(self) -> ExitCode {
        let widest = self.rows.iter().map(|row| row.goal.chars().count()).max().unwrap_or(0);
        println!("\n{:widest$}  {:>6}  {:>8}", "goal", "n", "failures");
        for Row { goal, n, failures } in &self.rows {
            println!("{goal:widest$}  {n:>6}  {failures:>8}");
        }
        for said in self.figures.iter().chain(&self.said) {
            println!("{said}");
        }
        let file = folder().join("results.json");
        fs::write(&file, serde_json::to_string_pretty(&self.rows).unwrap()).unwrap();
        println!("written to {}", file.display());
        if self.said.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// The folder for everything that the rig creates.
fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("faults");
    fs::create_dir_all(&folder).expect("a folder for the faults");
    folder
}
