//! Libraries in C that stand between a program and its system.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Compiles C source into a library that a program can preload; returns its path.
pub fn built(name: &str, source: &[u8]) -> PathBuf {
    let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).with_extension("so");
    let mut compiler = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-x", "c", "-", "-ldl", "-o"])
        .arg(&library)
        .stdin(Stdio::piped())
        .spawn()
        .expect("cc runs; ./x setup installs it");
    let mut input = compiler.stdin.take().expect("its input");
    input.write_all(source).expect("it reads");
    drop(input);
    assert!(compiler.wait().is_ok_and(|status| status.success()), "{name} is built");
    library
}
