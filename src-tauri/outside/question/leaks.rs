//! Questions about values that were found, and about looking for them.

use super::Question;

impl Question {
    /// For a text that was found, and holds a value.
    #[must_use]
    pub fn found() -> Self {
        Self::new(
            "Paste what you found",
            "A token’s value (entri_…), or any text with values in it. Nothing is sent, and the text isn’t kept.",
            "Find its token",
        )
    }

    /// For a text that is searched for values.
    #[must_use]
    pub fn scan_text() -> Self {
        let text = "Values in it are found and matched with your tokens. Nothing is sent, and the text isn’t kept.";
        Self::new("Paste a text to search", text, "Search")
    }

    /// Before a folder is searched.
    #[must_use]
    pub fn scan(path: &str) -> Self {
        let text =
            "All files in it are read, and the history of its repositories. Nothing is sent.";
        Self::new("Scan this folder?", text, "Scan").about(path)
    }

    /// Before the usual places are searched.
    #[must_use]
    pub fn scan_usual_places() -> Self {
        let text = "Hidden files in your home folder are read, such as shell histories and settings of tools. Nothing is sent.";
        Self::new("Scan common places on this computer?", text, "Scan")
    }

    /// Before a place is not listed any longer.
    #[must_use]
    pub fn belongs() -> Self {
        let text = "This place isn’t listed any longer, and a token that is nowhere else doesn’t count as leaked.";
        Self::new("Does the value belong here?", text, "It belongs here")
    }

    /// Before an incident is begun for a token that was found.
    #[must_use]
    pub fn incident() -> Self {
        let text = "It is recorded in the journal. Nothing is revoked yet.";
        Self::new("Open an incident for this token?", text, "Open incident")
    }

    /// Before a server is asked with a value that was found.
    #[must_use]
    pub fn test_found() -> Self {
        let text = "The value you found is sent to this connection’s own server, once.";
        Self::new("Test the value?", text, "Test")
    }

    /// Before somebody says whose value was found.
    #[must_use]
    pub fn choose_found(id: &str) -> Self {
        let text = "The incident goes on about this token. Nothing is revoked yet.";
        Self::new("Is it this token’s value?", text, "Yes, this token").about(id)
    }

    /// Before a value that was found is wiped.
    #[must_use]
    pub fn forget_found() -> Self {
        let text = "The value is wiped. To test it again, you’d have to paste it again.";
        Self::new("Forget the value?", text, "Forget")
    }

    /// Before the message about an incident is copied.
    #[must_use]
    pub fn copy_message() -> Self {
        let text = "A message for the token’s owner goes to the clipboard, without the value.";
        Self::new("Copy the message?", text, "Copy")
    }

    /// Before an incident is closed.
    #[must_use]
    pub fn close_incident() -> Self {
        let text = "Its record stays in the journal. The value you found is wiped.";
        Self::new("Close the incident?", text, "Close")
    }
}
