//! A crash of the app or of its page leaves no file of their memory.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::desktop::{Desktop, Theme, until};
use crate::processes::{OF_THE_APP, Process, of_the_app};
use crate::rounds::{Outcome, all_went_well, expect};

/// As on a developer's computer.
const WITH_FILES: &str = "ulimit -c unlimited; ";

/// A shell in `folder` that lifts the limit and then runs a command.
fn shell(mut command: Command, folder: &Path, then: &str) -> Command {
    fs::create_dir_all(folder).expect("a folder");
    command.args(["-c", &format!("{WITH_FILES}{then}")]).current_dir(folder);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Whether the system writes the files into the folder of the process that crashed. Another program
/// may take them instead, and then there is none here, with or without us.
fn are_written_there() -> bool {
    let pattern = fs::read_to_string("/proc/sys/kernel/core_pattern").expect("a pattern");
    !pattern.contains(['/', '|'])
}

/// How many files there are. They are taken away: the next one may have the same name.
fn files(folder: &Path) -> usize {
    let files: Vec<_> = fs::read_dir(folder).expect("a folder").flatten().collect();
    for file in &files {
        fs::remove_file(file.path()).expect("it can be taken away");
    }
    files.len()
}

/// Crashes each of the app's processes: whether it left a file, or would have been allowed to.
pub fn rounds() -> Vec<Outcome> {
    let desktop = Desktop::with_theme(Theme::Light);
    let (control, folder) = (desktop.home().join("control"), desktop.home().join("crash"));
    let mut crashes = shell(Command::new("sh"), &control, "kill -ABRT $$");
    crashes.status().expect("a shell runs");
    assert_eq!(files(&control) > 0, are_written_there(), "the control");

    let app = format!("exec {}", env!("CARGO_BIN_EXE_entri-tokens"));
    let mut child = shell(desktop.command("sh"), &folder, &app).spawn().expect("the app starts");
    until("its window is there", || desktop.shows_a_page("Entri Tokens"));
    let processes = of_the_app(child.id());
    assert_eq!(processes.len(), OF_THE_APP.len(), "{processes:?}");
    let limits: Vec<_> = processes.iter().map(limit).collect();
    let mut left = Vec::new();
    for process in &processes {
        process.signal("-ABRT");
        until("it has ended", || !process.runs());
        left.push(files(&folder));
    }
    assert!(!child.wait().expect("it ends").success());
    let seen = processes.iter().zip(limits).zip(left);
    seen.map(|((Process { name, .. }, limit), left)| {
        expect(limit == ["0", "0"] && left == 0, || format!("{name}: {limit:?}, {left} files"))
    })
    .collect()
}

/// How large a file of its memory may be, now and at most.
fn limit(process: &Process) -> Vec<String> {
    let limits = String::from_utf8_lossy(&process.told("limits")).into_owned();
    let line = limits.lines().find(|line| line.starts_with("Max core file size"));
    line.expect("a limit").split_whitespace().skip(4).take(2).map(str::to_owned).collect()
}

#[test]
fn nothing_is_left() {
    all_went_well(rounds());
}
