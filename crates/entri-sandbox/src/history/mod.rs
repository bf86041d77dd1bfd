//! A span of plausible usage, in which flaws are planted.
//!
//! Flaws are noted as they are planted and don't follow from the rules of the audit, so that the
//! audit can be compared with them.

mod cast;
mod rhythm;

use chrono::{DateTime, Datelike as _, TimeDelta, Utc, Weekday};

use crate::model::StoredToken;
use crate::random::Random;
use crate::seed;
use cast::{CAST, Part, REVOKED};
use rhythm::Rhythm;

/// A flaw that a token has on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flaw {
    /// Last used 90 days or more before the end.
    Stale,
    /// Created 30 days or more before the end, and never used.
    NeverUsed,
    /// Expires within 30 days after the end.
    Expiring,
    /// Has expired, and is still listed.
    Expired,
    /// Has no expiry date.
    NoExpiry,
    /// Created 90 to 364 days before the end.
    RotationDue,
    /// Created 365 days or more before the end.
    LongLived,
    /// Has the same name as another active token.
    DuplicateName,
    /// Has no scopes listed.
    NoScopes,
    /// Created by somebody who has left.
    CreatorGone,
    /// Created by a member whose role may not manage tokens.
    CreatorDemoted,
}

/// A token with everything that happens to it.
pub struct Life {
    pub token: StoredToken,
    pub secret: String,
    pub uses: Vec<DateTime<Utc>>,
    /// When it was revoked; `None` if it never was.
    pub revoked: Option<DateTime<Utc>>,
    /// Its flaws at the end; empty if it is revoked by then.
    pub flaws: &'static [Flaw],
}

/// A life without any past use.
impl From<(StoredToken, String)> for Life {
    fn from((token, secret): (StoredToken, String)) -> Self {
        Self { token, secret, uses: Vec::new(), revoked: None, flaws: &[] }
    }
}

/// Uses begin this long before the span, so that an older token has a last use on the span's first
/// day.
const RUN_UP: TimeDelta = TimeDelta::days(35);

/// The fewest tokens that a history can have at its end.
pub const FEWEST: usize = CAST.len();

/// The lives of the tokens that exist at the end, and of some that were revoked before. Uses go
/// back some weeks further than `span`; an older last use stands alone.
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

/// The seeded tokens take turns in these rhythms, except for those whose names suggest another.
const RHYTHMS: [Rhythm; 4] =
    [Rhythm::Weekdays(8), Rhythm::Weekly(Weekday::Mon), Rhythm::Weekdays(12), Rhythm::Bursts];

/// One that the token's last use fits.
fn rhythm(name: &str, number: usize, last: DateTime<Utc>) -> Rhythm {
    let says = |word| name.contains(word);
    let wanted = if ["nightly", "backup", "sync"].into_iter().any(says) {
        Rhythm::Nightly(2)
    } else if says("laptop") {
        Rhythm::Weekdays(7)
    } else {
        RHYTHMS[number % RHYTHMS.len()]
    };
    match wanted {
        Rhythm::Weekdays(_) | Rhythm::Weekly(_) if !wanted.has(last.weekday()) => {
            Rhythm::Weekly(last.weekday())
        }
        wanted => wanted,
    }
}

/// The same lives with the uses that led to each token's last one, from `start` on.
pub fn with_past(mut lives: Vec<Life>, seed: u64, start: DateTime<Utc>) -> Vec<Life> {
    let mut random = Random(seed);
    for (number, life) in lives.iter_mut().enumerate() {
        let Some(last) = life.token.last_used else { continue };
        let start = start.max(life.token.created);
        let rhythm = rhythm(&life.token.name, number, last);
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
        "" => seed::made_up_name(number, random),
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
