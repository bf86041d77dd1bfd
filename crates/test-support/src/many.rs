//! Checks many servers, several at a time.

use std::env;
use std::fmt::Display;
use std::ops::AddAssign;
use std::panic::resume_unwind;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio::time::timeout;

/// How many servers are checked at a time: more than there are cores, since some answers are late on purpose.
const AT_ONCE: usize = 8;
/// How often a long run says how far it has come.
const TOLD_EVERY: Duration = Duration::from_secs(10);
/// A check that takes longer hangs, and fails.
const MOST: Duration = Duration::from_secs(60);

/// The results for the servers so far.
struct Tally<T> {
    begun: Instant,
    told: Instant,
    servers: u64,
    found: T,
    /// The longest that a server took, and its seed.
    longest: (Duration, u64),
}

/// Checks one server for each seed: `SERVERS` of them (300 unless the environment says otherwise), from `FIRST` on (0).
/// Returns the sum of what was found.
pub async fn run<T, F>(check: impl Fn(u64) -> F) -> T
where
    T: Default + AddAssign + Display + Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let (first, servers) = (number("FIRST", 0), number("SERVERS", 300));
    let timed = |seed| {
        let checked = check(seed);
        async move {
            let begun = Instant::now();
            let found = timeout(MOST, checked).await;
            let found = found.unwrap_or_else(|_| panic!("server {seed} takes more than a minute"));
            (seed, found, begun.elapsed())
        }
    };
    let (mut seeds, mut running) = (first..first + servers, JoinSet::new());
    let mut tally = Tally::<T>::new();
    for seed in seeds.by_ref().take(AT_ONCE) {
        running.spawn(timed(seed));
    }
    while let Some(checked) = running.join_next().await {
        tally.add(checked.unwrap_or_else(|error| resume_unwind(error.into_panic())));
        if let Some(seed) = seeds.next() {
            running.spawn(timed(seed));
        }
    }
    tally.tell();
    assert_eq!(tally.servers, servers);
    tally.found
}

fn number(name: &str, usual: u64) -> u64 {
    env::var(name).map_or(usual, |text| text.parse().unwrap())
}

impl<T: Default + AddAssign + Display> Tally<T> {
    fn new() -> Self {
        let now = Instant::now();
        Self { begun: now, told: now, servers: 0, found: T::default(), longest: Default::default() }
    }

    fn add(&mut self, (seed, found, took): (u64, T, Duration)) {
        self.servers += 1;
        self.found += found;
        self.longest = self.longest.max((took, seed));
        if self.told.elapsed() > TOLD_EVERY {
            self.told = Instant::now();
            self.tell();
        }
    }

    #[expect(clippy::print_stderr, reason = "a long run says how far it has come")]
    fn tell(&self) {
        let Self { servers, found, longest: (longest, seed), .. } = self;
        let seconds = self.begun.elapsed().as_secs();
        eprintln!(
            "{servers} servers in {seconds} s, the longest took {longest:.1?} (seed {seed}). {found}"
        );
    }
}
