//! Finding leaked tokens, by keyboard: a folder, what was found in it, the incident, and what could not be read.

use std::fs;
use std::path::Path;
use std::process::Command;

use entri_sandbox::Config;
use thirtyfour::Key;

use crate::canary::in_memory;
use crate::desktop::Theme;
use crate::found::{leaked, paste};
use crate::leaks;
use crate::reveal::in_page;
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

in_both_themes!(find);

const NOBODYS: &str = "entri_7h2Kq9ZpVw3Lm5Xc8Rb1Td6nobody";

async fn find(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    let shown = Shown { world: &world, theme };
    let app = &world.app;
    let value = leaked(&world, "leaky").await;
    let folder = world.desktop.home().join("src");
    planted(&folder, &value);

    app.press_key("g").await;
    app.press_key("l").await;
    app.has_focus(page("m.leaks")).await;
    shown.as_picture("leaks-first").await;
    scanned(&world).await;
    app.says("2 tokens in 4 places: 1 live, 1 not known").await;
    app.has_focus("2 tokens in 4 places: 1 live, 1 not known").await;
    shown.as_picture("leaks").await;
    belongs_and_does_not(&shown, &value).await;

    app.walk_and_press(page("leaks/leaksText.revoke")).await;
    app.says("“leaky” is exposed").await;
    shown.as_picture("leaks-incident").await;
    app.walk_and_press(page("found/foundText.revoke")).await;
    app.press(page("found/foundText.submit")).await;
    app.says("“leaky” is revoked").await;
    assert_eq!(world.answer_to(&value).await, 401);
    assert!(!world.alive().contains(&"leaky".to_owned()));
    // The scan doesn't have the value, so it is asked for.
    app.press(page("found/foundText.proveBy")).await;
    paste(&world, &value);
    app.press(page("found/foundText.prove")).await;
    app.says("“leaky” is revoked and proven dead").await;

    scanned_again(&shown, &folder).await;
    nobodys(&shown).await;
    leaks::nothing_on_disk(&world.desktop, &[&value, NOBODYS]);
}

/// Takes a place off the list and puts it back; the page has no value meanwhile.
async fn belongs_and_does_not(shown: &Shown<'_>, value: &str) {
    let (world, app) = (shown.world, &shown.world.app);
    for found in [value, NOBODYS] {
        assert!(!in_page(&in_memory(world, found)), "the page has masks only");
    }
    app.click("button[title='It belongs here: ~/src/handover.txt:1']").await;
    app.says("Not listed: 1 place where a value belongs.").await;
    shown.as_picture("leaks-belongs").await;
    app.press(page("leaks/leaksText.listAgain")).await;
    app.says("2 tokens in 4 places: 1 live, 1 not known").await;
    is_a_finding(world).await;
    app.press_key("g").await;
    app.press_key("l").await;
}

/// Whose the other value is, nobody knows: its incident is another one, and takes the value.
async fn nobodys(shown: &Shown<'_>) {
    let (world, app) = (shown.world, &shown.world.app);
    app.walk_and_press(page("leaks/leaksText.whose")).await;
    app.says("Whose value is this?").await;
    shown.as_picture("leaks-whose").await;
    app.press(page("found/foundText.paste")).await;
    paste(world, NOBODYS);
    app.says(page("found/foundText.kept")).await;
    app.says("Whose value is this?").await;
    app.press(page("found/foundText.forget")).await;
    app.press(page("found/foundText.forgetSubmit")).await;
    app.says(page("found/foundText.notKept")).await;
}

/// After the revoke, with a file that can't be read.
async fn scanned_again(shown: &Shown<'_>, folder: &Path) {
    let (world, app) = (shown.world, &shown.world.app);
    // What lies there is still the text of a token, which is dead.
    fs::remove_file(folder.join("notes.md")).expect("a file");
    fs::write(folder.join("old.gz"), [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1, 2]).expect("a file");
    app.press_key("g").await;
    app.press_key("l").await;
    app.walk_and_press(page("leaks/leaksText.again")).await;
    scanned(world).await;
    app.says("2 tokens in 3 places: 1 dead, 1 not known").await;
    app.says("0 places new since").await;
    app.says("Proven dead").await;
    app.says("So this is not an all-clear.").await;
    app.find("summary").await;
    app.eval("document.querySelectorAll('details').forEach((it) => (it.open = true))").await;
    shown.as_picture("leaks-partial").await;
    fs::remove_dir_all(folder).expect("what was planted goes");
}

/// The audit has it at once.
async fn is_a_finding(world: &World) {
    let app = &world.app;
    app.press_key("g").await;
    app.press_key("a").await;
    app.says("Value found on this computer").await;
}

/// By the keyboard alone, from the choice of what to search to the end of the scan.
async fn scanned(world: &World) {
    let app = &world.app;
    app.walk_and_press(page("leaks/leaksText.folder")).await;
    app.has_focus(page("leaks/leaksText.path")).await;
    app.fill("#scan-folder", "~/src").await;
    app.press_key(Key::Enter).await;
    app.gone("dialog").await;
}

/// The value in a file and in a commit, and somebody else's beside it.
fn planted(folder: &Path, value: &str) {
    let web = folder.join("web");
    fs::create_dir_all(web.join("ci")).expect("a folder");
    fs::write(web.join("ci/.env"), format!("A=1\nNT3_API_TOKEN={value}\n")).expect("a file");
    for arguments in [
        &["init", "--quiet", "--initial-branch=main"][..],
        &["add", "--all"],
        &["commit", "--quiet", "--message=Deploy"],
    ] {
        let ran = Command::new("git")
            .args(["-c", "user.name=Ole Dahl", "-c", "user.email=ole@example.org"])
            .args(arguments)
            .env("GIT_AUTHOR_DATE", "2025-06-03T12:00:00Z")
            .current_dir(&web)
            .status();
        assert!(ran.expect("git runs").success());
    }
    fs::write(folder.join("notes.md"), format!("It was {NOBODYS}.\n")).expect("a file");
    fs::write(folder.join("handover.txt"), format!("{NOBODYS}\n")).expect("a file");
}
