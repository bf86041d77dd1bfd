//! The program as a shell runs it: what it prints where, how it ends, and what it leaves alone.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use chrono::Utc;
use entri_sandbox::{Config, Fault, FaultAnswer, Sandbox};
use serde_json::Value;
use tempfile::TempDir;
use token_desk::{ConnectRequest, CredentialRequest, Desk, Persistence, Secret};

/// A server, and the home folder of a person who uses the program.
struct Shell {
    sandbox: Sandbox,
    home: TempDir,
}

/// What a command printed, and how it ended.
struct Ended {
    code: i32,
    out: String,
    err: String,
}

impl Shell {
    async fn new() -> Self {
        let sandbox = Sandbox::start(Config::default()).await.expect("a sandbox");
        Self { sandbox, home: tempfile::tempdir().expect("a home") }
    }

    /// The program, in an environment of its own, without any credential.
    fn program(&self) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_entok"));
        let home = self.home.path();
        program.env_clear().env("HOME", home).env("PATH", "/usr/bin:/bin").current_dir(home);
        program.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        program
    }

    /// Runs it at the sandbox, with the administrator's token in the environment.
    fn entok(&self, arguments: &[&str]) -> Ended {
        let ready = self.sandbox.ready();
        let mut program = self.program();
        program.args(["--url", &ready.base_url]).args(arguments);
        Ended::of(program.env("NT3_API_TOKEN", &ready.admin_token).stdin(Stdio::null()).output())
    }

    /// Runs it with this as its standard output.
    fn run_with(&self, arguments: &[&str], out: impl Into<Stdio>) -> Ended {
        let ready = self.sandbox.ready();
        let mut program = self.program();
        program.args(["--url", &ready.base_url]).args(arguments).stdout(out).stderr(Stdio::piped());
        let running = program.env("NT3_API_TOKEN", &ready.admin_token).stdin(Stdio::null()).spawn();
        Ended::of(running.expect("it runs").wait_with_output())
    }

    /// Runs it with its output going to a program that has ended.
    fn run_into(&self, arguments: &[&str], reader: &str) -> Ended {
        let mut reader = Command::new(reader).stdin(Stdio::piped()).spawn().expect("a reader");
        let pipe = reader.stdin.take().expect("its input");
        reader.wait().expect("it ends");
        self.run_with(arguments, pipe)
    }

    fn requests(&self, method: &str) -> usize {
        self.sandbox.requests().iter().filter(|request| request.method == method).count()
    }

    fn id_of(&self, name: &str) -> String {
        let tokens = self.sandbox.truth().expect("the truth");
        tokens.into_iter().find(|token| token.name == name).expect("it is there").id
    }

    fn is_alive(&self, name: &str) -> bool {
        let tokens = self.sandbox.truth().expect("the truth");
        tokens.into_iter().any(|token| token.name == name && !token.revoked)
    }
}

impl Ended {
    fn of(output: std::io::Result<Output>) -> Self {
        let output = output.expect("it runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let code = output.status.code().expect("it ends by itself");
        Self { code, out: text(output.stdout), err: text(output.stderr) }
    }

    fn lines(&self) -> Vec<Value> {
        let parsed = self.out.lines().map(serde_json::from_str);
        parsed.collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_listed_for_programs_and_for_people() {
    let shell = Shell::new().await;
    let listed = shell.entok(&["list", "--json"]);
    assert_eq!((listed.code, &*listed.err), (0, ""), "{}", listed.err);
    let tokens = listed.lines();
    assert_eq!(tokens.len(), 48);
    let stale =
        tokens.iter().find(|token| token["name"] == "staging-server").expect("it is listed");
    assert_eq!(stale["state"], "stale");
    assert_eq!(stale["id"], shell.id_of("staging-server"));
    assert!(stale["findings"].as_array().is_some_and(|found| !found.is_empty()), "{stale}");

    let found = shell.entok(&["list", "--search", "unused:>90d", "--columns", "name,state"]);
    assert_eq!(found.code, 0);
    assert_eq!(found.out.lines().next(), Some("NAME                 STATE"), "{}", found.out);
    assert!(found.out.contains("staging-server"), "{}", found.out);
    assert!(!found.out.contains("gitlab-ci"), "{}", found.out);

    let both = shell.entok(&["list", "--json", "--columns", "name"]);
    assert_eq!((both.code, &*both.out), (2, ""), "{}", both.err);

    let misspelt = shell.entok(&["list", "--search", "unused:>soon"]);
    assert_eq!((misspelt.code, &*misspelt.out), (2, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_or_refused_sign_in_is_told_from_a_failure() {
    let shell = Shell::new().await;
    let url = shell.sandbox.ready().base_url.clone();
    let none = Ended::of(shell.program().args(["--url", &url, "list"]).output());
    assert_eq!((none.code, &*none.out), (4, ""), "{}", none.err);
    assert!(none.err.contains("NT3_API_TOKEN"), "{}", none.err);

    let refused = Ended::of(
        shell
            .program()
            .args(["--url", &url, "list"])
            .env("NT3_API_TOKEN", format!("entri_{}", "x".repeat(48)))
            .output(),
    );
    assert_eq!(refused.code, 4, "{}", refused.err);

    let nobody = Ended::of(shell.program().arg("list").output());
    assert_eq!(nobody.code, 4, "{}", nobody.err);

    let away = Ended::of(
        shell
            .program()
            .args(["--url", "http://127.0.0.1:9", "list"])
            .env("NT3_API_TOKEN", &shell.sandbox.ready().admin_token)
            .output(),
    );
    assert_eq!(away.code, 1, "{}", away.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_comes_from_standard_input_and_never_from_an_argument() {
    let shell = Shell::new().await;
    let ready = shell.sandbox.ready();
    let mut program = shell.program();
    program.args(["--url", &ready.base_url, "--token-stdin", "list", "--json"]);
    let mut running = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut input = running.stdin.take().expect("its input");
    writeln!(input, "{}", ready.admin_token).expect("it reads");
    drop(input);
    let listed = Ended::of(running.wait_with_output());
    assert_eq!((listed.code, listed.lines().len()), (0, 48), "{}", listed.err);

    let refused = shell.entok(&["show", &ready.admin_token]);
    assert_eq!((refused.code, &*refused.out), (2, ""));
    assert!(!refused.err.contains(&ready.admin_token), "{}", refused.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incomplete_list_is_printed_and_said_to_be_one() {
    let shell = Shell::new().await;
    let project = "/api/projects/";
    for _ in 0..20 {
        let answer = FaultAnswer::status(500, "application/json", "{}");
        let fault = Fault {
            method: "GET".parse().expect("a method"),
            path: project.into(),
            with_effect: false,
            answer,
        };
        shell.sandbox.fail_next(fault);
    }
    let listed = shell.entok(&["list", "--json"]);
    assert_eq!(listed.code, 5, "{}", listed.err);
    assert!(!listed.err.is_empty() && !listed.lines().is_empty(), "{}", listed.err);
    let audited = shell.entok(&["audit", "--fail-on", "low"]);
    assert_eq!(audited.code, 5, "{}", audited.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_value_goes_to_one_place_and_nowhere_else() {
    let shell = Shell::new().await;
    let created =
        shell.entok(&["create", "deploy-eu", "--expires-in", "90", "--to-file", "token", "--json"]);
    assert_eq!(created.code, 0, "{}", created.err);
    let told = &created.lines()[0];
    assert_eq!(
        (told["name"].as_str(), told["id"].as_str()),
        (Some("deploy-eu"), Some(&*shell.id_of("deploy-eu")))
    );
    let file = shell.home.path().join("token");
    let value = fs::read_to_string(&file).expect("the file");
    let value = value.strip_suffix('\n').expect("a line, as the app writes it");
    assert!(value.starts_with("entri_") && !value.contains('\n'), "the bytes alone");
    assert_eq!(fs::metadata(&file).expect("the file").permissions().mode() & 0o777, 0o600);
    assert!(!created.out.contains(value) && !created.err.contains(value));

    let again = shell.entok(&["create", "deploy-us", "--expires-in", "90", "--to-file", "token"]);
    assert_eq!((again.code, shell.requests("POST")), (2, 1), "{}", again.err);

    let shown = shell.entok(&["create", "deploy-us", "--expires-in", "90", "--reveal"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.starts_with("entri_") && !shown.out.ends_with('\n'));
    assert!(!shown.err.contains(&shown.out));

    let program =
        shell.entok(&["create", "deploy-ap", "--expires-in", "90", "--to-program", "tee taken"]);
    assert_eq!(program.code, 0, "{}", program.err);
    let taken = fs::read_to_string(shell.home.path().join("taken")).expect("the program got it");
    assert!(taken.starts_with("entri_") && !program.out.contains(&taken), "{}", program.out);

    let nowhere = shell.entok(&["create", "deploy-sa", "--expires-in", "90"]);
    assert_eq!((nowhere.code, shell.requests("POST")), (2, 3), "{}", nowhere.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_reached_nobody_is_said_to_be_gone() {
    let shell = Shell::new().await;
    let failed = shell.entok(&["create", "deploy-eu", "--never-expires", "--to-program", "false"]);
    assert_eq!((failed.code, &*failed.out), (1, ""));
    assert!(failed.err.contains(&shell.id_of("deploy-eu")), "{}", failed.err);

    let gone = shell.run_into(&["create", "deploy-us", "--never-expires", "--reveal"], "true");
    assert_eq!(gone.code, 1, "{}", gone.err);
    assert!(gone.err.contains(&shell.id_of("deploy-us")), "{}", gone.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_created_for_a_place_that_cannot_take_the_value() {
    let shell = Shell::new().await;
    let home = shell.home.path();
    fs::create_dir_all(home.join("tracked/.git")).expect("a repository");
    std::os::unix::fs::symlink(home.join("nowhere"), home.join("link")).expect("a link");
    for to in [
        ["--to-file", "missing/token"],
        ["--to-file", "tracked/token"],
        ["--to-file", "link"],
        ["--to-file", "."],
        ["--to-program", "no-such-program-here"],
        ["--to-program", "gh secret set X > y"],
        ["--to-program", "gh secret set <name>"],
        ["--to-program", "./missing"],
    ] {
        let refused = shell.entok(&["create", "deploy-eu", "--expires-in", "9", to[0], to[1]]);
        assert_eq!((refused.code, shell.requests("POST")), (2, 0), "{to:?}: {}", refused.err);
    }
    let nobody =
        shell.run_with(&["create", "deploy-eu", "--expires-in", "9", "--reveal"], Stdio::null());
    assert_eq!((nobody.code, shell.requests("POST")), (2, 0), "{}", nobody.err);
    let taken = shell.entok(&["create", "gitlab-ci", "--expires-in", "9", "--to-file", "token"]);
    assert_eq!((taken.code, shell.requests("POST")), (2, 0), "{}", taken.err);
    let anyway = ["create", "gitlab-ci", "--expires-in", "9", "--to-file", "token", "--anyway"];
    assert_eq!(shell.entok(&anyway).code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_says_nothing_is_no_value_and_no_failure() {
    let shell = Shell::new().await;
    let lose = |answer| {
        let (method, path) = ("POST".parse().expect("a method"), "/tokens".to_owned());
        shell.sandbox.fail_next(Fault { method, path, with_effect: true, answer });
    };
    lose(FaultAnswer::status(201, "application/json", "{\"ok\":true}"));
    let create =
        |name| shell.entok(&["create", name, "--expires-in", "9", "--to-program", "tee taken"]);
    let unreadable = create("deploy-eu");
    assert_eq!((unreadable.code, &*unreadable.out), (1, ""), "{}", unreadable.err);
    assert!(!shell.home.path().join("taken").exists(), "a program gets a value or nothing");
    lose(FaultAnswer::status(502, "text/html", "bad gateway"));
    let unknown = create("deploy-us");
    assert_eq!((unknown.code, &*unknown.out), (5, ""), "{}", unknown.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_to_sign_in_with_goes_to_no_other_program() {
    let shell = Shell::new().await;
    fs::write(shell.home.path().join("look"), "#!/bin/sh\ncat > /dev/null; env > seen\n")
        .expect("a script");
    let script = shell.home.path().join("look");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).expect("a mode");
    let created = shell.entok(&["create", "x", "--expires-in", "9", "--to-program", "./look"]);
    assert_eq!(created.code, 0, "{}", created.err);
    let seen = fs::read_to_string(shell.home.path().join("seen")).expect("it ran");
    assert!(seen.contains("PATH=") && !seen.contains(&shell.sandbox.ready().admin_token), "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_revoked_only_on_evidence_where_nobody_can_be_asked() {
    let shell = Shell::new().await;
    let (stale, busy) = (shell.id_of("staging-server"), shell.id_of("gitlab-ci"));
    let unasked = shell.entok(&["revoke", &stale]);
    assert_eq!((unasked.code, shell.requests("DELETE")), (2, 0), "{}", unasked.err);
    let unproven = shell.entok(&["revoke", &stale, "--yes"]);
    assert_eq!((unproven.code, shell.requests("DELETE")), (2, 0), "{}", unproven.err);
    let used = shell.entok(&["revoke", &busy, "--yes", "--unused-for", "90d"]);
    assert_eq!((used.code, shell.requests("DELETE")), (1, 0), "{}", used.err);

    let nothing = shell.entok(&["revoke", &busy, "--yes", "--unused-for", "0d"]);
    assert_eq!((nothing.code, shell.requests("DELETE")), (2, 0), "{}", nothing.err);
    let listed = shell.entok(&["list", "--json"]).lines();
    let own = listed.iter().find(|token| token["state"] == "used by this app").expect("its own");
    let own = own["id"].as_str().expect("an id");
    let refused = shell.entok(&["revoke", own, "--yes", "--unused-for", "1d"]);
    assert_eq!((refused.code, shell.requests("DELETE")), (1, 0), "{}", refused.err);
    assert!(refused.err.contains("signs in here"), "{}", refused.err);
    let by_name = shell.entok(&["revoke", "staging-server", "--yes", "--unused-for", "90d"]);
    assert_eq!((by_name.code, shell.requests("DELETE")), (1, 0), "{}", by_name.err);

    let revoked = shell.entok(&["revoke", &stale, "--yes", "--unused-for", "90d", "--json"]);
    assert_eq!(revoked.code, 0, "{}", revoked.err);
    assert_eq!(revoked.lines()[0]["revoked"], true);
    assert!(!shell.is_alive("staging-server") && shell.is_alive("gitlab-ci"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_audit_ends_by_what_it_found() {
    let shell = Shell::new().await;
    let found = shell.entok(&["audit", "--fail-on", "high"]);
    assert_eq!(found.code, 3, "{}", found.err);
    assert!(found.out.ends_with("findings.\n"), "{}", found.out);
    assert_eq!(shell.entok(&["audit", "--fail-on", "never"]).code, 0);

    let rules = shell.entok(&["audit", "--json"]);
    let lines = rules.lines();
    assert!(
        lines.iter().all(|line| line["tokens"].as_array().is_some_and(|tokens| !tokens.is_empty()))
    );
    let junit = shell.entok(&["audit", "--format", "junit"]);
    assert_eq!(junit.out.matches("<failure").count(), lines.len(), "{}", junit.out);
    let report: Value = serde_json::from_str(&shell.entok(&["report"]).out).expect("a report");
    for (line, finding) in lines.iter().zip(report["findings"].as_array().expect("findings")) {
        let named = line["tokens"].as_array().map(Vec::len);
        assert_eq!(named.map(Value::from).as_ref(), Some(&finding["tokens"]), "{line}");
    }
    let github = shell.entok(&["audit", "--format", "github"]);
    assert_eq!(github.out.matches("::warning ").count(), lines.len(), "{}", github.out);

    let count = |ended: &Ended| ended.lines().iter().filter(|line| line["rule"] == "stale").count();
    let lenient = shell.home.path().join("policy.toml");
    fs::write(&lenient, "stale_days = 365\n").expect("a policy");
    let judged = shell.entok(&["audit", "--json", "--policy", "policy.toml"]);
    assert!(count(&judged) <= count(&rules));
    fs::write(&lenient, "stale_days = 4000\n").expect("a policy");
    assert_eq!(shell.entok(&["audit", "--policy", "policy.toml"]).code, 2);
    let checked = Ended::of(shell.program().args(["policy", "check", "policy.toml"]).output());
    assert_eq!((checked.code, &*checked.out), (2, ""), "{}", checked.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_in_a_folder_is_found_and_named() {
    let shell = Shell::new().await;
    let clean = shell.entok(&["scan", "."]);
    assert_eq!(clean.code, 0, "{}{}", clean.out, clean.err);
    let value = shell.entok(&["create", "deploy-eu", "--expires-in", "90", "--reveal"]).out;
    let folder = shell.home.path().join("project");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("deploy.sh"), format!("#!/bin/sh\nexport NT3_API_TOKEN={value}\n"))
        .expect("a script");

    let found = shell.entok(&["scan", "project", "--json"]);
    assert_eq!(found.code, 3, "{}", found.err);
    let [token, ledger] = &found.lines()[..] else { panic!("{}", found.out) };
    assert_eq!((&token["name"], &token["life"]), (&"deploy-eu".into(), &"live".into()), "{token}");
    assert!(token["places"][0]["path"].as_str().is_some_and(|path| path.ends_with("deploy.sh:2")));
    assert_eq!(ledger["complete"], true);
    let told = shell.entok(&["scan", "project"]);
    assert!(!told.out.contains(&value) && !found.out.contains(&value), "{}", told.out);

    fs::write(folder.join("cut.gz"), [0x1f, 0x8b, 8, 0, 1, 2]).expect("an archive");
    let partial = shell.entok(&["scan", "project"]);
    assert_eq!(partial.code, 5, "{}{}", partial.out, partial.err);
    assert!(
        partial.out.contains("deploy.sh:2") && partial.out.contains("Not read"),
        "{}",
        partial.out
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_a_server_that_was_named_once() {
    let shell = Shell::new().await;
    assert_eq!(shell.entok(&["report"]).code, 0);
    assert_eq!(fs::read_dir(shell.home.path()).expect("the home").count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_app_keeps_is_read_and_not_changed() {
    let shell = Shell::new().await;
    let folder = shell.home.path().join(".local/share/entri-tokens");
    keep(&shell, &folder).await;
    let run = |arguments: &[&str]| Ended::of(shell.program().args(arguments).output());

    let kept = run(&["connections", "--json"]);
    let connections = kept.lines();
    assert_eq!((kept.code, connections.len()), (0, 1), "{}", kept.err);
    assert_eq!(
        (&connections[0]["tokens"], &connections[0]["complete"]),
        (&48.into(), &true.into())
    );
    // Its credential was in no keychain, so the list is the one from before.
    let name = connections[0]["name"].as_str().expect("a name");
    let listed = run(&["--connection", name, "list", "--json"]);
    assert_eq!((listed.code, listed.lines().len()), (4, 48), "{}", listed.err);
    let audited = run(&["audit", "--fail-on", "never"]);
    assert_eq!(audited.code, 4, "a list from before is no list: {}", audited.err);
    assert_eq!(run(&["show", "no-such-token"]).code, 4);
    assert_eq!(run(&["--connection", "elsewhere", "list"]).code, 2);
    assert_eq!(run(&["journal", "verify"]).code, 0);

    let before = run(&["audit", "--json"]).out;
    fs::write(shell.home.path().join("policy.toml"), "stale_days = 365\n").expect("a policy");
    assert_ne!(run(&["audit", "--json", "--policy", "policy.toml"]).out, before);
    assert_eq!(run(&["audit", "--json"]).out, before, "the app's own policy is as before");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_app_keeps_is_read_through_a_link_and_not_at_all_if_it_is_damaged() {
    let shell = Shell::new().await;
    let folder = shell.home.path().join("data/entri-tokens");
    keep(&shell, &folder).await;
    std::os::unix::fs::symlink(shell.home.path().join("data"), shell.home.path().join("link"))
        .expect("a link");
    let run = |data: &str, arguments: &[&str]| {
        let data = shell.home.path().join(data);
        Ended::of(shell.program().env("XDG_DATA_HOME", data).args(arguments).output())
    };
    assert_eq!(run("link", &["connections", "--json"]).lines().len(), 1);
    assert_eq!(run("data", &["journal", "verify"]).code, 0);
    assert_eq!(shell.entok(&["journal", "verify"]).code, 2, "there is none of the app's");
    for database in ["journal.db", "entri-tokens.db"] {
        let file = folder.join(database);
        let whole = fs::read(&file).expect("a database");
        fs::write(&file, "no database").expect("damage");
        let damaged = run("data", &["journal", "verify"]);
        assert_eq!((damaged.code, &*damaged.out), (1, ""), "{database}: {}", damaged.err);
        fs::write(&file, whole).expect("it is mended");
    }
}

/// Leaves a connection with its list, as an app without a keychain does.
async fn keep(shell: &Shell, folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    let desk = Desk::open_passing(folder, Utc::now()).expect("a desk");
    let ready = shell.sandbox.ready();
    let request = ConnectRequest {
        address: ready.base_url.clone(),
        credential: CredentialRequest::ApiToken(Secret::new(ready.admin_token.clone())),
        organization_id: None,
    };
    desk.connect(request, Persistence::Remember, Utc::now()).await.expect("it connects");
    assert!(desk.sync_shown(Utc::now()).await.shown().all(|it| it.list.complete()));
    desk.quit();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_of_the_app_keeps_commands_from_changing_anything() {
    let shell = Shell::new().await;
    let folder = shell.home.path().join(".local/share/entri-tokens");
    fs::create_dir_all(&folder).expect("the app's folder");
    let lock = File::create(folder.join("lock")).expect("a lock");
    lock.lock().expect("the app has it");
    let refused = Ended::of(shell.program().args(["revoke", "t-1"]).output());
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(refused.err.contains("is open"), "{}", refused.err);
}
