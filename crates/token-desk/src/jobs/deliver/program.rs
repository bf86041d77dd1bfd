//! A program that receives the value on its standard input, never in an argument or in its
//! environment.

use std::env;
use std::io::{self, PipeReader, Read, Write};
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use entri_api::Secret;
use secrecy::zeroize::Zeroizing;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Child;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::command::Command;
use super::presets;
use crate::error::{DeliveryError, Failure};
use crate::redact::Redactor;
use crate::system::threads::lock;

/// How long a program may take.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// How long to wait for output after its end, since a process it left running may keep the pipe open forever.
const LAST_WORDS: Duration = Duration::from_secs(1);
/// The most that is shown of its output, in bytes.
const MOST_SAID: usize = 16 * 1024;
/// The bytes that any pipe accepts at once, so writing never waits for the program to read.
const MOST_GIVEN: usize = 4096;

/// The variable with the token that Entri's command-line tools sign in with (docs/entri-api.md#the-nt3-tool).
const SIGN_IN: &str = "NT3_API_TOKEN";

type Said = Arc<Mutex<Vec<u8>>>;

/// The programs that run, by the number of their process; `None` once no other may start.
static RUNNING: Mutex<Option<Vec<u32>>> = Mutex::new(Some(Vec::new()));

/// Stops the programs that are given a value and still run, with all that they started, when this process ends. No other
/// one starts.
pub fn stop_programs() {
    for id in lock(&RUNNING).take().into_iter().flatten() {
        kill_group(id);
    }
}

/// Runs the command; returns its output without the value, once it has read the value and succeeded.
pub async fn run(
    command: &Command,
    secret: &Secret,
    patience: Duration,
) -> Result<String, DeliveryError> {
    let first = command.first_of_script();
    if let Some(first) = &first {
        // The shell would say it in words of its own, after it started the rest of the script.
        presets::require(&first.program, &env::var_os("PATH").unwrap_or_default())?;
    }
    let given = filled_pipe(secret)?;
    let not_started = |reason| not_started(&command.program, reason);
    let (child, id) = started(command, &given).map_err(not_started)?;
    let (ended, said) = heard(child, id, patience).await;
    let output = shown(&said, secret);
    let left = taken_back(given);
    match failure(ended, left, patience) {
        None => Ok(output),
        Some(how) => {
            let program = first.as_ref().unwrap_or(command).program.clone();
            let is_unread = left == secret.expose().len();
            Err(DeliveryError::Failed { program, how, is_unread, output })
        }
    }
}

/// Runs a command that is given nothing; returns what it printed, if it succeeded in time.
pub async fn ask(command: &Command, patience: Duration) -> Option<String> {
    let (given, _) = io::pipe().ok()?;
    let (child, id) = started(command, &given).ok()?;
    let (ended, said) = heard(child, id, patience).await;
    ended?.ok().filter(ExitStatus::success)?;
    String::from_utf8(said).ok()
}

/// Waits for a program to end, and stops it once that takes too long. Returns how it ended, and what it printed.
async fn heard(
    mut child: Child,
    id: u32,
    patience: Duration,
) -> (Option<io::Result<ExitStatus>>, Vec<u8>) {
    let said = Said::default();
    let mut readers = JoinSet::new();
    if let (Some(out), Some(err)) = (child.stdout.take(), child.stderr.take()) {
        readers.spawn(keep(out, Arc::clone(&said)));
        readers.spawn(keep(err, Arc::clone(&said)));
    }
    let ended = timeout(patience, child.wait()).await;
    if ended.is_err() {
        kill_group(id);
        // Where there are no groups, the program alone.
        let _ = child.kill().await;
    }
    if let Some(running) = &mut *lock(&RUNNING) {
        running.retain(|it| *it != id);
    }
    let _ = timeout(LAST_WORDS, async { while readers.join_next().await.is_some() {} }).await;
    let said = std::mem::take(&mut *lock(&said));
    (ended.ok(), said)
}

/// Whether the program that a command starts is there.
pub fn is_there(command: &Command) -> Result<(), DeliveryError> {
    let path = env::var_os("PATH").unwrap_or_default();
    for command in [Some(command), command.first_of_script().as_ref()].into_iter().flatten() {
        // A path is looked up as it is, a name in the folders of `PATH`.
        if !command.program.contains('/') {
            presets::require(&command.program, &path)?;
        } else if !Path::new(&command.program).is_file() {
            return Err(not_started(&command.program, io::ErrorKind::NotFound.into()));
        }
    }
    Ok(())
}

/// A pipe with only the value in it, and no writer left.
fn filled_pipe(secret: &Secret) -> Result<PipeReader, DeliveryError> {
    let value = secret.expose().as_bytes();
    if value.len() > MOST_GIVEN {
        return Err(DeliveryError::TooLong);
    }
    let piped = io::pipe().and_then(|(reader, mut writer)| {
        writer.write_all(value)?;
        Ok(reader)
    });
    piped.map_err(|reason| DeliveryError::NotStarted { program: "a pipe".to_owned(), reason })
}

/// Starts it, unless the app is about to end.
fn started(command: &Command, given: &PipeReader) -> io::Result<(Child, u32)> {
    let mut running = lock(&RUNNING);
    let running = running.as_mut().ok_or(io::ErrorKind::Interrupted)?;
    let child = start(command, given)?;
    let id = child.id().ok_or(io::ErrorKind::NotFound)?;
    running.push(id);
    Ok((child, id))
}

fn start(command: &Command, given: &PipeReader) -> io::Result<Child> {
    let mut start = tokio::process::Command::new(&command.program);
    start
        .args(&command.arguments)
        .stdin(given.try_clone()?)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // What this process signs in with is nobody else's.
        .env_remove(SIGN_IN)
        .kill_on_drop(true);
    without_terminal(&mut start);
    start.spawn()
}

fn not_started(program: &str, reason: io::Error) -> DeliveryError {
    let program = program.to_owned();
    if reason.kind() == io::ErrorKind::NotFound {
        return DeliveryError::NoProgram { remedy: presets::remedy(&program), program };
    }
    DeliveryError::NotStarted { program, reason }
}

/// Reads to the end, so that the program never blocks, and keeps the part to show.
async fn keep(mut from: impl AsyncRead + Unpin, said: Said) {
    let mut bytes = [0; 4096];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        let mut said = lock(&said);
        let room = MOST_SAID.saturating_sub(said.len());
        said.extend_from_slice(&bytes[..length.min(room)]);
    }
}

fn shown(said: &[u8], secret: &Secret) -> String {
    let output = Redactor::new(secret).redact(said);
    // A terminal's colors and cursor movements mean nothing here.
    let mut output: String =
        output.chars().filter(|it| !it.is_control() || matches!(it, '\n' | '\t')).collect();
    output.truncate(output.trim_end().len());
    if said.len() >= MOST_SAID {
        output.push('…');
    }
    output
}

fn failure(
    ended: Option<io::Result<ExitStatus>>,
    left: usize,
    patience: Duration,
) -> Option<Failure> {
    let code = match ended {
        None => return Some(Failure::TimedOut(patience.as_secs())),
        Some(status) => status.ok().and_then(|status| status.code()),
    };
    match code {
        None => Some(Failure::Signal),
        Some(0) if left > 0 => Some(Failure::NotRead),
        Some(0) => None,
        Some(code) => Some(Failure::ExitCode(code)),
    }
}

/// Reads what the program left in the pipe, so that nothing it started can read it later; returns the number of bytes.
fn taken_back(mut given: PipeReader) -> usize {
    let (mut bytes, mut left) = (Zeroizing::new([0; MOST_GIVEN]), 0);
    never_wait(&given);
    while let Ok(length @ 1..) = given.read(&mut *bytes) {
        left += length;
    }
    left
}

/// A process that opened the pipe for writing would otherwise keep its reader waiting as long as it runs.
#[cfg(unix)]
fn never_wait(given: &PipeReader) {
    // Without it, reading still ends when that process does.
    let _ = rustix::io::ioctl_fionbio(given, true);
}

/// Without a terminal, a program that would ask a question fails at once. On the terminal that the app was
/// started from, nobody would see the question.
#[cfg(unix)]
fn without_terminal(start: &mut tokio::process::Command) {
    // A session of its own is also a process group, so that all it starts can be stopped with it.
    let session = || Ok(rustix::process::setsid().map(|_| ())?);
    #[expect(unsafe_code, reason = "nothing else takes a program's terminal away")]
    // SAFETY: Between fork and exec it makes one system call, and touches neither memory nor locks.
    unsafe {
        start.pre_exec(session);
    }
}

#[cfg(unix)]
fn kill_group(id: u32) {
    if let Some(group) = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw) {
        // It may have ended this very moment.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
}

#[cfg(not(unix))]
fn never_wait(_given: &PipeReader) {}

#[cfg(not(unix))]
fn without_terminal(_start: &mut tokio::process::Command) {}

/// There, nothing names all that a program started.
#[cfg(not(unix))]
fn kill_group(_id: u32) {}
