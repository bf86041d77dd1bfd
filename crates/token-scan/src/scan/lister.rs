//! Lists files for the threads that read them, and finds the repositories among the folders.

use std::collections::{BTreeSet, VecDeque};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::SyncSender;

use crate::context::Context;
use crate::files::{Met, Next, walk};
use crate::git::{Discovered, Repository, discover, has_objects, linked_objects, pointed_to};
use crate::hit::shown_path;
use crate::inspect::Inspector;
use crate::ledger::{Fault, Ledger, Rule};

/// How many files are handed to a thread at once: handing over each alone would cost more than reading it.
const BATCH: usize = 32;

/// Lists everything below the roots, and below the folders that these lead to.
pub struct Lister {
    sender: SyncSender<Vec<PathBuf>>,
    batch: Vec<PathBuf>,
    repositories: BTreeSet<Repository>,
    /// Repositories that files and links point to.
    further: VecDeque<PathBuf>,
    /// Repositories whose objects are not there.
    without_objects: BTreeSet<PathBuf>,
    done: Vec<Done>,
}

/// A root that was listed.
struct Done {
    root: PathBuf,
    /// The folders of it that were left out.
    without: Vec<PathBuf>,
}

impl Lister {
    pub fn new(sender: SyncSender<Vec<PathBuf>>) -> Self {
        Self {
            sender,
            batch: Vec::new(),
            repositories: BTreeSet::new(),
            further: VecDeque::new(),
            without_objects: BTreeSet::new(),
            done: Vec::new(),
        }
    }

    /// Tells the files as they are met, and the repositories when everything is listed.
    pub fn list(mut self, roots: &[PathBuf], context: &Context<'_>) -> (Ledger, Vec<Repository>) {
        let mut inspector = Inspector::new(context);
        for root in roots {
            if self.is_done(root) {
                inspector.ledger.skip(Rule::MetBefore, 0);
            } else {
                self.root(&mut inspector, root);
            }
        }
        while let Some(root) = self.further.pop_front() {
            if !self.is_done(&root) {
                self.root(&mut inspector, &root);
            }
            if root.is_dir() && !has_objects(&root) {
                self.lacks_objects(&mut inspector, &root);
            }
        }
        // The threads take everything until they are told that there is no more.
        let _ = self.sender.send(self.batch);
        (inspector.ledger, without_repeated(self.repositories))
    }

    fn root(&mut self, inspector: &mut Inspector<'_>, root: &Path) {
        let real = root.canonicalize();
        let without = walk(root, inspector, |inspector, met| match (met, &real) {
            // A link, or a path that ends in dots, has another name than what it leads to.
            (Met::Folder(path), Ok(real)) if path == root => self.folder(inspector, real),
            (Met::Folder(path), _) => self.folder(inspector, path),
            (Met::Link(path), _) => self.link(inspector, path),
            (Met::File(path), _) => self.file(inspector, path),
        });
        self.done.extend(real.map(|root| Done { root, without }));
    }

    fn file(&mut self, inspector: &mut Inspector<'_>, path: PathBuf) -> Next {
        if is_pointer(&path) {
            self.follow(inspector, &path);
        }
        self.batch.push(path);
        let full = self.batch.len() >= BATCH;
        let sent = !full || self.sender.send(std::mem::take(&mut self.batch)).is_ok();
        if sent { Next::Go } else { Next::End }
    }

    fn folder(&mut self, inspector: &mut Inspector<'_>, path: &Path) -> Next {
        match discover(path) {
            Discovered::Nothing => Next::Go,
            Discovered::Objects(repository) => {
                self.repositories.insert(repository);
                Next::Leave
            }
            Discovered::WithoutObjects => {
                self.lacks_objects(inspector, path);
                Next::Go
            }
        }
    }

    /// Only links by which Git itself finds objects are followed.
    fn link(&mut self, inspector: &mut Inspector<'_>, path: &Path) -> Next {
        if let Some(repository) = linked_objects(path) {
            self.repositories.insert(repository);
        } else if is_named_git(path) {
            self.follow_link(inspector, path);
        }
        Next::Go
    }

    /// A file that says where a repository is.
    fn follow(&mut self, inspector: &mut Inspector<'_>, file: &Path) {
        match pointed_to(file) {
            Ok(folder) => self.further.push_back(folder),
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                inspector.ledger.fail(Fault::UnknownFormat, || shown_path(file), 0);
            }
            Err(error) => inspector.ledger.fail(Fault::from(&error), || shown_path(file), 0),
        }
    }

    /// A link with the name that a repository has in its worktree.
    fn follow_link(&mut self, inspector: &mut Inspector<'_>, link: &Path) {
        match link.canonicalize() {
            Ok(real) => {
                if real.is_file() {
                    self.follow(inspector, link);
                }
                self.further.push_back(real);
            }
            Err(error) => inspector.ledger.fail(Fault::from(&error), || shown_path(link), 0),
        }
    }

    fn lacks_objects(&mut self, inspector: &mut Inspector<'_>, folder: &Path) {
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        if self.without_objects.insert(real) {
            let place = || shown_path(&folder.join("objects"));
            inspector.ledger.fail(Fault::Missing, place, 0);
        }
    }

    /// Whether a path is in a folder that was listed already.
    fn is_done(&self, path: &Path) -> bool {
        let is_in = |path: &Path, done: &Done| {
            let is_without = done.without.iter().any(|without| path.starts_with(without));
            path.starts_with(&done.root) && !is_without
        };
        path.canonicalize().is_ok_and(|path| self.done.iter().any(|done| is_in(&path, done)))
    }
}

fn is_named_git(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == ".git")
}

/// Whether a file says where a repository is: that of a submodule or worktree, or the one that worktrees share.
fn is_pointer(file: &Path) -> bool {
    let is_shared = file.file_name().is_some_and(|name| name == "commondir");
    is_named_git(file) || is_shared && file.with_file_name("HEAD").is_file()
}

/// Without the objects that belong to a repository which is there as well.
fn without_repeated(all: BTreeSet<Repository>) -> Vec<Repository> {
    let real = |it: &Repository| it.objects.canonicalize().unwrap_or_else(|_| it.objects.clone());
    let (alone, mut whole): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|it| it.folder.join("HEAD").symlink_metadata().is_err());
    let known: BTreeSet<_> = whole.iter().map(real).collect();
    whole.extend(alone.into_iter().filter(|it| !known.contains(&real(it))));
    whole
}
