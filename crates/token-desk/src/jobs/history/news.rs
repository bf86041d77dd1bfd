//! What others changed since the last visit.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::no_history;
use crate::desk::Desk;
use crate::error::Error;
use crate::model::connection::Connection;
use crate::model::news::News;

impl Desk {
    /// Changes by others since the last visit; what this app created or revoked doesn't count.
    pub(crate) fn news_of(
        &self,
        connection: &Connection,
        now: DateTime<Utc>,
    ) -> Result<Option<News>, Error> {
        let news = self.history_of(connection)?.news(connection);
        let Some(mut news) = news.map_err(|error| no_history(&error))? else { return Ok(None) };
        if let Ok(journal) = self.inner.journals.of(connection) {
            let (made, ended) = (journal.token_ids(connection)?, journal.ended_ids(connection)?);
            Arc::make_mut(&mut news.new).retain(|id| !made.contains(id));
            news.vanished.retain(|token| !ended.contains(&token.id));
        }
        // A part that could not be read before brings old tokens; the server says since when they are.
        let since = news.since + self.clocks(now).ahead(connection.id);
        for token in self.list_of(connection.id)?.records() {
            if token.created.at().is_some_and(|created| created <= since) {
                Arc::make_mut(&mut news.new).remove(token.id.0);
            }
        }
        Ok(Some(news))
    }
}
