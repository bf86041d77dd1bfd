//! Archives and packed files: what is in them is searched, too.

mod budget;
mod format;
mod image;
mod readers;
mod tee;
mod zip;
mod zlib;

use std::collections::HashSet;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};

use flate2::Crc;
use flate2::bufread::MultiGzDecoder;
use flate2::read::DeflateDecoder;

use crate::inspect::{Halt, Inspector, Place, Zip};
use crate::ledger::{Fault, Unit};
use budget::{Budget, fault};
use format::{Format, HEAD};
use image::is_image;
use readers::{Checked, Counted};
use tee::Tee;

pub use image::telling;

/// An archive in another that has to be in memory is not larger than this.
const LARGEST_INSIDE: u64 = 64 << 20;

/// Searches a file, and what is in it if it is an archive. Tells how many bytes of it were read, at most `most`.
pub fn file(
    inspector: &mut Inspector<'_>,
    place: Place<'_>,
    file: &mut (impl Read + Seek),
    size: u64,
    most: u64,
) -> Result<u64, Fault> {
    let head = head(file).map_err(|error| Fault::from(&error))?;
    let Some(format) = Format::of(&head) else {
        let (read, zip) = plain(inspector, place, &mut head.chain(&mut *file).take(most))?;
        return after(inspector, place, file, size, zip).map(|()| read);
    };
    if let (Format::Git, Place::File(path)) = (format, place) {
        inspector.git_files.push(path.to_owned());
        return plain(inspector, place, &mut head.chain(file).take(most)).map(|(read, _)| read);
    }
    let budget = Budget::new(size, inspector.context);
    let is_inside = std::mem::replace(&mut inspector.is_inside, true);
    let opened = match format {
        Format::Zip => zip_archive(inspector, place, file, &budget),
        _ => open(inspector, place, format, &mut head.chain(&mut *file).take(most), &budget),
    };
    inspector.is_inside = is_inside;
    if !is_inside {
        inspector.context.watch.read(size);
    }
    inspector.inside.clear();
    opened.map(|()| size)
}

/// Whether bytes are an archive or a packed file.
pub fn is_packed(bytes: &[u8]) -> bool {
    Format::of(bytes).is_some()
}

/// Whether bytes hold no others, but for a zip archive behind something else.
pub fn is_plain(bytes: &[u8]) -> bool {
    let is_image = is_image(&mut Cursor::new(bytes), bytes.len() as u64);
    !is_packed(bytes) && is_image.is_ok_and(|it| !it)
}

/// Searches bytes, and what is in them if they are an archive.
pub fn bytes(inspector: &mut Inspector<'_>, place: Place<'_>, bytes: &[u8]) -> Result<(), Fault> {
    let size = bytes.len() as u64;
    let is_inside = std::mem::replace(&mut inspector.is_inside, true);
    let read = file(inspector, place, &mut Cursor::new(bytes), size, size);
    inspector.is_inside = is_inside;
    read.map(drop)
}

/// Opens the zip archive that these bytes end with, if there is one. They were searched as they are.
pub fn after_bytes(
    inspector: &mut Inspector<'_>,
    place: Place<'_>,
    bytes: &[u8],
    zip: Zip,
) -> Result<(), Fault> {
    after(inspector, place, &mut Cursor::new(bytes), bytes.len() as u64, zip)
}

fn after(
    inspector: &mut Inspector<'_>,
    place: Place<'_>,
    file: &mut (impl Read + Seek),
    size: u64,
    zip: Zip,
) -> Result<(), Fault> {
    match zip {
        Zip::None if is_image(file, size).map_err(|error| fault(&error))? => {
            Err(Fault::UnknownFormat)
        }
        Zip::None => Ok(()),
        // Nobody knows where it begins.
        Zip::Inside => Err(Fault::UnknownFormat),
        Zip::Whole => {
            let budget = Budget::new(size, inspector.context);
            let is_inside = std::mem::replace(&mut inspector.is_inside, true);
            let opened = zip_members(inspector, place, file, &budget);
            inspector.is_inside = is_inside;
            inspector.inside.clear();
            opened
        }
    }
}

fn plain(
    inspector: &mut Inspector<'_>,
    place: Place<'_>,
    reader: &mut dyn Read,
) -> Result<(u64, Zip), Fault> {
    inspector.reader(place, reader).map_err(|halt| match halt {
        Halt::Stopped => Fault::Stopped,
        Halt::Io(error) => fault(&error),
    })
}

/// The first bytes of a reader, by which its format is known.
fn head(reader: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    reader.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Searches what comes out of a packed file, which may be packed itself. Tells how many bytes that was.
fn stream(
    inspector: &mut Inspector<'_>,
    place: Place<'_>,
    reader: &mut dyn Read,
    budget: &Budget<'_>,
) -> Result<u64, Fault> {
    let mut counted = Counted { inner: reader, read: 0 };
    let head = head(&mut counted).map_err(|error| fault(&error))?;
    let format = Format::of(&head);
    let mut all = head.chain(&mut counted);
    let zip = match format {
        None => plain(inspector, place, &mut all)?.1,
        Some(format) => open(inspector, place, format, &mut all, budget).map(|()| Zip::None)?,
    };
    // What follows the archive belongs to the file as well, and to its checksum.
    plain(inspector, place, &mut counted)?;
    // What was read cannot be read again.
    if zip == Zip::None { Ok(counted.read) } else { Err(Fault::UnknownFormat) }
}

/// Opens a packed file that is read once, from its beginning to its end.
fn open(
    inspector: &mut Inspector<'_>,
    place: Place<'_>,
    format: Format,
    reader: &mut dyn Read,
    budget: &Budget<'_>,
) -> Result<(), Fault> {
    let Some(_deeper) = budget.deeper() else {
        plain(inspector, place, reader)?;
        return Err(Fault::TooDeep);
    };
    match format {
        Format::Gzip => {
            // The header may name the file, and say something about it.
            let mut tee = Tee::new(reader);
            let unpacked = MultiGzDecoder::new(BufReader::new(&mut tee));
            let opened = stream(inspector, place, &mut budget.limit(unpacked), budget);
            let rest = io::copy(&mut budget.watched(&mut tee), &mut io::sink());
            let before = inspector.inside.len();
            outside(inspector, place, tee, before);
            opened.and(rest.map_err(|error| fault(&error))).map(drop)
        }
        Format::Zlib => zlib::file(inspector, place, reader, budget),
        Format::Tar => tar_archive(inspector, place, reader, budget),
        Format::Zip => {
            let mut bytes = Vec::new();
            let read = reader.take(LARGEST_INSIDE + 1).read_to_end(&mut bytes);
            read.map_err(|error| fault(&error))?;
            if bytes.len() as u64 > LARGEST_INSIDE {
                plain(inspector, place, &mut Cursor::new(bytes).chain(reader))?;
                return Err(Fault::TooLarge);
            }
            zip_archive(inspector, place, &mut Cursor::new(bytes), budget)
        }
        Format::Git | Format::Other => {
            plain(inspector, place, reader)?;
            Err(Fault::UnknownFormat)
        }
    }
}

fn zip_archive(
    inspector: &mut Inspector<'_>,
    place: Place<'_>,
    file: &mut (impl Read + Seek),
    budget: &Budget<'_>,
) -> Result<(), Fault> {
    let before = inspector.inside.len();
    file.seek(SeekFrom::Start(0)).map_err(|error| Fault::from(&error))?;
    let mut tee = Tee::new(budget.watched(&mut *file));
    let raw = io::copy(&mut tee, &mut io::sink()).map_err(|error| fault(&error));
    let inner = tee.without_inner();
    let opened = raw.and_then(|_| zip_members(inspector, place, file, budget));
    outside(inspector, place, inner, before);
    opened
}

fn zip_members(
    inspector: &mut Inspector<'_>,
    place: Place<'_>,
    file: &mut (impl Read + Seek),
    budget: &Budget<'_>,
) -> Result<(), Fault> {
    let listed = zip::directory(file);
    for entry in listed.iter().flat_map(|it| &it.entries) {
        let member = Place::Member { of: &place, name: &entry.name };
        inspector.name(Place::MemberName(&member), &entry.name);
        match zip_member(inspector, member, file, entry, budget) {
            Ok(read) => inspector.ledger.read(Unit::Member, read),
            Err(fault) => inspector.ledger.fail(fault, || member.shown(), entry.packed),
        }
    }
    listed.and_then(|directory| zip::account(file, &directory, || budget.is_stopped()))
}

fn zip_member(
    inspector: &mut Inspector<'_>,
    member: Place<'_>,
    file: &mut (impl Read + Seek),
    entry: &zip::Entry,
    budget: &Budget<'_>,
) -> Result<u64, Fault> {
    if budget.is_stopped() {
        return Err(Fault::Stopped);
    }
    if entry.encrypted {
        return Err(Fault::Encrypted);
    }
    let packed = zip::open(file, entry)?;
    let unpacked: &mut dyn Read = match entry.method {
        zip::Method::Stored => &mut { packed },
        zip::Method::Deflated => &mut DeflateDecoder::new(packed),
        zip::Method::Other => return Err(Fault::UnknownFormat),
    };
    let mut checked = Checked { inner: budget.limit(unpacked), crc: Crc::new() };
    let read = stream(inspector, member, &mut checked, budget)?;
    if checked.crc.sum() == entry.crc { Ok(read) } else { Err(Fault::Damaged) }
}

fn tar_archive(
    inspector: &mut Inspector<'_>,
    place: Place<'_>,
    reader: &mut dyn Read,
    budget: &Budget<'_>,
) -> Result<(), Fault> {
    let before = inspector.inside.len();
    let mut archive = tar::Archive::new(Tee::new(budget.watched(reader)));
    // Another archive may follow the end of one.
    archive.set_ignore_zeros(true);
    let opened = tar_members(inspector, place, &mut archive, budget);
    let mut tee = archive.into_inner();
    let rest = io::copy(&mut tee, &mut io::sink());
    outside(inspector, place, tee, before);
    opened.and(rest).map(drop).map_err(|error| fault(&error))
}

fn tar_members<R: Read>(
    inspector: &mut Inspector<'_>,
    place: Place<'_>,
    archive: &mut tar::Archive<R>,
    budget: &Budget<'_>,
) -> io::Result<u64> {
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = entry.path_bytes().into_owned();
        let member = Place::Member { of: &place, name: &name };
        inspector.name(Place::MemberName(&member), &name);
        match stream(inspector, member, &mut entry, budget) {
            Ok(read) => inspector.ledger.read(Unit::Member, read),
            Err(fault) => inspector.ledger.fail(fault, || member.shown(), entry.size()),
        }
    }
    Ok(0)
}

/// What the bytes of an archive hold as they are, but for what was found in its members: those may be stored as
/// they are.
fn outside<R>(inspector: &mut Inspector<'_>, place: Place<'_>, tee: Tee<R>, before: usize) {
    let found = tee.into_found();
    let inside: HashSet<_> = inspector.inside[before..].iter().copied().collect();
    for (found, line) in found.values.into_iter().chain(found.placeholders) {
        let fingerprint = found.value.fingerprint(&inspector.context.options.key);
        if !inside.contains(&fingerprint) {
            inspector.report(place, found, line);
        }
    }
    inspector.ledger.unlisted += found.more_values;
    inspector.ledger.placeholders += found.more_placeholders;
}
