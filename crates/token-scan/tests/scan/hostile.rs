//! Files that change while they are read, and folders that nobody may read or that have no end.

#![cfg(unix)]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustix::fs::{CWD, Mode, OFlags, mkdirat, openat};
use token_scan::{Fault, Key, Options, Outcome, Report, Rule, Watch, scan};

use crate::random::Random;
use crate::{KEY, progress, scanned};

/// Does something to the files once, when the scan has gone a number of steps.
struct Meanwhile<F> {
    steps: AtomicUsize,
    act: F,
}

impl<F: Fn() + Sync> Meanwhile<F> {
    fn step(&self) {
        if self.steps.fetch_sub(1, Ordering::Relaxed) == 1 {
            (self.act)();
        }
    }
}

/// Acts when something was read.
struct OnRead<F>(Meanwhile<F>);

impl<F: Fn() + Sync> Watch for OnRead<F> {
    fn read(&self, _bytes: u64) {
        self.0.step();
    }
}

/// Acts when the scan asks whether to stop, which it does before each entry of a folder.
struct OnEntry<F>(Meanwhile<F>);

impl<F: Fn() + Sync> Watch for OnEntry<F> {
    fn stopped(&self) -> bool {
        self.0.step();
        false
    }
}

fn scan_with(root: &Path, watch: &dyn Watch) -> Report {
    let mut options = Options::new(Key::new(KEY));
    options.threads = 1;
    scan(&[root.to_owned()], &options, watch)
}

fn meanwhile<F: Fn() + Sync>(steps: usize, act: F) -> Meanwhile<F> {
    Meanwhile { steps: AtomicUsize::new(steps), act }
}

#[test]
fn a_file_that_shrinks_or_never_ends_is_told() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("log");
    fs::write(&path, vec![0; 4 << 20]).unwrap();
    let shrink = || fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(100).unwrap();
    let report = scan_with(root.path(), &OnRead(meanwhile(1, shrink)));
    assert_eq!(report.ledger.all_unread()[&Fault::Changed].tally.count, 1);
    fs::write(&path, vec![0; 4 << 20]).unwrap();
    // A sparse file: nothing is written.
    let grow = || fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(1 << 40).unwrap();
    let report = scan_with(root.path(), &OnRead(meanwhile(1, grow)));
    assert_eq!(report.ledger.all_unread()[&Fault::Changed].tally.count, 1);
}

#[test]
fn a_file_that_vanishes_or_becomes_a_pipe_is_told() {
    let root = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = (0..5).map(|at| root.path().join(at.to_string())).collect();
    let write = || paths.iter().for_each(|path| fs::write(path, "x").unwrap());
    write();
    let vanish = || paths.iter().for_each(|path| fs::remove_file(path).unwrap());
    // The root, its five files, and then the question before the first file is read.
    let report = scan_with(root.path(), &OnEntry(meanwhile(6, vanish)));
    assert_eq!(report.ledger.all_unread()[&Fault::Missing].tally.count, 5);
    write();
    let pipes = || {
        for path in &paths {
            fs::remove_file(path).unwrap();
            assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
        }
    };
    let report = scan_with(root.path(), &OnEntry(meanwhile(6, pipes)));
    assert_eq!(report.ledger.all_unread()[&Fault::Changed].tally.count, 5);
}

/// Root may read everything, so somebody else has to scan.
#[test]
fn what_nobody_may_read_is_told() {
    let root = tempfile::tempdir().unwrap();
    let program = root.path().join("token-scan");
    fs::copy(env!("CARGO_BIN_EXE_token-scan"), &program).unwrap();
    let open = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let (folder, file) = (root.path().join("at/folder"), root.path().join("at/file"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(&file, Random::new(70).token()).unwrap();
    open(root.path(), 0o755);
    open(&folder, 0o000);
    open(&file, 0o000);
    let at = root.path().join("at");
    let arguments = [program.as_os_str(), OsStr::new("--json"), at.as_os_str()];
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let mut command = if rustix::process::geteuid().is_root() {
        let mut command = Command::new("setpriv");
        command.args(nobody).args(arguments);
        command
    } else {
        let mut command = Command::new(&program);
        command.args(&arguments[1..]);
        command
    };
    let output = command.output().expect("it runs");
    open(&folder, 0o755);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(5), "{text}");
    let last: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    let denied = &last["ledger"]["unreadable"]["permission denied"];
    assert_eq!((&denied["count"], &denied["bytes"]), (&2.into(), &0.into()), "{text}");
}

#[test]
fn folders_deeper_than_a_path_can_name_end_the_walk_there() {
    let root = tempfile::tempdir().unwrap();
    let flags = OFlags::DIRECTORY | OFlags::RDONLY;
    let mut at = openat(CWD, root.path(), flags, Mode::empty()).unwrap();
    // `DEPTH=10000` takes half a minute, most of it to remove them.
    let depth = std::env::var("DEPTH").map_or(2_500, |depth| depth.parse().expect("a number"));
    for made in 1..=depth {
        progress("folders", made, depth);
        mkdirat(&at, "d", Mode::from_raw_mode(0o755)).unwrap();
        at = openat(&at, "d", flags, Mode::empty()).unwrap();
    }
    let report = scanned(root.path());
    let removed = Command::new("rm").arg("-rf").arg(root.path()).status();
    assert!(removed.unwrap().success());
    assert_eq!(report.outcome(), Outcome::NothingFoundInWhatWasRead);
    assert_eq!(report.ledger.all_unread()[&Fault::System].tally.count, 1);
}

/// `/dev` is on every Linux, and has file systems of its own in it.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_on_another_file_system_is_skipped_and_counted() {
    let report = scanned(Path::new("/dev"));
    let skipped = report.ledger.all_skipped();
    assert!(skipped[&Rule::OtherFileSystem].count >= 1, "{skipped:?}");
}
