//! How a scan ends, and what is said of it then: never that nothing was found where something wasn't read.

use std::fs;
use std::os::unix::fs::symlink;
use std::time::Instant;

use token_desk::{Error, ScanNow};

use super::{Made, ended, git};
use crate::support::{Bench, alone, now};

pub const CLEAN: &str = "Nothing found";
/// The beginning of a packed file.
const GZIP: [u8; 13] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3];

/// A name, and what makes a folder incomplete.
type Damage = (&'static str, fn(&Made));

/// Asserts that the words can't be taken for an all-clear.
pub fn is_no_all_clear(scan: &ScanNow) {
    assert_ne!(scan.title, CLEAN);
    assert!(scan.partial && scan.title.contains("what"), "{}", scan.title);
}

#[test]
fn nothing_found_is_said_only_where_everything_was_read() {
    alone(async {
        let bench = Bench::loaded().await;
        let made = Made::new();
        let scan = made.scanned(&bench.desk).await;
        assert_eq!((&*scan.title, scan.partial), ("Nothing to scan", false));
        made.repository("web", "a.txt", "nothing");
        symlink("/etc", made.path().join("link")).unwrap();
        let scan = made.scanned(&bench.desk).await;
        let outside = format!("{CLEAN} outside of what was skipped");
        assert_eq!((&*scan.title, scan.partial), (&*outside, false));
        let ledger = scan.ledger.unwrap();
        assert_eq!((ledger.skipped, &*ledger.unread), (1, ""));
        assert_eq!(ledger.left_out, "1 symbolic link");
        assert_eq!(ledger.rules, ["1 symbolic link"]);
        assert!(ledger.read.ends_with(" and 3 Git objects"), "{}", ledger.read);
    });
}

/// Each of these makes a scan that found nothing incomplete, in another way.
#[test]
fn the_wrong_sentence_cannot_be_made() {
    let damages: [Damage; 5] = [
        ("a damaged archive", |made| drop(made.write("a.gz", GZIP))),
        ("an unknown format", |made| drop(made.write("a.xz", b"\xfd7zXZ\0rest"))),
        ("a missing object", |made| {
            made.repository("web", "a.txt", "nothing");
            fs::remove_file(made.path().join("web/.git").join(object(made))).unwrap();
        }),
        ("missing alternates", |made| {
            made.repository("web", "a.txt", "nothing");
            made.write("web/.git/objects/info/alternates", "/no/such/folder\n");
        }),
        ("a cut pack", |made| {
            made.repository("web", "a.txt", "nothing");
            git(&made.path().join("web"), &["repack", "-a", "-d", "--quiet"]);
            for entry in fs::read_dir(made.path().join("web/.git/objects/pack")).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|it| it == "pack") {
                    let bytes = fs::read(&path).unwrap();
                    fs::remove_file(&path).unwrap();
                    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
                }
            }
        }),
    ];
    alone(async {
        let bench = Bench::loaded().await;
        for (name, damage) in damages {
            let made = Made::new();
            made.write("plain.txt", "nothing");
            damage(&made);
            let scan = made.scanned(&bench.desk).await;
            println!("{name}: {}", scan.title);
            is_no_all_clear(&scan);
            let ledger = scan.ledger.unwrap();
            assert!(!ledger.unread.is_empty() && !ledger.faults.is_empty(), "{name}");
            assert!(scan.title.contains(&ledger.unread), "{name}: {}", scan.title);
        }
    });
}

/// The file of the blob.
fn object(made: &Made) -> String {
    let ran = std::process::Command::new("git")
        .args(["rev-parse", "HEAD:a.txt"])
        .current_dir(made.path().join("web"))
        .output();
    let id = String::from_utf8(ran.unwrap().stdout).unwrap();
    format!("objects/{}/{}", &id[..2], id[2..].trim())
}

#[test]
fn a_canceled_scan_ends_at_once_and_is_no_all_clear() {
    alone(async {
        let bench = Bench::loaded().await;
        let made = Made::new();
        for file in 0..200 {
            made.write(&format!("{file}"), vec![b'x'; 1 << 20]);
        }
        let (desk, path) = (&bench.desk, made.path().to_string_lossy().into_owned());
        desk.scan_folder(&path, None, now()).await.unwrap();
        let second = desk.scan_folder(&path, None, now()).await;
        assert!(matches!(second, Err(Error::Form(why)) if why.contains("A scan is running")));
        let running = desk.scan(None, now()).await.unwrap().unwrap();
        assert!(running.progress.is_some() && running.title == "Scanning…", "{running:?}");
        let begun = Instant::now();
        desk.cancel_scan();
        let scan = desk.scan(None, now()).await.unwrap().unwrap();
        let took = begun.elapsed();
        assert!(scan.progress.is_none(), "it counts as ended");
        is_no_all_clear(&scan);
        assert!(took.as_millis() < 100, "{took:?}");
        is_no_all_clear(&ended(desk).await);
        desk.scan_folder(&path, None, now()).await.unwrap();
        assert_eq!(ended(desk).await.title, CLEAN, "the next one isn't canceled");
    });
}

#[test]
fn a_scan_needs_a_full_path_to_something() {
    alone(async {
        let bench = Bench::loaded().await;
        for (path, why) in [("src", "full path"), ("", "full path"), ("/no/such", "nothing at")] {
            let refused = bench.desk.scan_folder(path, None, now()).await;
            assert!(matches!(refused, Err(Error::Form(told)) if told.contains(why)), "{path}");
        }
        assert!(bench.desk.scan(None, now()).await.unwrap().is_none());
    });
}

#[test]
fn the_usual_places_are_read_and_the_apps_own_data_is_skipped() {
    alone(async {
        let bench = Bench::loaded().await;
        let value = "entri_7h2Kq9ZpVw3Lm5Xc8Rb1Td6nobody";
        let home = Made::new();
        for place in [".bash_history", ".nt3/config.json", ".docker/config.json"] {
            home.write(place, format!("export TOKEN={value}"));
        }
        home.write("Documents/a.txt", value);
        bench.desk.scan_usual_places(home.path(), now()).await.unwrap();
        let scan = ended(&bench.desk).await;
        assert_eq!(scan.tokens[0].count, 3, "{scan:#?}");

        fs::write(bench.folder.path().join("report.csv"), value).unwrap();
        let path = bench.folder.path().to_string_lossy().into_owned();
        bench.desk.scan_folder(&path, None, now()).await.unwrap();
        let scan = ended(&bench.desk).await;
        assert!(scan.tokens.is_empty(), "{scan:#?}");
        assert_eq!(scan.ledger.unwrap().rules, ["1 folder of this app"]);
    });
}
