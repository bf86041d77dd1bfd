//! Doc comments say something: a hover shows one without the code around it.

use crate::{text, tracked};

/// Fewer words than this can only repeat the name of what they are about.
const FEWEST_WORDS: usize = 4;

/// The words of each doc comment, with the number of its first line.
fn doc_comments(source: &str) -> Vec<(usize, Vec<&str>)> {
    let mut comments: Vec<(usize, Vec<&str>)> = Vec::new();
    let mut continues = false;
    for (line, number) in source.lines().zip(1..) {
        let Some(words) = line.trim_start().strip_prefix("///") else {
            continues = false;
            continue;
        };
        if !std::mem::replace(&mut continues, true) {
            comments.push((number, Vec::new()));
        }
        if let Some((_, comment)) = comments.last_mut() {
            comment.extend(words.split_whitespace());
        }
    }
    comments
}

#[test]
fn no_doc_comment_is_too_short_to_stand_alone() {
    let mut found = 0;
    let mut short = Vec::new();
    for path in tracked(&["*.rs"]) {
        for (line, words) in doc_comments(&text(&path)) {
            found += 1;
            if words.len() < FEWEST_WORDS {
                short.push(format!("{path}:{line}: {}", words.join(" ")));
            }
        }
    }
    assert!(found > 1000, "the control: {found} doc comments were found");
    assert!(short.is_empty(), "too short to stand alone:\n{}", short.join("\n"));
}
