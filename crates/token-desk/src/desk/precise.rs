//! What last-used dates are worth on the servers of the lists shown.

use crate::desk::status::{ConnectionStatus, Shown, Status};
use crate::error::{Code, Problem};
use crate::model::precision;

impl Status {
    /// The notices about servers of the lists shown that have stopped recording uses.
    pub(crate) fn frozen(&self) -> impl Iterator<Item = Problem> {
        let of = |it: &ConnectionStatus| {
            let message = precision::frozen(&it.calibration)?;
            Some(self.named(it, Problem { code: Code::Server, message }))
        };
        self.shown().filter_map(of)
    }

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
