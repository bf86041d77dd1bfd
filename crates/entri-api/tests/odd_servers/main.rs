//! Servers drawn at random, read by the client, and compared with the sandbox's truth (contract §5, §6):
//! what is told as whole is whole, what can be proven whole is told so, and ids and dates are what the
//! server said. `SERVERS=10000` draws more than the 300 of every run, `FIRST=4711` begins elsewhere.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod drawn;
mod read;

use std::panic::resume_unwind;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use drawn::Drawn;
use read::Read;

/// So many at a time: some answers are late on purpose.
const AT_ONCE: usize = 8;
/// How often a long run says how far it is.
const TOLD_EVERY: Duration = Duration::from_secs(10);

/// What was read of all servers.
#[derive(Default)]
struct Tally {
    servers: u64,
    read: Read,
    /// The longest that a server took, and its seed.
    longest: (Duration, u64),
}

impl Tally {
    fn add(&mut self, seed: u64, (read, took): (Read, Duration)) {
        self.servers += 1;
        self.read += read;
        self.longest = self.longest.max((took, seed));
    }

    #[expect(clippy::print_stderr, reason = "a long run says how far it is")]
    fn tell(&self, begun: Instant) {
        let Self { servers, read, longest: (longest, seed) } = self;
        eprintln!(
            "{servers} servers in {:.0?}, the longest took {longest:.1?} (seed {seed}). {read}",
            begun.elapsed()
        );
    }
}

/// Checks one server. A failure says which.
async fn check(seed: u64) -> (u64, (Read, Duration)) {
    let begun = Instant::now();
    let mut drawn = Drawn::new(seed).await;
    let name = drawn.name();
    let minute = Duration::from_secs(60);
    let checked = tokio::time::timeout(minute, drawn.check()).await;
    assert!(checked.is_ok(), "it never ends: {name}");
    (seed, (drawn.stop().await, begun.elapsed()))
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_drawn_servers_say_is_told_and_nothing_else() {
    let (first, servers) = (number("FIRST", 0), number("SERVERS", 300));
    let (begun, mut told, mut tally) = (Instant::now(), Instant::now(), Tally::default());
    let (mut seeds, mut running) = (first..first + servers, JoinSet::new());
    seeds.by_ref().take(AT_ONCE).for_each(|seed| drop(running.spawn(check(seed))));
    while let Some(checked) = running.join_next().await {
        let (seed, checked) = checked.unwrap_or_else(|error| resume_unwind(error.into_panic()));
        tally.add(seed, checked);
        seeds.next().map(|seed| running.spawn(check(seed)));
        if told.elapsed() > TOLD_EVERY {
            told = Instant::now();
            tally.tell(begun);
        }
    }
    tally.tell(begun);
    assert_eq!(tally.servers, servers);
}
