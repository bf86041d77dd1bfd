//! A span of believable use, in which flaws are planted.
//!
//! What is planted is written down as it is planted, by no rule of an audit, so that an audit can be
//! compared with it.

mod cast;
mod rhythm;

use chrono::{DateTime, TimeDelta, Utc, Weekday};

use crate::seed::{self, Random};
use crate::store::StoredToken;
use cast::{CAST, Part, REVOKED};
use rhythm::Rhythm;

/// What is wrong with a token on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flaw {
    /// Last used 90 days before the end, or longer.
    Stale,
    /// Made 30 days before the end, or longer, and never used.
    NeverUsed,
    /// Ends within 30 days.
    Expiring,
    /// Has ended, and is listed.
    Expired,
    /// Never ends.
    NoExpiry,
    /// Made 90 to 364 days before the end.
    RotationDue,
    /// Made 365 days before the end, or longer.
    LongLived,
    /// Has the name of another one that works.
    DuplicateName,
    /// Has no scopes.
    NoScopes,
    /// Made by somebody who has left.
    CreatorGone,
    /// Made by a member in a role that may not manage tokens.
    CreatorDemoted,
}

/// A token with all that happens to it.
pub struct Life {
    pub token: StoredToken,
    pub secret: String,
    pub uses: Vec<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked: Option<DateTime<Utc>>,
    /// At its end; none where it is revoked by then.
    pub flaws: &'static [Flaw],
}

/// Without a past.
impl From<(StoredToken, String)> for Life {
    fn from((token, secret): (StoredToken, String)) -> Self {
        Self { token, secret, uses: Vec::new(), revoked: None, flaws: &[] }
    }
}

/// How long before the span uses begin, so that a token from before has a last one on its first day.
const RUN_UP: TimeDelta = TimeDelta::days(35);

/// The fewest tokens that a history has at its end.
pub const FEWEST: usize = CAST.len();

/// The lives of the tokens that there are at the end, and of some that were revoked before it. Uses
/// go back some weeks further than `span`; a last one that was before them stands alone.
pub fn lives(count: u32, seed: u64, span: TimeDelta, end: DateTime<Utc>) -> Vec<Life> {
    let mut random = Random(seed);
    let mut parts: Vec<_> = CAST.to_vec();
    parts.extend((CAST.len()..count as usize).map(|_| cast::other(&mut random)));
    parts.extend(REVOKED);
    let live = |(number, part): (u32, &Part)| {
        let mut life = life(part, number, &mut random, span, end);
        life.token.id = seed::id(number as usize, seed);
        life
    };
    (0..).zip(&parts).map(live).collect()
}

/// In these the seeded tokens are used in turn, except for those whose names tell.
const RHYTHMS: [Rhythm; 4] =
    [Rhythm::Weekdays(8), Rhythm::Weekly(Weekday::Mon), Rhythm::Weekdays(12), Rhythm::Bursts];

fn rhythm(name: &str, number: usize) -> Rhythm {
    let says = |word| name.contains(word);
    if ["nightly", "backup", "sync"].into_iter().any(says) {
        Rhythm::Nightly(2)
    } else if says("laptop") {
        Rhythm::Weekdays(7)
    } else {
        RHYTHMS[number % RHYTHMS.len()]
    }
}

/// The same lives with what led to the last use of each token, from `start` on.
pub fn with_past(mut lives: Vec<Life>, seed: u64, start: DateTime<Utc>) -> Vec<Life> {
    let mut random = Random(seed);
    for (number, life) in lives.iter_mut().enumerate() {
        let Some(last) = life.token.last_used else { continue };
        let (start, rhythm) = (start.max(life.token.created), rhythm(&life.token.name, number));
        life.uses = rhythm.uses(start, last, &mut random);
        life.uses.push(last);
    }
    lives
}

fn life(
    part: &Part,
    number: u32,
    random: &mut Random,
    span: TimeDelta,
    end: DateTime<Utc>,
) -> Life {
    let ago = |seconds: i64| end - TimeDelta::seconds(seconds);
    let name = match part.name {
        "" => random.name(number),
        name => name.to_owned(),
    };
    let created = ago(part.created);
    let (mut token, secret) = seed::build(name, part.project, part.scopes, part.creator, random);
    (token.created, token.expires) = (created, part.expires.map(|left| ago(-left)));
    let last = part.last.map(ago);
    let mut uses = match last {
        Some(last) => part.rhythm.uses(created.max(end - span - RUN_UP), last, random),
        None => Vec::new(),
    };
    if let Some((from, to)) = part.away {
        uses.retain(|at| *at < ago(from) || *at > ago(to));
    }
    uses.extend(last);
    Life { token, secret, uses, revoked: part.revoked.map(ago), flaws: part.flaws }
}
