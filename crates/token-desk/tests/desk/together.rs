//! A plan or a decision for several tokens at once applies to all of them or to none.

use entri_sandbox::Sandbox;
use token_desk::{DecideRequest, DecisionKind, Desk, Error, Expiry, Shown, TokenKey};

use crate::support::disk::{fails, remove, works_again};
use crate::support::{Bench, FIRST, alone, connect_to, key, now, sandbox};

/// Two connections, both shown, and a token of each selected.
async fn two() -> (Bench, Sandbox, [TokenKey; 2]) {
    let bench = Bench::loaded().await;
    let other = sandbox(2, 48).await;
    let second = connect_to(&bench.desk, &other).await;
    bench.desk.show(Shown::All, now()).await.unwrap();
    let id = other.truth().unwrap().into_iter().find(|it| it.name == "old-jenkins").unwrap().id;
    let keys =
        [key(&bench.id_of("old-jenkins")), TokenKey { connection: second, id: id.as_str().into() }];
    bench.desk.select(keys.clone(), true);
    (bench, other, keys)
}

/// Of the second server: its address has another port.
fn of_the_second(other: &Sandbox) -> String {
    format!("base_url = '{}'", other.ready().base_url)
}

fn open_bulk_revokes(desk: &Desk) -> Vec<usize> {
    desk.status().connections.iter().map(|line| line.bulk_revokes.len()).collect()
}

#[test]
fn a_plan_for_later_is_written_down_for_all_connections_or_for_none() {
    alone(async {
        let (bench, other, _) = two().await;
        let plan = bench.desk.plan_bulk_revoke(now()).await.unwrap();
        let file = fails(&bench, "journal.db", "entry", &of_the_second(&other));
        let error = bench.desk.schedule_bulk_revoke(plan.id, "2", now()).await.unwrap_err();
        assert!(matches!(error, Error::NoJournal(_)), "{error}");
        works_again(&file);
        assert_eq!(open_bulk_revokes(&bench.reopened()), [0, 0]);
        // The plan is still there, and nothing of it stands twice.
        bench.desk.schedule_bulk_revoke(plan.id, "2", now()).await.unwrap();
        assert_eq!(open_bulk_revokes(&bench.desk), [1, 1]);
        assert_eq!(open_bulk_revokes(&bench.reopened()), [1, 1]);
    });
}

#[test]
fn a_bulk_revoke_that_is_gone_on_with_later_stands_once() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        desk.select([key(&bench.id_of("old-jenkins"))], true);
        let plan = desk.plan_bulk_revoke(now()).await.unwrap();
        desk.schedule_bulk_revoke(plan.id, "1", now()).await.unwrap();
        let first = desk.status().connections[0].bulk_revokes[0].clone();
        let again = desk.go_on_with_bulk_revoke(FIRST, first.number, now()).await.unwrap();
        let due = desk.schedule_bulk_revoke(again.id, "1", first.due.unwrap()).await.unwrap().due;
        let [open] = &desk.status().connections[0].bulk_revokes[..] else { panic!("one is open") };
        assert_eq!((open.due, &open.left), (Some(due), &first.left));
    });
}

fn keep(keys: Vec<TokenKey>) -> DecideRequest {
    DecideRequest {
        keys,
        kind: DecisionKind::Keep,
        until: Expiry::Days(30),
        reason: "runs once a year".to_owned(),
    }
}

#[test]
fn tokens_are_decided_together_or_not_at_all() {
    alone(async {
        let bench = Bench::loaded().await;
        let keys: Vec<_> = ["gitlab-ci", "backup-cron", "old-jenkins"]
            .iter()
            .map(|name| key(&bench.id_of(name)))
            .collect();
        let file = fails(&bench, "journal.db", "entry", "name = 'old-jenkins'");
        let error = bench.desk.decide(keep(keys.clone()), now()).await.unwrap_err();
        assert!(error.to_string().contains("0 of 3"), "{error}");
        let decided = |desk: &Desk| {
            keys.iter().filter(|key| desk.details(key, now()).unwrap().decision.is_some()).count()
        };
        works_again(&file);
        assert_eq!((decided(&bench.desk), decided(&bench.reopened())), (0, 0));
        bench.desk.decide(keep(keys.clone()), now()).await.unwrap();
        assert_eq!((decided(&bench.desk), decided(&bench.reopened())), (3, 3));
    });
}

#[test]
fn a_decision_is_refused_once_the_journals_file_is_gone() {
    alone(async {
        let bench = Bench::loaded().await;
        let key = key(&bench.id_of("gitlab-ci"));
        remove(&bench, &["journal.db", "journal.db-wal"]);
        let error = bench.desk.decide(keep(vec![key.clone()]), now()).await.unwrap_err();
        assert!(error.to_string().contains("0 of 1"), "{error}");
        assert_eq!(bench.desk.details(&key, now()).unwrap().decision, None);
    });
}
