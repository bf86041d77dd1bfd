//! Runs the example program, which Cargo builds along with the tests.

#![allow(dead_code, reason = "each test takes what it needs")]

use serde_json::Value;
use tokio::process::Command;

/// The result of a run of the program.
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

/// Creates a token of the organization or of a project, lists it, revokes it, and no longer lists
/// it.
pub async fn works(url: &str, variables: &[(&str, &str)], project: Option<&str>) -> String {
    let clean = async |arguments: &[&str]| {
        let run = tokens_with(url, arguments, variables).await;
        assert_eq!((run.code, &*run.errors), (0, ""), "{arguments:?} {variables:?}");
        run.output
    };
    let mut create = vec!["create", "From the example"];
    create.extend(project.iter().flat_map(|id| ["--project", id]));
    let created: Value = serde_json::from_str(&clean(&create).await).unwrap();
    assert!(created["secret"].as_str().unwrap().starts_with("entri_"), "{variables:?}");
    let id = created["id"].as_str().unwrap();
    let listed = clean(&["list"]).await;
    let line = listed.lines().find(|line| line.contains(id)).unwrap();
    let line: Value = serde_json::from_str(line).unwrap();
    assert_eq!(line["projectId"].as_str(), project, "{variables:?}");
    clean(&["revoke", id]).await;
    assert!(!clean(&["list"]).await.contains(id), "{variables:?}");
    id.to_owned()
}

/// The session cookie of somebody who signed in, as `name=value`.
pub fn cookie(session: &entri_api::Session) -> String {
    let kept = session.to_secret();
    let line = kept.expose().lines().nth(1).unwrap();
    line.split(';').next().unwrap().to_owned()
}
