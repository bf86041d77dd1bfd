//! Asks a server with the value that was found, and sees in the list which token that moved.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::{ApiToken, Organization, Probed, TokenId};
use token_audit::calibration::{Calibration, Channel, LONGEST_STEP};
use token_audit::naming::{Naming, Test, Uses, by_use};
use token_audit::{Date, OwnUse};

use super::naming::Whose;
use super::{Note, Since};
use crate::desk::Desk;
use crate::desk::live::LiveConnection;
use crate::error::{Error, FoundError};
use crate::list::Inventory;
use crate::model::connection::ConnectionId;
use crate::model::deed::Deed;
use crate::model::token::TokenKey;
use crate::model::token::incident::{IncidentId, Sureness};
use crate::redact::Redactor;
use crate::system::threads::blocking;

/// How far off a time of the server may be, as its answers tell it.
const PRECISION: TimeDelta = TimeDelta::seconds(2);
/// How long to wait before and after the test where it isn't known what a date is worth: longer than two times of the
/// server may be off together.
const APART: Duration = Duration::from_millis(4_500);
/// The longest wait for a use to be shown.
const LONGEST_WAIT: Duration = Duration::from_secs(20);
const CUT: &str =
    "The text it was found in doesn’t say where it ends. Paste the value alone, and test that.";
const USE: &str = "its last use moved when the value was tested";

/// What was known of the last uses before the test.
struct Before {
    list: Arc<Inventory>,
    step: Option<TimeDelta>,
    lag: Option<TimeDelta>,
}

/// A test that was made: from when to when, by this computer's clock.
struct Made {
    live: LiveConnection,
    before: Before,
    asked: DateTime<Utc>,
    answered: DateTime<Utc>,
    since: Since,
    /// The step that had named its token then.
    named: Option<i64>,
}

impl Desk {
    /// Asks the server of a connection, once, whether the value that was found works, and if so, whose it is: that
    /// token's last use moves. Returns the incident, which moves to that connection if the value works there.
    ///
    /// # Errors
    /// [`FoundError::Wiped`] once the value was wiped; those of [`Desk::live`].
    pub async fn test_found(
        &self,
        id: IncidentId,
        at: ConnectionId,
        now: DateTime<Utc>,
    ) -> Result<IncidentId, Error> {
        let since = Since::new(now);
        let value = self.inner.vault.found_value(id).ok_or(FoundError::Wiped)?;
        let desk = self.clone();
        let named = blocking(move || desk.incident(id)).await??.naming();
        let live = self.live(at).await?;
        live.in_its_organization().await?;
        let before = self.before_test(&live, since).await?;
        let host = live.client.base_url().host().to_owned();
        self.note(id, Deed::ValueTested, Note::says(&*host), since.now()).await?;
        let asked = since.now();
        match live.client.probe(&value).await {
            Ok(Probed::Accepted(of)) => {
                let moved = {
                    let _alone = self.inner.incidents.beginning.lock().await;
                    self.move_incident(id, at, since.now()).await?
                };
                let named = named.filter(|_| moved == id);
                let made = Made { live, before, asked, answered: since.now(), since, named };
                self.works(moved, &made, &of).await?;
                Ok(moved)
            }
            Ok(Probed::Refused) if self.inner.vault.found_uncertain(id) => {
                let says = format!("{host} refuses it as it was read here. {CUT}");
                self.says_nothing(id, (Deed::ValueUntested, says.clone()), says, since.now()).await
            }
            Ok(Probed::Refused) => {
                let says =
                    format!("{host} refuses it: it is dead there, or belongs to another server.");
                self.says_nothing(id, (Deed::ValueUnknown, host), says, since.now()).await
            }
            Err(error) => {
                let said = redacted(&value, &error.to_string());
                self.says_nothing(id, (Deed::ValueUntested, said.clone()), said, since.now()).await
            }
        }
    }

    /// Writes down that it works; then sees whose it is.
    async fn works(&self, id: IncidentId, made: &Made, of: &Organization) -> Result<(), Error> {
        let host = made.live.client.base_url().host();
        self.note(id, Deed::ValueWorks, Note::says(host), made.since.now()).await?;
        if of.id != made.live.connection.organization_id {
            return self.is_whose(id, elsewhere(of), made.since.now()).await;
        }
        let whose = self.moved(made).await?;
        let desk = self.clone();
        let incident = blocking(move || desk.incident(id)).await??;
        // Somebody may have chosen a token meanwhile, and revoked it.
        if incident.is_over() || incident.naming() != made.named {
            return Ok(());
        }
        self.is_whose(id, whose, made.since.now()).await?;
        self.inner.incidents.change(id, |it| {
            let tested = |key: &TokenKey| Some((key.clone(), made.own_use(key)?));
            it.tested = it.candidates.iter().filter_map(tested).collect();
        });
        let (desk, connection, now) = (self.clone(), made.live.connection.id, made.since.now());
        blocking(move || desk.leave_out_own_uses(connection, now)).await
    }

    /// The test named nobody.
    async fn says_nothing(
        &self,
        id: IncidentId,
        (what, detail): (Deed, String),
        says: String,
        now: DateTime<Utc>,
    ) -> Result<IncidentId, Error> {
        self.note(id, what, Note::says(detail), now).await?;
        self.is_whose(id, Whose::Nobody { says: Some(says) }, now).await?;
        Ok(id)
    }

    /// Loads the list, so that the last uses before the test are known.
    async fn before_test(&self, live: &LiveConnection, since: Since) -> Result<Before, Error> {
        let id = live.connection.id;
        self.sync_anew(id, since.now()).await;
        let list = self.list_of(id)?;
        let calibration = self.calibration(id);
        let step = calibration.and_then(|it| Some(it.step?.at_most));
        let lag = calibration.and_then(|it| Some(it.lag?.at_most));
        if (step.is_none() || lag.is_none()) && list.own_row().is_some() {
            tokio::time::sleep(APART).await;
        }
        Ok(Before { list, step, lag })
    }

    /// What last uses are worth there; `None` if they say nothing.
    fn calibration(&self, id: ConnectionId) -> Option<Calibration> {
        let calibration = self.state().connection(id)?.calibration;
        let moves = calibration.frozen.is_none() && calibration.channel != Channel::DoesNotCount;
        moves.then_some(calibration)
    }

    /// The tokens that were tested before, but since then: what the list shows of them leaves out those tests.
    fn tested_since(&self, id: ConnectionId, since: DateTime<Utc>) -> Vec<TokenId> {
        let state = self.state();
        let own = state.connection(id).map(|held| &held.journaled.own_uses);
        let late = |uses: &[OwnUse]| uses.iter().any(|one| one.until >= since);
        own.into_iter().flatten().filter(|(_, uses)| late(uses)).map(|(id, _)| id.clone()).collect()
    }

    /// Whose last use moved, by the list after the test.
    async fn moved(&self, made: &Made) -> Result<Whose, Error> {
        let (id, before, ahead) = (made.live.connection.id, &made.before, made.ahead());
        let lag = before.lag.and_then(|lag| (lag + PRECISION * 2).to_std().ok());
        tokio::time::sleep(lag.unwrap_or(APART).min(LONGEST_WAIT)).await;
        let listed = made.since.now();
        let loaded = self.sync_anew(id, listed).await;
        let list = self.list_of(id)?;
        let status = self.status();
        let complete = loaded && status.of(id).is_some_and(|it| it.list.complete());
        let test = Test {
            asked: made.asked + ahead - PRECISION,
            answered: made.answered + ahead + PRECISION,
            step: before.step,
            lag: before.lag,
            listed: listed + ahead - PRECISION,
            complete,
        };
        let since = test.asked - before.step.unwrap_or(LONGEST_STEP);
        let naming = by_use(&uses(&before.list, &list, &self.tested_since(id, since)), &test);
        let is_own_known = list.own_row().is_some() || made.live.client.api_token().is_none();
        let naming = if is_own_known { naming } else { unsure(naming) };
        Ok(whose(&naming, &list, |key| made.own_use(key)))
    }
}

impl Made {
    /// How far the server's clock is ahead.
    fn ahead(&self) -> TimeDelta {
        self.live.client.clock_skew().unwrap_or_default()
    }

    /// What it was to a token, if that is the one; `None` if the list before had no such token.
    fn own_use(&self, key: &TokenKey) -> Option<OwnUse> {
        let before = self.before.list.record(self.before.list.find(key)?).last_used;
        let step = self.before.step.unwrap_or_default();
        let from = self.asked + self.ahead() - PRECISION - step;
        Some(OwnUse { from, until: self.answered + self.ahead() + PRECISION, before })
    }
}

fn elsewhere(of: &Organization) -> Whose {
    Whose::Nobody {
        says: Some(format!("It works, but in another organization: “{}”.", of.name))
    }
}

/// The last use of each token of the second list, in both. Nothing is known of those that are `unsure`.
fn uses(before: &Inventory, after: &Inventory, unsure: &[TokenId]) -> Vec<Uses> {
    let own = after.own_row();
    let of = |index| {
        let earlier = before.find(&after.key(index)).map(|at| before.record(at).last_used);
        let is_unsure = unsure.iter().any(|id| id.borrowed() == after.id(index));
        let shown = after.record(index).last_used;
        let last_used = if is_unsure { Date::Unreadable } else { shown };
        Uses { before: earlier.unwrap_or(last_used), after: last_used, own: own == Some(index) }
    };
    after.indices().map(of).collect()
}

/// What a test says where the row that the app's own requests move isn't known.
fn unsure(naming: Naming) -> Naming {
    match naming {
        Naming::Certain(at) | Naming::Likely(at) => Naming::OneOf(vec![at]),
        other => other,
    }
}

fn whose(
    naming: &Naming,
    list: &Inventory,
    own_use: impl Fn(&TokenKey) -> Option<OwnUse>,
) -> Whose {
    let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let named = |at: usize, sureness| {
        let key = list.key(index(at));
        let (name, tested) = (list.name(index(at)).to_owned(), own_use(&key));
        Whose::Named { key, name, sureness, how: USE, tested }
    };
    match naming {
        Naming::Certain(at) => named(*at, Sureness::Certain),
        Naming::Likely(at) => named(*at, Sureness::Likely),
        Naming::OneOf(all) => {
            let says = match all.len() {
                1 => "It works. One token’s last use moved, but others can’t be ruled out: how soon this server shows a use isn’t known.".to_owned(),
                several => format!("It works. {several} tokens were used about then."),
            };
            Whose::OneOf { keys: all.iter().map(|at| list.key(index(*at))).collect(), says }
        }
        Naming::Nobody => Whose::Nobody {
            says: Some("It works, but no token’s last use moved. The server may show it later: test it again in a few minutes.".to_owned()),
        },
    }
}

/// The server's own words may repeat the value.
fn redacted(value: &ApiToken, said: &str) -> String {
    Redactor::of_value(&value.clone().into_secret()).redact(said.as_bytes())
}
