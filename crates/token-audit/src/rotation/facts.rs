//! What is known about a rotation. All times are by the server's clock.

use chrono::{DateTime, TimeDelta, Utc};

use crate::OwnUse;
use crate::calibration::Calibration;
use crate::history::Observation;

/// How long the old token must stay unused at the least, unless the admin chose another time.
pub const USUAL_WAIT: TimeDelta = TimeDelta::hours(24);

/// What is known about a rotation: what the journal says, and what the lists showed.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// When it was planned.
    pub planned: DateTime<Utc>,
    /// When the new token was created; `None` before that. What a server tells as a use before that isn't one.
    pub created: Option<DateTime<Utc>>,
    /// The places where the old token lives, as far as the admin knows them.
    pub places: &'a [Place],
    /// The token to be replaced.
    pub old: Token<'a>,
    /// Its replacement. Empty before it is created.
    pub new: Token<'a>,
    /// What last-used dates are worth on this server.
    pub last_used: LastUsed,
    /// For how long the old token must stay unused.
    pub rule: WaitRule,
    /// How the rotation was ended early.
    pub ended: Option<Ended>,
    /// When the old token was revoked.
    pub revoked: Option<DateTime<Utc>>,
    /// What is known about it since.
    pub proof: Option<Proof>,
}

/// One of the two tokens.
#[derive(Debug, Clone, Copy)]
pub struct Token<'a> {
    /// What the lists showed of it, in chronological order. Those of the old token from before the rotation, too: they
    /// show its rhythm.
    pub sightings: &'a [Observation],
    /// When the app itself called the server with this value, to test it. Dates of use that these calls explain aren't
    /// taken for a use by anybody else.
    pub own_uses: &'a [OwnUse],
    /// When it expires; `None` if never, or if nobody can tell.
    pub expires: Option<DateTime<Utc>>,
    /// What happened to it outside the rotation.
    pub change: Option<Change>,
}

/// A place where the old token lives. Each is delivered to, or changed by hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// When the app delivered the new value there.
    pub delivered: Option<DateTime<Utc>>,
    /// When somebody confirmed that it uses the new value.
    pub confirmed: Option<DateTime<Utc>>,
}

/// What happened to a token outside the rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is gone from a complete list, as seen at this time.
    Vanished(DateTime<Utc>),
    /// It has another name since this time.
    Renamed(DateTime<Utc>),
    /// It expired at this time. [`Facts::progress`] concludes that from [`Token::expires`].
    Expired(DateTime<Utc>),
    /// The app signs in with it since this time, so its last use says nothing about anybody else's.
    SignsIn(DateTime<Utc>),
}

/// What last-used dates are worth on this server.
#[derive(Debug, Clone, Copy)]
pub enum LastUsed {
    /// The server doesn't report last use.
    NotReported,
    /// The server reports last use, as far as this goes.
    Reported {
        /// In which steps, how late, and whether they still move.
        calibration: Calibration,
        /// The latest last use of any token in the list, the app's own included: until then, the server has
        /// recorded uses. A row that didn't move since proves nothing about later. `None` if the list shows no use.
        recorded_until: Option<DateTime<Utc>>,
    },
}

/// For how long the old token must stay unused before its revoke is offered. The token's rhythm and the server's lag can
/// only make it longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitRule {
    /// The time that the admin chose; [`USUAL_WAIT`] if none.
    pub chosen: TimeDelta,
    /// The longest time between two uses at any place, or for which a job keeps the value that it read at its start,
    /// as the admin said; zero if nothing was said.
    pub longest_job: TimeDelta,
    /// Whether nothing is waited for once the places have the new value, since only the app itself is known to use the
    /// token. A use of the old token since then ends that, and at least [`USUAL_WAIT`] is waited for.
    pub at_once: bool,
}

/// How a rotation ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It was called off, and the new token revoked.
    CalledOff(DateTime<Utc>),
    /// The new value was lost before it was delivered.
    ValueLost(DateTime<Utc>),
}

/// What is known about the old token after its revoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The server refused its value, and accepted the app's own credential around that.
    Refused(DateTime<Utc>),
    /// It is gone from a complete list. Nobody tried its value.
    Gone(DateTime<Utc>),
}

impl Default for WaitRule {
    fn default() -> Self {
        Self { chosen: USUAL_WAIT, longest_job: TimeDelta::zero(), at_once: false }
    }
}

impl Token<'_> {
    /// What has changed by `now`. An expiry that lies before the last use is wrong and counts for nothing.
    pub(super) fn changed(&self, now: DateTime<Utc>) -> Option<Change> {
        let used = self.sightings.iter().filter_map(|one| one.last_used).max();
        let past =
            |expires: &DateTime<Utc>| *expires <= now && used.is_none_or(|used| used <= *expires);
        self.change.or_else(|| self.expires.filter(past).map(Change::Expired))
    }
}

impl Place {
    /// When it was delivered to or changed by hand, whichever came last.
    pub(super) fn done(&self) -> Option<DateTime<Utc>> {
        self.delivered.max(self.confirmed)
    }
}
