//! One app at a time, whatever starts how often, and whatever is reported over the session bus.

use std::process::{Child, Command, Output, Stdio};

use entri_sandbox::{Config, Sandbox};

use crate::app::App;
use crate::desktop::{Desktop, Theme, until};
use crate::words::page;
use crate::world::World;

const TITLE: &str = "Entri Tokens";
const AT_ONCE: usize = 20;
/// Of those that bring up a window system each before they end.
const WITH_FOLDERS: usize = 6;
const NO_BUS: &str = "disabled:";

fn app(desktop: &Desktop) -> Command {
    let mut app = desktop.command(env!("CARGO_BIN_EXE_entri-tokens"));
    app.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    app
}

fn start(app: &mut Command) -> Child {
    app.spawn().expect("the app starts")
}

/// Waits until all but one have ended; returns that one, and what the others said.
fn all_but_one(mut running: Vec<Child>) -> (Child, Vec<Output>) {
    let mut ended = Vec::new();
    until("all but one have ended", || {
        let has_ended = |child: &mut Child| child.try_wait().is_ok_and(|status| status.is_some());
        ended.extend(running.extract_if(.., has_ended));
        running.len() <= 1
    });
    let said = ended.into_iter().map(|child| child.wait_with_output().expect("it ended"));
    (running.pop().expect("one stays"), said.collect())
}

/// Asserts that the app has its window and no other app has one; ends it.
fn has_the_only_window(desktop: &Desktop, mut app: Child) {
    until("its window is there", || desktop.shows_a_page(TITLE));
    assert_eq!(desktop.windows(TITLE).len(), 1);
    assert!(app.try_wait().expect("it has a state").is_none(), "it still runs");
    app.kill().expect("it ends");
    app.wait().expect("it ended");
}

fn many_at_once(bus: Option<&str>) {
    let desktop = Desktop::with_theme(Theme::Light);
    let mut command = app(&desktop);
    if let Some(bus) = bus {
        command.env("DBUS_SESSION_BUS_ADDRESS", bus);
    }
    let (stays, ended) = all_but_one((0..AT_ONCE).map(|_| start(&mut command)).collect());
    assert_eq!(ended.len(), AT_ONCE - 1);
    for Output { status, stderr, .. } in ended {
        let said = String::from_utf8_lossy(&stderr);
        assert!(status.success() && said.contains("already running"), "{status}: {said}");
    }
    has_the_only_window(&desktop, stays);
}

#[test]
fn of_many_at_once_one_stays() {
    many_at_once(None);
}

#[test]
fn of_many_at_once_one_stays_without_a_bus() {
    many_at_once(Some(NO_BUS));
}

#[test]
fn of_many_with_folders_of_their_own_one_stays_in_a_session() {
    let desktop = Desktop::with_theme(Theme::Light);
    let apart = |number| {
        let folder = desktop.home().join(format!("data-{number}"));
        start(app(&desktop).env("XDG_DATA_HOME", folder))
    };
    let (stays, ended) = all_but_one((0..WITH_FOLDERS).map(apart).collect());
    for Output { status, stderr, .. } in ended {
        assert!(status.success(), "{status}: {}", String::from_utf8_lossy(&stderr));
    }
    has_the_only_window(&desktop, stays);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_raises_the_window_and_nothing_else() {
    // Nothing is pressed in it: with no window manager, a window that was gets the focus only where the
    // press is younger than whatever else had the focus since.
    let sandbox = Sandbox::start(Config::default()).await.expect("the sandbox starts");
    let desktop = Desktop::with_theme(Theme::Light);
    let world = World { app: App::open(&desktop, &["--sandbox"]).await, sandbox, desktop };
    world.app.synced().await;
    // The last that comes by itself.
    world.app.says(page("search/searchText.savedViews")).await;
    let (desktop, before) = (&world.desktop, state(&world).await);
    desktop.take_focus();
    let window = desktop.windows(TITLE);
    assert_ne!([desktop.focused()], window[..], "the control: it has no focus");
    let second = start(app(desktop).args(["--url", "https://evil.example"]));
    let Output { status, stderr, .. } = second.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&stderr);
    assert!(status.success() && said.contains("asked to come to the front"), "{status}: {said}");
    until("the window has the focus", || window[..] == [desktop.focused()]);
    assert_eq!(state(&world).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_say_over_the_bus_changes_nothing() {
    let world = World::connected().await;
    // What the window loads after its first rows is there.
    world.app.says(page("search/searchText.noViews")).await;
    let before = state(&world).await;
    let long = "x".repeat(100_000);
    let hostile = [
        "array:string:entri-tokens,--url,https://evil.example string:/".to_owned(),
        "array:string:entri-tokens,--sandbox,--what string:/etc".to_owned(),
        "array:string:<script>window.hacked=1</script>,$(id) string:".to_owned(),
        format!("array:string:{long} string:{long}"),
        "array:string: string:".to_owned(),
        // Not what the method takes.
        "int32:7".to_owned(),
        String::new(),
    ];
    for arguments in &hostile {
        let mut send = world.desktop.command("dbus-send");
        send.args(["--session", "--print-reply", "--dest=io.nt3.entri-tokens.SingleInstance"])
            .args([
                "/io/nt3/entri_tokens/SingleInstance",
                "org.SingleInstance.DBus.ExecuteCallback",
            ])
            .args(arguments.split(' ').filter(|it| !it.is_empty()));
        let answer = send.output().expect("dbus-send runs");
        let fits = arguments.starts_with("array");
        assert_eq!(answer.status.success(), fits, "the app hears it: {answer:?}");
    }
    assert_eq!(state(&world).await, before);
}

/// All that shows of the app's state: its page, and what it asked the server for.
async fn state(world: &World) -> (String, String, usize) {
    let place = world.app.eval("return location.href + (window.hacked ?? '')").await;
    (place.to_string(), world.app.text("body").await, world.sandbox.requests().len())
}
