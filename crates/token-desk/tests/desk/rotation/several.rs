//! Several rotations, one after the other.

use std::collections::HashSet;

use token_audit::Policy;
use token_desk::{Desk, Expiry, RotationError, TokenKey};

use super::{proposed, refused};
use crate::support::{Bench, FIRST, alone, key, now, row};

/// Rotates what is next, and returns how many were left with it.
async fn next(desk: &Desk) -> Option<(TokenKey, usize)> {
    let queue = desk.rotation_queue(now()).await.ok()?;
    let key = queue.next?;
    desk.rotate(proposed(desk, &key), now()).await.unwrap();
    Some((key, queue.left))
}

#[test]
fn each_leaves_the_selection_and_no_two_expire_on_one_day() {
    alone(async {
        let bench = Bench::loaded().await;
        let names = ["cms-webhook", "old-jenkins", "load-test"];
        let three = names.map(|name| key(&bench.id_of(name)));
        bench.desk.select(three.clone(), true);
        let mut rotated = HashSet::new();
        for left in [3, 2, 1] {
            let (key, queued) = next(&bench.desk).await.unwrap();
            assert_eq!(queued, left);
            rotated.insert(key);
        }
        assert_eq!(rotated, HashSet::from(three));
        assert_eq!(next(&bench.desk).await, None, "nothing is selected any longer");
        let ends =
            names.map(|name| row(&bench.desk, &bench.id_of(&format!("{name} (r2)"))).expires);
        let days = ends.map(|end| end.at().unwrap().date_naive());
        assert_eq!(HashSet::from(days).len(), 3, "{days:?}");
    });
}

#[test]
fn one_that_cannot_be_rotated_stays_selected_and_is_told() {
    alone(async {
        let bench = Bench::loaded().await;
        let [old, other] = ["cms-webhook", "old-jenkins"].map(|name| key(&bench.id_of(name)));
        bench.desk.rotate(proposed(&bench.desk, &old), now()).await.unwrap();
        bench.desk.select([old, other.clone()], true);
        let queue = bench.desk.rotation_queue(now()).await.unwrap();
        assert_eq!((queue.next, queue.left), (Some(other.clone()), 1));
        bench.desk.rotate(proposed(&bench.desk, &other), now()).await.unwrap();
        let queue = bench.desk.rotation_queue(now()).await.unwrap();
        assert_eq!((queue.next, queue.left), (None, 0));
        assert!(queue.cannot.unwrap().contains("already part of a rotation"));
    });
}

#[test]
fn ten_go_on_at_one_place_and_no_more() {
    alone(async {
        let bench = Bench::loaded().await;
        let all = bench.sandbox.truth().unwrap().into_iter().filter(|it| !it.revoked);
        let mut all =
            all.map(|it| key(&it.id)).filter(|it| bench.desk.plan_rotation(it, now()).is_ok());
        for _ in 0..10 {
            let mut request = proposed(&bench.desk, &all.next().unwrap());
            request.by_hand = vec!["The old server".to_owned()];
            request.expiry = Expiry::Never;
            bench.desk.rotate(request, now()).await.unwrap();
        }
        let eleventh = all.next().unwrap();
        bench.desk.plan_rotation(&eleventh, now()).expect("it lives elsewhere");
        let notes = token_desk::Notes { place: "The old server".to_owned(), ..Default::default() };
        bench.desk.write_notes(eleventh.clone(), &notes).await.unwrap();
        let error = refused(bench.desk.plan_rotation(&eleventh, now()));
        assert!(matches!(error, RotationError::Crowded { .. }), "{error}");
    });
}

/// Rather on the same day than with less than three quarters of the lifetime.
#[test]
fn a_short_lifetime_is_not_cut_to_nothing() {
    alone(async {
        let bench = Bench::loaded().await;
        let policy = Policy { max_lifetime_days: 8, ..bench.desk.policy(FIRST).unwrap() };
        bench.desk.change_policy(FIRST, policy, now()).await.unwrap();
        let mut days = Vec::new();
        for name in ["cms-webhook", "old-jenkins", "load-test", "staging-server"] {
            let key = key(&bench.id_of(name));
            bench.desk.rotate(proposed(&bench.desk, &key), now()).await.unwrap();
            let end = row(&bench.desk, &bench.id_of(&format!("{name} (r2)"))).expires;
            days.push((end.at().unwrap() - now()).num_days());
        }
        assert!(days.iter().all(|days| *days >= 6), "{days:?}");
    });
}
