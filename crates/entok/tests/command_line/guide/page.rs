//! A page of the guide: its commands, and what it shows of their output.

use std::fs;
use std::path::Path;

/// The line before a block of commands that can't be run in tests; the reason follows.
const NOT_RUN: &str = "<!-- not run: ";

/// A block of commands.
pub struct Block {
    /// Each with how it ends.
    pub lines: Vec<(String, i32)>,
    /// What the page shows of the output.
    pub shown: Option<String>,
    /// The reason for which it isn’t run.
    pub not_run: Option<String>,
}

/// The pages of the guide, by their names.
pub fn pages() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide");
    let files = fs::read_dir(folder).expect("the guide").map(|file| file.expect("a page").path());
    let mut pages: Vec<_> = files
        .map(|file| {
            let name = file.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&file).expect("a page"))
        })
        .collect();
    pages.sort();
    pages
}

pub fn page(name: &str) -> String {
    pages().into_iter().find(|it| it.0 == name).unwrap_or_else(|| panic!("no page {name}")).1
}

/// The blocks of a page in a language, each with what is before and after it.
fn fenced<'a>(page: &'a str, language: &str) -> Vec<(&'a str, &'a str, &'a str)> {
    let fence = format!("\n```{language}\n");
    let blocks = page.match_indices(&fence).map(|(at, fence)| {
        let (block, after) = page[at + fence.len()..].split_once("\n```\n").expect("its end");
        (&page[..at], block, after)
    });
    blocks.collect()
}

/// The blocks of a page in a language.
pub fn code(page: &str, language: &str) -> Vec<String> {
    fenced(page, language).into_iter().map(|(_, block, _)| block.to_owned()).collect()
}

/// The blocks of commands of a page.
pub fn blocks(page: &str) -> Vec<Block> {
    let blocks = fenced(page, "sh").into_iter().map(|(before, block, after)| {
        let not_run = before.lines().last().and_then(|line| line.strip_prefix(NOT_RUN));
        let shown = after.strip_prefix("\n```text\n").and_then(|it| it.split_once("\n```\n"));
        Block {
            lines: block.lines().map(ends).collect(),
            shown: shown.map(|(shown, _)| shown.to_owned()),
            not_run: not_run.map(|it| it.trim_end_matches(" -->").to_owned()),
        }
    });
    blocks.collect()
}

/// A command, and the status in its comment.
fn ends(line: &str) -> (String, i32) {
    match line.split_once("# status ") {
        Some((command, status)) => (command.to_owned(), status.parse().expect("a status")),
        None => (line.to_owned(), 0),
    }
}

/// The commands of `entok` in the text of a page.
pub fn named(page: &str) -> Vec<String> {
    let prose: String = page.split("\n```").step_by(2).collect();
    let code = prose.split('`').skip(1).step_by(2).filter(|it| it.starts_with("entok "));
    code.map(str::to_owned).collect()
}

/// Whether an output is the one that is shown, where `…` stands for any text up to the next line that is shown.
pub fn is_shown(shown: &str, output: &str) -> bool {
    let output: Vec<_> = output.trim_end().lines().map(str::trim_end).collect();
    fits(&shown.lines().collect::<Vec<_>>(), &output)
}

fn fits(shown: &[&str], output: &[&str]) -> bool {
    match (shown, output) {
        ([], output) => output.is_empty(),
        (["…", rest @ ..], output) => (0..=output.len()).any(|at| fits(rest, &output[at..])),
        ([line, rest @ ..], [printed, others @ ..]) => {
            let same = line
                .strip_suffix('…')
                .map_or(line == printed, |begin| printed.starts_with(begin.trim_end()));
            same && fits(rest, others)
        }
        _ => false,
    }
}
