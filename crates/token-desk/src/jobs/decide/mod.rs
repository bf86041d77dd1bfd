//! Decisions about tokens instead of revoking them now. Each is recorded with its reason and an end date; after
//! that, the findings come back.

pub(crate) mod gate;

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::{Date, Rules};

use crate::desk::{Desk, blocking};
use crate::error::Error;
use crate::jobs::browse::lookup::Found;
use crate::jobs::create::{Expiry, form};
use crate::list::{Cover, TokenKey, TokenRecord};
use crate::model::connection::{Connection, ConnectionId};
use crate::model::dates::Stamp;
use crate::model::identity::{Identity, Likeness};
use crate::storage::journal::Draft;

/// The maximum duration of a decision, so that each is reviewed within a year.
const MOST: TimeDelta = TimeDelta::days(367);
/// The longest reason, in characters.
const MOST_REASON: usize = 500;

/// What can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionKind {
    /// The token stays, for a reason.
    Keep,
    /// Whoever made it was asked.
    AskOwner,
    /// It is to be revoked on a day to come.
    PlanRevoke,
}

/// What was decided about a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What.
    pub kind: DecisionKind,
    /// When.
    pub at: DateTime<Utc>,
    /// When it ends.
    pub until: DateTime<Utc>,
    /// Why; empty if nothing was said.
    pub reason: String,
    /// The findings at the time of the decision. These are muted; later ones aren't.
    pub rules: Rules,
}

/// A decision with the token that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DecidedOn {
    pub token: Identity,
    pub decision: Decision,
}

/// What the admin decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecideRequest {
    /// The tokens; empty for those that are selected.
    pub keys: Vec<TokenKey>,
    /// What.
    pub kind: DecisionKind,
    /// Its last day.
    pub until: Expiry,
    /// Why.
    pub reason: String,
}

impl DecisionKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Keep, Self::AskOwner, Self::PlanRevoke];

    /// Its code in the journal and in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep until",
            Self::AskOwner => "ask owner",
            Self::PlanRevoke => "plan revoke",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Stands before the creation date of the token, in what a decision rests on.
pub(crate) const CREATED: &str = "created ";
/// The journal's code for an undone decision.
pub(crate) const WITHDRAWN: &str = "withdraw decision";

impl Decision {
    /// Whether it is still active. The admin chose the end date, so `now` is the time on this computer.
    #[must_use]
    pub fn stands(&self, now: DateTime<Utc>) -> bool {
        self.until > now
    }
}

impl Desk {
    /// Records decisions about tokens. They take effect once the journal is on disk.
    pub async fn decide(&self, request: DecideRequest, now: DateTime<Utc>) -> Result<(), Error> {
        let until = ends(&request, now)?;
        let desk = self.clone();
        blocking(move || {
            let keys = desk.or_selected(request.keys)?;
            let said = Draft {
                detail: Some(request.reason.trim()).filter(|reason| !reason.is_empty()),
                until: Some(until),
                ..Draft::empty(request.kind.name(), now)
            };
            let written = desk.write_decisions(&keys, &said);
            desk.decided(keys.iter().map(|key| key.connection), now);
            written
        })
        .await?
    }

    /// Undoes a decision: its findings count again.
    pub async fn withdraw_decision(&self, key: TokenKey, now: DateTime<Utc>) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || {
            desk.write_decisions(std::slice::from_ref(&key), &Draft::empty(WITHDRAWN, now))?;
            desk.decided([key.connection], now);
            Ok(())
        })
        .await?
    }

    /// The active decision about a token.
    pub(crate) fn decision(&self, key: &TokenKey, now: DateTime<Utc>) -> Option<Decision> {
        let state = self.state();
        let line = state.line(key.connection)?;
        let DecidedOn { token, decision } = line.journaled.decisions.get(&key.id)?;
        // For a token that left the list, nobody can tell whether its id was reused.
        let listed = line.list.find(key).map(|index| line.list.record(index));
        let other = |it: TokenRecord<'_>| token.compare(it.name, it.created) == Likeness::Other;
        (decision.stands(now) && !listed.is_some_and(other)).then(|| decision.clone())
    }

    /// Records the same about each token, all or nothing. One transaction, so the disk is awaited only once.
    fn write_decisions(&self, keys: &[TokenKey], said: &Draft<'_>) -> Result<(), Error> {
        let subjects = self.to_decide(keys, said.at)?;
        // The sandbox has its own journal in memory, which can't fail, so the one on disk is written first.
        let (sandbox, kept): (Vec<_>, Vec<_>) =
            subjects.iter().partition(|subject: &&ToDecide| subject.connection.sandbox);
        let mut decided = 0;
        for subjects in [kept, sandbox] {
            let Some(first) = subjects.first() else { continue };
            let drafts: Vec<_> = subjects.iter().map(|it| it.drafted(said)).collect();
            let journal = self.inner.journals.of(&first.connection);
            journal.and_then(|journal| Ok(journal.append_all(&drafts)?)).map_err(|error| {
                Error::Undecided { decided, of: keys.len(), reason: error.reason() }
            })?;
            decided += subjects.len();
        }
        Ok(())
    }

    /// The tokens, each with its current findings, including those covered by decisions, whichever connections
    /// are shown.
    fn to_decide(&self, keys: &[TokenKey], now: DateTime<Utc>) -> Result<Vec<ToDecide>, Error> {
        let found = self.find_all(keys).into_iter().collect::<Option<Vec<_>>>();
        let found = found.ok_or(Error::TokenGone)?;
        let (clocks, lists) = (self.clocks(now), self.state().all_lists());
        let subjects = self.subjects(&found, &lists, &clocks);
        let to_decide = |((key, found), (policy, subject)): ((&TokenKey, &Found), _)| {
            let (_, rules) = token_audit::judge(&policy, &subject, clocks.of(key.connection));
            let token = found.token();
            Ok(ToDecide {
                connection: self.connection(key.connection)?,
                project_id: token.project_id.map(str::to_owned),
                name: token.name.to_owned(),
                id: key.id.clone(),
                basis: basis(rules, token.created),
            })
        };
        keys.iter().zip(&found).zip(subjects).map(to_decide).collect()
    }

    fn decided(&self, connections: impl IntoIterator<Item = ConnectionId>, now: DateTime<Utc>) {
        let mut anew: Vec<_> = connections.into_iter().collect();
        anew.sort_unstable();
        anew.dedup();
        for connection in anew.into_iter().filter_map(|id| self.connection(id).ok()) {
            self.read_journal(&connection);
        }
        self.state().list_anew();
        self.list_anew(now);
    }
}

/// The subject of a decision, as the journal records it.
struct ToDecide {
    connection: Connection,
    project_id: Option<String>,
    name: String,
    id: String,
    /// The ids of the rules it breaks, and when it was created.
    basis: Vec<String>,
}

impl ToDecide {
    fn drafted<'a>(&'a self, said: &Draft<'a>) -> Draft<'a> {
        Draft {
            place: Some(&self.connection),
            project_id: self.project_id.as_deref(),
            name: Some(&self.name),
            token_ids: std::slice::from_ref(&self.id),
            basis: &self.basis,
            ..*said
        }
    }
}

/// The basis of a decision, as the journal keeps it.
fn basis(rules: Rules, created: Date) -> Vec<String> {
    let created = Stamp::from(created).kept().map(|it| format!("{CREATED}{it}"));
    rules.iter().map(|it| it.id().to_owned()).chain(created).collect()
}

/// The end of the day that was asked for.
fn ends(request: &DecideRequest, now: DateTime<Utc>) -> Result<DateTime<Utc>, Error> {
    let refused = |text: String| Err(Error::Form(format!("{text} Nothing was saved.")));
    if request.kind == DecisionKind::Keep && request.reason.trim().is_empty() {
        return refused("Enter a reason. Auditors will see it.".to_owned());
    }
    if request.reason.chars().count() > MOST_REASON {
        return refused(format!("The reason is too long (max {MOST_REASON} characters)."));
    }
    match form::expires(&request.until, now).map_err(Error::Form)? {
        Some(end) if end <= now + MOST => Ok(end),
        _ => refused("Choose a date within one year.".to_owned()),
    }
}

/// What the decisions of a connection cover.
pub(crate) fn covers(
    connection: &Connection,
    decisions: &HashMap<String, DecidedOn>,
) -> Vec<Cover> {
    let cover = |(id, DecidedOn { token, decision }): (&String, &DecidedOn)| Cover {
        key: TokenKey { connection: connection.id, id: id.clone() },
        token: token.clone(),
        rules: decision.rules,
        until: decision.until,
    };
    decisions.iter().map(cover).collect()
}
