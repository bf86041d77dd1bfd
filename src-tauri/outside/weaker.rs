//! What is asked before a setting makes a mistake costlier, and before everything is erased.

use token_desk::Setting;

use super::Question;

impl Question {
    /// Before a setting makes a mistake costlier; `None` for one that doesn't.
    #[must_use]
    pub fn weaker(setting: Setting) -> Option<Self> {
        match setting {
            Setting::ClearClipboard(0) => Some(Self::new(
                "Leave copied values on the clipboard?",
                "Any program can read the clipboard. A token’s value stays there until you copy something else or quit.",
                "Leave them",
            )),
            Setting::Countdown(0) => Some(Self::new(
                "Revoke without a countdown?",
                "A confirmed revoke is sent at once and can’t be stopped. It can’t be undone.",
                "Turn off",
            )),
            _ => None,
        }
    }

    /// Before everything of this app is erased, which is in these folders.
    #[must_use]
    pub fn erase(folders: &[String]) -> Self {
        let lines: Vec<_> = folders.iter().map(String::as_str).collect();
        Self::new(
            "Erase all app data?",
            "Its sign-ins in the keychain and these folders are removed, with the journal, the usage history, notes and settings. Then the app quits. Your tokens on the server stay as they are. This can’t be undone.",
            "Erase everything",
        )
        .about_lines(&lines)
    }

    /// Says what couldn't be removed. There is nothing to choose.
    #[must_use]
    pub fn not_erased(left: &[String]) -> Self {
        let lines: Vec<_> = left.iter().map(String::as_str).collect();
        let text = "The rest is erased. Remove these yourself. The app quits now.";
        let told = Self::new("Some of it couldn’t be removed", text, "Quit").about_lines(&lines);
        Self { cancels: false, ..told }
    }
}
