//! Fills an inventory, one token at a time.

use std::sync::Arc;

use entri_api::ProjectId;
use foldhash::{HashMap, HashMapExt};

use super::Members;
use super::inventory::{Inventory, ORGANIZATION, SEPARATOR};
use super::parts::Part;
use crate::folded::{GROWS, folded};
use crate::model::connection::ConnectionId;
use crate::model::token::{Project, TokenRecord};

/// The position of the empty text among the shared ones.
const NO_TEXT: u32 = 0;
/// With this many tokens or projects, or this many bytes of text, a list is full. The app is made
/// for 100,000 tokens, with a few hundred bytes each. Loading a full list beside the previous one
/// took at most 252 MB of memory, and 300 MB are allowed (`tests/faults/floods.rs`).
const MOST_TOKENS: usize = 250_000;
const MOST_PROJECTS: usize = 20_000;
const MOST_BYTES: usize = 48 * 1024 * 1024;
/// The bytes that a shared text, a creator or a project takes besides its letters.
const APART: usize = 48;

/// The sizes of a list at some moment, to return to.
#[derive(Clone, Copy)]
pub struct Mark {
    tokens: usize,
    shared: usize,
    creators: usize,
    projects: usize,
    apart: usize,
}

/// Adds tokens to a list as they arrive.
pub struct Builder {
    list: Inventory,
    shared: HashMap<Box<str>, u32>,
    creators: HashMap<[u32; 3], u32>,
    project_at: HashMap<String, u32>,
    /// The bytes that the shared texts, the creators and the projects take.
    apart: usize,
    /// The highest position that a column can have.
    pub(super) last: u32,
}

impl Builder {
    /// An empty list of one connection with these projects.
    #[must_use]
    pub fn new(connection: ConnectionId, projects: &[Project]) -> Self {
        let mut builder = Self {
            list: Inventory { line_at: vec![0], ..Inventory::default() },
            shared: HashMap::new(),
            creators: HashMap::new(),
            project_at: HashMap::new(),
            apart: 0,
            last: u32::MAX,
        };
        builder.list.shared.push("".into());
        builder.creator([NO_TEXT; 3]);
        builder.begin(connection, projects);
        builder
    }

    /// An empty list with the projects and members of this one, which belongs to one connection.
    #[must_use]
    pub fn like(list: &Inventory) -> Self {
        let connection = list.parts.last().map(|part| part.connection).unwrap_or_default();
        let mut builder = Self::new(connection, &list.projects);
        builder.set_members(list.members());
        builder
    }

    /// Combines several lists, one after the other.
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

    /// Starts the part of a connection: tokens added from here on belong to it.
    fn begin(&mut self, connection: ConnectionId, projects: &[Project]) {
        let before = self.list.projects.len();
        let from = offset(self.list.len());
        let members = Arc::default();
        self.list.parts.push(Part { connection, from, members, last_used_reported: false });
        self.list.projects.extend_from_slice(projects);
        let at = self.list.projects.iter().zip(1..).skip(before);
        self.project_at = at.map(|(project, at)| (project.id.0.clone(), at)).collect();
    }

    /// Sets the members of the connection's organization.
    pub fn set_members(&mut self, members: Arc<Members>) {
        self.list.set_members(members);
    }

    /// Whether it is as large as a list may be, so that loading ends.
    #[must_use]
    pub fn is_full(&self) -> bool {
        let list = &self.list;
        list.len() >= MOST_TOKENS
            || list.projects.len() >= MOST_PROJECTS
            || list.text.len() + list.haystack.len() + self.apart >= MOST_BYTES
    }

    /// Adds one token. The caller makes sure that no id occurs twice in one connection.
    ///
    /// A token whose texts no longer fit into the columns is left out and counted, see
    /// [`Inventory::left_out`]; that takes the lists of eighty servers, each as full as a list can
    /// be.
    pub fn push(&mut self, token: &TokenRecord<'_>) {
        if !self.fits(token) {
            self.list.left_out += 1;
            return;
        }
        let project = token.project_id.map_or(ORGANIZATION, |id| self.project(id));
        let scopes = self.share(token.scopes);
        let creator = [token.created_by, token.creator_id, token.creator_email]
            .map(|text| self.share(text.unwrap_or_default()));
        let creator = self.creator(creator);
        let list = &mut self.list;
        let at = offset(list.len());
        list.name_at.push(offset(list.text.len()));
        list.text.push_str(token.name);
        list.id_at.push(offset(list.text.len()));
        list.text.push_str(token.id.0);
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
        list.project.push(project);
        list.scopes.push(scopes);
        list.creator.push(creator);
        self.push_line(token);
    }

    /// Whether the columns have room for a token, however much its text grows when it is folded for
    /// the search. A token adds at most four shared texts.
    fn fits(&self, token: &TokenRecord<'_>) -> bool {
        let list = &self.list;
        let texts = [token.name, token.id.0, token.preview.unwrap_or_default()];
        let longest =
            texts.iter().fold(4, |sum: usize, text| sum.saturating_add(GROWS * text.len()));
        let columns = [list.text.len(), list.haystack.len(), list.shared.len(), list.len()];
        columns.iter().all(|length| length.saturating_add(longest) <= self.last as usize)
    }

    /// The current sizes, to return to with [`Self::back_to`].
    #[must_use]
    pub fn mark(&self) -> Mark {
        let list = &self.list;
        Mark {
            tokens: list.len(),
            shared: list.shared.len(),
            creators: list.creators.len(),
            projects: list.projects.len(),
            apart: self.apart,
        }
    }

    /// Removes everything added since the mark, and reports the id of each token that is removed.
    pub fn back_to(&mut self, mark: Mark, forgotten: impl FnMut(&str)) {
        self.truncate(mark.tokens, forgotten);
        self.list.shared.truncate(mark.shared);
        self.list.creators.truncate(mark.creators);
        self.list.projects.truncate(mark.projects);
        self.shared.retain(|_, at| (*at as usize) < mark.shared);
        self.creators.retain(|_, at| (*at as usize) < mark.creators);
        // Projects are counted from 1: 0 is the organization's.
        self.project_at.retain(|_, at| *at as usize <= mark.projects);
        self.apart = mark.apart;
    }

    fn truncate(&mut self, length: usize, mut forgotten: impl FnMut(&str)) {
        let list = &mut self.list;
        list.indices().skip(length).for_each(|index| forgotten(list.id(index).0));
        let start = |column: &[u32], end: usize| column.get(length).map_or(end, |&at| at as usize);
        list.text.truncate(start(&list.name_at, list.text.len()));
        list.haystack.truncate(start(&list.line_at, list.haystack.len()));
        for column in [&mut list.name_at, &mut list.id_at, &mut list.preview_at] {
            column.truncate(length);
        }
        for column in [&mut list.project, &mut list.scopes, &mut list.creator] {
            column.truncate(length);
        }
        for column in [&mut list.created, &mut list.expires, &mut list.last_used] {
            column.truncate(length);
        }
        list.revoked.truncate(length);
        // This column has one more entry, which marks the end of the last line.
        list.line_at.truncate(length + 1);
        list.own.retain(|&index| (index as usize) < length);
        list.last_listed.retain(|&(index, _)| (index as usize) < length);
    }

    /// Ends the list: counts unreadable dates and frees spare memory.
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

    /// A separator between name and id keeps a search from matching across them.
    fn push_line(&mut self, token: &TokenRecord<'_>) {
        let list = &mut self.list;
        push_folded(&mut list.haystack, token.name);
        list.haystack.push(SEPARATOR);
        push_folded(&mut list.haystack, token.id.0);
        list.line_at.push(offset(list.haystack.len()));
    }

    /// A project that the list of projects lacks is added, with its id as its name.
    fn project(&mut self, id: ProjectId<&str>) -> u32 {
        if let Some(&at) = self.project_at.get(id.0) {
            return at;
        }
        self.list.projects.push(Project {
            id: id.into_owned(),
            name: id.0.to_owned(),
            archived: false,
        });
        let at = offset(self.list.projects.len());
        self.project_at.insert(id.0.to_owned(), at);
        self.apart += APART + 3 * id.0.len();
        at
    }

    fn creator(&mut self, texts: [u32; 3]) -> u32 {
        *self.creators.entry(texts).or_insert_with(|| {
            self.apart += APART;
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
        self.apart += 2 * (APART + text.len());
        at
    }
}

/// A position in a column. No column is longer than its positions can express: see
/// [`Builder::push`].
pub(super) fn offset(length: usize) -> u32 {
    u32::try_from(length).expect("the list has room for it")
}

/// Nearly all names are ASCII, and need no intermediate text.
pub(super) fn push_folded(target: &mut Vec<u8>, text: &str) {
    if text.is_ascii() {
        target.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
    } else {
        target.extend(folded(text).into_bytes());
    }
}
