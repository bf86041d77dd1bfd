//! Each object of a repository goes to the search, and the objects that it needs are looked for.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};

use super::disk::loose;
use super::origin::{Notes, Which};
use super::pack::{Object, Pack, Visit};
use super::repository::About;
use crate::git::object::{Damage, Id, ObjectKind, TreeEntry, needs};
use crate::hit::{Kind, shown_path};
use crate::inspect::{self, Inspector, Place};
use crate::ledger::{Fault, Unit};
use crate::packed;

/// Where in a repository a search is.
#[derive(Clone, Copy)]
pub struct InPack<'a> {
    pub pack: &'a Pack,
    /// The number of its first object.
    pub first: u32,
    pub reached: &'a Reached,
}

/// How much of a pack all threads have come to.
#[derive(Default)]
pub struct Reached {
    pub objects: AtomicU64,
    /// The bytes of these objects in the pack.
    pub bytes: AtomicU64,
}

/// One thread's search in one repository.
pub struct Search<'a, 'c> {
    inspector: &'a mut Inspector<'c>,
    about: &'a About<'a>,
    pack: Option<InPack<'a>>,
    missing: BTreeSet<Id>,
    notes: Notes<'a>,
}

impl<'a, 'c> Search<'a, 'c> {
    pub fn new(
        inspector: &'a mut Inspector<'c>,
        about: &'a About<'a>,
        pack: Option<InPack<'a>>,
        which: Which<'a>,
    ) -> Self {
        let notes = Notes::new(about.room.clone(), which);
        Self { inspector, about, pack, missing: BTreeSet::new(), notes }
    }

    /// Searches an object in a file of its own.
    pub fn loose(&mut self, path: &Path, id: Option<Id>, number: u32) {
        let read = if self.stopped() {
            Err(Damage::System(Fault::Stopped))
        } else {
            loose::read(path, id, self.about.format, self.inspector.context.watch)
        };
        match read {
            Ok((kind, data, damage)) => {
                let id = id.unwrap_or_else(|| self.about.format.id_of(kind, &data));
                self.one(id, number, Object { kind, data: &data, fresh: None }, damage);
            }
            Err(damage) => self.inspector.ledger.fail(damage.into(), || shown_path(path), 0),
        }
    }

    /// Tells whether no needle is in the object.
    fn one(&mut self, id: Id, number: u32, object: Object<'_>, damage: Option<Damage>) -> bool {
        let Object { kind, data, fresh } = object;
        let Self { inspector, about, .. } = self;
        let size = data.len() as u64;
        let place = Place::Object { repository: about.folder, id: &id, kind: place_of(kind) };
        let before = inspector.reported;
        let (opened, is_clean) = if kind == ObjectKind::Blob && packed::is_packed(data) {
            (packed::bytes(inspector, place, data), false)
        } else {
            let whole = 0..data.len();
            let ranges = fresh.unwrap_or(std::slice::from_ref(&whole));
            match inspector.ranges(place, data, ranges) {
                Ok(seen) => (packed::after_bytes(inspector, place, data, seen.zip), seen.is_clean),
                Err(fault) => (Err(fault), false),
            }
        };
        let makes_sense = self.links(id, number, object);
        let Self { inspector, about, .. } = self;
        let damage = damage.or((!makes_sense).then_some(Damage::Packed)).map(Fault::from);
        if inspector.reported > before {
            about.hit.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        }
        match damage.or(opened.err()) {
            None => inspector.ledger.read(Unit::Object, size),
            Some(fault) => inspector.ledger.fail(fault, || about.shown(&id), size),
        }
        is_clean
    }

    /// Counts an object of the pack.
    fn reach(&mut self, at: u32) {
        let Some(InPack { pack, reached, .. }) = self.pack else { return };
        let size = pack.packed_size(at);
        self.inspector.context.watch.read(size);
        reached.objects.fetch_add(1, Ordering::Relaxed);
        reached.bytes.fetch_add(size, Ordering::Relaxed);
    }

    /// Looks for the objects that this one needs. False if it makes no sense.
    fn links(&mut self, id: Id, number: u32, object: Object<'_>) -> bool {
        let Object { kind, data, fresh } = object;
        let Self { about, missing, notes, .. } = self;
        let is_end = about.shallow.contains(&id);
        notes.object(kind, id, data, about.format);
        let line = |entry: &TreeEntry<'_>| notes.line(entry, number);
        needs(kind, data, fresh, about.format, line, |needed, is_parent| {
            let is_left_out = is_parent && is_end;
            if !is_left_out && !about.known.has(&needed) {
                missing.insert(needed);
            }
        })
    }
}

fn place_of(kind: ObjectKind) -> Kind {
    match kind {
        ObjectKind::Commit => Kind::Commit,
        ObjectKind::Tree => Kind::Tree,
        ObjectKind::Blob => Kind::Blob,
        ObjectKind::Tag => Kind::Tag,
    }
}

impl Visit for Search<'_, '_> {
    fn object(&mut self, at: u32, object: Object<'_>, damage: Option<Damage>) -> bool {
        let Some(InPack { pack, first, .. }) = self.pack else { return false };
        self.reach(at);
        self.one(pack.id(at), first.saturating_add(at), object, damage)
    }

    fn sketch(&mut self, at: u32, sketch: &[u8], fresh: &[Range<usize>]) -> bool {
        let is_clean = packed::is_plain(sketch) && inspect::is_clean(sketch, fresh);
        if is_clean {
            self.reach(at);
            self.inspector.ledger.read(Unit::Object, sketch.len() as u64);
        }
        is_clean
    }

    fn damaged(&mut self, at: u32, damage: Damage) {
        let Some(InPack { pack, .. }) = self.pack else { return };
        self.reach(at);
        self.inspector.ledger.fail(damage.into(), || self.about.shown(&pack.id(at)), 0);
    }

    fn stopped(&self) -> bool {
        self.inspector.context.watch.stopped()
    }
}

impl Drop for Search<'_, '_> {
    fn drop(&mut self) {
        let mut all = self.about.missing.lock().unwrap_or_else(PoisonError::into_inner);
        all.append(&mut self.missing);
        let empty = Notes::new(self.about.room.clone(), Which::None);
        let notes = std::mem::replace(&mut self.notes, empty);
        self.about.notes.lock().unwrap_or_else(PoisonError::into_inner).add(notes);
    }
}
