//! The list of tokens as the app holds it: columns instead of records, so that 100,000 tokens take
//! about 20 MB and one search is one pass over one piece of memory.

mod audited;
mod builder;
mod creators;
mod decided;
mod facet;
mod fit;
mod judged;
pub mod language;
mod members;
mod query;
pub(crate) mod saved_view;
mod suggest;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use foldhash::{HashMap, HashMapExt, HashSet};
use token_audit::TokenFacts;

use crate::model::connection::ConnectionId;
use crate::model::time::clocks::Clocks;
use crate::model::time::dates::Stamp;
use crate::model::token::{Project, TokenKey, TokenRecord};
pub use audited::{Audited, Namesakes, subjects};
use builder::offset;
pub use builder::{Builder, Mark};
pub use creators::{Creators, Unchecked};
pub use decided::{Cover, Decided};
pub use facet::{Facet, FacetValue};
pub use judged::{Judged, Labels, Policies};
pub use members::{Members, Reading};
pub use query::{Query, Search, Sort};
pub use suggest::{Completion, Suggestion};

/// A token's position in the inventory. Valid for that inventory only.
pub type Index = u32;

/// The place of a token that belongs to the organization itself.
const ORGANIZATION: u32 = 0;
/// Stands between the two fields of a line of the haystack: the unit separator.
const SEPARATOR: u8 = 0x1F;
/// What such a token is found by.
const ORGANIZATION_NAME: &str = "Organization";

/// Where the tokens of a connection begin.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    connection: ConnectionId,
    from: Index,
    members: Arc<Members>,
    /// Whether the server reported a last use for any of them (docs/entri-api.md#tokens).
    last_used_reported: bool,
}

/// Who created a token, as far as its record says (docs/entri-api.md#tokens).
struct Creator<'a> {
    /// The shown text: the name, or else the address, or else the id.
    shown: Option<&'a str>,
    name: Option<&'a str>,
    /// The id, or the one text there is.
    id: Option<&'a str>,
    email: Option<&'a str>,
}

impl<'a> Creator<'a> {
    /// The only text known, which may be an id, an address or a name.
    fn text(&self) -> Option<&'a str> {
        self.id.filter(|_| self.name.is_none() && self.email.is_none())
    }
}

/// Every token of one connection, or of several. Never changed, only replaced.
#[derive(Default, Clone, PartialEq, Eq)]
pub struct Inventory {
    parts: Vec<Part>,
    /// Names, ids and previews, one after another; the next three fields say where each starts.
    text: String,
    name_at: Vec<u32>,
    id_at: Vec<u32>,
    preview_at: Vec<u32>,
    /// Names and ids, lower-cased, a line per token; `line_at` has an end mark.
    haystack: Vec<u8>,
    line_at: Vec<u32>,
    created: Vec<Stamp>,
    expires: Vec<Stamp>,
    last_used: Vec<Stamp>,
    revoked: Vec<bool>,
    /// The tokens that the app itself signs in with, in order.
    own: Vec<Index>,
    /// The tokens that are missing from the latest list but may still exist, in order, each with the time
    /// it was last listed.
    last_listed: Vec<(Index, DateTime<Utc>)>,
    /// Positions in `projects` plus one, or `ORGANIZATION`.
    place: Vec<u32>,
    scopes: Vec<u32>,
    /// Positions in `creators`.
    creator: Vec<u32>,
    /// What names them, as `Creator`; the first one is nobody.
    creators: Vec<[u32; 3]>,
    /// Scope lists and what names creators, each text once; the first one is empty.
    shared: Vec<Box<str>>,
    projects: Vec<Project>,
    /// How many tokens have a date that cannot be read.
    unreadable: u32,
    /// How many tokens had no room.
    left_out: usize,
}

impl Inventory {
    /// How many tokens there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.created.len()
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.created.is_empty()
    }

    /// The projects the tokens may belong to.
    #[must_use]
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

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

    /// How many tokens had no room in it.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// How many tokens have a date that cannot be read.
    #[must_use]
    pub fn unreadable(&self) -> u32 {
        self.unreadable
    }

    /// The token's name, as the server gave it.
    #[must_use]
    pub fn name(&self, index: Index) -> &str {
        let at = index as usize;
        &self.text[self.name_at[at] as usize..self.id_at[at] as usize]
    }

    /// The token's id.
    #[must_use]
    pub fn id(&self, index: Index) -> &str {
        let at = index as usize;
        &self.text[self.id_at[at] as usize..self.preview_at[at] as usize]
    }

    /// What the server shows of the token's value; empty if it shows nothing.
    fn preview(&self, index: Index) -> &str {
        let at = index as usize;
        let end = self.name_at.get(at + 1).map_or(self.text.len(), |&end| end as usize);
        &self.text[self.preview_at[at] as usize..end]
    }

    /// The connection a token belongs to.
    #[must_use]
    pub fn connection(&self, index: Index) -> ConnectionId {
        self.part(index).connection
    }

    /// Identifies the token.
    #[must_use]
    pub fn key(&self, index: Index) -> TokenKey {
        TokenKey { connection: self.connection(index), id: self.id(index).to_owned() }
    }

    /// Marks the token that the app is signed in with: the only one whose preview fits. If two fit, none is
    /// marked, since either may be somebody else's. Returns whether anything changed.
    pub fn mark_own(&mut self, fits: impl Fn(&str) -> bool) -> bool {
        let own = self.only_one(fits).into_iter().collect();
        let changed = self.own != own;
        self.own = own;
        changed
    }

    /// Whether a token is known to be the one that the app is signed in with.
    pub(crate) fn shows_own(&self) -> bool {
        !self.own.is_empty()
    }

    fn only_one(&self, fits: impl Fn(&str) -> bool) -> Option<Index> {
        let mut own = self.indices().filter(|&index| fits(self.preview(index)));
        let only = own.next()?;
        own.next().is_none().then_some(only)
    }

    /// Where the token stands.
    #[must_use]
    pub fn find(&self, TokenKey { connection, id }: &TokenKey) -> Option<Index> {
        let id = id.as_str();
        let finder = memchr::memmem::Finder::new(id);
        let mut from = 0;
        loop {
            let hit = from + finder.find(self.text.as_bytes().get(from..)?)?;
            // A token's text is its name and then its id, so a hit must fill the id's place exactly.
            let index = self.id_at.binary_search(&u32::try_from(hit).ok()?).ok();
            let index = index.and_then(|index| Index::try_from(index).ok());
            let sought =
                |&index: &Index| self.id(index) == id && self.connection(index) == *connection;
            if let Some(index) = index.filter(sought) {
                return Some(index);
            }
            // The id may begin within this hit, where the name ends in what the id begins with.
            from = hit + 1;
        }
    }

    /// Where the tokens with these ids stand in a list of one connection. It is gone through once, however
    /// many they are.
    pub(crate) fn find_all<'a>(
        &self,
        ids: impl IntoIterator<Item = &'a str>,
    ) -> HashMap<&'a str, Index> {
        let ids: HashSet<_> = ids.into_iter().collect();
        let mut found = HashMap::with_capacity(ids.len());
        for index in self.indices() {
            if let Some(id) = ids.get(self.id(index)) {
                found.entry(*id).or_insert(index);
            }
        }
        found
    }

    /// The project the token belongs to; `None` for the organization's own.
    #[must_use]
    pub fn project(&self, index: Index) -> Option<&Project> {
        let place = self.place[index as usize];
        (place != ORGANIZATION).then(|| &self.projects[place as usize - 1])
    }

    /// The facts the audit rules need; `read` is when the list was loaded, by the server's clock.
    #[must_use]
    pub fn facts(&self, index: Index, read: DateTime<Utc>) -> TokenFacts {
        let at = index as usize;
        TokenFacts {
            created: self.created[at].into(),
            expires: self.expires[at].into(),
            last_used: self.last_used[at].into(),
            last_used_reported: self.part(index).last_used_reported,
            revoked: self.revoked[at],
            own: self.own.binary_search(&index).is_ok(),
            read: self.read(index, read),
        }
    }

    /// When the server listed the token last, in a list that was read at `read`.
    fn read(&self, index: Index, read: DateTime<Utc>) -> DateTime<Utc> {
        self.last_listed(index).unwrap_or(read)
    }

    fn last_listed(&self, index: Index) -> Option<DateTime<Utc>> {
        let at = self.last_listed.binary_search_by_key(&index, |(index, _)| *index).ok()?;
        Some(self.last_listed[at].1)
    }

    /// Whether any of its dates cannot be read.
    fn is_unreadable(&self, index: Index) -> bool {
        let at = index as usize;
        [self.created[at], self.expires[at], self.last_used[at]].contains(&Stamp::UNREADABLE)
    }

    /// Everything known of one token.
    #[must_use]
    pub fn record(&self, index: Index) -> TokenRecord<'_> {
        let at = index as usize;
        let creator = self.creator(self.creator[at]);
        TokenRecord {
            id: self.id(index),
            name: self.name(index),
            project_id: self.project(index).map(|project| project.id.as_str()),
            scopes: self.scopes(index),
            created: self.created[at].into(),
            expires: self.expires[at].into(),
            last_used: self.last_used[at].into(),
            last_used_reported: self.part(index).last_used_reported,
            revoked: self.revoked[at],
            own: self.own.binary_search(&index).is_ok(),
            last_listed: self.last_listed(index),
            preview: Some(self.preview(index)).filter(|preview| !preview.is_empty()),
            created_by: creator.shown,
            creator_id: creator.id,
            creator_email: creator.email,
        }
    }

    fn scopes(&self, index: Index) -> &str {
        &self.shared[self.scopes[index as usize] as usize]
    }

    /// All tokens in the order they came.
    pub fn records(&self) -> impl Iterator<Item = TokenRecord<'_>> {
        self.indices().map(|index| self.record(index))
    }

    /// What names each creator, by its number: what is shown, the id and the address.
    pub(crate) fn creators(&self) -> impl Iterator<Item = (u32, [Option<&str>; 3])> {
        (0..).zip(self.creators.iter().map(|texts| texts.map(|text| self.optional(text))))
    }

    pub(crate) fn creator_number(&self, index: Index) -> u32 {
        self.creator[index as usize]
    }

    /// All positions.
    #[must_use]
    pub fn indices(&self) -> Range<Index> {
        0..Index::try_from(self.len()).unwrap_or(Index::MAX)
    }

    /// The names that `place` stands for, in order.
    fn places(&self) -> impl Iterator<Item = &str> {
        std::iter::once(ORGANIZATION_NAME).chain(self.projects.iter().map(|it| &*it.name))
    }

    fn creator(&self, number: u32) -> Creator<'_> {
        let [shown, id, email] = self.creators[number as usize].map(|text| self.optional(text));
        Creator { shown, name: shown.filter(|_| shown != id && shown != email), id, email }
    }

    /// Each connection with the positions of its tokens: what holds for all of them is looked up once.
    fn parts(&self) -> impl Iterator<Item = (ConnectionId, Range<Index>)> {
        let ends = self.parts.iter().skip(1).map(|part| part.from).chain([self.indices().end]);
        self.parts.iter().zip(ends).map(|(part, end)| (part.connection, part.from..end))
    }

    /// The time that the tokens of each part are judged by.
    fn times(&self, clocks: &Clocks) -> Vec<DateTime<Utc>> {
        self.parts.iter().map(|part| clocks.of(part.connection)).collect()
    }

    fn part(&self, index: Index) -> &Part {
        &self.parts[self.part_at(index)]
    }

    /// The last part that begins at or before the token; every list begins with a part at 0.
    fn part_at(&self, index: Index) -> usize {
        self.parts.partition_point(|part| part.from <= index).max(1) - 1
    }

    fn optional(&self, shared: u32) -> Option<&str> {
        Some(&*self.shared[shared as usize]).filter(|text| !text.is_empty())
    }
}
