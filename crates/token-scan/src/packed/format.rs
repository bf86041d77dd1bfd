//! Which files hold others, by their first bytes.

/// As many bytes at the beginning of a file tell its format.
pub const HEAD: usize = 262;

/// A format of files that hold other files, or one in fewer bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Also `.jar`, `.whl`, `.docx`, and many more.
    Zip,
    /// One file in fewer bytes, or several after each other.
    Gzip,
    /// Files after each other, as they are.
    Tar,
    /// Objects of Git outside of a repository: a bundle, or a pack.
    Git,
    /// One that is packed, and isn't opened here.
    Other,
}

/// The beginnings of formats that aren't opened: xz, bzip2, zstd, 7-Zip, RAR, LZ4, `compress`, and cabinets.
const OTHERS: [&[u8]; 8] = [
    b"\xfd7zXZ\0",
    b"BZh",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x04\x22\x4d\x18",
    b"\x1f\x9d\x90",
    b"MSCF\0\0\0\0",
];

/// The beginnings of bundles and packs.
const GIT: [&[u8]; 3] = [b"# v2 git bundle\n", b"# v3 git bundle\n", b"PACK\0\0\0\x02"];

impl Format {
    /// The format of a file that begins with these bytes, if it is one of them.
    pub fn of(head: &[u8]) -> Option<Self> {
        let is_bzip2 = |head: &[u8]| head.get(4..10).is_some_and(|it| it == b"1AY&SY");
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            Some(Self::Zip)
        } else if head.starts_with(b"\x1f\x8b\x08") {
            Some(Self::Gzip)
        } else if head.get(257..HEAD).is_some_and(|it| it == b"ustar") {
            Some(Self::Tar)
        } else if GIT.iter().any(|start| head.starts_with(start)) {
            Some(Self::Git)
        } else {
            let other = OTHERS.iter().find(|start| head.starts_with(start))?;
            (*other != b"BZh" || is_bzip2(head)).then_some(Self::Other)
        }
    }
}
