//! The page's types are generated from Rust.

use std::fs;

use specta_typescript::Typescript;

use crate::{root, text};

const FILE: &str = "ui/src/ipc/bindings.ts";

/// Where the file differs it is written again, so that the second run passes.
#[test]
fn the_page_has_the_types_of_rust() {
    let folder = tempfile::tempdir().unwrap();
    let generated = folder.path().join("bindings.ts");
    entri_tokens::bindings().export(Typescript::default(), &generated).unwrap();
    let generated = fs::read_to_string(generated).unwrap();
    assert!(generated.starts_with("// This file has been generated"), "it says so");
    if text(FILE) != generated {
        fs::write(root().join(FILE), generated).unwrap();
        panic!("{FILE} was not what Rust says. It is written anew: look at the change, commit it.");
    }
}
