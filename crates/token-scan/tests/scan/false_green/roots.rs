//! What the caller names: links, several folders of which one is in another, and own data.

use std::fs;
use std::path::{Path, PathBuf};

use token_scan::{Fault, Key, Options, Report, Rule, Silent, scan};

use super::{finds, not_clean};
use crate::random::Random;
use crate::{KEY, scanned};

fn scanned_all(roots: &[&Path]) -> Report {
    let roots: Vec<PathBuf> = roots.iter().map(|root| (*root).to_owned()).collect();
    scan(&roots, &Options::new(Key::new(KEY)), &Silent)
}

#[cfg(unix)]
#[test]
fn a_root_that_is_a_link_is_what_it_leads_to() {
    use std::os::unix::fs::symlink;

    let (root, token) = (tempfile::tempdir().unwrap(), Random::new(200).token());
    let at = |name: &str| root.path().join(name);
    fs::create_dir(at("real")).unwrap();
    fs::write(at("real/env"), &token).unwrap();
    symlink("real/env", at("envlink")).unwrap();
    symlink("envlink", at("again")).unwrap();
    symlink("real", at("folder")).unwrap();
    symlink("gone", at("dangling")).unwrap();
    for name in ["envlink", "again", "folder"] {
        finds(&scanned(&at(name)), &token);
    }
    assert_eq!(scanned(&at("dangling")).ledger.all_unread()[&Fault::Missing].tally.count, 1);
}

/// What others put into a folder of its own on `/dev/shm`, which most systems have.
#[cfg(target_os = "linux")]
#[test]
fn a_root_on_another_file_system_below_another_root_is_read() {
    use std::os::unix::fs::MetadataExt;

    let device = |path: &str| fs::metadata(path).map(|about| about.dev());
    let Ok(inner) = tempfile::tempdir_in("/dev/shm") else { return };
    if device("/dev").unwrap() == device("/dev/shm").unwrap() {
        return;
    }
    let token = Random::new(201).token();
    fs::write(inner.path().join("f"), &token).unwrap();
    let report = scanned_all(&[Path::new("/dev"), inner.path()]);
    finds(&report, &token);
    assert!(!report.ledger.all_skipped().contains_key(&Rule::MetBefore));
}

#[cfg(unix)]
#[test]
fn own_data_is_skipped_however_a_root_leads_there() {
    let (root, token) = (tempfile::tempdir().unwrap(), Random::new(202).token());
    let own = root.path().join("own");
    fs::create_dir_all(own.join("deep")).unwrap();
    fs::write(own.join("deep/data"), token).unwrap();
    std::os::unix::fs::symlink(&own, root.path().join("link")).unwrap();
    let options = Options { own_data: vec![own.clone()], ..Options::new(Key::new(KEY)) };
    for name in ["own", "own/deep", "link"] {
        let report = scan(&[root.path().join(name)], &options, &Silent);
        assert_eq!((report.hits.len(), report.ledger.all_skipped()[&Rule::OwnData].count), (0, 1));
    }
}

#[test]
fn a_value_in_the_name_of_a_root_is_found_and_masked() {
    let (root, token) = (tempfile::tempdir().unwrap(), Random::new(203).token());
    let folder = root.path().join(&token).join("in");
    fs::create_dir_all(&folder).unwrap();
    let report = scanned(&folder);
    finds(&report, &token);
    assert!(!report.hits[0].path.contains(&token[6..30]));
}

#[test]
fn a_file_that_should_lead_to_a_repository_and_does_not_is_told() {
    let root = tempfile::tempdir().unwrap();
    for (says, fault) in [("", Fault::UnknownFormat), ("gitdir: ../gone", Fault::Missing)] {
        fs::write(root.path().join(".git"), says).unwrap();
        let report = scanned(root.path());
        not_clean(&report);
        assert!(report.ledger.all_unread().contains_key(&fault), "{:?}", report.ledger);
    }
}
