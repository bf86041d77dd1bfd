//! Opens files that somebody else may have created or replaced, without being redirected, blocked, or given
//! more data than expected.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

/// Reads a text of at most `limit` bytes. A link is followed, since a person may have created it.
///
/// # Errors
///
/// Also for anything but a regular file, such as a pipe or a device: reading it might never end, or
/// never begin.
pub(crate) fn read_small(path: &Path, limit: u64) -> io::Result<String> {
    let mut options = OpenOptions::new();
    options.read(true);
    flags(&mut options, NO_WAIT);
    let file = options.open(path)?;
    is_regular(&file)?;
    let mut text = String::new();
    file.take(limit + 1).read_to_string(&mut text)?;
    if text.len() as u64 > limit {
        return Err(io::Error::other(format!("it is longer than {limit} bytes")));
    }
    Ok(text)
}

/// Creates a private folder, or makes an existing one private.
///
/// # Errors
///
/// The errors of the system.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    // The permissions are set on the opened file, whatever is at its path by then.
    #[cfg(unix)]
    restrict(&File::open(folder)?, 0o700)?;
    Ok(())
}

/// Opens one of the app's own files to read and write, or creates it; its content is kept. It is
/// private from the start, whatever the umask.
///
/// # Errors
///
/// Also for a link, for anything but a regular file, and for another user's file.
pub fn open_own(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    flags(&mut options, NO_WAIT | NO_LINK);
    let file = options.open(path)?;
    is_regular(&file)?;
    is_own(&file)?;
    restrict(&file, 0o600)?;
    Ok(file)
}

fn is_regular(file: &File) -> io::Result<()> {
    if file.metadata()?.is_file() {
        return Ok(());
    }
    Err(io::Error::other("it is not a regular file"))
}

#[cfg(unix)]
const NO_WAIT: rustix::fs::OFlags = rustix::fs::OFlags::NONBLOCK;
#[cfg(unix)]
const NO_LINK: rustix::fs::OFlags = rustix::fs::OFlags::NOFOLLOW;

#[cfg(unix)]
fn flags(options: &mut OpenOptions, flags: rustix::fs::OFlags) {
    use std::os::unix::fs::OpenOptionsExt;
    options.custom_flags(flags.bits().cast_signed());
}

#[cfg(unix)]
fn is_own(file: &File) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    if file.metadata()?.uid() == rustix::process::geteuid().as_raw() {
        return Ok(());
    }
    Err(io::Error::other("it belongs to another user"))
}

#[cfg(unix)]
fn restrict(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
const NO_WAIT: u32 = 0;
#[cfg(not(unix))]
const NO_LINK: u32 = 0;

#[cfg(not(unix))]
fn flags(_options: &mut OpenOptions, _flags: u32) {}

#[cfg(not(unix))]
fn is_own(_file: &File) -> io::Result<()> {
    // The user's profile folder is private already.
    Ok(())
}

#[cfg(not(unix))]
fn restrict(_file: &File, _mode: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use rustix::fs::{CWD, FileType, Mode, mknodat};

    use super::*;

    fn said<T: std::fmt::Debug>(result: io::Result<T>) -> String {
        result.expect_err("it is refused").to_string()
    }

    #[test]
    fn a_text_is_read_and_nothing_that_never_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("text"), "12345").expect("a file");
        symlink(at("text"), at("link")).expect("a link");
        symlink("/dev/zero", at("zero")).expect("a link");
        mknodat(CWD, at("pipe"), FileType::Fifo, Mode::RWXU, 0).expect("a pipe");
        assert_eq!(read_small(&at("text"), 5).expect("a text"), "12345");
        assert_eq!(read_small(&at("link"), 5).expect("a text"), "12345");
        assert!(said(read_small(&at("text"), 4)).contains("longer than 4 bytes"));
        for name in ["zero", "pipe", ""] {
            assert!(said(read_small(&at(name), 5)).contains("not a regular file"), "{name}");
        }
    }

    #[test]
    fn an_own_file_is_private_and_no_link_leads_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("precious"), "bytes").expect("a file");
        fs::set_permissions(at("precious"), fs::Permissions::from_mode(0o644)).expect("rights");
        symlink(at("precious"), at("lock")).expect("a link");
        symlink(at("nowhere"), at("new")).expect("a link");
        assert!(open_own(&at("lock")).is_err() && open_own(&at("new")).is_err());
        assert!(!at("nowhere").exists() && open_own(folder.path()).is_err());
        mknodat(CWD, at("pipe"), FileType::Fifo, Mode::RWXU, 0).expect("a pipe");
        assert!(said(open_own(&at("pipe"))).contains("not a regular file"));
        let mode =
            |name: &str| fs::metadata(at(name)).expect("a file").permissions().mode() & 0o777;
        assert_eq!(
            (fs::read(at("precious")).expect("bytes"), mode("precious")),
            (b"bytes".into(), 0o644)
        );
        open_own(&at("precious")).expect("it opens");
        open_own(&at("made")).expect("it is made");
        assert_eq!(fs::read(at("precious")).expect("bytes"), b"bytes", "nothing is cut off");
        assert_eq!((mode("precious"), mode("made")), (0o600, 0o600));
    }
}
