//! `kubectl`, against a server with the paths of the Kubernetes API and a certificate of its own.

use std::fs;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use test_support::identity::{authority, proven};
use test_support::server::{Reply, Request, Server, json};
use token_desk::PlaceSays;

use crate::processes::Processes;
use crate::rig::{Rig, alone};

const LOGIN: &str = "EXAMPLEONLYlogin";
const SECRETS: &str = "/api/v1/namespaces/ci/secrets";
const NEW: &str = "Kubernetes: new secret";
const EXISTING: &str = "Kubernetes: new or existing secret";
const UNSURE: &str = "It may have stored the token’s value. Check there";

async fn start(rig: &Rig, login: &str) -> Server {
    let trusted = authority("trusted");
    fs::write(rig.folder.join("trust.pem"), trusted.pem()).unwrap();
    let processes = Arc::clone(&rig.processes);
    let server =
        Server::start_tls(&proven(&trusted), move |request, _| answer(request, &processes)).await;
    install(rig, &format!("https://localhost:{}", server.address.port()), login);
    server
}

fn install(rig: &Rig, server: &str, login: &str) {
    let trust = rig.folder.join("trust.pem");
    let cluster = serde_json::json!({"server": server, "certificate-authority": trust});
    let user =
        if login.is_empty() { serde_json::json!({}) } else { serde_json::json!({"token": login}) };
    let configuration = serde_json::json!({
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "test", "cluster": cluster}],
        "users": [{"name": "test", "user": user}],
        "contexts": [{"name": "test", "context": {"cluster": "test", "user": "test"}}],
        "current-context": "test",
    });
    let file = rig.folder.join("kubeconfig");
    fs::write(&file, configuration.to_string()).unwrap();
    rig.install("kubectl", &[("KUBECONFIG", file.to_str().unwrap())], "");
}

fn answer(request: &Request, processes: &Processes) -> Reply {
    processes.look();
    let status = |code, reason, message| {
        let body = serde_json::json!({
            "kind": "Status", "apiVersion": "v1", "status": "Failure",
            "message": message, "reason": reason, "code": code,
        });
        json(code, &body.to_string())
    };
    if request.header("authorization") != Some(format!("Bearer {LOGIN}").as_str()) {
        return status(401, "Unauthorized", "Unauthorized");
    }
    let path = request.path.split('?').next().unwrap();
    match (request.method.as_str(), path) {
        ("GET", "/api") => json(200, r#"{"kind":"APIVersions","versions":["v1"]}"#),
        ("GET", "/apis") => json(200, r#"{"kind":"APIGroupList","apiVersion":"v1","groups":[]}"#),
        ("GET", "/api/v1") => json(200, &resources()),
        ("GET", "/api/v1/namespaces/ci/secrets/entri") => json(200, &secret()),
        ("POST", SECRETS) if request.body.contains("taken") => {
            status(409, "AlreadyExists", "secrets \"taken\" already exists")
        }
        ("POST", SECRETS) | ("PATCH", "/api/v1/namespaces/ci/secrets/entri") => {
            json(200, r#"{"kind":"Secret","apiVersion":"v1","metadata":{"name":"entri"}}"#)
        }
        _ => status(404, "NotFound", "namespaces \"nowhere\" not found"),
    }
}

fn resources() -> String {
    let secrets = serde_json::json!({
        "name": "secrets", "singularName": "secret", "namespaced": true, "kind": "Secret",
        "verbs": ["create", "get", "patch"],
    });
    let list = serde_json::json!({
        "kind": "APIResourceList", "groupVersion": "v1", "resources": [secrets],
    });
    list.to_string()
}

/// With a date for each of its managers; the value isn't asked for, and a server sends it all the same.
fn secret() -> String {
    let managed = |manager: &str, time: &str| serde_json::json!({"manager": manager, "time": time});
    let metadata = serde_json::json!({
        "name": "entri",
        "namespace": "ci",
        "managedFields": [
            managed("kubectl-create", "2026-11-24T14:00:00Z"),
            managed("entri-tokens-NT3_API_TOKEN", "2026-11-24T14:03:00Z"),
        ],
    });
    serde_json::json!({"kind": "Secret", "apiVersion": "v1", "metadata": metadata}).to_string()
}

fn proposed(rig: &Rig, label: &str, name: &str, namespace: &str) -> String {
    rig.proposed(label, &[("<name>", name), ("<namespace>", namespace)])
}

/// What a body has for the key: text in JSON, in the encoding of YAML and JSON, or the bytes of a protobuf.
fn holds(body: &str, value: &str) -> bool {
    let length = char::from(u8::try_from(value.len()).unwrap());
    body.contains(&format!("\"NT3_API_TOKEN\":\"{}\"", STANDARD.encode(value)))
        || body.contains(&format!("NT3_API_TOKEN\u{12}{length}{value}"))
}

#[test]
fn the_exact_value_arrives_in_a_new_secret() {
    alone(&["kubectl"], async |rig| {
        let server = start(rig, LOGIN).await;
        let said = rig.arrives(&proposed(rig, NEW, "entri", "ci")).await;
        assert_eq!(said, "secret/entri created");
        let sent = server.requests().into_iter().find(|it| it.method == "POST").unwrap();
        assert!(holds(&sent.body, &rig.value) && !holds(&sent.body, &format!("{}\n", rig.value)));
    });
}

/// Of the existing secret, only this key is sent; the fields of other managers stay as they are.
#[test]
fn the_exact_value_arrives_in_an_existing_secret() {
    alone(&["kubectl"], async |rig| {
        let server = start(rig, LOGIN).await;
        rig.arrives(&proposed(rig, EXISTING, "entri", "ci")).await;
        let sent = server.requests().into_iter().find(|it| it.method == "PATCH").unwrap();
        assert!(holds(&sent.body, &rig.value), "it is in the body");
        assert!(!sent.body.contains("annotations"));
        let asked: Vec<_> = sent.path.split(['?', '&']).collect();
        assert!(asked.contains(&"force=true"), "{}", sent.path);
        // A manager of its own for each key: the server drops what the same manager sent before and no longer sends.
        assert!(asked.contains(&"fieldManager=entri-tokens-NT3_API_TOKEN"), "{}", sent.path);
        assert_eq!(sent.header("content-type"), Some("application/apply-patch+yaml"));
    });
}

#[test]
fn a_wrong_login_a_missing_namespace_and_a_name_that_exists_are_told() {
    alone(&["kubectl"], async |rig| {
        let _server = start(rig, "EXAMPLEONLYwrong").await;
        let reads = ["“kubectl” failed", UNSURE, "nauthorized"];
        rig.fails(&proposed(rig, NEW, "entri", "ci"), &reads).await;
        rig.fails(&proposed(rig, EXISTING, "entri", "ci"), &["“kubectl” failed", UNSURE]).await;
        let _server = start(rig, LOGIN).await;
        let reads = ["“kubectl” failed", UNSURE, "\"nowhere\" not found"];
        rig.fails(&proposed(rig, NEW, "entri", "nowhere"), &reads).await;
        let reads = ["“kubectl” failed", UNSURE, "already exists"];
        rig.fails(&proposed(rig, NEW, "taken", "ci"), &reads).await;
    });
}

#[test]
fn no_network_is_told() {
    alone(&["kubectl"], async |rig| {
        install(rig, "https://localhost:9", LOGIN);
        fs::write(rig.folder.join("trust.pem"), authority("trusted").pem()).unwrap();
        rig.fails(&proposed(rig, NEW, "entri", "ci"), &["“kubectl” failed", UNSURE, "refused"])
            .await;
        rig.fails(
            &proposed(rig, EXISTING, "entri", "ci"),
            &["“kubectl” failed", UNSURE, "refused"],
        )
        .await;
    });
}

/// Without a login, kubectl asks for a user name and takes the value for it. It then finds no terminal to read a
/// password from, and sends nothing to anybody.
#[test]
fn a_question_ends_it_and_sends_nothing() {
    alone(&["kubectl"], async |rig| {
        let server = start(rig, "").await;
        let reads = ["“kubectl” failed", UNSURE, "enter Username"];
        rig.fails(&proposed(rig, NEW, "entri", "ci"), &reads).await;
        assert!(server.requests().iter().all(|it| it.header("authorization").is_none()));
    });
}

#[test]
fn what_it_prints_is_shown_without_the_value() {
    alone(&["kubectl"], async |rig| {
        let _server = start(rig, LOGIN).await;
        let said = rig.arrives(&(proposed(rig, NEW, "entri", "ci") + " --v=9")).await;
        assert!(said.contains("NT3_API_TOKEN") && said.contains("[secret]"), "{said}");
    });
}

/// The date is the same before and after, since the server of this test doesn't count.
#[test]
fn after_a_rotation_it_says_when_the_secret_was_changed() {
    alone(&["kubectl"], async |rig| {
        let _server = start(rig, LOGIN).await;
        let says = rig.rotated(&proposed(rig, EXISTING, "entri", "ci")).await;
        assert_eq!(says, Some(PlaceSays::Unchanged("2026-11-24T14:03:00Z".parse().unwrap())));
    });
}
