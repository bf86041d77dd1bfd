//! No text of any command may hold the value of a token, but where a reason is given for it.

use std::collections::BTreeSet;

use entri_tokens::gate::{EXEMPT, Gate};
use serde_json::{Value, json};
use token_desk::holds_value;

use crate::text;

const VALUE: &str = "entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6";

/// Every text that a command takes, as the page's types have it: the command, and the place in its
/// arguments.
fn texts() -> BTreeSet<(String, String)> {
    let bindings = without_comments(&text("ui/src/ipc/bindings.ts"));
    let mut texts = BTreeSet::new();
    for call in bindings.split("__TAURI_INVOKE(\"").skip(1) {
        let (command, _) = call.split_once('"').expect("a name");
        let (before, _) =
            bindings.split_once(&format!("__TAURI_INVOKE(\"{command}\"")).expect("it");
        let signature = before.rsplit_once(": (").expect("arguments").1;
        let arguments = signature.split_once(") =>").expect("their end").0;
        for argument in parts(arguments, &[',']) {
            let (name, kind) = argument.split_once(':').expect("an argument");
            places(&bindings, name.trim(), kind, &mut |place| {
                texts.insert((command.to_owned(), place.to_owned()));
            });
        }
    }
    texts
}

/// Tells where in a type there are texts.
fn places(bindings: &str, place: &str, kind: &str, found: &mut dyn FnMut(&str)) {
    for kind in parts(kind, &['|']) {
        let kind = kind.trim().trim_end_matches("[]");
        if let Some(fields) = kind.strip_prefix('{') {
            for field in parts(fields.trim_end_matches('}'), &[',', ';']) {
                let Some((name, kind)) = field.split_once(':') else { continue };
                places(bindings, &format!("{place}.{}", name.trim()), kind, found);
            }
        } else if kind == "string" {
            found(place);
        } else if !kind.starts_with('"') && !["number", "boolean", "null", ""].contains(&kind) {
            let from = format!("export type {kind} =");
            let (_, rest) = bindings.split_once(&from).unwrap_or_else(|| panic!("no {kind}"));
            places(bindings, place, &parts(rest, &[';'])[0], found);
        }
    }
}

/// Splits a text outside of braces.
fn parts(text: &str, at: &[char]) -> Vec<String> {
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for it in text.chars() {
        depth += i32::from(it == '{') - i32::from(it == '}');
        match parts.last_mut() {
            Some(part) if depth > 0 || !at.contains(&it) => part.push(it),
            _ => parts.push(String::new()),
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

fn without_comments(text: &str) -> String {
    let mut parts = text.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    first + &parts.filter_map(|part| Some(part.split_once("*/")?.1)).collect::<String>()
}

/// Arguments with nothing in them but this text at this place.
fn arguments(place: &str, text: &str) -> Value {
    place.rsplit('.').fold(json!([text]), |inner, name| json!({ name: inner }))
}

fn passes(command: &str, sent: &Value, listed: bool) -> bool {
    Gate { command, is_value: holds_value, is_listed: |_: &_| listed }.passes("", sent)
}

#[test]
fn a_value_is_refused_in_every_text_of_every_command() {
    let texts = texts();
    assert!(texts.len() > 40, "{texts:?}");
    let has = |command: &str, place: &str| texts.contains(&(command.into(), place.into()));
    assert!(has("connections_change", "request.label") && has("secrets_send", "line"));
    let mut passed = BTreeSet::new();
    for (command, place) in &texts {
        assert!(passes(command, &arguments(place, "entri_ci"), false), "{command} {place}");
        for value in [VALUE, &format!("a {} b", VALUE.to_uppercase()), &VALUE.replace('2', " 2 ")] {
            if passes(command, &arguments(place, value), false) {
                passed.insert((&**command, &**place));
            }
        }
    }
    // An exemption that is left over is an opening that nobody needs.
    assert_eq!(passed, EXEMPT.map(|(command, place, _)| (command, place)).into());
}

#[test]
fn a_command_that_is_not_known_yet_takes_no_value_either() {
    for sent in [json!({"new": {"deep": [["x", VALUE]]}}), json!({"text": VALUE}), json!(VALUE)] {
        assert!(!passes("of_tomorrow", &sent, true), "{sent}");
    }
}

/// A server may give a token such an id, and it must still be revocable.
#[test]
fn a_token_of_the_list_is_named_by_any_id() {
    let key = json!({"connection": 1, "id": VALUE});
    for sent in [json!({"key": key}), json!({"request": {"keys": [key]}})] {
        assert!(passes("tokens_details", &sent, true) && !passes("tokens_details", &sent, false));
    }
    let more = json!({"key": {"connection": 1, "id": VALUE, "note": VALUE}});
    assert!(!passes("tokens_details", &more, true), "it is not that alone");
}
