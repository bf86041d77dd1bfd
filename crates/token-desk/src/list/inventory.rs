//! The tokens of one connection, or of several, as columns: what belongs to each stands at its position.

use std::ops::Range;

use entri_api::TokenId;
use token_audit::ServerTime;

use super::parts::Part;
use crate::model::time::dates::Stamp;
use crate::model::token::{Project, TokenKey};

/// A token's position in the inventory. Valid for that inventory only.
pub type Index = u32;

/// The project of a token that belongs to the organization itself.
pub(super) const ORGANIZATION: u32 = 0;
/// Stands between the two fields of a line of the haystack: the unit separator.
pub(super) const SEPARATOR: u8 = 0x1F;
/// The project name that finds the organization's own tokens.
pub(super) const ORGANIZATION_NAME: &str = "Organization";

/// Who created a token, as far as its record says (docs/entri-api.md#tokens).
pub(super) struct Creator<'a> {
    /// The shown text: the name, or else the address, or else the id.
    pub(super) shown: Option<&'a str>,
    pub(super) name: Option<&'a str>,
    /// The id, or the one text there is.
    pub(super) id: Option<&'a str>,
    pub(super) email: Option<&'a str>,
}

impl<'a> Creator<'a> {
    /// The only text known, which may be an id, an address or a name.
    pub(super) fn text(&self) -> Option<&'a str> {
        self.id.filter(|_| self.name.is_none() && self.email.is_none())
    }
}

/// Every token of one connection, or of several. Never changed, only replaced.
#[derive(Default, Clone, PartialEq, Eq)]
pub struct Inventory {
    pub(super) parts: Vec<Part>,
    /// Names, ids and previews, one after another; the next three fields say where each starts.
    pub(super) text: String,
    pub(super) name_at: Vec<u32>,
    pub(super) id_at: Vec<u32>,
    pub(super) preview_at: Vec<u32>,
    /// Names and ids, lower-cased, a line per token; `line_at` has an end mark.
    pub(super) haystack: Vec<u8>,
    pub(super) line_at: Vec<u32>,
    pub(super) created: Vec<Stamp>,
    pub(super) expires: Vec<Stamp>,
    pub(super) last_used: Vec<Stamp>,
    pub(super) revoked: Vec<bool>,
    /// The tokens that the app itself signs in with, in order.
    pub(super) own: Vec<Index>,
    /// The tokens that are missing from the latest list but may still exist, in order, each with the time
    /// it was last listed.
    pub(super) last_listed: Vec<(Index, ServerTime)>,
    /// Positions in `projects` plus one, or `ORGANIZATION`.
    pub(super) project: Vec<u32>,
    pub(super) scopes: Vec<u32>,
    /// The creator of each token, as a position in `creators`.
    pub(super) creator: Vec<u32>,
    /// The texts that identify each creator, as in `Creator`; the first entry is nobody.
    pub(super) creators: Vec<[u32; 3]>,
    /// Scope lists and what names creators, each text once; the first one is empty.
    pub(super) shared: Vec<Box<str>>,
    pub(super) projects: Vec<Project>,
    /// How many tokens have a date that cannot be read.
    pub(super) unreadable: u32,
    /// How many tokens there was no room for.
    pub(super) left_out: usize,
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

    /// The token's id on its server.
    #[must_use]
    pub fn id(&self, index: Index) -> TokenId<&str> {
        let at = index as usize;
        TokenId(&self.text[self.id_at[at] as usize..self.preview_at[at] as usize])
    }

    /// What the server shows of the token's value; empty if it shows nothing.
    pub(super) fn preview(&self, index: Index) -> &str {
        let at = index as usize;
        let end = self.name_at.get(at + 1).map_or(self.text.len(), |&end| end as usize);
        &self.text[self.preview_at[at] as usize..end]
    }

    /// The token's connection and id.
    #[must_use]
    pub fn key(&self, index: Index) -> TokenKey {
        TokenKey { connection: self.connection(index), id: self.id(index).into_owned() }
    }

    /// The project the token belongs to; `None` for the organization's own.
    #[must_use]
    pub fn project(&self, index: Index) -> Option<&Project> {
        let at = self.project[index as usize];
        (at != ORGANIZATION).then(|| &self.projects[at as usize - 1])
    }

    /// The texts that identify each creator, by its number: the one shown, the id and the email
    /// address.
    pub(crate) fn creators(&self) -> impl Iterator<Item = (u32, [Option<&str>; 3])> {
        (0..).zip(self.creators.iter().map(|texts| texts.map(|text| self.optional(text))))
    }

    pub(crate) fn creator_number(&self, index: Index) -> u32 {
        self.creator[index as usize]
    }

    /// The positions of all tokens, in the order of the server.
    #[must_use]
    pub fn indices(&self) -> Range<Index> {
        0..Index::try_from(self.len()).unwrap_or(Index::MAX)
    }

    /// The names that `project` stands for, in order.
    pub(super) fn project_names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(ORGANIZATION_NAME).chain(self.projects.iter().map(|it| &*it.name))
    }

    pub(super) fn optional(&self, shared: u32) -> Option<&str> {
        Some(&*self.shared[shared as usize]).filter(|text| !text.is_empty())
    }
}
