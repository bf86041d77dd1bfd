//! One object and one file that are large, and how much memory they take: `LARGE=1000000000` makes them of a gigabyte.
//! Nearly all of it is zeros, which take hardly any room on the disk.

#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use token_scan::{Fault, Key, Options, Silent, Watch, scan};

use crate::KEY;
use crate::maker::Maker;
use crate::random::Random;

/// So much memory a scan takes besides what its largest object takes three times.
const BESIDES: u64 = 256_000_000;

/// A scan is stopped at so many moments.
const STOPS: u32 = 10;

fn size() -> u64 {
    std::env::var("LARGE").map_or(32_000_000, |said| said.parse().expect("a number"))
}

/// Writes a file with a value in its middle and another at its end.
fn large(path: &Path, random: &mut Random) {
    let file = File::create(path).expect("a file");
    file.set_len(size()).expect("a sparse file");
    for token in [size() / 2, size() - 46] {
        file.write_all_at(random.token().as_bytes(), token).expect("a value");
    }
}

/// The lines that the command prints, and the most memory that it had in bytes.
fn run(root: &Path) -> (Vec<serde_json::Value>, u64) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_token-scan"));
    let mut child =
        command.arg("--json").arg(root).stdout(Stdio::piped()).spawn().expect("it starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    // Two hits and the ledger fit into the pipe.
    while child.try_wait().expect("it is a child").is_none() {
        let said = fs::read_to_string(&status).unwrap_or_default();
        let line = said.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        peak = peak.max(1024 * kilobytes.unwrap_or_default());
        // The high-water mark only rises, so looking often is enough; looking all the time would take its processor.
        sleep(Duration::from_millis(1));
    }
    let output = child.wait_with_output().expect("it ended");
    let text = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    let lines = text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON"));
    (lines.collect(), peak)
}

/// Says to stop from a moment on.
struct StopsAt(Instant);

impl Watch for StopsAt {
    fn stopped(&self) -> bool {
        Instant::now() >= self.0
    }
}

/// Scans a folder with two values in as much memory as it may take, and then stops at one moment after the other.
#[expect(clippy::print_stdout, reason = "how soon it stops depends on the machine")]
fn holds(what: &str, root: &Path, memory: u64) {
    let (lines, peak) = run(root);
    let [.., last] = &lines[..] else { panic!("{what}: nothing was said") };
    assert_eq!((lines.len(), &last["ledger"]["complete"]), (3, &true.into()), "{what}: {lines:?}");
    assert!(peak > 0 && peak <= memory, "{what}: {peak} bytes of memory, not {memory}");
    let (options, since) = (Options::new(Key::new(KEY)), Instant::now());
    drop(scan(&[root.to_owned()], &options, &Silent));
    let (took, mut slowest, mut stopped) = (since.elapsed(), Duration::ZERO, 0);
    for stop in 0..STOPS {
        let watch = StopsAt(Instant::now() + took * stop / STOPS);
        let report = scan(&[root.to_owned()], &options, &watch);
        slowest = slowest.max(Instant::now().saturating_duration_since(watch.0));
        let is_stopped = report.ledger.all_unread().contains_key(&Fault::Stopped);
        assert!(is_stopped || report.hits.len() == 2, "{what}: {:?}", report.ledger);
        stopped += u32::from(is_stopped);
    }
    assert!(stopped > 0, "the control");
    println!(
        "{what} of {} bytes: {peak} bytes of memory, {stopped} times stopped in {slowest:?}",
        size()
    );
}

#[test]
fn a_large_file_takes_no_memory_for_its_size() {
    let root = tempfile::tempdir().unwrap();
    large(&root.path().join("large"), &mut Random::new(280));
    holds("a file", root.path(), BESIDES);
}

#[test]
fn a_large_object_takes_memory_for_three_of_it() {
    let maker = Maker::new();
    for (how, threshold) in [("an object of its own", "2g"), ("an object in a pack", "1m")] {
        let made = maker.repository(threshold, &[]);
        large(&made.path.join("large"), &mut Random::new(281));
        made.git(&["-c", &format!("core.bigFileThreshold={threshold}"), "add", "large"]);
        made.git(&["commit", "--quiet", "--message", "large"]);
        let packs = fs::read_dir(made.objects().join("pack")).unwrap().count();
        assert_eq!(packs > 0, threshold == "1m", "the control");
        holds(how, &made.path.join(".git"), BESIDES + 3 * size());
    }
}
