//! The page that follows, as a server names it.

use crate::asked::Asked;
use crate::shared::Shared;

/// The page that follows.
pub struct Next {
    pub(super) page: u32,
    limit: u32,
    /// Whether an address with a limit in it would be refused.
    limit_refused: bool,
    host: String,
    /// The path of the list.
    pub(super) list: String,
}

impl Next {
    pub(crate) fn new(shared: &Shared, asked: &Asked, page: u32, limit: u32) -> Self {
        let limit_refused = shared.variant().odd.pages.limit_refused;
        Self { page, limit, limit_refused, host: shared.base_url.clone(), list: asked.path.clone() }
    }

    pub(super) fn path(&self) -> String {
        let limit =
            if self.limit_refused { String::new() } else { format!("&limit={}", self.limit) };
        format!("{}?page={}{limit}", self.list, self.page)
    }

    pub(super) fn url(&self) -> String {
        format!("{}{}", self.host, self.path())
    }

    /// With signs that an address cannot hold as they are.
    pub(super) fn cursor(&self) -> String {
        format!("p{}+{}/==", self.page, self.limit)
    }
}
