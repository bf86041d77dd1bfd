//! The objects of a repository, to be walked as often as it takes.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::disk::loose;
use super::disk::{Known, Store};
use super::pack::{Family, Object, Pack, Visit};
use crate::context::Context;
use crate::git::object::{Damage, Format, Id, ObjectKind};
use crate::hit::shown_path;
use crate::inspect::Inspector;
use crate::ledger::Ledger;

/// Packs that are not larger together are kept in memory.
const KEPT: u64 = 64 << 20;

/// Packs that are open, and objects in files of their own.
pub struct Objects {
    pub format: Format,
    pub packs: Vec<Pack>,
    pub loose: Vec<(PathBuf, Option<Id>)>,
}

impl Objects {
    /// Opens the packs. One that cannot be opened is told, and the others are used all the same.
    pub fn open(store: Store, format: Format, inspector: &mut Inspector<'_>) -> Self {
        let (watch, mut room) = (inspector.context.watch, KEPT);
        let packs = store.packs.iter().filter_map(|(path, index)| {
            let opened = Pack::open(path, index.as_deref(), format, &mut room, watch);
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

    /// The packs, each with the number of its first object. The numbers of loose objects follow.
    pub fn numbered(&self) -> impl Iterator<Item = (u32, &Pack)> {
        self.packs.iter().scan(0_u32, |next, pack| {
            Some((std::mem::replace(next, next.saturating_add(pack.count())), pack))
        })
    }

    /// The number of the first loose object.
    pub fn first_loose(&self) -> u32 {
        self.packs.iter().fold(0, |sum, pack| sum.saturating_add(pack.count()))
    }

    /// The object with this number.
    pub fn id(&self, number: u32) -> Option<Id> {
        let mut at = number;
        for pack in &self.packs {
            match at.checked_sub(pack.count()) {
                None => return Some(pack.id(at)),
                Some(rest) => at = rest,
            }
        }
        self.loose.get(at as usize)?.1
    }

    /// Calls `each` with every object of these kinds that can be read, and with its number, from several threads that
    /// each have something of their own. Returns what they had.
    pub fn each<S: Send>(
        &self,
        context: &Context<'_>,
        of: impl Fn(ObjectKind) -> bool + Sync,
        new: impl Fn() -> S + Sync,
        each: impl Fn(&mut S, ObjectKind, u32, &[u8]) + Sync,
    ) -> Vec<S> {
        let all = Mutex::new(Vec::new());
        let done = |own: S| all.lock().unwrap_or_else(PoisonError::into_inner).push(own);
        for (first, pack) in self.numbered() {
            side_by_side(context, &pack.roots(&of), |_, roots| {
                let (mut own, mut family) = (new(), Family::new(pack, context.watch));
                let hand_on = |kind, at: u32, data: &[u8]| {
                    each(&mut own, kind, first.saturating_add(at), data);
                };
                let mut visit = Each { context, hand_on };
                family.walk_all(roots, &mut visit);
                done(own);
            });
        }
        let first = self.first_loose();
        let numbered: Vec<_> = (first..).zip(&self.loose).collect();
        side_by_side(context, &numbered, |_, loose| {
            let mut own = new();
            for (number, (path, id)) in loose.filter(|_| !context.watch.stopped()) {
                if id.is_some()
                    && let Ok((kind, data, _)) = loose::read(path, *id, self.format, context.watch)
                    && of(kind)
                {
                    each(&mut own, kind, *number, &data);
                }
            }
            done(own);
        });
        all.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Hands objects on. What is damaged was told before.
struct Each<'a, F> {
    context: &'a Context<'a>,
    hand_on: F,
}

impl<F: FnMut(ObjectKind, u32, &[u8])> Visit for Each<'_, F> {
    fn object(&mut self, at: u32, object: Object<'_>, _: Option<Damage>) -> bool {
        (self.hand_on)(object.kind, at, object.data);
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
