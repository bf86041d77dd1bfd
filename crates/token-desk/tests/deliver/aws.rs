//! `aws`, versions 1 and 2, against moto's Secrets Manager.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use test_support::server::{Server, json};
use token_desk::PlaceSays;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};

use crate::programs;
use crate::rig::{Rig, alone};

const NEW: &str = "AWS Secrets Manager: new secret";
const EXISTING: &str = "AWS Secrets Manager: existing secret";
const UNSURE: &str = "It may have stored the token’s value. Check there";
/// Version 2 as Debian has it; version 1 is installed for these tests.
const SYSTEM: &str = "/usr/bin/aws";
const LOGIN: [(&str, &str); 2] =
    [("AWS_ACCESS_KEY_ID", "EXAMPLEONLY"), ("AWS_SECRET_ACCESS_KEY", "EXAMPLEONLYsecret")];
/// Without the second, `aws` would ask the network for a login where it has none.
const REGION: [(&str, &str); 2] =
    [("AWS_DEFAULT_REGION", "eu-west-1"), ("AWS_EC2_METADATA_DISABLED", "true")];

/// moto's server behind a relay, which looks at all processes before it passes a connection on.
struct Moto {
    child: Child,
    url: String,
}

impl Moto {
    async fn start(rig: &Rig) -> Self {
        let mut child = Command::new(programs::find("moto_server").unwrap())
            .args(["--host", "127.0.0.1", "--port", "0"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut lines = lines.map(Result::unwrap);
        let address = lines
            .find_map(|line| line.split_once("Running on http://").map(|(_, it)| it.to_owned()))
            .unwrap();
        // It writes on: a line for each request.
        std::thread::spawn(move || lines.for_each(drop));
        let relay = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", relay.local_addr().unwrap());
        let processes = Arc::clone(&rig.processes);
        tokio::spawn(async move {
            while let Ok((mut from, _)) = relay.accept().await {
                processes.look();
                let mut to = TcpStream::connect(&address).await.unwrap();
                tokio::spawn(async move { copy_bidirectional(&mut from, &mut to).await });
            }
        });
        Self { child, url }
    }

    /// What is stored under a name, asked for beside the program that is tried.
    async fn stored(&self, rig: &Rig, name: &str) -> String {
        let first = format!("--endpoint-url={}", self.url);
        rig.install("aws-asks", &[REGION, LOGIN].concat(), &first);
        let output = tokio::process::Command::new(rig.folder.join("bin/aws-asks"))
            .args(["secretsmanager", "get-secret-value", "--secret-id", name])
            .args(["--query", "SecretString", "--output", "json"])
            .output()
            .await
            .unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn install(rig: &Rig, url: &str, login: &[(&str, &str)]) {
    rig.install("aws", &[&REGION[..], login].concat(), &format!("--endpoint-url={url}"));
}

fn proposed(rig: &Rig, label: &str, name: &str) -> String {
    rig.proposed(label, &[("<name>", name)])
}

#[test]
fn the_exact_value_arrives() {
    alone(&["aws", "moto_server"], async |rig| {
        let moto = Moto::start(rig).await;
        install(rig, &moto.url, &LOGIN);
        arrives(rig, &moto, "ci/one").await;
        if Path::new(SYSTEM).exists() {
            let first = format!("--endpoint-url={}", moto.url);
            let settings = [REGION, LOGIN].concat();
            rig.install_as("aws", Path::new(SYSTEM), &settings, &first);
            arrives(rig, &moto, "ci/two").await;
        }
    });
}

/// In a new secret, and then in the same one.
async fn arrives(rig: &Rig, moto: &Moto, name: &str) {
    let missing = ["“aws” failed", UNSURE, "ResourceNotFoundException"];
    rig.fails(&proposed(rig, EXISTING, name), &missing).await;
    rig.arrives(&proposed(rig, NEW, name)).await;
    assert_eq!(moto.stored(rig, name).await, rig.value);
    let taken = ["“aws” failed", UNSURE, "already exists"];
    rig.fails(&proposed(rig, NEW, name), &taken).await;
    let said = rig.arrives(&proposed(rig, EXISTING, name)).await;
    assert!(said.contains("AWSCURRENT"), "{said}");
    assert_eq!(moto.stored(rig, name).await, rig.value);
}

#[test]
fn a_wrong_login_no_login_and_no_network_are_told() {
    alone(&["aws"], async |rig| {
        let refusal = r#"{"__type":"UnrecognizedClientException","message":"The security token included in the request is invalid."}"#;
        let server = Server::start(move |_, _| json(400, refusal)).await;
        install(rig, &server.url(), &LOGIN);
        let line = proposed(rig, EXISTING, "ci/one");
        rig.fails(&line, &["“aws” failed", UNSURE, "security token", "is invalid"]).await;
        install(rig, &server.url(), &[]);
        rig.fails(&line, &["“aws” failed", UNSURE, "Unable to locate credentials"]).await;
        install(rig, programs::NOWHERE, &[LOGIN[0], LOGIN[1], ("AWS_MAX_ATTEMPTS", "1")]);
        rig.fails(&line, &["“aws” failed", UNSURE, "Could not connect"]).await;
    });
}

/// A profile with a second factor asks for its code, on the terminal if there is one.
#[test]
fn a_question_ends_it_and_sends_nothing() {
    alone(&["aws"], async |rig| {
        let server = Server::start(|_, _| json(500, "{}")).await;
        let role = "[profile ci]\nrole_arn = arn:aws:iam::123456789012:role/ci\n\
            mfa_serial = arn:aws:iam::123456789012:mfa/me\nsource_profile = me\n\
            [profile me]\naws_access_key_id = EXAMPLEONLY\naws_secret_access_key = EXAMPLEONLYsecret\n";
        fs::create_dir(rig.home().join(".aws")).unwrap();
        fs::write(rig.home().join(".aws/config"), role).unwrap();
        install(rig, &server.url(), &[("AWS_PROFILE", "ci")]);
        let reads = ["“aws” failed", UNSURE, "MFA code"];
        rig.fails(&proposed(rig, EXISTING, "ci/one"), &reads).await;
        assert!(server.requests().is_empty());
    });
}

#[test]
fn what_it_prints_when_it_debugs_is_shown_without_the_value() {
    alone(&["aws", "moto_server"], async |rig| {
        let moto = Moto::start(rig).await;
        install(rig, &moto.url, &LOGIN);
        let said = rig.arrives(&(proposed(rig, NEW, "ci/one") + " --debug")).await;
        assert!(said.contains("DEBUG"), "the control: {said}");
    });
}

/// In whole seconds, by version 1, and to the millisecond, by version 2.
#[test]
fn after_a_rotation_it_says_when_the_secret_was_changed() {
    alone(&["aws", "moto_server"], async |rig| {
        let moto = Moto::start(rig).await;
        install(rig, &moto.url, &LOGIN);
        let begun = Utc::now() - TimeDelta::minutes(1);
        let says = rig.rotated(&proposed(rig, NEW, "ci/one")).await;
        let Some(PlaceSays::Changed(at) | PlaceSays::Unchanged(at)) = says else {
            panic!("{says:?}")
        };
        assert!(at > begun, "{at}");
    });
}
