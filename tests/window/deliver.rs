//! Handing a token over beside the clipboard: to a file, and to a program.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use entri_sandbox::Config;
use thirtyfour::Key;

use crate::app::App;
use crate::axe;
use crate::desktop::Theme;
use crate::leaks;
use crate::shown::Shown;
use crate::words::page;
use crate::world::World;

/// Says what it was given, and where it came from.
const PROGRAM: &str = "#!/bin/sh
value=$(cat)
echo \"$value\" >\"$(dirname \"$0\")/given\"
tr '\\0' ' ' <\"/proc/$$/cmdline\" >\"$(dirname \"$0\")/arguments\"
echo \"stored $value\"
exit \"$1\"
";

#[tokio::test(flavor = "multi_thread")]
async fn light() {
    deliver(Theme::Light).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dark() {
    deliver(Theme::Dark).await;
}

async fn deliver(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    let app = &world.app;
    let shown = Shown { world: &world, theme };
    app.press_create().await;
    app.fill("#create-name", "staging-server (r2)").await;
    app.press("Create token").await;
    app.says("Not copied yet.").await;
    let secret = to_a_file(&shown).await;
    let secret = secret.trim_end();
    assert!(secret.starts_with("entri_"));
    assert_eq!(world.answer_to(secret).await, 200, "it works as a key");
    to_a_program(&shown, secret).await;
    as_a_snippet(&world, secret).await;
    the_token_says_where(app).await;
    fs::remove_file(world.desktop.home().join("entri-token")).expect("the saved file goes");
    leaks::nothing_on_disk(&world.desktop, &[secret]);
}

/// By keyboard alone: the first way comes after Copy. Returns what the file holds.
async fn to_a_file(shown: &Shown<'_>) -> String {
    let (world, app) = (shown.world, &shown.world.app);
    let home = world.desktop.home();
    app.has_focus(page("deliver/newTokenText.copy")).await;
    app.press_key(Key::Tab).await;
    app.has_focus(page("deliver/deliveryText.ways.file")).await;
    app.press_key(Key::Enter).await;
    app.fill("#deliver-text", "~/.gitignore").await;
    fs::write(home.join(".gitignore"), "mine").expect("a file");
    app.press_key(Key::Enter).await;
    world.desktop.say_no("Replace this file");
    app.says("Canceled. Nothing was done.").await;
    assert_eq!(fs::read_to_string(home.join(".gitignore")).expect("it stays"), "mine");
    assert_eq!(app.value("#deliver-text").await, "~/.gitignore");
    shown.as_picture("deliver-refused").await;
    app.fill("#deliver-text", "~/entri-token").await;
    app.press("Save").await;
    world.desktop.say_yes("Save this file", "Save");
    app.says("Delivered to file ~/entri-token").await;
    shown.as_picture("deliver-file").await;
    let file = home.join("entri-token");
    let mode = fs::metadata(&file).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    fs::read_to_string(&file).expect("it is saved")
}

async fn to_a_program(shown: &Shown<'_>, secret: &str) {
    let (world, app) = (shown.world, &shown.world.app);
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("keep");
    fs::write(&program, PROGRAM).expect("a program");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("it can be run");
    let program = program.display();
    app.press(page("deliver/deliveryText.ways.program")).await;
    app.says("without a shell unless the command starts one.").await;
    shown.as_picture("deliver-program").await;
    app.press(page("deliver/deliveryText.submit.program")).await;
    app.says("first. Nothing was sent.").await;
    app.fill("#deliver-text", &format!("{program} 3")).await;
    app.press(page("deliver/deliveryText.submit.program")).await;
    world.desktop.say_yes("Run this program", "Run");
    app.says("failed (exit code 3)").await;
    app.says("stored [secret]").await;
    shown.as_picture("deliver-failed").await;
    app.fill("#deliver-text", &format!("{program} 0 entri/staging")).await;
    app.press(page("deliver/deliveryText.submit.program")).await;
    world.desktop.say_yes("Run this program", "Run");
    app.says(&format!("Delivered to {program} 0 entri/staging")).await;
    app.says("stored [secret]").await;
    let read = |name| fs::read_to_string(folder.path().join(name)).expect("it left that");
    assert_eq!(read("given").trim_end(), secret);
    assert!(!read("arguments").contains(secret) && read("arguments").contains("entri/staging"));
    axe::finds_nothing(app, "deliver-sent").await;
}

async fn as_a_snippet(world: &World, secret: &str) {
    let app = &world.app;
    app.press(page("deliver/deliveryText.ways.snippet")).await;
    app.press(page("deliver/deliveryText.submit.snippet")).await;
    app.named("button", "Copied").await;
    let pasted = world.desktop.paste().expect("the snippet is on the clipboard");
    assert!(pasted.contains("NT3_API_TOKEN") && !pasted.contains(secret));
    axe::finds_nothing(app, "deliver-snippet").await;
    assert!(!app.holds(secret).await, "the page never had it");
}

async fn the_token_says_where(app: &App) {
    app.press("Done").await;
    app.gone("dialog").await;
    app.on_row("staging-server (r2)").await;
    app.press_key(Key::Enter).await;
    app.says(page("notes/notesText.place")).await;
    app.says("file ~/entri-token").await;
    axe::finds_nothing(app, "deliver-details").await;
}
