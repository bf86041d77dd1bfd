//! Activity: the journal in readable form.

mod export;
mod wanted;

pub(crate) mod acts;
pub(crate) mod log_words;
pub(crate) mod server_activity;

use crate::desk::Desk;
use crate::error::Error;
use crate::jobs::activity::acts::Act;
use crate::jobs::activity::wanted::Wanted;
use crate::model::act::ActFilter;
use crate::model::connection::Connection;
use crate::system::threads::blocking;
use crate::when::local_day;

pub use export::ActivitySource;

/// What was done, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// The acts of this page, each with all of its entries.
    pub acts: Vec<Act>,
    /// How many match in total.
    pub total: usize,
    /// The number of entries in total, matching or not.
    pub entries: usize,
    /// For each filter, the number of acts that have the text and match the filter.
    pub counts: [(ActFilter, usize); ActFilter::ALL.len()],
}

/// Which acts to return.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityQuery {
    /// A text that one of the entries must have in the token's name or id, its detail, or who did it; case
    /// ignored. A word such as `2026-11-24` or `2026-11` asks for a day or a month.
    pub text: String,
    /// Only acts that match this filter; `None` for all acts.
    pub only: Option<ActFilter>,
    /// The maximum number to return.
    pub len: usize,
}

impl Desk {
    /// Returns what was done on the connections shown.
    pub async fn activity(&self, query: ActivityQuery) -> Result<Activity, Error> {
        let desk = self.clone();
        blocking(move || desk.activity_now(&query)).await?
    }

    fn activity_now(&self, query: &ActivityQuery) -> Result<Activity, Error> {
        let wanted = Wanted::new(&query.text);
        let mut entries = Vec::new();
        for connection in self.shown_connections() {
            entries.extend(self.inner.journals.of(&connection)?.entries(&connection)?);
        }
        let all = entries.len();
        let mut acts = Act::of(entries);
        acts.retain(|act| wanted.fits(Some(local_day(act.at())), |text| act.holds(text)));
        let counts = ActFilter::ALL
            .map(|filter| (filter, acts.iter().filter(|act| filter.fits(act)).count()));
        acts.retain(|act| query.only.is_none_or(|only| only.fits(act)));
        acts.sort_by_key(|act| std::cmp::Reverse((act.at(), act.id.number)));
        let total = acts.len();
        acts.truncate(query.len);
        Ok(Activity { acts, total, entries: all, counts })
    }

    pub(crate) fn shown_connections(&self) -> Vec<Connection> {
        self.state().shown_connections().map(|held| held.connection.clone()).collect()
    }
}
