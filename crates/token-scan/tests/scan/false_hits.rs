//! Files without a token: random bytes, what programs write, and source code about tokens. Nothing in them is a hit.

use std::fs;

use crate::random::Random;
use crate::{progress, scanned};

/// As many lie on the disk at the same time.
const AT_ONCE: usize = 10_000;

/// `FILES=1000000` takes some minutes.
fn files() -> usize {
    std::env::var("FILES").map_or(500, |said| said.parse().expect("a number"))
}

/// Code as people write it around the prefix. Nothing in it is long enough, or else it is words.
const WORDS: [&str; 24] = [
    "entri_",
    "entri_token",
    "entri_api::Client",
    "\"entri_\"",
    "entri_your_token_goes_here",
    "self.entries",
    "entri_xxxxxxxxxxxxxxxxxxxxxxxx",
    "ENTRI_API_TOKEN",
    "let",
    "match",
    "=>",
    "entri_sandbox_server_address",
    "centri_fugal_separator_count",
    "ZW50cmlf",
    "ZW50cmlfdG9rZW4=",
    "/entri_*",
    "sha512-",
    "entri_{16,}",
    "VudHJp",
    "lbnRyaV",
    "if token.startswith('entri_'):",
    "entri_\\n",
    "pub(crate)",
    "entri_1234",
];

/// The bytes of one file: of a kind that its number decides.
fn contents(number: usize, random: &mut Random) -> Vec<u8> {
    const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let length = random.below(6_000);
    let numbers = (0..length / 4).map(|_| random.next());
    match number % 5 {
        0 => numbers.flat_map(u32::to_le_bytes).collect(),
        1 => numbers
            .flat_map(|it| it.to_le_bytes().map(|byte| BASE64[usize::from(byte) % 64]))
            .collect(),
        2 => numbers.flat_map(|it| [b"0123456789abcdef"[it as usize % 16], 0]).collect(),
        3 => {
            numbers.map(|it| WORDS[it as usize % WORDS.len()]).collect::<Vec<_>>().join(" ").into()
        }
        _ => {
            let lines = numbers.map(|it| format!("{} {it:x};\n", WORDS[it as usize % 7 + 8]));
            lines.collect::<Vec<_>>().concat().into()
        }
    }
}

#[test]
fn nothing_in_files_without_a_token_is_a_hit() {
    let mut random = Random::new(90);
    let (all, mut read) = (files(), 0);
    for first in (0..all).step_by(AT_ONCE) {
        let root = tempfile::tempdir().unwrap();
        for number in first..all.min(first + AT_ONCE) {
            let folder = root.path().join((number % 100).to_string());
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(number.to_string()), contents(number, &mut random)).unwrap();
        }
        let report = scanned(root.path());
        assert_eq!(report.hits.first(), None, "of {}", report.hits.len());
        assert!(report.ledger.placeholders > 0, "the control");
        progress("files", all.min(first + AT_ONCE) as u64, all as u64);
        read += report.ledger.all_read()[&token_scan::Unit::File].count;
    }
    // Random bytes may begin as a packed file does, which is told.
    println!("{all} files, {read} of them read completely, no hit");
    assert!(read > all as u64 * 99 / 100);
}
