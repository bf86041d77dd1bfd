//! Starting when a person signs in to this computer: an entry in the folder in which their desktop looks for such
//! programs. The entry is the setting: the desktop's own settings may remove or disable it.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The name of the entry.
const ENTRY: &str = "io.nt3.entri-tokens.desktop";
/// The lines by which a desktop disables it.
const DISABLED: [&str; 2] = ["Hidden=true", "X-GNOME-Autostart-enabled=false"];

/// Where the entry is while it is on; `None` on systems that have no such folder.
#[must_use]
pub fn entry() -> Option<PathBuf> {
    let folder = cfg!(target_os = "linux").then(dirs::config_dir).flatten()?;
    Some(folder.join("autostart").join(ENTRY))
}

/// Whether the app starts then; `None` where it can't.
#[must_use]
pub fn is_on() -> Option<bool> {
    let text = fs::read_to_string(entry()?).ok();
    Some(text.is_some_and(|text| !text.lines().any(|line| DISABLED.contains(&line))))
}

/// Turns it on or off.
///
/// # Errors
///
/// The system's, with the path of the entry in front.
pub fn set(on: bool) -> io::Result<()> {
    let Some(entry) = entry() else { return Err(ErrorKind::Unsupported.into()) };
    let done = if on { write(&entry) } else { remove(&entry) };
    done.map_err(|error| io::Error::other(format!("{}: {error}", entry.display())))
}

fn write(entry: &Path) -> io::Result<()> {
    let program = std::env::current_exe()?;
    fs::create_dir_all(entry.parent().unwrap_or(Path::new("/")))?;
    fs::write(entry, text(&program.to_string_lossy()))
}

fn remove(entry: &Path) -> io::Result<()> {
    fs::remove_file(entry).or_else(|error| match error.kind() {
        // A file in place of the folder has no entry in it.
        ErrorKind::NotFound | ErrorKind::NotADirectory => Ok(()),
        _ => Err(error),
    })
}

/// The entry that starts this program. A path is quoted twice: for the line, and for the value of the key.
fn text(program: &str) -> String {
    let mut quoted = String::new();
    for sign in program.chars() {
        match sign {
            '"' | '`' | '$' => {
                quoted.push_str("\\\\");
                quoted.push(sign);
            }
            '\\' => quoted.push_str("\\\\\\\\"),
            '%' => quoted.push_str("%%"),
            sign => quoted.push(sign),
        }
    }
    format!(
        "[Desktop Entry]\nType=Application\nName=Entri Tokens\nComment=Checks tokens in the background\nExec=\"{quoted}\" --minimized\nIcon=entri-tokens\nTerminal=false\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_path_is_started_as_it_is() {
        let exec = |path: &str| {
            text(path).lines().find_map(|it| it.strip_prefix("Exec=").map(str::to_owned))
        };
        assert_eq!(
            exec("/usr/bin/entri-tokens").unwrap(),
            r#""/usr/bin/entri-tokens" --minimized"#
        );
        assert_eq!(
            exec(r#"/a b/50%/"$x\y`"#).unwrap(),
            r#""/a b/50%%/\\"\\$x\\\\y\\`" --minimized"#
        );
    }

    #[test]
    fn an_entry_that_is_not_there_is_off_already() {
        let folder = tempfile::tempdir().unwrap();
        let entry = folder.path().join("autostart").join(ENTRY);
        remove(&entry).unwrap();
        write(&entry).unwrap();
        assert!(entry.exists());
        remove(&entry).unwrap();
        assert!(!entry.exists());
        fs::write(folder.path().join("file"), "").unwrap();
        remove(&folder.path().join("file").join(ENTRY)).unwrap();
    }
}
