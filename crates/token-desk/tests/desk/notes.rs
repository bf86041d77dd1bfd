//! Notes about tokens: stored on this computer, and no longer than their connection.

use token_desk::{CreateRequest, Desk, Error, Notes, TokenKey};

use crate::support::disk::BEFORE_NOTED;
use crate::support::{Bench, FIRST, alone, connect, key, named, now};

const ORGANIZATION: &str = "/organizations/665f1c0a9b3e4d0012ab34cd/tokens";

fn notes(place: &str, note: &str) -> Notes {
    Notes { place: place.to_owned(), note: note.to_owned() }
}

fn read(desk: &Desk, key: &TokenKey) -> Notes {
    desk.details(key, now()).unwrap().notes
}

fn first(desk: &Desk) -> TokenKey {
    desk.query(&token_desk::Query::default(), 0, 60, None, now()).rows[0].key.clone()
}

#[test]
fn what_is_written_outlives_a_restart_and_a_load_until_it_is_taken_away() {
    alone(async {
        let bench = Bench::loaded().await;
        let key = first(&bench.desk);
        assert_eq!(read(&bench.desk, &key), Notes::default());
        let written =
            notes(" nordlys-staging-2, /etc/entri.env\n", "Ole knows.\nAsk before lunch. ");
        bench.desk.write_notes(key.clone(), &written).await.unwrap();
        let kept = notes("nordlys-staging-2, /etc/entri.env", "Ole knows.\nAsk before lunch.");
        assert_eq!(read(&bench.desk, &key), kept);
        bench.desk.sync(FIRST, now()).await;
        assert_eq!(read(&bench.desk, &key), kept);
        let again = bench.reopened();
        assert_eq!(read(&again, &key), kept);
        again.write_notes(key.clone(), &Notes::default()).await.unwrap();
        assert_eq!(read(&again, &key), Notes::default());
        assert_eq!(read(&bench.reopened(), &key), Notes::default());
    });
}

#[test]
fn what_is_too_long_or_holds_a_value_is_refused_and_what_was_there_stays() {
    alone(async {
        let bench = Bench::loaded().await;
        let (desk, key) = (&bench.desk, first(&bench.desk));
        let kept = notes("gh secret NT3_API_TOKEN", &"x".repeat(1000));
        desk.write_notes(key.clone(), &kept).await.unwrap();
        let value = "was entri_short, is entri_EXAMPLEONLY7h2Kq9Zp now";
        for (refused, says) in [
            (notes(&"é".repeat(201), ""), "The place is too long (201 of 200 characters)"),
            (notes("", &"x".repeat(1001)), "The note is too long (1001 of 1000 characters)"),
            (notes(value, ""), "The place contains what looks like a token value"),
            (notes("", value), "The note contains what looks like a token value"),
        ] {
            let check = desk.write_notes(key.clone(), &refused).await.unwrap();
            let errors = [check.place_error, check.note_error];
            let said: Vec<_> = errors.into_iter().flatten().collect();
            assert!(matches!(&said[..], [it] if it.starts_with(says)), "{said:?}");
            assert_eq!(read(desk, &key), kept);
        }
        let of_another = TokenKey { connection: token_desk::ConnectionId(9), ..key };
        let error = desk.write_notes(of_another, &kept).await.unwrap_err();
        assert!(matches!(error, Error::NotConnected), "{error}");
    });
}

#[test]
fn they_go_with_their_connection() {
    alone(async {
        let bench = Bench::loaded().await;
        let key = first(&bench.desk);
        let desk = bench.reopened();
        connect_anew(&bench, &desk).await;
        desk.write_notes(key.clone(), &notes("here", "")).await.unwrap();
        desk.disconnect(FIRST, true, now()).await.unwrap();
        // Its number is free for the next one after a restart.
        let again = bench.reopened();
        connect_anew(&bench, &again).await;
        for desk in [&again, &bench.reopened()] {
            assert_eq!((first(desk), read(desk, &key)), (key.clone(), Notes::default()));
        }
    });
}

async fn connect_anew(bench: &Bench, desk: &Desk) {
    let ready = bench.sandbox.ready();
    let connection = connect(desk, &ready.base_url, &ready.admin_token).await.unwrap();
    desk.sync(connection.id, now()).await;
}

#[test]
fn a_new_token_has_what_was_written_in_its_form() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let form = |notes| CreateRequest { notes, ..named("made-here") };
        let sent = bench.sent("POST");
        let value = notes("entri_EXAMPLEONLY7h2Kq9Zp", "");
        let error = desk.create(form(value), now()).await.unwrap_err();
        assert!(error.to_string().contains("The place contains"), "{error}");
        assert_eq!(bench.sent("POST"), sent, "nothing was sent");
        let made = desk.create(form(notes(" GitLab ", "")), now()).await.unwrap();
        assert_eq!(read(desk, &made.key.unwrap()), notes("GitLab", ""));
    });
}

/// The id comes to name another token. Where one of the two has no creation date its name decides.
#[test]
fn they_hold_to_their_token_and_not_to_its_id() {
    const CREATED: &str = "2026-08-01T00:00:00Z";
    const LATER: &str = "2026-09-01T00:00:00Z";
    alone(async {
        let table = [
            ("ci", CREATED, true),
            ("renamed", CREATED, true),
            ("other", LATER, false),
            ("ci", "", true),
            ("other", "", false),
        ];
        for (name, created, holds) in table {
            let bench = Bench::new().await;
            bench.connect().await.unwrap();
            let list = |name: &str, created: &str| {
                bench.list(
                    ORGANIZATION,
                    &format!(r#"[{{"_id":"t-a","name":"{name}","createdAt":"{created}"}}]"#),
                );
            };
            list("ci", CREATED);
            bench.desk.sync(FIRST, now()).await;
            let written = notes("here", "of the first");
            bench.desk.write_notes(key("t-a"), &written).await.unwrap();
            list(name, created);
            bench.desk.sync(FIRST, now()).await;
            let expected = if holds { written } else { Notes::default() };
            for desk in [&bench.desk, &bench.reopened()] {
                assert_eq!(read(desk, &key("t-a")), expected, "{name} {created}");
            }
        }
    });
}

/// An earlier version kept the id alone.
#[test]
fn what_an_earlier_version_kept_stays() {
    alone(async {
        let bench = Bench::loaded().await;
        let key = first(&bench.desk);
        bench.desk.write_notes(key.clone(), &notes("here", "")).await.unwrap();
        let file = rusqlite::Connection::open(bench.folder.path().join("entri-tokens.db")).unwrap();
        file.execute_batch(BEFORE_NOTED).unwrap();
        file.execute_batch("PRAGMA user_version = 9").unwrap();
        assert_eq!(read(&bench.reopened(), &key), notes("here", ""));
    });
}
