//! Searches that are kept under a name.

use token_audit::View;
use token_desk::{Code, CountedView, Desk, Query, SavedViewId, Shown, Sort};

use crate::support::{Bench, alone, connect_to, now, sandbox};

fn query(text: &str, view: View) -> Query {
    Query { text: text.to_owned(), view, sort: Sort::Created, ..Query::default() }
}

async fn saved(desk: &Desk) -> Vec<CountedView> {
    desk.saved_views(now()).await.unwrap()
}

/// The names with their counts.
async fn names(desk: &Desk) -> Vec<(String, usize)> {
    saved(desk).await.into_iter().map(|it| (it.saved.name, it.count)).collect()
}

fn named(name: &str, count: usize) -> (String, usize) {
    (name.to_owned(), count)
}

#[test]
fn a_view_outlives_a_restart_and_a_lost_connection_and_counts_what_is_shown() {
    alone(async {
        let bench = Bench::loaded().await;
        assert_eq!(saved(&bench.desk).await, [], "none is invented");
        let stale = query("-name:zzz*", View::Stale);
        let everything = query("is:recent", View::All);
        bench.desk.save_view(None, "  Ærø stale ", stale.clone()).await.unwrap();
        bench.desk.save_view(None, "Recent", everything.clone()).await.unwrap();
        let found = |query: &Query| bench.desk.query(query, 0, 0, None, now()).total;
        let expected = [named("Ærø stale", found(&stale)), named("Recent", found(&everything))];
        assert!(expected.iter().all(|(_, count)| *count > 0), "{expected:?}");
        for desk in [&bench.desk, &bench.reopened()] {
            assert_eq!(names(desk).await, expected);
            assert_eq!(saved(desk).await[0].saved.query, stale);
        }
        let other = sandbox(2, 48).await;
        connect_to(&bench.desk, &other).await;
        bench.desk.show(Shown::All, now()).await.unwrap();
        assert!(names(&bench.desk).await[1].1 > expected[1].1, "of both lists");
        let connections = bench.desk.status().connections;
        for connection in connections {
            bench.desk.disconnect(connection.connection.id, true, now()).await.unwrap();
        }
        assert_eq!(names(&bench.desk).await, [named("Ærø stale", 0), named("Recent", 0)]);
    });
}

#[test]
fn a_deleted_view_comes_back_to_its_place() {
    alone(async {
        let bench = Bench::loaded().await;
        let mut ids = Vec::new();
        for name in ["a", "b", "c"] {
            ids.push(bench.desk.save_view(None, name, query(name, View::All)).await.unwrap());
        }
        bench.desk.delete_view(ids[2]).await.unwrap();
        bench.desk.delete_view(ids[1]).await.unwrap();
        let d = bench.desk.save_view(None, "d", query("d", View::All)).await.unwrap();
        assert!(!ids.contains(&d), "no view takes the place of a deleted one");
        bench.desk.save_view(Some(ids[1]), "b", query("b", View::All)).await.unwrap();
        let order: Vec<_> = names(&bench.desk).await.into_iter().map(|(name, _)| name).collect();
        assert_eq!(order, ["a", "b", "d"]);
    });
}

#[test]
fn a_view_is_renamed_and_a_name_is_needed() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.desk.save_view(None, "a", query("x", View::All)).await.unwrap();
        bench.desk.rename_view(id, " b ").await.unwrap();
        let long = "x".repeat(61);
        for name in ["", " \t", long.as_str()] {
            let error = bench.desk.rename_view(id, name).await.unwrap_err();
            assert_eq!(error.code(), Code::Invalid);
            assert!(bench.desk.save_view(None, name, query("", View::All)).await.is_err());
        }
        bench.desk.rename_view(SavedViewId(99), "nobody").await.unwrap();
        assert_eq!(saved(&bench.desk).await[0].saved.name, "b");
        assert_eq!(saved(&bench.desk).await.len(), 1);
    });
}

#[test]
fn a_search_that_is_not_understood_is_kept_and_said() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = query("is:retired gitlab", View::All);
        bench.desk.save_view(None, "Old", old).await.unwrap();
        let view = saved(&bench.reopened()).await.remove(0);
        assert_eq!(view.problems[0].range, 0..10);
        assert_eq!(view.count, 2, "of the other words");
    });
}
