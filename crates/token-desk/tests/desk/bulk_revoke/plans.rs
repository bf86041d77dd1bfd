//! Which tokens a bulk revoke is planned for, and how they are selected.

use token_audit::View;
use token_desk::{Chip, Desk, Query, RevokeRequest, Shown};

use super::{all, bench_of};
use crate::support::{Bench, alone, connect_to, key, now, rows, sandbox, synced};

#[test]
fn what_matches_is_planned_and_the_selection_stays() {
    alone(async {
        let bench = bench_of(48).await;
        let desk = &bench.desk;
        let own = rows(desk).into_iter().find(|row| row.chip == Chip::ThisApp).unwrap().key;
        let chosen = rows(desk).into_iter().find(|row| row.chip != Chip::Stale).unwrap().key;
        desk.select([chosen.clone(), own], true);
        let stale = Query { view: View::Stale, ..all() };
        let plan = desk.plan_bulk_revoke_of(stale.clone(), now()).await.unwrap();
        let shown = desk.query(&stale, 0, 100, None, now()).rows;
        let planned = plan.tokens.iter().chain(&plan.kept).map(|it| &it.key.id.0);
        assert!(shown.iter().all(|row| planned.clone().any(|id| *id == row.key.id.0)), "{plan:?}");
        assert_eq!((planned.count(), desk.selection().tokens), (shown.len(), 2));
        let typo = Query { text: "is:nonsense".to_owned(), ..all() };
        assert!(desk.plan_bulk_revoke_of(typo, now()).await.is_err(), "nothing is meant by it");
    });
}

#[test]
fn of_too_many_to_be_read_at_once_the_quietest_are_planned_and_the_rest_stays_selected() {
    alone(async {
        let bench = bench_of(1_003).await;
        let desk = &bench.desk;
        assert_eq!(desk.select_all(&all(), true, now()), 1_003);
        let error = desk.questions(Vec::new()).await.unwrap_err().to_string();
        assert!(error.contains("up to 1000 at once"), "{error}");
        let plan = desk.plan_bulk_revoke(now()).await.unwrap();
        assert_eq!((plan.tokens.len(), plan.more, plan.own_left_out), (1_000, 3, false));
        let last = plan.tokens.last().unwrap().last_used;
        desk.schedule_bulk_revoke(plan.id, "1000", now()).await.unwrap();
        let rest = desk.plan_bulk_revoke(now()).await.unwrap();
        assert_eq!((rest.tokens.len(), rest.more, rest.own_left_out), (2, 0, true));
        assert!(rest.tokens.iter().all(|token| token.last_used >= last));
        // The app's own token is no longer selected, since no plan ever includes it.
        assert_eq!(desk.select([], true), 2);
    });
}

#[test]
fn what_leaves_the_list_is_no_longer_selected() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let other = connect_to(desk, &sandbox(2, 48).await).await;
        desk.show(Shown::All, now()).await.unwrap();
        assert_eq!(desk.select_all(&Query::default(), true, now()), 96);
        // Somebody else revokes one.
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = Desk::open(folder.path(), now()).unwrap();
        connect_to(&elsewhere, &bench.sandbox).await;
        let key = key(&bench.id_of("old-jenkins"));
        let plan = elsewhere.preview_revoke(&key, now()).unwrap();
        let request =
            RevokeRequest { key, seen: plan.seen, typed: Some(plan.to_type.text().to_owned()) };
        elsewhere.revoke(request, now()).await.unwrap();
        synced(desk).await;
        let selected = || desk.query(&Query::default(), 0, 0, None, now()).selected;
        assert_eq!(selected(), 95);
        desk.disconnect(other, true, now()).await.unwrap();
        assert_eq!(selected(), 47);
    });
}

#[test]
fn rows_are_selected_by_their_places_and_one_is_toggled() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let shown = || desk.query(&all(), 0, usize::MAX, None, now()).rows;
        let keys: Vec<_> = shown().into_iter().map(|row| row.key).collect();
        let chosen = || shown().iter().map(|row| row.selected).collect::<Vec<_>>();
        let is_chosen = |range: std::ops::Range<usize>| {
            (0..keys.len()).map(|at| range.contains(&at)).collect::<Vec<_>>()
        };
        assert_eq!(desk.select_rows(&all(), 3..7, None, true, now()), 4);
        assert_eq!(chosen(), is_chosen(3..7));
        desk.toggle(keys[6].clone());
        assert_eq!((chosen(), desk.selection().tokens), (is_chosen(3..6), 3));
        desk.toggle(keys[6].clone());
        assert_eq!(chosen(), is_chosen(3..7));
        assert_eq!(desk.select_rows(&all(), 5..7, None, false, now()), 2);
        assert_eq!(chosen(), is_chosen(3..5));
        // The page still showed the list as it was before two rows came in above.
        desk.select_none();
        desk.select_rows(&all(), 3..5, Some(&keys[5]), true, now());
        assert_eq!(chosen(), is_chosen(5..7));
        assert_eq!(
            desk.select_rows(&all(), 47..90, None, true, now()),
            3,
            "no row is beyond the last"
        );
        desk.select_rows(&all(), 3..usize::MAX, Some(&keys[0]), true, now());
        assert_eq!(desk.selection().tokens, 48 - 3 + 3);
    });
}

#[test]
fn nothing_is_selected_by_a_search_that_is_not_understood() {
    alone(async {
        let bench = Bench::loaded().await;
        let select = |text: &str| {
            bench.desk.select_all(&Query { text: text.to_owned(), ..all() }, true, now())
        };
        assert_eq!(select("is:retired gitlab"), 0);
        assert_eq!(select("gitlab"), 2);
    });
}
