//! How connections are told apart, and the order they stand in.

use crate::connection::{ConnectionId, Look};
use crate::desk::Desk;
use crate::error::Error;

impl Desk {
    /// Changes what a connection is called and marked with.
    pub fn change_look(&self, id: ConnectionId, mut look: Look) -> Result<(), Error> {
        look.label = String::from(look.label.trim());
        if look.label.is_empty() {
            return Err(Error::Form("Give the connection a name.".to_owned()));
        }
        look.colour %= Look::COLOURS;
        let connection = {
            let mut state = self.state();
            let line = state.line_mut(id).ok_or(Error::NotConnected)?;
            line.connection.look = look;
            line.connection.clone()
        };
        if !connection.sandbox {
            self.inner.store.remember(&connection)?;
        }
        self.tell();
        Ok(())
    }

    /// Moves a connection to another place in the order, counted from 0.
    pub fn move_connection(&self, id: ConnectionId, position: usize) -> Result<(), Error> {
        let order: Vec<_> = {
            let mut state = self.state();
            let lines = &mut state.lines;
            let from = lines.iter().position(|line| line.connection.id == id);
            let line = lines.remove(from.ok_or(Error::NotConnected)?);
            let position = position.min(lines.len());
            lines.insert(position, line);
            lines.iter().map(|line| line.connection.id).collect()
        };
        self.inner.store.arrange(&order)?;
        self.tell();
        Ok(())
    }
}
