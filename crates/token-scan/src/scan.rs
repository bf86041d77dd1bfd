//! A whole scan: one thread lists the files, and as many as there are cores read them.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::context::{Context, Options, Watch};
use crate::file;
use crate::hit::Hit;
use crate::inspect::{Inspector, Place};
use crate::ledger::{Fault, Ledger, Outcome};
use crate::walk::walk;

/// So many files are handed to a thread at once, because handing over each alone would cost more than reading it.
const BATCH: usize = 32;

/// What a scan came to.
#[derive(Clone, Debug)]
pub struct Report {
    /// Every place of every value, in the order of paths.
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
    thread::scope(|scope| {
        let readers: Vec<_> = (0..options.threads.max(1))
            .map(|_| scope.spawn(|| read_all(&context, &receiver)))
            .collect();
        ledger.add(list_all(&context, roots, &sender));
        drop(sender);
        for reader in readers {
            ledger.add(reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
    });
    let (mut hits, placeholders) = context.into_found();
    hits.sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
    Report { hits, placeholders, ledger }
}

fn list_all(context: &Context<'_>, roots: &[PathBuf], sender: &SyncSender<Vec<PathBuf>>) -> Ledger {
    let mut inspector = Inspector::new(context);
    for root in roots {
        let mut batch = Vec::new();
        walk(root, &mut inspector, |_, path| {
            batch.push(path);
            batch.len() < BATCH || sender.send(std::mem::take(&mut batch)).is_ok()
        });
        // The threads take everything until they are told that there is no more.
        let _ = sender.send(batch);
    }
    inspector.ledger
}

fn read_all(context: &Context<'_>, receiver: &Mutex<Receiver<Vec<PathBuf>>>) -> Ledger {
    let mut inspector = Inspector::new(context);
    loop {
        let batch = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(batch) = batch else { return inspector.ledger };
        for path in batch {
            if context.watch.stopped() {
                inspector.ledger.fail(Fault::Stopped, Place::File(&path).shown(), 0);
            } else {
                file::read(&mut inspector, &path);
            }
        }
    }
}
