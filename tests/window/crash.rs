//! A crash of the app or of its page leaves no file of their memory.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::desktop::{Desktop, Theme, until};
use crate::processes::{OF_THE_APP, Process, of_the_app};

/// As on a developer's computer.
const WITH_FILES: &str = "ulimit -c unlimited; ";

/// A shell in `folder` that lifts the limit and then does what it is told.
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

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).expect("a folder").count()
}

#[test]
fn nothing_is_left() {
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
    for process in &processes {
        let limits = String::from_utf8_lossy(&process.told("limits")).into_owned();
        let line = limits.lines().find(|line| line.starts_with("Max core file size"));
        let words: Vec<_> = line.expect("a limit").split_whitespace().collect();
        assert_eq!(words[4..6], ["0", "0"], "{}", process.name);
    }
    for process in &processes {
        process.signal("-ABRT");
    }
    assert!(!child.wait().expect("it ends").success());
    until("all have ended", || !processes.iter().any(Process::runs));
    assert_eq!(files(&folder), 0, "no file");
}
