//! A command as the admin typed it: a list of words, which no shell sees unless the program is one.

use super::presets;
use crate::error::DeliveryError;

/// Words that only a shell understands.
const OF_A_SHELL: [&str; 12] =
    ["|", "||", "&", "&&", ";", "<", "<<", ">", ">>", "2>", "2>&1", "2>/dev/null"];
/// Characters with which a script starts something else, whose words nobody knows.
const OF_A_SCRIPT: [char; 10] = ['|', '&', ';', '<', '>', '`', '$', '(', ')', '\n'];
/// Options that name a place. Any other option may hold a secret of its own.
const OF_A_PLACE: [&str; 14] = [
    "--config=",
    "--context=",
    "--env=",
    "--group=",
    "--name=",
    "--namespace=",
    "--org=",
    "--profile=",
    "--project=",
    "--region=",
    "--repo=",
    "--secret-id=",
    "--vault=",
    "-mount=",
];

/// A program and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The program's name or path; never empty.
    pub program: String,
    /// The arguments, without quotes.
    pub arguments: Vec<String>,
}

impl Command {
    /// Splits what was typed at spaces, with the quoting rules of a POSIX shell and none of its
    /// other features.
    pub fn parse(line: &str) -> Result<Self, DeliveryError> {
        let words = shlex::split(line).ok_or(DeliveryError::OpenQuote)?;
        if let Some(word) = words.iter().find(|word| OF_A_SHELL.contains(&word.as_str())) {
            return Err(DeliveryError::OfAShell(word.clone()));
        }
        if let Some(placeholder) = words.iter().find_map(|word| unfilled(word)) {
            return Err(DeliveryError::Unfilled(placeholder.to_owned()));
        }
        let mut words = words.into_iter();
        let program = words.next().filter(|word| !word.is_empty());
        Ok(Self { program: program.ok_or(DeliveryError::NoCommand)?, arguments: words.collect() })
    }

    /// The part that may be recorded: the words that name the place, without those that could be a
    /// password.
    #[must_use]
    pub fn place(&self) -> String {
        match self.first_of_script() {
            Some(first) => format!("{} {}", self.program, first.place()),
            None => self.own_place(),
        }
    }

    /// What the script of a shell starts first, if that is a program whose words are known.
    pub(super) fn first_of_script(&self) -> Option<Self> {
        let [option, script] = self.arguments.as_slice() else { return None };
        if self.program != presets::SHELL || option != "-c" {
            return None;
        }
        let first = script.split(" | ").next().filter(|first| !first.contains(OF_A_SCRIPT))?;
        Self::parse(first).ok().filter(|first| presets::is_known(&first.program))
    }

    /// Whether none of its words may be a password, so that all of it may be kept.
    pub(super) fn may_be_kept(&self) -> bool {
        let known = |word: &String| presets::has_word(&self.program, word) || names_place(word);
        self.program != presets::SHELL && self.arguments.iter().all(known)
    }

    fn own_place(&self) -> String {
        let mut place = vec![self.program.as_str()];
        for word in self.arguments.iter().map(String::as_str) {
            if names_place(word) {
                place.push(word);
            } else if word.starts_with('-') && !word.contains('=') {
                // The next word is its value.
                break;
            }
        }
        place.join(" ")
    }
}

/// Whether the word names a place: no option but those that do, and nothing that may have a password in it.
fn names_place(word: &str) -> bool {
    let of_a_place = OF_A_PLACE.iter().any(|option| word.starts_with(option));
    of_a_place || !(word.starts_with('-') || word.contains(['=', ':']))
}

/// What is left to fill in of the word, from its first `<placeholder>` to its last.
fn unfilled(word: &str) -> Option<&str> {
    let (start, end) = (word.find('<')?, word.rfind('>')?);
    (start < end).then(|| &word[start..=end])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn command(line: &str) -> Command {
        Command::parse(line).unwrap()
    }

    proptest! {
        #[test]
        fn words_come_out_as_they_went_in(
            program in "[a-z]{1,8}",
            words in prop::collection::vec("[^\0<>|&;]{0,12}", 0..6),
        ) {
            let all = std::iter::once(&program).chain(&words).map(String::as_str);
            let line = shlex::try_join(all).unwrap();
            prop_assert_eq!(command(&line), Command { program, arguments: words });
        }

        #[test]
        fn any_text_is_a_command_or_an_error(line: String) {
            if let Ok(command) = Command::parse(&line) {
                prop_assert!(!command.program.is_empty());
            }
        }
    }

    #[test]
    fn what_a_shell_would_do_is_refused_or_not_done() {
        let all = command(r#"gh 'a b' "c \"d\"" $HOME `id` $(id) *"#).arguments;
        assert_eq!(all, ["a b", "c \"d\"", "$HOME", "`id`", "$(id)", "*"]);
        let error = |line: &str| Command::parse(line).unwrap_err().to_string();
        assert!(error("gh auth | tee x").contains("“|”"));
        assert!(error("gh secret set X > y").contains("“>”"));
        assert!(error("gh secret set X --repo=<owner>/<repo>").contains("<owner>/<repo>"));
        assert!(error("sh -c 'a <b> c <d> | e'").contains("“<b> c <d>”"));
        assert!(error("gh 'secret").contains("Unclosed quote"));
        assert!(error("  ").contains("Enter a command") && error("''").contains("Enter a command"));
    }

    #[test]
    fn only_the_words_that_name_a_place_are_written_down() {
        for (line, place) in [
            ("gh secret set X --repo=a/b", "gh secret set X --repo=a/b"),
            ("gh secret set X --app hunter2", "gh secret set X"),
            (
                "aws secretsmanager put-secret-value --secret-id=a/b --secret-string=file:///dev/stdin",
                "aws secretsmanager put-secret-value --secret-id=a/b",
            ),
            (
                "sh -c 'kubectl create secret generic a --namespace=b --x=c | kubectl apply'",
                "sh kubectl create secret generic a --namespace=b",
            ),
            ("sh -c 'printf hunter2 | kubectl create secret'", "sh"),
            ("sh -c 'gh auth status; login hunter2 | gh secret set X'", "sh"),
            ("sh -c 'gh auth status|login hunter2 | gh secret set X'", "sh"),
            ("sh -c 'gh auth status& login hunter2'", "sh"),
            ("sh -c 'gh auth status `login hunter2`'", "sh"),
            ("sh -c 'gh auth status $(login hunter2)'", "sh"),
            ("sh -c 'gh auth status <hunter2'", "sh"),
            ("sh -c 'gh auth status >hunter2'", "sh"),
            ("sh -c 'gh auth status\nlogin hunter2'", "sh"),
            ("sh -x 'kubectl create secret'", "sh"),
            ("vault kv put -mount=secret entri X=-", "vault kv put -mount=secret entri"),
            ("vault kv put --token=hunter2 entri X=-", "vault kv put entri"),
            ("curl https://me:hunter2@example.com/x", "curl"),
            ("tool -phunter2 --quiet x", "tool"),
        ] {
            assert_eq!(command(line).place(), place);
        }
    }
}
