//! The page that follows, as a server names it.

/// The page that follows.
pub struct Next {
    pub page: u32,
    pub limit: u32,
    /// Whether an address with a limit in it would be refused.
    pub limit_refused: bool,
    pub host: String,
    /// The path of the list.
    pub list: String,
}

impl Next {
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
