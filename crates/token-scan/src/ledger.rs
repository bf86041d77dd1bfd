//! The ledger: everything that a scan met was read, skipped by a rule, or could not be read.

use std::collections::BTreeMap;
use std::io;
use std::ops::AddAssign;

/// As many places are named for each reason at most; the counts have all of them.
const NAMED: usize = 20;

/// How many things there were, and how many bytes they have as far as that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The number of things.
    pub count: u64,
    /// The sum of their sizes in bytes.
    pub bytes: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.count = self.count.saturating_add(other.count);
        self.bytes = self.bytes.saturating_add(other.bytes);
    }
}

/// What was read completely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A file of a folder, or a file of Git's own that is none of its objects.
    File,
    /// The name of a file, folder or link.
    Name,
    /// An object of a repository: a version of a file, a folder, a commit or a tag.
    Object,
    /// A file in an archive or a packed file.
    Member,
}

impl Unit {
    /// The name for the command's output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "files",
            Self::Name => "names",
            Self::Object => "objects",
            Self::Member => "members",
        }
    }
}

/// A rule by which something is skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A symbolic link. What it leads to is read where it lies, if that is inside.
    Link,
    /// A device, a socket or a pipe.
    NotAFile,
    /// A folder on another file system.
    OtherFileSystem,
    /// The caller's own data, which it named.
    OwnData,
    /// The same file or repository, met before under another name.
    MetBefore,
    /// A table of Git's that only repeats what its packs hold.
    Repeated,
}

impl Rule {
    /// The name for the command's output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Link => "symbolic link",
            Self::NotAFile => "not a file",
            Self::OtherFileSystem => "another file system",
            Self::OwnData => "own data",
            Self::MetBefore => "met before",
            Self::Repeated => "repeats what a pack holds",
        }
    }
}

/// Why something could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// It is not there, or no longer.
    Missing,
    /// The system denies access.
    Denied,
    /// It is shorter or much longer than it was when it was opened.
    Changed,
    /// Any other error of the system.
    System,
    /// The scan was stopped before it came to it.
    Stopped,
    /// Its bytes differ from what was written, or some are missing.
    Damaged,
    /// An object that others need is not in the repository.
    MissingObject,
    /// History or objects that a shallow or partial clone left at its server.
    NotFetched,
    /// It is in a format that isn't known here.
    UnknownFormat,
    /// It is larger than what is taken into memory.
    TooLarge,
    /// It needs a password.
    Encrypted,
    /// It is an archive in an archive in an archive in another.
    TooDeep,
    /// Far more would come out of it than there is in it.
    UnpacksTooLarge,
}

impl Fault {
    /// The name for the command's output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "not there",
            Self::Denied => "permission denied",
            Self::Changed => "changed while it was read",
            Self::System => "error of the system",
            Self::Stopped => "stopped",
            Self::Damaged => "damaged",
            Self::MissingObject => "missing object",
            Self::NotFetched => "not fetched by this clone",
            Self::UnknownFormat => "unknown format",
            Self::TooLarge => "too large",
            Self::Encrypted => "encrypted",
            Self::TooDeep => "packed too often",
            Self::UnpacksTooLarge => "unpacks to too much",
        }
    }
}

impl From<&io::Error> for Fault {
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Denied,
            io::ErrorKind::FileTooLarge => Self::TooLarge,
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::InvalidData
            | io::ErrorKind::InvalidInput => Self::Damaged,
            _ => Self::System,
        }
    }
}

/// What could not be read for one reason: how much, and the first places.
#[derive(Clone, Debug, Default)]
pub struct Unread {
    /// All of it, in numbers.
    pub tally: Tally,
    /// Some of the places, as they may be shown.
    pub places: Vec<String>,
}

/// What a scan met. Nothing is in two of its three parts.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    read: BTreeMap<Unit, Tally>,
    skipped: BTreeMap<Rule, Tally>,
    unread: BTreeMap<Fault, Unread>,
    /// How many values were placeholders of documents and source code.
    pub placeholders: u64,
    /// How many places of values were found beyond those that are listed.
    pub unlisted: u64,
}

impl Ledger {
    pub(crate) fn read(&mut self, unit: Unit, bytes: u64) {
        *self.read.entry(unit).or_default() += Tally { count: 1, bytes };
    }

    pub(crate) fn skip(&mut self, rule: Rule, bytes: u64) {
        *self.skipped.entry(rule).or_default() += Tally { count: 1, bytes };
    }

    /// `place` tells the place as it may be shown; nobody asks where there are many of them.
    pub(crate) fn fail(&mut self, fault: Fault, place: impl FnOnce() -> String, bytes: u64) {
        self.fail_all(fault, 1, place, bytes);
    }

    /// The same for several things in one place.
    pub(crate) fn fail_all(
        &mut self,
        fault: Fault,
        count: u64,
        place: impl FnOnce() -> String,
        bytes: u64,
    ) {
        let unread = self.unread.entry(fault).or_default();
        unread.tally += Tally { count, bytes };
        if unread.places.len() < NAMED {
            unread.places.push(place());
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        for (unit, tally) in other.read {
            *self.read.entry(unit).or_default() += tally;
        }
        for (rule, tally) in other.skipped {
            *self.skipped.entry(rule).or_default() += tally;
        }
        for (fault, unread) in other.unread {
            let all = self.unread.entry(fault).or_default();
            all.tally += unread.tally;
            let room = NAMED.saturating_sub(all.places.len());
            all.places.extend(unread.places.into_iter().take(room));
        }
        self.placeholders += other.placeholders;
        self.unlisted += other.unlisted;
    }

    /// What was read completely.
    #[must_use]
    pub fn all_read(&self) -> &BTreeMap<Unit, Tally> {
        &self.read
    }

    /// What was skipped, by rule.
    #[must_use]
    pub fn all_skipped(&self) -> &BTreeMap<Rule, Tally> {
        &self.skipped
    }

    /// What could not be read, by reason.
    #[must_use]
    pub fn all_unread(&self) -> &BTreeMap<Fault, Unread> {
        &self.unread
    }

    /// The proof that everything was read, if it was.
    #[must_use]
    pub fn complete(&self) -> Option<AllRead> {
        self.unread.is_empty().then_some(AllRead(()))
    }
}

/// Proof that nothing was met that could not be read. Only [`Ledger::complete`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllRead(());

/// What may be said about a scan as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing found, with the proof that everything was read.
    NothingFound(AllRead),
    /// Nothing found in what could be read; something could not be.
    NothingFoundInWhatWasRead,
    /// Something was found. With the proof, that is all there is.
    Found(Option<AllRead>),
}

impl Outcome {
    pub(crate) fn of(hits: usize, ledger: &Ledger) -> Self {
        match (hits as u64 + ledger.unlisted, ledger.complete()) {
            (0, Some(proof)) => Self::NothingFound(proof),
            (0, None) => Self::NothingFoundInWhatWasRead,
            (_, proof) => Self::Found(proof),
        }
    }
}
