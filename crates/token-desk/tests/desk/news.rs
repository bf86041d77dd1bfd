//! What others changed since the last visit.

use chrono::TimeDelta;
use entri_sandbox::{DateHeader, Variant};
use token_desk::{Date, Desk, News, Query, RevokeRequest};

use crate::support::days::Days;
use crate::support::{FIRST, alone, connect, key, named, now};

fn news(desk: &Desk) -> Option<News> {
    desk.status().connections[0].news.clone()
}

fn new_ones(days: &Days) -> Vec<String> {
    let query = Query { new: true, ..Query::default() };
    let listed = |query| days.bench.desk.query(&query, 0, 60, None, days.now());
    // A saved view keeps it as a word of the search.
    let typed = listed(Query { text: "finding:new".to_owned(), ..Query::default() });
    let rows = listed(query).rows;
    assert_eq!((typed.problems, &typed.rows), (vec![], &rows));
    rows.into_iter().map(|row| row.name).collect()
}

/// Starts the app again, and loads the list on that day.
async fn visit(days: &mut Days, day: i64) {
    days.go_to(day);
    days.bench.desk = days.bench.reopened();
    days.bench.connect().await.unwrap();
    days.look().await;
}

/// Somebody else revokes the token.
async fn revoke_elsewhere(days: &Days, name: &str) {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::open(folder.path(), days.now()).unwrap();
    let ready = days.bench.sandbox.ready();
    connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
    desk.sync(FIRST, days.now()).await;
    let key = key(&days.bench.id_of(name));
    let plan = desk.preview_revoke(&key, days.now()).unwrap();
    let request =
        RevokeRequest { key, seen: plan.seen, typed: Some(plan.to_type.text().to_owned()) };
    desk.revoke(request, days.now()).await.unwrap();
}

#[test]
fn new_and_vanished_tokens_are_told_of_until_the_next_visit() {
    alone(async {
        let mut days = Days::begin().await;
        days.look().await;
        assert_eq!(news(&days.bench.desk), None, "the first visit");
        let seen = days.now();
        days.go_to(3);
        days.bench.sandbox.add_token("added elsewhere").unwrap();
        revoke_elsewhere(&days, "old-jenkins").await;
        let gone = days.bench.id_of("old-jenkins");
        visit(&mut days, 4).await;
        let told = news(&days.bench.desk).unwrap();
        assert_eq!((told.since, told.new.len()), (seen, 1));
        let [vanished] = &told.vanished[..] else { panic!("{told:?}") };
        assert_eq!((&*vanished.id.0, &*vanished.name), (&*gone, "old-jenkins"));
        assert_eq!((vanished.seen, vanished.last_used), (seen, Date::None));
        assert_eq!(new_ones(&days), ["added elsewhere"]);
        days.look().await;
        assert_eq!(news(&days.bench.desk).as_ref(), Some(&told), "all through this visit");

        visit(&mut days, 5).await;
        let told = news(&days.bench.desk).unwrap();
        assert_eq!((told.new.len(), told.vanished.len()), (0, 0));
        assert_eq!(new_ones(&days), [""; 0]);
    });
}

#[test]
fn what_this_app_did_is_no_news() {
    alone(async {
        let mut days = Days::begin().await;
        days.look().await;
        visit(&mut days, 1).await;
        days.bench.desk.create(named("made here"), days.now()).await.unwrap();
        let key = key(&days.bench.id_of("load-test"));
        let seen = days.bench.desk.preview_revoke(&key, days.now()).unwrap().seen;
        let request = RevokeRequest { key, seen, typed: None };
        days.bench.desk.revoke(request, days.now()).await.unwrap();
        days.bench.desk.select([crate::support::key(&days.bench.id_of("billing-mails"))], true);
        let plan = days.bench.desk.plan_bulk_revoke(days.now()).await.unwrap();
        days.bench.desk.run_bulk_revoke(plan.id, "1", || now() + TimeDelta::days(1)).await.unwrap();
        days.go_to(2);
        days.look().await;
        assert_eq!(days.bench.desk.status().connections[0].tokens, 47);
        let told = news(&days.bench.desk).unwrap();
        assert_eq!((told.new.len(), told.vanished.len()), (0, 0), "{told:?}");
    });
}

#[test]
fn an_old_token_that_could_not_be_read_before_is_not_new() {
    alone(async {
        let mut days = Days::begin().await;
        days.bench.answer("GET", "/projects/6660aa11/tokens", 403, "{}");
        days.look().await;
        visit(&mut days, 1).await;
        assert_eq!(days.bench.desk.status().connections[0].tokens, 48);
        assert_eq!(news(&days.bench.desk).unwrap().new.len(), 0);
    });
}

/// The last visit was by this computer's clock, the token was created by the server's.
#[test]
fn what_is_new_is_so_by_the_servers_clock() {
    alone(async {
        for (hours, new) in [(0, 0), (-47, 1)] {
            let mut days = Days::begin().await;
            let date = DateHeader::ComputersAhead(hours * 3_600);
            days.bench.sandbox.set_variant(Variant { date, ..Variant::default() });
            days.go_to(1);
            days.look().await;
            days.go_to(0);
            days.bench.sandbox.add_token("added elsewhere").unwrap();
            visit(&mut days, 2).await;
            assert_eq!(news(&days.bench.desk).unwrap().new.len(), new, "{hours}");
        }
    });
}
