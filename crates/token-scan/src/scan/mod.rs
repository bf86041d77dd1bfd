//! A whole scan: first the files, which one thread lists and as many as there are cores read; then the objects of
//! the repositories among them.

mod lister;

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::context::{Context, Options, Watch};
use crate::files;
use crate::git;
use crate::hit::Hit;
use crate::inspect::{Inspector, Place};
use crate::ledger::{Fault, Ledger, Outcome, Unit};
use crate::packed;
use lister::Lister;

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
        let (listed, repositories) = Lister::new(sender).list(roots, &context);
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
