//! The organization the server starts with. The same seed and time give the same one.

mod lines;

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::{OWNER, PROJECTS, StoredToken, TWO_FACTOR_MEMBER, secret};
use crate::random::{Random, random};
use lines::{DAY, LINES, Line, NEVER};

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
    let name = made_up_name(number, random);
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

/// A made-up name, different for each number.
pub fn made_up_name(number: u32, random: &mut Random) -> String {
    let (service, environment) = (random.pick(&SERVICES), random.pick(&ENVIRONMENTS));
    format!("{service}-{environment}-{number}")
}

/// A token that this member creates now, and its value.
pub fn access(member: u8, name: &str, now: DateTime<Utc>) -> (StoredToken, String) {
    let secret = secret(random);
    let token = StoredToken {
        id: format!("access-{name}"),
        project_id: None,
        name: name.to_owned(),
        scopes: vec!["translations:read".to_owned()],
        created: now,
        expires: None,
        last_used: None,
        creator: member,
        last4: secret[secret.len() - 4..].to_owned(),
        revoked: false,
    };
    (token, secret)
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
