//! Values in folders.

use std::fs;

use crate::shell::Shell;

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
