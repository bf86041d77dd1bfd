//! One folder with a token in each of twenty-six places, and copies of its repository of every kind.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use token_scan::{Key, Options, Report, Silent, scan_text};

use crate::maker::{Made, Maker};
use crate::random::Random;
use crate::{KEY, scanned};

/// The tokens by the names of their places.
#[derive(Clone)]
pub struct Places {
    random: Random,
    pub all: BTreeMap<&'static str, String>,
}

impl Places {
    pub fn new(seed: u64) -> Self {
        Self { random: Random::new(seed), all: BTreeMap::new() }
    }

    fn token(&mut self, place: &'static str) -> String {
        let token = self.random.token();
        assert!(self.all.insert(place, token.clone()).is_none(), "{place} is there twice");
        token
    }

    /// The places whose tokens a scan did not find.
    pub fn missed(&self, report: &Report) -> Vec<&'static str> {
        let options = Options::new(Key::new(KEY));
        let is_missed = |token: &str| {
            let alone = scan_text(token.as_bytes(), &options, &Silent);
            let fingerprint = alone.hits[0].fingerprint;
            report.hits.iter().all(|hit| hit.fingerprint != fingerprint)
        };
        let missed = self.all.iter().filter(|(_, token)| is_missed(token));
        missed.map(|(place, _)| *place).collect()
    }
}

pub fn wide(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

pub fn base64(bytes: &[u8]) -> String {
    let alphabet: Vec<char> =
        ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
    let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect::<Vec<_>>().concat();
    let six = |bits: &[u8]| {
        let text = format!("{:0<6}", String::from_utf8_lossy(bits));
        alphabet[usize::from_str_radix(&text, 2).expect("bits")]
    };
    bits.as_bytes().chunks(6).map(six).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// A zip archive with one stored file.
fn zip(contents: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(contents);
    let size = u32::try_from(contents.len()).expect("a small file").to_le_bytes();
    let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(contents).expect("memory");
    let packed = packed.finish().expect("memory");
    let packed_size = u32::try_from(packed.len()).expect("a small file").to_le_bytes();
    let crc = crc.sum().to_le_bytes();
    let about =
        [&b"\x14\0\0\0\x08\0\0\0\0\0"[..], &crc, &packed_size, &size, &[1, 0, 0, 0]].concat();
    let local = [b"PK\x03\x04", &about[..], b"a", &packed].concat();
    let directory = [b"PK\x01\x02\x14\0", &about[..], &[0; 14], b"a"].concat();
    let place = u32::try_from(local.len()).expect("a small file").to_le_bytes();
    let length = u32::try_from(directory.len()).expect("a small file").to_le_bytes();
    let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0", &length[..], &place, &[0, 0]].concat();
    [local, directory, end].concat()
}

/// What every clone has, because a branch, a tag or a note leads to it.
pub fn fill_history(made: &Made, places: &mut Places) {
    made.commit("a.txt", "nothing\n");
    let message = places.token("commit message");
    made.git(&["commit", "--quiet", "--allow-empty", "--message", &message]);
    made.git(&["tag", "--annotate", "v1", "--message", &places.token("tag message")]);
    made.git(&["notes", "add", "--message", &places.token("note")]);
    made.commit("windows.txt", wide(&places.token("UTF-16 file"), u16::to_le_bytes));
    made.commit("java.properties", wide(&places.token("UTF-16 BE file"), u16::to_be_bytes));
    made.commit("secret.yaml", format!("data: {}\n", base64(places.token("Base64").as_bytes())));
    let cell =
        format!("{{\"cells\":[{{\"source\":[\"key = '{}'\\n\"]}}]}}", places.token("notebook"));
    made.commit("notebook.ipynb", cell);
    made.commit("a.zip", zip(format!("in {}", places.token("zip")).as_bytes()));
    made.commit("a.gz", gzip(format!("in {}", places.token("gz")).as_bytes()));
    let binary = [[0_u8, 255].repeat(700_000), places.token("tail of a binary").into()].concat();
    made.commit("binary", binary);
    made.commit(&format!("names/{}", places.token("path name")), "a name\n");
    made.commit("old.txt", [b"caf\xe9 \x96 ", places.token("Windows-1252").as_bytes()].concat());
    made.git(&["rm", "--quiet", "-r", "names", "binary", "a.zip", "a.gz", "secret.yaml"]);
    made.git(&["commit", "--quiet", "--message", "all gone"]);
}

/// What only this repository has.
fn fill_folder(maker: &Maker, made: &Made, places: &mut Places) {
    made.write("a.txt", places.token("stash"));
    made.git(&["stash", "push", "--quiet"]);
    made.commit("b.txt", places.token("amended away"));
    made.write("b.txt", "amended\n");
    made.git(&["commit", "--quiet", "--all", "--amend", "--message", "amended"]);
    made.commit("c.txt", places.token("reflog only"));
    made.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    made.write("d.txt", places.token("staged then unstaged"));
    made.git(&["add", "d.txt"]);
    made.git(&["rm", "--quiet", "--force", "d.txt"]);
    let address = format!("https://x:{}@host/", places.token("remote address"));
    made.git(&["remote", "add", "other", &address]);
    made.git(&["config", "http.extraHeader", &format!("x-api-key: {}", places.token("config"))]);
    made.git(&["branch", &places.token("name of a packed branch")]);
    made.git(&["pack-refs", "--all"]);
    made.write(".gitignore", ".env\n");
    made.write(".env", places.token("ignored .env"));
    made.write(".git/lfs/objects/ab/cd/abcd", places.token("LFS store"));
    let history = format!(": 1700000000:0;export KEY={}\n", places.token("shell history"));
    fs::write(maker.root().join(".zsh_history"), history).expect("a file");
    fill_others(maker, made, places);
}

/// What lies in other repositories, to which this one leads.
fn fill_others(maker: &Maker, made: &Made, places: &mut Places) {
    let lender = maker.repository("lender", &[]);
    lender.commit("a", places.token("alternates"));
    lender.commit("a", "gone");
    let objects = lender.objects();
    let line = format!("{}\n", objects.display());
    made.write(".git/objects/info/alternates", line);
    let sub = maker.repository("inner", &[]);
    sub.commit("a", places.token("submodule"));
    sub.commit("a", "gone");
    made.git(&["submodule", "--quiet", "add", "../inner", "sub"]);
    fs::remove_dir_all(&sub.path).expect("it was cloned");
    let bundled = maker.repository("bundled", &[]);
    bundled.commit("a", places.token("bundle"));
    bundled.git(&["bundle", "create", "--quiet", "../one/all.bundle", "--all"]);
    fs::remove_dir_all(&bundled.path).expect("it was bundled");
    made.git(&["worktree", "add", "--quiet", "../linked"]);
    let linked = maker.root().join("linked/.env");
    fs::write(linked, places.token("linked worktree")).expect("a file");
}

fn scanned_at(maker: &Maker, name: &str) -> Report {
    scanned(&maker.root().join(name))
}

#[test]
fn a_token_is_found_in_each_of_its_places() {
    let maker = Maker::new();
    let mut places = Places::new(80);
    let made = maker.repository("one", &[]);
    fill_history(&made, &mut places);
    let in_history = places.clone();
    maker.git(&["clone", "--quiet", "--mirror", "one", "mirror"]);
    fill_folder(&maker, &made, &mut places);
    assert_eq!(places.all.len(), 26);
    let report = scanned(maker.root());
    assert_eq!((places.missed(&report), report.ledger.complete().is_some()), (vec![], true));
    made.git(&["submodule", "--quiet", "absorbgitdirs"]);
    made.git(&["gc", "--quiet"]);
    let report = scanned(maker.root());
    assert_eq!(places.missed(&report), Vec::<&str>::new(), "packed");
    for copy in ["mirror", "linked", "one"] {
        assert_eq!(in_history.missed(&scanned_at(&maker, copy)), Vec::<&str>::new(), "{copy}");
    }
    let from_linked = places.missed(&scanned_at(&maker, "linked"));
    // These are files beside the other worktree.
    assert_eq!(from_linked, ["bundle", "ignored .env", "shell history"]);
    assert!(Path::new(&maker.root().join("one/.git")).is_dir());
}
