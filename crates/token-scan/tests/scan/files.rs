//! Files and folders: what is in them, and what may happen to them.

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use token_scan::{Fault, Key, Kind, Options, Outcome, Rule, Silent, Unit, scan};

use crate::random::Random;
use crate::{KEY, places, scanned};

fn write(root: &Path, name: &str, contents: impl AsRef<[u8]>) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().expect("it is below the root")).expect("a folder");
    fs::write(path, contents).expect("a file");
}

#[test]
fn a_value_is_found_in_hidden_ignored_and_binary_files() {
    let (root, mut random) = (tempfile::tempdir().unwrap(), Random::new(1));
    let token = random.token();
    write(root.path(), ".gitignore", ".env\n");
    write(root.path(), ".env", format!("A=1\nB=2\nTOKEN={token}\n"));
    write(
        root.path(),
        "deep/er/.hidden/image.bin",
        [b"\0\xff\0", token.as_bytes(), b"\0"].concat(),
    );
    write(root.path(), "clean.txt", "nothing here");
    let report = scanned(root.path());
    let expected =
        [(".env".to_owned(), Some(3)), ("deep/er/.hidden/image.bin".to_owned(), Some(1))];
    assert_eq!(places(root.path(), &report.hits), expected);
    assert_eq!(report.hits[0].fingerprint, report.hits[1].fingerprint);
    assert!(
        report.hits.iter().all(|hit| hit.token.ends_with(&token[42..]) && hit.kind == Kind::File)
    );
    let read = report.ledger.all_read()[&Unit::File];
    assert_eq!((read.count, report.ledger.all_unread().len()), (4, 0));
    assert!(matches!(report.outcome(), Outcome::Found(Some(_))));
}

#[test]
fn a_value_in_a_long_file_is_found_wherever_windows_meet() {
    let (root, mut random) = (tempfile::tempdir().unwrap(), Random::new(2));
    let mut tokens = std::collections::BTreeMap::new();
    let path = root.path().join("long.log");
    let mut file = fs::File::create(&path).unwrap();
    let size = 3 << 20;
    file.write_all(&vec![b'\n'; size]).unwrap();
    for window in [1_usize << 20, (1 << 20) - 4096, 2 * ((1 << 20) - 4096), size - 46] {
        for before in [0, 3, 46, 200] {
            let (at, token) = ((window - before) / 50 * 50, random.token());
            file.seek(SeekFrom::Start(at as u64)).unwrap();
            file.write_all(token.as_bytes()).unwrap();
            tokens.insert(at, token);
        }
    }
    drop(file);
    let report = scanned(root.path());
    // Each value stands in place of 46 line ends.
    let line = |nth: usize, at: usize| Some((at + 1 - 46 * nth) as u64);
    let lines = tokens.keys().enumerate().map(|(nth, at)| line(nth, *at));
    let ends = tokens.values().map(|token| token[42..].to_owned());
    let found = report.hits.iter().map(|hit| (hit.line, hit.token[72..].to_owned()));
    assert_eq!(found.collect::<Vec<_>>(), lines.zip(ends).collect::<Vec<_>>());
}

#[test]
fn a_value_in_a_name_is_found_and_masked() {
    let (root, mut random) = (tempfile::tempdir().unwrap(), Random::new(3));
    let (folder, file) = (random.token(), random.token());
    write(root.path(), &format!("{folder}/backup of {file}.txt"), "");
    let report = scanned(root.path());
    assert_eq!(report.hits.len(), 2);
    for hit in &report.hits {
        assert_eq!((hit.kind, hit.line), (Kind::Name, None));
        assert!(!hit.path.contains(&folder[6..30]) && !hit.path.contains(&file[6..30]));
    }
}

#[test]
fn a_placeholder_is_counted_and_is_no_hit() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "README.md", "TOKEN=entri_your_token_here_1234\nentri_xxxxxxxxxxxxxxxxxxxx");
    let report = scanned(root.path());
    assert_eq!((report.hits.len(), report.ledger.placeholders), (0, 2));
    assert_eq!(report.placeholders.len(), 2);
    assert!(matches!(report.outcome(), Outcome::NothingFound(_)));
}

#[test]
fn own_data_is_skipped_and_counted() {
    let (root, mut random) = (tempfile::tempdir().unwrap(), Random::new(4));
    write(root.path(), "own/data.db", random.token());
    let mut options = Options::new(Key::new(KEY));
    options.own_data.push(root.path().join("own/../own"));
    for written in [root.path().to_owned(), root.path().join("own/..")] {
        let report = scan(&[written], &options, &Silent);
        assert_eq!((report.hits.len(), report.ledger.all_skipped()[&Rule::OwnData].count), (0, 1));
    }
}

#[test]
fn a_path_that_is_not_there_could_not_be_read() {
    let root = tempfile::tempdir().unwrap();
    let report = scanned(&root.path().join("gone"));
    assert_eq!(report.ledger.all_unread()[&Fault::Missing].tally.count, 1);
    assert_eq!(report.outcome(), Outcome::NothingFoundInWhatWasRead);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_pipes_not_opened() {
    use std::os::unix::fs::symlink;

    let (root, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut random = Random::new(5);
    write(elsewhere.path(), "secret", random.token());
    symlink(elsewhere.path(), root.path().join("out")).unwrap();
    symlink(".", root.path().join("loop")).unwrap();
    let named = random.token();
    symlink(format!("/run/{named}"), root.path().join("broken")).unwrap();
    let pipe = root.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let report = scanned(root.path());
    let skipped = report.ledger.all_skipped();
    assert_eq!((skipped[&Rule::Link].count, skipped[&Rule::NotAFile].count), (3, 1));
    assert_eq!(places(root.path(), &report.hits), [("broken".to_owned(), None)]);
    assert!(report.ledger.complete().is_some());
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_utf_8_is_read_like_any_other() {
    use std::os::unix::ffi::OsStrExt;

    let (root, mut random) = (tempfile::tempdir().unwrap(), Random::new(6));
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    fs::write(root.path().join(name), random.token()).unwrap();
    let report = scanned(root.path());
    assert_eq!(places(root.path(), &report.hits), [("caf\u{fffd}.txt".to_owned(), Some(1))]);
}
