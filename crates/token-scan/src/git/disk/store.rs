//! Where a repository keeps its objects: folders with packs and with files of one object each.

use std::collections::{HashSet, VecDeque};
use std::fs;
use std::hash::{BuildHasherDefault, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use crate::context::Watch;
use crate::files;
use crate::git::object::{Format, Id};

/// More folders than this are not followed from one to the next.
const MOST_FOLDERS: usize = 64;

/// A list of alternates is not larger.
const LARGEST_LIST: u64 = 1 << 20;

/// What an entry of a folder is, or leads to if it is a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Folder,
    File,
    /// A pipe or a device.
    Other,
}

impl What {
    fn of(path: &Path) -> Self {
        match path.metadata() {
            Ok(about) if about.is_dir() => Self::Folder,
            Ok(about) if !about.is_file() => Self::Other,
            // Whoever opens it tells what is wrong.
            Ok(_) | Err(_) => Self::File,
        }
    }
}

/// What lies in the folders of a repository's objects.
#[derive(Debug, Default)]
pub struct Store {
    /// Packs, each with its index if there is one.
    pub packs: Vec<(PathBuf, Option<PathBuf>)>,
    /// Objects in files of their own. One that was never finished has no id.
    pub loose: Vec<(PathBuf, Option<Id>)>,
    /// Indexes whose packs are not there.
    pub without_pack: Vec<PathBuf>,
    /// What only repeats what the packs say, with how many bytes.
    pub repeated: Vec<(PathBuf, u64)>,
    /// Files that are none of Git's objects.
    pub files: Vec<PathBuf>,
    /// Pipes and devices, which hold no text to read.
    pub not_files: Vec<PathBuf>,
    /// Folders and files that could not be listed.
    pub failed: Vec<(PathBuf, io::Error)>,
}

impl Store {
    /// What lies in a folder of objects, and in those that it names as its alternates. Not all of it if the scan is stopped.
    pub fn list(objects: &Path, format: Format, watch: &dyn Watch) -> Self {
        let mut store = Self::default();
        let mut folders = VecDeque::from([objects.to_owned()]);
        let mut met = HashSet::new();
        while let Some(folder) = folders.pop_front().filter(|_| !watch.stopped()) {
            match folder.canonicalize() {
                Ok(folder) if met.len() < MOST_FOLDERS => {
                    if met.insert(folder.clone()) {
                        store.folder(&folder, format, watch, &mut folders);
                    }
                }
                Ok(folder) => {
                    store.failed.push((folder, io::Error::other("too many alternates")));
                }
                Err(error) => store.failed.push((folder, error)),
            }
        }
        store
    }

    fn folder(
        &mut self,
        folder: &Path,
        format: Format,
        watch: &dyn Watch,
        more: &mut VecDeque<PathBuf>,
    ) {
        for (path, name, what) in self.entries(folder) {
            // One of 256 folders for loose objects, each with some of them.
            if watch.stopped() {
                return;
            }
            let is_hex = name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
            match &*name {
                _ if what != What::Folder => self.other(path, what, more),
                "pack" => self.packs_of(&path, more),
                "info" => self.info_of(&path, folder, more),
                _ if is_hex => self.loose_of(&path, &name, format, more),
                _ => self.other(path, what, more),
            }
        }
    }

    fn packs_of(&mut self, folder: &Path, more: &mut VecDeque<PathBuf>) {
        let entries = self.entries(folder);
        for (path, name, what) in entries {
            let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
            let pack = path.with_extension("pack");
            match end {
                _ if what == What::Folder && name != "multi-pack-index.d" => {
                    self.other(path, what, more);
                }
                "pack" => {
                    let index = path.with_extension("idx");
                    let index = index.exists().then_some(index);
                    self.packs.push((path, index));
                }
                "idx" if pack.exists() => self.repeated(path),
                "idx" => self.without_pack.push(path),
                "rev" | "bitmap" | "mtimes" => self.repeated(path),
                _ if name.starts_with("multi-pack-index") => self.repeated(path),
                _ if name.starts_with("tmp_pack_") => self.packs.push((path, None)),
                _ => self.other(path, what, more),
            }
        }
    }

    fn info_of(&mut self, info: &Path, folder: &Path, more: &mut VecDeque<PathBuf>) {
        for (path, name, what) in self.entries(info) {
            let is_table = match what {
                What::Folder => name == "commit-graphs",
                What::File | What::Other => name == "commit-graph",
            };
            if is_table {
                self.repeated(path);
                continue;
            }
            if name == "alternates" {
                match files::contents(&path, LARGEST_LIST) {
                    Ok(list) => more.extend(alternates(&list).map(|other| folder.join(other))),
                    Err(error) => self.failed.push((path.clone(), error)),
                }
            }
            self.other(path, what, more);
        }
    }

    fn loose_of(
        &mut self,
        folder: &Path,
        first: &str,
        format: Format,
        more: &mut VecDeque<PathBuf>,
    ) {
        for (path, name, what) in self.entries(folder) {
            let id = Id::from_hex(format, format!("{first}{name}").as_bytes());
            if what != What::Folder && (id.is_some() || name.starts_with("tmp_obj_")) {
                self.loose.push((path, id));
            } else {
                self.other(path, what, more);
            }
        }
    }

    /// An entry that is none of Git's. A folder may have objects that were on their way when Git stopped.
    fn other(&mut self, path: PathBuf, what: What, more: &mut VecDeque<PathBuf>) {
        match what {
            What::File => self.files.push(path),
            What::Folder => more.push_back(path),
            What::Other => self.not_files.push(path),
        }
    }

    fn repeated(&mut self, path: PathBuf) {
        let size = path.metadata().map(|about| about.len());
        self.repeated.push((path, size.unwrap_or_default()));
    }

    /// The entries of a folder with their names, and what they are. Any that fails is kept as such.
    fn entries(&mut self, folder: &Path) -> Vec<(PathBuf, String, What)> {
        let listed = match fs::read_dir(folder) {
            Ok(listed) => listed,
            Err(error) => {
                self.failed.push((folder.to_owned(), error));
                return Vec::new();
            }
        };
        let mut entries = Vec::new();
        for entry in listed {
            match entry {
                Ok(entry) => {
                    let name = entry.file_name().to_string_lossy().into_owned();
                    let path = entry.path();
                    let what = What::of(&path);
                    entries.push((path, name, what));
                }
                Err(error) => self.failed.push((folder.to_owned(), error)),
            }
        }
        entries.sort();
        entries
    }
}

/// The folders that a file of alternates names.
fn alternates(list: &[u8]) -> impl Iterator<Item = PathBuf> {
    let lines = list.split(|byte| *byte == b'\n');
    let named = lines.filter(|line| !line.is_empty() && !line.starts_with(b"#"));
    named.map(|line| PathBuf::from(String::from_utf8_lossy(line).into_owned()))
}

/// The objects that are there, by the first bits of their ids.
#[derive(Debug, Default)]
pub struct Known(HashSet<u64, BuildHasherDefault<AsItIs>>);

impl Known {
    pub fn add(&mut self, ids: impl Iterator<Item = Id>) {
        self.add_short(ids.map(|id| id.short()));
    }

    pub fn add_short(&mut self, ids: impl Iterator<Item = u64>) {
        self.0.extend(ids);
    }

    pub fn has(&self, id: &Id) -> bool {
        self.has_short(id.short())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn has_short(&self, id: u64) -> bool {
        self.0.contains(&id)
    }
}

/// The bits of an id are as good as those of a hash of them.
#[derive(Debug, Default)]
pub struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}
