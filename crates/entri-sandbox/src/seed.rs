//! The organization the server starts with. The same seed and time give the same one.

use chrono::{DateTime, TimeDelta, Utc};

use crate::store::StoredToken;

pub const ORGANIZATION_ID: &str = "665f1c0a9b3e4d0012ab34cd";
pub const ORGANIZATION_NAME: &str = "Nordlys Apps";

/// An organization, as far as it is not made of tokens.
pub struct Organization {
    pub id: &'static str,
    pub name: &'static str,
    pub slug: &'static str,
    pub projects: &'static [Project],
    pub members: &'static [Member],
}

/// The one whose tokens the sandbox holds.
pub static OURS: Organization = Organization {
    id: ORGANIZATION_ID,
    name: ORGANIZATION_NAME,
    slug: "nordlys-apps",
    projects: &PROJECTS,
    members: &MEMBERS,
};

/// Another one, which its admin is in as well. It has no tokens.
pub static OTHER: Organization = Organization {
    id: "665f1c0a9b3e4d0012ab99ff",
    name: "Fjord Studio",
    slug: "fjord-studio",
    projects: &[("6660bb20", "Studio Website", &["nb"]), ("6660bb21", "Price Lists", &["sv"])],
    members: &[MEMBERS[0]],
};

pub const PASSWORD: &str = "northern lights";

/// A project: id, name, languages it is translated to.
pub type Project = (&'static str, &'static str, &'static [&'static str]);

pub const PROJECTS: [Project; 3] = [
    ("6660aa10", "Marketing Website", &["nb", "sv", "de"]),
    ("6660aa11", "Mobile App", &["nb", "sv", "da", "fi"]),
    ("6660aa12", "Ferry Timetables", &["nb", "en"]),
];

/// A member of the organization.
#[derive(Clone, Copy)]
pub struct Member {
    pub id: &'static str,
    pub name: &'static str,
    pub email: &'static str,
    pub role: &'static str,
}

pub const MEMBERS: [Member; 6] = [
    Member { id: "u-5", name: "Mira Holt", email: "mira@example.test", role: "owner" },
    Member { id: "u-9", name: "Ole Dahl", email: "ole@example.test", role: "admin" },
    Member { id: "u-12", name: "Ada Lind", email: "ada@example.test", role: "developer" },
    Member { id: "u-17", name: "Jonas Berg", email: "jonas@example.test", role: "translator" },
    Member { id: "u-21", name: "Sanna Virta", email: "sanna@example.test", role: "reviewer" },
    Member { id: "u-26", name: "Eva Strand", email: "eva@example.test", role: "admin" },
];

/// Who has left: only the tokens know them still.
const FORMER: [Member; 3] = [
    Member { id: "u-3", name: "Nils Aune", email: "nils@example.test", role: "admin" },
    Member { id: "u-7", name: "Tove Moen", email: "tove@example.test", role: "admin" },
    // Not the one who is a member.
    Member { id: "u-8", name: "Ole Dahl", email: "ole.dahl@example.test", role: "admin" },
];

/// The person with this number: the members come first, then those who have left.
pub fn person(number: u8) -> &'static Member {
    let number = usize::from(number);
    MEMBERS.get(number).unwrap_or_else(|| &FORMER[(number - MEMBERS.len()).min(FORMER.len() - 1)])
}

pub const OWNER: u8 = 0;
pub const TRANSLATOR: u8 = 3;
/// The one member who signs in with a second factor.
pub const TWO_FACTOR_MEMBER: u8 = 5;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const NEVER: i64 = i64::MAX;

/// Name, project (0 = the organization's), scopes (0 none, 1 read, 2 read and write),
/// created days ago, expires in days (`NEVER` = not), last used seconds ago (`NEVER` = not), creator
/// (as in `person`: 2 was an admin once, 6 and 7 have left).
type Line = (&'static str, usize, u8, i64, i64, i64, u8);

#[rustfmt::skip]
const LINES: [Line; 48] = [
    ("Entri Tokens app",        0, 0,   3,  87,    5 * MINUTE, 0),
    ("gitlab-ci (r2)",          2, 2,   1,  89,    2 * MINUTE, 1),
    ("github-actions-web",      1, 2,   2,  88,   12 * MINUTE, 0),
    ("gitlab-ci",               2, 2,  90,  12,   26 * MINUTE, 1),
    ("Release pipeline",        0, 2, 630, NEVER,  3 * HOUR,   0),
    ("backup-cron",             0, 1, 715, NEVER,  6 * HOUR,   1),
    ("deploy-eu-1",             0, 1,  84,   6,   26 * HOUR,   5),
    ("contractor-import",       3, 2,  95,  -5,    9 * DAY,    1),
    ("docs-preview",            1, 1, 141,  41,   38 * DAY,    5),
    ("Mira's laptop",           0, 0, 438, NEVER, 128 * DAY,   0),
    ("staging-server",          0, 2, 676, NEVER, 219 * DAY,   1),
    ("zapier-bridge",           0, 2, 938, NEVER, 402 * DAY,   6),
    ("figma-export",            1, 1, 175, NEVER, NEVER,       5),
    ("deploy-eu-2",             0, 1,  84,  96,   31 * HOUR,   5),
    ("deploy-us-1",             0, 1,  80, 100,   40 * HOUR,   5),
    ("android-nightly",         2, 2, 200,  60,    7 * HOUR,   1),
    ("ios-nightly",             2, 2, 200,  60,    8 * HOUR,   1),
    ("app-store-texts",         2, 1, 120,  75,    2 * DAY,    5),
    ("play-store-texts",        2, 1, 120,  75,    3 * DAY,    5),
    ("crowd-import",            3, 2, 300,  64,   45 * DAY,    1),
    ("timetable-sync",          3, 2, 510, NEVER, 40 * MINUTE, 1),
    ("timetable-staging",       3, 2, 340,  50,   33 * DAY,    1),
    ("harbor-displays",        3, 1, 260, 105,   15 * MINUTE, 1),
    ("harbor-displays-test",   3, 1, 255, 110,   52 * DAY,    1),
    ("ticket-kiosk",            3, 1, 420, NEVER, 95 * DAY,    0),
    ("newsletter",              1, 1, 150, 215,    4 * DAY,    5),
    ("press-kit",               1, 1,  66, 299,   11 * DAY,    5),
    ("landing-pages",           1, 2, 180, 185,    5 * HOUR,   5),
    ("seo-checker",             1, 1, 520, NEVER, 61 * DAY,    0),
    ("cms-webhook",             1, 2, 390, NEVER, 22 * MINUTE, 0),
    ("cms-webhook-staging",     1, 2, 388, NEVER, 140 * DAY,   0),
    ("storybook",               1, 1, 110,  55,   19 * DAY,    5),
    ("Ada's laptop",            0, 2,  75, 105,        HOUR,   2),
    ("Ole's laptop",            0, 0, 330, NEVER, 20 * HOUR,   1),
    ("Sanna's review script",   0, 1,  40, 140,    6 * DAY,    5),
    ("Jonas' export",           0, 1,  58, 122,   17 * DAY,    5),
    ("support-macros",          0, 1, 210, 155,   28 * DAY,    1),
    ("slack-bot",               0, 1, 480, NEVER,  9 * MINUTE, 0),
    ("grafana-dashboard",       0, 1, 365, NEVER, 14 * HOUR,   1),
    ("data-warehouse",          0, 1, 290,  75,   10 * HOUR,   1),
    ("billing-mails",           0, 1, 160, NEVER, 104 * DAY,   0),
    ("qa-environment",          0, 2, 130,  51,   70 * DAY,    5),
    ("load-test",               0, 2, 240,  45, NEVER,         5),
    ("old-jenkins",             0, 2, 880, NEVER, NEVER,       6),
    ("partner-preview",         1, 1,  12,  78, NEVER,         1),
    ("vr-prototype",            2, 2,   5,  25 + 60, NEVER,    5),
    ("translation-memory",      0, 2, 100, 265,    2 * HOUR,   1),
    ("glossary-sync",           0, 1, 700, NEVER,      DAY,    7),
];

const SERVICES: [&str; 12] = [
    "web", "mobile", "checkout", "search", "mailer", "kiosk", "reports", "sync", "preview",
    "import", "export", "docs",
];
const ENVIRONMENTS: [&str; 6] = ["ci", "staging", "prod", "nightly", "eu-1", "us-1"];

/// The tokens of an organization, each with its value.
pub fn tokens(count: u32, seed: u64, now: DateTime<Utc>) -> Vec<(StoredToken, String)> {
    let mut random = Random(seed);
    let lines = LINES.iter().take(count as usize);
    let mut tokens: Vec<_> = lines.map(|line| from_line(line, &mut random, now)).collect();
    let written = u32::try_from(tokens.len()).unwrap_or(count);
    tokens.extend((written..count).map(|number| generated(number, &mut random, now)));
    for (number, (token, _)) in tokens.iter_mut().enumerate() {
        token.id = id(number, seed);
    }
    tokens
}

/// A token's value: the documented prefix and forty characters (docs/entri-api.md#tokens).
pub fn secret(mut random: impl FnMut() -> u64) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut value = "entri_".to_owned();
    value.extend((0..40).map(|_| {
        let at = random() % ALPHABET.len() as u64;
        char::from(ALPHABET[usize::try_from(at).unwrap_or_default()])
    }));
    value
}

fn from_line(line: &Line, random: &mut Random, now: DateTime<Utc>) -> (StoredToken, String) {
    let &(name, project, scopes, created, expires, used, creator) = line;
    let ago = |seconds: i64| now - TimeDelta::seconds(seconds);
    let (mut token, secret) = build(name.to_owned(), project, scopes, creator, random);
    token.created = ago(created * DAY);
    token.expires = (expires != NEVER).then(|| ago(-expires * DAY));
    token.last_used = (used != NEVER).then(|| ago(used));
    (token, secret)
}

fn generated(number: u32, random: &mut Random, now: DateTime<Utc>) -> (StoredToken, String) {
    let name = random.name(number);
    let created = random.below(900 * DAY);
    let used = match random.below(10) {
        0 => None,
        1 | 2 => Some(random.below(created.max(1))),
        _ => Some(random.below(created.clamp(1, 40 * DAY))),
    };
    let expires = (random.below(3) > 0).then(|| random.below(400 * DAY) - 10 * DAY);
    let (project, scopes) = (random.below(4), random.below(3));
    let creator = random.pick(&[OWNER, 1, TWO_FACTOR_MEMBER]);
    let project = usize::try_from(project).unwrap_or_default();
    let scopes = u8::try_from(scopes).unwrap_or_default();
    let (mut token, secret) = build(name, project, scopes, creator, random);
    token.created = now - TimeDelta::seconds(created);
    token.expires = expires.map(|seconds| now + TimeDelta::seconds(seconds));
    token.last_used = used.map(|seconds| now - TimeDelta::seconds(seconds));
    (token, secret)
}

/// A token with a value but without an id and times.
pub fn build(
    name: String,
    project: usize,
    scopes: u8,
    creator: u8,
    random: &mut Random,
) -> (StoredToken, String) {
    let secret = secret(|| random.next());
    let scopes: &[&str] = match scopes {
        0 => &[],
        1 => &["translations:read"],
        _ => &["translations:read", "translations:write"],
    };
    let token = StoredToken {
        id: String::new(),
        project_id: project.checked_sub(1).map(|at| PROJECTS[at].0.to_owned()),
        name,
        scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
        created: DateTime::UNIX_EPOCH,
        expires: None,
        last_used: None,
        creator,
        last4: secret[secret.len() - 4..].to_owned(),
        revoked: false,
    };
    (token, secret)
}

/// Four digits while they last, five after that; an odd multiplier gives each number its own.
pub fn id(number: usize, seed: u64) -> String {
    let mixed = (number as u64).wrapping_mul(40_503).wrapping_add(seed.wrapping_mul(7_919));
    match number {
        0..65_536 => format!("t-{:04x}", mixed % 65_536),
        _ => format!("t-{number:05x}"),
    }
}

/// Enough randomness for made-up data (`SplitMix64`, the same for the same seed); never used for a value
/// that is handed out.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A made-up name, another one for each number.
    pub fn name(&mut self, number: u32) -> String {
        let (service, environment) = (self.pick(&SERVICES), self.pick(&ENVIRONMENTS));
        format!("{service}-{environment}-{number}")
    }

    pub fn below(&mut self, limit: i64) -> i64 {
        i64::try_from(self.next() % limit.unsigned_abs().max(1)).unwrap_or_default()
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let at = usize::try_from(self.next() % from.len() as u64).unwrap_or_default();
        from[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn now() -> DateTime<Utc> {
        "2026-11-24T14:02:00Z".parse().unwrap()
    }

    #[test]
    fn every_state_is_among_the_first_48() {
        let tokens = tokens(48, 1, now());
        let active = || {
            tokens
                .iter()
                .map(|(token, _)| token)
                .filter(|it| it.expires.is_none_or(|at| at > now()))
        };
        let days = |time: DateTime<Utc>| (now() - time).num_days();
        let unused_for = |from, to| {
            active()
                .filter(|it| it.last_used.is_some_and(|at| (from..to).contains(&days(at))))
                .count()
        };
        assert_eq!(active().count(), 47, "one is expired");
        assert_eq!(unused_for(90, 9_999), 6, "stale");
        assert!(unused_for(30, 90) >= 5, "idle");
        assert_eq!(
            active().filter(|it| it.last_used.is_none() && days(it.created) >= 30).count(),
            3
        );
        assert_eq!(
            active().filter(|it| it.last_used.is_none() && days(it.created) < 30).count(),
            2
        );
        assert_eq!(active().filter(|it| it.expires.is_none()).count(), 17);
        assert_eq!(active().filter(|it| it.expires.is_some_and(|at| days(at) > -30)).count(), 2);
    }

    #[test]
    fn the_same_seed_gives_the_same_organization() {
        assert_eq!(tokens(200, 7, now()), tokens(200, 7, now()));
        assert_ne!(tokens(200, 7, now()), tokens(200, 8, now()));
    }

    #[test]
    fn ids_and_values_are_unique_to_the_last() {
        let tokens = tokens(100_000, 3, now());
        let ids: HashSet<_> = tokens.iter().map(|(token, _)| &token.id).collect();
        let values: HashSet<_> = tokens.iter().map(|(_, secret)| secret).collect();
        assert_eq!((ids.len(), values.len()), (100_000, 100_000));
    }
}
