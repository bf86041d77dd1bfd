//! Archives: what is in them is found, and what cannot be opened is told.

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use token_scan::{Fault, Key, Options, Outcome, Report, Silent, Unit, scan};

use crate::maker::Maker;
use crate::random::Random;
use crate::{KEY, scanned};

/// A file of a zip archive in the making.
pub struct Zipped<'a> {
    name: &'a str,
    contents: &'a [u8],
    deflated: bool,
    flags: u16,
    method: Option<u16>,
}

pub fn zipped<'a>(name: &'a str, contents: &'a [u8]) -> Zipped<'a> {
    Zipped { name, contents, deflated: true, flags: 0, method: None }
}

/// A zip archive, written here so that it can be as odd as a test needs.
pub fn zip(files: &[Zipped<'_>]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for file in files {
        let packed = if file.deflated { deflate(file.contents) } else { file.contents.to_vec() };
        let method = file.method.unwrap_or(if file.deflated { 8 } else { 0 });
        let mut crc = flate2::Crc::new();
        crc.update(file.contents);
        let mut about = Vec::new();
        about.extend([20, 0]);
        about.extend(file.flags.to_le_bytes());
        about.extend(method.to_le_bytes());
        about.extend([0; 4]);
        about.extend(crc.sum().to_le_bytes());
        about.extend(number(packed.len()));
        about.extend(number(file.contents.len()));
        about.extend(&number(file.name.len())[..2]);
        about.extend([0; 2]);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&about);
        directory.extend([0; 10]);
        directory.extend(number(bytes.len()));
        directory.extend(file.name.as_bytes());
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&about);
        bytes.extend(file.name.as_bytes());
        bytes.extend(packed);
    }
    let start = number(bytes.len());
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(&number(files.len())[..2]);
    bytes.extend(&number(files.len())[..2]);
    bytes.extend(number(directory.len()));
    bytes.extend(start);
    bytes.extend([0; 2]);
    bytes
}

fn number(number: usize) -> [u8; 4] {
    u32::try_from(number).expect("a small archive").to_le_bytes()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

pub fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, contents) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(contents.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *contents).expect("memory");
    }
    builder.into_inner().expect("memory")
}

/// Scans one file of this name and these contents.
pub fn scan_of(name: &str, contents: &[u8]) -> Report {
    let root = tempfile::tempdir().expect("a folder");
    fs::write(root.path().join(name), contents).expect("a file");
    scanned(root.path())
}

/// The members with their lines, for a report whose only fault is that it found something.
fn members(report: &Report) -> Vec<(Option<&str>, Option<u64>)> {
    assert!(report.ledger.complete().is_some(), "{:?}", report.ledger);
    report.hits.iter().map(|hit| (hit.member.as_deref(), hit.line)).collect()
}

#[track_caller]
fn fails(report: &Report, fault: Fault) {
    let unread = report.ledger.all_unread();
    assert!(unread.contains_key(&fault), "{fault:?}: {unread:?}");
    assert_eq!(report.outcome(), Outcome::NothingFoundInWhatWasRead);
}

#[test]
fn a_value_in_an_archive_is_found_once_with_its_member() {
    let token = Random::new(60).token();
    let text = format!("\nTOKEN={token}\n");
    let stored = Zipped { deflated: false, ..zipped("b/stored", text.as_bytes()) };
    let archive = zip(&[zipped("a/deflated", text.as_bytes()), stored, zipped("c", b"")]);
    let report = scan_of("a.zip", &archive);
    let expected = [(Some("a/deflated"), Some(2)), (Some("b/stored"), Some(2))];
    assert_eq!(members(&report), expected);
    assert_eq!(report.ledger.all_read()[&Unit::Member].count, 3);
    let report = scan_of("a.tar", &tar(&[("x", b""), ("y/z", text.as_bytes())]));
    assert_eq!(members(&report), [(Some("y/z"), Some(2))]);
    assert_eq!(members(&scan_of("a.gz", &gzip(text.as_bytes()))), [(None, Some(2))]);
}

#[test]
fn archives_in_archives_are_opened_to_a_depth() {
    let token = Random::new(61).token();
    let inner = zip(&[zipped("in.txt", token.as_bytes())]);
    let middle = gzip(&tar(&[("middle.zip", &inner)]));
    let report = scan_of("outer.tar.gz", &middle);
    assert_eq!(members(&report), [(Some("middle.zip!/in.txt"), Some(1))]);
    let mut deep = token.into_bytes();
    for depth in 1..6 {
        deep = zip(&[zipped("next", &deep)]);
        let report = scan_of("deep.zip", &deep);
        if depth <= 4 {
            assert_eq!(members(&report).len(), 1, "{depth}");
        } else {
            fails(&report, Fault::TooDeep);
        }
    }
}

#[test]
fn names_in_archives_are_searched() {
    let token = Random::new(62).token();
    let name = format!("{token}.txt");
    for archive in [zip(&[zipped(&name, b"")]), tar(&[(&name, b"")])] {
        let report = scan_of("a", &archive);
        assert_eq!(members(&report).len(), 1);
        assert!(!report.hits[0].member.as_ref().unwrap().contains(&token[6..30]));
    }
}

#[test]
fn two_entries_of_one_name_are_both_read() {
    let token = Random::new(63).token();
    let archive = zip(&[zipped("same", token.as_bytes()), zipped("same", b"harmless")]);
    assert_eq!(members(&scan_of("a.zip", &archive)).len(), 1);
}

#[test]
fn what_cannot_be_opened_is_told() {
    let token = Random::new(64).token();
    let file = zipped("a", token.as_bytes());
    fails(&scan_of("a.zip", &zip(&[Zipped { flags: 1, ..file }])), Fault::Encrypted);
    let file = zipped("a", token.as_bytes());
    fails(&scan_of("a.zip", &zip(&[Zipped { method: Some(93), ..file }])), Fault::UnknownFormat);
    for start in [&b"\xfd7zXZ\0..."[..], b"BZh91AY&SY", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c"]
    {
        fails(&scan_of("a", start), Fault::UnknownFormat);
    }
    let one = gzip(token.repeat(100).as_bytes());
    for length in [4, 12, one.len() - 1] {
        let report = scan_of("a.gz", &one[..length]);
        assert!(report.ledger.all_unread().contains_key(&Fault::Damaged), "{length}");
    }
}

#[test]
fn a_bomb_is_not_unpacked_to_its_end() {
    let zeros = gzip(&vec![0; 6 << 20]);
    let inside = zip(&[Zipped { deflated: false, ..zipped("bomb.gz", &zeros) }]);
    let mut options = Options::new(Key::new(KEY));
    for archive in [zeros, inside] {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("bomb"), archive).unwrap();
        options.unpacked = 2 << 20;
        let report = scan(&[root.path().to_owned()], &options, &Silent);
        fails(&report, Fault::UnpacksTooLarge);
        options.unpacked = 8 << 20;
        let report = scan(&[root.path().to_owned()], &options, &Silent);
        assert!(matches!(report.outcome(), Outcome::NothingFound(_)), "the control");
    }
}

#[test]
fn no_damaged_archive_is_called_clean() {
    let mut random = Random::new(65);
    let token = random.token();
    let text = format!("{}\n{token}\n", "some text\n".repeat(200));
    let files = [zipped("a", text.as_bytes()), zipped("b", b"other")];
    let archives = [zip(&files), gzip(text.as_bytes()), gzip(&tar(&[("a", text.as_bytes())]))];
    let mut incomplete = 0;
    for nth in 0..300 {
        let mut archive = archives[nth % archives.len()].clone();
        let at = random.below(archive.len());
        if random.below(2) == 0 {
            archive.truncate(at);
        } else {
            archive[at] ^= 1 << random.below(8);
        }
        let report = scan_of("a", &archive);
        if report.ledger.complete().is_none() {
            incomplete += 1;
        } else {
            assert!(!report.hits.is_empty() || archive.len() < 3 || at < 4, "{nth} at {at}");
        }
    }
    assert!(incomplete > 200, "the control: {incomplete}");
}

#[test]
fn an_archive_in_history_is_opened() {
    let (maker, token) = (Maker::new(), Random::new(66).token());
    let made = maker.repository("one", &[]);
    made.commit("a.zip", zip(&[zipped("in", token.as_bytes())]));
    made.commit("a.zip", "gone");
    let report = scanned(&made.path);
    assert_eq!(members(&report), [(Some("in"), Some(1))]);
    let hit = &report.hits[0];
    assert!(hit.object.is_some() && Path::new(hit.repository.as_ref().unwrap()).is_dir());
    assert_eq!((&*hit.path, hit.commit.is_some()), ("a.zip", true));
}
