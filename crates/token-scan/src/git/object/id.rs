//! The ids of Git's objects.

use std::fmt;

use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::context::Watch;

/// So many bytes are hashed between two questions whether to stop.
const HASHED: usize = 1 << 22;

/// How a repository makes the ids of its objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Ids of 20 bytes.
    Sha1,
    /// Ids of 32 bytes.
    Sha256,
}

impl Format {
    /// The length of an id in bytes.
    pub fn width(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        }
    }

    /// The hash of these parts, one after the other.
    pub fn hash(self, parts: &[&[u8]]) -> Id {
        match self {
            Self::Sha1 => Id::new(&hash_of::<Sha1>(parts)),
            Self::Sha256 => Id::new(&hash_of::<Sha256>(parts)),
        }
    }

    /// The hash of many bytes, unless the scan is stopped meanwhile.
    pub fn hash_watched(self, head: &[u8], bytes: &[u8], watch: &dyn Watch) -> Option<Id> {
        match self {
            Self::Sha1 => watched::<Sha1>(head, bytes, watch),
            Self::Sha256 => watched::<Sha256>(head, bytes, watch),
        }
    }

    /// The id of an object.
    pub fn id_of(self, kind: ObjectKind, data: &[u8]) -> Id {
        self.hash(&[head_of(kind, data).as_bytes(), data])
    }

    /// The id of an object that may be large, unless the scan is stopped meanwhile.
    pub fn id_watched(self, kind: ObjectKind, data: &[u8], watch: &dyn Watch) -> Option<Id> {
        self.hash_watched(head_of(kind, data).as_bytes(), data, watch)
    }
}

/// What stands before the bytes of an object when its id is made.
fn head_of(kind: ObjectKind, data: &[u8]) -> String {
    format!("{} {}\0", kind.name(), data.len())
}

fn watched<D: Digest>(head: &[u8], bytes: &[u8], watch: &dyn Watch) -> Option<Id> {
    let mut digest = D::new();
    digest.update(head);
    for part in bytes.chunks(HASHED) {
        if watch.stopped() {
            return None;
        }
        digest.update(part);
    }
    Some(Id::new(&digest.finalize()))
}

fn hash_of<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
    let mut digest = D::new();
    for part in parts {
        digest.update(part);
    }
    digest.finalize().to_vec()
}

/// The four kinds of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectKind {
    /// A commit with its message.
    Commit,
    /// A folder, with the names in it.
    Tree,
    /// The contents of a file.
    Blob,
    /// An annotated tag, with its message.
    Tag,
}

impl ObjectKind {
    /// The name that Git uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Commit => "commit",
            Self::Tree => "tree",
            Self::Blob => "blob",
            Self::Tag => "tag",
        }
    }

    /// The kind of this name.
    pub fn named(name: &[u8]) -> Option<Self> {
        let all = [Self::Commit, Self::Tree, Self::Blob, Self::Tag];
        all.into_iter().find(|kind| kind.name().as_bytes() == name)
    }
}

/// The id of an object. One of 20 bytes ends with zeros.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    bytes: [u8; 32],
    width: u8,
}

impl Id {
    /// An id of 20 or 32 bytes; of more, the first 32 are used.
    pub fn new(from: &[u8]) -> Self {
        let width = from.len().min(32);
        let mut bytes = [0; 32];
        bytes[..width].copy_from_slice(&from[..width]);
        Self { bytes, width: u8::try_from(width).unwrap_or_default() }
    }

    /// The id with these hexadecimal digits, if they are as many as the format has.
    pub fn from_hex(format: Format, hex: &[u8]) -> Option<Self> {
        if hex.len() != 2 * format.width() {
            return None;
        }
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(hex.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self::new(&bytes[..format.width()]))
    }

    /// The first 64 bits, which in practice no two objects of a repository share.
    pub fn short(&self) -> u64 {
        short(&self.bytes)
    }

    /// All bytes of the id.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.width)]
    }
}

/// The first 64 bits of an id.
pub fn short(id: &[u8]) -> u64 {
    id.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_bytes().iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
