//! The texts of the page, read from where the page defines them: a test that presses a button finds it
//! under whatever it is called today.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// The folders of the page that have texts of their own.
const FOLDERS: [&str; 27] = [
    "activity",
    "audit",
    "bulk-revoke",
    "columns",
    "commands",
    "connection",
    "create",
    "decide",
    "deliver",
    "dialogs",
    "fields",
    "found",
    "history",
    "leaks",
    "list",
    "menu",
    "notes",
    "palette",
    "practice",
    "preferences",
    "revoke",
    "rotation",
    "search",
    "sign-in",
    "token",
    "unresolved",
    "widgets",
];

/// All constant texts, by the file and the place in it.
static TEXTS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src");
    let read = |folder: &str| {
        fs::read_to_string(source.join(folder).join("messages.ts")).expect("the page's texts")
    };
    let mut texts: HashMap<_, _> = constants(&read("")).collect();
    for folder in FOLDERS {
        texts.extend(constants(&read(folder)).map(|(at, text)| (format!("{folder}/{at}"), text)));
    }
    texts
});

/// A text of the page: `m.createToken` of `messages.ts`, `audit/auditText.saveReport` of the one in a folder.
pub fn page(place: &str) -> &'static str {
    TEXTS.get(place).unwrap_or_else(|| panic!("the page has no constant text {place}"))
}

/// The constant texts in a file and their places, as its indentation tells.
fn constants(source: &str) -> impl Iterator<Item = (String, String)> {
    let mut path: Vec<&str> = Vec::new();
    let mut texts = Vec::new();
    for line in source.lines() {
        let text = line.trim_start();
        let depth = (line.len() - text.len()) / 2;
        let text = text.trim_start_matches("export ");
        if let Some(rest) = text.strip_prefix("const ").filter(|_| depth == 0) {
            path = vec![rest.split([':', ' ']).next().unwrap_or_default()];
        } else if let Some(text) = quoted(text).filter(|_| path.len() == depth) {
            // The line before ends with the key.
            texts.push((path.join("."), text));
        } else if let Some((key, value)) = text.split_once(':') {
            path.truncate(depth);
            path.push(key.trim_matches('"'));
            texts.extend(quoted(value).map(|text| (path.join("."), text)));
            texts.extend(
                fields(value).map(|(key, text)| (format!("{}.{key}", path.join(".")), text)),
            );
        }
    }
    texts.into_iter()
}

/// The text of a line that is one constant.
fn quoted(value: &str) -> Option<String> {
    let inner = value.trim().trim_end_matches(',').strip_prefix('"')?.strip_suffix('"')?;
    let text = inner.replace("\\\"", "\u{0}");
    (!text.contains('"')).then(|| text.replace('\u{0}', "\""))
}

/// The constants of an object on one line.
fn fields(value: &str) -> impl Iterator<Item = (&str, String)> {
    let inner =
        value.trim().trim_end_matches(',').strip_prefix("{ ").and_then(|it| it.strip_suffix(" }"));
    let parts = inner.into_iter().flat_map(|inner| inner.split("\", "));
    parts.filter_map(|part| {
        let (key, text) = part.split_once(": \"")?;
        Some((key, text.trim_end_matches('"').to_owned()))
    })
}

#[test]
fn the_texts_of_the_page_are_found_where_they_are() {
    for (place, text) in [
        ("m.createToken", "Create token"),
        ("deliver/deliveryText.ways.file", "Save to file…"),
        ("audit/auditText.formats.csv", "Export CSV…"),
        ("audit/auditText.saveReport", "Save report"),
    ] {
        assert_eq!(page(place), text);
    }
}
