//! A command exists in four places, and they agree; the page is granted nothing else.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{json, root, text};

const CAPABILITY: &str = "src-tauri/capabilities/main.json";
/// All the page may call that is not the app's own.
const LISTENING: [&str; 2] = ["core:event:allow-listen", "core:event:allow-unlisten"];

/// The quoted words between two marks of a file.
fn quoted(path: &str, from: &str, to: &str) -> BTreeSet<String> {
    let text = text(path);
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("{path}: no {from}"));
    let (part, _) = rest.split_once(to).unwrap_or_else(|| panic!("{path}: no {to}"));
    part.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn in_build_script() -> BTreeSet<String> {
    quoted("src-tauri/build.rs", "const COMMANDS", "];")
}

/// What is compiled in, as the generated bindings call it.
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

#[test]
fn the_commands_are_the_same_everywhere() {
    let commands = in_build_script();
    assert!(commands.len() >= 15, "{commands:?}");
    assert_eq!(collected(), commands);
    let called = text("src-tauri/lib.rs");
    for command in &commands {
        assert!(called.contains(&format!("::{command},")), "{command} is not collected");
        let noun = command.split('_').next().expect("a noun");
        let source = text(&format!("src-tauri/commands/{noun}.rs"));
        let defined = format!("#[tauri::command]\n#[specta::specta]\npub async fn {command}(");
        assert!(source.contains(&defined), "{command} is not in the file of its noun");
    }
}

#[test]
fn the_page_may_call_the_commands_and_listen_and_nothing_else() {
    let mut expected: BTreeSet<_> = in_build_script().iter().map(|it| permission(it)).collect();
    expected.extend(LISTENING.map(str::to_owned));
    let capability = json(CAPABILITY);
    assert_eq!(names(&capability["permissions"]), expected);
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

/// What Tauri made of it at the last build, which decides in the end.
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
    let permissions = own["permissions"].as_object().expect("an object");
    for command in in_build_script() {
        let allowed = &permissions[&permission(&command)]["commands"];
        assert_eq!(*allowed, json!({"allow": [command], "deny": []}), "it allows itself only");
    }
    // Each command has its permission and the denial of it.
    assert_eq!(permissions.len(), 2 * in_build_script().len());
}
