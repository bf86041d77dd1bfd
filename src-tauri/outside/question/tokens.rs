//! Questions about tokens.

use token_desk::{BulkRevokePlan, text};

use super::Question;

impl Question {
    /// Before a token is created.
    #[must_use]
    pub fn create(name: &str) -> Self {
        Self::new(
            "Create this token?",
            "Its value stays in the app until you copy or deliver it.",
            "Create",
        )
        .about(name)
    }

    /// Before keeping a token whose value was lost.
    #[must_use]
    pub fn keep() -> Self {
        let text = "It stays active, and you won’t be asked about it again.";
        Self::new("Keep this token?", text, "Keep")
    }

    /// Before a decision about tokens is recorded.
    #[must_use]
    pub fn decide() -> Self {
        let text = "Their current findings are muted until then.";
        Self::new("Keep these tokens for now?", text, "Keep")
    }

    /// Before a token is revoked.
    #[must_use]
    pub fn revoke(id: &str) -> Self {
        let text = "Requests using this token will fail immediately. This can’t be undone.";
        Self::new("Revoke this token?", text, "Revoke").about(id)
    }

    /// Before tokens are revoked together.
    #[must_use]
    pub fn bulk_revoke(plan: &BulkRevokePlan) -> Self {
        let count = plan.tokens.len();
        let (tokens, them) = if count == 1 {
            ("1 token".to_owned(), "it")
        } else {
            (format!("{count} tokens"), "them")
        };
        let lines: Vec<_> = plan.tokens.iter().map(|it| line(&it.key.id.0, &it.name)).collect();
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let (title, yes) = (format!("Revoke {tokens}?"), format!("Revoke {tokens}"));
        let text = format!("Requests using {them} will fail immediately. This can’t be undone.");
        Self::new(&title, &text, &yes).about_lines(&lines)
    }
}

/// The id comes first: a name may end with what looks like another token's id.
fn line(id: &str, name: &str) -> String {
    format!("{id} · {}", text::visible(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_pass_for_another_tokens_id() {
        assert_eq!(line("t-1f4a", "nightly · t-9c02"), "t-1f4a · nightly · t-9c02");
    }
}
