//! What was done in this app, with the steps each act took.

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use token_desk::{Act, ActKind, Activity, Date, Deed, Entry, Sentence, text, when};

use super::counts::{ActCountView, OutcomeView};
use super::days::{DayView, by_day};
use crate::views::{When, count};

/// The most acts that are shown at once.
pub const MOST_ACTS: u32 = 1_000;

/// The maximum number of steps shown for one act; the number of further ones is reported.
const MOST_STEPS: usize = 200;

/// The acts shown on the Activity screen, newest first.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActivityView {
    /// The days with activity, latest first.
    pub days: Vec<DayView<ActView>>,
    /// How many acts these are.
    pub shown: u32,
    /// How many match in total.
    pub total: u32,
    /// The number of journal entries of the connections shown.
    pub entries: u32,
    /// How many acts each filter would give.
    pub counts: Vec<ActCountView>,
    /// The time zone of this computer: `UTC+1`.
    pub zone: String,
}

/// An act: something that somebody did, with the steps it took.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActView {
    /// Identifies the act among those shown.
    pub id: String,
    /// When it began: the time of day.
    pub at: When,
    /// The kind of act, which decides its icon.
    pub kind: ActKind,
    /// The sentence up to the name.
    pub before: String,
    /// The token's name at that time, or the number of tokens; empty if neither is known.
    pub name: String,
    /// The token's id; empty unless there is exactly one token.
    pub token: String,
    /// The rest of the sentence.
    pub after: String,
    /// The outcome; `None` if it goes without saying.
    pub outcome: Option<OutcomeView>,
    /// Who did it; `None` if an older version of the app wrote the entry.
    pub by: Option<String>,
    /// The entries of the journal that the act consists of.
    pub steps: Vec<ActStepView>,
    /// The number of further entries.
    pub more: u32,
}

/// An entry of the journal, as a step of an act.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActStepView {
    /// Its number in the journal.
    pub number: String,
    /// When it was written: to the second, with the date if that differs from the act's.
    pub at: When,
    /// The step in words.
    pub says: String,
    /// The token, if the act is about several; where a value was delivered; the reason for a decision.
    pub detail: String,
}

impl ActivityView {
    /// Groups the acts into days, as of `now`.
    #[must_use]
    pub fn new(activity: &Activity, now: DateTime<Utc>) -> Self {
        let counts =
            activity.counts.map(|(filter, acts)| ActCountView { filter, count: count(acts) });
        let shown = count(activity.acts.len());
        let acts = activity.acts.iter();
        Self {
            days: by_day(acts.map(|act| (Some(act.at()), ActView::new(act))), now),
            shown,
            total: count(activity.total),
            entries: count(activity.entries),
            counts: counts.into(),
            zone: when::zone(now),
        }
    }
}

impl ActView {
    fn new(act: &Act) -> Self {
        let Sentence { before, name, after } = act.sentence();
        let [before, name, after] = [before, name, after].map(|it| text::visible(&it));
        let one = act.kind() != ActKind::BulkRevoke;
        let ids = act.token_ids().iter().filter(|_| one).map(|id| &*id.0).collect::<Vec<_>>();
        let token = text::visible(&ids.join(" "));
        let at = act.at();
        Self {
            id: format!("{}-{}", act.id.connection.0, act.id.number),
            at: When::of(Date::At(at), |at| when::clock(at, at), "—"),
            kind: act.kind(),
            before,
            name,
            token,
            after,
            by: act.by().map(text::visible),
            outcome: act.outcome().map(OutcomeView::from),
            steps: act.steps.iter().take(MOST_STEPS).map(|it| ActStepView::new(it, act)).collect(),
            more: count(act.steps.len().saturating_sub(MOST_STEPS)),
        }
    }
}

impl ActStepView {
    fn new(entry: &Entry, act: &Act) -> Self {
        let several = act.kind() == ActKind::BulkRevoke && entry.token_ids.len() == 1;
        // If the name is no longer known, the id identifies the token.
        let name =
            entry.name.as_ref().or(entry.token_ids.first().map(|id| &id.0)).filter(|_| several);
        let until = entry.until.map(|until| format!("until {}", when::date(until)));
        let said = entry.detail.as_deref().map(|detail| in_words(entry.deed(), detail).to_owned());
        let detail: Vec<_> = name.cloned().into_iter().chain(until).chain(said).collect();
        let same_day = when::local_day(entry.at) == when::local_day(act.at());
        let at = |at| {
            let clock = when::clock_seconds(at);
            if same_day { clock } else { format!("{}, {clock}", when::local_date(at)) }
        };
        Self {
            number: format!("#{}", entry.id.number),
            at: When::of(Date::At(entry.at), at, "—"),
            says: text::visible(&entry.says()),
            detail: text::visible(&detail.join(" · ")),
        }
    }
}

/// What an entry says besides, where that is a code of the page.
fn in_words(deed: Option<Deed>, detail: &str) -> &str {
    match (deed, detail) {
        (Some(Deed::TaskDone), "replace") => "the token is replaced",
        (Some(Deed::TaskDone), "tell") => "its owner knows",
        _ => detail,
    }
}
