//! A file that was saved, shown in its folder.
#![expect(clippy::used_underscore_binding, reason = "a macro passes on what nobody reads")]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, Mutex, PoisonError};

use entri_sandbox::{Config, Sandbox};
use zbus::connection;

use crate::app::App;
use crate::desktop::{Desktop, Theme, until};
use crate::hand::Hand;
use crate::words::page;
use crate::world::World;

/// Notes what a file manager is asked to show.
#[derive(Clone, Default)]
struct FileManager(Arc<Mutex<Vec<String>>>);

#[zbus::interface(name = "org.freedesktop.FileManager1")]
impl FileManager {
    fn show_items(&self, files: Vec<String>, _startup: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(files);
    }
}

impl FileManager {
    fn shown(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Saves a report in the home folder, under this name.
async fn save_report(world: &World, name: &str) {
    let World { app, desktop, .. } = world;
    app.press(page("m.auditReport")).await;
    app.named("button", page("audit/auditText.formats.html")).await;
    Hand::on(world).await.key("ctrl+p").await;
    app.fill("#report-path", &desktop.home().join(name).display().to_string()).await;
    app.press(page("audit/auditText.saveReport")).await;
    desktop.say_yes("Save this file", "Save");
    app.says("Report saved to").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_manager_shows_what_was_saved_and_nothing_else() {
    let world = World::connected().await;
    let World { app, desktop, .. } = &world;
    let manager = FileManager::default();
    let bus = async {
        connection::Builder::address(desktop.bus())?
            .name("org.freedesktop.FileManager1")?
            .serve_at("/org/freedesktop/FileManager1", manager.clone())?
            .build()
            .await
    };
    let _bus = bus.await.expect("a file manager on the bus");
    save_report(&world, "a report#1.html").await;
    app.press(page("fields/fileText.showInFolder")).await;
    until("it is shown", || !manager.shown().is_empty());
    let address = format!("file://{}/a%20report%231.html", desktop.home().display());
    assert_eq!(manager.shown(), [address]);
    let other = desktop.home().display();
    let call = format!(
        "return window.__TAURI_INTERNALS__.invoke('window_show_file', {{ file: '{other}' }})
            .then(() => 'shown', (error) => error.code)"
    );
    assert_eq!(app.eval(&call).await, "notFound");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_file_manager_the_folder_is_opened_or_the_reason_told() {
    let mut desktop = Desktop::with_theme(Theme::Light);
    let programs = desktop.home().join("programs");
    fs::create_dir(&programs).expect("a folder");
    let path = std::env::var("PATH").expect("a path");
    desktop.set("PATH", format!("{}:{path}", programs.display()));
    let sandbox = Sandbox::start(Config::default()).await.expect("the sandbox starts");
    let app = App::open(&desktop, &["--url", &sandbox.ready().base_url]).await;
    let world = World { sandbox, desktop, app };
    world.connect().await;
    let World { app, desktop, .. } = &world;
    let opened = desktop.home().join("opened");
    let program = |text: &str| {
        let file = programs.join("xdg-open");
        fs::write(&file, format!("#!/bin/sh\n{text}\n")).expect("it is written");
        fs::set_permissions(&file, Permissions::from_mode(0o700)).expect("it can be run");
    };
    program("exit 3");
    save_report(&world, "first.html").await;
    app.press(page("fields/fileText.showInFolder")).await;
    app.says("Couldn’t open the file manager.").await;
    program(&format!("printf %s \"$1\" >'{}'", opened.display()));
    save_report(&world, "second.html").await;
    app.press(page("fields/fileText.showInFolder")).await;
    let folder = desktop.home().display().to_string();
    until("it is opened", || fs::read_to_string(&opened).is_ok_and(|it| it == folder));
}
