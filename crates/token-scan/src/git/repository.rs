//! One repository: all its objects are searched, and what it needs but doesn't have is told.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Mutex, PoisonError};

use super::bundle;
use super::discover::has_long_ids;
use super::disk::{Known, Store, Texts};
use super::needed::{needed, shallow};
use super::objects::{Objects, side_by_side};
use super::origin::{AllNotes, Room, Which, attribute};
use super::pack::{Family, Pack};
use super::search::{InPack, Reached, Search};
use crate::context::Context;
use crate::files;
use crate::git::object::{Format, Id, ObjectKind};
use crate::hit::shown_path;
use crate::inspect::Inspector;
use crate::ledger::{Fault, Ledger, Rule};

/// A repository on the disk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Repository {
    /// The folder with its configuration: `.git`, or the repository itself if it has no worktree.
    pub folder: PathBuf,
    /// The folder with its objects.
    pub objects: PathBuf,
}

impl Repository {
    pub fn at(folder: &Path) -> Self {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let objects = folder.join("objects");
        Self { folder, objects }
    }

    /// Objects that are alone, without the branches and the configuration of their repository.
    pub fn of_objects(objects: &Path) -> Self {
        let objects = objects.canonicalize().unwrap_or_else(|_| objects.to_owned());
        Self { folder: objects.clone(), objects }
    }
}

/// What all threads need to know of the repository they search.
pub struct About<'a> {
    pub folder: &'a Path,
    pub format: Format,
    pub known: Known,
    /// Commits whose parents were left out when the repository was cloned.
    pub shallow: BTreeSet<Id>,
    /// Objects that others need and that are not there.
    pub missing: Mutex<BTreeSet<Id>>,
    /// Objects in which something was found.
    pub hit: Mutex<BTreeSet<Id>>,
    /// What was noted of objects, for whatever is found.
    pub notes: Mutex<AllNotes>,
    pub room: Room,
}

/// Searches all objects of a repository.
pub fn scan(context: &Context<'_>, repository: &Repository) -> Ledger {
    let folder = &*repository.folder;
    let mut texts = Texts::default();
    let config = texts.read(&folder.join("config"));
    let config = String::from_utf8_lossy(&config).to_ascii_lowercase().replace([' ', '\t'], "");
    let is_sha256 = config.contains("objectformat=sha256");
    let is_sha256 = is_sha256 || config.is_empty() && has_long_ids(&repository.objects);
    let format = if is_sha256 { Format::Sha256 } else { Format::Sha1 };
    let store = Store::list(&repository.objects, format, context.watch);
    let mut inspector = Inspector::new(context);
    if context.watch.stopped() {
        inspector.ledger.fail(Fault::Stopped, || shown_path(folder), 0);
        return inspector.ledger;
    }
    around(&store, &mut inspector);
    for file in std::mem::take(&mut inspector.git_files) {
        inspector.ledger.add(bundle::scan(context, &file));
    }
    let objects = Objects::open(store, format, &mut inspector);
    let (known, shallow) = (objects.known(), shallow(folder, format, &mut texts));
    let about = About { shallow, ..About::new(folder, format, known) };
    let has_noted = search(context, &about, &objects, &mut inspector.ledger);
    let is_partial = config.contains("promisor=true") || config.contains("partialclone=");
    needed(&about, is_partial, &mut texts, &mut inspector);
    texts.tell(&mut inspector);
    let hit = about.hit.into_inner().unwrap_or_else(PoisonError::into_inner);
    let notes = about.notes.into_inner().unwrap_or_else(PoisonError::into_inner);
    if !attribute(context, folder, &objects, &hit, has_noted.then_some(notes)) {
        inspector.ledger.fail(Fault::Stopped, || shown_path(folder), 0);
    }
    inspector.ledger
}

/// Searches all objects. The versions of files come first: if something is in them, it is noted which trees have them,
/// so that no tree must be read again to tell. Tells whether that was noted.
fn search(
    context: &Context<'_>,
    about: &About<'_>,
    objects: &Objects,
    ledger: &mut Ledger,
) -> bool {
    let reached: Vec<_> = objects.packs.iter().map(|_| Reached::default()).collect();
    let packs = objects.numbered().zip(&reached);
    let packs: Vec<_> =
        packs.map(|((first, pack), reached)| InPack { pack, first, reached }).collect();
    for pack in &packs {
        context.watch.expected(pack.pack.size());
        ledger.add(families(context, about, *pack, |kind| kind == ObjectKind::Blob, Which::None));
    }
    let first = objects.first_loose();
    let numbered: Vec<_> = (first..).zip(&objects.loose).collect();
    ledger.add(side_by_side(context, &numbered, |inspector, loose| {
        let mut search = Search::new(inspector, about, None, Which::All);
        loose.for_each(|(number, (path, id))| search.loose(path, *id, *number));
    }));
    let mut hit = Known::default();
    hit.add(about.hit.lock().unwrap_or_else(PoisonError::into_inner).iter().copied());
    let which = if hit.is_empty() { Which::None } else { Which::FoldersAnd(&hit) };
    for pack in &packs {
        ledger.add(families(context, about, *pack, |kind| kind != ObjectKind::Blob, which));
        ledger.add(rest(context, about, *pack));
    }
    !hit.is_empty()
}

/// Everything around the objects: what only repeats them, files that are none, and what is not there.
fn around(store: &Store, inspector: &mut Inspector<'_>) {
    for path in &store.without_pack {
        inspector.ledger.fail(Fault::Missing, || shown_path(&path.with_extension("pack")), 0);
    }
    for (path, error) in &store.failed {
        inspector.ledger.fail(Fault::from(error), || shown_path(path), 0);
    }
    for (_, size) in &store.repeated {
        inspector.ledger.skip(Rule::Repeated, *size);
    }
    for _ in &store.not_files {
        inspector.ledger.skip(Rule::NotAFile, 0);
    }
    for path in &store.files {
        files::read(inspector, path);
    }
}

/// Searches all objects of a pack that is alone, and tells which could not be had.
pub fn pack_of(context: &Context<'_>, about: &About<'_>, pack: &Pack) -> Ledger {
    context.watch.expected(pack.size());
    let reached = Reached::default();
    let pack = InPack { pack, first: 0, reached: &reached };
    let mut ledger = families(context, about, pack, |_| true, Which::None);
    ledger.add(rest(context, about, pack));
    ledger
}

/// Searches the objects of a pack that are of these kinds.
fn families(
    context: &Context<'_>,
    about: &About<'_>,
    pack: InPack<'_>,
    of: impl Fn(ObjectKind) -> bool,
    which: Which<'_>,
) -> Ledger {
    side_by_side(context, &pack.pack.roots(of), |inspector, roots| {
        let mut search = Search::new(inspector, about, Some(pack), which);
        Family::new(pack.pack, context.watch).walk_all(roots, &mut search);
    })
}

/// Tells which objects of a pack no whole object leads to. If the search was stopped, these are among those that it did
/// not come to.
fn rest(
    context: &Context<'_>,
    about: &About<'_>,
    InPack { pack, reached, .. }: InPack<'_>,
) -> Ledger {
    let mut ledger = Ledger::default();
    if context.watch.stopped() {
        let [objects, bytes] = [&reached.objects, &reached.bytes].map(|it| it.load(Relaxed));
        context.watch.read(pack.size().saturating_sub(bytes));
        let left = u64::from(pack.count()).saturating_sub(objects);
        if left > 0 {
            ledger.fail_all(Fault::Stopped, left, || shown_path(about.folder), 0);
        }
        return ledger;
    }
    for (at, damage) in pack.orphans() {
        context.watch.read(pack.packed_size(at));
        ledger.fail(damage.into(), || about.shown(&pack.id(at)), 0);
    }
    if pack.lost > 0 {
        // A pack may say that it has billions.
        ledger.fail_all(Fault::Damaged, pack.lost, || shown_path(about.folder), 0);
    }
    ledger
}

impl<'a> About<'a> {
    /// A repository of which nothing was searched yet.
    pub fn new(folder: &'a Path, format: Format, known: Known) -> Self {
        Self {
            folder,
            format,
            known,
            shallow: BTreeSet::new(),
            missing: Mutex::default(),
            hit: Mutex::default(),
            notes: Mutex::default(),
            room: Room::bounded(),
        }
    }

    /// An object as it may be shown.
    pub fn shown(&self, id: &Id) -> String {
        shown_object(self.folder, id)
    }
}

pub fn shown_object(folder: &Path, id: &Id) -> String {
    format!("{} {id}", shown_path(folder))
}
