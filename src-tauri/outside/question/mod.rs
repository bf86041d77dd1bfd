//! The questions that the shell asks in native windows: what each asks is in the file of its subject.

mod connections;
mod files;
mod leaks;
mod rotation;
mod tokens;
mod values;

use token_desk::text;

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
    /// Whether there is another button, for no. What only says something has none.
    pub cancels: bool,
}

impl Question {
    pub(super) fn new(title: &str, text: &str, yes: &str) -> Self {
        let [title, text, yes] = [title, text, yes].map(str::to_owned);
        Self { title, text, detail: None, yes, cancels: true }
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
}

#[cfg(test)]
mod tests {
    use token_desk::AtStake;

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
            Question::leave(&AtStake { values, of_sandbox: 0, creates, on_clipboard })
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
    fn leaving_says_that_the_tokens_of_the_sandbox_end_with_it() {
        let says = |of_sandbox, creates| {
            let values = vec!["nightly".to_owned(), "deploy".to_owned()];
            Question::leave(&AtStake { values, of_sandbox, creates, on_clipboard: false }).text
        };
        assert!(says(0, 0).contains("The tokens stay active."));
        let all = says(2, 0);
        assert!(all.contains("No real token is lost") && !all.contains("active"), "{all}");
        for some in [says(1, 0), says(2, 1)] {
            assert!(some.contains("Those of the sandbox end with the app."), "{some}");
        }
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
    fn what_could_not_be_removed_is_told_with_one_button() {
        let cancels = |it: Question| it.cancels;
        assert!(!cancels(Question::not_erased(&[])) && cancels(Question::erase(&[])));
    }

    #[test]
    fn a_command_is_shown_to_its_end() {
        let line = format!("tee {}; rm -r ~", "x".repeat(5_000));
        assert_eq!(Question::run(&line).detail, Some(line));
    }
}
