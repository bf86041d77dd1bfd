//! Packs and their indexes, which come from whoever made a repository.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use sha1::{Digest, Sha1};
use token_scan::{Hit, Report, Silent, scan};

use super::{check, options};

/// A pack with deltas and tokens in it.
const PACK: &[u8] = include_bytes!("small.pack");

/// Any bytes as a pack are searched to where they make no sense.
///
/// # Panics
/// Where nothing says whether they were.
pub fn leak_pack(bytes: &[u8]) {
    let report = scanned(bytes, None);
    check(&report, &[]);
    let (read, unread) = (report.ledger.all_read(), report.ledger.all_unread());
    assert!(read.len() > 2 || !unread.is_empty() || !has_objects(bytes), "the ledger has it");
}

/// Whatever the index of a pack says, either all objects are read or some are told not to be.
///
/// # Panics
/// Where something is missing and nothing says so.
pub fn leak_index(bytes: &[u8]) {
    let index = [bytes, &Sha1::digest(bytes)].concat();
    let (with, without) = (scanned(PACK, Some(&index)), scanned(PACK, None));
    assert!(without.ledger.complete().is_some(), "the control: {:?}", without.ledger);
    if with.ledger.complete().is_some() {
        assert_eq!(tokens(&with), tokens(&without), "{:?}", with.ledger);
    }
}

fn tokens(report: &Report) -> BTreeSet<&str> {
    let of_history = |hit: &&Hit| hit.object.is_some();
    report.hits.iter().filter(of_history).map(|hit| hit.token.as_str()).collect()
}

/// Whether the beginning of a pack says that it has any objects.
fn has_objects(pack: &[u8]) -> bool {
    !pack.starts_with(b"PACK\0\0\0") || pack.get(8..12) != Some(&[0; 4])
}

/// Scans a repository that has nothing but this pack.
fn scanned(pack: &[u8], index: Option<&[u8]>) -> Report {
    let root = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = root.path().join(name);
        let folder = path.parent().unwrap_or(Path::new("/"));
        fs::create_dir_all(folder).and_then(|()| fs::write(&path, bytes)).expect("a file");
    };
    write("HEAD", b"ref: refs/heads/main\n");
    write("objects/pack/pack-1.pack", pack);
    if let Some(index) = index {
        write("objects/pack/pack-1.idx", index);
    }
    scan(&[root.path().to_owned()], &options(), &Silent)
}
