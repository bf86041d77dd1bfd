//! Handing a token over beside the clipboard: to a file, and to a program.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use entri_sandbox::Config;
use thirtyfour::Key;

use crate::axe;
use crate::desktop::Theme;
use crate::leaks;
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
    hand_over(Theme::Light).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dark() {
    hand_over(Theme::Dark).await;
}

async fn hand_over(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    let app = &world.app;
    let home = world.desktop.home();
    let shown = async |screen: &str| {
        app.picture(&format!("{screen}-{}", theme.name())).await;
        app.nothing_sticks_out().await;
        axe::finds_nothing(app, screen).await;
    };
    app.press_create().await;
    app.fill("#create-name", "staging-server (r2)").await;
    app.press("Create token").await;
    app.says("Not copied yet.").await;

    // By keyboard alone: the first way comes after Copy.
    app.has_focus(page("dialogs/words.created.copy")).await;
    app.press_key(Key::Tab).await;
    app.has_focus(page("dialogs/words.handOver.ways.file")).await;
    app.press_key(Key::Enter).await;
    app.fill("#hand-over-text", "~/.gitignore").await;
    fs::write(home.join(".gitignore"), "mine").expect("a file");
    app.press_key(Key::Enter).await;
    world.desktop.say_no("Replace this file");
    app.says("Canceled. Nothing was done.").await;
    assert_eq!(fs::read_to_string(home.join(".gitignore")).expect("it stays"), "mine");
    assert_eq!(app.value("#hand-over-text").await, "~/.gitignore");
    shown("hand-over-refused").await;
    app.fill("#hand-over-text", "~/entri-token").await;
    app.press("Save").await;
    world.desktop.say_yes("Save this file", "Save");
    app.says("Delivered to file ~/entri-token").await;
    shown("hand-over-file").await;
    let file = home.join("entri-token");
    let secret = fs::read_to_string(&file).expect("it is saved");
    let secret = secret.trim_end();
    assert!(secret.starts_with("entri_"));
    let mode = fs::metadata(&file).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(world.answer_to(secret).await, 200, "it works as a key");

    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("keep");
    fs::write(&program, PROGRAM).expect("a program");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("it can be run");
    let program = program.display();
    app.press(page("dialogs/words.handOver.ways.program")).await;
    app.says("without a shell.").await;
    shown("hand-over-program").await;
    app.press(page("dialogs/words.handOver.submit.program")).await;
    app.says("first. Nothing was sent.").await;
    app.fill("#hand-over-text", &format!("{program} 3")).await;
    app.press(page("dialogs/words.handOver.submit.program")).await;
    world.desktop.say_yes("Run this program", "Run");
    app.says("failed (exit code 3)").await;
    app.says("stored [secret]").await;
    shown("hand-over-failed").await;
    app.fill("#hand-over-text", &format!("{program} 0 entri/staging")).await;
    app.press(page("dialogs/words.handOver.submit.program")).await;
    world.desktop.say_yes("Run this program", "Run");
    app.says(&format!("Delivered to {program} 0 entri/staging")).await;
    app.says("stored [secret]").await;
    let read = |name| fs::read_to_string(folder.path().join(name)).expect("it left that");
    assert_eq!(read("given").trim_end(), secret);
    assert!(!read("arguments").contains(secret) && read("arguments").contains("entri/staging"));
    axe::finds_nothing(app, "hand-over-sent").await;

    app.press(page("dialogs/words.handOver.ways.snippet")).await;
    app.press(page("dialogs/words.handOver.submit.snippet")).await;
    app.named("button", "Copied").await;
    let pasted = world.desktop.paste().expect("the snippet is on the clipboard");
    assert!(pasted.contains("NT3_API_TOKEN") && !pasted.contains(secret));
    axe::finds_nothing(app, "hand-over-snippet").await;
    assert!(!app.holds(secret).await, "the page never had it");

    app.press("Done").await;
    app.gone("dialog").await;
    app.on_row("staging-server (r2)").await;
    app.press_key(Key::Enter).await;
    app.says(page("notes/n.placement")).await;
    app.says("file ~/entri-token").await;
    axe::finds_nothing(app, "hand-over-details").await;
    fs::remove_file(file).expect("the file that was asked for goes");
    leaks::nothing_on_disk(&world.desktop, &[secret]);
}
