//! A new token and its value.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use entri_sandbox::{Fault, FaultAnswer};

use crate::shell::Shell;

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
async fn a_project_is_meant_by_its_name_or_its_id() {
    let shell = Shell::new().await;
    let create = |name: &str, project: &str| {
        let rest = ["--expires-in", "9", "--reveal", "--project", project];
        shell.entok(&[&["create", name], &rest[..]].concat())
    };
    let by_name = create("deploy-eu", "Ferry Timetables");
    assert_eq!(by_name.code, 0, "{}", by_name.err);
    let shown = shell.entok(&["show", "deploy-eu", "--json"]);
    assert_eq!(shown.lines()[0]["project"].as_str(), Some("Ferry Timetables"), "{}", shown.err);
    let truth = shell.sandbox.truth().expect("its tokens");
    let id = truth.iter().find(|it| it.name == "deploy-eu").and_then(|it| it.project_id.clone());
    let by_id = create("deploy-us", &id.expect("a project"));
    assert_eq!(by_id.code, 0, "{}", by_id.err);
    let none = create("deploy-ap", "ferry");
    assert_eq!((none.code, shell.requests("POST")), (2, 2), "{}", none.err);
    assert!(none.err.contains("There is no project “ferry”. Nothing was created."), "{}", none.err);
    assert!(none.err.contains("  Ferry Timetables"), "with the names there are: {}", none.err);
}
