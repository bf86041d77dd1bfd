//! A file without a name until it is complete, so that a crash leaves nothing that somebody could
//! find, copy or commit.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// Files left by a killed save have this prefix, and are removed by the next save.
const PREFIX: &str = ".entri-tokens-";
const SUFFIX: &str = ".unfinished";
/// A folder with more entries is not searched to its end.
const MOST_ENTRIES: usize = 100_000;

/// A file that is being written.
pub(super) enum NewFile {
    /// A file without a name, which disappears with its process.
    #[cfg(target_os = "linux")]
    Unnamed(File),
    /// Where the disk has no files without a name.
    Named(NamedTempFile),
}

impl NewFile {
    /// Makes one for the user alone, on the disk of the folder.
    pub fn make(folder: &Path) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        if let Some(file) = unnamed(folder)? {
            return Ok(Self::Unnamed(file));
        }
        Ok(Self::Named(named().tempfile_in(folder)?))
    }

    pub fn file(&mut self) -> &mut File {
        match self {
            #[cfg(target_os = "linux")]
            Self::Unnamed(file) => file,
            Self::Named(file) => file.as_file_mut(),
        }
    }

    /// Writes the pieces, and waits until the disk has them.
    pub fn fill(&mut self, pieces: &[&[u8]]) -> io::Result<()> {
        for piece in pieces {
            self.file().write_all(piece)?;
        }
        self.file().sync_all()
    }

    /// Gives the file its name.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::AlreadyExists`] if there is such a file and it isn't to be replaced.
    pub fn keep(self, place: &Path, replace: bool) -> io::Result<()> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Unnamed(file) if replace => {
                // A link replaces nothing, so it has another name for the moment between two calls.
                let folder = place.parent().unwrap_or(Path::new("/"));
                let linked = named().make_in(folder, |name| link(&file, name))?;
                Ok(linked.into_temp_path().persist(place)?)
            }
            #[cfg(target_os = "linux")]
            Self::Unnamed(file) => link(&file, place),
            Self::Named(file) if replace => Ok(file.persist(place).map(drop)?),
            Self::Named(file) => Ok(file.persist_noclobber(place).map(drop)?),
        }
    }
}

/// Removes what earlier saves of this user left in a folder.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.take(MOST_ENTRIES).filter_map(Result::ok) {
        let name = entry.file_name();
        let is_left =
            name.to_str().is_some_and(|it| it.starts_with(PREFIX) && it.ends_with(SUFFIX));
        if is_left && entry.metadata().is_ok_and(|it| it.is_file() && is_own(&it)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn named() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(16);
    builder
}

/// `None` if the disk has no such files.
#[cfg(target_os = "linux")]
fn unnamed(folder: &Path) -> io::Result<Option<File>> {
    use rustix::fs::{Mode, OFlags, open};
    use rustix::io::Errno;
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    match open(folder, flags, Mode::RUSR | Mode::WUSR) {
        Ok(file) => Ok(Some(file.into())),
        Err(Errno::OPNOTSUPP | Errno::ISDIR | Errno::INVAL) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(target_os = "linux")]
fn link(file: &File, place: &Path) -> io::Result<()> {
    use std::os::fd::AsRawFd;

    use rustix::fs::{AtFlags, CWD, linkat};
    let open = format!("/proc/self/fd/{}", file.as_raw_fd());
    Ok(linkat(CWD, open, CWD, place, AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(unix)]
fn is_own(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.uid() == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn is_own(_metadata: &fs::Metadata) -> bool {
    true
}
