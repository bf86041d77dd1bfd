//! A token's value that is pasted if it doesn't belong reaches no file, no request and no keychain.

use serde_json::{Value, json};

use crate::leaks;
use crate::world::World;

const VALUE: &str = "entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6";

/// Everything a person can type a value into, as the page sends it. `VALUE` stands for the value.
fn calls(address: &str, key: &Value) -> Vec<(&'static str, Value)> {
    let credential = json!({"kind": "password", "email": "VALUE"});
    let token = json!({"kind": "apiToken"});
    let never = json!({"kind": "never"});
    let in_a_month = json!({"kind": "days", "days": 30});
    let look =
        json!({"id": 1, "label": "VALUE", "environment": "staging", "color": 1, "position": 0});
    let create = |name: &str, scope: &str, note: &str| {
        let notes = json!({"place": note, "note": note});
        json!({"request": {"connection": 1, "name": name, "expiry": never, "scopes": [scope],
            "projectId": null, "notes": notes}})
    };
    let connect = |address: &str, credential: &Value, organization: Value| {
        json!({"request": {"address": address, "credential": credential,
            "organizationId": organization}})
    };
    let decide = |kind: &str| json!({"request": {"keys": [key], "kind": kind, "until": in_a_month, "reason": "VALUE"}});
    vec![
        ("connections_connect", connect("https://VALUE.example", &token, Value::Null)),
        ("connections_connect", connect("https://VALUE@127.0.0.1:1", &token, Value::Null)),
        ("connections_connect", connect("http://127.0.0.1:1/VALUE", &token, Value::Null)),
        ("connections_connect", connect(address, &token, json!("VALUE"))),
        ("connections_connect", connect(address, &credential, Value::Null)),
        ("connections_sign_in_in_window", json!({"address": "VALUE", "organizationId": null})),
        ("connections_change", json!({ "request": look })),
        ("tokens_create", create("VALUE", "translations:read", "")),
        ("tokens_create", create("x", "VALUE", "")),
        ("tokens_create", create("x", "translations:read", "VALUE")),
        ("tokens_look_for_created", json!({"connection": 1, "projectId": "VALUE"})),
        ("decisions_make", decide("keep")),
        ("decisions_make", decide("askOwner")),
    ]
}

/// The same, of what is kept on this computer.
fn calls_for_files() -> Vec<(&'static str, Value)> {
    let view = |name: &str, text: &str| {
        json!({"request": {"id": null, "name": name, "text": text, "view": "all", "sort": "name",
            "descending": false}})
    };
    let file = |format: &str| json!({"format": format, "path": "~/VALUE.csv"});
    let export =
        |text: &str, path: &str| json!({"text": text, "only": null, "source": "app", "path": path});
    let policy = json!({"connection": 1, "path": "~/VALUE.toml"});
    vec![
        ("saved_save", view("VALUE", "")),
        ("saved_save", view("x", "VALUE")),
        ("audit_save_report", file("csv")),
        ("journal_export", export("", "~/VALUE.csv")),
        ("journal_export", export("VALUE", "~/activity.csv")),
        ("audit_save_policy", policy.clone()),
        ("audit_load_policy", policy),
        ("secrets_save", json!({"handle": 1, "path": "~/VALUE"})),
        ("secrets_send", json!({"handle": 1, "line": "cat VALUE"})),
    ]
}

/// The value as it is, in capitals, wrapped, and in full-width letters.
fn pasted() -> Vec<String> {
    let wide = |it: char| char::from_u32(u32::from(it) + 0xFEE0).unwrap_or(it);
    let wrapped = format!("{}\n{}", &VALUE[..24], &VALUE[24..]);
    vec![VALUE.to_owned(), VALUE.to_uppercase(), wrapped, VALUE.chars().map(wide).collect()]
}

/// What the page receives: the error of a command, or its result.
async fn told(world: &World, command: &str, arguments: &Value) -> String {
    let call = format!(
        "try {{ return JSON.stringify(await __TAURI_INTERNALS__.invoke('{command}', {arguments})) }}
         catch (error) {{ return JSON.stringify(error) }}"
    );
    world.app.awaited(&call).await.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_in_the_wrong_field_goes_nowhere() {
    let world = World::connected().await;
    let id = world.sandbox.truth().expect("tokens")[0].id.clone();
    let key = json!({"connection": 1, "id": id});
    world.app.touch();
    let made = told(
        &world,
        "tokens_create",
        &json!({"request": {"connection": 1, "name": "made",
        "expiry": {"kind": "never"}, "scopes": [], "projectId": null,
        "notes": {"place": "", "note": ""}}}),
    )
    .await;
    assert!(made.contains("handle"), "{made}");
    let before = world.sandbox.requests().len();
    let address = &world.sandbox.ready().base_url;
    for value in pasted() {
        for (command, arguments) in calls(address, &key).into_iter().chain(calls_for_files()) {
            let arguments = arguments.to_string().replace("VALUE", &value.replace('\n', "\\n"));
            let arguments = serde_json::from_str(&arguments).expect("arguments");
            let answer = told(&world, command, &arguments).await;
            assert!(
                answer.contains("Nothing was sent or saved"),
                "{command} {arguments}: {answer}"
            );
            assert!(!answer.contains("EXAMPLEONLY"), "{answer}");
        }
    }
    assert_eq!(world.sandbox.requests().len(), before, "no request was sent");
    // The control: the same call with a name in its place does its work.
    let label = json!({"request": {"id": 1, "label": "entri_ci", "environment": "staging",
        "color": 1, "position": 0}});
    assert_eq!(told(&world, "connections_change", &label).await, "\"null\"");
    world.app.says("entri_ci").await;
    leaks::nothing_on_disk(&world.desktop, &[VALUE]);
}
