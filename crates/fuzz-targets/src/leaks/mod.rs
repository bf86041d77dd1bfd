//! What the scanner for leaked tokens reads.

mod git;
mod text;

pub use git::{leak_index, leak_pack};
pub use text::{leak_archive, leak_text};

use token_scan::{Key, Options, Report};

/// One thread, and little to unpack, so that many inputs are tried.
fn options() -> Options {
    let mut options = Options::new(Key::new(&[7; 32]));
    (options.threads, options.unpacked) = (1, 1 << 20);
    options
}

/// The last characters of each value in these bytes, found without what the scanner uses.
fn ends(bytes: &[u8]) -> Vec<String> {
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let starts = text.match_indices("entri_").map(|(at, _)| &text[at + 6..]);
    let runs = starts.map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')));
        let end = end.unwrap_or(rest.len());
        // In quoted-printable, the value may go on in the next line. As much of one is read at most.
        let goes_on = ["=\n", "=\r\n"].iter().any(|it| rest[end..].starts_with(it));
        if goes_on { "" } else { &rest[..end.min(512)] }
    });
    runs.filter(|run| run.len() >= 16).map(|run| run[run.len() - 4..].to_owned()).collect()
}

/// Every value is a hit or a placeholder, and nothing shows one.
fn check(report: &Report, bytes: &[u8]) {
    let all: Vec<_> = report.hits.iter().chain(&report.placeholders).collect();
    let counted = report.hits.len() as u64 + report.ledger.placeholders;
    for end in ends(bytes) {
        let found = all.iter().any(|hit| hit.token.ends_with(&end));
        assert!(found || counted > all.len() as u64, "{end} is found");
    }
    for hit in all {
        assert!(hit.token.starts_with("entri_••") && hit.token.chars().count() <= 32);
        let shown = [Some(&hit.path), hit.member.as_ref()];
        assert!(shown.iter().flatten().all(|text| ends(text.as_bytes()).is_empty()), "{hit:?}");
    }
}
