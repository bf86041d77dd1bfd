//! The questions that the shell asks in native windows.

use std::path::Path;

use token_desk::{AtStake, BulkRevokePlan, Connection, PlannedToken, text};

/// The longest line that is shown, in bytes: longer than any path, and short enough to be read to its end.
const LONGEST_LINE: usize = 16 * 1024;

/// A question that is answered with yes or no, in a native window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question itself, also the title of its window.
    pub title: String,
    /// What happens after a yes.
    pub text: String,
    /// The exact subject: a command or a path.
    pub detail: Option<String>,
    /// The button for yes.
    pub yes: String,
}

impl Question {
    pub(super) fn new(title: &str, text: &str, yes: &str) -> Self {
        let [title, text, yes] = [title, text, yes].map(str::to_owned);
        Self { title, text, detail: None, yes }
    }

    pub(super) fn about(self, detail: &str) -> Self {
        self.about_lines(&[detail])
    }

    /// Text from somebody else can't start a new line.
    pub(super) fn about_lines(self, lines: &[&str]) -> Self {
        let lines: Vec<_> = lines.iter().map(|line| text::visible_whole(line)).collect();
        Self { detail: Some(lines.join("\n")), ..self }
    }

    /// Whether everything it is about can be shown. A window with an endless text would hang.
    pub(super) fn can_be_shown(&self) -> bool {
        self.detail.iter().flat_map(|detail| detail.lines()).all(|line| line.len() <= LONGEST_LINE)
    }

    /// Before the first request to a server.
    #[must_use]
    pub fn connect(origin: &str) -> Self {
        let text = "You haven’t connected to this server before. It receives your sign-in.";
        Self::new("Connect to this server?", text, "Connect").about(origin)
    }

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
        Self::new("Scan this computer’s usual places?", text, "Scan")
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

    /// Before a program gets a value.
    #[must_use]
    pub fn run(line: &str) -> Self {
        let text = "It receives the new token’s value through stdin, and can do anything you can.";
        Self::new("Run this program?", text, "Run").about(line)
    }

    /// Before an existing file is replaced.
    #[must_use]
    pub fn replace(file: &Path) -> Self {
        let text = "Its current contents will be lost.";
        Self::new("Replace this file?", text, "Replace").about(&file.to_string_lossy())
    }

    /// Before a new file is written.
    #[must_use]
    pub fn save(path: &str) -> Self {
        Self::new("Save this file?", "Readable only by you.", "Save").about(path)
    }

    /// Before a file is shown in its folder.
    #[must_use]
    pub fn show(file: &Path) -> Self {
        let text = "Its folder opens in the file manager.";
        Self::new("Show this file?", text, "Show").about(&file.to_string_lossy())
    }

    /// Before the guide is opened.
    #[must_use]
    pub fn guide() -> Self {
        Self::new("Open the guide?", "It opens in your browser, from this computer.", "Open")
    }

    /// Before a file is read.
    #[must_use]
    pub fn open(path: &str) -> Self {
        let text = "Its policy takes effect immediately.";
        Self::new("Open this file?", text, "Open").about(path)
    }

    /// Before a value is shown.
    #[must_use]
    pub fn reveal() -> Self {
        let text = "Anyone who sees your screen can read the token’s value, and it stays in the page’s memory.";
        Self::new("Show the value?", text, "Show")
    }

    /// Before a value is copied, which is cleared after so many seconds.
    #[must_use]
    pub fn copy(seconds: u16) -> Self {
        let cleared = match seconds {
            0 => "stays there until you quit".to_owned(),
            seconds => format!("is cleared after {seconds} seconds"),
        };
        let text = format!("Any program can read the clipboard. The token’s value {cleared}.");
        Self::new("Copy the value?", &text, "Copy")
    }

    /// Before wiping a value that was neither copied nor delivered.
    #[must_use]
    pub fn close(name: &str) -> Self {
        let text = "Its value can’t be shown again. The token stays active, and you won’t be asked about it again.";
        Self::new("Close without copying?", text, "Close without copying").about(name)
    }

    /// Before the window or the app is closed while values would be lost.
    #[must_use]
    pub fn leave(AtStake { values, creates, on_clipboard }: &AtStake) -> Self {
        let names: Vec<_> = values.iter().map(String::as_str).collect();
        let lost = match names.len() {
            0 => "",
            1 => {
                "This token’s value hasn’t been copied and can’t be shown again. Cancel to go back and copy it. "
            }
            _ => {
                "These tokens’ values haven’t been copied and can’t be shown again. Cancel to go back and copy them. "
            }
        };
        let coming = match creates {
            0 => "",
            1 => "A token is still being created, and its value will be lost. ",
            _ => "Tokens are still being created, and their values will be lost. ",
        };
        let cleared = match (on_clipboard, names.is_empty()) {
            (false, _) => "",
            (true, true) => {
                "The token value you copied is still on the clipboard, and quitting clears it. Cancel if you haven’t pasted it yet. "
            }
            (true, false) => {
                "Another value you copied is still on the clipboard, and quitting clears it. "
            }
        };
        let stays = match names.len() + creates {
            0 => "The token stays active.",
            1 => {
                "The token stays active. You’ll be asked about it the next time you open Entri Tokens."
            }
            _ => {
                "The tokens stay active. You’ll be asked about them the next time you open Entri Tokens."
            }
        };
        let (title, yes) = match (names.is_empty(), creates) {
            (false, _) => ("Close without copying?", "Close without copying"),
            (true, 0) => ("Clear the clipboard and quit?", "Clear and quit"),
            (true, _) => ("Close before the token is created?", "Close"),
        };
        let asked = Self::new(title, &format!("{lost}{coming}{cleared}{stays}"), yes);
        if names.is_empty() { asked } else { asked.about_lines(&names) }
    }

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

    /// Before the new token of a rotation is created.
    #[must_use]
    pub fn rotate(name: &str) -> Self {
        let text = "The old token stays active. The new value stays in the app until you copy or deliver it.";
        Self::new("Create this replacement?", text, "Create").about(name)
    }

    /// Before a value goes to the places of a rotation.
    #[must_use]
    pub fn deliver(lines: &[String]) -> Self {
        let text = "Each of them gets the new token’s value. A command gets it through stdin and can do anything you can; a file has nothing else in it afterwards.";
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        Self::new("Deliver to these places?", text, "Deliver").about_lines(&lines)
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

    /// Before a connection is removed.
    #[must_use]
    pub fn disconnect(connection: &Connection) -> Self {
        let text = "Its list, notes and history are removed from this computer. Tokens on the server are kept.";
        let origin = connection.base_url.origin();
        let lines = [&connection.appearance.label, &connection.organization_name, &origin];
        Self::new("Disconnect?", text, "Disconnect").about_lines(&lines.map(String::as_str))
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
        let line =
            |token: &PlannedToken| format!("{} · {}", text::visible(&token.name), token.key.id);
        let lines: Vec<_> = plan.tokens.iter().map(line).collect();
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let (title, yes) = (format!("Revoke {tokens}?"), format!("Revoke {tokens}"));
        let text = format!("Requests using {them} will fail immediately. This can’t be undone.");
        Self::new(&title, &text, &yes).about_lines(&lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_of_the_pages_begins_a_line() {
        let hostile = "a@b.example\nhttps://app.nt3.io";
        let asked = Question::connect("https://evil.example")
            .about_lines(&["https://evil.example", hostile]);
        let detail = asked.detail.expect("a detail");
        assert_eq!(detail.lines().count(), 2, "{detail}");
        assert!(detail.starts_with("https://evil.example\na@b.example⟨U+000A⟩"), "{detail}");
    }

    #[test]
    fn leaving_says_what_is_lost() {
        let asked = |names: &[&str], creates, on_clipboard| {
            let values = names.iter().map(|name| (*name).to_owned()).collect();
            Question::leave(&AtStake { values, creates, on_clipboard })
        };
        let both = asked(&["nightly", "deploy"], 0, false);
        assert_eq!(both.title, "Close without copying?");
        assert_eq!(both.detail.as_deref(), Some("nightly\ndeploy"), "it names them");
        assert!(!both.text.contains("clipboard") && !both.text.contains("being created"));
        let all = asked(&["nightly"], 1, true);
        assert!(all.text.contains("Another value you copied is still on the clipboard"), "{all:?}");
        assert!(all.text.contains("being created"));
        let coming = asked(&[], 1, false);
        assert_eq!((&*coming.title, &*coming.yes), ("Close before the token is created?", "Close"));
        let copied = asked(&[], 0, true);
        assert_eq!(
            (&*copied.title, &*copied.yes),
            ("Clear the clipboard and quit?", "Clear and quit")
        );
    }

    #[test]
    fn what_is_too_long_to_be_shown_is_not_asked() {
        let of = |bytes: usize| Question::run(&"x".repeat(bytes)).can_be_shown();
        assert_eq!((of(LONGEST_LINE), of(LONGEST_LINE + 1)), (true, false));
        // Many lines are as many names, each of them short.
        let many = vec!["a name"; 100_000];
        assert!(
            Question::keep().about_lines(&many).can_be_shown() && Question::keep().can_be_shown()
        );
    }

    #[test]
    fn a_command_is_shown_to_its_end() {
        let line = format!("tee {}; rm -r ~", "x".repeat(5_000));
        assert_eq!(Question::run(&line).detail, Some(line));
    }
}
