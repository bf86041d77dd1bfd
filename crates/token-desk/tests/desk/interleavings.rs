//! Whatever is done at the same time, what the desk shows is what is true at the servers: drawn acts
//! on three connections, while drawn answers are held back.
//!
//! `INTERLEAVINGS=1000` draws so many; `INTERLEAVING_SEED` begins elsewhere. A round that fails says
//! how to begin with it, with servers as they were before the first one.

use std::collections::BTreeSet;
use std::env;
use std::thread;
use std::time::{Duration, Instant};

use entri_sandbox::{Held, Method, Sandbox};
use token_desk::{
    ActivityQuery, CleanupOutcome, ConnectionId, CreateRequest, Desk, LooseEndKind, Phase,
    RevokeRequest, Shown, TokenKey,
};
use tokio::task::JoinSet;

use crate::support::{alone, connect, named, now, rows, sandbox};

/// How many are drawn, unless more are asked for.
const FEW: u64 = 60;
/// No round takes so long: the bound ends a test that hangs.
const MOST: Duration = Duration::from_secs(60);
/// Who waits longer for a round to go on does something else meanwhile: an act may wait for an answer
/// that is held back.
const LULL: Duration = Duration::from_millis(100);
/// How often a long run says how far it is.
const TELL_EVERY: Duration = Duration::from_secs(10);

/// What came of an act.
enum Done {
    Created(TokenKey),
    Revoked(Vec<TokenKey>),
    Left(ConnectionId),
    Nothing,
}

/// A desk with three servers of the same tokens.
struct World {
    desk: Desk,
    servers: Vec<Sandbox>,
    ids: Vec<ConnectionId>,
    _folder: tempfile::TempDir,
}

/// Marsaglia's xorshift64*.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 8;
        usize::try_from(drawn % limit as u64).unwrap()
    }
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::open(folder.path(), now()).unwrap();
        let mut servers = Vec::new();
        for _ in 0..3 {
            servers.push(sandbox(1, 24).await);
        }
        let mut world = Self { desk, servers, ids: Vec::new(), _folder: folder };
        for at in 0..3 {
            let id = world.connect(at).await;
            world.ids.push(id);
        }
        world.settle().await;
        world
    }

    async fn connect(&self, at: usize) -> ConnectionId {
        let ready = self.servers[at].ready();
        connect(&self.desk, &ready.base_url, &ready.admin_token).await.unwrap().id
    }

    /// Connects where it was left, and loads every list.
    async fn settle(&mut self) {
        for at in 0..3 {
            if self.desk.status().of(self.ids[at]).is_none() {
                self.ids[at] = self.connect(at).await;
            }
        }
        self.desk.show(Shown::All, now()).await.unwrap();
        let summary = self.desk.sync_shown(now()).await.summary();
        assert_eq!((summary.complete, summary.problems), (true, vec![]));
    }

    /// The tokens that are shown.
    fn shown(&self) -> BTreeSet<(u32, String)> {
        rows(&self.desk).into_iter().map(|row| named_by(&row.key)).collect()
    }

    /// The tokens that live.
    fn truth(&self) -> BTreeSet<(u32, String)> {
        let of = |(id, server): (&ConnectionId, &Sandbox)| {
            let living = server.truth().unwrap().into_iter().filter(|token| !token.revoked);
            living.map(|token| (id.0, token.id)).collect::<Vec<_>>()
        };
        self.ids.iter().zip(&self.servers).flat_map(of).collect()
    }

    /// A token of one connection that the desk shows, and that is not what it signs in with.
    fn some_token(&self, at: usize, draw: &mut Draw) -> Option<TokenKey> {
        let mut rows = rows(&self.desk);
        let own = token_desk::Chip::ThisApp;
        rows.retain(|row| row.key.connection == self.ids[at] && row.chip != own);
        (!rows.is_empty()).then(|| rows.swap_remove(draw.below(rows.len())).key)
    }

    /// Begins an act on one server.
    fn act(&self, at: usize, draw: &mut Draw, acts: &mut JoinSet<Done>, name: &str) {
        let (desk, id) = (self.desk.clone(), self.ids[at]);
        match draw.below(16) {
            0..4 => {
                let request = CreateRequest { connection: id, ..named(name) };
                acts.spawn(async move {
                    let made = desk.create(request, now()).await.ok().and_then(|it| it.key);
                    made.map_or(Done::Nothing, Done::Created)
                })
            }
            4..8 => match self.some_token(at, draw) {
                Some(key) => acts.spawn(async move { revoke(&desk, key).await }),
                None => return,
            },
            8..10 => match self.some_token(at, draw) {
                Some(key) => acts.spawn(async move { clean_up(&desk, key).await }),
                None => return,
            },
            10..13 => acts.spawn(async move {
                desk.sync(id, now()).await;
                Done::Nothing
            }),
            13 => acts.spawn(async move {
                desk.check_now(now()).await.unwrap();
                Done::Nothing
            }),
            14 => {
                let ready = self.servers[at].ready().clone();
                acts.spawn(async move {
                    // Where it is left meanwhile, this connects to it as another one.
                    let again = connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
                    if again.id == id { Done::Nothing } else { Done::Left(id) }
                })
            }
            _ => acts.spawn(async move {
                let _ = desk.disconnect(id, false, now()).await;
                Done::Left(id)
            }),
        };
    }
}

fn named_by(key: &TokenKey) -> (u32, String) {
    (key.connection.0, key.id.clone())
}

/// As the admin does who looks first.
async fn revoke(desk: &Desk, key: TokenKey) -> Done {
    let Ok(plan) = desk.plan_revoke(&key, now()) else { return Done::Nothing };
    let typed_name = Some(plan.token.name.clone());
    let request = RevokeRequest { key: key.clone(), seen: plan.seen, typed_name };
    match desk.revoke(request, now()).await {
        Ok(_) => Done::Revoked(vec![key]),
        Err(_) => Done::Nothing,
    }
}

async fn clean_up(desk: &Desk, key: TokenKey) -> Done {
    desk.select([key], true);
    let Ok(plan) = desk.plan_cleanup(now()).await else { return Done::Nothing };
    let count = plan.tokens.len().to_string();
    let Ok(result) = desk.run_cleanup(plan.id, &count, now).await else { return Done::Nothing };
    let revoked = result.tokens.into_iter().filter(|(_, it)| *it == CleanupOutcome::Revoked);
    Done::Revoked(revoked.map(|(token, _)| token.key).collect())
}

/// Orders that the next answer with a list of tokens, or to a revoke, is held back.
fn order(world: &World, at: usize, draw: &mut Draw) -> Held {
    let (method, path) = match draw.below(4) {
        0 => (Method::GET, "/projects/6660aa11/tokens"),
        1 => (Method::DELETE, "/tokens/"),
        _ => (Method::GET, "/organizations/665f1c0a9b3e4d0012ab34cd/tokens"),
    };
    world.servers[at].hold_next(&method, path)
}

/// Does some acts. After most of them it waits until an act has come to its end, or to an answer that
/// is held back; what was held back before goes on being so for a drawn while.
async fn round(world: &mut World, draw: &mut Draw, number: u64) {
    let (mut acts, mut done) = (JoinSet::new(), Vec::new());
    let mut holding: Vec<Held> = Vec::new();
    for act in 0..4 + draw.below(5) {
        let at = draw.below(3);
        match draw.below(4) {
            0 | 1 => holding.push(order(world, at, draw)),
            2 if !holding.is_empty() => drop(holding.swap_remove(draw.below(holding.len()))),
            _ => {}
        }
        world.act(at, draw, &mut acts, &format!("made {number}-{act}"));
        if draw.below(4) > 0 {
            let open: Vec<_> = holding.iter().filter(|it| !it.is_reached()).collect();
            tokio::select! {
                Some(ended) = acts.join_next() => done.push(ended.unwrap()),
                () = any(&open) => {}
                () = tokio::time::sleep(LULL) => {}
            }
        }
    }
    while !holding.is_empty() {
        drop(holding.swap_remove(draw.below(holding.len())));
    }
    done.extend(acts.join_all().await);
    agrees(world, &done).await;
}

/// Waits until one of the answers is held back.
async fn any(open: &[&Held]) {
    let mut reached = JoinSet::new();
    for one in open {
        reached.spawn(one.reached());
    }
    if reached.join_next().await.is_none() {
        std::future::pending::<()>().await;
    }
}

/// What was done holds before anything is loaded again, and the lists are the truth afterwards.
async fn agrees(world: &mut World, done: &[Done]) {
    world.desk.show(Shown::All, now()).await.unwrap();
    let left = |key: &TokenKey| {
        done.iter().any(|it| matches!(it, Done::Left(id) if *id == key.connection))
    };
    let revoked: Vec<_> = done.iter().filter_map(Done::revoked).flatten().collect();
    let shown = world.shown();
    for key in revoked.iter().filter(|key| !left(key)) {
        assert!(!shown.contains(&named_by(key)), "{key:?} came back");
    }
    for one in done {
        if let Done::Created(key) = one
            && !left(key)
            && !revoked.contains(&key)
        {
            assert!(shown.contains(&named_by(key)), "{key:?} vanished");
        }
    }
    let idle = |it: &token_desk::ConnectionStatus| it.list.phase == Phase::Idle;
    assert!(world.desk.status().connections.iter().all(idle));
    world.settle().await;
    assert_eq!(world.shown(), world.truth());
}

impl Done {
    fn revoked(&self) -> Option<&Vec<TokenKey>> {
        match self {
            Self::Revoked(keys) => Some(keys),
            _ => None,
        }
    }
}

/// Each token that was created or revoked at a server is so in the journal, and no other.
async fn journal_agrees(world: &World, before: usize) {
    let all = ActivityQuery { text: String::new(), len: usize::MAX };
    let entries = world.desk.activity(all).await.unwrap().entries;
    let (mut made, mut revoked) = (0, 0);
    for entry in &entries {
        made += usize::from((entry.act.as_deref(), &*entry.what) == (Some("create"), "made"));
        revoked += usize::from((entry.act.as_deref(), &*entry.what) == (Some("revoke"), "revoked"));
    }
    let all: usize = world.servers.iter().map(|server| server.truth().unwrap().len()).sum();
    let living = world.truth().len();
    let words: BTreeSet<_> = entries.iter().map(|it| (it.act.clone(), it.what.clone())).collect();
    assert_eq!((made, revoked), (all - before, all - living), "{words:?}");
    // Nobody took the new values; that much is known of each.
    let connections = world.desk.status().connections;
    let mut open = connections.iter().flat_map(|it| &it.loose_ends);
    assert!(open.all(|it| it.kind == LooseEndKind::NeverHandedOver));
}

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
            eprintln!(
                "round {at} of seed {seed}; as the first one: INTERLEAVING_SEED={}",
                seed + at
            );
        }
    }
}

#[test]
fn desk_and_servers_agree_whatever_is_done_at_the_same_time() {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse().ok());
    let rounds = number("INTERLEAVINGS").unwrap_or(FEW);
    let seed = number("INTERLEAVING_SEED").unwrap_or(1);
    alone(async move {
        let mut world = World::new().await;
        let before = world.truth().len();
        let (began, mut told) = (Instant::now(), Instant::now());
        for at in 0..rounds {
            let _playing = Playing { seed, at };
            let mut draw = Draw((seed + at).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
            let played = tokio::time::timeout(MOST, round(&mut world, &mut draw, at)).await;
            assert!(played.is_ok(), "it does not end");
            if told.elapsed() >= TELL_EVERY {
                told = Instant::now();
                eprintln!("{} of {rounds} rounds after {} s", at + 1, began.elapsed().as_secs());
            }
        }
        journal_agrees(&world, before).await;
    });
}
