//! Saving a value in a folder that somebody else created runs no program of theirs, and saves
//! nothing if version control might pick up the file.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use token_desk::{Created, Delivered, DeliveryError, Error, FileRequest};

use crate::support::{Bench, alone, named, now};

/// A value that waits, and a folder of somebody else.
struct Case {
    bench: Bench,
    created: Created,
    folder: TempDir,
}

impl Case {
    async fn new() -> Self {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("to a file"), now()).await.unwrap();
        Self { bench, created, folder: tempfile::tempdir().unwrap() }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn save(&self, path: PathBuf) -> Result<Delivered, Error> {
        let path = path.to_str().unwrap().to_owned();
        let request = FileRequest { path, home: None, replace: false };
        self.bench.desk.save_secret(self.created.handle, request, now()).await
    }

    async fn refused(&self, folder: &Path, by: &str) {
        match self.save(folder.join("token.env")).await {
            Err(Error::Delivery(DeliveryError::Tracked { marker, .. })) => assert_eq!(marker, by),
            other => panic!("{}: {other:?}", folder.display()),
        }
        assert!(!folder.join("token.env").exists());
    }
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["-c", "user.name=a", "-c", "user.email=a@b.c"]).args(arguments);
    let ended = git.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(ended.success(), "{arguments:?}");
}

/// A program that leaves a mark, and fails.
fn trap(folder: &Path) -> (String, PathBuf) {
    let (program, mark) = (folder.join("trap"), folder.join("mark"));
    fs::write(&program, format!("#!/bin/sh\ntouch '{}'\nexit 1\n", mark.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    (program.to_str().unwrap().to_owned(), mark)
}

/// A clone whose `.gitignore` has to be fetched from its origin, by a program that its owner
/// configured.
fn partial_clone(tree: &Path, program: &str) {
    fs::write(tree.join(".gitignore"), "*.env\n").unwrap();
    git(tree, &["add", ".gitignore"]);
    git(tree, &["commit", "--quiet", "-m", "x"]);
    git(tree, &["update-index", "--skip-worktree", ".gitignore"]);
    fs::remove_file(tree.join(".gitignore")).unwrap();
    fs::remove_dir_all(tree.join(".git/objects")).unwrap();
    fs::create_dir_all(tree.join(".git/objects/pack")).unwrap();
    for (key, value) in [
        ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", tree.to_str().unwrap()),
        ("remote.origin.uploadpack", program),
    ] {
        git(tree, &["config", key, value]);
    }
}

fn monitored(tree: &Path, program: &str) {
    git(tree, &["config", "core.fsmonitor", program]);
}

fn included(tree: &Path, program: &str) {
    fs::write(tree.join("more"), format!("[core]\n\tfsmonitor = {program}\n")).unwrap();
    git(tree, &["config", "include.path", "../more"]);
}

/// The mark of a work tree whose repository lies elsewhere.
fn elsewhere(tree: &Path, program: &str) {
    monitored(tree, program);
    fs::rename(tree.join(".git"), tree.join("of-another")).unwrap();
    fs::write(tree.join(".git"), "gitdir: of-another\n").unwrap();
}

type Make = fn(&Path, &str);

#[test]
fn no_program_of_a_repository_is_started() {
    alone(async {
        let case = Case::new().await;
        let traps: [(&str, Make, &[&str]); 4] = [
            ("partial-clone", partial_clone, &["check-ignore", "--quiet", "--", "token.env"]),
            ("monitored", monitored, &["status"]),
            ("included", included, &["status"]),
            ("elsewhere", elsewhere, &["status"]),
        ];
        for (name, make, control) in traps {
            let (tree, beside) = (case.at(name), case.at(&format!("{name}-beside")));
            fs::create_dir_all(tree.join("deep")).unwrap();
            fs::create_dir_all(&beside).unwrap();
            let (program, mark) = trap(&beside);
            git(&tree, &["init", "--quiet"]);
            make(&tree, &program);
            case.refused(&tree, ".git").await;
            case.refused(&tree.join("deep"), ".git").await;
            assert!(!mark.exists(), "{name}: its program ran");
            // The control: git itself runs it, asked the same.
            let mut git = Command::new("git");
            git.arg("-C").arg(&tree).args(control).stdout(Stdio::null()).stderr(Stdio::null());
            let _ = git.status().unwrap();
            assert!(mark.exists(), "{name}: the trap is none");
        }
    });
}

#[test]
fn every_version_control_with_a_mark_is_seen() {
    alone(async {
        let case = Case::new().await;
        for marker in [
            ".git",
            ".hg",
            ".jj",
            ".svn",
            ".bzr",
            "_darcs",
            ".pijul",
            ".sl",
            ".fslckout",
            "_FOSSIL_",
        ] {
            let tree = case.at(&format!("of{marker}"));
            fs::create_dir_all(tree.join("a/b")).unwrap();
            fs::write(tree.join(marker), "").unwrap();
            case.refused(&tree, marker).await;
            case.refused(&tree.join("a/b"), marker).await;
            fs::remove_file(tree.join(marker)).unwrap();
            // A link that leads nowhere marks a work tree, too.
            std::os::unix::fs::symlink("/nonexistent", tree.join(marker)).unwrap();
            case.refused(&tree, marker).await;
        }
    });
}

/// A repository that is kept elsewhere leaves no mark; that is reported.
#[test]
fn what_cannot_be_seen_is_said() {
    alone(async {
        let case = Case::new().await;
        git(case.folder.path(), &["init", "--quiet", "--bare", "cfg.git"]);
        fs::create_dir(case.at("home")).unwrap();
        let saved = case.save(case.at("home/token.env")).await.unwrap();
        assert!(saved.said.contains("stored elsewhere"), "{}", saved.said);
    });
}

/// A link in place of one of the app's own files is not followed.
#[test]
fn a_planted_link_leads_no_database_away() {
    alone(async {
        for name in ["entri-tokens.db", "journal.db", "history.db"] {
            let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
            let precious = elsewhere.path().join("precious");
            fs::write(&precious, "").unwrap();
            std::os::unix::fs::symlink(&precious, folder.path().join(name)).unwrap();
            let desk = token_desk::Desk::open(folder.path(), now());
            if let Ok(desk) = &desk {
                desk.warm(now());
            }
            assert_eq!(fs::read(&precious).unwrap(), b"", "{name}: nothing was written there");
            let mode = fs::metadata(&precious).unwrap().permissions().mode();
            assert_ne!(mode & 0o777, 0o600, "{name}: its rights stay");
            let own = fs::metadata(folder.path()).unwrap().permissions().mode();
            assert_eq!(own & 0o777, 0o700);
        }
    });
}
