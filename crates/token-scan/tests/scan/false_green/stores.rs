//! Objects of Git where something of their repository is gone or was put elsewhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use token_scan::{Fault, Report};

use super::{finds, not_clean};
use crate::broken::copy_folder;
use crate::maker::{Made, Maker, in_objects};
use crate::random::Random;
use crate::scanned;

/// A repository with a value in its history alone.
fn made(maker: &Maker, seed: u64, options: &[&str]) -> (Made, String) {
    let (made, token) = (maker.repository("one", options), Random::new(seed).token());
    made.commit("a", format!("{} {token}", "a text that takes a few bytes ".repeat(9)));
    made.commit("a", "gone");
    (made, token)
}

/// Runs in a thread, because what hangs would hang for good.
pub fn scanned_in_time(path: &Path) -> Report {
    let (sender, receiver) = std::sync::mpsc::channel();
    let path = path.to_owned();
    std::thread::spawn(move || sender.send(Box::new(scanned(&path))));
    *receiver.recv_timeout(std::time::Duration::from_secs(60)).expect("the scan ends")
}

fn pipe(path: &Path) {
    let _ = fs::remove_file(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("it is ours");
    assert!(Command::new("mkfifo").arg(path).status().expect("it runs").success());
}

#[test]
fn objects_are_known_without_what_names_them() {
    let maker = Maker::new();
    for format in ["sha1", "sha256"] {
        let (made, token) = made(&maker, 210, &[&format!("--object-format={format}")]);
        let oracle = made.oracle();
        for state in ["loose", "packed"] {
            let all = format!("{format}-{state}-copy");
            let copy = maker.root().join(&all);
            copy_folder(&made.path.join(".git"), &copy.join("x/.git"));
            fs::remove_file(copy.join("x/.git/HEAD")).unwrap();
            copy_folder(&made.objects(), &copy.join("y/objects"));
            copy_folder(&made.objects(), &copy.join("z/saved"));
            for name in ["x", "y", "z"] {
                let report = scanned(&copy.join(name));
                finds(&report, &token);
                assert_eq!(in_objects(&report), oracle, "{name}");
                assert!(report.ledger.complete().is_some(), "{:?}", report.ledger);
            }
            made.git(&["repack", "-adkq"]);
            made.git(&["prune-packed"]);
        }
        fs::remove_dir_all(&made.path).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_head_that_is_a_dangling_link_hides_nothing() {
    let (maker, mut random) = (Maker::new(), Random::new(211));
    let one = maker.repository("one", &[]);
    let token = random.token();
    one.commit("a", &token);
    one.commit("a", "gone");
    one.git(&["pack-refs", "--all"]);
    let head = one.path.join(".git/HEAD");
    fs::remove_file(&head).unwrap();
    std::os::unix::fs::symlink("refs/heads/main", &head).unwrap();
    let report = scanned(&one.path);
    finds(&report, &token);
    assert!(report.ledger.complete().is_some(), "{:?}", report.ledger);
}

#[test]
fn a_repository_without_objects_is_told_wherever_it_is() {
    let maker = Maker::new();
    let (one, _) = made(&maker, 212, &[]);
    maker.git(&["clone", "--quiet", "--bare", "one", "bare.git"]);
    let outer = maker.repository("outer", &[]);
    outer.git(&["submodule", "--quiet", "add", "../one", "sub"]);
    let module = outer.path.join(".git/modules/sub");
    one.git(&["worktree", "add", "--quiet", "../linked"]);
    let without = |folder: &Path, root: &Path| {
        fs::rename(folder.join("objects"), folder.join("away")).unwrap();
        let report = scanned(root);
        fs::rename(folder.join("away"), folder.join("objects")).unwrap();
        not_clean(&report);
        let missing = &report.ledger.all_unread()[&Fault::Missing];
        assert_eq!(missing.tally.count, 1, "{missing:?}");
    };
    let bare = maker.root().join("bare.git");
    without(&bare, &bare);
    without(&module, &module);
    without(&module, &outer.path);
    without(&module, &outer.path.join("sub"));
    without(&one.path.join(".git"), &maker.root().join("linked"));
    fs::remove_file(bare.join("HEAD")).unwrap();
    without(&bare, &bare);
    let empty = maker.root().join("empty");
    fs::create_dir(&empty).unwrap();
    fs::write(maker.root().join("linked/.git"), format!("gitdir: {}", empty.display())).unwrap();
    not_clean(&scanned(&maker.root().join("linked")));
}

#[cfg(unix)]
#[test]
fn a_link_named_as_git_names_its_folder_leads_to_the_history() {
    let maker = Maker::new();
    let (one, token) = made(&maker, 213, &[]);
    let folder = maker.root().join("worktree");
    fs::create_dir(&folder).unwrap();
    let link = folder.join(".git");
    let set = |to: PathBuf| {
        let _ = fs::remove_file(&link);
        std::os::unix::fs::symlink(to, &link).unwrap();
    };
    set(one.path.join(".git"));
    finds(&scanned(&folder), &token);
    one.git(&["worktree", "add", "--quiet", "../linked"]);
    set(maker.root().join("linked/.git"));
    finds(&scanned(&folder), &token);
    set(maker.root().join("gone"));
    not_clean(&scanned(&folder));
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_repository_does_not_hold_up_the_scan() {
    let maker = Maker::new();
    let (one, _) = made(&maker, 214, &[]);
    let blob = one.says(&["rev-parse", "HEAD:a"]);
    let object = format!("objects/{}/{}", &blob[..2], &blob[2..]);
    let names = [
        "packed-refs",
        "shallow",
        "config",
        "index",
        "objects/info/alternates",
        &object,
        "objects/pack/pack-1.pack",
    ];
    for name in names {
        let copy = maker.root().join("copy");
        copy_folder(&one.path.join(".git"), &copy);
        pipe(&copy.join(name));
        let report = scanned_in_time(&copy);
        assert!(report.ledger.complete().is_none(), "{name}");
        fs::remove_dir_all(&copy).unwrap();
    }
    for name in ["in/.git", ".git/worktrees/x/commondir", ".git/refs/heads/x", ".git/logs/x"] {
        pipe(&one.path.join(name));
    }
    scanned_in_time(&one.path);
}

#[cfg(unix)]
#[test]
fn a_file_without_end_is_not_taken_into_memory() {
    let maker = Maker::new();
    let (one, _) = made(&maker, 215, &[]);
    std::os::unix::fs::symlink("/dev/zero", one.path.join(".git/packed-refs")).unwrap();
    assert!(scanned_in_time(&one.path).ledger.all_unread().contains_key(&Fault::Damaged));
}

#[test]
fn folders_that_git_does_not_make_are_read() {
    let maker = Maker::new();
    let (one, _) = made(&maker, 216, &[]);
    let mut random = Random::new(217);
    for name in ["pack/x/s", "info/x/s", "ad/deep/s", "ad/deep/er/s", "x/y/z"] {
        let (path, token) = (one.objects().join(name), random.token());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &token).unwrap();
        finds(&scanned(&one.path), &token);
    }
}

#[cfg(unix)]
#[test]
fn a_root_is_known_by_what_it_is_and_not_by_how_it_is_written() {
    let maker = Maker::new();
    let (one, token) = made(&maker, 218, &[]);
    let (folder, link) = (one.path.join(".git"), maker.root().join("link"));
    let root_of = |to: &Path| {
        let _ = fs::remove_file(&link);
        std::os::unix::fs::symlink(to, &link).unwrap();
        scanned(&link)
    };
    let oracle = one.oracle();
    for root in [one.path.clone(), folder.clone(), one.objects()] {
        let report = root_of(&root);
        finds(&report, &token);
        assert_eq!(in_objects(&report), oracle);
        let mut command = Command::new(env!("CARGO_BIN_EXE_token-scan"));
        let ended = command.arg(".").current_dir(&root).output().expect("it runs");
        assert_eq!(ended.status.code(), Some(3));
    }
    fs::rename(one.objects(), maker.root().join("away")).unwrap();
    not_clean(&root_of(&folder));
}
