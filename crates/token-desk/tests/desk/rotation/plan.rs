//! What a rotation proposes before it begins.

use chrono::TimeDelta;
use token_desk::{Expiry, Query, TokenKey};

use super::{id, proposed};
use crate::plan_again::scheduled;
use crate::support::days::Days;
use crate::support::{Bench, FIRST, alone, key, now, row};

#[test]
fn a_plan_keeps_what_the_old_token_has() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = bench.sandbox.truth().unwrap().into_iter().find(|it| it.name == "cms-webhook");
        let old = old.unwrap();
        let plan = bench.desk.plan_rotation(&key(&old.id), now()).unwrap();
        assert_eq!(plan.form.name, "cms-webhook (r2)");
        assert_eq!(plan.form.scopes, old.scopes);
        assert_eq!(plan.form.project_id.map(|it| it.0), old.project_id);
        assert!(!matches!(plan.form.expiry, Expiry::Never));
        assert_eq!(plan.places, []);
    });
}

/// Every night at the same hour, but not at weekends: the longest usual gap is three days.
#[test]
fn the_wait_is_proposed_by_the_rhythm_of_the_old_token() {
    alone(async {
        let days = Days::begin().await;
        let id =
            days.bench.sandbox.truth().unwrap().into_iter().find(|it| it.name == "cms-webhook");
        let old = key(&id.unwrap().id);
        days.look().await;
        assert_eq!(days.bench.desk.usual_gap(&old).await.unwrap(), None, "nothing was seen yet");
        for day in (1..40).filter(|day| day % 7 < 5) {
            days.go_to(day);
            days.used(&old.id.0, 11);
            days.look().await;
        }
        assert_eq!(days.bench.desk.usual_gap(&old).await.unwrap(), Some(TimeDelta::days(3)));
    });
}

/// Without a name of who is signed in: the app signs in with a token, which its creator created.
#[test]
fn no_role_differs_where_the_same_person_created_both() {
    alone(async {
        let bench = Bench::loaded().await;
        let own = row(&bench.desk, &bench.id_of("Entri Tokens app"));
        let all = bench.sandbox.truth().unwrap();
        let creator = |name: &str| row(&bench.desk, &bench.id_of(name)).created_by;
        let mine = all.iter().find(|it| it.name != own.name && creator(&it.name) == own.created_by);
        let theirs = all.iter().find(|it| creator(&it.name) != own.created_by);
        let role = |id: &str| bench.desk.plan_rotation(&key(id), now()).unwrap().role;
        assert_eq!(role(&mine.unwrap().id), None);
        assert!(role(&theirs.unwrap().id).is_some());
    });
}

#[test]
fn the_list_can_be_narrowed_to_the_tokens_of_rotations() {
    alone(async {
        let bench = Bench::loaded().await;
        let named = |text: &str| -> Vec<String> {
            let query = Query { text: text.to_owned(), ..Query::default() };
            let listing = bench.desk.query(&query, 0, 60, None, now());
            assert_eq!(listing.problems, [], "{text}");
            listing.rows.into_iter().map(|row| row.name).collect()
        };
        assert_eq!(named("is:rotating"), [""; 0]);
        let old = key(&bench.id_of("cms-webhook"));
        let created = bench.desk.rotate(proposed(&bench.desk, &old), now()).await.unwrap();
        assert_eq!(named("is:rotating"), ["cms-webhook"]);
        assert_eq!(named("is:being-replaced"), ["cms-webhook"]);
        assert_eq!(named("is:replacement"), ["cms-webhook (r2)"]);
        bench.desk.end_rotation(id(&created), now()).await.unwrap();
        assert_eq!(named("is:replacement"), [""; 0]);
    });
}

#[test]
fn a_bulk_revoke_says_which_of_its_tokens_are_being_rotated() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of("cms-webhook"));
        let new = bench.desk.rotate(proposed(&bench.desk, &old), now()).await.unwrap().key.unwrap();
        bench.desk.select([old.clone(), new.clone()], true);
        let plan = bench.desk.plan_bulk_revoke(now()).await.unwrap();
        let first = |key: &TokenKey| {
            plan.tokens.iter().find(|it| it.key == *key).unwrap().reasons[0].clone()
        };
        assert!(first(&old).starts_with("Being replaced"), "{}", first(&old));
        assert!(first(&new).starts_with("Replaces another token"), "{}", first(&new));
        assert!(plan.needs_count);
    });
}

#[test]
fn a_resumed_bulk_revoke_says_what_a_rotation_means_now() {
    alone(async {
        let bench = Bench::loaded().await;
        let [old, other] = ["cms-webhook", "old-jenkins"].map(|name| bench.id_of(name));
        let created = bench.desk.rotate(proposed(&bench.desk, &key(&old)), now()).await.unwrap();
        let open = scheduled(&bench, &[old.clone(), other.clone()]).await;
        bench.desk.end_rotation(id(&created), now()).await.unwrap();
        bench.desk.rotate(proposed(&bench.desk, &key(&other)), now()).await.unwrap();
        let plan = bench.desk.go_on_with_bulk_revoke(FIRST, open.number, now()).await.unwrap();
        let is_replaced = |id: &str| {
            let token = plan.tokens.iter().find(|it| it.key == key(id)).unwrap();
            token.reasons.iter().filter(|it| it.starts_with("Being replaced")).count()
        };
        assert_eq!([is_replaced(&old), is_replaced(&other)], [0, 1]);
    });
}
