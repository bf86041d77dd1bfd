//! The result of a check, as the text of one notification.

use std::collections::BTreeMap;

use token_audit::{Threshold, View};

use super::told::Seen;
use crate::desk::status::{NoAccess, Shown};
use crate::jobs::rotation::Turned;
use crate::list::{Query, Sort};
use crate::model::connection::ConnectionId;
use crate::model::token::TokenKey;
use crate::model::watch::{Cause, Told, Turn};
use crate::text;

/// The text to report, and what to show when it is clicked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchNews {
    /// What happened, in one line.
    pub title: String,
    /// Where, and what else; a line each.
    pub body: String,
    /// The connection it is about, or all of them.
    pub shown: Shown,
    /// The tokens it is about; for one limit, those that passed it last come first.
    pub query: Query,
    /// What counts as reported for each connection once this is shown.
    pub(crate) causes: Vec<(ConnectionId, Told)>,
}

/// A list, and what happened in it since the last report.
pub(super) struct Since {
    pub(super) seen: Seen,
    pub(super) new: Told,
}

impl Since {
    /// What is said of the rotations that came to a turn.
    fn turns(&self) -> Vec<String> {
        let is_new =
            |(number, turn, _): &&Turned| self.new.contains(&Cause::RotationTurn(*number, *turn));
        let said = |(_, turn, name): &Turned| {
            let name = text::visible(name);
            match turn {
                Turn::Ready => format!("“{name}” is ready to revoke: its replacement is in use."),
                Turn::Stuck => format!("The rotation of “{name}” is stuck."),
                Turn::Off => format!("The rotation of “{name}” can’t go on."),
            }
        };
        self.seen.turned.iter().filter(is_new).map(said).collect()
    }

    fn bulk_revoke_is_due(&self) -> bool {
        self.new.iter().any(|cause| matches!(cause, Cause::BulkRevokeDue(_)))
    }
}

/// One notification for everything: a single limit is in its title, several are in its lines.
pub(super) fn of(all: &[Since]) -> Option<WatchNews> {
    let told: Vec<_> = all.iter().filter(|since| !since.new.is_empty()).collect();
    let passed = passed(&told);
    let signed_out: Vec<_> = told.iter().filter(|it| it.new.contains(&Cause::SignedOut)).collect();
    let first = told.first()?.seen.connection;
    let shown = match told[..] {
        [_] => Shown::One(first),
        _ => Shown::All,
    };
    let due: Vec<_> = told.iter().filter(|it| it.bulk_revoke_is_due()).collect();
    let turns: Vec<_> = told.iter().flat_map(|it| it.turns()).collect();
    let only = match passed.first_key_value() {
        Some((&threshold, _))
            if passed.len() == 1 && signed_out.is_empty() && due.is_empty() && turns.is_empty() =>
        {
            Some(threshold)
        }
        _ => None,
    };
    let mut lines: Vec<String> = match only {
        Some(_) => told.iter().map(|it| named(it)).collect(),
        None => passed.iter().map(|(&it, tokens)| sentence(it, tokens.len(), None)).collect(),
    };
    lines.extend(signed_out.iter().map(|it| stopped(it)));
    lines.extend(
        due.iter().map(|it| format!("Scheduled revocation in {} is waiting for you.", named(it))),
    );
    lines.extend(turns.iter().cloned());
    lines.extend(told.iter().filter(|it| !it.seen.signed_out()).filter_map(|it| partial(&it.seen)));
    Some(WatchNews {
        title: match turns.len() {
            turns if turns > 0 && passed.is_empty() && signed_out.is_empty() && due.is_empty() => {
                waiting(turns)
            }
            _ => title(&passed, only, &told, signed_out.len()),
        },
        body: lines.join("\n"),
        shown,
        query: query(only),
        causes: told.iter().map(|it| (it.seen.connection, it.new.clone())).collect(),
    })
}

/// Why the list may be incomplete, by its first incomplete part.
fn partial(seen: &Seen) -> Option<String> {
    let (first, more) = seen.gaps.split_first()?;
    let more = match more.len() {
        0 => String::new(),
        n => format!(" And {n} more."),
    };
    Some(format!("{} only partly loaded. {}{more}", text::visible(&seen.label), first.said()))
}

/// Nobody says that the server refused, unless it did.
fn stopped(since: &Since) -> String {
    let name = named(since);
    let why = match since.seen.no_access {
        Some(NoAccess::Refused) => format!("{name} rejected the sign-in"),
        _ => format!("No saved sign-in for {name}"),
    };
    format!("{why}. Checks are paused until you sign in again.")
}

/// There is nothing to report, as far as the lists are known; those in `unread` couldn't be loaded, or only
/// partly.
pub(super) fn nothing(unread: &[Seen]) -> WatchNews {
    let lines = unread.iter().map(|seen| {
        let name = text::visible(&seen.label);
        match seen.no_access {
            Some(NoAccess::Keychain(error)) => format!("Couldn’t check {name}. {error}."),
            Some(_) => format!("Couldn’t check {name}. Sign in again."),
            None => partial(seen).unwrap_or_else(|| format!("Couldn’t check {name}.")),
        }
    });
    let title = if unread.is_empty() { "No new findings" } else { "Couldn’t check" };
    WatchNews {
        title: title.to_owned(),
        body: lines.collect::<Vec<_>>().join("\n"),
        shown: Shown::All,
        query: Query { view: View::All, ..query(None) },
        causes: Vec::new(),
    }
}

type Passed = BTreeMap<Threshold, Vec<TokenKey>>;

fn passed(told: &[&Since]) -> Passed {
    let mut passed = Passed::new();
    for Since { seen, new } in told {
        for cause in new {
            if let Cause::Passed { id, threshold } = cause {
                let key = TokenKey { connection: seen.connection, id: id.clone() };
                passed.entry(*threshold).or_default().push(key);
            }
        }
    }
    passed
}

fn title(passed: &Passed, only: Option<Threshold>, told: &[&Since], signed_out: usize) -> String {
    let tokens = distinct(passed);
    match (only, tokens, told, signed_out) {
        (Some(threshold), 1, [Since { seen, .. }], _) => {
            let name = passed[&threshold].first().and_then(|key| seen.list.find(key));
            let name = name.map(|at| text::visible(seen.list.name(at)));
            sentence(threshold, 1, name)
        }
        (Some(threshold), tokens, ..) => sentence(threshold, tokens, None),
        (None, 0, _, 0) => "Scheduled revocation due".to_owned(),
        (None, 0, [since], _) => format!("Sign in to {} again", named(since)),
        (None, 0, _, connections) => format!("Sign in to {connections} connections again"),
        (None, 1, ..) => "1 token needs attention".to_owned(),
        (None, tokens, ..) => format!("{tokens} tokens need attention"),
    }
}

fn waiting(rotations: usize) -> String {
    match rotations {
        1 => "A rotation needs you".to_owned(),
        rotations => format!("{rotations} rotations need you"),
    }
}

/// A token that passed two limits is one token.
fn distinct(passed: &Passed) -> usize {
    let mut keys: Vec<_> = passed.values().flatten().map(|it| (it.connection.0, &it.id)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.len()
}

fn sentence(threshold: Threshold, count: usize, name: Option<String>) -> String {
    let one = count == 1;
    let who = match name {
        Some(name) => format!("“{name}”"),
        None if one => "1 token".to_owned(),
        None => format!("{count} tokens"),
    };
    match threshold {
        Threshold::ExpiresWithin(1) => {
            format!("{who} {} within a day", if one { "expires" } else { "expire" })
        }
        Threshold::ExpiresWithin(days) => {
            format!("{who} {} within {days} days", if one { "expires" } else { "expire" })
        }
        Threshold::Stale => format!("{who} became stale"),
        Threshold::NeverUsed => {
            format!("{who} {} never used", if one { "was" } else { "were" })
        }
    }
}

fn named(since: &Since) -> String {
    text::visible(&since.seen.label)
}

fn query(only: Option<Threshold>) -> Query {
    let (text, view, sort, descending) = match only {
        None => (String::new(), View::Attention, Sort::LastUsed, true),
        Some(Threshold::Stale) => (String::new(), View::Stale, Sort::LastUsed, true),
        Some(Threshold::NeverUsed) => (String::new(), View::NoUse, Sort::Created, true),
        Some(Threshold::ExpiresWithin(days)) => {
            (format!("expires:<={days}d"), View::All, Sort::Expires, true)
        }
    };
    Query { text, view, sort, descending, ..Query::default() }
}
