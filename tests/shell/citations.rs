//! Every section of a document that a comment cites is there.

use std::collections::BTreeSet;
use std::path::Path;

use crate::{root, text, tracked};

const CONTRACT: &str = "docs/entri-api.md";

/// Code and prose: what people read.
fn sources() -> Vec<String> {
    tracked(&["*.rs", "*.md", "*.ts", "*.svelte", "*.toml"])
}

/// The names of a Markdown page's sections in links, as on GitHub.
fn sections(page: &str) -> BTreeSet<String> {
    let titles = page.lines().filter(|line| line.starts_with('#'));
    titles.map(|title| section(title.trim_start_matches('#').trim())).collect()
}

pub fn section(title: &str) -> String {
    let kept = title.chars().filter(|char| char.is_alphanumeric() || matches!(char, ' ' | '-'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// The sections cited in a text: `docs/entri-api.md#tokens`, with further ones as `, #lists`.
fn cited(source: &str) -> Vec<&str> {
    let mut cited = Vec::new();
    for (at, _) in source.match_indices(CONTRACT) {
        let mut rest = &source[at + CONTRACT.len()..];
        while let Some(named) = rest.strip_prefix('#').or_else(|| rest.strip_prefix(", #")) {
            let end = named.find(|char: char| !char.is_alphanumeric() && char != '-');
            let (name, after) = named.split_at(end.unwrap_or(named.len()));
            cited.push(name);
            rest = after;
        }
    }
    cited
}

#[test]
fn every_cited_section_exists() {
    let sections = sections(&text(CONTRACT));
    let mut found = 0;
    for path in sources().iter().filter(|path| !path.ends_with("citations.rs")) {
        for name in cited(&text(path)) {
            assert!(
                sections.contains(name),
                "{path} cites {CONTRACT}#{name}; there are {sections:?}"
            );
            found += 1;
        }
    }
    assert!(found > 100, "the control: {found} citations were found");
}

/// A document that a reader doesn't have proves nothing to them.
#[test]
fn nothing_cites_a_document_that_is_not_here() {
    for path in sources().iter().filter(|path| !path.ends_with("citations.rs")) {
        let source = text(path);
        for foreign in ["ontract §", "roduct §", "house.md", "ux.md §", "shared/"] {
            assert!(!source.contains(foreign), "{path} cites {foreign:?}");
        }
        let (path, page) = (Path::new(path), Path::new(path).extension());
        for linked in links(&source).filter(|_| page.is_some_and(|it| it == "md")) {
            let folder = path.parent().expect("a file is in a folder");
            assert!(
                root().join(folder).join(linked).exists(),
                "{} links to {linked}",
                path.display()
            );
        }
    }
}

/// The files that a Markdown page links to as `[text](path)`, without web addresses.
fn links(page: &str) -> impl Iterator<Item = &str> {
    let targets = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let paths = targets.filter_map(|target| target.split('#').next());
    paths.filter(|path| !path.is_empty() && !path.contains(':') && !path.contains(' '))
}
