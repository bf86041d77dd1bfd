//! A secret that was made, copied and closed is nowhere: not in the memory of any of the app's
//! processes, nor in a file, an argument or the environment. Each search finds what is planted.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::desktop::until;
use crate::leaks::{core, found_at_start, not_on_disk};
use crate::memory::Still;
use crate::processes::Process;
use crate::rounds::{Outcome, all_went_well, expect};
use crate::words::page;
use crate::world::World;

/// How long after it was closed a secret may still be there.
const WIPED_WITHIN: Duration = Duration::from_secs(1);

/// Where each secret was looked for.
#[derive(Default)]
pub struct Searched {
    /// In all memory of the app's processes, together.
    pub memory: Vec<Outcome>,
    /// In the arguments and the environment of each of them.
    pub starts: Vec<Outcome>,
    /// In the home folder, with the databases and the log.
    pub files: Vec<Outcome>,
}

/// Makes, copies and closes so many secrets, and looks for each.
pub async fn rounds(count: usize) -> Searched {
    let world = World::connected().await;
    let (mut secrets, mut searched) = (Vec::new(), Searched::default());
    for round in 0..count {
        let secret = made_and_copied(&world, &format!("canary {round}")).await;
        assert!(!in_memory(&world, &secret).is_empty(), "while it is open, the app holds it");
        close(&world).await;
        searched.memory.push(wiped_in_time(&world, &secret, Instant::now()));
        secrets.push(secret);
    }
    for secret in &secrets {
        searched.at_rest(&world, secret);
    }
    searched
}

impl Searched {
    /// Searches what the app was started with, and the files, for a secret.
    pub fn at_rest(&mut self, world: &World, secret: &str) {
        self.starts.extend(world.processes().iter().map(|process| {
            let found = found_at_start(process, secret);
            expect(found.is_empty(), || format!("{} was started with {found:?}", process.name))
        }));
        self.files.push(not_on_disk(&world.desktop, secret));
    }
}

/// Whether no process of the app has the secret in memory shortly after it was closed.
pub fn wiped_in_time(world: &World, secret: &str, closed: Instant) -> Outcome {
    loop {
        let in_time = closed.elapsed() < WIPED_WITHIN;
        let left = in_memory(world, secret);
        if left.is_empty() || !in_time {
            return expect(left.is_empty(), || format!("still in {left:?}"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_was_closed_is_nowhere() {
    let Searched { memory, starts, files } = rounds(2).await;
    for outcomes in [memory, starts, files] {
        all_went_well(outcomes);
    }
}

#[test]
fn a_secret_in_an_argument_or_the_environment_would_be_found() {
    const PLANTED: &str = "entri_EXAMPLEONLYcontrol7h2Kq9Zp";
    for (argument, value) in [(PLANTED, ""), ("planted", PLANTED)] {
        let mut waits = Command::new("sh");
        waits.args(["-c", "read line", argument]).env("PLANTED", value).stdin(Stdio::piped());
        let mut child = waits.spawn().expect("a shell runs");
        let process = Process { id: child.id(), name: "sh".to_owned() };
        // It starts a moment before the system tells what with.
        until("what is planted is found", || found_at_start(&process, PLANTED) == ["raw"]);
        // It reads to the end of its input.
        drop(child.stdin.take());
        child.wait().expect("it ends");
    }
}

/// Makes a token and copies it; another program can paste it then.
pub async fn made_and_copied(world: &World, name: &str) -> String {
    made(world, name).await;
    copied(world).await
}

/// Makes a token, whose value nobody has yet.
pub async fn made(world: &World, name: &str) {
    world.app.press_create().await;
    world.app.fill("#create-name", name).await;
    world.app.press("Create token").await;
    world.app.says("Not copied yet.").await;
}

/// Copies the value of the token that was made.
pub async fn copied(world: &World) -> String {
    world.app.press(page("deliver/newTokenText.copy")).await;
    world.app.says("Copied and verified.").await;
    world.desktop.paste().expect("another program can paste")
}

/// Closes the dialog; the clipboard goes to somebody else, as it would once the time is over.
pub async fn close(world: &World) {
    world.app.press("Done").await;
    world.app.gone("dialog").await;
    world.desktop.copy("something else");
}

/// The app's processes that have the secret in memory, all at the same moment, and its forms there.
pub fn in_memory(world: &World, secret: &str) -> Vec<String> {
    let processes = world.processes();
    let still = processes.each_ref().map(Still::hold);
    let found = still.iter().map(|still| (still.name(), still.holds(core(secret))));
    found
        .filter(|(_, forms)| !forms.is_empty())
        .map(|(name, forms)| format!("{name} {forms:?}"))
        .collect()
}
