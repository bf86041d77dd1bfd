//! The objects of a repository, to be walked as often as it takes.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::disk::loose;
use super::disk::{Known, Store};
use super::pack::{Family, Object, Pack, Visit};
use crate::context::Context;
use crate::git::object::{Damage, Format, Id, ObjectKind};
use crate::hit::shown_path;
use crate::inspect::Inspector;
use crate::ledger::Ledger;

/// Packs that are open, and objects in files of their own.
pub struct Objects {
    pub format: Format,
    pub packs: Vec<Pack>,
    pub loose: Vec<(PathBuf, Option<Id>)>,
}

impl Objects {
    /// Opens the packs. One that cannot be opened is told, and the others are used all the same.
    pub fn open(store: Store, format: Format, inspector: &mut Inspector<'_>) -> Self {
        let watch = inspector.context.watch;
        let packs = store.packs.iter().filter_map(|(path, index)| {
            let opened = Pack::open(path, index.as_deref(), format, watch);
            let size = path.metadata().map(|about| about.len()).unwrap_or_default();
            let place = || shown_path(path);
            opened.map_err(|damage| inspector.ledger.fail(damage.into(), place, size)).ok()
        });
        Self { format, packs: packs.collect(), loose: store.loose }
    }

    /// The objects that are there.
    pub fn known(&self) -> Known {
        let mut known = Known::default();
        for pack in &self.packs {
            known.add(pack.ids());
        }
        known.add(self.loose.iter().filter_map(|(_, id)| *id));
        // Git knows these two without having them.
        let empty = [ObjectKind::Blob, ObjectKind::Tree].map(|kind| self.format.id_of(kind, b""));
        known.add(empty.into_iter());
        known
    }

    /// Calls `each` with every object of a kind that can be read, from several threads.
    pub fn each(
        &self,
        context: &Context<'_>,
        kind: ObjectKind,
        each: &(impl Fn(Id, &[u8]) + Sync),
    ) {
        for pack in &self.packs {
            side_by_side(context, &pack.roots(Some(kind)), |_, roots| {
                let mut family = Family::new(pack, context.watch);
                roots.for_each(|root| {
                    family.walk(*root, &mut Each { context, pack, hand_on: each });
                });
            });
        }
        side_by_side(context, &self.loose, |_, loose| {
            for (path, id) in loose.filter(|_| !context.watch.stopped()) {
                if let (Some(id), Ok((found, data, _))) = (id, loose::read(path, *id, self.format))
                    && found == kind
                {
                    each(*id, &data);
                }
            }
        });
    }
}

/// Hands objects on. What is damaged was told before.
struct Each<'a, F> {
    context: &'a Context<'a>,
    pack: &'a Pack,
    hand_on: &'a F,
}

impl<F: Fn(Id, &[u8])> Visit for Each<'_, F> {
    fn object(&mut self, at: u32, object: Object<'_>, _: Option<Damage>) -> bool {
        (self.hand_on)(self.pack.id(at), object.data);
        false
    }

    fn damaged(&mut self, _: u32, _: Damage) {}

    fn stopped(&self) -> bool {
        self.context.watch.stopped()
    }
}

/// Works on all of these with as many threads as the caller allows.
pub fn side_by_side<T: Sync>(
    context: &Context<'_>,
    items: &[T],
    work: impl Fn(&mut Inspector<'_>, &mut dyn Iterator<Item = &T>) + Sync,
) -> Ledger {
    let next = AtomicUsize::new(0);
    let one = || {
        let mut inspector = Inspector::new(context);
        let mut mine = std::iter::from_fn(|| items.get(next.fetch_add(1, Ordering::Relaxed)));
        work(&mut inspector, &mut mine);
        inspector.ledger
    };
    let mut ledger = Ledger::default();
    thread::scope(|scope| {
        let threads = context.options.threads.clamp(1, items.len().max(1));
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(one)).collect();
        ledger.add(one());
        for other in others {
            ledger.add(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
    });
    ledger
}
