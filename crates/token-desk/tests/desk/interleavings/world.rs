//! A desk with three servers of the same tokens, whose clocks are apart.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use entri_sandbox::{Config, DateHeader, Life, Sandbox, StoredToken, Variant};
use token_audit::{AsOf, Date, TokenFacts, Verdict};
use token_desk::{Chip, ConnectionId, Desk, Phase, Row, ServerTime, Shown, TokenKey};
use tokio::sync::oneshot;

use super::clock;
use super::draw::Draw;
use crate::support::{connect, now, rows};

/// What is known about the tokens, by server and id.
pub type Known = BTreeMap<(usize, String), Token>;

/// What a row shows about its token.
#[derive(Debug, PartialEq, Eq)]
pub struct Token {
    name: String,
    created: Date,
    expires: Date,
    last_used: Date,
    chip: Chip,
}

/// Anything that isn't ended takes longer: the client waits 15 s for a response.
const PATIENCE: Duration = Duration::from_secs(12);

pub struct World {
    pub desk: Desk,
    pub servers: Vec<Sandbox>,
    pub ids: [ConnectionId; 3],
    /// How far each server says that its clock is ahead, in seconds.
    pub ahead: [i64; 3],
    /// Every connection there was, and its server.
    pub all: BTreeMap<ConnectionId, usize>,
    /// The id of the token that the app signs in with, at each server.
    pub own: String,
    /// The tokens that another admin created.
    pub foreign: Vec<String>,
    /// The loads that were requested, with their connections: each drops its sender when it ends.
    pub loads: Vec<(ConnectionId, oneshot::Receiver<()>)>,
    pub folder: tempfile::TempDir,
}

impl World {
    pub async fn new(draw: &mut Draw) -> Self {
        // The journal waits for the disk at each step, which would take half of the time.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let desk = Desk::open(folder.path(), now()).unwrap();
        let (mut servers, ahead) = (Vec::new(), clock::drawn(draw));
        for seconds in ahead {
            let clock = Arc::new(move || clock::there(seconds));
            let config = Config { tokens: 24, clock, ..Config::default() };
            servers.push(Sandbox::start(config).await.unwrap());
        }
        let (ids, all) = ([ConnectionId(0); 3], BTreeMap::new());
        let (foreign, loads) = (Vec::new(), Vec::new());
        // The servers begin with the same tokens, and the first one is the app's.
        let own = servers[0].truth().unwrap().swap_remove(0).id;
        let mut world = Self { desk, servers, ids, ahead, all, own, foreign, loads, folder };
        for (at, seconds) in ahead.into_iter().enumerate() {
            world.set_clock(at, seconds);
            world.connect(at).await;
        }
        world.settle().await;
        world
    }

    /// Sets a server's clock this many seconds ahead of this computer's.
    pub fn set_clock(&mut self, at: usize, ahead: i64) {
        self.ahead[at] = ahead;
        let date = DateHeader::ComputersAhead(ahead);
        self.servers[at].set_variant(Variant { date, ..Variant::default() });
    }

    async fn connect(&mut self, at: usize) {
        let ready = self.servers[at].ready();
        let id = connect(&self.desk, &ready.base_url, &ready.admin_token).await.unwrap().id;
        self.ids[at] = id;
        self.all.insert(id, at);
    }

    /// Reconnects where needed, and loads every list. Each connection follows its server's clock,
    /// and reports if that differs.
    pub async fn settle(&mut self) {
        for at in 0..3 {
            if self.desk.status().of(self.ids[at]).is_none() {
                self.connect(at).await;
            }
        }
        self.desk.show(Shown::All, now()).await.unwrap();
        let status = self.desk.sync_shown(now()).await;
        for (id, ahead) in self.ids.iter().zip(self.ahead) {
            let line = status.of(*id).unwrap();
            assert!(line.list.phase == Phase::Idle && line.list.complete(), "{id:?}");
            let told = &line.list.problems;
            assert_eq!(told.len(), usize::from(ahead != 0), "{told:?}");
            assert!(told.iter().all(|problem| problem.message.contains("clock")), "{told:?}");
            let off = self.desk.clocks(now()).of(*id).0 - clock::judged(ahead);
            assert!(off.num_seconds().abs() < 5, "{id:?} is judged by another clock: {off}");
        }
    }

    /// Waits for the loads of connections that were left: they end, whatever their servers do.
    pub async fn loads_of_the_left_end(&mut self) {
        let status = self.desk.status();
        for (id, ended) in std::mem::take(&mut self.loads) {
            if status.of(id).is_none() {
                let ended = tokio::time::timeout(PATIENCE, ended).await;
                assert!(ended.is_ok(), "the load of {id:?} goes on");
            }
        }
    }

    /// The server of a connection.
    pub fn server_of(&self, id: ConnectionId) -> Option<usize> {
        self.ids.iter().position(|it| *it == id)
    }

    pub fn named(&self, key: &TokenKey) -> Option<(usize, String)> {
        Some((self.server_of(key.connection)?, key.id.0.clone()))
    }

    /// The tokens that are shown, as they are shown.
    pub fn shown(&self) -> Known {
        let of = |row: Row| {
            let Row { name, created, expires, last_used, chip, .. } = row;
            (self.named(&row.key).unwrap(), Token { name, created, expires, last_used, chip })
        };
        rows(&self.desk).into_iter().map(of).collect()
    }

    /// The tokens that live, each judged by the clock of its own server.
    pub fn truth(&self) -> Known {
        let living = (0..3).flat_map(|at| {
            let living = self.lives(at).into_iter().map(|life| life.token);
            living.filter(|token| !token.revoked).map(move |token| (at, token))
        });
        let of =
            |(at, token): (usize, StoredToken)| ((at, token.id.clone()), self.judged(at, token));
        living.map(of).collect()
    }

    pub fn lives_still(&self, at: usize, id: &str) -> bool {
        self.lives(at).iter().any(|life| life.token.id == id && !life.token.revoked)
    }

    pub fn lives(&self, at: usize) -> Vec<Life> {
        self.servers[at].lives().unwrap()
    }

    fn judged(&self, at: usize, token: StoredToken) -> Token {
        let date = |time: Option<DateTime<Utc>>| time.map_or(Date::None, Date::At);
        let facts = TokenFacts {
            created: Date::At(token.created),
            expires: date(token.expires),
            last_used: date(token.last_used),
            last_used_reported: true,
            revoked: false,
            own: token.id == self.own,
            as_of: AsOf { read: ServerTime(clock::judged(self.ahead[at])), frozen: false },
        };
        let policy = self.desk.policy(self.ids[at]).unwrap();
        let chip = Verdict::of(&policy, &facts, ServerTime(clock::judged(self.ahead[at]))).into();
        let TokenFacts { created, expires, last_used, .. } = facts;
        Token { name: token.name, created, expires, last_used, chip }
    }

    /// A token of one connection that the desk shows, and that is not what it signs in with.
    pub fn some_token(&self, at: usize, draw: &mut Draw) -> Option<TokenKey> {
        let mut rows = rows(&self.desk);
        rows.retain(|row| row.key.connection == self.ids[at] && row.key.id.0 != self.own);
        (!rows.is_empty()).then(|| rows.swap_remove(draw.below(rows.len())).key)
    }
}
