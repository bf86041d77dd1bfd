//! What was done in this app, with the steps each act took.

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use token_desk::{Activity, Date, Deed, DeedKind, Entry, Sentence, text, when};

use super::days::{DayView, by_day};
use super::names::{DeedCountView, DeedName, OutcomeView};
use crate::views::{When, count};

/// The most deeds that are shown at once.
pub const MOST_DEEDS: u32 = 1_000;

/// The maximum number of steps shown for one act; the number of further ones is reported.
const MOST_STEPS: usize = 200;

/// What was done, the newest first.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActivityView {
    /// The days with activity, latest first.
    pub days: Vec<DayView<DeedView>>,
    /// How many deeds these are.
    pub shown: u32,
    /// How many match in total.
    pub total: u32,
    /// The number of journal entries of the connections shown.
    pub entries: u32,
    /// How many deeds each filter would give.
    pub counts: Vec<DeedCountView>,
    /// The time zone of this computer: `UTC+1`.
    pub zone: String,
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
    /// The token's name at that time, or the number of tokens; empty if neither is known.
    pub name: String,
    /// The token's id; empty unless there is exactly one token.
    pub token: String,
    /// The rest of the sentence.
    pub after: String,
    /// How it came out.
    pub outcome: Option<OutcomeView>,
    /// Who did it; `None` if an older version of the app wrote it down.
    pub by: Option<String>,
    /// The entries of the journal.
    pub steps: Vec<DeedStepView>,
    /// The number of further entries.
    pub more: u32,
}

/// An entry of the journal.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeedStepView {
    /// Its number in the journal.
    pub number: String,
    /// When it was written: to the second, with the date if that differs from the act's.
    pub at: When,
    /// What happened.
    pub says: String,
    /// The token, if the act is about several; where a value was delivered; the reason for a decision.
    pub detail: String,
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
            by: deed.by().map(text::visible),
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
        // If the name is no longer known, the id identifies the token.
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
