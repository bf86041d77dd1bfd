//! Several connections: each row, detail and revoke is of its own server. Both sandboxes have the
//! same tokens under the same ids.

use chrono::TimeDelta;
use entri_sandbox::{Sandbox, Variant};
use token_desk::{
    Chip, Code, ConnectionId, CreateRequest, Date, RevokeOutcome, Row, Shown, TokenKey,
};

use crate::support::{
    Bench, FIRST, alone, confirmed, connect, connect_to, connections, ids, key, named, now, rows,
    sandbox, synced,
};

/// Two connections to the same organization on two servers, both shown.
async fn two() -> (Bench, Sandbox, ConnectionId) {
    let bench = Bench::loaded().await;
    let other = sandbox(1, 48).await;
    let second = connect_to(&bench.desk, &other).await;
    bench.desk.show(Shown::All, now()).await.unwrap();
    (bench, other, second)
}

fn of(rows: &[Row], connection: ConnectionId) -> Vec<Row> {
    rows.iter().filter(|row| row.key.connection == connection).cloned().collect()
}

fn sent(sandbox: &Sandbox, method: &str) -> usize {
    sandbox.requests().iter().filter(|request| request.method == method).count()
}

#[test]
fn all_of_them_are_listed_each_with_its_connection() {
    alone(async {
        let (bench, other, second) = two().await;
        let shown = rows(&bench.desk);
        assert_eq!((shown.len(), of(&shown, FIRST).len()), (96, 48));
        for (id, sandbox) in [(FIRST, &bench.sandbox), (second, &other)] {
            let merged = of(&shown, id);
            bench.desk.show(Shown::One(id), now()).await.unwrap();
            assert_eq!(rows(&bench.desk), merged, "as when it is shown alone");
            let mut truth: Vec<_> = sandbox.truth().unwrap();
            truth.retain(|token| merged.iter().any(|row| row.key.id.0 == token.id));
            assert_eq!(truth.len(), 48);
        }
    });
}

#[test]
fn the_same_id_on_two_servers_is_two_tokens() {
    alone(async {
        let (bench, other, second) = two().await;
        let id = bench.id_of("old-jenkins");
        let used = now() - TimeDelta::days(3);
        other.touch(&id, used).unwrap();
        synced(&bench.desk).await;
        let keys =
            [FIRST, second].map(|connection| TokenKey { connection, id: id.as_str().into() });
        let looked = keys.clone().map(|key| bench.desk.details(&key, now()).unwrap());
        assert_eq!(looked.each_ref().map(|details| details.key.clone()), keys);
        assert_eq!(looked.map(|details| details.last_used), [Date::None, Date::At(used)]);
        let elsewhere = TokenKey { connection: ConnectionId(9), id: id.as_str().into() };
        assert!(bench.desk.details(&elsewhere, now()).is_none());
    });
}

#[test]
fn a_revoke_goes_to_the_tokens_own_server() {
    alone(async {
        let (bench, other, second) = two().await;
        let id = bench.id_of("old-jenkins");
        let key = TokenKey { connection: second, id: id.as_str().into() };
        let request = confirmed(&bench.desk, key.clone());
        let asked = bench.sandbox.requests().len();
        let revoked = bench.desk.revoke(request, now()).await.unwrap();
        assert_eq!(revoked.outcome, RevokeOutcome::Revoked);
        assert_eq!((sent(&other, "DELETE"), bench.sandbox.requests().len()), (1, asked));
        assert!(other.truth().unwrap().iter().any(|token| token.id == id && token.revoked));
        let left: Vec<_> = rows(&bench.desk).into_iter().map(|row| row.key).collect();
        assert_eq!((left.len(), left.contains(&key)), (95, false));
        assert!(left.contains(&TokenKey { connection: FIRST, id: id.as_str().into() }));
    });
}

#[test]
fn a_token_is_made_where_the_form_says() {
    alone(async {
        let (bench, other, second) = two().await;
        let form = CreateRequest { connection: second, ..named("made-here") };
        let created = bench.desk.create(form, now()).await.unwrap();
        let key = created.key.unwrap();
        assert_eq!((key.connection, sent(&other, "POST"), bench.sent("POST")), (second, 1, 0));
        assert!(rows(&bench.desk).iter().any(|row| row.key == key && row.name == "made-here"));
        // A name counts as taken in its own connection only.
        let check = |connection| {
            let form = CreateRequest { connection, ..named("made-here") };
            let check = bench.desk.check_create(&form, now());
            let warning = check.name_warning;
            let taken = warning.is_some_and(|warning| warning.contains("already exists"));
            (taken, check.free_name)
        };
        assert_eq!(check(FIRST), (false, None));
        assert_eq!(check(second), (true, Some("made-here-2".to_owned())));
    });
}

#[test]
fn a_token_that_is_not_shown_is_there_all_the_same() {
    alone(async {
        let (bench, _other, second) = two().await;
        bench.desk.show(Shown::One(second), now()).await.unwrap();
        let key = key(&bench.id_of("old-jenkins"));
        assert_eq!(bench.desk.details(&key, now()).unwrap().chip, Chip::NoUse);
        let request = confirmed(&bench.desk, key);
        let revoked = bench.desk.revoke(request, now()).await.unwrap();
        assert_eq!(revoked.outcome, RevokeOutcome::Revoked);
        let tokens = [FIRST, second].map(|id| bench.desk.status().of(id).unwrap().tokens);
        assert_eq!((tokens, ids(&bench.desk).len()), ([47, 48], 48));
    });
}

/// "Never used" may only be shown if the token's own server reports use.
#[test]
fn a_server_that_reports_no_use_changes_nothing_for_the_other() {
    alone(async {
        let (bench, other, second) = two().await;
        let before = of(&rows(&bench.desk), FIRST);
        let silent = Variant { last_used: None, ..Variant::default() };
        let jenkins = bench.id_of("old-jenkins");
        let chip = |rows: &[Row]| rows.iter().find(|row| row.key.id.0 == jenkins).unwrap().chip;
        for (quiet, loud, sandbox) in [(second, FIRST, &other), (FIRST, second, &bench.sandbox)] {
            sandbox.set_variant(silent);
            synced(&bench.desk).await;
            let shown = rows(&bench.desk);
            let of_quiet = of(&shown, quiet);
            let reported = of_quiet.iter().filter(|row| {
                matches!(row.chip, Chip::NoUse | Chip::New | Chip::Stale | Chip::Recent)
            });
            assert_eq!((chip(&of_quiet), reported.count()), (Chip::NotReported, 0));
            assert_eq!(chip(&of(&shown, loud)), Chip::NoUse);
            let chips = |rows: Vec<Row>| rows.into_iter().map(|row| row.chip).collect::<Vec<_>>();
            assert_eq!(chips(of(&shown, loud)), chips(before.clone()));
            let status = bench.desk.status();
            let told = [quiet, loud].map(|id| status.of(id).unwrap().last_used_reported);
            assert_eq!(told, [false, true]);
            sandbox.set_variant(Variant::default());
        }
    });
}

#[test]
fn connecting_to_several_at_once_gives_each_its_own() {
    alone(async {
        let bench = Bench::new().await;
        let servers = [sandbox(1, 1).await, sandbox(2, 2).await, sandbox(3, 3).await];
        let each = servers.each_ref().map(|sandbox| {
            let (desk, ready) = (bench.desk.clone(), sandbox.ready().clone());
            tokio::spawn(async move { connect(&desk, &ready.base_url, &ready.admin_token).await })
        });
        for connected in each {
            connected.await.unwrap().unwrap();
        }
        bench.desk.show(Shown::All, now()).await.unwrap();
        assert_eq!(synced(&bench.desk).await.problems, []);
        assert_eq!((connections(&bench.desk).len(), ids(&bench.desk).len()), (3, 6));
        assert_eq!(connections(&bench.reopened()), connections(&bench.desk));
    });
}

/// A reference to a removed connection must not lead to another one.
#[test]
fn an_id_is_never_given_again() {
    alone(async {
        let (bench, other, second) = two().await;
        bench.desk.disconnect(second, false, now()).await.unwrap();
        let third = connect_to(&bench.desk, &other).await;
        assert_ne!(third, second);
        let late = CreateRequest { connection: second, ..named("late") };
        let error = bench.desk.create(late, now()).await.unwrap_err();
        assert_eq!((error.code(), sent(&other, "POST")), (Code::NotConnected, 0));
    });
}
