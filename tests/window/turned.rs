//! A clock that a test turns, for the app and its server alike.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use entri_sandbox::{Config, DateHeader, Sandbox, Variant};

use crate::app::App;
use crate::desktop::{Desktop, Theme};
use crate::preload;
use crate::world::World;

/// How far ahead the clock of one app and its server is.
pub struct Turned {
    ahead: Arc<AtomicI64>,
    /// Where the app reads it from.
    file: File,
}

impl World {
    /// Like [`Self::with`], on a clock that begins as the computer's.
    pub async fn with_clock(theme: Theme) -> (Self, Turned) {
        let mut desktop = Desktop::with_theme(theme);
        let ahead = Arc::new(AtomicI64::new(0));
        let told = Arc::clone(&ahead);
        let config = Config {
            clock: Arc::new(move || ahead_of(&told)),
            variant: Variant { date: DateHeader::Own, ..Variant::default() },
            ..Config::default()
        };
        let sandbox = Sandbox::start(config).await.expect("the sandbox starts");
        let path = desktop.home().join("clock");
        let file = File::create(&path).expect("a file");
        let turned = Turned { ahead, file };
        turned.by(TimeDelta::zero());
        desktop.set("LD_PRELOAD", library());
        desktop.set("TURNED_CLOCK", path);
        let app = App::open(&desktop, &["--url", &sandbox.ready().base_url]).await;
        (Self { sandbox, desktop, app }, turned)
    }
}

impl Turned {
    /// The time it is there.
    pub fn now(&self) -> DateTime<Utc> {
        ahead_of(&self.ahead)
    }

    /// Lets so much time pass at once.
    pub fn by(&self, time: TimeDelta) {
        let ahead = self.ahead.fetch_add(time.num_seconds(), Ordering::Relaxed);
        let ahead = ahead + time.num_seconds();
        self.file.write_all_at(&ahead.to_ne_bytes(), 0).expect("the app is told");
    }
}

fn ahead_of(ahead: &AtomicI64) -> DateTime<Utc> {
    Utc::now() + TimeDelta::seconds(ahead.load(Ordering::Relaxed))
}

fn library() -> PathBuf {
    preload::built("turned", include_bytes!("turned.c"))
}
