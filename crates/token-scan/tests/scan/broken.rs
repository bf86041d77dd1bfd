//! Repositories that something broke: the scan ends, finds only what is there, and says that something is missing.

use std::fs;
use std::path::{Path, PathBuf};

use token_scan::{Fault, Outcome};

use crate::drawn::draw;
use crate::maker::{Made, Maker, at, in_objects};
use crate::random::Random;
use crate::{progress, scanned};

/// `BREAKAGES=1000` breaks as often as a longer run does.
fn breakages() -> u64 {
    let said = std::env::var("BREAKAGES").ok();
    said.map_or(40, |number| number.parse().expect("a number"))
}

/// The files below a folder that hold objects or say where they are.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(files_below(&path));
        }
    }
    files.sort();
    files
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.is_file()).collect()
}

/// Breaks a file in one of the ways in which files break. Whatever it does, the bytes are others afterwards.
fn break_file(path: &Path, random: &mut Random) -> String {
    let mut bytes = fs::read(path).expect("a file");
    let at = random.below(bytes.len());
    let how = match random.below(5) {
        0 => {
            fs::remove_file(path).expect("it can be removed");
            return "removed".to_owned();
        }
        1 => {
            bytes.truncate(at);
            format!("cut at {at}")
        }
        2 => {
            bytes[at] ^= 1 << random.below(8);
            format!("a bit at {at}")
        }
        3 => {
            let end = (at + 512).min(bytes.len());
            bytes[at..end].iter_mut().for_each(|byte| *byte = !*byte);
            format!("{at}..{end}")
        }
        _ => {
            bytes.push(0);
            "one byte more".to_owned()
        }
    };
    let mut permissions = fs::metadata(path).expect("a file").permissions();
    #[expect(
        clippy::permissions_set_readonly_false,
        reason = "Git writes objects that nobody may change"
    )]
    permissions.set_readonly(false);
    fs::set_permissions(path, permissions).expect("it is ours");
    fs::write(path, bytes).expect("it is ours");
    how
}

pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let copy = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &copy);
        } else {
            fs::copy(&path, &copy).expect("a file");
        }
    }
}

#[test]
fn no_broken_repository_is_called_clean() {
    let mut random = Random::new(40);
    let (mut incomplete, mut seed) = (0, 0);
    let mut drawn: Option<(Maker, Made)> = None;
    for nth in 0..breakages() {
        if nth % 20 == 0 {
            let maker = Maker::new();
            let made = draw(&maker, 1000 + seed);
            seed += 1;
            drawn = Some((maker, made));
        }
        let (maker, made) = drawn.as_ref().expect("it was drawn");
        let oracle = made.oracle();
        let copy = maker.root().join(format!("copy{nth}"));
        copy_folder(&made.path.join(".git"), &copy.join(".git"));
        let all = files(&copy.join(".git/objects"));
        let path = &all[random.below(all.len())];
        let how = break_file(path, &mut random);
        let report = scanned(&copy);
        let found = in_objects(&report);
        progress("breakages", nth + 1, breakages());
        let what = format!("{nth}: {} {how}: {:?}", path.display(), report.ledger.all_unread());
        if report.ledger.complete().is_some() {
            // What nothing led to is no loss that Git could know of either.
            assert!(found == oracle || how == "removed" && at(&copy).try_git(&["fsck"]), "{what}");
        } else {
            incomplete += 1;
            assert!(!matches!(report.outcome(), Outcome::NothingFound(_)), "{what}");
        }
    }
    assert!(incomplete * 3 > breakages(), "the control: {incomplete}");
    println!("{} breakages, {incomplete} of them told as incomplete", breakages());
}

#[test]
fn an_object_that_is_gone_is_told_even_if_nothing_else_is_wrong() {
    let (maker, mut random) = (Maker::new(), Random::new(41));
    let made = maker.repository("one", &[]);
    made.commit("a", random.token());
    let blob = made.says(&["rev-parse", "HEAD:a"]);
    made.commit("a", "gone");
    fs::remove_file(made.objects().join(&blob[..2]).join(&blob[2..])).unwrap();
    let report = scanned(&made.path);
    let unread = &report.ledger.all_unread()[&Fault::MissingObject];
    assert_eq!((unread.tally.count, report.outcome()), (1, Outcome::NothingFoundInWhatWasRead));
    assert!(unread.places[0].ends_with(&blob), "{unread:?}");
}

#[test]
fn an_object_that_is_another_than_its_name_says_is_told() {
    let (maker, mut random) = (Maker::new(), Random::new(44));
    let made = maker.repository("one", &[]);
    made.commit("a", random.token());
    let blob = |made: &Made| {
        let id = made.says(&["rev-parse", "HEAD:a"]);
        made.objects().join(&id[..2]).join(&id[2..])
    };
    let secret = blob(&made);
    made.commit("a", "gone");
    fs::remove_file(&secret).unwrap();
    fs::copy(blob(&made), &secret).unwrap();
    let report = scanned(&made.path);
    assert_eq!(report.outcome(), Outcome::NothingFoundInWhatWasRead);
    assert_eq!(report.ledger.all_unread()[&Fault::Damaged].tally.count, 1);
}

#[test]
fn a_staged_object_that_is_gone_is_told() {
    for version in ["2", "3", "4"] {
        let (maker, mut random) = (Maker::new(), Random::new(45));
        let made = maker.repository("one", &[]);
        made.commit("a", "nothing");
        made.write("folder/staged", random.token());
        made.write("folder/announced", "");
        made.git(&["update-index", "--index-version", version]);
        made.git(&["add", "folder/staged"]);
        made.git(&["add", "--intent-to-add", "folder/announced"]);
        let id = made.says(&["rev-parse", ":folder/staged"]);
        fs::remove_file(made.path.join("folder/staged")).unwrap();
        assert!(scanned(&made.path).ledger.complete().is_some(), "the control");
        fs::remove_file(made.objects().join(&id[..2]).join(&id[2..])).unwrap();
        let report = scanned(&made.path);
        assert_eq!(report.outcome(), Outcome::NothingFoundInWhatWasRead);
        assert!(report.ledger.all_unread()[&Fault::MissingObject].places[0].ends_with(&id));
    }
}

#[test]
fn a_commit_that_only_a_log_leads_to_is_missed() {
    let (maker, mut random) = (Maker::new(), Random::new(46));
    let made = maker.repository("one", &[]);
    made.commit("a", "nothing");
    made.commit("a", random.token());
    let id = made.says(&["rev-parse", "HEAD"]);
    made.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    fs::remove_file(made.objects().join(&id[..2]).join(&id[2..])).unwrap();
    let report = scanned(&made.path);
    let unread = &report.ledger.all_unread()[&Fault::MissingObject];
    assert!(unread.tally.count == 1 && unread.places[0].ends_with(&id), "{unread:?}");
}

#[test]
fn a_difference_to_what_is_not_there_is_told() {
    let (maker, mut random) = (Maker::new(), Random::new(47));
    let made = maker.repository("one", &[]);
    let lines: Vec<_> = (0..500).map(|_| random.next().to_string()).collect();
    made.commit("a", lines.join("\n"));
    made.commit("a", lines.join("\n") + &random.token());
    made.git(&["bundle", "create", "--quiet", "../thin", "HEAD~1..HEAD"]);
    let report = scanned(&maker.root().join("thin"));
    assert_eq!(report.outcome(), Outcome::NothingFoundInWhatWasRead);
    assert_eq!(report.ledger.all_unread()[&Fault::MissingObject].tally.count, 1);
}

#[test]
fn a_pack_that_says_it_has_billions_of_objects_is_read_at_once() {
    let maker = Maker::new();
    let pack = [&b"PACK\0\0\0\x02\xff\xff\xff\xff"[..], &[0; 20]].concat();
    fs::write(maker.root().join("pack"), pack).unwrap();
    let report = scanned(&maker.root().join("pack"));
    let unread = &report.ledger.all_unread()[&Fault::Damaged];
    assert_eq!((unread.tally.count, unread.places.len()), (u64::from(u32::MAX), 1));
}

#[test]
fn a_pack_that_says_it_has_fewer_objects_hides_none() {
    let (maker, mut random) = (Maker::new(), Random::new(48));
    let made = maker.repository("one", &[]);
    made.commit("a", random.token());
    made.commit("a", "gone");
    made.git(&["repack", "-adq"]);
    for path in files_below(&made.objects().join("pack")) {
        let mut bytes = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        if path.extension().is_some_and(|end| end == "pack") {
            bytes[8..12].fill(0);
            fs::write(maker.root().join("alone"), bytes).unwrap();
        }
    }
    let report = scanned(&maker.root().join("alone"));
    assert_eq!(report.outcome(), Outcome::NothingFoundInWhatWasRead);
}

#[test]
fn a_branch_that_leads_nowhere_and_an_index_without_its_pack_are_told() {
    let (maker, mut random) = (Maker::new(), Random::new(42));
    let made = maker.repository("one", &[]);
    made.commit("a", random.token());
    made.git(&["repack", "-adq"]);
    for path in files_below(&made.objects().join("pack")) {
        if path.extension().is_some_and(|end| end == "pack") {
            fs::remove_file(path).unwrap();
        }
    }
    let report = scanned(&made.path);
    let unread = report.ledger.all_unread();
    assert!(unread.contains_key(&Fault::Missing) && unread.contains_key(&Fault::MissingObject));
    // Only the file in the worktree is left.
    assert_eq!((report.hits.len(), in_objects(&report).len()), (1, 0));
}

#[test]
fn a_repository_without_its_folder_of_objects_is_told() {
    let (maker, mut random) = (Maker::new(), Random::new(43));
    let made = maker.repository("one", &[]);
    made.commit("a", random.token());
    made.commit("a", "gone");
    fs::remove_dir_all(made.objects()).unwrap();
    assert_eq!(scanned(&made.path).outcome(), Outcome::NothingFoundInWhatWasRead);
}
