//! Values that were found where they shouldn't be.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use token_audit::history::Bar;
use token_desk::{
    Clocks, ConnectionId, Deed, EXPOSURE, Incident, IncidentId, IncidentNow, IncidentStep,
    Sureness, Suspect, Window, text, when,
};

use super::tokens::axis;
use super::{KeyView, UseBarView, When, count};

/// Identifies an incident among those of all connections.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
pub struct IncidentIdView {
    /// The connection whose journal has it.
    pub connection: u32,
    /// Its number in that journal.
    pub number: u32,
}

/// A value that was found, and what was done about it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IncidentView {
    /// Its connection and number.
    pub id: IncidentIdView,
    /// The masked value; `None` once it isn't kept any longer.
    pub mask: Option<String>,
    /// Whose value it is, once that is known.
    pub named: Option<NamedView>,
    /// What the last attempt to name it says.
    pub says: Option<String>,
    /// The tokens to choose from while it has no name.
    pub suspects: Vec<SuspectView>,
    /// Whether it is known that it is one of those.
    pub narrowed: bool,
    /// What was done, oldest first.
    pub timeline: Vec<LineView>,
    /// What was known of the token before the revoke: names and values.
    pub facts: Vec<(String, String)>,
    /// When that was noted, in UTC.
    pub noted: Option<String>,
    /// Whether the token is revoked or was gone.
    pub revoked: bool,
    /// Whether the value is proven dead; `None` before its first proof.
    pub dead: Option<bool>,
    /// Seconds from found to revoked and, if that came, proven.
    pub seconds: Option<u32>,
    /// Seconds until the value is tested again.
    pub second_in: Option<u32>,
    /// Whether the value should have been tested again, and wasn't: the app was closed, or not connected.
    pub second_missing: bool,
    /// What is done of what is left, and how the app knows, which is empty if somebody said so.
    pub tasks: Vec<(String, String)>,
    /// Where the value was, in somebody's own words: what is asked, and the answer, which may be empty.
    pub exposure: Vec<(String, String)>,
    /// For how long the value was exposed, and what was seen of its token; `None` if that isn't recorded.
    pub window: Option<WindowView>,
    /// What isn't known, in somebody's own words.
    pub questions: String,
    /// Which entries of the journal it has.
    pub entries: String,
}

/// For how long a value was exposed, and what was seen of its token. Days are in UTC.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WindowView {
    /// `258 days, from 11 Mar 2026 to 24 Nov 2026`; `None` if nobody knows when it began.
    pub says: Option<String>,
    /// The usage of the token, day by day or grouped so that it fits.
    pub bars: Vec<UseBarView>,
    /// The first day, how many days one bar stands for, and the last day; empty without bars.
    pub axis: Vec<String>,
    /// Whether the value was exposed in the time of each bar.
    pub exposed: Vec<bool>,
    /// What was seen of it in that time, one sentence each.
    pub words: Vec<String>,
}

/// Whose value it is.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NamedView {
    /// The token's connection and id.
    pub key: KeyView,
    /// The token's name, with hidden characters shown.
    pub name: String,
    /// How sure that is.
    pub sureness: Sureness,
    /// How it is known.
    pub how: String,
}

/// A token whose value it may be.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SuspectView {
    /// The token's connection and id.
    pub key: KeyView,
    /// The token's name, with hidden characters shown.
    pub name: String,
    /// When it was last used.
    pub last_used: When,
}

/// One line of the timeline.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LineView {
    /// The time in UTC for the first one, `+3 s` for the rest.
    pub at: String,
    /// What was done, in a few words.
    pub says: String,
    /// What is to be said about it.
    pub detail: String,
    /// Whether it says that something is not as it should be.
    pub bad: bool,
    /// Whether it says that the value is proven dead.
    pub proof: bool,
}

impl IncidentView {
    /// Shows times relative to each server's clock.
    #[must_use]
    pub fn new(now: IncidentNow, window: Option<Window>, clocks: &Clocks) -> Self {
        let second_missing = now.lacks_second_proof();
        let IncidentNow { incident, mask, says, suspects, narrowed, second_proof_in } = now;
        let of = |what| incident.last(what).and_then(|step| step.detail.clone());
        let facts = incident.last(Deed::Snapshot);
        let dead = incident.proofs().last().map(|step| step.what == Deed::ValueRefused);
        Self {
            id: incident.id.into(),
            mask,
            named: named(&incident),
            says: says.as_deref().map(text::visible),
            suspects: suspects.into_iter().map(|it| SuspectView::new(it, clocks)).collect(),
            narrowed,
            timeline: timeline(&incident),
            facts: facts.map(|step| pairs(&step.basis)).unwrap_or_default(),
            noted: facts.map(|step| when::utc_clock(step.at)),
            revoked: incident.is_over(),
            dead,
            seconds: incident.is_over().then(|| seconds(&incident)),
            second_missing,
            second_in: second_proof_in
                .map(|left| left.num_seconds().try_into().unwrap_or_default()),
            tasks: tasks(&incident),
            exposure: exposure(&incident),
            window: window.map(WindowView::from),
            questions: of(Deed::OpenQuestions).unwrap_or_default(),
            entries: entries(&incident),
        }
    }
}

fn named(incident: &Incident) -> Option<NamedView> {
    let (key, name, sureness) = incident.named()?;
    let how = incident.last(Deed::Identified)?.detail.clone().unwrap_or_default();
    Some(NamedView { key: key.into(), name: text::visible(name), sureness, how })
}

impl SuspectView {
    fn new(suspect: Suspect, clocks: &Clocks) -> Self {
        let now = clocks.of(suspect.key.connection);
        Self {
            name: text::visible(&suspect.name),
            last_used: When::relative(suspect.last_used, now, "Never used"),
            key: suspect.key.into(),
        }
    }
}

/// What a person follows: not what is typed beside it.
fn timeline(incident: &Incident) -> Vec<LineView> {
    let how = match &incident.places {
        Some(places) => format!("by a scan in {}", text::visible(places)),
        None => "and reported in this app".to_owned(),
    };
    let first = LineView {
        at: when::utc_clock(incident.at),
        says: "Found".to_owned(),
        detail: format!("{how} ({})", text::visible(&incident.by)),
        bad: false,
        proof: false,
    };
    let typed = [Deed::OpenQuestions, Deed::Exposure];
    let steps = incident.steps.iter().filter(|it| !typed.contains(&it.what));
    std::iter::once(first).chain(steps.map(|step| line(step, incident.at))).collect()
}

fn line(step: &IncidentStep, since: DateTime<Utc>) -> LineView {
    let name = step.name.as_deref().filter(|_| step.what == Deed::Identified);
    let name = name.map(|name| format!("as {}", text::visible(name)));
    let detail = step.says().map(text::visible);
    LineView {
        at: format!("+{} s", (step.at - since).num_seconds().max(0)),
        says: step.what.words(Some(Deed::ValueFound)).to_owned(),
        // The page shows the three answers of a proof one by one.
        detail: name
            .into_iter()
            .chain(detail.filter(|_| step.what != Deed::ValueRefused))
            .collect::<Vec<_>>()
            .join(", "),
        bad: matches!(step.what, Deed::ValueNotProven | Deed::ValueUntested),
        proof: step.what == Deed::ValueRefused,
    }
}

/// From found to the first proof that it is dead or, without one, to the revoke.
fn seconds(incident: &Incident) -> u32 {
    let over = [Deed::IncidentRevoked, Deed::IncidentGone];
    let revoked = incident.steps.iter().find(|step| over.contains(&step.what));
    let end = incident.proofs().find(|step| step.what == Deed::ValueRefused).or(revoked);
    end.map_or(0, |step| (step.at - incident.at).num_seconds().try_into().unwrap_or_default())
}

fn exposure(incident: &Incident) -> Vec<(String, String)> {
    match incident.last(Deed::Exposure) {
        Some(step) => pairs(&step.basis),
        None => EXPOSURE.map(|asked| (asked.to_owned(), String::new())).to_vec(),
    }
}

/// As many bars as the screen has room for.
const MOST_BARS: usize = 90;

impl From<Window> for WindowView {
    fn from(Window { since, until, seen }: Window) -> Self {
        let history = seen.history.filter(|_| seen.reported);
        let is_in = |bar: &Bar| since.is_some_and(|since| bar.to >= since && bar.from <= until);
        let bars = history.as_ref().map(|it| it.bars(MOST_BARS)).unwrap_or_default();
        let words = match (&history, since) {
            (None, _) => vec!["Its usage is unknown.".to_owned()],
            (_, None) => Vec::new(),
            (Some(it), Some(since)) => it.exposed(since, until, seen.step).words(seen.step),
        };
        let says = since.map(|since| {
            let days = (until - since).num_days() + 1;
            let days = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
            format!("{days}, from {} to {}", when::day(since), when::day(until))
        });
        Self {
            says,
            axis: axis(&bars),
            exposed: bars.iter().map(is_in).collect(),
            bars: bars.into_iter().map(UseBarView::from).collect(),
            words,
        }
    }
}

fn tasks(incident: &Incident) -> Vec<(String, String)> {
    let done = incident.steps.iter().filter(|step| step.what == Deed::TaskDone);
    let known = |step: &IncidentStep| step.basis.first().map(|says| text::visible(says));
    done.filter_map(|step| Some((step.detail.clone()?, known(step).unwrap_or_default()))).collect()
}

fn entries(incident: &Incident) -> String {
    match incident.steps.last() {
        Some(last) => format!("Journal entries {}–{}", incident.id.number, last.number),
        None => format!("Journal entry {}", incident.id.number),
    }
}

fn pairs(basis: &[String]) -> Vec<(String, String)> {
    let pair = |pair: &[String]| match pair {
        [name, value] => Some((name.clone(), text::visible(value))),
        _ => None,
    };
    basis.chunks(2).filter_map(pair).collect()
}

impl From<IncidentId> for IncidentIdView {
    fn from(id: IncidentId) -> Self {
        Self {
            connection: id.connection.0,
            number: count(id.number.try_into().unwrap_or_default()),
        }
    }
}

impl From<IncidentIdView> for IncidentId {
    fn from(id: IncidentIdView) -> Self {
        Self { connection: ConnectionId(id.connection), number: id.number.into() }
    }
}
