//! Whatever is done at the same time, what the desk shows is what is true at the servers: drawn acts
//! on three connections whose clocks are apart, while another admin acts at the servers and drawn
//! answers are held back.
//!
//! `INTERLEAVINGS=1000` draws so many; `INTERLEAVING_SEED` begins elsewhere. A round that fails says
//! how to begin with its servers.

mod acts;
mod agreement;
mod clock;
mod draw;
mod elsewhere;
mod journal;
mod round;
mod said;
mod world;

use std::env;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::alone;
use acts::Done;
use draw::Draw;
use round::{round, storm};
use world::World;

/// How many are drawn, unless more are asked for.
const FEW: u64 = 60;
/// How many are played with the same desk and servers.
const IN_A_ROW: u64 = 20;
/// No round takes so long: the bound ends a test that hangs.
const MOST: Duration = Duration::from_secs(60);
/// How often a long run says how far it is.
const TELL_EVERY: Duration = Duration::from_secs(10);

/// Says which round failed.
struct Playing {
    seed: u64,
    at: u64,
}

impl Drop for Playing {
    #[expect(clippy::print_stderr, reason = "what a test says of its failure")]
    fn drop(&mut self) {
        if thread::panicking() {
            let (at, seed) = (self.at, self.seed);
            eprintln!("round {at} of those that begin with INTERLEAVING_SEED={seed}");
        }
    }
}

/// Plays some rounds with a new desk and new servers.
async fn play(seed: u64, rounds: u64) {
    let mut world = World::new(&mut Draw::new(seed)).await;
    let mut done: Vec<Done> = Vec::new();
    for at in 0..rounds {
        let _playing = Playing { seed, at };
        let mut draw = Draw::new(seed + at);
        let (storms, world) = (draw.below(3) == 0, &mut world);
        let played = async {
            if storms {
                storm(world, &mut draw, at).await
            } else {
                round(world, &mut draw, at).await
            }
        };
        done.extend(tokio::time::timeout(MOST, played).await.expect("it ends"));
        world.journal_agrees(&done).await;
    }
    world.disk_agrees();
}

#[test]
fn desk_and_servers_agree_whatever_is_done_at_the_same_time() {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse().ok());
    let rounds = number("INTERLEAVINGS").unwrap_or(FEW);
    let first = number("INTERLEAVING_SEED").unwrap_or(1);
    alone(async move {
        let (began, mut told) = (Instant::now(), Instant::now());
        let mut played = 0;
        while played < rounds {
            let some = IN_A_ROW.min(rounds - played);
            play(first + played, some).await;
            played += some;
            if told.elapsed() >= TELL_EVERY {
                told = Instant::now();
                eprintln!("{played} of {rounds} rounds after {} s", began.elapsed().as_secs());
            }
        }
    });
}
