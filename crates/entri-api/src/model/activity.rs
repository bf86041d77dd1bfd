//! The server's activity log, as the client gives it out.

use crate::model::date::Date;

/// The words in an action or its target that mean an API token (docs/entri-api.md#activity).
const OF_TOKENS: [&str; 4] = ["token", "apikey", "api_key", "api-key"];

/// An entry of the activity log (docs/entri-api.md#activity). As documented, the log says nothing of
/// tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// Its id; an opaque text.
    pub id: String,
    /// The act, as the server names it: `key.created`.
    pub action: String,
    /// When.
    pub at: Date,
    /// Who did it: the name, else the id.
    pub who: Option<String>,
    /// The kind of what it was done to.
    pub target_type: Option<String>,
    /// The id of what it was done to.
    pub target_id: Option<String>,
}

impl LogEntry {
    /// Whether it is about an API token, by its action or its target.
    #[must_use]
    pub fn is_of_tokens(&self) -> bool {
        let texts = [Some(&self.action), self.target_type.as_ref()];
        texts.into_iter().flatten().any(|text| {
            let text = text.to_lowercase();
            OF_TOKENS.iter().any(|word| text.contains(word))
        })
    }
}
