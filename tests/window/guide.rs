//! The guide, opened in the browser.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use entri_sandbox::{Config, Sandbox};
use thirtyfour::Key;

use crate::app::App;
use crate::desktop::{Desktop, Theme, until};
use crate::hand::Hand;
use crate::words::page;
use crate::world::World;

/// The guide that the built program opens. If it isn't there, an empty page stands in for it during the test.
struct Guide {
    file: PathBuf,
    is_empty: bool,
}

impl Guide {
    fn beside(program: &str) -> Self {
        let target = Path::new(program).ancestors().nth(2).expect("the folder of the build");
        let file = target.join("guide/guide/index.html");
        let is_empty = !file.exists();
        if is_empty {
            fs::create_dir_all(file.parent().expect("a folder")).expect("it is made");
            fs::write(&file, "").expect("a page");
        }
        Self { file, is_empty }
    }
}

impl Drop for Guide {
    fn drop(&mut self) {
        if self.is_empty {
            let _ = fs::remove_file(&self.file);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guide_opens_in_the_browser_or_the_reason_is_told() {
    let guide = Guide::beside(env!("CARGO_BIN_EXE_entri-tokens"));
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
    app.find(".row").await;
    let opened = desktop.home().join("opened");
    let browser = |text: &str| {
        let file = programs.join("xdg-open");
        fs::write(&file, format!("#!/bin/sh\n{text}\n")).expect("it is written");
        fs::set_permissions(&file, Permissions::from_mode(0o700)).expect("it can be run");
    };
    browser(&format!("printf %s \"$1\" >'{}'", opened.display()));
    Hand::on(&world).await.key("question").await;
    app.named("h2", page("dialogs/shortcutText.title")).await;
    app.press(page("commands/actText.guide")).await;
    app.gone("dialog").await;
    let file = guide.file.canonicalize().expect("a path").display().to_string();
    until("it is opened", || fs::read_to_string(&opened).is_ok_and(|it| it == file));
    browser("exit 3");
    app.press_key(Key::Control + "k").await;
    app.has_focus(page("palette/paletteText.placeholder")).await;
    app.press_key("guide").await;
    app.press_key(Key::Enter).await;
    app.says("Couldn’t open a browser. The guide is").await;
}
