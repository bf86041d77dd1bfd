//! Repositories drawn at random: the scan finds in their objects exactly what Git's own output holds.

use token_scan::{Hit, Kind};

use crate::maker::{Made, Maker, in_objects};
use crate::random::Random;
use crate::{progress, scanned};

/// `REPOSITORIES=200` draws as many as a longer run takes.
fn repositories() -> u64 {
    let said = std::env::var("REPOSITORIES").ok();
    said.map_or(6, |number| number.parse().expect("a number"))
}

/// Draws one repository and what happened in it.
pub fn draw(maker: &Maker, seed: u64) -> Made {
    let mut random = Random::new(seed);
    let format = if random.below(5) == 0 { "sha256" } else { "sha1" };
    let made = maker.repository("drawn", &[&format!("--object-format={format}")]);
    let mut drawn = Drawn { texts: Vec::new(), random, made };
    drawn.edit();
    drawn.commit();
    for _ in 0..25 {
        drawn.step();
    }
    drawn.made
}

struct Drawn {
    /// The files as they are now.
    texts: Vec<String>,
    random: Random,
    made: Made,
}

impl Drawn {
    fn step(&mut self) {
        match self.random.below(16) {
            0..6 => {
                self.edit();
                self.commit();
            }
            6 => self.refuse(&["checkout", "--quiet", "-b", "side"]),
            7 => self.refuse(&["checkout", "--quiet", "main"]),
            8 => self.refuse(&["merge", "--quiet", "--no-edit", "-s", "ours", "side"]),
            9 => {
                let message = self.message();
                self.refuse(&["tag", "--annotate", &message[..9], "--message", &message]);
            }
            10 => {
                self.edit();
                self.refuse(&["stash", "push", "--quiet", "--include-untracked"]);
            }
            11 => {
                self.edit();
                self.refuse(&["commit", "--quiet", "--all", "--amend", "--no-edit"]);
            }
            12 => self.refuse(&["reset", "--quiet", "--hard", "HEAD~1"]),
            13 => self.refuse(&["pack-refs", "--all"]),
            _ => self.pack(),
        }
    }

    /// Git may refuse what makes no sense just now.
    fn refuse(&mut self, arguments: &[&str]) {
        self.made.try_git(arguments);
    }

    fn pack(&mut self) {
        let depth = format!("--depth={}", 1 + self.random.below(60));
        let offsets = ["true", "false"][self.random.below(2)];
        let offsets = format!("repack.useDeltaBaseOffset={offsets}");
        let how = ["-adfq", "-dq", "-adkq", "-Adq"][self.random.below(4)];
        self.made.git(&["-c", &offsets, "repack", how, &depth, "--window=20"]);
    }

    fn message(&mut self) -> String {
        match self.random.below(4) {
            0 => self.random.token(),
            _ => format!("a message {}", self.random.next()),
        }
    }

    fn commit(&mut self) {
        let message = self.message();
        self.made.git(&["add", "--all"]);
        self.refuse(&["commit", "--quiet", "--message", &message]);
    }

    /// Changes some files: a little, a lot, or in the middle of a token.
    fn edit(&mut self) {
        for _ in 0..=self.random.below(3) {
            let at = self.random.below(self.texts.len() + 1);
            if at == self.texts.len() {
                let text = self.text();
                self.texts.push(text);
            }
            for _ in 0..self.random.below(4) {
                self.change(at);
            }
            let name = format!("folder{}/file{at}", at % 3);
            self.made.write(&name, &self.texts[at]);
        }
        if self.random.below(12) == 0 {
            let name = self.random.token();
            self.made.write(&format!("names/{name}"), "");
        }
    }

    fn text(&mut self) -> String {
        // More than 64 KiB, which the longest copy of a delta takes.
        let many = if self.random.below(10) == 0 { 9_000 } else { 0 };
        let lines = 1 + self.random.below(600) + many;
        let lines = (0..lines).map(|line| format!("{line}: {}\n", self.random.next()));
        lines.collect::<Vec<_>>().concat()
    }

    fn change(&mut self, at: usize) {
        let text = &mut self.texts[at];
        let place = self.random.below(text.len() + 1);
        let token = text.find("entri_").map(|start| start + 1 + self.random.below(45));
        match (self.random.below(6), token) {
            // The end of a value, or its beginning, is another: the delta has only a part of it.
            (0 | 1, Some(inside)) if inside < text.len() => {
                let letter = ["a", "B", "3", "-", " "][self.random.below(5)];
                text.replace_range(inside..=inside, letter);
            }
            (0..3, _) => text.insert_str(place, &self.random.token()),
            (3, _) => text.truncate(place),
            (4, _) => *text = text.replacen("entri_", "gone", 1),
            _ => text.insert_str(place, &format!("{}\n", self.random.next())),
        }
    }
}

/// Git has each object at the path and in the commit that the scan says, and not in the commit's parents. Returns how
/// many those are.
fn checked_paths(made: &Made, hits: &[Hit]) -> usize {
    let of_files = hits.iter().filter(|hit| hit.kind == Kind::Blob);
    let with_path = of_files.filter(|hit| !hit.path.is_empty());
    let mut count = 0;
    for hit in with_path {
        let commit = &hit.commit.as_ref().expect("a path is that of a commit").id;
        let object = hit.object.as_deref().expect("it is in an object");
        assert_eq!(made.says(&["rev-parse", &format!("{commit}:{}", hit.path)]), object);
        for parent in made.says(&["rev-parse", &format!("{commit}^@")]).lines() {
            let before = made.says(&["ls-tree", "-r", parent]);
            assert!(!before.contains(object), "{commit} has {object} from its parent");
        }
        count += 1;
    }
    count
}

#[test]
fn the_scan_finds_in_every_object_what_git_gives() {
    let (all, mut hits, mut paths) = (repositories(), 0, 0);
    for seed in 0..all {
        let maker = Maker::new();
        let made = draw(&maker, seed);
        let report = scanned(&made.path);
        let (found, oracle) = (in_objects(&report), made.oracle());
        assert!(report.ledger.complete().is_some(), "seed {seed}: {:?}", report.ledger);
        let missed: Vec<_> = oracle.difference(&found).collect();
        let more: Vec<_> = found.difference(&oracle).collect();
        assert!(missed.is_empty() && more.is_empty(), "seed {seed}: {missed:?}, {more:?}");
        hits += found.len();
        paths += checked_paths(&made, &report.hits);
        progress("repositories", seed + 1, all);
    }
    assert!(hits > 100 && paths > 50, "the control: {hits} objects, {paths} paths");
    println!("{all} repositories, {hits} objects with a value, {paths} paths as Git says");
}
