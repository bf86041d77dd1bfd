//! Sending a value to a program: on its standard input, and nowhere else.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use test_support::scan::{all_files, found_in};
use token_desk::{Delivered, DeliveryError, Error, Failure};

use crate::support::case::Case;
use crate::support::{alone, named, now};

const UNREAD: &str = "It didn’t read the token’s value, so nothing was sent.";
const READ: &str = "It may have stored the token’s value. Check there";

/// Acts like `gh`, but also records everything it receives.
const FAKE: &str = r#"#!/bin/sh
here=$(dirname "$0")
tr '\0' '\n' <"/proc/$$/cmdline" >"$here/arguments"
tr '\0' '\n' <"/proc/$$/environ" >"$here/environment"
cat >"$here/input"
echo "Set $3"
"#;

impl Case {
    async fn send(&self, line: &str) -> Result<Delivered, Error> {
        self.bench.desk.send_secret(self.created.handle, line.to_owned(), now()).await
    }

    async fn not_sent(&self, line: &str) -> DeliveryError {
        self.refusal(self.send(line).await)
    }

    fn left(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    fn deliveries(&self) -> Vec<String> {
        let details = self.bench.desk.details(&self.created.key.clone().unwrap(), now());
        details.unwrap().deliveries.into_iter().map(|delivery| delivery.to).collect()
    }
}

fn script(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_program_gets_the_value_on_its_standard_input_alone() {
    alone(async {
        let case = Case::new().await;
        let gh = script(case.folder.path(), "gh", FAKE);
        let sent = case.send(&format!("{gh} secret set 'MY TOKEN' --app x")).await.unwrap();
        assert_eq!((&*sent.said, sent.at), ("Set MY TOKEN", now()));
        assert_eq!(case.left("input"), case.value, "the value, and no line end");
        assert_eq!(
            case.left("arguments").lines().skip(2).collect::<Vec<_>>(),
            ["secret", "set", "MY TOKEN", "--app", "x"]
        );
        assert!(case.left("environment").contains("PATH="), "the control");
        for place in ["arguments", "environment"] {
            assert_eq!(found_in(case.left(place).as_bytes(), &case.value), [""; 0], "{place}");
        }
        assert_eq!(case.deliveries(), [format!("{gh} secret set MY TOKEN")]);
        case.bench.desk.close_secret(case.created.handle, false, now()).await.unwrap();
    });
}

#[test]
fn what_it_says_comes_without_the_value() {
    const ECHO: &str = r#"v=$(cat)
    echo "raw $v" >&2
    echo "base64 $(printf %s "$v" | base64 -w 20)"
    echo "one off $(printf %s "-$v" | base64)"
    echo "two off $(printf %s "--$v" | base64)"
    echo "hex $(printf %s "$v" | od -An -v -tx1)"
    echo "URL $(printf %s "$v" | od -An -v -tx1 | tr -d '\n' | sed 's/ /%/g')"
    printf '\033[31mend\033[0m\n'
    exit "$1""#;
    alone(async {
        let case = Case::new().await;
        let path = script(case.folder.path(), "echo", &format!("#!/bin/sh\n{ECHO}"));
        let said = case.send(&format!("{path} 0")).await.unwrap().said;
        let DeliveryError::Failed { how, output, .. } = case.not_sent(&format!("{path} 3")).await
        else {
            panic!("another error")
        };
        assert_eq!(how, Failure::ExitCode(3));
        for said in [said, output] {
            assert!(said.matches("[secret]").count() >= 6, "{said}");
            assert!(said.contains("raw [secret]\n") && said.contains("[31mend[0m"), "{said}");
            // Without its beginning, which all have in common, and its end, which a mask shows.
            let core = &case.value[6..case.value.len() - 4];
            assert_eq!(found_in(said.replace(char::is_whitespace, "").as_bytes(), core), [""; 0]);
        }
    });
}

#[test]
fn a_program_that_fails_or_does_not_read_it_has_not_got_it() {
    alone(async {
        let case = Case::new().await;
        for (line, expected, means) in [
            ("false", Failure::ExitCode(1), UNREAD),
            ("sh -c 'cat >/dev/null; exit 7'", Failure::ExitCode(7), READ),
            ("sh -c 'head -c 3; exit 7'", Failure::ExitCode(7), READ),
            ("sh -c 'kill -9 $$'", Failure::Signal, UNREAD),
            ("true", Failure::NotRead, UNREAD),
            ("sh -c 'exec 0<&-; echo closed'", Failure::NotRead, UNREAD),
            ("head -c 3", Failure::NotRead, READ),
        ] {
            let error = case.not_sent(line).await;
            let DeliveryError::Failed { how, .. } = &error else { panic!("{line}: {error}") };
            assert_eq!(*how, expected, "{line}");
            assert!(error.to_string().contains(means), "{line}: {error}");
        }
        let missing = case.not_sent("no-such-program-anywhere --x").await;
        assert!(matches!(missing, DeliveryError::NoProgram { .. }), "{missing}");
        let folder = case.folder.path().to_str().unwrap().to_owned();
        assert!(matches!(case.not_sent(&folder).await, DeliveryError::NotStarted { .. }));
        assert!(case.is_held().await);
        assert_eq!(case.deliveries(), [""; 0]);
        case.send("cat").await.unwrap();
        assert_eq!(case.deliveries(), ["cat"], "it can be tried again");
    });
}

#[test]
fn a_program_has_no_terminal_to_ask_a_question_on() {
    alone(async {
        let case = Case::new().await;
        let asks = "sh -c 'cat >/dev/null; exec 3<>/dev/tty; echo Password: >&3; read -r it <&3'";
        let error = case.not_sent(asks).await.to_string();
        assert!(error.contains("/dev/tty"), "{error}");
        // Wherever these tests are run: a session that a program leads gets no terminal from the app.
        let session = "sh -c 'cat >/dev/null; cut -d \" \" -f 6 /proc/$$/stat; echo $$'";
        let said = case.send(session).await.unwrap().said;
        let (session, process) = said.split_once('\n').unwrap();
        assert_eq!(session, process);
    });
}

#[test]
fn a_command_that_holds_the_value_is_not_run() {
    alone(async {
        let case = Case::new().await;
        let trace = case.folder.path().join("ran");
        let touch = format!("touch {} {}", trace.display(), case.value);
        assert!(matches!(case.not_sent(&touch).await, DeliveryError::HoldsValue));
        assert!(!trace.exists());
        assert_eq!(found_in(&all_files(case.bench.folder.path()), &case.value), [""; 0]);
    });
}

#[test]
fn a_flood_of_output_is_cut_and_read_to_its_end() {
    alone(async {
        let case = Case::new().await;
        let flood = "sh -c 'cat >/dev/null; yes no | head -c 3000000; echo end >&2'";
        let said = case.send(flood).await.unwrap().said;
        assert!(said.len() <= 16 * 1024 + 3 && said.ends_with('…'), "{}", said.len());
    });
}

#[test]
fn what_it_leaves_running_is_not_waited_for() {
    alone(async {
        let case = Case::new().await;
        let began = std::time::Instant::now();
        let sent = case.send("sh -c 'cat >/dev/null; sleep 25 & echo done'").await.unwrap();
        assert_eq!(sent.said, "done");
        assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
    });
}

#[test]
fn a_slow_program_holds_nothing_up() {
    alone(async {
        let case = Case::new().await;
        let desk = case.bench.desk.clone();
        let (handle, folder) = (case.created.handle, case.folder.path());
        let [started, go] = ["started", "go"].map(|name| folder.join(name));
        let line = format!(
            "sh -c 'cat >/dev/null; : >{}; until [ -e {} ]; do sleep 0.05; done'",
            started.display(),
            go.display()
        );
        let sending = tokio::spawn(async move { desk.send_secret(handle, line, now()).await });
        while !started.exists() {
            tokio::task::yield_now().await;
        }
        let desk = &case.bench.desk;
        assert_eq!(desk.reveal_secret(handle).unwrap().expose(), case.value);
        let other = desk.create(named("meanwhile"), now()).await.unwrap();
        desk.send_secret(other.handle, "cat".to_owned(), now()).await.unwrap();
        assert!(desk.details(&other.key.unwrap(), now()).is_some() && !sending.is_finished());
        fs::write(go, "").unwrap();
        sending.await.unwrap().unwrap();
    });
}

#[test]
fn a_delivery_outlives_the_app_and_says_where_not_what() {
    alone(async {
        let case = Case::new().await;
        case.send("sh -c 'cat >/dev/null'").await.unwrap();
        case.send("cat entri --password hunter2").await.unwrap_err();
        case.send("cat --number").await.unwrap();
        let _ = case.bench.desk.copy_secret(case.created.handle, now()).await;
        let expected = ["sh", "cat"];
        assert_eq!(case.deliveries(), expected);
        let key = case.created.key.clone().unwrap();
        let reopened = case.bench.reopened();
        let kept = reopened.details(&key, now());
        // The token itself is in the list on disk after the next sync only.
        assert!(kept.is_none() || kept.unwrap().deliveries.len() == 2);
        case.bench.desk.sync_shown(now()).await;
        let kept = case.bench.reopened().details(&key, now()).unwrap().deliveries;
        assert_eq!(kept.iter().map(|it| &*it.to).collect::<Vec<_>>(), expected);
        assert!(kept.iter().all(|delivery| delivery.at == now()));
        let files = all_files(case.bench.folder.path());
        assert!(!found_in(&files, "handed over").is_empty(), "the control");
        for secret in ["hunter2", &case.value] {
            assert_eq!(found_in(&files, secret), [""; 0]);
        }
    });
}

#[test]
fn snippets_refer_to_the_value() {
    alone(async {
        let case = Case::new().await;
        let offered = case.bench.desk.delivery_choices(case.created.handle).unwrap();
        let texts: Vec<_> = offered.snippets.iter().map(|it| it.text.as_str()).collect();
        let all = texts.join("\n");
        let address = &case.bench.sandbox.ready().base_url;
        assert!(all.contains(&format!("nt3 login -u {address}")), "{all}");
        assert!(all.contains(&format!("\"X-API-Key: $NT3_API_TOKEN\" {address}/api/")), "{all}");
        assert!(!all.contains("entri_") && offered.programs.len() == 12);
        let gone = case.bench.desk.delivery_choices(77).unwrap_err();
        assert!(matches!(gone, Error::SecretGone));
    });
}
