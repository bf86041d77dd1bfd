//! What the packages hold fits together: nobody sees an icon that is missing, or a version that is another.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::{root, text};

const DESKTOP_FILE: &str = "packaging/share/entri-tokens.desktop";
const METAINFO: &str = "packaging/share/io.nt3.entri_tokens.metainfo.xml";

/// What every package holds, with empty programs.
fn tree() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    for made in ["completions", "man", "guide/guide"] {
        fs::create_dir_all(at(made)).expect("a folder");
    }
    let completions = ["completions/entok.bash", "completions/_entok", "completions/entok.fish"];
    let others = ["entri-tokens", "entok", "man/entok.1", "notices", "guide/guide/index.html"];
    for name in others.iter().chain(&completions) {
        fs::write(at(name), "").expect("a file");
    }
    let ended = Command::new(root().join("packaging/tree"))
        .args([folder.path(), folder.path(), &at("tree")])
        .current_dir(root())
        .output()
        .expect("a shell");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    folder
}

/// The text between two others, wherever they are.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    let parts = text.split(before).skip(1);
    parts.map(|part| part.split_once(after).expect("its end").0).collect()
}

fn value<'a>(desktop_file: &'a str, key: &str) -> &'a str {
    between(desktop_file, &format!("\n{key}="), "\n")[0]
}

#[test]
fn the_version_is_the_same_everywhere() {
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(between(&text(METAINFO), "<release version=\"", "\"")[0], version);
    assert_eq!(between(&text("packaging/deb/changelog"), "entri-tokens (", ")")[0], version);
    let spec = text("packaging/rpm/entri-tokens.spec");
    assert_eq!(between(&spec, "nt3.io> - ", "-1\n")[0], version);
}

#[test]
fn the_desktop_file_names_what_is_installed() {
    let folder = tree();
    let installed = |path: &str| folder.path().join("tree/usr").join(path);
    let desktop_file = text(DESKTOP_FILE);
    assert!(installed("bin").join(value(&desktop_file, "Exec")).exists());
    let icon = value(&desktop_file, "Icon");
    for size in [32, 48, 64, 128, 256, 512_u32] {
        let icon = installed(&format!("share/icons/hicolor/{size}x{size}/apps/{icon}.png"));
        let bytes = fs::read(&icon).unwrap_or_else(|error| panic!("{}: {error}", icon.display()));
        // A PNG's width and height come first.
        assert_eq!(bytes[16..24], [size.to_be_bytes(), size.to_be_bytes()].concat(), "{size}");
    }
    assert!(installed(&format!("share/icons/hicolor/scalable/apps/{icon}.svg")).exists());
}

#[test]
fn software_centers_are_told_what_is_installed() {
    let folder = tree();
    let installed = |path: &str| folder.path().join("tree/usr").join(path);
    let metainfo = text(METAINFO);
    let id = between(&metainfo, "<id>", "</id>")[0];
    assert!(installed(&format!("share/metainfo/{id}.metainfo.xml")).exists());
    let desktop_file = between(&metainfo, "<launchable type=\"desktop-id\">", "<")[0];
    assert!(installed("share/applications").join(desktop_file).exists());
    let told: BTreeSet<_> =
        between(&metainfo, "<binary>", "<").into_iter().map(PathBuf::from).collect();
    let programs = fs::read_dir(installed("bin")).expect("a folder");
    let programs = programs.map(|it| PathBuf::from(it.expect("a file").file_name()));
    assert_eq!(told, programs.collect());
    let manual = |program: &PathBuf| format!("share/man/man1/{}.1.gz", program.display());
    assert!(told.iter().all(|program| installed(&manual(program)).exists()), "{told:?}");
}

#[test]
fn the_manual_has_each_option() {
    let manual = text("packaging/share/entri-tokens.1").replace('\\', "");
    for option in between(entri_tokens::start::USAGE, "--", " ") {
        let option = option.trim_end_matches(']');
        assert!(manual.matches(&format!("--{option}")).count() > 1, "{option}");
    }
    assert!(manual.contains("ENTRI_TOKENS_LOG"));
}
