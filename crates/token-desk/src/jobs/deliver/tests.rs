//! Tests of programs that take too long for the desk's own tests, and their data.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use entri_api::Secret;

use super::command::Command;
use super::{presets, program};
use crate::error::{DeliveryError, Failure};

fn secret() -> Secret {
    Secret::new("entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6".to_owned())
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_that_takes_too_long_is_stopped_with_all_it_started() {
    let command = Command::parse("sh -c 'cat; sleep 77 & echo \" $!\"; wait'").unwrap();
    let began = Instant::now();
    let error = program::run(&command, &secret(), Duration::from_secs(1)).await.unwrap_err();
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
    let DeliveryError::Failed { how: Failure::TimedOut(1), output, .. } = error else {
        panic!("{error}")
    };
    let (shown, process) = output.split_once(' ').unwrap();
    assert_eq!(shown, "[secret]", "what it said until then is shown all the same");
    let status = format!("/proc/{process}/stat");
    // Whoever adopts it may not have reaped it yet.
    let runs = || fs::read_to_string(&status).is_ok_and(|it| !it.contains(") Z"));
    let deadline = Instant::now() + Duration::from_secs(10);
    while runs() {
        assert!(Instant::now() < deadline, "{process} still runs");
    }
}

/// Runs a script that fails and leaves a process with the pipe, which ends once there is a file `go`.
#[cfg(unix)]
fn fails_leaving(folder: &Path, left_running: &str) -> String {
    let wait = "until [ -e go ]; do sleep 0.05; done";
    let script = format!(
        "cd {}; exec 4<&0; ({left_running}) <&4 & until [ -e started ]; do sleep 0.05; done; exit 3",
        folder.display()
    );
    let script = script.replace("WAIT", wait);
    let words = ["sh", "-c", &script].map(str::to_owned);
    let [program, arguments @ ..] = words;
    let command = Command { program, arguments: arguments.to_vec() };
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        tell.send(runtime.block_on(program::run(&command, &secret(), program::PATIENCE)))
    });
    let ended = told.recv_timeout(Duration::from_secs(60));
    fs::write(folder.join("go"), "").unwrap();
    ended.expect("it is not waited for").unwrap_err().to_string()
}

#[cfg(unix)]
#[test]
fn what_a_failed_program_leaves_running_does_not_read_the_value_later() {
    let folder = tempfile::tempdir().unwrap();
    let later = ": >started; WAIT; cat >part; mv part read";
    let error = fails_leaving(folder.path(), later);
    assert!(error.contains("It didn’t read the token’s value"), "{error}");
    let read = folder.path().join("read");
    let deadline = Instant::now() + Duration::from_secs(60);
    while !read.exists() {
        assert!(Instant::now() < deadline, "it reads");
        std::thread::yield_now();
    }
    assert_eq!(fs::read_to_string(read).unwrap(), "");
}

#[cfg(unix)]
#[test]
fn what_keeps_the_pipe_open_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let opens = "exec 3<>/dev/stdin; : >started; WAIT";
    let error = fails_leaving(folder.path(), opens);
    assert!(error.contains("It didn’t read the token’s value"), "{error}");
}

#[tokio::test]
async fn what_is_longer_than_any_token_goes_to_no_program() {
    let long = Secret::new("x".repeat(4097));
    let error = program::run(&Command::parse("cat").unwrap(), &long, program::PATIENCE).await;
    assert!(matches!(error, Err(DeliveryError::TooLong)));
    let longest = Secret::new("x".repeat(4096));
    let said = program::run(&Command::parse("cat").unwrap(), &longest, program::PATIENCE).await;
    assert_eq!(said.unwrap(), "[secret]");
}

#[test]
fn a_preset_is_a_command_once_it_is_filled_in() {
    for preset in presets::PRESETS {
        let unfilled = Command::parse(preset.command).unwrap_err();
        assert!(matches!(unfilled, DeliveryError::Unfilled(_)), "{}", preset.label);
        let command = Command::parse(&preset.command.replace(['<', '>'], "")).unwrap();
        let remedy = presets::remedy(&command.program);
        let known = command.program != presets::SHELL;
        assert_eq!(remedy.contains(preset.docs), known, "{remedy}");
        assert!(preset.docs.starts_with("https://"));
        assert!(command.place().starts_with(&command.program) && command.place().contains(' '));
    }
}

#[test]
fn a_program_that_a_script_needs_is_missed_before_the_script_starts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().as_os_str();
    let missing = presets::require("kubectl", path).unwrap_err().to_string();
    assert!(missing.contains("“kubectl” isn’t installed"), "{missing}");
    assert!(missing.contains("Install it: https://kubernetes.io/"), "{missing}");
    let file = format!("kubectl{}", std::env::consts::EXE_SUFFIX);
    fs::write(folder.path().join(file), "").unwrap();
    presets::require("kubectl", path).unwrap();
}

/// `glab variable update` resets what it isn't told.
#[test]
fn an_update_leaves_a_variable_masked_and_asks_whether_it_is_protected() {
    let updates = |it: &&presets::Preset| it.command.starts_with("glab variable update ");
    let command = presets::PRESETS.iter().find(updates).unwrap().command;
    assert!(command.contains(" --masked=true "), "{command}");
    let filled = command.replace("<group>", "a").replace("<project>", "b");
    let error = Command::parse(&filled).unwrap_err().to_string();
    assert!(error.contains("“<true-or-false>”"), "{error}");
}

#[test]
fn the_documents_say_what_each_preset_does() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = fs::read_to_string(root.join("docs/deliveries.md")).unwrap();
    for preset in presets::PRESETS {
        let script = preset.command.trim_start_matches("sh -c '");
        let verb: Vec<_> = script.split(' ').take_while(|it| is_of_verb(it)).collect();
        assert!(verb.len() > 1 && page.contains(&verb.join(" ")), "{verb:?}");
    }
}

fn is_of_verb(word: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_lowercase() || letter == '-';
    !word.starts_with('-') && word.chars().all(is_letter)
}
