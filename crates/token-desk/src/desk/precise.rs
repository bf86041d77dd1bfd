//! What last-used dates are worth on the servers of the lists shown.

use crate::desk::status::{ConnectionStatus, Shown, Status};
use crate::model::precision;

impl Status {
    /// What last-used dates are worth on the servers of the lists shown.
    pub(crate) fn precision(&self) -> impl Iterator<Item = String> {
        let several = self.shown == Shown::All && self.connections.len() > 1;
        let told = move |of: &ConnectionStatus| {
            let worth = precision::told(&of.calibration)?;
            let server = if several { &of.connection.appearance.label } else { "this server" };
            Some(format!("Last used on {server}: {worth}"))
        };
        self.shown().filter_map(told)
    }
}
