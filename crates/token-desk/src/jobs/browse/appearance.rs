//! The label, environment and color of connections, and their order.

use chrono::{DateTime, Utc};

use crate::desk::Desk;
use crate::error::Error;
use crate::model::connection::{Appearance, ConnectionId};
use crate::system::threads::blocking;
use crate::text;

impl Desk {
    /// Changes what a connection is called and marked with. Tokens are compared across environments,
    /// so with another one they are judged again.
    pub async fn change_appearance(
        &self,
        id: ConnectionId,
        mut appearance: Appearance,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        appearance.label = String::from(appearance.label.trim());
        if appearance.label.is_empty() {
            return Err(Error::Form("Enter a name for the connection.".to_owned()));
        }
        appearance.color %= Appearance::COLORS;
        // A connection that is removed meanwhile must not be written to disk again.
        let _alone = self.inner.changing.lock().await;
        let (connection, moved) = {
            let mut state = self.state();
            let held = state.connection_mut(id).ok_or(Error::NotConnected)?;
            // The page shows hidden characters by their numbers, and gives an unchanged label back so.
            if appearance.label == text::visible(&held.connection.appearance.label) {
                appearance.label.clone_from(&held.connection.appearance.label);
            }
            let moved = held.connection.appearance.environment != appearance.environment;
            held.connection.appearance = appearance;
            let connection = held.connection.clone();
            if moved {
                state.list_anew();
            }
            self.listed().rename(state.labels());
            (connection, moved)
        };
        let desk = self.clone();
        blocking(move || {
            if moved {
                desk.list_anew(now);
            }
            if connection.sandbox { Ok(()) } else { desk.inner.store.remember(&connection) }
        })
        .await??;
        self.tell();
        Ok(())
    }

    /// Moves a connection to another place in the order, counted from 0.
    pub async fn move_connection(&self, id: ConnectionId, position: usize) -> Result<(), Error> {
        let order: Vec<_> = {
            let mut state = self.state();
            let connections = &mut state.connections;
            let from = connections.iter().position(|held| held.connection.id == id);
            let held = connections.remove(from.ok_or(Error::NotConnected)?);
            let position = position.min(connections.len());
            connections.insert(position, held);
            connections.iter().map(|held| held.connection.id).collect()
        };
        let desk = self.clone();
        blocking(move || desk.inner.store.arrange(&order)).await??;
        self.tell();
        Ok(())
    }
}
