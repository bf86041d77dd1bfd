//! Finds the listed token that a create created.

use chrono::TimeDelta;
use entri_sandbox::odd::Tidy;
use entri_sandbox::{Odd, Variant};
use token_desk::{CreateRequest, RevokeOutcome, UnresolvedKind};

use super::{
    bench_that_lost, kinds, later, loose, lost, lost_as, lost_with_the_network, revoke,
    the_only_one,
};
use crate::support::{Bench, FIRST, alone, connect, key, named, now, says};

#[test]
fn only_a_new_token_of_its_name_and_place_is_taken_for_it() {
    alone(async {
        let bench = Bench::loaded().await;
        // A token with that name existed before; others are created in the meantime by somebody
        // else.
        bench.sandbox.add_token("twin").unwrap();
        bench.desk.sync(FIRST, now()).await;
        let project_id = Some("6660aa11".into());
        lost_as(&bench, CreateRequest { project_id, ..named("twin") }, false).await;
        lost(&bench, "twin", false).await;
        bench.sandbox.add_token("another").unwrap();
        bench.desk.sync(FIRST, now()).await;
        assert_eq!(kinds(&bench.desk), [UnresolvedKind::Unclear; 2]);
        let second = bench.sandbox.add_token("twin").unwrap();
        bench.desk.sync(FIRST, now()).await;
        let ends = loose(&bench.desk);
        assert_eq!(ends[0].kind, UnresolvedKind::Unclear, "that was to be in a project");
        assert_eq!(ends[1].tokens, [key(&second)]);
    });
}

#[test]
fn of_several_that_fit_those_left_are_still_asked_about() {
    alone(async {
        let bench = bench_that_lost("twin", false).await;
        for _ in 0..2 {
            bench.sandbox.add_token("twin").unwrap();
        }
        bench.desk.sync(FIRST, now()).await;
        let both = &the_only_one(&bench.desk);
        assert_eq!(both.tokens.len(), 2, "nobody can tell which of them it made");
        assert_eq!(revoke(&bench.desk, both).await, RevokeOutcome::Revoked);
        let one = &the_only_one(&bench.desk);
        assert_eq!(one.tokens, both.tokens[1..]);
        assert_eq!(revoke(&bench.desk, one).await, RevokeOutcome::Revoked);
        assert_eq!((loose(&bench.desk), loose(&bench.reopened())), (vec![], vec![]));
    });
}

#[test]
fn two_creates_do_not_take_each_others_token() {
    alone(async {
        let bench = bench_that_lost("same", true).await;
        bench.desk.sync(FIRST, now()).await;
        lost(&bench, "same", true).await;
        bench.desk.sync(FIRST, now()).await;
        let tokens: Vec<_> = loose(&bench.desk).into_iter().flat_map(|end| end.tokens).collect();
        assert_eq!(tokens.len(), 2);
        assert_ne!(tokens[0], tokens[1]);
    });
}

#[test]
fn a_second_try_that_succeeded_is_not_taken_for_the_first() {
    alone(async {
        let bench = bench_that_lost("again", false).await;
        let created = bench.desk.create(named("again"), now()).await.unwrap();
        bench.desk.close_secret(created.handle, true, now()).await.unwrap();
        bench.desk.sync(FIRST, later()).await;
        assert_eq!(loose(&bench.desk), [], "the first was never made, the second is kept");
    });
}

/// Blanks that are collapsed, a name that is cut at 40 letters, and one in other letters.
#[test]
fn a_lost_token_is_kept_in_sight_though_the_server_tidied_its_name() {
    alone(async {
        let long = "a name that is longer than the forty letters a server keeps";
        for (tidy, name) in
            [(Tidy::Collapse, "deploy  bot two"), (Tidy::Cut, long), (Tidy::Lower, "Deploy Bot")]
        {
            let bench = Bench::loaded().await;
            let mut odd = Odd::default();
            odd.creation.tidy = Some(tidy);
            bench.sandbox.set_variant(Variant { odd, ..Variant::default() });
            lost(&bench, name, true).await;
            bench.desk.sync(FIRST, now()).await;
            bench.desk.sync(FIRST, later()).await;
            let [end] = &loose(&bench.desk)[..] else { panic!("{name}: it is kept in sight") };
            assert_eq!((&*end.name, end.kind), (name, UnresolvedKind::Unclear));
            let made = bench.token(|token| token.created == now() && token.name != name);
            assert_eq!(end.tokens, [key(&made)], "{tidy:?}");
            assert_eq!(loose(&bench.reopened()), std::slice::from_ref(end));
            // Once it is gone, and a complete list says so, nothing is left; it doesn't count as
            // "not created".
            assert_eq!(revoke(&bench.desk, end).await, RevokeOutcome::Revoked);
            bench.desk.sync(FIRST, later() + TimeDelta::seconds(61)).await;
            assert_eq!(loose(&bench.desk), []);
            let said = says(&bench.desk).await;
            assert!(said.iter().all(|it| it != "Not created"), "{said:?}");
        }
    });
}

/// Where no token has a creation date, the list before tells which one is new.
#[test]
fn a_tidied_name_is_found_where_nothing_is_dated_and_the_journal_names_no_list() {
    alone(async {
        for restarts in [false, true] {
            let bench = Bench::new().await;
            let mut odd = Odd::default();
            odd.creation.tidy = Some(Tidy::Lower);
            let variant = Variant { created: "madeOn", odd, ..Variant::default() };
            bench.sandbox.set_variant(variant);
            bench.connect().await.unwrap();
            bench.desk.sync(FIRST, now()).await;
            lost_with_the_network(&bench, "Deploy Bot", now()).await;
            let desk = if restarts { bench.reopened() } else { bench.desk.clone() };
            let ready = bench.sandbox.ready();
            connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
            desk.sync(FIRST, later()).await;
            let [end] = &loose(&desk)[..] else { panic!("{restarts} {:?}", loose(&desk)) };
            let truth = bench.sandbox.truth().unwrap();
            let made = truth.iter().find(|token| token.name == "deploy bot").unwrap();
            assert_eq!(
                (end.kind, &end.tokens[..]),
                (UnresolvedKind::Unclear, &[key(&made.id)][..])
            );
            let file = bench.folder.path().join("journal.db");
            let basis = "SELECT basis FROM entry WHERE what = 'create'";
            let basis: String = rusqlite::Connection::open(file)
                .unwrap()
                .query_row(basis, [], |row| row.get(0))
                .unwrap();
            assert_eq!(basis, r#"["by API token"]"#, "no ids");
        }
    });
}

/// Whatever is new there may be it, until one of its own name is found.
#[test]
fn a_token_of_another_name_may_be_it_until_its_own_is_there() {
    alone(async {
        let bench = bench_that_lost("mine", false).await;
        let other = bench.sandbox.add_token("somebody else's").unwrap();
        bench.desk.sync(FIRST, later()).await;
        let end = &the_only_one(&bench.desk);
        assert_eq!((end.kind, &end.tokens[..]), (UnresolvedKind::Unclear, &[key(&other)][..]));
        let mine = bench.sandbox.add_token("mine").unwrap();
        bench.desk.sync(FIRST, later()).await;
        let end = &the_only_one(&bench.desk);
        assert_eq!((end.kind, &end.tokens[..]), (UnresolvedKind::ValueLost, &[key(&mine)][..]));
        bench.desk.keep_unresolved(end.id, now()).await.unwrap();
        assert_eq!((loose(&bench.desk), loose(&bench.reopened())), (vec![], vec![]));
    });
}

#[test]
fn of_two_lost_creates_of_one_name_none_is_told_as_not_created() {
    alone(async {
        let bench = Bench::loaded().await;
        for _ in 0..2 {
            lost_with_the_network(&bench, "same", now()).await;
        }
        bench.desk.sync(FIRST, later()).await;
        let ends = loose(&bench.desk);
        let [one, other] = &ends[..] else { panic!("{ends:?}") };
        assert_eq!((one.tokens.len(), other.tokens.len()), (1, 1));
        assert_ne!(one.tokens, other.tokens);
        let said = says(&bench.desk).await;
        assert!(said.iter().all(|it| it != "Not created"), "{said:?}");
    });
}
