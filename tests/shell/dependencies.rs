//! The dependencies of the release.

use std::collections::BTreeSet;
use std::process::Command;

use crate::{root, text};

/// The features a crate has in the release, with everything that other crates switch on in it.
fn features(of: &str) -> BTreeSet<String> {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--package", "entri-tokens", "--edges", "no-dev"])
        .args(["--prefix", "none", "--format", "{p} | {f}"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8_lossy(&tree.stdout).into_owned();
    let line = tree
        .lines()
        .find(|line| line.split(' ').next() == Some(of))
        .unwrap_or_else(|| panic!("{of} is not in the tree:\n{tree}"));
    let (_, features) = line.split_once(" | ").expect("features");
    features.trim_end_matches(" (*)").split(',').map(str::to_owned).collect()
}

#[test]
fn tauri_can_neither_be_inspected_nor_traced() {
    let features = features("tauri");
    assert!(features.contains("wry"), "the control: {features:?}");
    // `tracing` records complete messages of the page, including a revealed secret.
    for feature in ["devtools", "tracing", "protocol-asset", "isolation", "unstable"] {
        assert!(!features.contains(feature), "{feature}");
    }
    // The libraries that draw the page have their own switches for both.
    for part in ["wry", "tauri-runtime-wry"] {
        let features = self::features(part);
        assert!(!features.contains("devtools") && !features.contains("tracing"), "{part}");
    }
}

#[test]
fn secrets_travel_over_rustls_only() {
    let features = features("reqwest");
    assert!(features.contains("rustls-no-provider"), "the control: {features:?}");
    for feature in ["default-tls", "native-tls", "cookies", "blocking"] {
        assert!(!features.contains(feature), "{feature}");
    }
}

/// The one there is has no command, so that the page is granted nothing for it.
#[test]
fn there_is_one_plugin_of_tauri() {
    let lock = text("Cargo.lock");
    let names: Vec<_> = lock.lines().filter_map(|line| line.strip_prefix("name = ")).collect();
    let plugins: Vec<_> = names.iter().filter(|name| name.contains("tauri-plugin")).collect();
    assert_eq!(plugins, [&"\"tauri-plugin-single-instance\""]);
    let page = text("ui/package.json");
    assert!(page.contains("@tauri-apps/api") && !page.contains("@tauri-apps/plugin"), "{page}");
}
