//! The files of a crate use each other in one direction: a layer uses those below it, never one above,
//! and no two folders use each other. So a reader can start at the bottom, or stop at any layer.
//!
//! The page has a test of its own, `ui/tests/arrows.test.ts`.

mod graph;
mod uses;

use graph::Graph;

/// A crate's folder and its layers, the lowest first. The modules of one layer may use each other.
/// `lib.rs` and `main.rs`, which put a crate together, are above all of them.
type Layers = (&'static str, &'static [&'static str]);

const CRATES: [Layers; 9] = [
    (
        "crates/token-desk/src",
        &[
            "digest elapsed folded once redact text when",
            "error",
            "model",
            "system",
            "list",
            "storage",
            "desk",
            "jobs",
        ],
    ),
    (
        "crates/entri-api/src",
        &[
            "clock completeness percent",
            "value",
            "secret",
            "address message model",
            "session",
            "credential error",
            "wire",
            "page transport",
            "auth client",
            "answers presence",
        ],
    ),
    (
        "crates/token-audit/src",
        &[
            "calibration date policy server_time",
            "verdict",
            "create csv history naming revoke subject",
            "rotation rules",
            "finding",
            "summary threshold view",
        ],
    ),
    (
        "crates/entri-sandbox/src",
        &[
            "forms lock random",
            "model",
            "accounts oddities orders seed",
            "history variant",
            "shape store ways",
            "start",
            "state",
            "misbehavior",
            "auth",
            "login routes",
            "server",
            "sandbox",
            "drill",
        ],
    ),
    (
        "crates/token-scan/src",
        &[
            "ledger value",
            "needles",
            "hit",
            "context",
            "inspect",
            "packed",
            "files",
            "git",
            "scan",
            "output",
        ],
    ),
    (
        "crates/entok/src",
        &["arguments exit table", "output", "hidden", "key stop", "session", "verbs"],
    ),
    ("crates/test-support/src", &["identity many proxy scan server"]),
    ("crates/fuzz-targets/src", &["address cli csv delivered leaks name policy search server"]),
    (
        "src-tauri",
        &[
            "error kept process sandbox settings",
            "gate outside views",
            "layout places start window",
            "watch",
            "commands instance",
        ],
    ),
];

/// More files than this are not taken in at one look.
const MOST_FILES: usize = 12;

#[test]
fn no_arrow_goes_up() {
    for (folder, layers) in CRATES {
        let graph = Graph::of(folder);
        let layer = |file: &str| {
            let module = graph::module(file);
            layers.iter().position(|row| row.split(' ').any(|it| it == module))
        };
        for (file, used) in graph.arrows() {
            if ["lib.rs", "main.rs"].contains(&file) {
                continue;
            }
            let from = layer(file).unwrap_or_else(|| panic!("{folder}/{file} is in no layer"));
            let to = layer(used).unwrap_or_else(|| panic!("{folder}/{file} uses {used}"));
            assert!(to <= from, "{folder}: {file} uses {used}, which is above it");
        }
        let unknown: Vec<_> = layers
            .iter()
            .flat_map(|row| row.split(' '))
            .filter(|module| graph.files().all(|file| graph::module(file) != *module))
            .collect();
        assert!(unknown.is_empty(), "{folder} has no {unknown:?}");
    }
}

#[test]
fn no_two_folders_use_each_other() {
    for (folder, _) in CRATES {
        let graph = Graph::of(folder);
        let circles = graph.circles();
        assert!(circles.is_empty(), "{folder}: these use each other: {circles:#?}");
    }
}

#[test]
fn every_folder_is_taken_in_at_one_look() {
    for (folder, _) in CRATES {
        for (name, files) in Graph::of(folder).folders() {
            assert!(files <= MOST_FILES, "{folder}/{name} has {files} files");
        }
    }
}
