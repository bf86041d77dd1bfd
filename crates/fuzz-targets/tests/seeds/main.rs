//! Every target with its seeds, and with inputs derived from them: the same ones in every run.

mod mutation;

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use fuzz_targets::{TARGETS, Target};
use mutation::Mutation;

/// Inputs derived for each target. All of them take a few seconds in a debug build.
const INPUTS: usize = 2_000;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

/// The files of a folder by their name without its ending, in the order of names.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect()
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = fuzz().join("seeds").join(target);
    names(&folder).iter().map(|name| fs::read(folder.join(name)).expect("a seed")).collect()
}

fn run(name: &str, target: Target, input: &[u8]) {
    let held = catch_unwind(|| target(input)).is_ok();
    assert!(held, "{name} fails for b\"{}\"", input.escape_ascii());
}

#[test]
fn every_target_has_its_program_and_its_seeds() {
    let targets: BTreeSet<_> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names(&fuzz().join("fuzz_targets")), targets);
    assert_eq!(names(&fuzz().join("seeds")), targets);
}

#[test]
fn what_is_promised_holds_for_every_seed() {
    for (name, target) in TARGETS {
        let seeds = seeds(name);
        assert!(seeds.len() >= 10, "{name} has its seeds");
        for seed in seeds {
            run(name, target, &seed);
        }
    }
}

#[test]
fn what_is_promised_holds_for_what_is_made_from_them() {
    for (name, target) in TARGETS {
        let mut mutation = Mutation::of(seeds(name));
        // These unpack, which takes a debug build long, and write files.
        let inputs = if name.starts_with("leak_") { INPUTS / 20 } else { INPUTS };
        for _ in 0..inputs {
            run(name, target, &mutation.next());
        }
    }
}
