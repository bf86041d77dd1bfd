//! A whole object and everything that is a difference to it, directly or not: each is made once.

use std::ops::Range;

use super::delta::{apply, sketch};
use super::source::Near;
use super::{Entry, NONE, Pack};
use crate::context::Watch;
use crate::git::object::{Damage, Inflate, LARGEST, ObjectKind};
use crate::ledger::Fault;

/// As many bytes of objects that more are to be made of are kept. What is dropped is made again when needed.
const KEPT: usize = 96 << 20;

const STOPPED: Damage = Damage::System(Fault::Stopped);

/// How many bytes an entry takes at most. What can't be packed grows by a few bytes for each block.
const fn most_packed(size: u64) -> u64 {
    2 * size + 4096
}

/// An object of a pack.
#[derive(Clone, Copy)]
pub struct Object<'a> {
    /// The kind of the object.
    pub kind: ObjectKind,
    /// All bytes of it.
    pub data: &'a [u8],
    /// Where needles can be, if not everywhere: it is a difference to a clean one.
    pub fresh: Option<&'a [Range<usize>]>,
}

/// What is told about each entry of a family, exactly once, unless it is stopped.
pub trait Visit {
    /// An object. With damage, its bytes are what could be made of it. Tells whether it is clean: no needle is in it.
    fn object(&mut self, at: u32, object: Object<'_>, damage: Option<Damage>) -> bool;

    /// A version of a file that is a difference to a clean one, as a sketch: anything may be in it but near its fresh
    /// ranges, and where its format is known by. If this tells that it is clean, too, nothing else is told about it.
    fn sketch(&mut self, _at: u32, _sketch: &[u8], _fresh: &[Range<usize>]) -> bool {
        false
    }

    /// An entry of which nothing could be made.
    fn damaged(&mut self, at: u32, damage: Damage);

    /// Whether nothing more is wanted.
    fn stopped(&self) -> bool {
        false
    }
}

/// Walks families, one after the other, with the same memory.
pub struct Family<'a> {
    pack: &'a Pack,
    inflate: Inflate<'a>,
    near: Near<'a>,
    delta: Vec<u8>,
    fresh: Vec<Range<usize>>,
    sketch: Vec<u8>,
    spare: Vec<Vec<u8>>,
    kept: usize,
}

/// An object whose differences are not all made yet.
struct Level {
    at: u32,
    child: u32,
    is_clean: bool,
    /// Its bytes, unless they were dropped.
    data: Option<Vec<u8>>,
}

impl<'a> Family<'a> {
    pub fn new(pack: &'a Pack, watch: &'a dyn Watch) -> Self {
        Self {
            pack,
            inflate: Inflate::new(watch),
            near: Near::new(watch),
            delta: Vec::new(),
            fresh: Vec::new(),
            sketch: Vec::new(),
            spare: Vec::new(),
            kept: 0,
        }
    }

    /// Visits whole objects, each with everything that is a difference to it, until the visitor wants no more.
    pub fn walk_all(&mut self, roots: &mut dyn Iterator<Item = &u32>, visit: &mut impl Visit) {
        for root in roots {
            if visit.stopped() {
                break;
            }
            self.walk(*root, visit);
        }
    }

    /// Visits a whole object, and then everything that is a difference to it.
    pub fn walk(&mut self, root: u32, visit: &mut impl Visit) {
        let Some(kind) = self.entry(root).kind else { return };
        let mut levels = Vec::new();
        let data = if visit.stopped() { Err(STOPPED) } else { self.whole(root) };
        self.arrive(root, kind, data, false, &mut levels, visit);
        while let Some(level) = levels.last_mut().filter(|_| !visit.stopped()) {
            let child = level.child;
            if child == NONE {
                let data = levels.pop().and_then(|level| level.data);
                self.put_back(data);
                continue;
            }
            level.child = self.entry(child).sibling();
            let base = match level.data.take() {
                Some(base) => Ok(base),
                None => self.again(level.at),
            };
            let (last, is_clean) = (level.child == NONE, level.is_clean);
            let data = base.and_then(|base| {
                let is_told = is_clean && self.is_told_by_sketch(child, kind, &base, visit);
                let data = if is_told { Ok(None) } else { self.difference(child, &base).map(Some) };
                if last {
                    self.put_back(Some(base));
                } else {
                    level.data = Some(base);
                }
                data
            });
            if last {
                levels.pop();
            }
            if let Some(data) = data.transpose() {
                self.arrive(child, kind, data, is_clean, &mut levels, visit);
            }
        }
    }

    /// Whether a sketch of an object is all that the visitor needs, which takes that no other object is built on it.
    fn is_told_by_sketch(
        &mut self,
        at: u32,
        kind: ObjectKind,
        base: &[u8],
        visit: &mut impl Visit,
    ) -> bool {
        let entry = self.entry(at);
        if kind != ObjectKind::Blob || entry.child() != NONE || entry.damage.is_some() {
            return false;
        }
        let mut delta = std::mem::take(&mut self.delta);
        let unpacked = self.unpack(at, &mut delta);
        let made = unpacked.and_then(|()| sketch(base, &delta, &mut self.sketch, &mut self.fresh));
        let is_told = made.is_ok_and(|made| visit.sketch(at, made, &self.fresh));
        self.delta = delta;
        is_told
    }

    /// An object is made, or not: tells the visitor, and comes back for the differences to it.
    fn arrive(
        &mut self,
        at: u32,
        kind: ObjectKind,
        data: Result<Vec<u8>, Damage>,
        is_base_clean: bool,
        levels: &mut Vec<Level>,
        visit: &mut impl Visit,
    ) {
        match data {
            Ok(data) => {
                let fresh = is_base_clean.then_some(&*self.fresh);
                let object = Object { kind, data: &data, fresh };
                let is_clean = visit.object(at, object, self.entry(at).damage);
                let child = self.entry(at).child();
                if child == NONE {
                    return self.put_back_new(data);
                }
                self.kept += data.capacity();
                levels.push(Level { at, child, is_clean, data: Some(data) });
                self.keep_less(levels);
            }
            // Whoever stopped it doesn't wait until each is told.
            Err(STOPPED) => {}
            Err(damage) => {
                let mut below = vec![at];
                while let Some(at) = below.pop() {
                    visit.damaged(at, self.entry(at).damage.unwrap_or(damage));
                    below.extend(self.pack.children(at));
                }
            }
        }
    }

    /// Drops what was made first, because it is needed last.
    fn keep_less(&mut self, levels: &mut [Level]) {
        let older = levels.len().saturating_sub(1);
        for level in &mut levels[..older] {
            if self.kept <= KEPT {
                return;
            }
            if let Some(data) = level.data.take() {
                self.kept -= data.capacity();
            }
        }
    }

    fn whole(&mut self, at: u32) -> Result<Vec<u8>, Damage> {
        let mut data = self.spare.pop().unwrap_or_default();
        self.unpack(at, &mut data)?;
        Ok(data)
    }

    fn difference(&mut self, at: u32, base: &[u8]) -> Result<Vec<u8>, Damage> {
        let (mut delta, mut data) =
            (std::mem::take(&mut self.delta), self.spare.pop().unwrap_or_default());
        let made = self.unpack(at, &mut delta).and_then(|()| {
            apply(base, &delta, &|| self.inflate.go_on(), &mut data, &mut self.fresh)
        });
        self.delta = delta;
        made.map(|()| data)
    }

    fn unpack(&mut self, at: u32, out: &mut Vec<u8>) -> Result<(), Damage> {
        let size = self.entry(at).size;
        if size > LARGEST {
            return Err(Damage::TooLarge);
        }
        if self.pack.packed_size(at) > most_packed(size) {
            return Err(Damage::Packed);
        }
        let (packed, length) = self.pack.packed(at, &mut self.near)?;
        let read = self.inflate.exactly(packed, size, out)?;
        // Otherwise there is something between this entry and the next that nothing accounts for.
        if read == length { Ok(()) } else { Err(Damage::Packed) }
    }

    /// Makes an object again whose bytes were dropped.
    fn again(&mut self, at: u32) -> Result<Vec<u8>, Damage> {
        let link = |at: u32| (at != NONE).then_some(at);
        let to_root = std::iter::successors(Some(at), |at| link(self.entry(*at).base()));
        let mut path: Vec<_> = to_root.collect();
        let mut data = self.whole(path.pop().unwrap_or(at))?;
        while let Some(at) = path.pop() {
            self.inflate.go_on()?;
            let next = self.difference(at, &data)?;
            self.put_back_new(std::mem::replace(&mut data, next));
        }
        self.kept += data.capacity();
        Ok(data)
    }

    fn entry(&self, at: u32) -> &'a Entry {
        &self.pack.entries[at as usize]
    }

    /// Memory that counted as kept is used for the next object.
    fn put_back(&mut self, data: Option<Vec<u8>>) {
        if let Some(data) = data {
            self.kept -= data.capacity();
            self.put_back_new(data);
        }
    }

    fn put_back_new(&mut self, data: Vec<u8>) {
        // Many small ones and a few of middle size: memory for a large object is taken when there is one.
        let most = if data.capacity() <= 1 << 16 { 64 } else { 4 };
        if self.spare.len() < most && data.capacity() <= 4 << 20 {
            self.spare.push(data);
        }
    }
}
