//! Inputs that would take all memory or all time, and what may be said when a scan stops in them.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use sha1::{Digest, Sha1};
use token_scan::{Fault, Hit, Key, Options, Outcome, Report, Unit, Watch, scan};

use super::archives::zlib;
use super::stores::scanned_in_time;
use super::{finds, not_clean};
use crate::KEY;
use crate::archives::{tar, zip, zipped};
use crate::maker::Maker;
use crate::random::Random;
use crate::scanned;

/// So many different values, one a line.
fn values(count: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    (0..count).map(|_| random.token() + "\n").collect()
}

/// Says to stop once it was told of some hits, or was asked often enough.
#[derive(Default)]
struct Stops {
    hits: AtomicUsize,
    asked: AtomicUsize,
    after_hits: Option<usize>,
    after_asked: Option<usize>,
}

impl Watch for Stops {
    fn found(&self, _hit: &Hit) {
        self.hits.fetch_add(1, Relaxed);
    }

    fn stopped(&self) -> bool {
        let asked = self.asked.fetch_add(1, Relaxed);
        self.after_hits.is_some_and(|most| self.hits.load(Relaxed) >= most)
            || self.after_asked.is_some_and(|most| asked >= most)
    }
}

fn watched(root: &Path, watch: &Stops) -> Report {
    let options = Options { threads: 1, ..Options::new(Key::new(KEY)) };
    scan(&[root.to_owned()], &options, watch)
}

#[test]
fn many_values_take_time_by_their_number_alone() {
    let maker = Maker::new();
    fs::write(maker.root().join("many"), values(110_000, 250)).unwrap();
    let report = scanned_in_time(&maker.root().join("many"));
    assert_eq!((report.hits.len(), report.ledger.unlisted), (100_000, 10_000));
    assert_eq!(report.hits.iter().map(|hit| hit.line).max(), Some(Some(100_000)));
    assert!(matches!(report.outcome(), Outcome::Found(Some(_))));
    fs::remove_file(maker.root().join("many")).unwrap();
    let made = maker.repository("one", &[]);
    made.commit("a", values(40_000, 251));
    let report = scanned_in_time(&made.path.join(".git"));
    assert_eq!(report.hits.len(), 40_000);
}

#[test]
fn a_value_behind_many_in_an_archive_counts() {
    let placeholders = "entri_your_token_goes_here\n".repeat(12_000);
    let text = placeholders + &values(1, 252);
    let stored = tar(&[("a", text.as_bytes())]);
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("a"), [&stored[..1536], text.as_bytes()].concat()).unwrap();
    assert!(matches!(scanned(root.path()).outcome(), Outcome::Found(_)));
    let text = values(11_000, 253);
    let program = [b"PK\x03\x04", text.as_bytes(), &zip(&[zipped("a", b"b")])].concat();
    fs::write(root.path().join("a"), program).unwrap();
    let report = scanned(root.path());
    assert_eq!((report.hits.len(), report.ledger.unlisted), (10_000, 1_000));
}

#[test]
fn a_scan_stops_between_any_two_values() {
    let maker = Maker::new();
    let made = maker.repository("one", &[]);
    made.commit("a", values(500, 254));
    for root in [made.path.join("a"), made.path.join(".git")] {
        let report = watched(&root, &Stops { after_hits: Some(50), ..Stops::default() });
        assert_eq!(report.hits.len(), 50);
        assert!(report.ledger.all_unread().contains_key(&Fault::Stopped), "{:?}", report.ledger);
    }
}

#[test]
fn a_scan_stops_while_it_looks_for_the_commits_of_its_hits() {
    let maker = Maker::new();
    let made = maker.repository("one", &[]);
    let mut random = Random::new(255);
    for name in 0..150 {
        made.write(&format!("{name}"), random.token());
    }
    made.commit("x", "y");
    let whole = Stops::default();
    let folder = made.path.join(".git");
    assert!(watched(&folder, &whole).ledger.complete().is_some());
    let asked = whole.asked.into_inner();
    for back in [1, 20, 100, 140] {
        let stops = Stops { after_asked: Some(asked - back), ..Stops::default() };
        let report = watched(&folder, &stops);
        let stopped = &report.ledger.all_unread()[&Fault::Stopped];
        assert_eq!((report.hits.len(), stopped.tally.count), (150, 1), "{back}");
    }
}

/// Scans in a process that has no more memory than this.
#[cfg(target_os = "linux")]
fn scanned_with(kilobytes: u64, root: &Path) {
    let script = format!("ulimit -v {kilobytes}; exec \"$0\" --json \"$1\"");
    let program = env!("CARGO_BIN_EXE_token-scan");
    let mut command = Command::new("sh");
    let ended = command.args(["-c", &script, program]).arg(root).output().expect("it runs");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(5), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_pack_with_a_hole_takes_no_memory_for_it() {
    let maker = Maker::new();
    let made = maker.repository("one", &[]);
    made.commit("a", "b");
    made.git(&["repack", "-adq"]);
    let entries = fs::read_dir(made.objects().join("pack")).unwrap();
    let mut paths = entries.map(|entry| entry.unwrap().path());
    let pack = paths.find(|path| path.extension().is_some_and(|it| it == "pack")).unwrap();
    let copy = maker.root().join("copy");
    fs::copy(&pack, &copy).unwrap();
    let grow = |path: &Path| {
        Command::new("truncate").args(["-s", "1500M"]).arg(path).status().unwrap().success()
    };
    assert!(grow(&pack) && grow(&copy));
    scanned_with(1_000_000, &made.path);
    scanned_with(1_000_000, &copy);
}

#[cfg(target_os = "linux")]
#[test]
fn an_index_of_long_names_takes_no_memory_for_them() {
    let maker = Maker::new();
    let made = maker.repository("one", &[]);
    made.commit("a", "b");
    let mut index = [&b"DIRC"[..], &4_u32.to_be_bytes(), &4_000_u32.to_be_bytes()].concat();
    for entry in 0..4_000 {
        index.extend([0; 62]);
        index.push(0);
        index.extend(vec![b'n'; if entry == 0 { 400_000 } else { 1 }]);
        index.push(0);
    }
    made.write(".git/index", index);
    not_clean(&scanned_in_time(&made.path));
    scanned_with(1_000_000, &made.path);
}

/// An object and differences to it, each to the id of the one before it, the last one first.
fn chain(length: usize, token: &str) -> Vec<u8> {
    let low = |number: usize| number.to_le_bytes()[0];
    let mut text = b"some text ".repeat(20);
    let size = |size: usize| [low(size) & 0x7f | 0x80, low(size >> 7)];
    let head = |kind: u8, size: usize| [kind << 4 | low(size) & 15 | 0x80, low(size >> 4)];
    let id = |text: &[u8]| {
        let head = format!("blob {}\0", text.len());
        Sha1::digest([head.as_bytes(), text].concat()).to_vec()
    };
    let mut entries = vec![[&head(3, text.len())[..], &zlib(&text)].concat()];
    for at in 0..length {
        let (base, old) = (id(&text), text.len());
        let more = if at + 1 == length { token.as_bytes() } else { b"x" };
        text.extend_from_slice(more);
        let copy = [0xb0, low(old), low(old >> 8)];
        let delta = [&size(old)[..], &size(text.len()), &copy, &[low(more.len())], more].concat();
        entries.push([&head(7, delta.len())[..], &base, &zlib(&delta)].concat());
    }
    entries.reverse();
    let count = u32::try_from(entries.len()).expect("a number").to_be_bytes();
    let pack = [&b"PACK\0\0\0\x02"[..], &count, &entries.concat()].concat();
    [&pack[..], &Sha1::digest(&pack)].concat()
}

#[test]
fn a_long_chain_of_differences_to_ids_is_made_once() {
    let (maker, token) = (Maker::new(), Random::new(256).token());
    let path = maker.root().join("pack");
    fs::write(&path, chain(6_000, &token)).unwrap();
    let report = scanned_in_time(&path);
    assert_eq!(report.ledger.all_read()[&Unit::Object].count, 6_001, "{:?}", report.ledger);
    assert!(report.ledger.complete().is_some(), "{:?}", report.ledger);
    finds(&report, &token);
}
