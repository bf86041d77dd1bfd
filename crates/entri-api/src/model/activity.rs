//! The server's activity log, as the client returns it.

use crate::model::date::Date;

/// The words in an action or its target that mean an API token (docs/entri-api.md#activity).
const OF_TOKENS: [&str; 4] = ["token", "apikey", "api_key", "api-key"];

/// An entry of the activity log (docs/entri-api.md#activity). Creating and revoking tokens isn't
/// among the documented entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// Its id; an opaque text.
    pub id: String,
    /// The act, as the server names it: `key.created`.
    pub action: String,
    /// When it happened, according to the server.
    pub at: Date,
    /// Who did it: the name, or else the user's id.
    pub who: Option<String>,
    /// The kind of object it was done to, as the server names it.
    pub target_type: Option<String>,
    /// The id of the object it was done to.
    pub target_id: Option<String>,
}

impl LogEntry {
    /// Whether its action or the kind of its target names API tokens.
    #[must_use]
    pub fn is_of_tokens(&self) -> bool {
        let texts = [Some(&self.action), self.target_type.as_ref()];
        texts.into_iter().flatten().any(|text| {
            let text = text.to_lowercase();
            OF_TOKENS.iter().any(|word| text.contains(word))
        })
    }
}
