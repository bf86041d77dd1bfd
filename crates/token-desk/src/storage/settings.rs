//! The file of the settings. People may edit it, so whatever is in it, the app starts.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::Builder;

use crate::error::{Code, Error, Problem, StoreError};
use crate::model::settings::Settings;
use crate::system::safe_file::read_small;
use crate::system::threads::lock;

const FILE: &str = "settings.json";
/// What was in it when it couldn't be read.
const COPY: &str = "settings-unreadable.json";
/// Longer than the app ever writes it, with room for a person's own layout, in bytes.
const LONGEST: u64 = 64 * 1024;

/// The settings as they are now, and the file they are kept in.
pub struct SettingsFile {
    file: PathBuf,
    now: Mutex<Settings>,
    /// What couldn't be read, until the file is written anew.
    problem: Mutex<Option<Problem>>,
}

impl SettingsFile {
    /// Reads the settings of a folder; what can't be read has its default, and is told as a problem.
    pub fn read(folder: &Path) -> Self {
        let file = folder.join(FILE);
        let (now, wrong) = match read_small(&file, LONGEST) {
            Ok(text) => Settings::parse(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Settings::parse("{}"),
            Err(error) => {
                tracing::warn!(%error, "the settings cannot be read");
                Settings::parse("")
            }
        };
        let problem = (!wrong.is_empty()).then(|| not_read(&wrong.join(", "), &file));
        Self { file, now: Mutex::new(now), problem: Mutex::new(problem) }
    }

    /// The settings as they are now.
    pub fn now(&self) -> Settings {
        lock(&self.now).clone()
    }

    /// What couldn't be read.
    pub fn problem(&self) -> Option<Problem> {
        lock(&self.problem).clone()
    }

    /// Changes them; they hold until the app quits, unless they are kept.
    pub fn change(&self, change: impl FnOnce(Settings) -> Settings) -> Result<(), Error> {
        let mut now = lock(&self.now);
        let next = change(now.clone());
        next.check().map_err(|range| Error::Form(format!("{range}. Nothing was changed.")))?;
        *now = next;
        Ok(())
    }

    /// Keeps them for the next start. A crash leaves the file as it was, or has it whole.
    pub fn keep(&self) -> Result<(), StoreError> {
        let mut problem = lock(&self.problem);
        // Read while nothing else is written, so that the latest of several changes stays.
        let now = self.now();
        let failed = |reason| StoreError::File { file: self.file.clone(), reason };
        if problem.is_some() {
            // Somebody's own settings, with a mistake in them.
            fs::copy(&self.file, self.file.with_file_name(COPY)).map_err(failed)?;
        }
        self.write(&now).map_err(failed)?;
        *problem = None;
        Ok(())
    }

    fn write(&self, settings: &Settings) -> io::Result<()> {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        let mut new = Builder::new().prefix(".settings-").tempfile_in(folder)?;
        new.write_all(serde_json::to_string_pretty(settings)?.as_bytes())?;
        new.as_file().sync_all()?;
        new.persist(&self.file)?;
        Ok(())
    }
}

/// The problem to report when settings can't be read.
fn not_read(names: &str, file: &Path) -> Problem {
    let message = format!(
        "These settings couldn’t be read and are at their defaults: {names}. The file is {}. The next change in Preferences writes it anew, and keeps this one as {COPY}.",
        file.display()
    );
    Problem { code: Code::Settings, message }
}
