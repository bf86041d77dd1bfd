//! What the journal, the history and the latest list say about a rotation, as the rules take it.

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::TokenId;
use token_audit::history::Observation;
use token_audit::rotation::{
    Change, Ended, Facts, LastUsed, Place, Progress, Proof, Token, WaitRule, longest_usual,
};

use crate::desk::Desk;
use crate::error::Error;
use crate::list::Inventory;
use crate::model::deed::Deed;
use crate::model::rotation::{Replacement, RotationPlace, RotationRecord};
use crate::model::time::clocks;
use crate::model::token::TokenKey;
use crate::model::token::identity::{Identity, Likeness};
use crate::model::token::own_uses::OwnUses;
use crate::system::threads::blocking;

/// How far a date may be ahead of the server's clock, as the app knows it.
const ROUNDED: TimeDelta = TimeDelta::minutes(1);

/// The new token before it is created.
const NOTHING: Token<'_> = Token { sightings: &[], own_uses: &[], expires: None, change: None };

/// What a connection's latest list, and its server's clock, say.
struct Standing<'a> {
    list: &'a Inventory,
    last_used: LastUsed,
    own_uses: &'a OwnUses,
    /// Whether the list has all tokens.
    is_whole: bool,
    /// When the list was loaded, by the server's clock; `None` before the first one.
    read: Option<DateTime<Utc>>,
    /// How far the server's clock is ahead.
    ahead: TimeDelta,
}

impl Desk {
    /// The longest time that a token usually goes without a use by somebody other than the app; `None` as long as the lists showed too little.
    pub async fn usual_gap(&self, key: &TokenKey) -> Result<Option<TimeDelta>, Error> {
        let connection = self.connection(key.connection)?;
        let (desk, key) = (self.clone(), key.clone());
        let (own, step) = {
            let state = self.state();
            let held = state.connection(key.connection).ok_or(Error::NotConnected)?;
            let own = held.journaled.own_uses.get(&key.id).cloned().unwrap_or_default();
            (own, held.calibration.longest_step())
        };
        let others = move |used| !own.iter().any(|test| test.explains(used, step));
        blocking(move || {
            let book = desk.history_of(&connection)?;
            let seen = book.sightings(&connection, &[&key.id], DateTime::<Utc>::MIN_UTC)?;
            let seen = seen.into_iter().flatten().next();
            Ok::<_, Error>(seen.and_then(|seen| longest_usual(&seen.all, others)))
        })
        .await?
    }

    /// How far a rotation is, when it is `now` on this computer.
    pub(super) fn progress_of(
        &self,
        record: &RotationRecord,
        now: DateTime<Utc>,
    ) -> Result<Progress, Error> {
        let connection = self.connection(record.id.connection)?;
        let list = self.list_of(connection.id)?;
        let clocks = self.clocks(now);
        let there = clocks.of(connection.id).0;
        let ahead = there - now;
        let (calibration, read, is_whole) = {
            let state = self.state();
            let held = state.connection(connection.id).ok_or(Error::NotConnected)?;
            let read = held.status.synced_at.map(|at| at + ahead);
            (held.calibration, read, held.status.complete())
        };
        let last_used = if list.last_used_reported() {
            // A date in the future shows no recording.
            let recorded_until = list.uses().filter(|used| *used <= there + ROUNDED).max();
            LastUsed::Reported { calibration, recorded_until }
        } else {
            LastUsed::NotReported
        };
        let new = record.replacement.as_ref().map(|it| &it.key.id);
        let ids: Vec<&TokenId> = std::iter::once(&record.old.id).chain(new).collect();
        let book = self.history_of(&connection)?;
        let seen = book.sightings(&connection, &ids, DateTime::<Utc>::MIN_UTC)?;
        let mut seen = seen.into_iter().map(|it| it.map(|it| it.all).unwrap_or_default());
        let (old, new) = (seen.next().unwrap_or_default(), seen.next().unwrap_or_default());
        let own_uses = {
            let state = self.state();
            let held = state.connection(connection.id);
            held.map(|held| held.journaled.own_uses.clone()).unwrap_or_default()
        };
        let standing =
            Standing { list: &list, last_used, own_uses: &own_uses, is_whole, read, ahead };
        Ok(standing.progress(record, [&old, &new], there))
    }
}

impl Standing<'_> {
    fn progress(
        &self,
        record: &RotationRecord,
        [old, new]: [&[Observation]; 2],
        now: DateTime<Utc>,
    ) -> Progress {
        let replacement = record.replacement.as_ref();
        let places: Vec<_> = record.places.iter().map(|it| self.place(it)).collect();
        let facts = Facts {
            planned: self.there(record.at),
            created: replacement.map(|it| self.created(it)),
            places: &places,
            old: self.old(record, old),
            new: replacement.map_or(NOTHING, |it| self.new_one(record, it, new)),
            last_used: self.last_used,
            rule: rule(record),
            ended: self.ended(record),
            revoked: record.revoked.map(|it| self.there(it.at)),
            proof: self.proof(record),
        };
        facts.progress(now)
    }

    /// A time of this computer's clock, by the server's.
    fn there(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        at.checked_add_signed(self.ahead).unwrap_or(at)
    }

    /// When the new token was created: as its row says, if that can be, since the same clock dates its uses.
    fn created(&self, new: &Replacement) -> DateTime<Utc> {
        let journaled = self.there(new.at);
        let row = self.list.find(&new.key).and_then(|at| self.list.record(at).created.at());
        row.filter(|at| (*at - journaled).abs() <= clocks::UNKNOWN).unwrap_or(journaled)
    }

    fn place(&self, place: &RotationPlace) -> Place {
        Place {
            delivered: place.delivered.map(|at| self.there(at)),
            confirmed: place.confirmed.map(|at| self.there(at)),
        }
    }

    fn ended(&self, record: &RotationRecord) -> Option<Ended> {
        match (record.ended, &record.replacement) {
            (Some((Deed::RotationCanceled, at)), _) => Some(Ended::CalledOff(self.there(at))),
            (None, Some(new)) if record.value_lost() => Some(Ended::ValueLost(self.there(new.at))),
            _ => None,
        }
    }

    /// What is known since the revoke. The app takes the row out at once, so only a complete list that was loaded since
    /// shows that the token is gone.
    fn proof(&self, record: &RotationRecord) -> Option<Proof> {
        let revoke = record.revoked?;
        let at = self.there(revoke.at);
        if revoke.proven == Some(true) {
            return Some(Proof::Refused(at));
        }
        let is_gone = self.is_whole && self.list.find(&record.old).is_none();
        (is_gone && self.read.is_some_and(|read| read > at)).then_some(Proof::Gone(at))
    }

    fn old<'b>(&'b self, record: &RotationRecord, sightings: &'b [Observation]) -> Token<'b> {
        let known = Identity { name: record.name.clone(), created: record.created };
        let mut old = self.token((&record.old, record.at), sightings, Some(&known));
        // Until it moves to the new one, the app signs in with it.
        let moves = record.app_place().is_some_and(|place| place.done().is_none());
        old.change = old.change.filter(|it| !moves || !matches!(it, Change::SignsIn(_)));
        old
    }

    fn new_one<'b>(
        &'b self,
        record: &RotationRecord,
        it: &Replacement,
        sightings: &'b [Observation],
    ) -> Token<'b> {
        let mut new = self.token((&it.key, it.at), sightings, None);
        let moves = record.app_place().is_some();
        new.change = new.change.filter(|it| !moves || !matches!(it, Change::SignsIn(_)));
        new
    }

    /// What is known of a token that was there at that time, by this computer's clock. Only a list that was loaded since
    /// can be without it.
    fn token<'b>(
        &'b self,
        (key, there_at): (&TokenKey, DateTime<Utc>),
        sightings: &'b [Observation],
        known: Option<&Identity>,
    ) -> Token<'b> {
        let own_uses = self.own_uses.get(&key.id).map_or(&[][..], Vec::as_slice);
        let read = self.read.filter(|read| *read > self.there(there_at));
        let Some(index) = self.list.find(key) else {
            return Token { sightings, own_uses, change: read.map(Change::Vanished), ..NOTHING };
        };
        let token = self.list.record(index);
        let renamed = known.is_some_and(|known| {
            matches!(known.compare(token.name, token.created), Likeness::Doubtful | Likeness::Other)
        });
        let change = match () {
            () if token.revoked => read.map(Change::Vanished),
            () if renamed => read.map(Change::Renamed),
            () if token.own => read.map(Change::SignsIn),
            () => None,
        };
        Token { sightings, own_uses, expires: token.expires.at(), change }
    }
}

/// If only the app is known to use the token, nothing is waited for, unless somebody chose to.
fn rule(record: &RotationRecord) -> WaitRule {
    let of_old = record.places.iter().filter(|place| !place.added).count();
    let only_app = of_old == 1 && record.app_place().is_some();
    let at_once = only_app && record.quiet.is_zero();
    WaitRule { chosen: record.quiet, longest_job: record.longest_job, at_once }
}
