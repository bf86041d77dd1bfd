//! Every place in a repository that can hold a token, in every kind of clone.

use std::fs;

use token_scan::{Fault, Kind, Outcome, Report, Rule, Unit};

use crate::maker::{Made, Maker, in_objects};
use crate::random::Random;
use crate::scanned;

/// Whether a scan found the value in a place of this kind.
fn found(report: &Report, kind: Kind, value: &str) -> bool {
    let end = &value[value.len() - 4..];
    report.hits.iter().any(|hit| hit.kind == kind && hit.token.ends_with(end))
}

/// Puts a token into each of the places that Git has, and tells which.
fn fill(made: &Made, random: &mut Random) -> Vec<(Kind, String)> {
    let mut tokens: Vec<_> = (0..11).map(|_| random.token()).collect();
    let mut next = |kind: Kind| (kind, tokens.pop().expect("enough tokens"));
    let mut places = Vec::new();
    let mut place = |kind: Kind| {
        places.push(next(kind));
        places.last().expect("it was pushed").1.clone()
    };
    made.commit("a.txt", "nothing\n");
    made.commit("secret.env", place(Kind::Blob));
    made.commit("secret.env", "removed again\n");
    made.git(&["commit", "--quiet", "--allow-empty", "--message", &place(Kind::Commit)]);
    made.git(&["tag", "--annotate", "v1", "--message", &place(Kind::Tag)]);
    made.git(&["notes", "add", "--message", &place(Kind::Blob)]);
    made.write("a.txt", place(Kind::Blob));
    made.git(&["stash", "push", "--quiet"]);
    made.commit("b.txt", place(Kind::Blob));
    made.write("b.txt", "amended\n");
    made.git(&["commit", "--quiet", "--all", "--amend", "--message", "amended"]);
    made.write("c.txt", place(Kind::Blob));
    made.git(&["add", "c.txt"]);
    made.git(&["rm", "--quiet", "--force", "c.txt"]);
    let name = place(Kind::Tree);
    made.commit(&format!("{name}.txt"), "a name\n");
    made.git(&["rm", "--quiet", &format!("{name}.txt")]);
    made.git(&["commit", "--quiet", "--message", "removed"]);
    made.git(&["branch", &place(Kind::Name)]);
    made.git(&["remote", "add", "origin", &format!("https://{}@host/", place(Kind::File))]);
    made.git(&["update-ref", "-m", &place(Kind::File), "--create-reflog", "refs/x", "HEAD"]);
    places
}

#[test]
fn a_token_is_found_wherever_git_keeps_one() {
    let (maker, mut random) = (Maker::new(), Random::new(20));
    let made = maker.repository("one", &[]);
    let places = fill(&made, &mut random);
    for state in ["loose", "packed"] {
        let report = scanned(&made.path);
        for (kind, value) in &places {
            assert!(found(&report, *kind, value), "{state}: {kind:?} of {places:?}");
        }
        assert_eq!(in_objects(&report), made.oracle(), "{state}");
        assert!(report.ledger.complete().is_some(), "{state}: {:?}", report.ledger);
        made.git(&["repack", "-adkq"]);
        made.git(&["prune-packed"]);
    }
    assert!(made.says(&["count-objects"]).starts_with("0 "), "everything is packed");
}

#[test]
fn a_hit_in_history_has_its_first_commit_and_its_path() {
    let (maker, mut random) = (Maker::new(), Random::new(30));
    let made = maker.repository("one", &[]);
    let (kept, amended, staged) = (random.token(), random.token(), random.token());
    made.commit("a", "nothing");
    made.commit("deep/er/secret.env", &kept);
    let first = made.says(&["rev-parse", "HEAD"]);
    // A clock that was wrong makes no later commit the first one.
    let wrong = ["commit", "--quiet", "--allow-empty", "--date=2001-01-01T00:00:00Z"];
    made.git(&[&wrong[..], &["--message", "wrong"]].concat());
    made.git(&["tag", "--annotate", "v1", "--message", "a tag"]);
    made.git(&["mv", "deep/er/secret.env", "moved.env"]);
    made.commit("a", "moved");
    made.git(&["checkout", "--quiet", "-b", "side", "HEAD~2"]);
    made.commit("c", &amended);
    let dropped = made.says(&["rev-parse", "HEAD"]);
    made.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    made.write("d", &staged);
    made.git(&["add", "d"]);
    for _ in 0..2 {
        let report = scanned(&made.path.join(".git"));
        let of = |value: &str| {
            let hit = report.hits.iter().find(|hit| hit.token.ends_with(&value[value.len() - 4..]));
            hit.expect("it is found")
        };
        let commit = of(&kept).commit.as_ref().expect("a commit");
        assert_eq!((&*of(&kept).path, &commit.id), ("deep/er/secret.env", &first));
        assert_eq!(commit.names, ["refs/heads/main", "refs/heads/side", "refs/tags/v1"]);
        assert_eq!(commit.author, "A Test");
        assert!(commit.made > 1_500_000_000, "{}", commit.made);
        let commit = of(&amended).commit.as_ref().expect("a commit");
        assert_eq!((&*of(&amended).path, &commit.id, commit.names.len()), ("c", &dropped, 0));
        let hit = of(&staged);
        assert_eq!((&*hit.path, &hit.commit), ("", &None));
        made.git(&["repack", "-adkq"]);
    }
}

#[test]
fn a_bare_mirror_is_a_repository_whatever_its_name() {
    let (maker, mut random) = (Maker::new(), Random::new(21));
    fill(&maker.repository("one", &[]), &mut random);
    maker.git(&["clone", "--quiet", "--mirror", "one", "mirror"]);
    let mirror = maker.at("mirror");
    let report = scanned(&mirror.path);
    assert_eq!(in_objects(&report), mirror.oracle());
    assert!(in_objects(&report).len() >= 6 && report.ledger.complete().is_some());
}

#[test]
fn a_linked_worktree_leads_to_the_whole_history() {
    let (maker, mut random) = (Maker::new(), Random::new(22));
    let made = maker.repository("one", &[]);
    fill(&made, &mut random);
    made.git(&["worktree", "add", "--quiet", "../linked"]);
    let report = scanned(&maker.root().join("linked"));
    assert_eq!(in_objects(&report), made.oracle());
    assert!(report.ledger.complete().is_some());
    let both = scanned(maker.root());
    assert_eq!(in_objects(&both), made.oracle());
}

#[test]
fn a_submodule_leads_to_its_own_history() {
    let (maker, mut random) = (Maker::new(), Random::new(23));
    let inner = maker.repository("inner", &[]);
    inner.commit("a", random.token());
    inner.commit("a", "gone");
    let outer = maker.repository("outer", &[]);
    outer.git(&["submodule", "--quiet", "add", "../inner", "sub"]);
    outer.git(&["commit", "--quiet", "--message", "a submodule"]);
    for path in ["outer", "outer/sub"] {
        let report = scanned(&maker.root().join(path));
        assert_eq!(in_objects(&report), inner.oracle(), "{path}");
        assert!(report.ledger.complete().is_some(), "{path}: {:?}", report.ledger);
    }
}

#[test]
fn alternates_belong_to_the_history() {
    let (maker, mut random) = (Maker::new(), Random::new(24));
    let one = maker.repository("one", &[]);
    one.commit("a", random.token());
    maker.git(&["clone", "--quiet", "--shared", "one", "two"]);
    let two = maker.at("two");
    two.commit("b", random.token());
    let report = scanned(&two.path);
    assert_eq!(in_objects(&report), two.oracle());
    assert!(report.ledger.complete().is_some());
    fs::rename(&one.path, maker.root().join("moved")).unwrap();
    let report = scanned(&two.path);
    let unread = report.ledger.all_unread();
    assert_eq!(unread[&Fault::Missing].tally.count, 1);
    assert!(unread[&Fault::MissingObject].tally.count >= 2, "{unread:?}");
}

#[test]
fn the_ids_of_sha_256_are_ids_as_well() {
    let (maker, mut random) = (Maker::new(), Random::new(25));
    let made = maker.repository("one", &["--object-format=sha256"]);
    fill(&made, &mut random);
    for _ in 0..2 {
        let report = scanned(&made.path);
        assert_eq!(in_objects(&report), made.oracle());
        assert!(report.ledger.complete().is_some(), "{:?}", report.ledger);
        made.git(&["gc", "--quiet"]);
    }
}

#[test]
fn what_a_shallow_clone_left_out_could_not_be_read() {
    let (maker, mut random) = (Maker::new(), Random::new(26));
    let one = maker.repository("one", &[]);
    one.commit("a", random.token());
    one.commit("a", "gone");
    let from = format!("file://{}", one.path.display());
    maker.git(&["clone", "--quiet", "--depth=1", &from, "two"]);
    let report = scanned(&maker.root().join("two"));
    assert_eq!(report.outcome(), Outcome::NothingFoundInWhatWasRead);
    let unread = report.ledger.all_unread();
    assert_eq!((unread.len(), unread[&Fault::NotFetched].tally.count), (1, 1), "{unread:?}");
}

#[test]
fn what_a_partial_clone_left_out_could_not_be_read() {
    let (maker, mut random) = (Maker::new(), Random::new(27));
    let one = maker.repository("one", &[]);
    one.commit("a", random.token());
    one.commit("a", "gone");
    one.git(&["config", "uploadpack.allowFilter", "true"]);
    let from = format!("file://{}", one.path.display());
    maker.git(&["clone", "--quiet", "--filter=blob:none", &from, "two"]);
    let report = scanned(&maker.root().join("two"));
    assert_eq!(report.outcome(), Outcome::NothingFoundInWhatWasRead);
    assert_eq!(report.ledger.all_unread()[&Fault::NotFetched].tally.count, 1);
}

#[test]
fn a_pack_is_read_without_its_index() {
    let (maker, mut random) = (Maker::new(), Random::new(28));
    let made = maker.repository("one", &[]);
    let text = (0..400).map(|line| format!("line {line}\n")).collect::<Vec<_>>().concat();
    for at in 0..20 {
        made.commit("a", text.replace(&format!("line {at}\n"), &random.token()));
    }
    for offsets in ["true", "false"] {
        let setting = format!("repack.useDeltaBaseOffset={offsets}");
        made.git(&["-c", &setting, "repack", "-adfq", "--depth=50"]);
        let whole = scanned(&made.path);
        let oracle = made.oracle();
        let pack = made.objects().join("pack");
        for entry in fs::read_dir(&pack).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.extension().is_some_and(|end| end == "idx") {
                fs::rename(&entry, entry.with_extension("away")).unwrap();
            }
        }
        let report = scanned(&made.path);
        assert_eq!(in_objects(&report), oracle, "{offsets}");
        assert_eq!(report.ledger.all_read()[&Unit::Object], whole.ledger.all_read()[&Unit::Object]);
        assert!(report.ledger.complete().is_some(), "{:?}", report.ledger);
        for entry in fs::read_dir(&pack).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.extension().is_some_and(|end| end == "away") {
                fs::rename(&entry, entry.with_extension("idx")).unwrap();
            }
        }
    }
}

#[test]
fn tables_that_repeat_the_packs_are_skipped_and_counted() {
    let (maker, mut random) = (Maker::new(), Random::new(29));
    let made = maker.repository("one", &[]);
    made.commit("a", random.token());
    made.git(&["repack", "-adqb", "--write-midx"]);
    made.git(&["commit-graph", "write", "--reachable"]);
    let report = scanned(&made.path);
    assert!(report.ledger.all_skipped()[&Rule::Repeated].count >= 3, "{:?}", report.ledger);
    assert!(report.ledger.complete().is_some());
}

#[test]
fn a_bundle_and_a_lone_pack_are_opened() {
    let (maker, mut random) = (Maker::new(), Random::new(31));
    for format in ["sha1", "sha256"] {
        let made = maker.repository(format, &[&format!("--object-format={format}")]);
        let places = fill(&made, &mut random);
        made.git(&["bundle", "create", "--quiet", "../all.bundle", "--all"]);
        let report = scanned(&maker.root().join("all.bundle"));
        assert!(report.ledger.complete().is_some(), "{:?}", report.ledger);
        for (kind, value) in places {
            let is_reached = !matches!(kind, Kind::File | Kind::Blob);
            assert!(!is_reached || kind == Kind::Name || found(&report, kind, &value), "{kind:?}");
        }
        assert!(in_objects(&report).is_subset(&made.oracle()) && in_objects(&report).len() > 4);
        fs::remove_file(maker.root().join("all.bundle")).unwrap();
    }
    let made = maker.at("sha1");
    made.git(&["repack", "-adkq"]);
    let packs = fs::read_dir(made.objects().join("pack")).unwrap();
    let mut paths = packs.map(|entry| entry.unwrap().path());
    let pack = paths.find(|path| path.extension().is_some_and(|end| end == "pack")).unwrap();
    let copy = maker.root().join("saved");
    fs::copy(pack, &copy).unwrap();
    let found = in_objects(&scanned(&copy));
    assert!(found.is_subset(&made.oracle()) && found.len() > 6, "{found:?}");
    fs::write(&copy, &fs::read(&copy).unwrap()[..200]).unwrap();
    assert!(scanned(&copy).ledger.all_unread().contains_key(&Fault::Damaged));
}

#[test]
fn names_in_an_index_that_writes_them_in_parts_are_found() {
    let (maker, token) = (Maker::new(), Random::new(32).token());
    let made = maker.repository("one", &[]);
    made.git(&["update-index", "--index-version", "4"]);
    for name in [&token[..20], &token] {
        made.write(name, "");
        made.git(&["add", name]);
    }
    fs::remove_file(made.path.join(&token)).unwrap();
    assert!(found(&scanned(&made.path), Kind::Name, &token));
}

#[test]
fn tables_of_names_that_are_not_known_are_told() {
    let maker = Maker::new();
    let made = maker.at("one");
    // Older versions of Git can't make them.
    if maker.git(&["version"]) < b"git version 2.45".to_vec() {
        return;
    }
    maker.git(&["init", "--quiet", "--ref-format=reftable", "one"]);
    made.commit("a", "nothing");
    assert!(scanned(&made.path).ledger.all_unread().contains_key(&Fault::UnknownFormat));
}
