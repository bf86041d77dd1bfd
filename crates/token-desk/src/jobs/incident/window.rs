//! For how long a value was exposed, and what was seen of its token.

use chrono::{DateTime, NaiveDate, Utc};

use crate::desk::Desk;
use crate::jobs::history::TokenHistory;
use crate::model::token::incident::Incident;

/// For how long a value was exposed, and what was seen of its token.
#[derive(Debug, Clone)]
pub struct Window {
    /// The day since which it is known to have been exposed; `None` if nobody said so with a date.
    pub since: Option<NaiveDate>,
    /// The day of the revoke, or today.
    pub until: NaiveDate,
    /// The recorded usage of its token.
    pub seen: TokenHistory,
}

impl Desk {
    /// For how long the value of an incident was exposed; `None` until it is named, or if the history can't be read.
    pub async fn exposure_window(&self, incident: &Incident, now: DateTime<Utc>) -> Option<Window> {
        let (key, ..) = incident.named()?;
        let seen = self.seen(key, now).await.inspect_err(|error| {
            tracing::info!(%error, "what was seen of a leaked token isn’t known");
        });
        let until = incident.over_at().unwrap_or(now).date_naive();
        let since = incident.exposed_since().filter(|since| *since <= until);
        Some(Window { since, until, seen: seen.ok()? })
    }
}
