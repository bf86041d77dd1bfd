//! Small files in which the app keeps how its window looks.

use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use token_desk::open_own;

/// No such file is longer, in bytes.
const LONGEST: u64 = 4096;

/// Reads a value from a file.
pub fn read<T: DeserializeOwned>(file: &Path) -> io::Result<T> {
    let mut text = String::new();
    open_own(file)?.take(LONGEST).read_to_string(&mut text)?;
    Ok(serde_json::from_str(&text)?)
}

/// Replaces what a file holds.
pub fn write(file: &Path, it: &impl Serialize) -> io::Result<()> {
    let mut file = open_own(file)?;
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(&serde_json::to_vec(it)?)
}
