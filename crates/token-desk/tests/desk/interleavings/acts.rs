//! The admin's acts, each in a task of its own.

use token_audit::Policy;
use token_desk::{
    Appearance, BulkRevokeOutcome, BulkRevokeResult, ConnectionId, CreateRequest, DecideRequest,
    DecisionKind, Desk, Expiry, RevokeRequest, TokenKey,
};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::draw::Draw;
use super::said::Said;
use super::world::World;
use crate::support::{connect, named, now};

/// The result of an act.
pub enum Done {
    Created(TokenKey),
    Revoked(TokenKey),
    CleanedUp(BulkRevokeResult),
    Left(ConnectionId),
    Named(ConnectionId, Said<String>),
    Judged(ConnectionId, Said<u16>),
    /// The reason, or that a decision was taken back.
    Decided(TokenKey, Said<Option<String>>),
    Nothing,
}

/// What an act waits for besides the responses to its own requests.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// Nothing: it ends, or comes to an answer that is to be held back.
    Never,
    /// Others, and so for an answer that is held back already.
    ForOthers,
}

/// How long a token may be unused. No token was last used just so long ago, to the hour.
pub const STALE_DAYS: [u16; 3] = [60, 90, 150];

impl World {
    /// Begins an act at one server, if there is anything to do it to.
    pub fn act(
        &mut self,
        at: usize,
        draw: &mut Draw,
        acts: &mut JoinSet<Done>,
        name: &str,
    ) -> Option<Waits> {
        let (desk, id) = (self.desk.clone(), self.ids[at]);
        if desk.status().bulk_revoke.is_some() && draw.below(3) == 0 {
            desk.stop_bulk_revoke();
        }
        match draw.below(30) {
            0..5 => {
                let expiry = draw.of(&[None, None, Some(0), Some(1)]);
                let expiry = expiry.map_or(Expiry::Never, Expiry::Days);
                acts.spawn(create(desk, CreateRequest { connection: id, expiry, ..named(name) }));
            }
            5..10 => {
                let key = self.some_token(at, draw)?;
                acts.spawn(revoke(desk, key));
            }
            10..13 => {
                let of = |_| self.some_token(draw.of(&[at, at, (at + 1) % 3]), draw);
                let keys: Vec<_> = (0..4).filter_map(of).collect();
                acts.spawn(bulk_revoke(desk, keys));
            }
            13..16 => {
                let (key, name) = (self.some_token(at, draw)?, name.to_owned());
                acts.spawn(decide(desk, key, (draw.below(3) > 0).then_some(name)));
            }
            16..21 => {
                self.act_elsewhere(at, draw, name);
                return None;
            }
            late => {
                self.act_on_connection(at, late, draw, acts, name);
                return Some(Waits::ForOthers);
            }
        }
        Some(Waits::Never)
    }

    fn act_on_connection(
        &mut self,
        at: usize,
        drawn: usize,
        draw: &mut Draw,
        acts: &mut JoinSet<Done>,
        name: &str,
    ) {
        let (desk, id, name) = (self.desk.clone(), self.ids[at], name.to_owned());
        match drawn {
            21..24 => {
                let (ending, ended) = oneshot::channel::<()>();
                self.loads.push((id, ended));
                acts.spawn(async move {
                    let _ending = ending;
                    desk.sync(id, now()).await;
                    Done::Nothing
                })
            }
            24 => acts.spawn(async move {
                desk.check_now(now()).await.unwrap();
                Done::Nothing
            }),
            25 => {
                let ready = self.servers[at].ready().clone();
                acts.spawn(async move {
                    // Where it is left meanwhile, this connects to it as another one.
                    let again = connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
                    if again.id == id { Done::Nothing } else { Done::Left(id) }
                })
            }
            26 => acts.spawn(async move {
                let _ = desk.disconnect(id, false, now()).await;
                Done::Left(id)
            }),
            27 => acts.spawn(judge(desk, id, draw.of(&STALE_DAYS))),
            _ => acts.spawn(rename(desk, id, name)),
        };
    }
}

pub async fn create(desk: Desk, request: CreateRequest) -> Done {
    let made = desk.create(request, now()).await.ok().and_then(|it| it.key);
    made.map_or(Done::Nothing, Done::Created)
}

/// As the admin does who looks first.
pub async fn revoke(desk: Desk, key: TokenKey) -> Done {
    let Ok(plan) = desk.preview_revoke(&key, now()) else { return Done::Nothing };
    let typed = Some(plan.to_type.text().to_owned());
    let request = RevokeRequest { key: key.clone(), seen: plan.seen, typed };
    match desk.revoke(request, now()).await {
        Ok(_) => Done::Revoked(key),
        Err(_) => Done::Nothing,
    }
}

async fn bulk_revoke(desk: Desk, keys: Vec<TokenKey>) -> Done {
    desk.select(keys, true);
    let Ok(plan) = desk.plan_bulk_revoke(now()).await else { return Done::Nothing };
    let count = plan.tokens.len().to_string();
    let result = desk.run_bulk_revoke(plan.id, &count, now).await;
    result.map_or(Done::Nothing, Done::CleanedUp)
}

async fn decide(desk: Desk, key: TokenKey, reason: Option<String>) -> Done {
    let said = match reason.clone() {
        None => Said::with(None, desk.withdraw_decisions(vec![key.clone()], now())).await,
        Some(why) => {
            let (keys, kind) = (vec![key.clone()], DecisionKind::Keep);
            let request = DecideRequest { keys, kind, until: Expiry::Days(30), reason: why };
            Said::with(reason, desk.decide(request, now())).await
        }
    };
    said.map_or(Done::Nothing, |said| Done::Decided(key, said))
}

async fn judge(desk: Desk, id: ConnectionId, stale_days: u16) -> Done {
    let policy = Policy { stale_days, ..Policy::default() };
    let said = Said::with(stale_days, desk.change_policy(id, policy, now())).await;
    said.map_or(Done::Nothing, |said| Done::Judged(id, said))
}

async fn rename(desk: Desk, id: ConnectionId, label: String) -> Done {
    let appearance = desk.status().of(id).map(|line| line.connection.appearance.clone());
    let Some(appearance) = appearance else { return Done::Nothing };
    let appearance = Appearance { label: label.clone(), ..appearance };
    let said = Said::with(label, desk.change_appearance(id, appearance, now())).await;
    said.map_or(Done::Nothing, |said| Done::Named(id, said))
}

impl Done {
    pub fn cleaned_up(&self) -> Option<&BulkRevokeResult> {
        match self {
            Self::CleanedUp(result) => Some(result),
            _ => None,
        }
    }

    /// The tokens that no longer work after this act.
    pub fn gone(&self) -> Vec<&TokenKey> {
        match self {
            Self::Revoked(key) => vec![key],
            Self::CleanedUp(result) => {
                let gone = |it: &BulkRevokeOutcome| {
                    matches!(it, BulkRevokeOutcome::Revoked | BulkRevokeOutcome::AlreadyGone)
                };
                let tokens = result.tokens.iter().filter(|(_, outcome)| gone(outcome));
                tokens.map(|(token, _)| &token.key).collect()
            }
            _ => Vec::new(),
        }
    }
}
