//! Questions about rotations.

use super::Question;

impl Question {
    /// Before the new token of a rotation is created.
    #[must_use]
    pub fn rotate(name: &str) -> Self {
        let text = "The old token stays active. The new value stays in the app until you copy or deliver it.";
        Self::new("Create this replacement?", text, "Create").about(name)
    }

    /// Before a value goes to the places of a rotation.
    #[must_use]
    pub fn deliver(lines: &[String], asks: &[String]) -> Self {
        let text = "Each of them gets the new token’s value. A command gets it through stdin and can do anything you can; a file has nothing else in it afterwards.";
        let asks = match asks {
            [] => String::new(),
            asks => format!(
                " Before and after, this is run without the value, to see when it was last changed: {}",
                asks.join("; ")
            ),
        };
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let text = format!("{text}{asks}");
        Self::new("Deliver to these places?", &text, "Deliver").about_lines(&lines)
    }

    /// Before the app signs in with a new token.
    #[must_use]
    pub fn move_sign_in() -> Self {
        let text = "The app signs in with a new token of this rotation. The old one stays active.";
        Self::new("Sign in with the new token?", text, "Sign in")
    }

    /// Before the app signs in with a new token, which is created first, instead of one that leaked.
    #[must_use]
    pub fn replace_own() -> Self {
        let text = "A new token like this one is created, and the app signs in with it. This one stays active until you revoke it.";
        Self::new("Create a token and sign in with it?", text, "Create and sign in")
    }

    /// Before a place counts as updated.
    #[must_use]
    pub fn mark_done() -> Self {
        let text = "The app can’t check that the new value is there.";
        Self::new("Mark this place as done?", text, "Mark done")
    }

    /// Before a rotation is ended.
    #[must_use]
    pub fn end_rotation() -> Self {
        let text = "Both tokens stay active, and the app no longer follows them.";
        Self::new("End this rotation?", text, "End rotation")
    }
}
