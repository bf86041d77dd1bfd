//! What a server's last-used dates are worth, from the app's own row in its lists.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use token_audit::calibration::Calibration;

use super::no_history;
use crate::desk::Desk;
use crate::desk::connection_state::ConnectionState;
use crate::error::Error;
use crate::list::Inventory;
use crate::model::connection::{Connection, Method};
use crate::storage::history::kept_whole_since;

impl Desk {
    /// What the history says about the last-used dates of a connection's server. A session has no row.
    fn calibrated(
        &self,
        connection: &Connection,
        list: &Inventory,
        now: DateTime<Utc>,
    ) -> Result<Calibration, Error> {
        if connection.method != Method::ApiToken {
            return Ok(Calibration::UNKNOWN);
        }
        let book = self.history_of(connection)?;
        let sightings = book.own_sightings(connection, kept_whole_since(now));
        let sightings = sightings.map_err(|error| no_history(&error))?;
        Ok(Calibration::of(&sightings, list.uses()))
    }

    /// Does so for every connection, as far as its history can be read.
    pub(crate) fn calibrate(&self, now: DateTime<Utc>) {
        let connections: Vec<_> = {
            let state = self.state();
            let of = |held: &ConnectionState| {
                (held.connection.clone(), held.epoch, Arc::clone(&held.list))
            };
            state.connections.iter().map(of).collect()
        };
        for (connection, epoch, list) in connections {
            self.calibrate_one(epoch, &connection, &list, now);
        }
    }

    /// Does so for one connection.
    pub(crate) fn calibrate_one(
        &self,
        epoch: u32,
        connection: &Connection,
        list: &Inventory,
        now: DateTime<Utc>,
    ) {
        match self.calibrated(connection, list, now) {
            Ok(calibration) => self.keep_calibration(epoch, calibration, now),
            Err(error) => tracing::warn!(%error, "the precision of last uses isn't known"),
        }
    }
}
