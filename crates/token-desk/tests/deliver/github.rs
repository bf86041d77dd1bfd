//! `gh`, against a server with GitHub's paths and a certificate of its own, which opens the sealed box.

use std::fs;
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crypto_box::SecretKey;
use test_support::identity::{authority, proven};
use test_support::server::{Reply, Request, Server, json};
use token_desk::PlaceSays;

use crate::processes::Processes;
use crate::rig::{Rig, alone};

const LOGIN: &str = "ghp_EXAMPLEONLYlogin";
const SECRETS: &str = "/api/v3/repos/acme/web/actions/secrets";

/// The server, and what it was given to keep, opened.
struct GitHub {
    server: Server,
    kept: Arc<Mutex<Vec<Vec<u8>>>>,
    trust: String,
}

impl GitHub {
    async fn start(rig: &Rig) -> Self {
        let trusted = authority("trusted");
        let trust = rig.folder.join("trust.pem");
        fs::write(&trust, trusted.pem()).unwrap();
        let kept = Arc::<Mutex<Vec<Vec<u8>>>>::default();
        let (processes, keep) = (Arc::clone(&rig.processes), Arc::clone(&kept));
        let answer = move |request: &Request, _| answer(request, &processes, &keep);
        let server = Server::start_tls(&proven(&trusted), answer).await;
        Self { server, kept, trust: trust.to_str().unwrap().to_owned() }
    }

    fn install(&self, rig: &Rig, login: &str, more: &[(&str, &str)]) {
        let host = format!("localhost:{}", self.server.address.port());
        let settings = [
            ("GH_HOST", host.as_str()),
            ("GH_ENTERPRISE_TOKEN", login),
            ("GH_NO_UPDATE_NOTIFIER", "1"),
            ("SSL_CERT_FILE", &self.trust),
        ];
        rig.install("gh", &[&settings[..], more].concat(), "");
    }

    fn kept(&self) -> Vec<Vec<u8>> {
        self.kept.lock().unwrap().clone()
    }
}

/// As GitHub documents its own answers.
fn answer(request: &Request, processes: &Processes, keep: &Mutex<Vec<Vec<u8>>>) -> Reply {
    processes.look();
    let key = SecretKey::from([7; 32]);
    if request.header("authorization") != Some(format!("token {LOGIN}").as_str()) {
        return json(401, r#"{"message":"Bad credentials"}"#);
    }
    match (request.method.as_str(), request.path.strip_prefix(SECRETS)) {
        ("GET", Some("/public-key")) => {
            let key = STANDARD.encode(key.public_key().as_bytes());
            json(200, &serde_json::json!({"key_id": "1", "key": key}).to_string())
        }
        ("GET", Some("/NT3_API_TOKEN")) => {
            let minutes = keep.lock().unwrap().len();
            let updated = format!("2026-11-24T14:0{minutes}:00Z");
            let secret = serde_json::json!({"name": "NT3_API_TOKEN", "updated_at": updated});
            json(200, &secret.to_string())
        }
        ("PUT", Some("/NT3_API_TOKEN")) => {
            let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
            let sealed = STANDARD.decode(body["encrypted_value"].as_str().unwrap()).unwrap();
            let mut kept = keep.lock().unwrap();
            kept.push(key.unseal(&sealed).unwrap());
            if kept.len() == 1 { json(201, "{}") } else { json(204, "") }
        }
        _ => json(404, r#"{"message":"Not Found"}"#),
    }
}

fn proposed(rig: &Rig, repository: &str) -> String {
    rig.proposed("GitHub Actions", &[("<owner>", "acme"), ("<repo>", repository)])
}

#[test]
fn the_exact_value_arrives_and_replaces_the_one_before() {
    alone(&["gh"], async |rig| {
        let github = GitHub::start(rig).await;
        github.install(rig, LOGIN, &[]);
        for times in 1..=2 {
            rig.arrives(&proposed(rig, "web")).await;
            assert_eq!(github.kept(), vec![rig.value.as_bytes().to_vec(); times]);
        }
    });
}

#[test]
fn a_wrong_login_and_a_missing_repository_are_told() {
    const UNSURE: &str = "It may have stored the token’s value. Check there";
    alone(&["gh"], async |rig| {
        let github = GitHub::start(rig).await;
        github.install(rig, "ghp_EXAMPLEONLYwrong", &[]);
        rig.fails(&proposed(rig, "web"), &["“gh” failed", UNSURE, "401", "Bad credentials"]).await;
        github.install(rig, LOGIN, &[]);
        rig.fails(&proposed(rig, "nowhere"), &["“gh” failed", UNSURE, "404"]).await;
        assert!(github.kept().is_empty());
    });
}

/// Without a login it would ask for one on a terminal.
#[test]
fn no_login_and_no_network_are_told() {
    alone(&["gh"], async |rig| {
        rig.install("gh", &[("GH_NO_UPDATE_NOTIFIER", "1")], "");
        let reads = ["“gh” failed", "It didn’t read the token’s value, so nothing was sent."];
        rig.fails(&proposed(rig, "web"), &[reads[0], reads[1], "gh auth login"]).await;
        let offline = [("GH_HOST", "localhost:9"), ("GH_ENTERPRISE_TOKEN", LOGIN)];
        rig.install("gh", &offline, "");
        rig.fails(&proposed(rig, "web"), &["“gh” failed", "may have stored", "refused"]).await;
    });
}

#[test]
fn what_it_prints_when_it_debugs_does_not_hold_the_value() {
    alone(&["gh"], async |rig| {
        let github = GitHub::start(rig).await;
        github.install(rig, LOGIN, &[("GH_DEBUG", "api")]);
        let said = rig.arrives(&proposed(rig, "web")).await;
        assert!(said.contains("encrypted_value"), "the control: {said}");
    });
}

#[test]
fn after_a_rotation_it_says_when_the_secret_was_updated() {
    alone(&["gh"], async |rig| {
        let github = GitHub::start(rig).await;
        github.install(rig, LOGIN, &[]);
        let says = rig.rotated(&proposed(rig, "web")).await;
        assert_eq!(says, Some(PlaceSays::Changed("2026-11-24T14:02:00Z".parse().unwrap())));
        assert_eq!(github.kept().len(), 2);
    });
}
