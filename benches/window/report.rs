//! The table for people and the file for programs.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::figures::Figure;

/// Tells whoever waits what is being measured.
#[expect(clippy::print_stderr, reason = "the table alone goes to standard output")]
pub fn say(what: &str) {
    eprintln!("== {what}");
}

#[derive(Default)]
pub struct Report {
    lines: Vec<Line>,
}

/// A figure, and what it should be.
pub struct Line {
    /// Its name in the file; what stands behind a dot lies within what stands before it.
    key: String,
    what: String,
    figure: Figure,
    gates: Vec<(String, bool)>,
}

impl Report {
    pub fn add(&mut self, key: &str, what: &str, figure: Figure) -> &mut Line {
        self.lines.push(Line {
            key: key.to_owned(),
            what: what.to_owned(),
            figure,
            gates: Vec::new(),
        });
        self.lines.last_mut().expect("it was just added")
    }

    #[expect(clippy::print_stdout, reason = "the table is what the bench is for")]
    pub fn publish(&self, path: &Path) {
        println!("{:<44} {:>4} {:>9} {:>9}  gate", "", "n", "p50", "p95");
        for Line { what, figure: Figure { n, p50, p95 }, gates, .. } in &self.lines {
            let p95 = p95.map(|p95| format!("{p95:.2}")).unwrap_or_default();
            let said = |(gate, met): &(String, bool)| {
                format!("{gate}: {}", if *met { "met" } else { "MISSED" })
            };
            let gates: Vec<_> = gates.iter().map(said).collect();
            println!("{what:<44} {n:>4} {p50:>9.2} {p95:>9}  {}", gates.join(", "));
        }
        let json = serde_json::to_string_pretty(&self.json()).expect("JSON");
        fs::write(path, json + "\n").expect("the file is written");
        println!("written to {}", path.display());
    }

    fn json(&self) -> Value {
        let mut all = json!({});
        for Line { key, figure, .. } in &self.lines {
            let figure = json!(figure);
            match key.split_once('.') {
                Some((outer, inner)) => all[outer][inner] = figure,
                None => all[key] = figure,
            }
        }
        all
    }
}

impl Line {
    /// Notes what the figure's `value` may come to at most.
    pub fn gate(&mut self, name: &str, value: f64, most: f64) -> &mut Self {
        self.gates.push((format!("{name} ≤ {most}"), value <= most));
        self
    }
}
