//! The planted tokens: every flaw, and beside each the nearest token that doesn't have it.

use chrono::Weekday::{Fri, Mon, Sun};

use super::Flaw::{
    self, CreatorDemoted, CreatorGone, DuplicateName, Expired, Expiring, LongLived, NeverUsed,
    NoExpiry, NoScopes, RotationDue, Stale,
};
use super::rhythm::Rhythm::{self, Bursts, Nightly, Once, Weekdays, Weekly};
use crate::random::Random;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// A token as it is at the end; times are seconds before it, or after it for `expires`.
#[derive(Clone, Copy)]
pub struct Part {
    /// The token's name; empty for a random one.
    pub name: &'static str,
    pub project: usize,
    pub scopes: u8,
    pub creator: u8,
    pub created: i64,
    pub expires: Option<i64>,
    pub rhythm: Rhythm,
    /// When it was last used; `None` if never.
    pub last: Option<i64>,
    /// The span in which it wasn't used: from the first to the second.
    pub away: Option<(i64, i64)>,
    pub revoked: Option<i64>,
    pub flaws: &'static [Flaw],
}

/// A token without a flaw.
const SOUND: Part = Part {
    name: "",
    project: 0,
    scopes: 2,
    creator: 1,
    created: 60 * DAY,
    expires: Some(120 * DAY),
    rhythm: Nightly(3),
    last: Some(9 * HOUR),
    away: None,
    revoked: None,
    flaws: &[],
};
/// A token as old as the history, and therefore due for rotation.
const DUE: Part = Part { created: 300 * DAY, flaws: &[RotationDue], ..SOUND };
const OLD: Part = Part { created: 700 * DAY, flaws: &[LongLived], ..SOUND };

/// The planted tokens; the app signs in with the first one.
#[rustfmt::skip]
pub const CAST: [Part; 54] = [
    Part { name: "Entri Tokens app", creator: 0, scopes: 2, rhythm: Once, ..OLD },
    Part { name: "stale-to-the-second", last: Some(90 * DAY), flaws: &[Stale, RotationDue], ..DUE },
    Part { name: "ci-gone-silent", rhythm: Nightly(2), last: Some(97 * DAY), flaws: &[Stale, RotationDue], ..DUE },
    Part { name: "quarterly-import", rhythm: Bursts, last: Some(140 * DAY), flaws: &[Stale, LongLived], ..OLD },
    Part { name: "retired-office-bot", rhythm: Weekdays(9), last: Some(219 * DAY), expires: None, flaws: &[Stale, NoExpiry, LongLived], ..OLD },
    Part { name: "old-integration", rhythm: Once, last: Some(402 * DAY), flaws: &[Stale, LongLived], ..OLD },
    Part { name: "left-behind", creator: 6, rhythm: Weekly(Mon), last: Some(120 * DAY), flaws: &[Stale, RotationDue, CreatorGone], ..DUE },
    Part { name: "nearly-stale", last: Some(90 * DAY - 1), ..DUE },
    Part { name: "stale-tomorrow", rhythm: Weekly(Fri), last: Some(89 * DAY), ..DUE },
    Part { name: "came-back", rhythm: Weekdays(8), last: Some(2 * DAY), away: Some((142 * DAY, 2 * DAY)), ..DUE },
    Part { name: "came-back-last-month", rhythm: Nightly(1), last: Some(5 * HOUR), away: Some((230 * DAY, 25 * DAY)), ..OLD },
    Part { name: "silent-for-two-months", rhythm: Nightly(4), last: Some(61 * DAY), ..DUE },
    Part { name: "unused-to-the-second", created: 30 * DAY, last: None, flaws: &[NeverUsed], ..SOUND },
    Part { name: "unused-prototype", created: 75 * DAY, last: None, flaws: &[NeverUsed], ..SOUND },
    Part { name: "unused-export", created: 121 * DAY, last: None, flaws: &[NeverUsed, RotationDue], ..DUE },
    Part { name: "unused-jenkins", last: None, expires: None, flaws: &[NeverUsed, NoExpiry, LongLived], ..OLD },
    Part { name: "still-in-its-grace", created: 30 * DAY - 1, last: None, ..SOUND },
    Part { name: "made-today", created: 3 * HOUR, last: None, ..SOUND },
    Part { name: "used-once", created: 80 * DAY, rhythm: Once, last: Some(79 * DAY), ..SOUND },
    Part { name: "expires-to-the-second", expires: Some(30 * DAY), flaws: &[Expiring], ..SOUND },
    Part { name: "expires-next-week", expires: Some(7 * DAY), rhythm: Weekdays(7), flaws: &[Expiring], ..SOUND },
    Part { name: "expires-in-a-second", expires: Some(1), flaws: &[Expiring], ..SOUND },
    Part { name: "expires-and-is-stale", expires: Some(12 * DAY), last: Some(101 * DAY), flaws: &[Stale, Expiring, RotationDue], ..DUE },
    Part { name: "expires-not-soon", expires: Some(30 * DAY + 1), ..SOUND },
    Part { name: "expires-next-month", expires: Some(31 * DAY), rhythm: Weekly(Sun), last: Some(3 * DAY), ..SOUND },
    Part { name: "expired-to-the-second", expires: Some(0), flaws: &[Expired], ..DUE },
    Part { name: "expired-and-unused", expires: Some(-5 * DAY), last: None, flaws: &[Expired], ..OLD },
    Part { name: "expired-of-a-leaver", expires: Some(-40 * DAY), creator: 7, last: Some(95 * DAY), flaws: &[Expired], ..DUE },
    Part { name: "works-for-ever", expires: None, flaws: &[NoExpiry], ..SOUND },
    Part { name: "due-to-the-second", created: 90 * DAY, flaws: &[RotationDue], ..SOUND },
    Part { name: "nearly-due", created: 90 * DAY - 1, ..SOUND },
    Part { name: "nearly-long-lived", created: 365 * DAY - 1, ..DUE },
    Part { name: "long-lived-to-the-second", created: 365 * DAY, ..OLD },
    Part { name: "without-scopes", scopes: 0, flaws: &[NoScopes], ..SOUND },
    Part { name: "deploy-harbor", flaws: &[DuplicateName], ..SOUND },
    Part { name: "deploy-harbor", flaws: &[DuplicateName], creator: 0, ..SOUND },
    Part { name: "mirror-sync", flaws: &[DuplicateName], project: 0, ..SOUND },
    Part { name: "mirror-sync", flaws: &[DuplicateName], project: 1, ..SOUND },
    Part { name: "mirror-sync", flaws: &[DuplicateName], project: 2, ..SOUND },
    Part { name: "kiosk-texts", last: Some(100 * DAY), flaws: &[Stale, RotationDue, DuplicateName], ..DUE },
    Part { name: "kiosk-texts", flaws: &[DuplicateName], ..SOUND },
    Part { name: "deploy-harbors", ..SOUND },
    Part { name: "Mirror-sync", ..SOUND },
    Part { name: "mirror-sync2", ..SOUND },
    Part { name: "replaced-in-time", ..SOUND },
    Part { name: "replaced-in-time", expires: Some(-2 * DAY), last: Some(51 * HOUR), flaws: &[Expired], ..SOUND },
    Part { name: "spring-campaign", ..SOUND },
    Part { name: "of-one-who-left", creator: 6, flaws: &[CreatorGone], ..SOUND },
    Part { name: "of-another-who-left", creator: 7, rhythm: Weekdays(6), flaws: &[LongLived, CreatorGone], ..OLD },
    Part { name: "of-a-namesake-who-left", creator: 8, flaws: &[CreatorGone], ..SOUND },
    Part { name: "of-an-admin-once", creator: 2, flaws: &[CreatorDemoted], ..SOUND },
    Part { name: "of-a-translator", creator: 3, flaws: &[RotationDue, CreatorDemoted], ..DUE },
    Part { name: "of-the-one-with-the-name", creator: 1, ..SOUND },
    Part { name: "of-an-owner", creator: 0, ..SOUND },
];

/// Tokens that existed and are revoked at the end.
#[rustfmt::skip]
pub const REVOKED: [Part; 4] = [
    Part { name: "spring-campaign", last: Some(205 * DAY), revoked: Some(204 * DAY), flaws: &[], ..DUE },
    Part { name: "load-test", rhythm: Bursts, last: Some(80 * DAY), revoked: Some(66 * DAY), flaws: &[], ..OLD },
    Part { name: "trial-partner", rhythm: Weekdays(9), last: Some(33 * DAY), revoked: Some(31 * DAY), flaws: &[], ..DUE },
    Part { name: "leaked-in-a-chat", last: Some(9 * DAY), revoked: Some(9 * DAY - HOUR), ..SOUND },
];

/// Another token in use, of random age.
pub fn other(random: &mut Random) -> Part {
    let rhythm = random.pick(&[Nightly(2), Nightly(23), Weekdays(7), Weekly(Mon), Bursts]);
    let base = random.pick(&[SOUND, DUE, DUE, OLD]);
    // Never so far that it becomes a token of another kind.
    let created = base.created + random.below(50 * DAY) - 25 * DAY;
    let last = match rhythm {
        Nightly(_) => random.below(DAY),
        Weekdays(_) => random.below(3 * DAY),
        _ => random.below(30 * DAY),
    };
    let expires = Some(40 * DAY + random.below(300 * DAY));
    let (project, creator) = (random.pick(&[0, 1, 2, 3]), random.pick(&[0, 1, 5]));
    let scopes = random.pick(&[1, 2]);
    Part { project, scopes, creator, created, expires, rhythm, last: Some(last), ..base }
}
