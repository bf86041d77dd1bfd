//! The ids of Git's objects.

use std::fmt;

use sha1::Sha1;
use sha2::{Digest, Sha256};

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

    /// The id of an object.
    pub fn id_of(self, kind: ObjectKind, data: &[u8]) -> Id {
        self.hash(&[format!("{} {}\0", kind.name(), data.len()).as_bytes(), data])
    }
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
        let mut first = [0; 8];
        first.copy_from_slice(&self.bytes[..8]);
        u64::from_be_bytes(first)
    }

    /// All bytes of the id.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.width)]
    }
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
