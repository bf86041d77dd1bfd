//! The keys of the language in one table: help, completion and documentation come from it.

use super::Field;
use super::near::is_near;

/// What comes before the colon of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Part of the token's name.
    Name,
    /// Part of the token's id.
    Id,
    /// Part of its project's name.
    Project,
    /// Part of one of its scopes.
    Scope,
    /// Part of its creator's name, email address or id.
    Creator,
    /// Part of its connection's label.
    In,
    /// How long ago it was last used.
    Unused,
    /// How far away its expiry is, or that it has none or has expired.
    Expires,
    /// How long ago it was created.
    Created,
    /// The token's state, as its row shows it.
    Is,
    /// A rule that the token breaks.
    Finding,
}

/// What help and completion say about a key.
#[derive(Debug)]
pub struct KeyHelp {
    /// The key that is described.
    pub key: Key,
    /// The key as it is typed, in lower case.
    pub name: &'static str,
    /// A term that uses the key.
    pub example: &'static str,
    /// Which tokens the key finds.
    pub about: &'static str,
    /// Values with a special meaning, or examples, each with its explanation.
    pub values: &'static [(&'static str, &'static str)],
}

/// All keys, in the order of [`Key`].
pub const KEYS: [KeyHelp; 11] = [
    help(Key::Name, "name", "name:ci*", "Name.", &[]),
    help(Key::Id, "id", "id:t-81*", "ID.", &[]),
    help(
        Key::Project,
        "project",
        "project:\"Web\"",
        "Project (“Organization” for organization tokens).",
        &[],
    ),
    help(Key::Scope, "scope", "scope:write", "Scope.", &[]),
    help(Key::Creator, "creator", "creator:mira", "Creator.", &[]),
    help(Key::In, "in", "in:staging", "Connection.", &[]),
    help(
        Key::Unused,
        "unused",
        "unused:>90d",
        "Time since last use. With >, never-used tokens count by age.",
        &[
            ("never", "No use yet, at any age"),
            (">90d", "Unused for over 90 days"),
            ("<7d", "Used within the last 7 days"),
        ],
    ),
    help(
        Key::Expires,
        "expires",
        "expires:<30d",
        "Time to expiry, none or past.",
        &[
            ("none", "No expiry"),
            ("past", "Expired"),
            ("<30d", "Within 30 days"),
            (">1y", "In over a year"),
        ],
    ),
    help(
        Key::Created,
        "created",
        "created:>1y",
        "Age.",
        &[(">1y", "Over a year ago"), ("<7d", "Within the last 7 days")],
    ),
    help(Key::Is, "is", "is:stale", "Status, as shown in the list.", &[]),
    help(Key::Finding, "finding", "finding:no-expiry", "Audit finding.", &[]),
];

/// Forms of the language that belong to no single key, each with its explanation.
pub const FORMS: [(&str, &str); 5] = [
    ("ci prod", "Matches name, ID, project, scope or creator."),
    ("-is:recent", "Exclude with -."),
    ("id:*81*", "* is a wildcard. Without it, matches anywhere."),
    ("creator:\"Mira Holt\"", "Quotes match exactly."),
    ("unused:>=2w", "Durations: <, <=, >, >= with d, w, m (30 days) or y (365 days)."),
];

const fn help(
    key: Key,
    name: &'static str,
    example: &'static str,
    about: &'static str,
    values: &'static [(&'static str, &'static str)],
) -> KeyHelp {
    KeyHelp { key, name, example, about, values }
}

impl Key {
    /// What help and completion say about it.
    #[must_use]
    pub fn help(self) -> &'static KeyHelp {
        &KEYS[self as usize]
    }

    /// The field it looks at; `None` if it isn't about a text.
    #[must_use]
    pub fn field(self) -> Option<Field> {
        match self {
            Self::Name => Some(Field::Name),
            Self::Id => Some(Field::Id),
            Self::Project => Some(Field::Project),
            Self::Scope => Some(Field::Scope),
            Self::Creator => Some(Field::Creator),
            Self::In => Some(Field::Connection),
            Self::Unused | Self::Expires | Self::Created | Self::Is | Self::Finding => None,
        }
    }

    /// The key that a text begins with, and the text after its colon.
    pub(super) fn before(text: &str) -> Option<(Self, &str)> {
        KEYS.iter().find_map(|entry| {
            let (name, rest) = text.split_at_checked(entry.name.len())?;
            let rest = rest.strip_prefix(':')?;
            name.eq_ignore_ascii_case(entry.name).then_some((entry.key, rest))
        })
    }
}

/// The key that was probably meant, if a plain word looks like a term with a misspelled or
/// shortened key. A plural isn't one, because scopes have names like `projects:read`; neither is
/// anything in quotes.
pub(super) fn meant(word: &str) -> Option<Key> {
    let name = word.split_once(':')?.0.to_ascii_lowercase();
    if name.starts_with('"') {
        return None;
    }
    let is_meant = |entry: &&KeyHelp| {
        let plural = name.strip_suffix('s') == Some(entry.name);
        let shortened = name.len() >= 3 && entry.name.starts_with(&*name);
        entry.name.len() > 3 && !plural && (shortened || is_near(&name, entry.name))
    };
    KEYS.iter().find(is_meant).map(|entry| entry.key)
}
