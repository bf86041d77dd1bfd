//! `doppler`, against a server with the path of its API.

use std::sync::Arc;

use test_support::server::{Reply, Request, Server, json};

use crate::processes::Processes;
use crate::rig::{Rig, alone};

const LOGIN: &str = "dp.st.EXAMPLEONLYlogin";
const UNSURE: &str = "It may have stored the token’s value. Check there";

async fn start(rig: &Rig, login: &str) -> Server {
    let processes = Arc::clone(&rig.processes);
    let server = Server::start(move |request, _| answer(request, &processes)).await;
    install(rig, login, &server.url());
    server
}

fn install(rig: &Rig, login: &str, host: &str) {
    rig.install("doppler", &[("DOPPLER_TOKEN", login)], &format!("--api-host={host}"));
}

fn answer(request: &Request, processes: &Processes) -> Reply {
    processes.look();
    let failed = |status, message| {
        let body = serde_json::json!({"messages": [message], "success": false});
        json(status, &body.to_string())
    };
    if request.header("authorization") != Some(format!("Bearer {LOGIN}").as_str()) {
        return failed(401, "Invalid Auth token");
    }
    if request.path != "/v3/configs/config/secrets?config=prd&project=web" {
        return failed(404, "Could not find requested project");
    }
    let value = value_of(request);
    let stored = serde_json::json!({"computed": value, "raw": value, "note": ""});
    json(200, &serde_json::json!({"secrets": {"NT3_API_TOKEN": stored}}).to_string())
}

fn value_of(request: &Request) -> String {
    let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
    let change = &body["change_requests"][0];
    assert_eq!(change["name"], "NT3_API_TOKEN");
    change["value"].as_str().unwrap().to_owned()
}

fn proposed(rig: &Rig, project: &str) -> String {
    rig.proposed("Doppler", &[("<project>", project), ("<config>", "prd")])
}

#[test]
fn the_exact_value_arrives_and_replaces_the_one_before() {
    alone(&["doppler"], async |rig| {
        let server = start(rig, LOGIN).await;
        for times in 1..=2 {
            assert_eq!(rig.arrives(&proposed(rig, "web")).await, "");
            let values: Vec<_> = server.requests().iter().map(value_of).collect();
            assert_eq!(values, vec![rig.value.clone(); times]);
        }
    });
}

#[test]
fn a_wrong_login_and_a_missing_project_are_told() {
    alone(&["doppler"], async |rig| {
        let _server = start(rig, "dp.st.EXAMPLEONLYwrong").await;
        let reads = ["“doppler” failed", UNSURE, "Invalid Auth token"];
        rig.fails(&proposed(rig, "web"), &reads).await;
        let _server = start(rig, LOGIN).await;
        let reads = ["“doppler” failed", UNSURE, "Could not find requested project"];
        rig.fails(&proposed(rig, "nowhere"), &reads).await;
    });
}

#[test]
fn no_network_is_told() {
    alone(&["doppler"], async |rig| {
        install(rig, LOGIN, crate::programs::NOWHERE);
        let reads = ["“doppler” failed", UNSURE, "connection refused"];
        rig.fails(&proposed(rig, "web"), &reads).await;
    });
}

/// It would ask for a login on a terminal.
#[test]
fn no_login_is_told() {
    alone(&["doppler"], async |rig| {
        rig.install("doppler", &[], "");
        let unsent = "It didn’t read the token’s value, so nothing was sent.";
        let reads = ["“doppler” failed", unsent, "you must provide a token"];
        rig.fails(&proposed(rig, "web"), &reads).await;
    });
}

#[test]
fn what_it_prints_is_shown_without_the_value() {
    alone(&["doppler"], async |rig| {
        let _server = start(rig, LOGIN).await;
        let said = rig.arrives(&proposed(rig, "web").replace(" --silent=true", "")).await;
        assert!(said.contains("NT3_API_TOKEN") && said.contains("[secret]"), "{said}");
    });
}
