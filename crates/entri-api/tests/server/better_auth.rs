//! Starts the real better-auth of `tests/better-auth`.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::path::Path;
use std::process::Stdio;

use entri_api::{BaseUrl, Challenge, Secret, SignIn, SignInError, SignedIn, sign_in};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// The code that an authenticator app shows (RFC 6238), by the crypto of Node.
const TOTP: &str = r#"
const bits = [...process.argv[1]].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
const time = Buffer.alloc(8);
time.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
const mac = require("node:crypto").createHmac("sha1", key).update(time).digest();
const code = (mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000;
process.stdout.write(String(code).padStart(6, "0"));
"#;

pub struct Fixture {
    ready: Value,
    _server: Child,
}

impl Fixture {
    pub async fn start(variables: &[(&str, &str)]) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/better-auth");
        assert!(folder.join("node_modules").exists(), "its packages are missing: run ./x setup");
        let mut command = Command::new("node");
        command.arg("server.js").current_dir(folder).envs(variables.iter().copied());
        command.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut server = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).await.unwrap();
        Self { ready: serde_json::from_str(&line).unwrap(), _server: server }
    }

    pub fn text(&self, name: &str) -> &str {
        self.ready[name].as_str().unwrap()
    }

    pub fn project_id(&self) -> Option<&str> {
        self.ready["projectIds"][0].as_str()
    }

    pub fn base_url(&self) -> BaseUrl {
        BaseUrl::parse(self.text("baseUrl")).unwrap()
    }

    pub async fn sign_in(&self, password: &str) -> Result<SignIn, SignInError> {
        let password = Secret::new(password.to_owned());
        sign_in(&self.base_url(), self.text("email"), password).await
    }

    /// Signed in with the right password.
    pub async fn signed_in(&self) -> SignedIn {
        let signed_in = self.sign_in(self.text("password")).await.unwrap();
        let SignIn::Done(signed_in) = signed_in else { panic!("done") };
        signed_in
    }

    /// The second factor of the account that has one.
    pub async fn challenge(&self) -> Challenge {
        let password = Secret::new(self.text("twoFactorPassword").to_owned());
        let signed_in = sign_in(&self.base_url(), self.text("twoFactorEmail"), password).await;
        let SignIn::SecondFactor(challenge) = signed_in.unwrap() else { panic!("a challenge") };
        challenge
    }

    pub async fn totp(&self) -> Secret {
        let mut command = Command::new("node");
        let output = command.args(["-e", TOTP, self.text("totpSecret")]).output().await.unwrap();
        Secret::new(String::from_utf8(output.stdout).unwrap())
    }

    pub fn backup_code(&self, number: usize) -> Secret {
        Secret::new(self.ready["backupCodes"][number].as_str().unwrap().to_owned())
    }

    /// The last code that was sent.
    pub async fn sent_code(&self) -> Secret {
        let body: Value = serde_json::from_str(&self.ask("GET /test/last-otp").await).unwrap();
        Secret::new(body["code"].as_str().unwrap().to_owned())
    }

    /// Makes every session older.
    pub async fn age(&self, hours: u32) {
        self.ask(&format!("POST /test/age-sessions?hours={hours}")).await;
    }

    async fn ask(&self, request: &str) -> String {
        let address = self.text("baseUrl").strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = "Host: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        stream.write_all(format!("{request} HTTP/1.0\r\n{head}").as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }
}
