//! Which files hold others, by their first bytes.

use flate2::{Decompress, FlushDecompress, Status};

/// As many bytes at the beginning of a file tell its format.
pub const HEAD: usize = 512;

/// A format of files that hold other files, or one in fewer bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Also `.jar`, `.whl`, `.docx`, and many more.
    Zip,
    /// One file in fewer bytes, or several after each other.
    Gzip,
    /// One file in fewer bytes, as Git's objects are.
    Zlib,
    /// Files after each other, as they are.
    Tar,
    /// Objects of Git outside of a repository: a bundle, or a pack.
    Git,
    /// One that is packed, or that may hold packed files, and isn't opened here.
    Other,
}

/// The beginnings of formats that aren't opened: xz, zstd, 7-Zip, RAR, LZ4, LZO, lzip, `compress` and its relatives,
/// cabinets, RPM, `cpio`, `xar`, squashfs, and images of disks.
const OTHERS: [&[u8]; 30] = [
    b"\xfd7zXZ\0",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x04\x22\x4d\x18",
    b"\x02\x21\x4c\x18",
    b"\xff\x06\0\0sNaPpY",
    b"\x89LZO\0",
    b"LZIP\x01",
    b"LRZI",
    b"\x1f\x8b",
    b"\x1f\x9d",
    b"\x1f\x9e",
    b"\x1f\xa0",
    b"\x1f\x1e",
    b"MSCF\0\0\0\0",
    b"MSWIM\0\0\0",
    b"\xed\xab\xee\xdb",
    b"070701",
    b"070702",
    b"070707",
    b"\xc7\x71",
    b"\x71\xc7",
    b"xar!",
    b"hsqs",
    b"sqsh",
    b"QFI\xfb",
    b"KDMV",
    b"vhdxfile",
    b"bvx2",
];

/// The beginnings of bundles and packs.
const GIT: [&[u8]; 3] = [b"# v2 git bundle\n", b"# v3 git bundle\n", b"PACK\0\0\0\x02"];

/// The beginnings of zip archives: with a file, without any, and in one part of several.
const ZIP: [&[u8]; 3] = [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"];

impl Format {
    /// The format of a file that begins with these bytes, if it is one of them.
    pub fn of(head: &[u8]) -> Option<Self> {
        let head = &head[..head.len().min(HEAD)];
        let begins_with = |starts: &[&[u8]]| starts.iter().any(|start| head.starts_with(start));
        if begins_with(&ZIP) {
            Some(Self::Zip)
        } else if head.starts_with(b"\x1f\x8b\x08") {
            Some(Self::Gzip)
        } else if is_tar(head) {
            Some(Self::Tar)
        } else if begins_with(&GIT) {
            Some(Self::Git)
        } else if begins_with(&OTHERS)
            || is_bzip2(head)
            || is_lzma(head)
            || is_skipped(head)
            || is_ar(head)
        {
            Some(Self::Other)
        } else {
            is_zlib(head).then_some(Self::Zlib)
        }
    }
}

/// Also a tar as it was before POSIX, which has nothing but a checksum to know it by.
fn is_tar(head: &[u8]) -> bool {
    let Some(sum) = head.get(148..156).filter(|_| head.len() == HEAD) else { return false };
    if head[257..262] == *b"ustar" {
        return true;
    }
    if !sum.iter().all(|byte| matches!(byte, b'0'..=b'7' | b' ' | b'\0')) {
        return false;
    }
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\0');
    let digits: Vec<u8> = sum.iter().copied().filter(|byte| !is_blank(byte)).collect();
    let said = std::str::from_utf8(&digits).ok().and_then(|it| u32::from_str_radix(it, 8).ok());
    // The field counts as eight spaces.
    let others = head[..148].iter().chain(&head[156..]);
    said.is_some_and(|said| said == 8 * 32 + others.map(|byte| u32::from(*byte)).sum::<u32>())
}

fn is_bzip2(head: &[u8]) -> bool {
    let block = head.get(4..10);
    // One without any block has the end at once.
    head.starts_with(b"BZh") && block.is_some_and(|it| it == b"1AY&SY" || it == b"\x17rE8P\x90")
}

/// The default settings, a dictionary of a whole number of kilobytes, and a plausible or unknown length.
fn is_lzma(head: &[u8]) -> bool {
    let length =
        head.get(5..13).map(|it| it.iter().rev().fold(0, |sum, it| sum << 8 | u64::from(*it)));
    head.starts_with(b"\x5d\0\0") && length.is_some_and(|it| it == u64::MAX || it < 1 << 40)
}

/// An archive of `ar`, such as a Debian package, but not a library: that has a table of its symbols or machine code
/// first, and nothing in it is packed.
fn is_ar(head: &[u8]) -> bool {
    let Some(name) = head.strip_prefix(b"!<arch>\n").and_then(|rest| rest.get(..16)) else {
        return head.starts_with(b"!<arch>\n") && head.len() > 8;
    };
    let libraries: [&[u8]; 6] = [b"/ ", b"// ", b"/SYM64/", b"__.SYMDEF", b"lib.rmeta/", b"#1/"];
    let is_code = name.trim_ascii_end().strip_suffix(b"/").is_some_and(|it| it.ends_with(b".o"));
    !is_code && !libraries.iter().any(|it| name.starts_with(it))
}

/// A part of a zstd or LZ4 file that is to be skipped.
fn is_skipped(head: &[u8]) -> bool {
    head.get(1..4).is_some_and(|it| it == b"\x2a\x4d\x18") && head[0] & 0xf0 == 0x50
}

/// Whether the header makes sense, and what follows it can be unpacked.
fn is_zlib(head: &[u8]) -> bool {
    let &[method, flags, ..] = head else { return false };
    let is_header = method & 15 == 8 && method >> 4 <= 7 && flags & 0x20 == 0;
    if !is_header || (u32::from(method) << 8 | u32::from(flags)) % 31 != 0 {
        return false;
    }
    let (mut stream, mut out) = (Decompress::new(true), [0; 4096]);
    loop {
        let read = usize::try_from(stream.total_in()).unwrap_or_default();
        let before = (stream.total_in(), stream.total_out());
        match stream.decompress(&head[read..], &mut out, FlushDecompress::None) {
            Ok(Status::StreamEnd) => return true,
            Ok(_) if before != (stream.total_in(), stream.total_out()) => {}
            // A text can begin in the same way.
            Ok(_) => return !head.is_ascii(),
            Err(_) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_no_format() {
        for text in
            ["", "x", "x^2 + y^2\n", "HK", "HKb\n", "x^", "Xa: the next\n", "8O2", "BZhello", "070"]
        {
            assert_eq!(Format::of(text.as_bytes()), None, "{text}");
            assert_eq!(Format::of(text.repeat(600).as_bytes()), None, "{text}");
        }
        assert_eq!(Format::of(&[0; HEAD]), None);
    }
}
