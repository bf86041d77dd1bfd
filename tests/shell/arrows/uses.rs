//! What a Rust file uses from its own crate, read from its text.

use std::collections::BTreeSet;

/// How a file uses a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `use`, or the path in the middle of the code.
    Used,
    /// `pub use`, for whoever may see it.
    PassedOn,
}

/// The paths after `use`, and those written out elsewhere, split at `::`. A file's tests don't count.
pub fn paths(text: &str) -> Vec<(Kind, Vec<String>)> {
    let mut paths = Vec::new();
    let mut lines = code(text);
    while let Some(line) = lines.next() {
        let Some(tree) = used(line) else {
            paths.extend(inline(line).map(|path| (Kind::Used, path)));
            continue;
        };
        let mut tree = tree.to_owned();
        while !tree.contains(';') {
            let Some(more) = lines.next() else { break };
            tree += more;
        }
        let mut named = Vec::new();
        expand(&[], tree.split(';').next().unwrap_or_default(), &mut named);
        let kind = if line.starts_with("pub") { Kind::PassedOn } else { Kind::Used };
        paths.extend(named.into_iter().map(|path| (kind, path)));
    }
    paths
}

/// The names that a file defines.
pub fn names(text: &str) -> BTreeSet<String> {
    let words = |line| str::split(line, |it: char| !it.is_alphanumeric() && it != '_');
    let kinds = ["struct", "enum", "fn", "const", "static", "type", "trait"];
    let named =
        code(text).filter_map(|line| words(line).skip_while(|it| !kinds.contains(it)).nth(1));
    named.map(str::to_owned).collect()
}

/// The lines without comments, up to the tests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let own = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    own.lines().map(|line| line.split("//").next().unwrap_or_default().trim())
}

/// The text after `use`, whatever its visibility.
fn used(line: &str) -> Option<&str> {
    let line = match line.strip_prefix("pub") {
        Some(rest) => rest.trim_start_matches(|it| it != ' ').trim_start(),
        None => line,
    };
    line.strip_prefix("use ")
}

/// `crate::text::visible(…)` in the middle of the code.
fn inline(line: &str) -> impl Iterator<Item = Vec<String>> {
    let starts = ["crate::", "super::"].into_iter().flat_map(|start| line.match_indices(start));
    starts.map(|(at, _)| {
        let end = line[at..].find(|it: char| !it.is_alphanumeric() && !"_:".contains(it));
        let path = end.map_or(&line[at..], |end| &line[at..at + end]);
        path.split("::").filter(|it| !it.is_empty()).map(str::to_owned).collect()
    })
}

/// `a::{b, c::{d, e as f}}` is `a::b`, `a::c::d` and `a::c::e`.
fn expand(start: &[String], tree: &str, paths: &mut Vec<Vec<String>>) {
    let (path, inner) = match tree.split_once('{') {
        Some((path, inner)) => (path, inner.rsplit_once('}').map(|(inner, _)| inner)),
        None => (tree, None),
    };
    let path = path.split(" as ").next().unwrap_or_default();
    let names = path.split("::").map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
    let whole: Vec<_> = start.iter().cloned().chain(names).collect();
    match inner {
        Some(inner) => branches(inner).for_each(|branch| expand(&whole, branch, paths)),
        None if !whole.is_empty() => paths.push(whole),
        None => {}
    }
}

/// The parts between the commas that are in no inner braces.
fn branches(inner: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    inner
        .split(move |it| {
            depth += i32::from(it == '{') - i32::from(it == '}');
            it == ',' && depth == 0
        })
        .filter(|branch| !branch.trim().is_empty())
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    let text = "use std::fs;\npub(crate) use crate::{a, b::{self, c as d}};\n// use crate::no;\n\
                fn of() { crate::e::f(super::g::H) }\n#[cfg(test)]\nmod tests {\n    use crate::t;\n}";
    let paths: Vec<_> = paths(text).into_iter().map(|(_, path)| path.join("::")).collect();
    let wanted =
        ["std::fs", "crate::a", "crate::b::self", "crate::b::c", "crate::e::f", "super::g::H"];
    assert_eq!(paths, wanted);
}
