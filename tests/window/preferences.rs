//! The preferences, by hand: each takes effect at once, outlives a restart, and goes back.

use std::fs;
use std::path::{Path, PathBuf};

use entri_sandbox::{Config, Sandbox};

use crate::app::App;
use crate::axe;
use crate::desktop::{Desktop, Theme, until};
use crate::hand::Hand;
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

const COUNTDOWN: &str = "Revoke without a countdown?";

in_both_themes!(set_restarted_and_reset);

async fn set_restarted_and_reset(theme: Theme) {
    let sandbox = Sandbox::start(Config::default()).await.expect("the sandbox starts");
    let mut desktop = Desktop::with_theme(theme);
    desktop.set("TZ", "Asia/Tokyo");
    let app = App::open(&desktop, &["--url", &sandbox.ready().base_url]).await;
    let mut world = World { sandbox, desktop, app };
    world.connect().await;
    opened(&world, theme).await;
    if theme == Theme::Dark {
        return;
    }
    set(&world).await;
    world = world.restart().await;
    is_set(&world.app).await;
    reset(&world).await;
    world = world.restart().await;
    let app = &world.app;
    app.until("the list has its usual rows", &row_is(44)).await;
    app.until("the theme is the desktop's", &scheme_is("light dark")).await;
    damaged(world).await;
}

/// Opens the page by its keys, and looks at all of it.
async fn opened(world: &World, theme: Theme) {
    let (app, hand) = (&world.app, Hand::on(world).await);
    app.until("rows are there", &row_is(44)).await;
    hand.key("ctrl+comma").await;
    app.named("h1", page("preferences/preferencesText.title")).await;
    app.find("[name=theme]:checked").await;
    Shown { world, theme }.as_picture("preferences").await;
    for (width, height) in [(1024, 700), (1280, 800)] {
        app.resize(width, height).await;
        app.nothing_sticks_out().await;
    }
}

async fn set(world: &World) {
    let (app, hand) = (&world.app, Hand::on(world).await);
    choose(&hand, "theme", "dark").await;
    app.until("the page is dark", &scheme_is("dark")).await;
    axe::finds_nothing(app, "preferences in dark colors").await;
    choose(&hand, "density", "compact").await;
    choose(&hand, "zone", "utc").await;
    pick(app, "clearClipboard", "60").await;
    app.until("it is kept", "return document.querySelectorAll('.setting .link').length === 4")
        .await;
    // What makes a mistake costlier is asked about in a native window.
    pick(app, "countdown", "0").await;
    world.desktop.say_no(COUNTDOWN);
    app.until("it is on still", &value_is("countdown", "5")).await;
    hand.click("h1").await;
    pick(app, "countdown", "0").await;
    world.desktop.say_yes(COUNTDOWN, "Turn off");
    app.until("it is off", &resets(5)).await;
    hand.click("[data-setting=singleKeys] .switch").await;
    app.until("it is off", &resets(6)).await;
    // The hand knows where things are in the usual size.
    hand.key("ctrl+plus").await;
    app.until("its own keys are followed", &size_is("110%")).await;
    to_list(app).await;
    app.until("the rows are closer", &row_is(36)).await;
    hand.key("c").await;
    hand.key("ctrl+k").await;
    app.has_focus(page("palette/paletteText.placeholder")).await;
    hand.key("Escape").await;
    app.gone("dialog").await;
}

/// After a restart, before anybody pressed anything.
async fn is_set(app: &App) {
    app.until("the rows are closer", &row_is(36)).await;
    app.until("the page is dark", &scheme_is("dark")).await;
    push(app, ".sidebar .last .sidebar-item").await;
    app.until("the size", &size_is("110%")).await;
    app.until("the clipboard", &value_is("clearClipboard", "60")).await;
    app.until("the countdown", &value_is("countdown", "0")).await;
    let zone = "return document.querySelector('[name=zone]:checked').value === 'utc'";
    app.until("the zone", zone).await;
    app.says("Local (UTC+9)").await;
    let off = "return !document.querySelector('[data-setting=singleKeys] .switch').checked";
    app.until("single keys", off).await;
}

async fn reset(world: &World) {
    let app = &world.app;
    push(app, ".head .button").await;
    push(app, "dialog .primary").await;
    app.says(page("preferences/preferencesText.wereReset")).await;
    app.until(
        "nothing is left to reset",
        "return document.querySelector('.setting .link') === null",
    )
    .await;
    app.until("the size", &size_is("100%")).await;
    app.until("the theme is the desktop's", &scheme_is("light dark")).await;
}

/// A file that somebody edited.
async fn damaged(world: World) {
    let file = world.desktop.home().join("data/entri-tokens/settings.json");
    let World { sandbox, desktop, app } = world;
    app.close().await;
    fs::write(&file, r#"{"theme":"dark","textSize":7}"#).expect("the file is written");
    let app = App::open(&desktop, &[]).await;
    app.says("These settings couldn’t be read and are at their defaults: text size.").await;
    app.until("the rest holds", &scheme_is("dark")).await;
    app.click(".sidebar .last .sidebar-item").await;
    app.until("the size", &size_is("100%")).await;
    drop(sandbox);
}

async fn choose(hand: &Hand<'_>, name: &str, value: &str) {
    hand.click(&format!("label:has([name={name}][value={value}])")).await;
}

async fn pick(app: &App, name: &str, value: &str) {
    app.eval(&format!(
        "const select = document.querySelector('[data-setting={name}] select');
         select.value = '{value}';
         select.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ))
    .await;
}

/// A driver's click lands beside what it means in a page that is drawn larger.
async fn push(app: &App, css: &str) {
    app.find(css).await;
    app.eval(&format!("document.querySelector('{css}').click()")).await;
}

async fn to_list(app: &App) {
    push(app, ".sidebar section .sidebar-item").await;
}

fn scheme_is(scheme: &str) -> String {
    format!("return getComputedStyle(document.documentElement).colorScheme === '{scheme}'")
}

fn resets(count: usize) -> String {
    format!("return document.querySelectorAll('.setting .link').length === {count}")
}

fn row_is(pixels: u32) -> String {
    format!("return Math.round(document.querySelector('.row')?.offsetHeight) === {pixels}")
}

fn size_is(percent: &str) -> String {
    format!("return document.querySelector('.stepper output')?.textContent === '{percent}'")
}

fn value_is(name: &str, value: &str) -> String {
    format!("return document.querySelector('[data-setting={name}] select').value === '{value}'")
}

/// The files and folders of the app in a home folder: those that are named as it is, and those that name its server.
fn traces(folder: &Path, server: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let is_ours = path.file_name().is_some_and(|it| it.to_string_lossy().contains("entri"));
        if entry.file_type().is_ok_and(|it| it.is_dir()) {
            found.extend(is_ours.then(|| path.clone()));
            found.extend(traces(&path, server));
        // What the app logs goes where its user has it go.
        } else if path.file_name().is_some_and(|it| it != "app.log") {
            let bytes = fs::read(&path).unwrap_or_default();
            let names = memchr::memmem::find(&bytes, server.as_bytes()).is_some();
            found.extend((is_ours || names).then_some(path));
        }
    }
    found
}

/// How many entries the keychain has of the app.
fn entries(desktop: &Desktop) -> usize {
    let output = desktop
        .command("dbus-send")
        .args([
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.secrets",
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.SearchItems",
            "dict:string:string:service,Entri Tokens",
        ])
        .output()
        .expect("dbus-send runs");
    String::from_utf8_lossy(&output.stdout).matches("object path").count()
}

const ENTRY: &str = "config/autostart/io.nt3.entri-tokens.desktop";

/// Has the app start with the session, which a restart knows, and which ends with the checks it is for.
async fn starts_at_login(world: World) -> World {
    let entry = world.desktop.home().join(ENTRY);
    let turn_on = async |app: &App| {
        app.click(".sidebar .last .sidebar-item").await;
        app.find("[data-setting=atLogin] .switch:disabled").await;
        app.click("label:has([name=watch][value='1'])").await;
        app.click("[data-setting=atLogin] .switch:enabled").await;
        app.find("[data-setting=atLogin] .link").await;
    };
    turn_on(&world.app).await;
    let text = fs::read_to_string(&entry).expect("an entry");
    assert!(text.contains("entri-tokens\" --minimized"), "{text}");
    let world = world.restart().await;
    world.app.click(".sidebar .last .sidebar-item").await;
    world.app.find("[data-setting=atLogin] .switch:checked").await;
    world.app.click("label:has([name=watch][value='0'])").await;
    until("the entry is gone", || !entry.exists());
    world.app.click(".sidebar section .sidebar-item").await;
    turn_on(&world.app).await;
    world.app.click(".sidebar section .sidebar-item").await;
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_of_the_app_is_erased_and_nothing_else() {
    const QUESTION: &str = "Erase all app data?";
    let world = starts_at_login(World::connected().await).await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    let (home, server) = (world.desktop.home(), world.sandbox.ready().base_url.clone());
    let server = server.trim_start_matches("http://");
    fs::create_dir_all(home.join("data/io.nt3.entri-tokens/deep")).expect("a folder of the page");
    fs::write(home.join("data/io.nt3.entri-tokens/deep/file"), server).expect("a file in it");
    let others = home.join("notes-of-mine");
    fs::write(&others, format!("my server is {server}")).expect("a file of somebody else");
    let before = traces(home, server);
    for it in [
        "data/entri-tokens",
        "data/entri-tokens/entri-tokens.db",
        "data/io.nt3.entri-tokens",
        ENTRY,
    ] {
        assert!(before.contains(&home.join(it)), "the search finds {it}: {before:?}");
    }
    assert!(entries(&world.desktop) > 0, "the search finds what is in the keychain");
    app.click(".sidebar .last .sidebar-item").await;
    app.find("[data-setting=erase] button").await;
    app.says("io.nt3.entri-tokens").await;
    app.click("[data-setting=erase] button").await;
    world.desktop.say_no(QUESTION);
    app.says("Canceled. Nothing was done.").await;
    assert!(traces(home, server).len() >= before.len());
    hand.click("h1").await;
    app.click("[data-setting=erase] button").await;
    world.desktop.say_yes(QUESTION, "Erase everything");
    until("the app has ended", || !world.desktop.has_window("Entri Tokens"));
    until("nothing is left", || traces(home, server) == [others.clone()]);
    assert_eq!(entries(&world.desktop), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_exported_into_the_folder_that_is_chosen() {
    const WINDOW: &str = "Choose a folder";
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    let into = world.desktop.home().join("backup");
    fs::create_dir(&into).expect("a folder");
    let files = |of: &Path| fs::read_dir(of).expect("a folder").flatten().collect::<Vec<_>>();
    let made = || files(&into);
    app.click(".sidebar .last .sidebar-item").await;
    app.find("[data-setting=export] button").await;
    app.eval("document.querySelector('[data-setting=export]').scrollIntoView()").await;
    hand.click("[data-setting=export] button").await;
    world.desktop.say_no(WINDOW);
    app.find("[data-setting=export] button:enabled").await;
    assert!(made().is_empty(), "a closed window exports nothing");
    hand.click("[data-setting=export] button").await;
    world.desktop.enter(WINDOW, &into.display().to_string());
    app.says("entri-tokens-20").await;
    let [folder] = &made()[..] else { panic!("one folder: {:?}", made()) };
    let kept = files(&folder.path());
    assert!(kept.iter().any(|it| it.file_name() == "journal.db"), "{kept:?}");
}
