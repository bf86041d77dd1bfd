//! The window while the keychain, the network or the disk hangs: it goes on answering.
//!
//! Each input is a key typed into the search, and answered once the rows it asks for are painted.

use std::fs::File;

use entri_sandbox::{Config, Sandbox, Variant};
use serde::Deserialize;
use serde_json::json;
use test_support::proxy::{Fault, Proxy};
use thirtyfour::Key;

use crate::app::App;
use crate::connections::another;
use crate::desktop::{Desktop, Theme};
use crate::preload;
use crate::rounds::expect;
use crate::words::page;
use crate::world::{World, enter_token};

/// How long each answer took, in ms, or what was not answered.
pub type Answers = Result<Vec<f64>, String>;

const BUSY: &str = "return document.querySelector('.list')?.ariaBusy === 'true'";
const NOT_BUSY: &str = "return document.querySelector('.list')?.ariaBusy === 'false'";
const INPUTS: &str = include_str!("../../benches/window/input.js");
/// Names of every list here, so that there are rows for each letter.
const WORDS: [&str; 3] = ["deploy-eu-1", "docs-preview", "crowd-import"];

/// How many keys are typed before the page is asked whether the list is still being loaded.
const KEYS: usize = 3;

#[derive(Deserialize)]
struct Samples {
    frame: Vec<f64>,
}

/// One that is silent is waited for no longer than 5 seconds, so the list is refreshed again and
/// again; after 4 times it is asked no more until the next start.
pub async fn keychain(starts: usize, times: usize, inputs: usize) -> Answers {
    let mut world = World::connected().await;
    world.desktop.signal_keychain("-STOP");
    let mut answers = Vec::new();
    for _ in 0..starts {
        world = world.restart().await;
        for time in 0..times {
            if time > 0 {
                world.app.press_key(Key::Control + "r").await;
            }
            answers.extend(typed_meanwhile(&world.app, inputs).await?);
            world.app.until("it is given up on", NOT_BUSY).await;
            world.app.says("The keychain didn’t respond").await;
        }
    }
    Ok(answers)
}

/// The server takes requests and never answers.
pub async fn network(inputs: usize) -> Answers {
    let World { sandbox, desktop, app } = World::unconnected().await;
    let proxy = Proxy::before(&sandbox.ready().base_url).await;
    app.fill("#connect-address", &proxy.url()).await;
    enter_token(&app, &desktop, &sandbox.ready().admin_token).await;
    app.synced().await;
    proxy.plan_always("GET", Fault::Silence);
    app.press_key(Key::Control + "r").await;
    let answers = typed_meanwhile(&app, inputs).await;
    drop(desktop);
    answers
}

/// Nothing that is written to a database gets anywhere, whatever is clicked that writes to one.
pub async fn disk(inputs: usize) -> Answers {
    let sandbox = Sandbox::start(Config::default()).await.expect("the sandbox starts");
    let mut desktop = Desktop::with_theme(Theme::Light);
    desktop.set("LD_PRELOAD", preload::built("hang", include_bytes!("hang.c")));
    let app = App::open(&desktop, &["--url", &sandbox.ready().base_url]).await;
    let world = World { sandbox, desktop, app };
    world.connect().await;
    let second = another(&world, 20).await;
    let disk = File::create(world.desktop.home().join("data/entri-tokens/disk")).expect("a file");
    disk.lock().expect("the disk hangs");
    // A list that is as it was need not be written.
    second.add_token("new").expect("a token");
    world.app.press_key(Key::Control + "r").await;
    for connection in ["1", "2", "1"] {
        world.app.press_key(Key::Control + connection).await;
    }
    let answers = typed_meanwhile(&world.app, inputs).await;
    disk.unlock().expect("it goes on");
    world.app.synced().await;
    answers
}

/// The server lists tokens without end.
pub async fn flood(inputs: usize) -> Answers {
    let (world, _second) = remembered("endless").await;
    let answers = typed_meanwhile(&world.app, inputs).await;
    drop(world);
    answers
}

/// The app at a start, in sight the known list of a second server, which has an odd way by now.
async fn remembered(way: &str) -> (World, Sandbox) {
    let world = World::connected().await;
    let second = another(&world, 20).await;
    second.set_variant(Variant::named(way).expect("an odd way"));
    (world.restart().await, second)
}

/// Leaves the second server for good.
async fn is_left(world: World, second: &Sandbox) {
    let app = &world.app;
    app.says("20 tokens").await;
    app.click(".connection").await;
    app.press(page("m.menu.disconnect")).await;
    app.press(page("connection/disconnectText.submit")).await;
    app.says("48 tokens").await;
    app.synced().await;
    let before = second.requests().len();
    let world = world.restart().await;
    world.app.says("48 tokens").await;
    world.app.synced().await;
    assert_eq!(second.requests().len(), before, "nothing asks for it any longer");
}

/// Types while the list cannot be loaded, as the page says from the first key to the last. What was
/// typed when that ended counts for nothing: a busy machine may get to fewer keys.
async fn typed_meanwhile(app: &App, inputs: usize) -> Answers {
    app.until("the list is being loaded", BUSY).await;
    app.find(".grid").await;
    let mut answers = Vec::new();
    for word in WORDS.iter().cycle() {
        if answers.len() >= inputs {
            break;
        }
        let arguments = vec![json!("search"), json!(KEYS), json!([word]), json!("")];
        let answer = app.page.execute_async(INPUTS, arguments).await;
        let answer = answer.expect("the page runs a script").json().clone();
        let samples: Samples =
            serde_json::from_value(answer.clone()).map_err(|_| answer.to_string())?;
        if app.eval(BUSY).await != true {
            break;
        }
        answers.extend(samples.frame);
    }
    expect(!answers.is_empty(), || "it no longer hangs, so that this shows nothing".to_owned())?;
    Ok(answers)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_hangs_holds_no_input_up() {
    keychain(1, 1, 9).await.expect("every key is answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_hangs_holds_no_input_up() {
    network(9).await.expect("every key is answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_hangs_holds_no_input_up() {
    disk(9).await.expect("every key is answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_that_hangs_is_stopped_and_another_one_helps() {
    let World { sandbox, desktop, app } = World::unconnected().await;
    let proxy = Proxy::before(&sandbox.ready().base_url).await;
    app.fill("#connect-address", &proxy.url()).await;
    enter_token(&app, &desktop, &sandbox.ready().admin_token).await;
    app.synced().await;
    proxy.plan("GET", Fault::Silence);
    app.press_key(Key::Control + "r").await;
    app.until("the list is being loaded", BUSY).await;
    app.press(page("m.statusBar.stop")).await;
    app.until("it is given up", NOT_BUSY).await;
    app.says("Stopped. The list wasn’t reloaded.").await;
    app.press(page("m.retry")).await;
    app.synced().await;
    drop(desktop);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_without_end_holds_no_input_up() {
    flood(9).await.expect("every key is answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_can_be_left_amid_its_list_without_end() {
    let (world, second) = remembered("endless").await;
    world.app.until("it is loaded", BUSY).await;
    let world = world.restart().await;
    world.app.until("it is loaded again", BUSY).await;
    is_left(world, &second).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_nests_without_end_ends_no_start_and_can_be_left() {
    let (world, second) = remembered("nested-deep").await;
    world.app.find(".head .banner").await;
    let world = world.restart().await;
    world.app.find(".head .banner").await;
    world.app.until("it is given up", NOT_BUSY).await;
    is_left(world, &second).await;
}
