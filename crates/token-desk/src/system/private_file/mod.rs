//! Files for their owner only, written completely or not at all.

mod new_file;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use new_file::NewFile;

use crate::error::FileError;

/// A file that is to be made.
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

/// A place where a file may be made.
pub(crate) struct PrivateFile {
    /// Where links lead is what counts.
    pub folder: PathBuf,
    pub file: PathBuf,
    replace: bool,
}

impl PrivateFile {
    /// The place that was typed, if a file can be made there.
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
            // Another program may have made one since.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(folder: &Path, replace: bool) {
        let path = folder.join("token").display().to_string();
        let place = PrivateFile::at(&FileRequest { path, home: None, replace }).expect("a place");
        place.write(&[b"value"]).expect("it is saved");
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let name = |entry: io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
        let mut names: Vec<_> = entries.map(|it| name(it).to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// On Linux it has no name; elsewhere it has one that the next save removes.
    #[cfg(target_os = "linux")]
    #[test]
    fn what_is_not_whole_has_no_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut file = NewFile::make(folder.path()).expect("a file");
        file.fill(&[b"value"]).expect("it is written");
        assert!(matches!(file, NewFile::Unnamed(_)), "this disk has such files");
        assert_eq!(names(folder.path()), [""; 0]);
        drop(file);
        assert_eq!(names(folder.path()), [""; 0]);
    }

    #[test]
    fn what_a_killed_save_left_is_swept_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let left = format!(".entri-tokens-{}.unfinished", "x".repeat(16));
        for name in [&*left, ".entri-tokens", ".entri-tokens-notes", "mine.unfinished"] {
            fs::write(folder.path().join(name), "value").expect("a file");
        }
        saved(folder.path(), false);
        let kept = [".entri-tokens", ".entri-tokens-notes", "mine.unfinished", "token"];
        assert_eq!(names(folder.path()), kept);
        saved(folder.path(), true);
        assert_eq!(names(folder.path()), kept, "replacing leaves nothing either");
    }

    #[test]
    fn a_file_that_is_there_is_not_called_unsaved() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("report.csv").display().to_string();
        let request = FileRequest { path: path.clone(), home: None, replace: false };
        let place = PrivateFile::at(&request).expect("a place");
        let written = place.write_and(&[b"rows"], |_| Err(io::Error::other("no answer")));
        let said = written.expect_err("the disk does not confirm it").to_string();
        assert_eq!(fs::read(path).expect("it is there"), b"rows");
        assert!(said.contains("was saved") && !said.contains("Nothing was saved"), "{said}");
    }
}
