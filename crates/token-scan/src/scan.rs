//! A whole scan: first the files, which one thread lists and as many as there are cores read; then the objects of
//! the repositories among them.

use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::context::{Context, Options, Watch};
use crate::files::{self, Met, Next, walk};
use crate::git::{self, Discovered, Repository, discover, pointed_to};
use crate::hit::{Hit, shown_path};
use crate::inspect::{Inspector, Place};
use crate::ledger::{Fault, Ledger, Outcome, Rule, Unit};
use crate::packed;

/// So many files are handed to a thread at once, because handing over each alone would cost more than reading it.
const BATCH: usize = 32;

/// What a scan came to.
#[derive(Clone, Debug)]
pub struct Report {
    /// Every place of every value, sorted.
    pub hits: Vec<Hit>,
    /// The first thousand placeholders, which are no hits.
    pub placeholders: Vec<Hit>,
    /// What was read, and what was not.
    pub ledger: Ledger,
}

impl Report {
    /// What may be said about the scan as a whole.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome::of(self.hits.len(), &self.ledger)
    }
}

/// Scans these files and folders.
///
/// # Panics
/// If `watch` does.
#[must_use]
pub fn scan(roots: &[PathBuf], options: &Options, watch: &dyn Watch) -> Report {
    let context = Context::new(options, watch);
    let mut ledger = Ledger::default();
    let (sender, receiver) = sync_channel(4 * options.threads.max(1));
    let receiver = Mutex::new(receiver);
    let (repositories, git_files) = thread::scope(|scope| {
        let readers: Vec<_> = (0..options.threads.max(1))
            .map(|_| scope.spawn(|| read_all(&context, &receiver)))
            .collect();
        let (listed, repositories) = Lister::new(&context, sender).list(roots);
        ledger.add(listed);
        let mut git_files = Vec::new();
        for reader in readers {
            let (read, of_git) =
                reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            ledger.add(read);
            git_files.extend(of_git);
        }
        (repositories, git_files)
    });
    for repository in &repositories {
        ledger.add(git::scan(&context, repository));
    }
    for file in &git_files {
        ledger.add(git::scan_file(&context, file));
    }
    report(ledger, context)
}

/// Scans a text that is in no file, such as a pasted one. It may be an archive.
#[must_use]
pub fn scan_text(text: &[u8], options: &Options, watch: &dyn Watch) -> Report {
    let context = Context::new(options, watch);
    let mut inspector = Inspector::new(&context);
    let size = text.len() as u64;
    match packed::bytes(&mut inspector, Place::Text, text) {
        Ok(()) => inspector.ledger.read(Unit::File, size),
        Err(fault) => inspector.ledger.fail(fault, || Place::Text.shown(), size),
    }
    report(inspector.ledger, context)
}

fn report(ledger: Ledger, context: Context<'_>) -> Report {
    let (mut hits, placeholders) = context.into_found();
    hits.sort();
    // An object may be in several packs.
    hits.dedup();
    Report { hits, placeholders, ledger }
}

/// Lists everything below the roots, and below the folders that these lead to.
struct Lister<'a> {
    inspector: Inspector<'a>,
    sender: SyncSender<Vec<PathBuf>>,
    batch: Vec<PathBuf>,
    repositories: BTreeSet<Repository>,
    /// Repositories that files point to.
    further: VecDeque<PathBuf>,
}

impl<'a> Lister<'a> {
    fn new(context: &'a Context<'a>, sender: SyncSender<Vec<PathBuf>>) -> Self {
        let inspector = Inspector::new(context);
        let (batch, further) = (Vec::new(), VecDeque::new());
        Self { inspector, sender, batch, repositories: BTreeSet::new(), further }
    }

    fn list(mut self, roots: &[PathBuf]) -> (Ledger, BTreeSet<Repository>) {
        let mut done: Vec<PathBuf> = Vec::new();
        for root in roots {
            self.root(root, &mut done);
        }
        while let Some(root) = self.further.pop_front() {
            if !is_below(&root, &done) {
                self.root(&root, &mut done);
            }
        }
        // The threads take everything until they are told that there is no more.
        let _ = self.sender.send(self.batch);
        (self.inspector.ledger, self.repositories)
    }

    fn root(&mut self, root: &Path, done: &mut Vec<PathBuf>) {
        if is_below(root, done) {
            return self.inspector.ledger.skip(Rule::MetBefore, 0);
        }
        done.extend(root.canonicalize());
        let Self { inspector, sender, batch, repositories, further } = self;
        walk(root, inspector, |inspector, met| match met {
            Met::File(path) => {
                if path.file_name().is_some_and(|name| name == ".git") {
                    further.extend(pointed_to(&path));
                }
                batch.push(path);
                let full = batch.len() >= BATCH;
                let sent = !full || sender.send(std::mem::take(batch)).is_ok();
                if sent { Next::Go } else { Next::End }
            }
            Met::Folder(path) | Met::Link(path) => match discover(path) {
                Discovered::Nothing => Next::Go,
                Discovered::Objects(repository) => {
                    repositories.insert(repository);
                    Next::Leave
                }
                Discovered::WithoutObjects => {
                    inspector.ledger.fail(Fault::Missing, || shown_path(&path.join("objects")), 0);
                    Next::Go
                }
            },
        });
    }
}

/// Whether a path is in a folder that was listed already.
fn is_below(path: &Path, done: &[PathBuf]) -> bool {
    path.canonicalize().is_ok_and(|path| done.iter().any(|done| path.starts_with(done)))
}

/// Reads files until there are no more. Tells also which of them hold objects of Git.
fn read_all(
    context: &Context<'_>,
    receiver: &Mutex<Receiver<Vec<PathBuf>>>,
) -> (Ledger, Vec<PathBuf>) {
    let mut inspector = Inspector::new(context);
    loop {
        let batch = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(batch) = batch else {
            return (inspector.ledger, inspector.git_files);
        };
        for path in batch {
            if context.watch.stopped() {
                inspector.ledger.fail(Fault::Stopped, || Place::File(&path).shown(), 0);
            } else {
                files::read(&mut inspector, &path);
            }
        }
    }
}
