//! How far a rotation is, in one vocabulary for the screen, the journal and the notifications.

use chrono::{DateTime, TimeDelta, Utc};

use super::facts::Change;

/// The last step that is done, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing has happened at the server.
    Planned,
    /// The new token exists, and no place has it.
    Created,
    /// Some or all places have it.
    Delivered,
    /// Somebody other than the app used the new token.
    NewInUse,
    /// And the old token hasn't been used since the time in [`Progress::quiet`].
    OldQuiet,
    /// For long enough: its revoke may be offered. If the server doesn't report last use, every place was
    /// confirmed by hand, and the wait is over.
    Ready,
    /// The old token was revoked.
    Revoked,
    /// And its value is refused.
    Proven,
    /// Or it is gone from a complete list, which proves less.
    Gone,
}

/// What took the rotation off its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// It was called off.
    CalledOff,
    /// The new value was lost: start again.
    ValueLost,
    /// It has waited longer than the token's own rhythm allows. [`Progress::waits_for`] says for what.
    Stuck,
    /// The old token changed outside the rotation.
    OldChanged(Change),
    /// The new token did.
    NewChanged(Change),
}

/// What the next step takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitsFor {
    /// The new token has to be created.
    Create,
    /// So many places have to get the new value.
    Delivery {
        /// How many places are left.
        missing: usize,
    },
    /// So many places have to be confirmed by hand, since the server doesn't report last use. With no place on record,
    /// 1: name one.
    Confirmation {
        /// How many places are left.
        missing: usize,
    },
    /// The first use of the new token.
    FirstUse,
    /// The old token has to stay unused for [`Progress::wait`].
    Silence,
    /// [`Progress::wait`] has to pass since the last confirmation.
    Time,
    /// The server has to record uses again; it stopped at this time.
    Recording {
        /// The last use that it recorded of the app's own token.
        since: DateTime<Utc>,
    },
    /// A list has to show that the server still records uses, and the old token none: the silence was long enough, but
    /// nothing newer is known.
    NewerList,
    /// The admin has to revoke the old token.
    Approval,
    /// The server has to refuse its value, or a complete list to be without it.
    Proof,
}

/// What happens next, if nothing else does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// The revoke may be offered at that time, once a list shows that the old token is still unused.
    Ready(DateTime<Utc>),
    /// By its rhythm, the token that it waits for is used at that time: the new one for the first time, or the old
    /// one again.
    Use(DateTime<Utc>),
    /// At that time, without a first use of the new token, it counts as stuck.
    Stuck(DateTime<Utc>),
    /// The old token expires.
    Expiry(DateTime<Utc>),
}

/// The silence of the old token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// The last use that the server told; the first use of the new token if it told none. ± [`Progress::step`].
    pub since: DateTime<Utc>,
    /// Up to when the lists prove it. Later use isn't known.
    pub until: DateTime<Utc>,
}

/// That the old token was used although the new one was already in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsedAgain {
    /// The latest such use, ± [`Progress::step`].
    pub last: DateTime<Utc>,
    /// How many of them the lists showed. There may be more: a list shows only the latest.
    pub at_least: usize,
    /// Whether it fits the hour at which the old token was usually used; `None` if it has no usual hour.
    pub usual: Option<bool>,
    /// The hour of these uses, in UTC, if they have one; otherwise the usual hour of the old token.
    pub hour: Option<u32>,
}

/// How far a rotation is. All times are by the server's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The last step that is done.
    pub stage: Stage,
    /// What took it off its way.
    pub exit: Option<Exit>,
    /// What the next step takes; `None` at an end.
    pub waits_for: Option<WaitsFor>,
    /// Since when it waits, or when it ended.
    pub since: DateTime<Utc>,
    /// What happens next; `None` if nobody can tell when.
    pub next: Option<Next>,
    /// How far off each date of use may be: a use is at most that much later. Nothing is concluded within it.
    pub step: TimeDelta,
    /// How long the old token must stay unused: the longest of what was chosen, twice its longest usual gap, the longest
    /// job, and the lag.
    pub wait: TimeDelta,
    /// Whether only the lag makes the wait that long, and isn't measured yet: once it is, the wait is shorter.
    pub unmeasured: bool,
    /// How many places have the new value.
    pub delivered: usize,
    /// How many places are on record.
    pub places: usize,
    /// The first use of the new token by somebody other than the app, ± `step`.
    pub new_used: Option<DateTime<Utc>>,
    /// The latest date of use of the new token that lies before its creation by more than `step`. It is wrong, and
    /// nothing follows from it.
    pub odd_use: Option<DateTime<Utc>>,
    /// The silence of the old token since the first use; `None` while there is none, and if the server doesn't report
    /// last use or has stopped recording it.
    pub quiet: Option<Quiet>,
    /// Whether that silence is as long as the wait, ± [`Progress::step`], counted from the first use of the new token.
    pub quiet_enough: bool,
    /// Whether the old token was used after the new one was.
    pub used_again: Option<UsedAgain>,
    /// When everything has to be done: one of the two tokens expires then. `None` once the old one is revoked, and
    /// if neither expires.
    pub deadline: Option<DateTime<Utc>>,
    /// Whether the wait ends only after the deadline.
    pub late: bool,
}

/// Why the old token's revoke isn't offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Something has to happen first.
    Waits(WaitsFor),
    /// The rotation is off its way.
    Off(Exit),
    /// It was revoked already.
    Revoked,
}

impl Progress {
    /// Whether the rotation may offer to revoke the old token, and if not, why.
    pub fn may_revoke(&self) -> Result<(), Refusal> {
        match (self.stage, self.exit, self.waits_for) {
            (Stage::Revoked | Stage::Proven | Stage::Gone, ..) => Err(Refusal::Revoked),
            (_, Some(exit), _) if exit != Exit::Stuck => Err(Refusal::Off(exit)),
            (Stage::Ready, None, Some(WaitsFor::Approval)) => Ok(()),
            (_, exit, None) => Err(Refusal::Off(exit.unwrap_or(Exit::Stuck))),
            (_, _, Some(waits_for)) => Err(Refusal::Waits(waits_for)),
        }
    }
}
