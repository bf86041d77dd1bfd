//! The sandbox in a process of its own, so that what it costs is nobody else's.

use std::process::Command;

use entri_sandbox::{Config, Sandbox};
use serde_json::Value;

use crate::process::Running;

/// The word this program is started with to be the server.
pub const ROLE: &str = "serve";

pub struct Server {
    pub address: String,
    pub key: String,
    _running: Running,
}

impl Server {
    pub fn start(tokens: u32) -> Self {
        let program = std::env::current_exe().expect("this program's path");
        let running = Running::start(Command::new(program).args([ROLE, &tokens.to_string()]));
        let (_, ready) = running.wait_for("baseUrl");
        let ready: Value = serde_json::from_str(&ready).expect("JSON");
        let text = |name: &str| ready[name].as_str().expect("a text").to_owned();
        Self { address: text("baseUrl"), key: text("adminToken"), _running: running }
    }
}

/// Serves until it is killed.
#[expect(clippy::print_stdout, reason = "the line its parent waits for")]
pub async fn run(tokens: &str) {
    let tokens = tokens.parse().expect("a number of tokens");
    let sandbox = Sandbox::start(Config { tokens, ..Config::default() }).await;
    let sandbox = sandbox.expect("the sandbox starts");
    println!("{}", serde_json::to_string(sandbox.ready()).expect("JSON"));
    std::future::pending::<()>().await;
}
