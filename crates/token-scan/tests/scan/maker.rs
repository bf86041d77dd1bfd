//! The maker of test repositories, and Git as the oracle for what they hold.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use token_scan::{Hit, Report};

/// A folder with repositories in it, which goes when the test ends.
pub struct Maker {
    folder: TempDir,
}

impl Maker {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    /// The folder with everything that was made.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A new repository of this name.
    pub fn repository(&self, name: &str, options: &[&str]) -> Made {
        let made = self.at(name);
        fs::create_dir_all(&made.path).expect("a folder");
        made.git(&[&["init", "--quiet", "--initial-branch=main"], options].concat());
        made
    }

    /// What lies at this name, whoever made it.
    pub fn at(&self, name: &str) -> Made {
        at(&self.root().join(name))
    }

    /// Runs Git in the folder of all repositories.
    pub fn git(&self, arguments: &[&str]) -> Vec<u8> {
        git(self.root(), arguments)
    }
}

/// The repository at this path.
pub fn at(path: &Path) -> Made {
    Made { path: path.to_owned() }
}

/// One repository that was made.
pub struct Made {
    pub path: PathBuf,
}

impl Made {
    pub fn git(&self, arguments: &[&str]) -> Vec<u8> {
        git(&self.path, arguments)
    }

    /// The same, where Git may also refuse.
    pub fn try_git(&self, arguments: &[&str]) -> bool {
        let ended = command(&self.path, arguments).stderr(Stdio::null()).output();
        ended.expect("git runs").status.success()
    }

    /// What Git says, as a text without its line end.
    pub fn says(&self, arguments: &[&str]) -> String {
        String::from_utf8(self.git(arguments)).expect("a text").trim_end().to_owned()
    }

    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().expect("it is below the root")).expect("a folder");
        fs::write(path, contents).expect("a file");
    }

    /// Writes a file and commits it.
    pub fn commit(&self, name: &str, contents: impl AsRef<[u8]>) {
        self.write(name, contents);
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "a commit"]);
    }

    /// Where Git keeps the objects.
    pub fn objects(&self) -> PathBuf {
        self.path.join(self.says(&["rev-parse", "--git-path", "objects"]))
    }

    /// Every value in every object by what Git itself gives: the id, and the end of the value.
    pub fn oracle(&self) -> BTreeSet<(String, String)> {
        let all = ["cat-file", "--batch-all-objects", "--batch", "--unordered", "--buffer"];
        let output = self.git(&all);
        let (mut rest, mut found) = (&output[..], BTreeSet::new());
        while !rest.is_empty() {
            let end = rest.iter().position(|byte| *byte == b'\n').expect("a line");
            let line = std::str::from_utf8(&rest[..end]).expect("a text");
            let [id, _, size] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let size: usize = size.parse().expect("a number");
            let data = &rest[end + 1..][..size];
            found.extend(values(data).into_iter().map(|value| (id.to_owned(), end_of(&value))));
            rest = &rest[end + 1 + size + 1..];
        }
        found
    }
}

/// The values in these bytes, found without anything that the scanner uses.
pub fn values(data: &[u8]) -> Vec<String> {
    let text: String = data.iter().map(|byte| char::from(*byte)).collect();
    let starts = text.match_indices("entri_").map(|(at, _)| &text[at + 6..]);
    let runs = starts.map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'));
        &rest[..end.unwrap_or(rest.len())]
    });
    runs.filter(|run| run.len() >= 16).map(str::to_owned).collect()
}

fn end_of(value: &str) -> String {
    value[value.len() - 4..].to_owned()
}

/// The same of a scan's hits that are in objects.
pub fn in_objects(report: &Report) -> BTreeSet<(String, String)> {
    let object = |hit: &Hit| Some((hit.object.clone()?, end_of_mask(&hit.token)));
    report.hits.iter().filter_map(object).collect()
}

fn end_of_mask(mask: &str) -> String {
    mask.chars().skip(mask.chars().count() - 4).collect()
}

fn git(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = command(folder, arguments).output().expect("git runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
    output.stdout
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).stdin(Stdio::null());
    // Nothing of whoever runs the test.
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")]);
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "A Test");
        command.env(format!("GIT_{who}_EMAIL"), "test@example.com");
    }
    let settings = ["protocol.file.allow=always", "gc.auto=0", "advice.detachedHead=false"];
    command.args(settings.iter().flat_map(|setting| ["-c", setting]));
    command.args(arguments);
    command
}
