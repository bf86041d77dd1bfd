//! How connections are distinguished and ordered, and which one is shown, also after a restart.

use std::pin::pin;

use token_desk::{Appearance, Code, ConnectionId, Desk, Environment, Error, Query, Shown};

use crate::support::{
    Bench, FIRST, alone, connect_to, connections, ids, now, rows, sandbox, synced,
};

fn appearance(label: &str, environment: Environment, color: u8) -> Appearance {
    Appearance { label: label.to_owned(), environment, color }
}

fn order(desk: &Desk) -> Vec<u32> {
    connections(desk).into_iter().map(|connection| connection.id.0).collect()
}

#[test]
fn a_new_connection_is_called_as_its_organization_and_has_a_color_of_its_own() {
    alone(async {
        let bench = Bench::loaded().await;
        let other = sandbox(9, 5).await;
        connect_to(&bench.desk, &other).await;
        let appearances: Vec<_> =
            connections(&bench.desk).into_iter().map(|it| it.appearance).collect();
        let expected =
            [0, 1].map(|color| appearance("Nordlys Apps", Environment::Production, color));
        assert_eq!(appearances, expected);
    });
}

#[test]
fn a_look_is_kept() {
    alone(async {
        let bench = Bench::loaded().await;
        let other = sandbox(9, 5).await;
        let second = connect_to(&bench.desk, &other).await;
        let appearances = [
            (FIRST, appearance("Nordlys production", Environment::Development, 5)),
            (second, appearance("Ærø 日", Environment::Staging, 2)),
        ];
        for (id, appearance) in &appearances {
            bench.desk.change_appearance(*id, appearance.clone(), now()).await.unwrap();
        }
        for desk in [&bench.desk, &bench.reopened()] {
            for (id, appearance) in &appearances {
                assert_eq!(desk.status().of(*id).unwrap().connection.appearance, *appearance);
            }
            assert_eq!(ids(desk).len(), 5, "the lists are left alone");
        }
    });
}

#[test]
fn a_label_that_was_not_edited_stays_as_it_is() {
    alone(async {
        let bench = Bench::loaded().await;
        let own = "Nordlys\u{FE0F}";
        for label in [own, "Nordlys⟨U+FE0F⟩"] {
            let appearance = appearance(label, Environment::Production, 0);
            bench.desk.change_appearance(FIRST, appearance, now()).await.unwrap();
            assert_eq!(connections(&bench.desk)[0].appearance.label, own);
        }
    });
}

#[test]
fn a_search_knows_a_connection_by_the_name_it_has_now() {
    alone(async {
        let bench = Bench::loaded().await;
        let found = |text: &str| {
            let query = Query { text: text.to_owned(), ..Query::default() };
            bench.desk.query(&query, 0, 0, None, now()).total
        };
        assert_eq!((found("in:nordlys"), found("in:ferries")), (48, 0));
        let before = bench.desk.status().generation;
        bench
            .desk
            .change_appearance(FIRST, appearance("Ferries", Environment::Staging, 1), now())
            .await
            .unwrap();
        assert_eq!((found("in:nordlys"), found("in:ferries")), (0, 48));
        assert_ne!(bench.desk.status().generation, before, "the page asks again");
    });
}

#[test]
fn a_look_that_cannot_be_is_refused_or_corrected() {
    alone(async {
        let bench = Bench::loaded().await;
        let before = connections(&bench.desk);
        for label in ["", " \t "] {
            let appearance = appearance(label, Environment::Staging, 1);
            let error = bench.desk.change_appearance(FIRST, appearance, now()).await.unwrap_err();
            assert_eq!((error.code(), connections(&bench.desk)), (Code::Invalid, before.clone()));
        }
        let nobody = bench
            .desk
            .change_appearance(ConnectionId(9), before[0].appearance.clone(), now())
            .await;
        assert_eq!(nobody.unwrap_err().code(), Code::NotConnected);
        let odd = appearance("  Nordlys ", Environment::Staging, 255);
        bench.desk.change_appearance(FIRST, odd, now()).await.unwrap();
        let kept = connections(&bench.reopened()).remove(0).appearance;
        assert_eq!((&*kept.label, kept.color < Appearance::COLORS), ("Nordlys", true));
    });
}

#[test]
fn the_order_is_the_admins() {
    alone(async {
        let bench = Bench::loaded().await;
        let others = [sandbox(2, 2).await, sandbox(3, 3).await];
        for other in &others {
            connect_to(&bench.desk, other).await;
        }
        assert_eq!(order(&bench.desk), [1, 2, 3]);
        let moves: [(u32, usize, [u32; 3]); 4] =
            [(3, 0, [3, 1, 2]), (3, 1, [1, 3, 2]), (1, 99, [3, 2, 1]), (2, 1, [3, 2, 1])];
        for (id, position, expected) in moves {
            bench.desk.move_connection(ConnectionId(id), position).await.unwrap();
            assert_eq!(
                [order(&bench.desk), order(&bench.reopened())],
                [expected; 2].map(Vec::from)
            );
        }
        let nobody = bench.desk.move_connection(ConnectionId(9), 0).await;
        assert_eq!(nobody.unwrap_err().code(), Code::NotConnected);
        assert_eq!(order(&bench.desk), [3, 2, 1]);
        // A new connection comes last.
        let last = sandbox(4, 1).await;
        connect_to(&bench.desk, &last).await;
        assert_eq!(
            [order(&bench.desk), order(&bench.reopened())],
            [[3, 2, 1, 4]; 2].map(Vec::from)
        );
    });
}

#[test]
fn what_is_shown_is_so_at_the_next_start() {
    alone(async {
        let bench = Bench::loaded().await;
        let other = sandbox(9, 5).await;
        let second = connect_to(&bench.desk, &other).await;
        for (shown, tokens) in
            [(Shown::One(FIRST), 48), (Shown::All, 53), (Shown::One(second), 5), (Shown::All, 53)]
        {
            bench.desk.show(shown, now()).await.unwrap();
            let desk = bench.reopened();
            assert_eq!((desk.status().shown, ids(&desk).len()), (shown, tokens));
            assert_eq!(rows(&desk), rows(&bench.desk));
        }
        let nobody = bench.desk.show(Shown::One(ConnectionId(9)), now()).await.unwrap_err();
        assert_eq!((nobody.code(), bench.desk.status().shown), (Code::NotConnected, Shown::All));
        // If the only connection shown is removed, another one takes its place.
        bench.desk.show(Shown::One(second), now()).await.unwrap();
        bench.desk.disconnect(second, false, now()).await.unwrap();
        for desk in [&bench.desk, &bench.reopened()] {
            assert_eq!(ids(desk).len(), 48);
        }
    });
}

#[test]
fn reconnecting_keeps_id_look_place_and_list() {
    alone(async {
        let bench = Bench::loaded().await;
        let other = sandbox(9, 5).await;
        let second = connect_to(&bench.desk, &other).await;
        let chosen = appearance("Ours", Environment::Staging, 4);
        bench.desk.change_appearance(FIRST, chosen.clone(), now()).await.unwrap();
        bench.desk.move_connection(FIRST, 1).await.unwrap();
        bench.desk.show(Shown::One(FIRST), now()).await.unwrap();
        let shown = rows(&bench.desk);

        let again = bench.connect().await.unwrap();
        assert_eq!((again.id, again.appearance), (FIRST, chosen));
        for desk in [&bench.desk, &bench.reopened()] {
            assert_eq!(order(desk), [second.0, FIRST.0]);
            assert_eq!((rows(desk), connections(desk)), (shown.clone(), connections(&bench.desk)));
            assert_eq!(desk.status().summary().synced_at, Some(now()), "the list keeps its age");
        }
        assert_eq!(synced(&bench.desk).await.problems, []);
    });
}

/// While another program holds the database, each of these waits for it, and not on the runtime's
/// thread, where everything else would wait with it.
#[test]
fn what_is_written_holds_nothing_else_up() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let other = rusqlite::Connection::open(bench.folder.path().join("entri-tokens.db"));
        let other = other.unwrap();
        let held_up = async |change: &mut (dyn Future<Output = Result<(), Error>> + Unpin)| {
            other.execute_batch("BEGIN IMMEDIATE").unwrap();
            let waits = tokio::select! {
                biased;
                _ = &mut *change => false,
                () = tokio::task::yield_now() => true,
            };
            other.execute_batch("COMMIT").unwrap();
            assert!(waits, "it gave up on the database before anything else had its turn");
            change.await.unwrap();
        };
        held_up(&mut pin!(desk.show(Shown::All, now()))).await;
        let appearance = appearance("Nordlys", Environment::Staging, 1);
        held_up(&mut pin!(desk.change_appearance(FIRST, appearance, now()))).await;
        held_up(&mut pin!(desk.move_connection(FIRST, 0))).await;
    });
}
