//! What was done, as the activity screen shows it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{
    Activity, Anchor, Anchored, Broken, Clocks, Date, Deed, DeedFilter, DeedKind, Entry, LogEntry,
    Outcome, Sentence, ServerActivity, Tone, Verified, log_says, text, told, when,
};

use super::{When, count};

/// The most deeds that are shown at once.
pub const MOST_DEEDS: u32 = 1_000;
/// The most steps of one deed that are shown; how many more there are is said.
const MOST_STEPS: usize = 200;

/// What was done, the newest first.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActivityView {
    /// The days on which something was done, the last one first.
    pub days: Vec<DayView<DeedView>>,
    /// How many deeds these are.
    pub shown: u32,
    /// How many fit in all.
    pub total: u32,
    /// How many entries the journal has of what is shown.
    pub entries: u32,
    /// How many deeds each filter would give.
    pub counts: Vec<DeedCountView>,
    /// The zone that this computer's clock is in: `UTC+1`.
    pub zone: String,
}

/// What the servers' own logs say, the newest first.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ServerActivityView {
    /// The days with entries, the last one first; what has no date that can be read comes last.
    pub days: Vec<DayView<LogEntryView>>,
    /// How many entries these are.
    pub total: u32,
    /// Whether only the newest entries of a log were read, and there may be older ones.
    pub older: bool,
    /// What could not be read, and why.
    pub problems: Vec<String>,
}

/// A day by this computer's clock.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DayView<T> {
    /// `2026-11-24`; empty where it is not known.
    pub day: String,
    /// `Today`, `Friday`.
    pub name: String,
    /// `20 November`.
    pub date: String,
    /// What was done on it.
    pub done: Vec<T>,
}

/// What somebody did.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeedView {
    /// Names it among the others.
    pub id: String,
    /// When it was begun: the time of day.
    pub at: When,
    /// What it is.
    pub kind: DeedName,
    /// The sentence up to the name.
    pub before: String,
    /// The token's name at that time, or how many tokens; empty where none is known.
    pub name: String,
    /// The id of the token; empty where it is about none, or about several.
    pub token: String,
    /// The rest of the sentence.
    pub after: String,
    /// How it came out.
    pub outcome: Option<OutcomeView>,
    /// The entries of the journal.
    pub steps: Vec<DeedStepView>,
    /// How many more entries there are.
    pub more: u32,
}

/// What a deed is.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::DeedKind`")]
pub enum DeedName {
    Create,
    Revoke,
    BulkRevoke,
    Decision,
    Other,
}

/// Which deeds are wanted.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::DeedFilter`")]
pub enum DeedFilterName {
    Revoked,
    Created,
    Delivered,
    Decisions,
    Unfinished,
}

/// How many deeds a filter would give.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeedCountView {
    /// The filter.
    pub filter: DeedFilterName,
    /// How many.
    pub count: u32,
}

/// How a deed came out.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeView {
    /// Whether that is good.
    pub tone: ToneName,
    /// In words.
    pub says: String,
}

/// How an outcome is to be taken.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::Tone`")]
pub enum ToneName {
    Good,
    Plain,
    Coming,
    Warning,
    Bad,
}

/// An entry of the journal.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeedStepView {
    /// Its number in the journal.
    pub number: String,
    /// When it was written: to the second, and with the date where that is another day than the deed's.
    pub at: When,
    /// What happened.
    pub says: String,
    /// Of which token, where the deed is about several; where a value went; why something was decided.
    pub detail: String,
}

/// An entry of a server's log.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LogEntryView {
    /// When it was written: the time of day.
    pub at: When,
    /// Who did it; empty where the server does not say.
    pub who: String,
    /// What happened.
    pub says: String,
    /// The entry as the server wrote it.
    pub raw: String,
    /// Whether it is about a token.
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
    pub fn new(activity: &Activity, now: DateTime<Utc>) -> Self {
        let counts = activity
            .counts
            .map(|(filter, deeds)| DeedCountView { filter: filter.into(), count: count(deeds) });
        let shown = count(activity.deeds.len());
        let deeds = activity.deeds.iter();
        Self {
            days: by_day(deeds.map(|deed| (Some(deed.at()), DeedView::new(deed))), now),
            shown,
            total: count(activity.total),
            entries: count(activity.entries),
            counts: counts.into(),
            zone: when::zone(now),
        }
    }
}

impl ServerActivityView {
    /// Each by its own server's clock.
    #[must_use]
    pub fn new(activity: ServerActivity, clocks: &Clocks, now: DateTime<Utc>) -> Self {
        let total = count(activity.entries.len());
        let entries = activity.entries.iter().map(|(connection, entry)| {
            let ahead = clocks.ahead(*connection);
            let at = entry.at.at().and_then(|at| at.checked_sub_signed(ahead));
            let says = log_says(entry, activity.project(*connection, entry));
            (at, LogEntryView::new(entry, &says, at))
        });
        let days = by_day(entries, now);
        let problems = activity.problems.into_iter().map(|problem| problem.message).collect();
        Self { days, total, older: activity.older, problems }
    }
}

/// What follows each other on the same day.
fn by_day<T>(
    done: impl Iterator<Item = (Option<DateTime<Utc>>, T)>,
    now: DateTime<Utc>,
) -> Vec<DayView<T>> {
    let today = when::local_day(now);
    let mut days: Vec<DayView<T>> = Vec::new();
    for (at, it) in done {
        let day = at.map(when::local_day);
        let key = day.map_or_else(String::new, |day| day.to_string());
        if days.last().is_none_or(|last| last.day != key) {
            days.push(DayView {
                day: key,
                name: day.map_or("Date unreadable".to_owned(), |day| when::day_name(day, today)),
                date: day.map_or_else(String::new, |day| when::day_beside_name(day, today)),
                done: Vec::new(),
            });
        }
        if let Some(last) = days.last_mut() {
            last.done.push(it);
        }
    }
    days
}

impl DeedView {
    fn new(deed: &Deed) -> Self {
        let Sentence { before, name, after } = deed.sentence();
        let [before, name, after] = [before, name, after].map(|it| text::visible(&it));
        let one = deed.kind != DeedKind::BulkRevoke;
        let token = if one { text::visible(&deed.token_ids().join(" ")) } else { String::new() };
        let at = deed.at();
        Self {
            id: format!("{}-{}", deed.id.connection.0, deed.id.number),
            at: When::of(Date::At(at), |at| when::clock(at, at), "—"),
            kind: deed.kind.into(),
            before,
            name,
            token,
            after,
            outcome: deed.outcome().map(OutcomeView::from),
            steps: deed
                .steps
                .iter()
                .take(MOST_STEPS)
                .map(|it| DeedStepView::new(it, deed))
                .collect(),
            more: count(deed.steps.len().saturating_sub(MOST_STEPS)),
        }
    }
}

impl DeedStepView {
    fn new(entry: &Entry, deed: &Deed) -> Self {
        let several = deed.kind == DeedKind::BulkRevoke && entry.token_ids.len() == 1;
        // Where no name is known any more, the id says which token it is.
        let name = entry.name.as_ref().or(entry.token_ids.first()).filter(|_| several);
        let until = entry.until.map(|until| format!("until {}", when::date(until)));
        let detail: Vec<_> =
            name.cloned().into_iter().chain(until).chain(entry.detail.clone()).collect();
        let same_day = when::local_day(entry.at) == when::local_day(deed.at());
        let at = |at| {
            let clock = when::clock_seconds(at);
            if same_day { clock } else { format!("{}, {clock}", when::local_date(at)) }
        };
        Self {
            number: format!("#{}", entry.id.number),
            at: When::of(Date::At(entry.at), at, "—"),
            says: text::visible(entry.says()),
            detail: text::visible(&detail.join(" · ")),
        }
    }
}

impl LogEntryView {
    fn new(entry: &LogEntry, says: &str, at: Option<DateTime<Utc>>) -> Self {
        let optional = [&entry.who, &entry.target_type, &entry.target_id];
        let [who, of, id] = optional.map(|it| it.as_deref().map(text::visible).unwrap_or_default());
        let action = text::visible(&entry.action);
        let at = at.map_or_else(|| told(entry.at), Date::At);
        Self {
            at: When::of(at, |at| when::clock(at, at), "—"),
            who,
            says: text::visible(says),
            raw: [&*action, &*of, &*id].join(" ").trim().to_owned(),
            of_tokens: entry.is_of_tokens(),
        }
    }
}

impl From<Outcome> for OutcomeView {
    fn from(outcome: Outcome) -> Self {
        let tone = match outcome.tone {
            Tone::Good => ToneName::Good,
            Tone::Plain => ToneName::Plain,
            Tone::Coming => ToneName::Coming,
            Tone::Warning => ToneName::Warning,
            Tone::Bad => ToneName::Bad,
        };
        Self { tone, says: outcome.says }
    }
}

impl From<DeedKind> for DeedName {
    fn from(kind: DeedKind) -> Self {
        match kind {
            DeedKind::Create => Self::Create,
            DeedKind::Revoke => Self::Revoke,
            DeedKind::BulkRevoke => Self::BulkRevoke,
            DeedKind::Decision => Self::Decision,
            DeedKind::Other => Self::Other,
        }
    }
}

impl From<DeedFilter> for DeedFilterName {
    fn from(filter: DeedFilter) -> Self {
        match filter {
            DeedFilter::Revoked => Self::Revoked,
            DeedFilter::Created => Self::Created,
            DeedFilter::Delivered => Self::Delivered,
            DeedFilter::Decisions => Self::Decisions,
            DeedFilter::Unfinished => Self::Unfinished,
        }
    }
}

impl From<DeedFilterName> for DeedFilter {
    fn from(filter: DeedFilterName) -> Self {
        match filter {
            DeedFilterName::Revoked => Self::Revoked,
            DeedFilterName::Created => Self::Created,
            DeedFilterName::Delivered => Self::Delivered,
            DeedFilterName::Decisions => Self::Decisions,
            DeedFilterName::Unfinished => Self::Unfinished,
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
