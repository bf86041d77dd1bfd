//! Whether the journal is intact, in words.

use serde::Serialize;
use specta::Type;
use token_desk::{Anchor, Anchored, Broken, Verified, text, when};

/// Whether the journal is unaltered.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VerifiedView {
    /// Whether every entry is unaltered, as far as could be checked.
    pub intact: bool,
    /// The result as text.
    pub says: String,
    /// The seal of the last unaltered entry; empty if there is none.
    pub seal: String,
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

/// What *Verify* can't rule out without the keychain.
const ALONE: &str = ", so only the entries themselves were checked: entries at the end may have been removed, or the whole journal rewritten.";

/// The sentence that the keychain adds about an unaltered journal.
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

/// The warning if the keychain contradicts the journal.
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

    /// What *Verify* says about an unaltered journal of three entries, and whether that is good.
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
