//! What is printed: the answer on standard output, everything else on standard error.

use std::io::{self, IsTerminal as _, Write as _};

use serde_json::Value;

use crate::exit::{Exit, Failed};

/// Prints the answer. A reader that has seen enough and goes is no failure.
pub fn answer(text: &str) -> Result<(), Failed> {
    match print(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Prints bytes that somebody has to get.
pub fn print(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Prints objects, each on its own line.
pub fn lines(objects: impl IntoIterator<Item = Value>) -> Result<(), Failed> {
    let mut text = String::new();
    for object in objects {
        text.push_str(&object.to_string());
        text.push('\n');
    }
    answer(&text)
}

/// Whether what is printed reaches anybody: a terminal, a file or a program.
pub fn reaches_somebody() -> bool {
    io::stdout().is_terminal() || !is_device()
}

#[cfg(target_os = "linux")]
fn is_device() -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    let out = std::fs::metadata("/proc/self/fd/1");
    out.is_ok_and(|out| out.file_type().is_char_device())
}

#[cfg(not(target_os = "linux"))]
fn is_device() -> bool {
    false
}

/// Whether a person sees how far a command is.
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Says how far a command is, to a person who watches: in a line that the next one replaces.
pub fn progress(what: &str) {
    let mut err = io::stderr().lock();
    if err.is_terminal() {
        let _ = write!(err, "\r\x1b[K{what}");
        let _ = err.flush();
    }
}

/// Says something to the person, unless they want it quiet.
pub fn say(quiet: bool, what: &str) {
    if !quiet {
        let _ = writeln!(io::stderr().lock(), "{what}");
    }
}

/// Says why the command failed; returns how it ends.
pub fn failed(failed: &Failed) -> Exit {
    say(false, &format!("entok: {}", failed.reason));
    failed.exit
}
