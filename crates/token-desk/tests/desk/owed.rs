//! Acts that couldn't be written to the journal are reported until they are.

use rusqlite::Connection as Database;
use token_desk::{Desk, FileRequest, TokenKey};

use crate::support::{Bench, alone, confirmed, connect, entries, key, named, now, says};

/// Another program that has the journal to itself.
fn locked(bench: &Bench) -> Database {
    let file = Database::open(bench.folder.path().join("journal.db")).unwrap();
    file.execute_batch("BEGIN EXCLUSIVE").unwrap();
    file
}

fn problems(desk: &Desk) -> Vec<String> {
    desk.status().problems.into_iter().map(|it| it.message).collect()
}

#[test]
fn a_revoke_that_the_journal_missed_is_said_and_written_later_with_its_time() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let id = bench.id_of("old-jenkins");
        let file = locked(&bench);
        desk.revoke(confirmed(desk, key(&id)), now()).await.unwrap();
        let [said] = &problems(desk)[..] else { panic!("{:?}", problems(desk)) };
        assert!(said.starts_with("“old-jenkins” was revoked, but the journal"), "{said}");
        assert!(said.contains("locked"), "{said}");
        assert!(says(desk).await.is_empty(), "the control");
        assert!(desk.report("v", now()).unchecked.contains(said), "a report says it too");
        desk.keep_journal().await.unwrap();
        assert_eq!(problems(desk).len(), 1, "it stays for as long as the file is locked");
        drop(file);
        desk.keep_journal().await.unwrap();
        assert_eq!(problems(desk), [""; 0]);
        assert_eq!(says(desk).await, ["Revoked", "Revoking"]);
        let entries = entries(desk).await;
        assert!(entries.iter().all(|it| it.at == now() && it.token_ids == [id.as_str().into()]));
        assert_eq!(desk.verify_journal().await.unwrap().broken, None);
    });
}

#[test]
fn what_is_owed_comes_before_what_is_written_next_and_at_the_end() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        desk.create(named("lost-value"), now()).await.unwrap();
        let file = locked(&bench);
        let error = desk.create(named("another"), now()).await.unwrap_err();
        assert!(error.to_string().contains("nothing was sent"), "{error}");
        desk.revoke(confirmed(desk, key(&bench.id_of("lost-value"))), now()).await.unwrap();
        drop(file);
        desk.quit();
        let told = says(&bench.reopened()).await;
        let proven = "Proven: the server refuses its value";
        assert_eq!(told[..3], [proven, "Revoked", "Revoked"], "{told:?}");
        assert_eq!(told.len(), 6, "{told:?}");
        assert_eq!(bench.desk.verify_journal().await.unwrap().broken, None);
    });
}

#[test]
fn a_delivery_that_the_journal_missed_is_said_and_written_later() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let created = desk.create(named("to a file"), now()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap().join("value");
        let path = path.to_str().unwrap().to_owned();
        let file = locked(&bench);
        let request = FileRequest { path, home: None, replace: false };
        desk.save_secret(created.handle, request, now()).await.unwrap();
        let [said] = &problems(desk)[..] else { panic!("{:?}", problems(desk)) };
        assert!(said.starts_with("“to a file” was delivered, but the journal"), "{said}");
        drop(file);
        desk.keep_journal().await.unwrap();
        assert_eq!(problems(desk), [""; 0]);
        assert!(says(desk).await[0].starts_with("Delivered"), "{:?}", says(desk).await);
        assert_eq!(desk.verify_journal().await.unwrap().broken, None);
    });
}

#[test]
fn a_revoke_before_the_journal_could_be_opened_is_said_and_written_once_it_is() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        let file = locked(&bench);
        let desk = bench.reopened();
        let ready = bench.sandbox.ready();
        let connection = connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap().id;
        desk.sync(connection, now()).await;
        desk.revoke(confirmed(&desk, TokenKey { connection, id: id.as_str().into() }), now())
            .await
            .unwrap();
        let told = problems(&desk);
        let said = |it: &String| it.starts_with("“old-jenkins” was revoked, but the journal");
        assert!(told.iter().any(said), "{told:?}");
        drop(file);
        desk.keep_journal().await.unwrap();
        assert!(!problems(&desk).iter().any(said), "{:?}", problems(&desk));
        assert_eq!(says(&desk).await, ["Revoked", "Revoking"]);
        assert_eq!(desk.verify_journal().await.unwrap().broken, None);
    });
}
