//! What was done, as the activity screen shows it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use token_desk::{
    Activity, Anchor, Anchored, Broken, Clocks, ConnectionId, Entry, LogEntry, ServerActivity,
    Verified, text, told, when,
};

use super::{When, count};

/// The most entries that are shown at once.
pub const MOST_ENTRIES: u32 = 1_000;

/// What was done, the newest first.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActivityView {
    /// The entries.
    pub entries: Vec<EntryView>,
    /// How many fit in all.
    pub total: u32,
    /// Whether only the newest entries of a server's log were read, and there may be older ones.
    pub older: bool,
    /// What could not be read, and why.
    pub problems: Vec<String>,
}

/// An entry of the journal, or of a server's log.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntryView {
    /// Names it among the others.
    pub id: String,
    /// When it was written.
    pub at: When,
    /// What happened.
    pub says: String,
    /// The token's name at that time, or who did it; empty where none is known.
    pub name: String,
    /// The ids of the tokens, or of what it was done to.
    pub ids: String,
    /// Where a value went, why something was decided, or the kind of what it was done to.
    pub detail: String,
    /// Whether it is about a token: all of the journal is.
    pub of_tokens: bool,
}

/// Whether the journal is as it was written.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VerifiedView {
    /// Whether it is.
    pub intact: bool,
    /// That in words.
    pub says: String,
    /// The seal of the last entry that is; empty where there is none.
    pub seal: String,
}

impl ActivityView {
    /// As of `now`.
    #[must_use]
    pub fn new(activity: Activity, now: DateTime<Utc>) -> Self {
        let entries = activity.entries.into_iter().map(|entry| EntryView::new(entry, now));
        let problems = Vec::new();
        Self { entries: entries.collect(), total: count(activity.total), older: false, problems }
    }

    /// What the servers' logs say, each by its own server's clock.
    #[must_use]
    pub fn of_servers(activity: ServerActivity, clocks: &Clocks) -> Self {
        let entries: Vec<_> = activity
            .entries
            .into_iter()
            .map(|(connection, entry)| {
                EntryView::of_server(connection, &entry, clocks.of(connection))
            })
            .collect();
        let problems = activity.problems.into_iter().map(|problem| problem.message).collect();
        Self { total: count(entries.len()), older: activity.older, entries, problems }
    }
}

impl EntryView {
    fn new(entry: Entry, now: DateTime<Utc>) -> Self {
        let says = text::visible(entry.says());
        let until = entry.until.map(|until| format!("until {}", when::date(until)));
        let detail: Vec<_> = until.into_iter().chain(entry.detail).collect();
        Self {
            id: format!("{}-{}", entry.id.connection.0, entry.id.number),
            at: When::relative(Some(entry.at), now, "—"),
            says,
            name: entry.name.as_deref().map(text::visible).unwrap_or_default(),
            ids: text::visible(&entry.token_ids.join(" ")),
            detail: text::visible(&detail.join(" · ")),
            of_tokens: true,
        }
    }

    fn of_server(connection: ConnectionId, entry: &LogEntry, now: DateTime<Utc>) -> Self {
        let shown = |text: Option<&String>| text.map(|it| text::visible(it)).unwrap_or_default();
        Self {
            id: format!("{}-{}", connection.0, entry.id),
            at: When::relative(told(entry.at), now, "—"),
            says: text::visible(&entry.action),
            name: shown(entry.who.as_ref()),
            ids: shown(entry.target_id.as_ref()),
            detail: shown(entry.target_type.as_ref()),
            of_tokens: entry.is_of_tokens(),
        }
    }
}

impl From<Verified> for VerifiedView {
    fn from(verified: Verified) -> Self {
        let Verified { entries, seal, broken, anchored } = verified;
        let says = match (&broken, anchored_wrong(&anchored, entries)) {
            (Some(broken), _) => wrong(broken),
            (None, Some(says)) => return Self { intact: false, says, seal },
            (None, None) => [whole(entries), anchored_well(&anchored)].join(" ").trim().to_owned(),
        };
        Self { intact: broken.is_none(), says, seal }
    }
}

fn whole(entries: u64) -> String {
    match entries {
        0 => "The journal is empty.".to_owned(),
        1 => "Verified: 1 entry, unaltered.".to_owned(),
        entries => format!("Verified: all {entries} entries are unaltered."),
    }
}

/// What *Verify* cannot rule out without the keychain.
const ALONE: &str = ", so only the entries themselves were checked: entries at the end may have been removed, or the whole journal rewritten.";

/// What the keychain adds to a journal that is whole.
fn anchored_well(anchored: &Anchored) -> String {
    match anchored {
        Anchored::Holds(anchor) => {
            let at = when::local(anchor.at);
            format!(
                "The keychain’s hash from {at} matches: nothing before it was removed or rewritten."
            )
        }
        Anchored::Unknown => format!("The keychain has no hash of this journal yet{ALONE}"),
        Anchored::Unavailable(error) => format!("{error}{ALONE}"),
        _ => String::new(),
    }
}

/// What the keychain says against it.
fn anchored_wrong(anchored: &Anchored, entries: u64) -> Option<String> {
    let found = match anchored {
        Anchored::CutOff(Anchor { entries: had, at, .. }) => format!(
            "Entries were removed from the end of the journal, or an older copy replaced it: the \
             keychain knows of {had} entries on {}, and the journal has {entries}.",
            when::local(*at)
        ),
        Anchored::SealedAnew(Anchor { entries, at, .. }) => format!(
            "This is not the journal that was written here: the hash of entry {entries}, from {}, is not the one in the keychain. Somebody changed entries and rewrote the hashes.",
            when::local(*at)
        ),
        _ => return None,
    };
    Some(format!(
        "{found} Tokens on the server aren’t affected. Compare the journal with an earlier report. This message stays until you delete the journal’s “Entri Tokens” entry from the keychain."
    ))
}

fn wrong(broken: &Broken) -> String {
    let entry = broken.entry;
    let found = broken.says.as_ref().map_or_else(
        || format!("Entry {entry} is missing or unreadable."),
        |said| {
            let name = said.name.as_deref().map(text::visible);
            let of = name.map_or_else(String::new, |name| format!(" of “{name}”"));
            let (what, at) = (text::visible(&said.what), when::local(said.at));
            format!("Entry {entry} was altered. It says “{what}”{of}, {at}.")
        },
    );
    format!(
        "{found} Entries before it are intact; everything from it on can’t be trusted. Tokens on the server aren’t affected. Compare with an earlier report."
    )
}

#[cfg(test)]
mod tests {
    use token_desk::KeychainError;

    use super::*;

    /// What *Verify* says of a whole journal of three entries, and whether that is good.
    fn told(anchored: Anchored) -> (bool, String) {
        let seal = "5ea1".to_owned();
        let view = VerifiedView::from(Verified { entries: 3, seal, broken: None, anchored });
        (view.intact, view.says)
    }

    #[test]
    fn what_the_keychain_knows_is_told() {
        let anchor = |entries| Anchor {
            entries,
            at: "2026-11-24T14:02:00Z".parse().unwrap(),
            seal: "0ld".to_owned(),
        };
        for (anchored, intact, says) in [
            (Anchored::None, true, "Verified: all 3 entries are unaltered."),
            (Anchored::Holds(anchor(2)), true, "matches: nothing before it was removed"),
            (Anchored::Unknown, true, "no hash of this journal yet, so only the entries"),
            (Anchored::Unavailable(KeychainError::Locked), true, "so only the entries themselves"),
            (Anchored::CutOff(anchor(9)), false, "knows of 9 entries on"),
            (Anchored::SealedAnew(anchor(2)), false, "the hash of entry 2, from"),
        ] {
            let (is, told) = told(anchored);
            assert!(is == intact && told.contains(says), "{is}: {told}");
            assert_eq!(told.starts_with("Verified"), intact, "{told}");
            assert_eq!(told.contains("Compare the journal with an earlier report."), !intact);
        }
    }
}
