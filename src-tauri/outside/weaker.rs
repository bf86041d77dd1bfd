//! What is asked before a setting makes a mistake costlier.

use token_desk::Setting;

use super::Question;

impl Question {
    /// Before a setting makes a mistake costlier; `None` for one that doesn't.
    #[must_use]
    pub fn weaker(setting: &Setting) -> Option<Self> {
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
}
