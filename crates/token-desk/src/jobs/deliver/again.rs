//! How a later value gets to where an earlier one was delivered.

use super::command::Command;
use super::presets::PRESETS;
use crate::model::rotation::destination::Destination;

/// What a delivery to a file is called, before its path.
const FILE: &str = "file ";
/// Characters that mean something to a shell; none of the presets' words needs them.
const OF_A_SHELL: &str = "'\"\\`$;|&<>(){}[]*?!#~";

/// The destination that is a file.
pub(super) fn of_file(path: &str) -> Destination {
    Destination::File { path: path.trim().to_owned() }
}

/// The destination of a command; `None` if one of its words may be a password, or the value can't be replaced by the
/// same words.
pub(super) fn of_command(line: &str, command: &Command) -> Option<Destination> {
    let preset = PRESETS.iter().find_map(|preset| Some((preset, filled_in(preset.command, line)?)));
    match preset {
        Some((preset, fields)) => {
            Some(Destination::Preset { code: preset.again?.to_owned(), fields })
        }
        None => command.may_be_kept().then(|| Destination::Program {
            program: command.program.clone(),
            arguments: command.arguments.clone(),
        }),
    }
}

/// The destination of a delivery that was recorded by an older version, which kept only its name.
pub(crate) fn of_name(to: &str) -> Destination {
    to.strip_prefix(FILE).map_or_else(|| Destination::by_hand(to), of_file)
}

/// What the journal calls it.
pub(crate) fn named(destination: &Destination) -> String {
    match destination {
        Destination::File { path } => format!("{FILE}{path}"),
        Destination::ByHand { place } => place.clone(),
        Destination::ThisApp => "Entri Tokens".to_owned(),
        Destination::Preset { .. } | Destination::Program { .. } => line(destination)
            .and_then(|line| Command::parse(&line).ok())
            .map(|command| command.place())
            .unwrap_or_default(),
    }
}

/// The command that takes the value there; `None` if none does.
pub(crate) fn line(destination: &Destination) -> Option<String> {
    match destination {
        Destination::Preset { code, fields } => {
            let preset = PRESETS.iter().find(|preset| preset.code == code)?;
            fill_in(preset.command, fields)
        }
        Destination::Program { program, arguments } => {
            shlex::try_join(std::iter::once(program).chain(arguments).map(String::as_str)).ok()
        }
        Destination::File { .. } | Destination::ThisApp | Destination::ByHand { .. } => None,
    }
}

/// The command that says when it was last changed; `None` if none does.
pub(crate) fn asking(destination: &Destination) -> Option<String> {
    let Destination::Preset { code, fields } = destination else { return None };
    let preset = PRESETS.iter().find(|preset| preset.code == code)?;
    fill_in(preset.asks?, fields)
}

/// What kind of place it is: `GitHub Actions`, `File on this computer`.
pub(crate) fn kind(destination: &Destination) -> &'static str {
    match destination {
        Destination::File { .. } => "File on this computer",
        Destination::Preset { code, .. } => {
            let preset = PRESETS.iter().find(|preset| preset.code == code);
            preset.map_or("Program", |preset| preset.label.split(':').next().unwrap_or_default())
        }
        Destination::Program { .. } => "Program",
        Destination::ThisApp => "This app signs in with it",
        Destination::ByHand { .. } => "You copy the value there",
    }
}

/// The parts of a preset's command: the text before each placeholder, and the text after the last one.
fn parts(command: &str) -> Vec<&str> {
    let mut parts: Vec<_> = command.split('<').collect();
    for part in parts.iter_mut().skip(1) {
        *part = part.split_once('>').map_or("", |(_, after)| after);
    }
    parts
}

fn is_plain(field: &str) -> bool {
    let odd = |character: char| {
        character.is_whitespace() || character.is_control() || OF_A_SHELL.contains(character)
    };
    !field.is_empty() && !field.contains(odd)
}

/// The words that were filled in for the placeholders; `None` if it isn't this preset's command.
fn filled_in(command: &str, line: &str) -> Option<Vec<String>> {
    let parts = parts(command);
    let (first, others) = parts.split_first()?;
    let mut rest = line.trim().strip_prefix(first)?;
    let mut fields = Vec::new();
    for part in others {
        let end = if part.is_empty() { rest.len() } else { rest.find(part)? };
        let (field, after) = rest.split_at(end);
        fields.push(field.to_owned());
        rest = after.strip_prefix(part)?;
    }
    (rest.is_empty() && fields.iter().all(|field| is_plain(field))).then_some(fields)
}

fn fill_in(command: &str, fields: &[String]) -> Option<String> {
    let parts = parts(command);
    let (first, others) = parts.split_first()?;
    if others.len() != fields.len() || !fields.iter().all(|field| is_plain(field)) {
        return None;
    }
    let filled = fields.iter().zip(others).map(|(field, part)| format!("{field}{part}"));
    Some(std::iter::once((*first).to_owned()).chain(filled).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(line: &str) -> Option<Destination> {
        of_command(line, &Command::parse(line).unwrap())
    }

    proptest! {
        #[test]
        fn every_preset_is_rebuilt_from_what_was_filled_in(words in prop::collection::vec("[a-z0-9._-]{1,12}", 3)) {
            for preset in PRESETS {
                let count = parts(preset.command).len() - 1;
                let line = fill_in(preset.command, &words[..count]).unwrap();
                let destination = of(&line);
                let again = preset.again.map(|code| PRESETS.iter().find(|it| it.code == code).unwrap());
                let expected = again.map(|again| fill_in(again.command, &words[..count]).unwrap());
                prop_assert_eq!(destination.as_ref().and_then(line_of), expected);
            }
        }
    }

    fn line_of(destination: &Destination) -> Option<String> {
        line(destination)
    }

    #[test]
    fn a_secret_that_is_there_by_then_is_replaced_and_not_created_again() {
        let new = "aws secretsmanager create-secret --name=a/b --secret-string=file:///dev/stdin";
        let again = line(&of(new).unwrap()).unwrap();
        assert_eq!(
            again,
            "aws secretsmanager put-secret-value --secret-id=a/b --secret-string=file:///dev/stdin"
        );
        let variable = "glab variable set NT3_API_TOKEN --masked=true --repo=a/b";
        assert_eq!(of(variable), None, "whether it is protected by then isn't known");
    }

    #[test]
    fn no_word_that_may_be_a_password_is_kept() {
        for line in [
            "gh secret set X --app hunter2",
            "aws secretsmanager put-secret-value --secret-id=a --profile x --secret-string=hunter2",
            "sh -c 'login hunter2 | gh secret set X'",
            "curl https://me:hunter2@example.com/x",
            "env PASSWORD=hunter2 tool",
            "tool -phunter2",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
        // The same words, quoted where a shell might need it.
        let kept = |given: &str| shlex::split(&line(&of(given).unwrap()).unwrap());
        let other = "gh secret set OTHER --repo=a/b";
        assert_eq!(kept(other), shlex::split(other));
        let region = "aws secretsmanager put-secret-value --secret-id=a --region=eu --secret-string=file:///dev/stdin";
        assert_eq!(kept(region), shlex::split(region));
    }

    #[test]
    fn fields_that_somebody_changed_in_the_file_start_no_shell() {
        let fields = vec!["a".to_owned(), "b | cat >stolen".to_owned()];
        assert_eq!(line(&Destination::Preset { code: "kubernetes".to_owned(), fields }), None);
    }
}
