//! Credentials in a real keychain: there at the next start, and gone after leaving.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use token_desk::{
    Code, Connection, CredentialRequest, CredentialStorage, Desk, Every, Method, Notes, Shown,
    TokenKey,
};

use crate::session::renew;
use crate::support::disk::{holds, lets_go};
use crate::support::keychain::{forget, kept, lock, signal, with_denied_keychain, with_keychain};
use crate::support::{
    Bench, FIRST, connect_to, connected, connections, ids, now, sandbox, secret, sign_in, synced,
};

/// Ends a wait that would never end.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long the app waits for one answer of the keychain.
const ANSWER: Duration = Duration::from_secs(5);

/// Connected with a session; returns its cookie.
async fn signed_in() -> (Bench, Connection, String) {
    let bench = Bench::new().await;
    let text = bench.sandbox.session_cookie();
    let connection = connected(with_cookie(&bench, &text).await).unwrap();
    (bench, connection, text)
}

async fn with_cookie(bench: &Bench, text: &str) -> Result<token_desk::Step, token_desk::Error> {
    let cookie = CredentialRequest::Cookie(secret(text));
    sign_in(&bench.desk, &bench.sandbox.ready().base_url, cookie).await
}

#[test]
fn what_signed_in_signs_in_at_the_next_start() {
    with_keychain(async {
        let (bench, connection, _) = signed_in().await;
        let other = sandbox(9, 5).await;
        connect_to(&bench.desk, &other).await;
        let desk = bench.reopened();
        let facts: Vec<_> =
            connections(&desk).into_iter().map(|it| (it.method, it.storage)).collect();
        let expected = [Method::Session, Method::ApiToken];
        assert_eq!(facts, expected.map(|method| (method, CredentialStorage::Keychain)));
        for line in desk.status().connections {
            assert!(!line.list.signed_out());
            desk.sync(line.connection.id, now()).await;
            assert_eq!(desk.status().of(line.connection.id).unwrap().list.problems, []);
        }
        assert_eq!(kept(&connections(&desk)[1]), Some(other.ready().admin_token.clone()));
        assert!(kept(&connection).is_some_and(|text| !text.contains("entri_")));
    });
}

#[test]
fn six_connections_sign_in_at_the_same_start() {
    with_keychain(async {
        let bench = Bench::new().await;
        let mut sandboxes = Vec::new();
        for seed in 1..=6 {
            sandboxes.push(sandbox(seed, 5).await);
            connect_to(&bench.desk, &sandboxes[sandboxes.len() - 1]).await;
        }
        let desk = bench.reopened();
        desk.show(Shown::All, now()).await.unwrap();
        let summary = synced(&desk).await;
        assert_eq!((summary.problems, summary.signed_out), (vec![], None));
        assert_eq!(ids(&desk).len(), 6 * 5);
    });
}

#[test]
fn disconnecting_takes_its_own_entry_only() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let other = sandbox(9, 5).await;
        connect_to(&bench.desk, &other).await;
        let [first, second] = &connections(&bench.desk)[..] else { panic!("there are two") };
        assert!(kept(first).is_some() && kept(second).is_some(), "the control");
        bench.desk.disconnect(FIRST, false, now()).await.unwrap();
        assert_eq!((kept(first), kept(second)), (None, Some(other.ready().admin_token.clone())));
        let desk = bench.reopened();
        assert_eq!((synced(&desk).await.problems, ids(&desk).len()), (vec![], 5));
    });
}

#[test]
fn a_session_is_signed_out_also_where_it_was_not_used_since_the_start() {
    with_keychain(async {
        let (bench, connection, text) = signed_in().await;
        bench.reopened().disconnect(FIRST, false, now()).await.unwrap();
        assert_eq!(kept(&connection), None);
        let error = with_cookie(&bench, &text).await.unwrap_err();
        assert_eq!(error.code(), Code::Unauthorized, "{error}");
    });
}

#[test]
fn a_renewed_session_is_the_one_that_is_kept() {
    with_keychain(async {
        let (bench, connection, _) = signed_in().await;
        let before = kept(&connection);
        bench.sandbox.end_sessions();
        renew(&bench);
        assert_eq!(synced(&bench.desk).await.problems, []);
        // It is written while other things go on.
        let written = async {
            while kept(&connection) == before {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, written).await.unwrap();
        assert_eq!(synced(&bench.reopened()).await.problems, []);
    });
}

#[test]
fn connecting_again_keeps_the_new_credential() {
    with_keychain(async {
        let (bench, connection, _) = signed_in().await;
        let again = bench.connect().await.unwrap();
        assert_eq!((again.id, again.method), (FIRST, Method::ApiToken));
        assert_eq!(kept(&connection), Some(bench.sandbox.ready().admin_token.clone()));
    });
}

/// Connects, without an answer of the keychain.
async fn in_memory_only(bench: &Bench) {
    let connection = tokio::time::timeout(PATIENCE, bench.connect()).await.unwrap().unwrap();
    assert_eq!(connection.storage, CredentialStorage::Memory);
    assert_eq!(synced(&bench.desk).await.problems, []);
}

#[test]
fn one_that_never_answers_is_not_waited_for_and_is_asked_again_later() {
    with_keychain(async {
        let bench = Bench::new().await;
        let since = Instant::now();
        connect_to(&bench.desk, &sandbox(9, 5).await).await;
        let usual = since.elapsed();
        signal("-STOP");
        let since = Instant::now();
        in_memory_only(&bench).await;
        assert!(
            since.elapsed() < usual + 2 * ANSWER,
            "the admin waits for one answer, not for two"
        );
        signal("-CONT");
        let connection = bench.connect().await.unwrap();
        assert_eq!(connection.storage, CredentialStorage::Keychain, "without a restart");
    });
}

#[test]
fn notes_are_written_while_another_connection_waits_for_it() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let other = connect_to(&bench.desk, &sandbox(9, 5).await).await;
        let key = TokenKey { connection: FIRST, id: bench.id_of("staging-server").as_str().into() };
        let notes = Notes { place: "/etc/entri.env".to_owned(), ..Notes::default() };
        signal("-STOP");
        tokio::select! {
            biased;
            left = bench.desk.disconnect(other, true, now()) => panic!("it waited: {left:?}"),
            written = bench.desk.write_notes(key.clone(), &notes) => { written.unwrap(); }
        }
        signal("-CONT");
        assert_eq!(bench.desk.details(&key, now()).unwrap().notes, notes);
    });
}

#[test]
fn a_locked_one_leaves_the_credential_in_memory() {
    with_keychain(async {
        let bench = Bench::new().await;
        lock();
        in_memory_only(&bench).await;
    });
}

#[test]
fn a_denied_one_leaves_the_credential_in_memory() {
    with_denied_keychain(async {
        in_memory_only(&Bench::new().await).await;
    });
}

#[test]
fn a_locked_one_keeps_its_entry_and_the_connection_until_told_otherwise() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        lock();
        let error = bench.desk.disconnect(FIRST, false, now()).await.unwrap_err();
        assert_eq!(error.code(), Code::CredentialStays, "{error}");
        assert!(error.to_string().starts_with("The keychain is locked, so the saved sign-in"));
        assert_eq!(synced(&bench.desk).await.problems, [], "it is still connected");
        bench.desk.disconnect(FIRST, true, now()).await.unwrap();
        assert_eq!(connections(&bench.reopened()), []);
    });
}

#[test]
fn an_entry_from_before_the_keychain_failed_goes_too() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        signal("-STOP");
        in_memory_only(&bench).await;
        signal("-CONT");
        let connection = connections(&bench.desk).remove(0);
        assert!(kept(&connection).is_some(), "the control");
        bench.desk.disconnect(FIRST, false, now()).await.unwrap();
        assert_eq!(kept(&connection), None);
    });
}

/// Reopened while the keychain does not answer, and watched.
async fn silent_at_a_start() -> (Bench, Desk) {
    let bench = Bench::loaded().await;
    bench.desk.change_watch(Some(Every::hours(6)), now()).await.unwrap();
    let desk = bench.reopened();
    signal("-STOP");
    (bench, desk)
}

#[test]
fn one_that_is_silent_at_a_start_signs_nobody_out() {
    with_keychain(async {
        let (bench, desk) = silent_at_a_start().await;
        let due = now() + TimeDelta::hours(6);
        assert_eq!(desk.check_due(due).await.unwrap(), None, "nothing that anyone must do");
        let summary = desk.status().summary();
        assert_eq!((summary.signed_out, summary.problems.len()), (None, 1));
        assert!(summary.problems[0].message.contains("didn’t respond"), "{summary:?}");
        let watch = desk.watch();
        assert_eq!((watch.next, watch.stopped), (Some(due + TimeDelta::minutes(15)), vec![]));
        signal("-CONT");
        let sent = bench.sent("GET");
        desk.check_due(due + TimeDelta::minutes(15)).await.unwrap();
        assert!(bench.sent("GET") > sent);
        assert_eq!(desk.status().summary().problems, []);
    });
}

#[test]
fn an_entry_that_is_gone_asks_for_a_sign_in_and_blames_no_server() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        bench.desk.change_watch(Some(Every::hours(6)), now()).await.unwrap();
        let desk = bench.reopened();
        forget(&connections(&desk)[0]);
        let news = desk.check_due(now() + TimeDelta::hours(6)).await.unwrap().unwrap();
        assert!(news.title.starts_with("Sign in to "), "{news:?}");
        assert!(!news.body.contains("refused"), "{news:?}");
        let summary = desk.status().summary();
        assert_eq!(summary.signed_out, Some(FIRST));
        assert!(!summary.problems[0].message.contains("wasn’t saved"), "{summary:?}");
    });
}

#[test]
fn a_locked_one_says_so_and_is_tried_again() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let desk = bench.reopened();
        lock();
        let summary = synced(&desk).await;
        assert_eq!(summary.signed_out, None);
        let said = &summary.problems[0].message;
        assert!(said.starts_with("The keychain is locked") && said.contains("retry"), "{said}");
    });
}

#[test]
fn a_list_that_cannot_be_removed_is_said_and_can_be_removed_later() {
    with_keychain(async {
        let (bench, connection, text) = signed_in().await;
        synced(&bench.desk).await;
        let file = holds(&bench, "entri-tokens.db", "connection", "id", "TRUE");
        let error = bench.desk.disconnect(FIRST, false, now()).await.unwrap_err();
        assert!(error.to_string().starts_with("The sign-in was removed"), "{error}");
        assert_eq!(kept(&connection), None);
        assert_eq!(bench.desk.status().summary().signed_out, Some(FIRST), "as at the next start");
        let refused = with_cookie(&bench, &text).await.unwrap_err();
        assert_eq!(refused.code(), Code::Unauthorized, "it was signed out all the same");
        lets_go(&file);
        bench.desk.disconnect(FIRST, false, now()).await.unwrap();
        assert_eq!(connections(&bench.reopened()), []);
    });
}
