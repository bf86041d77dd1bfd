//! A scan that is stopped, or that could not read something, never says that nothing was found.

use std::fs;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use token_scan::{Fault, Hit, Key, Options, Outcome, Unit, Watch, scan};

use crate::KEY;
use crate::maker::Maker;
use crate::random::Random;

/// It says to stop when it has been asked so often.
struct StopsAfter {
    left: AtomicUsize,
    said: AtomicBool,
}

impl Watch for StopsAfter {
    fn stopped(&self) -> bool {
        let left = self.left.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1));
        self.said.fetch_or(left.is_err(), Relaxed);
        left.is_err()
    }
}

#[test]
fn a_stopped_scan_is_never_complete() {
    let root = tempfile::tempdir().unwrap();
    for name in 0..6 {
        fs::write(root.path().join(name.to_string()), vec![0; 9 << 17]).unwrap();
    }
    let mut complete = 0;
    for asked in 0..30 {
        let watch = StopsAfter { left: AtomicUsize::new(asked), said: AtomicBool::new(false) };
        let options = Options::new(Key::new(KEY));
        let report = scan(&[root.path().to_owned()], &options, &watch);
        if !watch.said.into_inner() {
            complete += 1;
            continue;
        }
        assert!(report.ledger.all_unread().contains_key(&Fault::Stopped), "after {asked}");
        assert_eq!(report.outcome(), Outcome::NothingFoundInWhatWasRead);
    }
    assert!(complete > 0, "the control: no scan came to its end");
}

/// Counts what it is told.
#[derive(Default)]
struct Counts {
    hits: AtomicUsize,
    bytes: AtomicUsize,
    expected: AtomicUsize,
}

impl Watch for Counts {
    fn found(&self, _hit: &Hit) {
        self.hits.fetch_add(1, Relaxed);
    }

    fn expected(&self, bytes: u64) {
        self.expected.fetch_add(usize::try_from(bytes).expect("a small file"), Relaxed);
    }

    fn read(&self, bytes: u64) {
        self.bytes.fetch_add(usize::try_from(bytes).expect("a small file"), Relaxed);
    }
}

#[test]
fn the_caller_is_told_of_every_hit_and_of_every_byte() {
    let (root, mut random) = (tempfile::tempdir().unwrap(), Random::new(7));
    let mut bytes = 0;
    for name in 0..50 {
        let text = format!("{} {}", random.token(), random.token());
        bytes += text.len();
        fs::write(root.path().join(name.to_string()), text).unwrap();
    }
    let (watch, options) = (Counts::default(), Options::new(Key::new(KEY)));
    let report = scan(&[root.path().to_owned()], &options, &watch);
    assert_eq!(
        (report.hits.len(), watch.hits.into_inner(), watch.bytes.into_inner()),
        (100, 100, bytes)
    );
}

#[test]
fn what_is_read_comes_to_what_was_expected() {
    let (maker, mut random) = (Maker::new(), Random::new(9));
    let made = maker.repository("one", &[]);
    for at in 0..30 {
        made.commit("a", format!("{at} {} {at}", random.token().repeat(50)));
    }
    made.git(&["repack", "-adq"]);
    let archive = [b"PK\x05\x06".as_slice(), &[0; 18]].concat();
    made.write("empty.zip", archive);
    let watch = Counts::default();
    let report = scan(&[made.path], &Options::new(Key::new(KEY)), &watch);
    assert!(report.ledger.complete().is_some(), "{:?}", report.ledger);
    let (read, expected) = (watch.bytes.into_inner(), watch.expected.into_inner());
    assert!(read == expected && read > 3000, "{read} of {expected}");
}

#[test]
fn a_scan_that_is_stopped_in_history_counts_every_object() {
    let (maker, mut random) = (Maker::new(), Random::new(10));
    let made = maker.repository("one", &[]);
    let lines: Vec<_> = (0..100).map(|_| random.next().to_string()).collect();
    for at in 0..12 {
        let mut lines = lines.clone();
        lines[at] = "changed".to_owned();
        made.commit("a", lines.join("\n"));
    }
    made.git(&["repack", "-adfq"]);
    made.commit("b", "loose");
    let folder = made.path.join(".git");
    let options = Options { threads: 1, ..Options::new(Key::new(KEY)) };
    let whole = scan(std::slice::from_ref(&folder), &options, &Counts::default());
    let objects = whole.ledger.all_read()[&Unit::Object].count;
    assert!(objects == 39 && whole.ledger.complete().is_some(), "{:?}", whole.ledger);
    let mut partly = 0;
    for asked in 0..200 {
        let watch = StopsAfter { left: AtomicUsize::new(asked), said: AtomicBool::new(false) };
        let ledger = scan(std::slice::from_ref(&folder), &options, &watch).ledger;
        let read = ledger.all_read().get(&Unit::Object).map_or(0, |tally| tally.count);
        let stopped = ledger.all_unread().get(&Fault::Stopped).map_or(0, |it| it.tally.count);
        assert_eq!(stopped > 0, watch.said.into_inner() && read < objects, "after {asked}");
        assert!(read == 0 || read + stopped >= objects, "after {asked}: {read} and {stopped}");
        partly += u64::from(read > 0 && read < objects);
    }
    assert!(partly > 20, "the control: {partly}");
}
