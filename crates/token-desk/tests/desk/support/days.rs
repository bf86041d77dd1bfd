//! A desk that looks at its sandbox day by day, on a clock that the test turns.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use entri_sandbox::{Config, Sandbox};
use token_audit::history::UseHistory;
use token_desk::{Desk, TokenHistory};

use super::{Bench, FIRST, key, now};

/// A bench whose sandbox has a clock of its own.
pub struct Days {
    pub bench: Bench,
    clock: Arc<AtomicI64>,
}

impl Days {
    /// Connected on the day of all tests, and nothing loaded yet.
    pub async fn begin() -> Self {
        Self::with(48).await
    }

    /// Like [`Self::begin`], with this many tokens; without any, the credential never expires.
    pub async fn with(tokens: u32) -> Self {
        let clock = Arc::new(AtomicI64::new(now().timestamp()));
        let of_sandbox = Arc::clone(&clock);
        let config = Config {
            clock: Arc::new(move || {
                DateTime::from_timestamp(of_sandbox.load(Ordering::Relaxed), 0).unwrap()
            }),
            tokens,
            ..Config::default()
        };
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::open(folder.path(), now()).unwrap();
        let bench = Bench { sandbox: Sandbox::start(config).await.unwrap(), folder, desk };
        bench.connect().await.unwrap();
        Self { bench, clock }
    }

    /// The time it is on the bench.
    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.clock.load(Ordering::Relaxed), 0).unwrap()
    }

    /// Goes to 14:02 of the day that many days after the first one.
    pub fn go_to(&self, day: i64) {
        self.clock.store((now() + TimeDelta::days(day)).timestamp(), Ordering::Relaxed);
    }

    /// Goes to the first moment of that day.
    pub fn go_to_midnight(&self, day: i64) {
        self.go_to(day);
        self.clock.fetch_sub(self.now().timestamp() % 86_400, Ordering::Relaxed);
    }

    /// Lets that much time pass.
    pub fn wait(&self, time: TimeDelta) {
        self.clock.fetch_add(time.num_seconds(), Ordering::Relaxed);
    }

    /// Uses the token, dated so many hours ago.
    pub fn used(&self, id: &str, hours_ago: i64) {
        self.bench.sandbox.touch(id, self.now() - TimeDelta::hours(hours_ago)).unwrap();
    }

    /// Loads the list, which takes a snapshot of each token's last use.
    pub async fn look(&self) {
        self.bench.desk.sync(FIRST, self.now()).await;
    }

    pub async fn seen(&self, id: &str) -> TokenHistory {
        self.bench.desk.seen(key(id), self.now()).await.unwrap()
    }

    pub async fn words(&self, id: &str) -> String {
        let seen = self.seen(id).await;
        seen.history.map(|history| history.words(seen.step).join(" ")).unwrap_or_default()
    }

    /// A letter for each day: used, `.` for quiet, `?` for not known.
    pub async fn drawn(&self, id: &str) -> String {
        self.seen(id).await.history.as_ref().map(drawn).unwrap_or_default()
    }
}

fn drawn(history: &UseHistory) -> String {
    use token_audit::history::Day;
    let letter = |day: &Day| match day {
        Day::Used => 'u',
        Day::Quiet => '.',
        Day::Unknown => '?',
    };
    history.days().iter().map(letter).collect()
}
