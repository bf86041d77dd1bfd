//! Files for their owner only, written completely or not at all.

mod new_file;
#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use new_file::NewFile;

use crate::error::FileError;

/// A file that is to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRequest {
    /// The path as typed: from `/` or `~/` on.
    pub path: String,
    /// The folder that `~` stands for.
    pub home: Option<PathBuf>,
    /// Whether a file that is there already goes.
    pub replace: bool,
}

impl FileRequest {
    /// The file that is there already, if one is.
    #[must_use]
    pub fn taken(&self) -> Option<PathBuf> {
        let there = Self { replace: true, ..self.clone() };
        let place = PrivateFile::at(&there).ok()?;
        place.file.exists().then_some(place.file)
    }
}

/// A checked place where a file may be created.
pub(crate) struct PrivateFile {
    /// Where links lead is what counts.
    pub folder: PathBuf,
    pub file: PathBuf,
    replace: bool,
}

impl PrivateFile {
    /// Checks the place that was typed: whether a file can be created there.
    pub fn at(request: &FileRequest) -> Result<Self, FileError> {
        let path = whole(request.path.trim(), request.home.as_deref()).ok_or(FileError::NoPath)?;
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(FileError::NoPath);
        };
        let folder = fs::canonicalize(folder)
            .map_err(|reason| FileError::Folder { folder: folder.to_owned(), reason })?;
        let place = Self { file: folder.join(name), folder, replace: request.replace };
        match fs::symlink_metadata(&place.file) {
            Ok(there) if !there.is_file() => Err(FileError::NotPlain(place.file)),
            Ok(_) if !place.replace => Err(FileError::Exists(place.file)),
            _ => Ok(place),
        }
    }

    /// Whether a file can be made there: makes one without its name, and lets it go.
    pub fn try_out(&self) -> Result<(), FileError> {
        let failed = |reason| FileError::Disk { file: self.file.clone(), reason };
        NewFile::make(&self.folder).map(drop).map_err(failed)
    }

    /// Makes the file with these pieces, one after the other.
    pub fn write(&self, pieces: &[&[u8]]) -> Result<(), FileError> {
        self.write_and(pieces, Folder::sync)
    }

    fn write_and(
        &self,
        pieces: &[&[u8]],
        sync: impl FnOnce(&Folder) -> io::Result<()>,
    ) -> Result<(), FileError> {
        let failed = |reason| FileError::Disk { file: self.file.clone(), reason };
        // Opened before anything is written: what fails here has saved nothing.
        let folder = Folder::open(&self.folder).map_err(failed)?;
        new_file::sweep(&self.folder);
        let mut file = NewFile::make(&self.folder).map_err(failed)?;
        if !is_private(file.file()).map_err(failed)? {
            return Err(FileError::NotPrivate(self.file.clone()));
        }
        file.fill(pieces).map_err(failed)?;
        match file.keep(&self.file, self.replace) {
            Ok(()) => sync(&folder)
                .map_err(|reason| FileError::Unsure { file: self.file.clone(), reason }),
            // Another program may have created one in the meantime.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(FileError::Exists(self.file.clone()))
            }
            Err(error) => Err(failed(error)),
        }
    }
}

/// `None` for a path that depends on the working directory.
pub(crate) fn whole(typed: &str, home: Option<&Path>) -> Option<PathBuf> {
    let path = match typed.strip_prefix("~/") {
        Some(rest) => home?.join(rest),
        None => PathBuf::from(typed),
    };
    (path.is_absolute() && !typed.ends_with(['/', '\\'])).then_some(path)
}

#[cfg(unix)]
fn is_private(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    const OF_OTHERS: u32 = 0o077;
    Ok(file.metadata()?.permissions().mode() & OF_OTHERS == 0)
}

/// A folder, to see to it that the disk has the names in it: a name is durable once its folder is.
#[cfg(unix)]
struct Folder(File);

#[cfg(unix)]
impl Folder {
    fn open(folder: &Path) -> io::Result<Self> {
        File::open(folder).map(Self)
    }

    fn sync(&self) -> io::Result<()> {
        self.0.sync_all()
    }
}

#[cfg(not(unix))]
fn is_private(_file: &File) -> io::Result<bool> {
    // The user's profile folder is private already.
    Ok(true)
}

#[cfg(not(unix))]
struct Folder;

#[cfg(not(unix))]
impl Folder {
    fn open(_folder: &Path) -> io::Result<Self> {
        Ok(Self)
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}
