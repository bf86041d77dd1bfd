//! The summary of several lists taken together.

use chrono::TimeDelta;
use token_desk::{Code, Phase, Reached, Shown};

use crate::support::{Bench, FIRST, alone, connect, connect_to, ids, now, row, sandbox, synced};

const PROJECT: &str = "/projects/6660aa11/tokens";

#[test]
fn an_offline_server_leaves_the_others_list_fresh_and_is_named() {
    alone(async {
        let bench = Bench::loaded().await;
        let other = sandbox(9, 5).await;
        let second = connect_to(&bench.desk, &other).await;
        bench.desk.show(Shown::All, now()).await.unwrap();
        let appearance = bench.desk.status().of(second).unwrap().connection.appearance.clone();
        let appearance = token_desk::Appearance { label: "Harbour".to_owned(), ..appearance };
        bench.desk.change_appearance(second, appearance, now()).await.unwrap();
        other.stop().await;
        bench.sandbox.add_token("fresh").unwrap();

        let later = now() + TimeDelta::hours(1);
        let summary = bench.desk.sync_shown(later).await.summary();
        assert_eq!(ids(&bench.desk).len(), 48 + 1 + 5, "the last-known list of it stays");
        assert_eq!(row(&bench.desk, &bench.id_of("fresh")).key.connection, FIRST);
        let [problem] = &summary.problems[..] else { panic!("{:?}", summary.problems) };
        assert_eq!(problem.code, Code::Unreachable);
        assert!(problem.message.starts_with("Harbour: "), "{}", problem.message);
        assert_eq!(summary.reached, Reached::Some, "the other one answers");
        assert_eq!((summary.phase, summary.synced_at), (Phase::Idle, Some(now())), "the oldest");
        let synced_at = |id| bench.desk.status().of(id).unwrap().list.synced_at;
        assert_eq!([synced_at(FIRST), synced_at(second)], [Some(later), Some(now())]);

        // Alone it needs no name, and the other one has no problem.
        bench.desk.show(Shown::One(second), now()).await.unwrap();
        let alone = bench.desk.status().summary();
        assert_eq!(format!("Harbour: {}", alone.problems[0].message), problem.message);
        assert_eq!(alone.reached, Reached::None, "no server that is shown answers");
        bench.desk.show(Shown::One(FIRST), now()).await.unwrap();
        let summary = bench.desk.status().summary();
        assert_eq!((summary.problems, summary.synced_at), (vec![], Some(later)));
    });
}

#[test]
fn one_incomplete_list_makes_the_whole_incomplete() {
    alone(async {
        let bench = Bench::loaded().await;
        let other = sandbox(9, 5).await;
        connect_to(&bench.desk, &other).await;
        bench.answer("GET", PROJECT, 403, "{}");
        bench.desk.sync(FIRST, now()).await;
        assert!(bench.desk.status().summary().complete, "the one that is shown");
        bench.desk.show(Shown::All, now()).await.unwrap();
        let summary = bench.desk.status().summary();
        assert!(!summary.complete);
        let [problem] = &summary.problems[..] else { panic!("{:?}", summary.problems) };
        assert!(
            problem.message.starts_with("Nordlys Apps: Couldn’t load the tokens of “Mobile App”"),
            "{}",
            problem.message
        );
        let summary = synced(&bench.desk).await;
        assert_eq!((summary.complete, summary.problems), (true, vec![]));
    });
}

#[test]
fn a_list_that_was_never_loaded_leaves_the_whole_without_an_age() {
    alone(async {
        let bench = Bench::loaded().await;
        let other = sandbox(9, 5).await;
        let ready = other.ready();
        connect(&bench.desk, &ready.base_url, &ready.admin_token).await.unwrap();
        bench.desk.show(Shown::All, now()).await.unwrap();
        assert_eq!((bench.desk.status().summary().synced_at, ids(&bench.desk).len()), (None, 48));
        assert!(!bench.desk.status().summary().complete, "nobody asked the second server");
        let sources = bench.desk.report("1.0", now()).sources;
        assert_eq!(sources.iter().map(|it| it.complete).collect::<Vec<_>>(), [true, false]);
        assert_eq!(synced(&bench.desk).await.synced_at, Some(now()));
    });
}

#[test]
fn the_one_that_is_signed_out_is_told() {
    alone(async {
        let bench = Bench::loaded().await;
        let other = sandbox(9, 5).await;
        let second = connect_to(&bench.desk, &other).await;
        bench.desk.show(Shown::All, now()).await.unwrap();
        assert_eq!(bench.desk.status().summary().signed_out, None);
        let entry = other.truth().unwrap().remove(0);
        let key = token_desk::TokenKey { connection: second, id: entry.id.as_str().into() };
        let typed = Some(entry.name);
        let seen = bench.desk.preview_revoke(&key, now()).unwrap().seen;
        let revoke = token_desk::RevokeRequest { key, seen, typed };
        bench.desk.revoke(revoke, now()).await.unwrap();
        let summary = synced(&bench.desk).await;
        assert_eq!(summary.signed_out, Some(second));
        assert!(summary.problems[0].message.starts_with("Nordlys Apps: "), "{summary:?}");
    });
}
