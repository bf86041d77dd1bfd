//! Decisions about tokens instead of revoking them now. Each is recorded with its reason and an end date; after
//! that, the findings come back.

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::{ProjectId, TokenId};
use token_audit::{Date, Rules};

use crate::desk::Desk;
use crate::error::Error;
use crate::jobs::browse::lookup::Found;
use crate::jobs::create::{Expiry, form};
use crate::model::connection::{Connection, ConnectionId};
use crate::model::decision::{CREATED, DecidedOn, Decision, DecisionKind};
use crate::model::deed::Deed;
use crate::model::time::dates::Stamp;
use crate::model::token::identity::Likeness;
use crate::model::token::{TokenKey, TokenRecord};
use crate::storage::journal::Draft;
use crate::system::threads::blocking;

/// The maximum duration of a decision, so that each is reviewed within a year.
const MOST: TimeDelta = TimeDelta::days(367);
/// The longest reason, in characters.
const MOST_REASON: usize = 500;

/// A decision to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecideRequest {
    /// The tokens; empty for the selected ones.
    pub keys: Vec<TokenKey>,
    /// What is decided about them.
    pub kind: DecisionKind,
    /// The last day on which it holds.
    pub until: Expiry,
    /// The reason; required to keep tokens, otherwise it may be empty.
    pub reason: String,
}

impl Desk {
    /// Records decisions about tokens. They take effect once the journal is on disk. Returns the tokens, to undo
    /// them; none if one of these replaces a decision, which undoing wouldn't bring back.
    pub async fn decide(
        &self,
        request: DecideRequest,
        now: DateTime<Utc>,
    ) -> Result<Vec<TokenKey>, Error> {
        let until = ends(&request, now)?;
        let desk = self.clone();
        blocking(move || {
            let keys = desk.or_selected(request.keys)?;
            let said = Draft {
                detail: Some(request.reason.trim()).filter(|reason| !reason.is_empty()),
                until: Some(until),
                ..Draft::empty(request.kind.deed(), now)
            };
            let replaces = keys.iter().any(|key| desk.decision(key, now).is_some());
            let written = desk.write_decisions(&keys, &said);
            desk.decided(keys.iter().map(|key| key.connection), now);
            written.map(|()| if replaces { Vec::new() } else { keys })
        })
        .await?
    }

    /// Undoes the decisions about these tokens: their findings count again.
    pub async fn withdraw_decisions(
        &self,
        keys: Vec<TokenKey>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || {
            let undone = Draft::empty(Deed::WithdrawDecision, now);
            let written = desk.write_decisions(&keys, &undone);
            desk.decided(keys.iter().map(|key| key.connection), now);
            written
        })
        .await?
    }

    /// The decision about a token that holds now.
    pub(crate) fn decision(&self, key: &TokenKey, now: DateTime<Utc>) -> Option<Decision> {
        let state = self.state();
        let held = state.connection(key.connection)?;
        let DecidedOn { token, decision } = held.journaled.decisions.get(&key.id)?;
        // For a token that left the list, nobody can tell whether its id was reused.
        let listed = held.list.find(key).map(|index| held.list.record(index));
        let other = |it: TokenRecord<'_>| token.compare(it.name, it.created) == Likeness::Other;
        (decision.stands(now) && !listed.is_some_and(other)).then(|| decision.clone())
    }

    /// Records the same decision about each token, all or nothing. One transaction, so the disk is
    /// awaited only once.
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
                project_id: token.project_id.map(ProjectId::into_owned),
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
    project_id: Option<ProjectId>,
    name: String,
    id: TokenId,
    /// The ids of the rules it breaks, and when it was created.
    basis: Vec<String>,
}

impl ToDecide {
    fn drafted<'a>(&'a self, said: &Draft<'a>) -> Draft<'a> {
        Draft {
            connection: Some(&self.connection),
            project_id: self.project_id.as_ref().map(ProjectId::borrowed),
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

/// The end of the day that was chosen, if the request is valid.
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
