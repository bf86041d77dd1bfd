//! Runs the example program, which Cargo builds along with the tests.

#![allow(dead_code, reason = "each test takes what it needs")]

use tokio::process::Command;

/// What came of a run.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub output: String,
    pub errors: String,
}

/// The program with an API token.
pub async fn tokens(url: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let token = [("ENTRI_API_TOKEN", "entri_EXAMPLEONLYadmin")];
    tokens_with(url, arguments, &[&token[..], variables].concat()).await
}

/// The program with nothing in its environment but the address and `variables`.
pub async fn tokens_with(url: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(|folder| folder.parent()).unwrap();
    let program = folder.join("examples").join(format!("tokens{}", std::env::consts::EXE_SUFFIX));
    let mut command = Command::new(program);
    command.args(arguments).env_clear().env("ENTRI_BASE_URL", url);
    command.envs(variables.iter().copied());
    let ended = command.kill_on_drop(true).output().await.unwrap();
    Run {
        code: ended.status.code().unwrap(),
        output: String::from_utf8(ended.stdout).unwrap(),
        errors: String::from_utf8(ended.stderr).unwrap(),
    }
}
