//! Turns an entry of a server's log, such as `key.created`, into a sentence.

use entri_api::LogEntry;

use crate::text::capitalized;

/// Verbs of the past that do not end in `ed`.
const IRREGULAR: [&str; 6] = ["sent", "left", "built", "reset", "set", "begun"];

/// Returns what was done, to follow the name of who did it: `created a key in Mobile App`. If nobody is named,
/// it is a whole sentence: `A key was created in Mobile App`. `project` is the name of the project concerned,
/// if it is known. An action that isn't a noun with a verb stays as the server wrote it.
#[must_use]
pub fn log_says(entry: &LogEntry, project: Option<&str>) -> String {
    let parts: Vec<&str> = entry.action.split(['.', ':', '/']).collect();
    let [things @ .., verb] = &parts[..] else { return entry.action.clone() };
    let (verb, thing) = (plain(verb), plain(&things.join(" ")));
    if thing.is_empty() || !is_past(&verb) {
        return entry.action.clone();
    }
    let plural = is_plural(&thing);
    let (thing, place) = match project {
        Some(name) if thing == "project" => (format!("project {name}"), String::new()),
        Some(name) => (with_article(&thing), format!(" in {name}")),
        None => (with_article(&thing), String::new()),
    };
    if entry.who.is_some() {
        return format!("{verb} {thing}{place}");
    }
    let be = if plural { "were" } else { "was" };
    format!("{} {be} {verb}{place}", capitalized(&thing))
}

/// `api_token` as people write it.
fn plain(word: &str) -> String {
    let words = word.split(['_', '-', ' ']).filter(|word| !word.is_empty());
    let spelled = words.map(|word| match word.to_lowercase().as_str() {
        "api" => "API".to_owned(),
        "apikey" => "API key".to_owned(),
        other => other.to_owned(),
    });
    spelled.collect::<Vec<_>>().join(" ")
}

fn is_past(verb: &str) -> bool {
    let last = verb.rsplit(' ').next().unwrap_or_default();
    last.ends_with("ed") || IRREGULAR.contains(&last)
}

fn is_plural(thing: &str) -> bool {
    thing.ends_with('s') && !thing.ends_with("ss")
}

fn with_article(thing: &str) -> String {
    let vowel = thing.starts_with(['a', 'e', 'i', 'o', 'A']);
    match (is_plural(thing), vowel) {
        (true, _) => thing.to_owned(),
        (false, true) => format!("an {thing}"),
        (false, false) => format!("a {thing}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(action: &str, who: Option<&str>) -> LogEntry {
        LogEntry {
            id: "a-1".to_owned(),
            action: action.to_owned(),
            at: entri_api::Date::None,
            who: who.map(str::to_owned),
            target_type: None,
            target_id: None,
        }
    }

    #[test]
    fn what_a_log_says_is_a_sentence() {
        for (action, project, by_somebody, by_nobody) in [
            ("key.created", None, "created a key", "A key was created"),
            ("key.created", Some("App"), "created a key in App", "A key was created in App"),
            ("project.updated", Some("App"), "updated project App", "Project App was updated"),
            ("project.updated", None, "updated a project", "A project was updated"),
            ("api_token.revoked", None, "revoked an API token", "An API token was revoked"),
            (
                "project.settings.changed",
                None,
                "changed project settings",
                "Project settings were changed",
            ),
            ("invitation.sent", None, "sent an invitation", "An invitation was sent"),
            // What is no noun with a verb.
            ("login", None, "login", "login"),
            ("key.create", None, "key.create", "key.create"),
            ("", None, "", ""),
            (".created", None, ".created", ".created"),
        ] {
            assert_eq!(log_says(&entry(action, Some("Ada")), project), by_somebody);
            assert_eq!(log_says(&entry(action, None), project), by_nobody);
        }
    }

    proptest! {
        #[test]
        fn whatever_a_log_says_is_told(action in ".{0,40}", somebody: bool) {
            let who = somebody.then_some("Ada");
            let said = log_says(&entry(&action, who), None);
            prop_assert!(!said.is_empty() || action.is_empty());
        }
    }
}
