//! Fills an inventory, a token at a time.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::{Inventory, Members, ORGANIZATION, Part, Project, SEPARATOR, TokenRecord};
use crate::connection::ConnectionId;

/// Where the empty text stands among the shared ones.
const NO_TEXT: u32 = 0;

/// Takes tokens in as they arrive.
pub struct Builder {
    list: Inventory,
    shared: HashMap<Box<str>, u32>,
    creators: HashMap<[u32; 3], u32>,
    places: HashMap<String, u32>,
}

impl Builder {
    /// An empty list of one connection, over these projects.
    #[must_use]
    pub fn new(connection: ConnectionId, projects: &[Project]) -> Self {
        let mut builder = Self {
            list: Inventory { line_at: vec![0], ..Inventory::default() },
            shared: HashMap::new(),
            creators: HashMap::new(),
            places: HashMap::new(),
        };
        builder.list.shared.push("".into());
        builder.creator([NO_TEXT; 3]);
        builder.begin(connection, projects);
        builder
    }

    /// An empty list over the projects and the members of this list of one connection.
    #[must_use]
    pub fn like(list: &Inventory) -> Self {
        let connection = list.parts.last().map(|part| part.connection).unwrap_or_default();
        let mut builder = Self::new(connection, &list.projects);
        builder.set_members(list.members());
        builder
    }

    /// Every token of several lists, one list after the other.
    #[must_use]
    pub fn merged(lists: &[(ConnectionId, Arc<Inventory>)]) -> Inventory {
        let [(connection, first), others @ ..] = lists else { return Inventory::default() };
        let mut builder = Self::new(*connection, first.projects());
        builder.set_members(first.members());
        first.records().for_each(|token| builder.push(&token));
        for (connection, list) in others {
            builder.begin(*connection, list.projects());
            builder.set_members(list.members());
            list.records().for_each(|token| builder.push(&token));
        }
        builder.finish()
    }

    /// From here on tokens belong to this connection.
    fn begin(&mut self, connection: ConnectionId, projects: &[Project]) {
        let before = self.list.projects.len();
        let from = offset(self.list.len());
        let members = Arc::default();
        self.list.parts.push(Part { connection, from, members, last_used_reported: false });
        self.list.projects.extend_from_slice(projects);
        let places = self.list.projects.iter().zip(1..).skip(before);
        self.places = places.map(|(project, place)| (project.id.clone(), place)).collect();
    }

    /// Whom the organization of the connection has as members.
    pub fn set_members(&mut self, members: Arc<Members>) {
        self.list.set_members(members);
    }

    /// Adds one token. The caller sees to it that no id comes twice in one connection.
    pub fn push(&mut self, token: &TokenRecord<'_>) {
        let place = token.project_id.map_or(ORGANIZATION, |id| self.place(id));
        let scopes = self.share(token.scopes);
        let creator = [token.created_by, token.creator_id, token.creator_email]
            .map(|text| self.share(text.unwrap_or_default()));
        let creator = self.creator(creator);
        let list = &mut self.list;
        let at = offset(list.len());
        list.name_at.push(offset(list.text.len()));
        list.text.push_str(token.name);
        list.id_at.push(offset(list.text.len()));
        list.text.push_str(token.id);
        list.preview_at.push(offset(list.text.len()));
        list.text.push_str(token.preview.unwrap_or_default());
        list.created.push(token.created.into());
        list.expires.push(token.expires.into());
        list.last_used.push(token.last_used.into());
        if let Some(part) = list.parts.last_mut() {
            part.last_used_reported |= token.last_used_reported;
        }
        list.revoked.push(token.revoked);
        if token.own {
            list.own.push(at);
        }
        list.last_listed.extend(token.last_listed.map(|time| (at, time)));
        list.place.push(place);
        list.scopes.push(scopes);
        list.creator.push(creator);
        self.push_line(token);
    }

    /// How many tokens there are so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Takes the tokens from `length` on out again, and names the id of each.
    pub fn truncate(&mut self, length: usize, mut forgotten: impl FnMut(&str)) {
        let list = &mut self.list;
        list.indices().skip(length).for_each(|index| forgotten(list.id(index)));
        let start = |column: &[u32], end: usize| column.get(length).map_or(end, |&at| at as usize);
        list.text.truncate(start(&list.name_at, list.text.len()));
        list.haystack.truncate(start(&list.line_at, list.haystack.len()));
        for column in [&mut list.name_at, &mut list.id_at, &mut list.preview_at] {
            column.truncate(length);
        }
        for column in [&mut list.place, &mut list.scopes, &mut list.creator] {
            column.truncate(length);
        }
        for column in [&mut list.created, &mut list.expires, &mut list.last_used] {
            column.truncate(length);
        }
        list.revoked.truncate(length);
        // It has an end mark.
        list.line_at.truncate(length + 1);
        list.own.retain(|&index| (index as usize) < length);
        list.last_listed.retain(|&(index, _)| (index as usize) < length);
    }

    /// The finished list.
    #[must_use]
    pub fn finish(mut self) -> Inventory {
        let list = &mut self.list;
        let unreadable = list.indices().filter(|&index| list.is_unreadable(index));
        list.unreadable = offset(unreadable.count());
        list.shared.shrink_to_fit();
        list.text.shrink_to_fit();
        list.haystack.shrink_to_fit();
        self.list
    }

    /// A separator stands between the two, so that no search matches across them.
    fn push_line(&mut self, token: &TokenRecord<'_>) {
        let list = &mut self.list;
        push_lowercase(&mut list.haystack, token.name);
        list.haystack.push(SEPARATOR);
        push_lowercase(&mut list.haystack, token.id);
        list.line_at.push(offset(list.haystack.len()));
    }

    /// A project the list of projects does not name still has a place: its id stands for its name.
    fn place(&mut self, id: &str) -> u32 {
        if let Some(&place) = self.places.get(id) {
            return place;
        }
        self.list.projects.push(Project {
            id: id.to_owned(),
            name: id.to_owned(),
            archived: false,
        });
        let place = offset(self.list.projects.len());
        self.places.insert(id.to_owned(), place);
        place
    }

    fn creator(&mut self, texts: [u32; 3]) -> u32 {
        *self.creators.entry(texts).or_insert_with(|| {
            self.list.creators.push(texts);
            offset(self.list.creators.len() - 1)
        })
    }

    fn share(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return NO_TEXT;
        }
        if let Some(&at) = self.shared.get(text) {
            return at;
        }
        let at = offset(self.list.shared.len());
        self.list.shared.push(text.into());
        self.shared.insert(text.into(), at);
        at
    }
}

/// The list is bounded by what a server sends in 10,000 pages, far below 4 GiB.
pub(super) fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

pub(super) fn push_lowercase(target: &mut Vec<u8>, text: &str) {
    if text.is_ascii() {
        target.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
    } else {
        target.extend(text.to_lowercase().into_bytes());
    }
}
