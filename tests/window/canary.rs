//! A secret that was made, copied and closed is nowhere: not in the memory of any of the app's
//! processes, nor in a file, an argument or the environment. Each search finds what is planted.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::desktop::until;
use crate::leaks::{core, found_at_start, nothing_on_disk};
use crate::memory::Still;
use crate::processes::Process;
use crate::world::World;

/// How often the whole way is gone in each run of the tests.
const ROUNDS: usize = 2;
/// How long after it was closed a secret may still be there.
const WIPED_WITHIN: Duration = Duration::from_secs(1);

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_was_closed_is_nowhere() {
    let world = World::connected().await;
    let mut secrets = Vec::new();
    for round in 0..ROUNDS {
        let secret = made_and_copied(&world, &format!("canary {round}")).await;
        assert!(!in_memory(&world, &secret).is_empty(), "while it is open, the app holds it");
        close(&world).await;
        let closed = Instant::now();
        let mut left = in_memory(&world, &secret);
        while !left.is_empty() && closed.elapsed() < WIPED_WITHIN {
            left = in_memory(&world, &secret);
        }
        assert_eq!(left, [""; 0], "in round {round}");
        secrets.push(secret);
    }
    for process in &world.processes() {
        for secret in &secrets {
            assert_eq!(found_at_start(process, secret), [""; 0], "of {}", process.name);
        }
        let (still, secret) = (Still::hold(process), core(&secrets[0]));
        assert!(still.size() > 1 << 20, "{} has memory", process.name);
        still.would_be_found(secret);
        assert_eq!(still.holds(secret), [""; 0], "nothing planted is left");
    }
    let secrets: Vec<_> = secrets.iter().map(String::as_str).collect();
    nothing_on_disk(&world.desktop, &secrets);
}

/// The page's memory cannot be wiped: that is the price of looking at a value, and why it is asked
/// for by itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_is_looked_at_is_in_the_page() {
    let world = World::connected().await;
    let app = &world.app;
    let secret = made_and_copied(&world, "looked at").await;
    let [_, page, _] = &world.processes();
    assert_eq!(Still::hold(page).holds(core(&secret)), [""; 0], "not before");
    let button = app.named("button", "Hold to reveal").await;
    let hands = || app.page.action_chain().move_to_element_center(&button);
    hands().click_and_hold().perform().await.expect("the button is held");
    let shown = "return !document.querySelector('.secret .value').innerText.includes('…')";
    app.until("the value is shown", shown).await;
    assert_ne!(Still::hold(page).holds(core(&secret)), [""; 0], "while it is held");
    hands().release().perform().await.expect("the button is let go");
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
    let app = &world.app;
    app.press_create().await;
    app.fill("#create-name", name).await;
    app.press("Create token").await;
    app.says("Not copied yet.").await;
    app.press("Copy").await;
    app.says("Checked: the clipboard holds this token.").await;
    world.desktop.paste().expect("another program can paste")
}

/// Closes the dialog; the clipboard goes to somebody else, as it would once the time is over.
async fn close(world: &World) {
    world.app.press("Done").await;
    world.app.gone("dialog").await;
    world.desktop.copy("something else");
}

/// The app's processes that have the secret in memory, and its forms there.
fn in_memory(world: &World, secret: &str) -> Vec<String> {
    let processes = world.processes();
    let found = processes.iter().map(|process| (process, Still::hold(process).holds(core(secret))));
    found
        .filter(|(_, forms)| !forms.is_empty())
        .map(|(process, forms)| format!("{} {forms:?}", process.name))
        .collect()
}
