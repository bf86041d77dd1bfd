//! What was done to a connection's tokens in this app, before the server's next list shows it.
//!
//! Loading a list takes time: a token created, revoked or read again meanwhile may be on a page that was read
//! before. So each edit has a number, a load knows the number it started at, and later edits are applied to its
//! result.

use std::collections::HashMap;

use entri_api::{ProjectId, Token, TokenId};

use crate::list::{Builder, Inventory};
use crate::model::token::own_uses::OwnUses;
use crate::model::token::{TokenRecord, record};
use crate::once::once;

/// The number of a connection's edits at some moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(u64);

/// Something learned about one token outside of a list.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    /// The server returned its record: it was created or read again.
    Read {
        token: Box<Token>,
        /// The project whose list it belongs to; `None` for the organization's own.
        project_id: Option<ProjectId>,
    },
    /// It no longer works: the id of a token that was revoked or gone.
    Gone(TokenId),
}

/// The edits of a connection that may not be in any list yet.
#[derive(Default)]
pub(crate) struct Edits {
    version: Version,
    log: Vec<(Version, Edit)>,
}

impl Edits {
    /// The version of a list that has every edit so far.
    pub(crate) fn version(&self) -> Version {
        self.version
    }

    /// Adds edits; returns the version before them.
    pub(crate) fn push(&mut self, edits: impl IntoIterator<Item = Edit>) -> Version {
        let before = self.version;
        for edit in edits {
            self.version = Version(self.version.0 + 1);
            self.log.push((self.version, edit));
        }
        before
    }

    /// The edits since that version, in order.
    pub(crate) fn since(&self, began: Version) -> Vec<Edit> {
        let later = self.log.iter().filter(|(version, _)| *version > began);
        later.map(|(_, edit)| edit.clone()).collect()
    }

    /// A list was stored whose load started at that version, so earlier edits are no longer needed.
    pub(crate) fn settle(&mut self, began: Version) {
        self.log.retain(|(version, _)| *version > began);
    }
}

impl Edit {
    fn id(&self) -> TokenId<&str> {
        match self {
            Self::Read { token, .. } => token.id.borrowed(),
            Self::Gone(id) => id.borrowed(),
        }
    }
}

/// The list of one connection with these edits applied, in order, and without the app's own uses.
pub(crate) fn applied(list: &Inventory, edits: &[Edit], own_uses: &OwnUses) -> Inventory {
    let latest: HashMap<_, _> = edits.iter().map(|edit| (edit.id(), edit)).collect();
    let mut new = latest.clone();
    let mut builder = Builder::like(list);
    for token in list.records() {
        new.remove(&token.id);
        match latest.get(&token.id) {
            // A server may keep listing a token that it flags as revoked.
            Some(Edit::Gone(_)) if !token.revoked => {}
            Some(Edit::Gone(_)) | None => builder.push(&token),
            Some(Edit::Read { token: fresh, .. }) => push(&mut builder, fresh, |fresh| {
                let TokenRecord { project_id, own, .. } = token;
                let fresh = TokenRecord { project_id, own, ..fresh };
                // Lists name a creator more fully than a single answer may.
                match token.created_by {
                    None => fresh,
                    created_by => TokenRecord {
                        created_by,
                        creator_id: token.creator_id,
                        creator_email: token.creator_email,
                        ..fresh
                    },
                }
            }),
        }
    }
    for edit in edits {
        if let Some(Edit::Read { token, project_id }) = new.remove(&edit.id()) {
            push(&mut builder, token, |fresh| TokenRecord {
                project_id: project_id.as_ref().map(ProjectId::borrowed),
                ..fresh
            });
        }
    }
    let mut list = builder.finish();
    list.leave_out(own_uses);
    list
}

fn push<'a>(
    builder: &mut Builder,
    token: &'a Token,
    placed: impl FnOnce(TokenRecord<'a>) -> TokenRecord<'a>,
) {
    let scopes = once(token.scopes.iter().map(String::as_str), |scope| *scope).join(" ");
    let record = placed(record(token));
    builder.push(&TokenRecord { scopes: &scopes, ..record });
}
