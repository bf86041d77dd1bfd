//! A command stands in one table, and from there it is collected and granted; the page is granted nothing else.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{json, root, text};

const CAPABILITY: &str = "src-tauri/capabilities/main.json";
/// Everything the page may call: two of Tauri's commands, and the set of the app's own.
const GRANTED: [&str; 3] = ["core:event:allow-listen", "core:event:allow-unlisten", "page"];

/// The commands of the table, whose nouns end in a colon.
fn in_table() -> BTreeSet<String> {
    let table = text("src-tauri/commands/table.rs");
    let (_, rest) = table.split_once("$into! {").expect("the table");
    let (rows, _) = rest.split_once('}').expect("its end");
    let words = rows.split_whitespace().filter(|word| !word.ends_with(':'));
    words.map(|command| command.trim_end_matches(';').to_owned()).collect()
}

/// The compiled commands, as the generated bindings call them.
fn collected() -> BTreeSet<String> {
    let bindings = text("ui/src/ipc/bindings.ts");
    let calls = bindings.split("__TAURI_INVOKE(\"").skip(1);
    calls.filter_map(|call| Some(call.split_once('"')?.0.to_owned())).collect()
}

fn names(list: &Value) -> BTreeSet<String> {
    let list = list.as_array().expect("a list");
    list.iter().map(|name| name.as_str().expect("a name").to_owned()).collect()
}

fn permission(command: &str) -> String {
    format!("allow-{}", command.replace('_', "-"))
}

/// A command begins with its noun, which has a file in the folder of the commands, alone or with those that belong
/// to it.
fn file_of(command: &str) -> String {
    let nouns = command.rmatch_indices('_').map(|(at, _)| &command[..at]);
    let places = nouns.flat_map(|noun| {
        [format!("{noun}.rs"), format!("{noun}/mod.rs"), format!("search/{noun}.rs")]
    });
    let mut files = places.map(|place| format!("src-tauri/commands/{place}"));
    files.find(|file| root().join(file).exists()).unwrap_or_else(|| panic!("{command} has no file"))
}

#[test]
fn the_table_is_what_is_collected() {
    let commands = in_table();
    assert!(commands.len() >= 15, "{commands:?}");
    assert_eq!(collected(), commands);
    for command in &commands {
        let source = text(&file_of(command));
        let defined = format!("#[tauri::command]\n#[specta::specta]\npub async fn {command}(");
        assert!(source.contains(&defined), "{command} is not in the file of its noun");
    }
}

/// A new command that asks a person is tried by hostile script, too.
#[test]
fn what_asks_a_person_is_tried_without_one() {
    let asks = [
        "pressed",
        "confirm",
        "may_save",
        "may_save_value",
        "may_reach",
        "revoke",
        "hold_revoke",
        "open_guide",
        "show_file",
        "show_found",
    ];
    let tried = text("tests/window/untrusted/acts.rs");
    let mut asking = 0;
    for command in in_table() {
        let source = text(&file_of(&command));
        let (_, body) = source.split_once(&format!("fn {command}(")).expect("it is there");
        let body = body.split("#[tauri::command]").next().unwrap_or_default();
        if !asks.iter().any(|ask| body.contains(&format!("outside::{ask}("))) {
            continue;
        }
        asking += 1;
        // A file that this run of the app neither saved nor found is refused before anybody is asked.
        let refused = ["window_show_file", "scans_open_folder"].contains(&&*command);
        assert!(
            refused || tried.contains(&format!("\"{command}\"")),
            "{command} is not in acts.rs"
        );
    }
    assert!(asking >= 15, "only {asking} commands ask");
}

#[test]
fn the_page_may_call_the_commands_and_listen_and_nothing_else() {
    let capability = json(CAPABILITY);
    assert_eq!(names(&capability["permissions"]), GRANTED.map(str::to_owned).into());
    assert_eq!(capability["windows"], json!(["main"]));
    for key in capability.as_object().expect("an object").keys() {
        // A remote page, another window or another platform would be a key of its own.
        assert!(["identifier", "description", "windows", "permissions"].contains(&&**key), "{key}");
    }
}

#[test]
fn there_is_one_capability_and_it_is_the_one_in_use() {
    let folder = root().join("src-tauri/capabilities");
    let files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|file| file.expect("a file").file_name())
        .collect();
    assert_eq!(files, ["main.json"]);
    assert_eq!(json(CAPABILITY)["identifier"], "main");
    assert_eq!(json("tauri.conf.json")["app"]["security"]["capabilities"], json!(["main"]));
}

/// The result of Tauri's last build decides in the end.
#[test]
fn tauri_read_it_the_same_way() {
    let capabilities = json("gen/schemas/capabilities.json");
    let [(name, main)] =
        &capabilities.as_object().expect("an object").iter().collect::<Vec<_>>()[..]
    else {
        panic!("{capabilities}")
    };
    assert_eq!((&***name, &main["windows"]), ("main", &json!(["main"])));
    assert_eq!(names(&main["permissions"]), names(&json(CAPABILITY)["permissions"]));

    let own = &json("gen/schemas/acl-manifests.json")["__app-acl__"];
    assert_eq!(own["default_permission"], Value::Null, "nothing is allowed unasked");
    let commands = in_table();
    let granted: BTreeSet<_> = commands.iter().map(|it| permission(it)).collect();
    let sets = own["permission_sets"].as_object().expect("an object");
    assert_eq!(sets.keys().collect::<Vec<_>>(), ["page"]);
    assert_eq!(names(&sets["page"]["permissions"]), granted);
    let permissions = own["permissions"].as_object().expect("an object");
    for command in &commands {
        let allowed = &permissions[&permission(command)]["commands"];
        assert_eq!(*allowed, json!({"allow": [command], "deny": []}), "it allows itself only");
    }
    // Each command has its permission and the denial of it.
    assert_eq!(permissions.len(), 2 * commands.len());
}
