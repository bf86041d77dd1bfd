//! The connections whose tokens an inventory holds, one after another.

use std::ops::Range;
use std::sync::Arc;

use token_audit::ServerTime;

use super::inventory::{Index, Inventory};
use super::members::Members;
use crate::model::connection::ConnectionId;
use crate::model::time::clocks::Clocks;

/// Where the tokens of a connection begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) connection: ConnectionId,
    pub(super) from: Index,
    pub(super) members: Arc<Members>,
    /// Whether the server reported a last use for any of them (docs/entri-api.md#tokens).
    pub(super) last_used_reported: bool,
}

impl Inventory {
    /// The members of the tokens' organization; if there are several, of the last one.
    #[must_use]
    pub fn members(&self) -> Arc<Members> {
        self.parts.last().map(|part| Arc::clone(&part.members)).unwrap_or_default()
    }

    /// Compares the creators of a list of one connection with these members.
    pub(crate) fn set_members(&mut self, members: Arc<Members>) {
        if let Some(part) = self.parts.last_mut() {
            part.members = members;
        }
    }

    /// Whether the server reported a last use for any token (docs/entri-api.md#tokens).
    #[must_use]
    pub fn last_used_reported(&self) -> bool {
        self.parts.iter().any(|part| part.last_used_reported)
    }

    /// The connection a token belongs to.
    #[must_use]
    pub fn connection(&self, index: Index) -> ConnectionId {
        self.part(index).connection
    }

    /// Each connection with the positions of its tokens: what holds for all of them is looked up once.
    pub(super) fn parts(&self) -> impl Iterator<Item = (ConnectionId, Range<Index>)> {
        let ends = self.parts.iter().skip(1).map(|part| part.from).chain([self.indices().end]);
        self.parts.iter().zip(ends).map(|(part, end)| (part.connection, part.from..end))
    }

    /// The time that the tokens of each part are judged by.
    pub(super) fn times(&self, clocks: &Clocks) -> Vec<ServerTime> {
        self.parts.iter().map(|part| clocks.of(part.connection)).collect()
    }

    pub(super) fn part(&self, index: Index) -> &Part {
        &self.parts[self.part_at(index)]
    }

    /// The last part that begins at or before the token; every list begins with a part at 0.
    pub(super) fn part_at(&self, index: Index) -> usize {
        self.parts.partition_point(|part| part.from <= index).max(1) - 1
    }
}
