//! Images of disks, which are known by what is somewhere in them.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use super::format::HEAD;

/// The length of what an image of a disk is known by.
const LENGTH_OF_MARK: usize = 5;

/// Where in a file of this size there is what an image of a disk is known by, and what it is: that of a CD or DVD, or
/// of a Mac's disk.
fn images(size: u64) -> [(u64, &'static [&'static [u8]]); 2] {
    [(0x8001, &[b"CD001", b"BEA01"]), (size.wrapping_sub(512), &[b"koly\0"])]
}

/// Whether a file is the image of a disk by what is somewhere in it.
pub fn is_image(file: &mut (impl Read + Seek), size: u64) -> io::Result<bool> {
    for (at, marks) in images(size) {
        let mut bytes = [0; LENGTH_OF_MARK];
        if at.checked_add(bytes.len() as u64).is_some_and(|end| end <= size) {
            file.seek(SeekFrom::Start(at))?;
            // Whatever became shorter meanwhile is told as such.
            let _ = file.read(&mut bytes)?;
        }
        if marks.contains(&&bytes[..]) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The ranges of so many bytes that decide whether these are plain.
pub fn telling(size: usize) -> [Range<usize>; 3] {
    let [disc, mac] = images(size as u64).map(|(at, _)| usize::try_from(at).unwrap_or(usize::MAX));
    let mark = |at: usize| at..at.saturating_add(LENGTH_OF_MARK);
    [0..HEAD, mark(disc), mark(mac)]
}
