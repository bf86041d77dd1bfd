//! Finding the real programs, and starting them with settings of their own.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::{env, iter};

/// Where nothing listens: what a program sends elsewhere than to this computer ends here.
pub const NOWHERE: &str = "http://127.0.0.1:9";

/// The program that `./x setup` installed for these tests, or else the system's; `None` where it was left out.
pub fn find(name: &str) -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/programs/bin");
    let path = env::var_os("PATH").unwrap();
    let found = iter::once(own).chain(env::split_paths(&path)).map(|folder| folder.join(name));
    let found = found.into_iter().find(|program| program.is_file());
    let left_out = env::var("WITHOUT_PROGRAMS").unwrap_or_default();
    assert!(
        found.is_some() || left_out.split(' ').any(|it| it == name),
        "“{name}” is missing: ./x setup installs it, WITHOUT_PROGRAMS={name} leaves its deliveries out"
    );
    found
}

/// Writes a script that runs a program with these settings, beside what the app gives it. `first` comes before the
/// arguments of the command.
pub fn wrap(script: &Path, program: &Path, settings: &[(&str, &str)], first: &str) {
    let always = [
        ("PATH", "/usr/bin:/bin"),
        ("HTTP_PROXY", NOWHERE),
        ("HTTPS_PROXY", NOWHERE),
        ("NO_PROXY", "localhost,127.0.0.1"),
    ];
    let all = always.iter().chain(settings);
    let all: Vec<_> = all.map(|(name, value)| format!("{name}='{value}'")).collect();
    let (all, program) = (all.join(" "), program.display());
    fs::write(script, format!("#!/bin/sh\nexec env {all} '{program}' {first} \"$@\"\n")).unwrap();
    fs::set_permissions(script, fs::Permissions::from_mode(0o700)).unwrap();
}
