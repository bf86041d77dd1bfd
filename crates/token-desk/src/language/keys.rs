//! The keys of the language in one table: help, completion and documentation come from it.

use super::Field;
use super::near::is_near;

/// What stands before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The token's name.
    Name,
    /// Its id.
    Id,
    /// Its project.
    Project,
    /// One of its scopes.
    Scope,
    /// Who created it.
    Creator,
    /// Its connection.
    In,
    /// How long ago it was last used.
    Unused,
    /// When it expires.
    Expires,
    /// How long ago it was created.
    Created,
    /// Its state.
    Is,
    /// A rule it breaks.
    Finding,
}

/// What is said of a key.
#[derive(Debug)]
pub struct Entry {
    /// The key.
    pub key: Key,
    /// As it is typed.
    pub name: &'static str,
    /// A term with it.
    pub example: &'static str,
    /// Which tokens it finds.
    pub about: &'static str,
    /// Values with a meaning of their own, or that serve as examples.
    pub values: &'static [(&'static str, &'static str)],
}

/// All keys.
pub const KEYS: [Entry; 11] = [
    entry(Key::Name, "name", "name:ci*", "By name.", &[]),
    entry(Key::Id, "id", "id:t-81*", "By id.", &[]),
    entry(
        Key::Project,
        "project",
        "project:\"Web\"",
        "By project; Organization for the organization’s own tokens.",
        &[],
    ),
    entry(Key::Scope, "scope", "scope:write", "By one of the scopes.", &[]),
    entry(Key::Creator, "creator", "creator:mira", "By who created it.", &[]),
    entry(Key::In, "in", "in:staging", "By the name of the connection.", &[]),
    entry(
        Key::Unused,
        "unused",
        "unused:>90d",
        "By how long it was unused when the server listed it last; with > also tokens without a recorded use, by their age.",
        &[
            ("never", "Never used"),
            (">90d", "Not used for more than 90 days"),
            ("<7d", "Used within the last 7 days"),
        ],
    ),
    entry(
        Key::Expires,
        "expires",
        "expires:<30d",
        "By expiry: a time from now, none or past.",
        &[
            ("none", "Without an expiry"),
            ("past", "Expired"),
            ("<30d", "Within 30 days"),
            (">1y", "In more than a year"),
        ],
    ),
    entry(
        Key::Created,
        "created",
        "created:>1y",
        "By age.",
        &[(">1y", "More than a year ago"), ("<7d", "Within the last 7 days")],
    ),
    entry(Key::Is, "is", "is:stale", "By state, as the cards and the list name it.", &[]),
    entry(Key::Finding, "finding", "finding:no-expiry", "By a finding of the audit.", &[]),
];

/// What is not a matter of one key.
pub const FORMS: [(&str, &str); 5] = [
    ("ci prod", "Each word occurs in name, id, project, scopes or creator."),
    ("-is:recent", "A - before a word: all tokens but these."),
    ("id:*81*", "* stands for any text. Without it, the text may stand anywhere in the field."),
    ("creator:\"Mira Holt\"", "In quotes: exactly this, blanks included."),
    ("unused:>=2w", "Times: <, <=, > or >=, and a number of d, w, m (30 days) or y (365 days)."),
];

const fn entry(
    key: Key,
    name: &'static str,
    example: &'static str,
    about: &'static str,
    values: &'static [(&'static str, &'static str)],
) -> Entry {
    Entry { key, name, example, about, values }
}

impl Key {
    /// What is said of it.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        &KEYS[self as usize]
    }

    /// The field that it looks at, if it is about a text.
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

    /// The key that a text begins with, and what follows its colon.
    pub(super) fn before(text: &str) -> Option<(Self, &str)> {
        KEYS.iter().find_map(|entry| {
            let (name, rest) = text.split_at_checked(entry.name.len())?;
            let rest = rest.strip_prefix(':')?;
            name.eq_ignore_ascii_case(entry.name).then_some((entry.key, rest))
        })
    }
}

/// The key that was meant, where a plain word looks like a term with a misspelt or shortened key.
/// A plural is none: scopes are named like `projects:read`. Nor is anything in quotes.
pub(super) fn meant(word: &str) -> Option<Key> {
    let name = word.split_once(':')?.0.to_ascii_lowercase();
    if name.starts_with('"') {
        return None;
    }
    let is_meant = |entry: &&Entry| {
        let plural = name.strip_suffix('s') == Some(entry.name);
        let shortened = name.len() >= 3 && entry.name.starts_with(&*name);
        entry.name.len() > 3 && !plural && (shortened || is_near(&name, entry.name))
    };
    KEYS.iter().find(is_meant).map(|entry| entry.key)
}
