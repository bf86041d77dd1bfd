//! The window for sign-in, with a page in it that attacks: it leaves nothing on the disk, opens nothing,
//! and ends with nothing but a session that the server confirms.

use std::fs;

use entri_sandbox::{Fault, FaultAnswer};

use crate::desktop::until;
use crate::ways_in::choose;
use crate::world::World;

/// As a signature is: a forged cookie has the form of a real one.
const SIGNATURE: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG=";

/// What it tries untouched, and after a key. It leads to the real page once `/go` exists.
const HOSTILE: &str = r#"<!doctype html><meta charset="utf-8"><title>Sign in</title>
<style>body { background: linear-gradient(red, blue); height: 90vh }</style>
<iframe src="/evil.desktop"></iframe>
<script>
  document.cookie = "hubspot_session_token=attacker.chosen; path=/";
  document.cookie = "x.session_token=attacker.SIGNATURE; path=/";
  const tries = () => {
    open("/popup");
    Object.assign(document.createElement("a"), { href: "/evil.desktop", download: "evil.desktop" }).click();
    Object.assign(document.createElement("a"), { href: "/popup", target: "_blank" }).click();
    Notification.requestPermission().then((answer) => fetch("/notifications-" + answer));
    const frame = document.createElement("iframe");
    frame.src = "file:///etc/passwd";
    document.body.append(frame);
    location = "data:text/html,gone";
  };
  tries();
  onkeydown = () => (tries(), fetch("/tried"));
  setInterval(() => fetch("/go").then((answer) => answer.ok && (location = "/login")), 300);
</script>"#;

fn answer(world: &World, path: &str, content_type: &'static str, header: (&'static str, &str)) {
    let body = HOSTILE.replace("SIGNATURE", SIGNATURE);
    world.sandbox.fail_next(Fault {
        method: "GET".parse().expect("a method"),
        path: path.to_owned(),
        with_effect: false,
        answer: FaultAnswer::Answer {
            status: 200,
            content_type,
            headers: vec![(header.0, header.1.to_owned())],
            body,
        },
    });
}

fn asked(world: &World, path: &str) -> usize {
    world.sandbox.requests().iter().filter(|request| request.path.contains(path)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_page_saves_nothing_opens_nothing_and_ends_nothing() {
    let world = World::unconnected().await;
    let (ready, downloads) = (world.sandbox.ready(), world.desktop.home().join("Downloads"));
    fs::create_dir_all(world.desktop.home().join("config")).expect("a folder");
    fs::create_dir(&downloads).expect("a folder");
    let dirs = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", downloads.display());
    fs::write(world.desktop.home().join("config/user-dirs.dirs"), dirs).expect("a file");
    let forged = format!("better-auth.session_token=forged.{SIGNATURE}; Path=/; HttpOnly");
    answer(&world, "/login", "text/html", ("set-cookie", &forged));
    for _ in 0..3 {
        let attached = ("content-disposition", "attachment; filename=\"evil.desktop\"");
        answer(&world, "/evil.desktop", "application/octet-stream", attached);
    }
    choose(&world, "window").await;
    world.open_sign_in_page().await;
    let title = format!("{} – Sign in", ready.base_url);
    until("the window shows the hostile page", || world.desktop.shows_a_page(&title));
    until("its frame asked for the file", || asked(&world, "/evil.desktop") > 0);
    until("the server was asked whether that is a session", || asked(&world, "get-session") > 0);
    let window = world.desktop.windows(&title)[0].clone();
    world.desktop.xdotool(&["windowfocus", "--sync", &window]);
    until("it tried again after a key", || {
        world.desktop.xdotool(&["key", "--window", &window, "a"]);
        asked(&world, "/tried") > 0
    });
    assert_eq!(asked(&world, "/popup"), 0, "no window was opened");
    assert_eq!(asked(&world, "/notifications-granted"), 0, "no permission was given");
    assert!(world.desktop.has_window(&title), "it shows the origin, and was not closed");
    assert!(asked(&world, "get-session") < 5, "what was refused is not asked about again");
    let saved: Vec<_> = fs::read_dir(&downloads).expect("the folder").collect();
    assert!(saved.is_empty(), "{saved:?}");
    // A real sign-in still ends it.
    answer(&world, "/go", "text/plain", ("x-go", "yes"));
    until("the real page comes", || asked(&world, "/login/login.js") > 0);
    world.desktop.type_into(&title, &ready.admin_email, &ready.admin_password);
    world.app.synced().await;
    until("the window is closed", || !world.desktop.has_window(&title));
}
