//! A create that did not come to its end: looked for, shown until decided, over a restart too.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entri_sandbox::odd::Tidy;
use entri_sandbox::{CreateShape, DateHeader, FaultAnswer, Held, Method, Odd, Variant};
use token_desk::{
    Code, CreateRequest, Desk, Error, LooseEnd, LooseEndKind, RevokeOutcome, RevokeRequest,
};

use crate::support::days::Days;
use crate::support::{Bench, FIRST, alone, connect, connect_to, key, named, now, says};

/// When a create that is not there by then did not happen.
fn later() -> DateTime<Utc> {
    now() + TimeDelta::seconds(61)
}

fn loose(desk: &Desk) -> Vec<LooseEnd> {
    desk.status().connections.into_iter().flat_map(|line| line.loose_ends).collect()
}

fn the_only_one(desk: &Desk) -> LooseEnd {
    let ends = loose(desk);
    let [end] = &ends[..] else { panic!("{ends:?}") };
    end.clone()
}

fn kinds(desk: &Desk) -> Vec<LooseEndKind> {
    loose(desk).into_iter().map(|end| end.kind).collect()
}

/// Creates a token and loses the answer.
async fn lost(bench: &Bench, name: &str, with_effect: bool) {
    lost_as(bench, named(name), with_effect).await;
}

/// A desk that created a token and lost the answer.
async fn bench_that_lost(name: &str, with_effect: bool) -> Bench {
    let bench = Bench::loaded().await;
    lost(&bench, name, with_effect).await;
    bench
}

async fn lost_as(bench: &Bench, request: CreateRequest, with_effect: bool) {
    lose(bench, request, with_effect).await;
    bench.looked().await;
}

/// Without waiting for the look that follows.
async fn lose(bench: &Bench, request: CreateRequest, with_effect: bool) {
    let answer = FaultAnswer::status(502, "text/html", "<h1>Bad gateway</h1>");
    bench.fail("POST", "/tokens", with_effect, answer);
    bench.desk.create(request, now()).await.unwrap_err();
}

/// The network is gone with the answer: neither the create nor the look for it comes through.
async fn lost_with_the_network(bench: &Bench, name: &str, now: DateTime<Utc>) {
    let answer = FaultAnswer::status(502, "text/html", "<h1>Bad gateway</h1>");
    bench.fail("POST", "/tokens", true, answer);
    bench.answer("GET", "/organizations/665f1c0a9b3e4d0012ab34cd/tokens", 403, "{}");
    bench.desk.create(named(name), now).await.unwrap_err();
    bench.looked().await;
}

/// How far ahead the server's clock is, in seconds.
fn clock_is_off(bench: &Bench, seconds: i64) {
    bench
        .sandbox
        .set_variant(Variant { date: DateHeader::ComputersAhead(seconds), ..Variant::default() });
}

async fn revoke(desk: &Desk, end: &LooseEnd) -> RevokeOutcome {
    let key = end.tokens.first().expect("a token");
    let seen = desk.plan_revoke(key, now()).unwrap().seen;
    let request = RevokeRequest { key: key.clone(), seen, typed: None };
    desk.revoke(request, now()).await.unwrap().outcome
}

#[test]
fn a_token_whose_answer_was_lost_is_found_and_can_be_revoked() {
    alone(async {
        let bench = bench_that_lost("lost", true).await;
        bench.desk.sync(FIRST, now()).await;
        let end = &the_only_one(&bench.desk);
        assert_eq!((&*end.name, end.kind, end.at), ("lost", LooseEndKind::ValueLost, now()));
        assert_eq!(end.tokens, [key(&bench.id_of("lost"))]);
        assert_eq!(loose(&bench.reopened()), std::slice::from_ref(end), "also after a restart");
        assert_eq!(bench.sent("POST"), 1, "it is never sent again");
        assert_eq!(bench.sent("DELETE"), 0, "and never revoked unasked");

        assert_eq!(revoke(&bench.desk, end).await, RevokeOutcome::Revoked);
        assert_eq!((loose(&bench.desk), loose(&bench.reopened())), (vec![], vec![]));
    });
}

#[test]
fn one_that_was_never_made_is_looked_for_twice() {
    alone(async {
        let bench = bench_that_lost("never", false).await;
        bench.desk.sync(FIRST, now()).await;
        assert_eq!(kinds(&bench.desk), [LooseEndKind::Unclear], "it may still come");
        let desk = bench.reopened();
        assert_eq!(kinds(&desk), [LooseEndKind::Unclear]);
        bench.desk.sync(FIRST, later()).await;
        assert_eq!((loose(&bench.desk), loose(&bench.reopened())), (vec![], vec![]));
    });
}

#[test]
fn a_token_that_comes_late_is_found_at_the_second_look() {
    alone(async {
        let bench = bench_that_lost("late", false).await;
        bench.desk.sync(FIRST, now()).await;
        bench.sandbox.add_token("late").unwrap();
        bench.desk.sync(FIRST, later()).await;
        assert_eq!(kinds(&bench.desk), [LooseEndKind::ValueLost]);
    });
}

#[test]
fn a_create_that_was_refused_and_done_all_the_same_is_asked_about() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.desk.look_again_after(Duration::from_hours(1));
        for status in [400, 401, 403, 404, 409, 410, 413, 422, 429] {
            let (done, not_done) = (format!("done-{status}"), format!("not-done-{status}"));
            for (name, with_effect) in [(&done, true), (&not_done, false)] {
                let answer = FaultAnswer::status(status, "application/json", r#"{"message":"no"}"#);
                bench.fail("POST", "/tokens", with_effect, answer);
                bench.desk.create(named(name), now()).await.unwrap_err();
            }
            assert_eq!(
                loose(&bench.desk),
                [],
                "{status}: nothing speaks against the server's word yet"
            );
            assert_eq!(loose(&bench.reopened()), []);

            bench.desk.sync(FIRST, later()).await;
            let end = the_only_one(&bench.desk);
            assert_eq!((&end.name, end.kind), (&done, LooseEndKind::ValueLost), "{status}");
            assert_eq!(loose(&bench.reopened()), std::slice::from_ref(&end));
            assert_eq!(revoke(&bench.desk, &end).await, RevokeOutcome::Revoked);
        }
    });
}

#[test]
fn a_create_that_was_refused_is_looked_for_unasked() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.desk.look_again_after(Duration::from_millis(1));
        let answer = FaultAnswer::status(422, "application/json", "{}");
        bench.fail("POST", "/tokens", true, answer);
        bench.desk.create(named("refused"), now()).await.unwrap_err();
        found(&bench.desk).await;
    });
}

#[test]
fn a_refusal_is_not_laid_to_a_token_of_another_name() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.desk.look_again_after(Duration::from_hours(1));
        bench.answer("POST", "/tokens", 422, "{}");
        bench.desk.create(named("refused"), now()).await.unwrap_err();
        bench.sandbox.add_token("somebody else's").unwrap();
        for _ in 0..2 {
            bench.desk.sync(FIRST, later()).await;
            assert_eq!(loose(&bench.desk), []);
        }
        bench.sandbox.add_token("refused").unwrap();
        bench.desk.sync(FIRST, later()).await;
        assert_eq!(loose(&bench.desk), [], "a whole list ended it");
    });
}

/// Waits until the token of a lost create was found, with no look but those of the app.
async fn found(desk: &Desk) {
    let found = async {
        while kinds(desk) != [LooseEndKind::ValueLost] {
            tokio::task::yield_now().await;
        }
    };
    let within = tokio::time::timeout(Duration::from_secs(60), found).await;
    assert!(within.is_ok(), "{:?}", loose(desk));
}

/// Holds back the organization's page of the next load, which the server has made by then.
fn next_list(bench: &Bench) -> Held {
    bench.sandbox.hold_next(&Method::GET, "/organizations/665f1c0a9b3e4d0012ab34cd/tokens")
}

#[test]
fn the_second_look_comes_unasked() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.desk.look_again_after(Duration::ZERO);
        let first = next_list(&bench);
        lose(&bench, named("lost"), false).await;
        first.reached().await;
        bench.sandbox.add_token("lost").unwrap();
        drop(first);
        found(&bench.desk).await;
    });
}

/// Its list may have been made before the token was. The second look is too far off to help.
#[test]
fn a_load_that_goes_on_is_no_look() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.desk.look_again_after(Duration::from_secs(3_600));
        let held = next_list(&bench);
        let desk = bench.desk.clone();
        let load = tokio::spawn(async move { desk.sync(FIRST, now()).await });
        held.reached().await;
        lose(&bench, named("lost"), true).await;
        drop(held);
        found(&bench.desk).await;
        load.await.unwrap();
    });
}

#[test]
fn a_list_that_is_not_whole_proves_no_absence() {
    alone(async {
        let bench = bench_that_lost("never", false).await;
        bench.answer("GET", "/projects/6660aa11/tokens", 403, "{}");
        bench.desk.sync(FIRST, later()).await;
        assert_eq!(kinds(&bench.desk), [LooseEndKind::Unclear]);
        bench.desk.sync(FIRST, later()).await;
        assert_eq!(kinds(&bench.desk), []);
    });
}

#[test]
fn a_look_for_it_needs_the_list_of_its_place_alone() {
    alone(async {
        let bench = bench_that_lost("never", false).await;
        let (desk, web) = (&bench.desk, Some("6660aa11"));
        bench.answer("GET", "/projects/6660aa11/tokens", 403, "{}");
        assert_eq!(desk.look_for_created(FIRST, None, now()).await.ok(), Some(()));
        bench.answer("GET", "/projects/6660aa11/tokens", 403, "{}");
        let error = desk.look_for_created(FIRST, web, now()).await.unwrap_err();
        assert_eq!(error.code(), Code::OutcomeUnknown, "{error}");
        assert!(error.to_string().contains("Mobile App"), "{error}");
        assert_eq!(desk.look_for_created(FIRST, web, now()).await.ok(), Some(()));
        bench.answer("GET", "/organizations/665f1c0a9b3e4d0012ab34cd/tokens", 401, "{}");
        let error = desk.look_for_created(FIRST, web, now()).await.unwrap_err();
        assert_eq!(error.code(), Code::OutcomeUnknown, "{error}");
    });
}

#[test]
fn only_a_new_token_of_its_name_and_place_is_taken_for_it() {
    alone(async {
        let bench = Bench::loaded().await;
        // One of that name was there before; others are made meanwhile by somebody else.
        bench.sandbox.add_token("twin").unwrap();
        bench.desk.sync(FIRST, now()).await;
        let project_id = Some("6660aa11".to_owned());
        lost_as(&bench, CreateRequest { project_id, ..named("twin") }, false).await;
        lost(&bench, "twin", false).await;
        bench.sandbox.add_token("another").unwrap();
        bench.desk.sync(FIRST, now()).await;
        assert_eq!(kinds(&bench.desk), [LooseEndKind::Unclear; 2]);
        let second = bench.sandbox.add_token("twin").unwrap();
        bench.desk.sync(FIRST, now()).await;
        let ends = loose(&bench.desk);
        assert_eq!(ends[0].kind, LooseEndKind::Unclear, "that was to be in a project");
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

#[test]
fn a_redirect_says_nothing_about_what_was_done() {
    alone(async {
        let bench = Bench::loaded().await;
        let answer = FaultAnswer::Answer {
            status: 303,
            content_type: "text/plain",
            headers: vec![("location", "/elsewhere".to_owned())],
            body: String::new(),
        };
        bench.fail("POST", "/tokens", true, answer);
        bench.desk.create(named("redirected"), now()).await.unwrap_err();
        bench.looked().await;
        assert_eq!(kinds(&bench.desk), [LooseEndKind::ValueLost]);
    });
}

#[test]
fn what_was_created_and_never_handed_over_is_asked_about_at_the_next_start() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("orphan"), now()).await.unwrap();
        bench.desk.sync(FIRST, later()).await;
        assert_eq!(loose(&bench.desk), [], "its value is still in hand");
        // As after kill -9: nothing of the first desk runs at its end.
        let desk = bench.reopened();
        let end = &the_only_one(&desk);
        assert_eq!((end.kind, &*end.name), (LooseEndKind::NeverHandedOver, "orphan"));
        assert_eq!(end.tokens, [created.key.unwrap()]);
        desk.keep_loose_end(end.id, later()).await.unwrap();
        assert_eq!((loose(&desk), loose(&bench.reopened())), (vec![], vec![]));
    });
}

#[test]
fn a_closed_window_leaves_no_value_and_says_whose_it_was() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("left open"), now()).await.unwrap();
        assert_eq!(kinds(&bench.desk), [], "it waits in the window");
        bench.desk.wipe_secrets();
        let gone = bench.desk.reveal_secret(created.handle).unwrap_err();
        assert!(matches!(gone, Error::SecretGone), "{gone}");
        assert_eq!(kinds(&bench.desk), [LooseEndKind::NeverHandedOver]);
        assert_eq!(kinds(&bench.reopened()), [LooseEndKind::NeverHandedOver]);
    });
}

/// The window is closed while the answer is on its way, and another one is opened before it comes.
#[test]
fn a_create_whose_window_is_closed_leaves_no_value_and_is_asked_about() {
    alone(async {
        let table = [
            (CreateShape::Flat, LooseEndKind::NeverHandedOver),
            (CreateShape::Unreadable, LooseEndKind::Unclear),
        ];
        for (create, kind) in table {
            let bench = Bench::loaded().await;
            bench.sandbox.set_variant(Variant { create, ..Variant::default() });
            let held = bench.sandbox.hold_next(&"POST".parse().unwrap(), "/tokens");
            let desk = bench.desk.clone();
            let answer = tokio::spawn(async move { desk.create(named("hurried"), now()).await });
            held.reached().await;
            bench.desk.wipe_secrets();
            drop(held);
            let created = answer.await.unwrap().unwrap();
            let gone = bench.desk.reveal_secret(created.handle).unwrap_err();
            assert!(matches!(gone, Error::SecretGone), "{gone}");
            assert_eq!(bench.desk.status().waiting, None, "{kind:?}");
            assert_eq!(kinds(&bench.desk), [kind]);
            // The next one is begun in a window that is open.
            bench.sandbox.set_variant(Variant::default());
            let created = bench.desk.create(named("calm"), now()).await.unwrap();
            assert!(bench.desk.reveal_secret(created.handle).is_ok());
        }
    });
}

#[test]
fn one_that_was_revoked_elsewhere_is_not_asked_about() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("orphan"), now()).await.unwrap();
        let desk = bench.reopened();
        let ready = bench.sandbox.ready();
        connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
        let end = &the_only_one(&desk);
        assert_eq!(end.tokens, [created.key.unwrap()]);

        let folder = tempfile::tempdir().unwrap();
        let elsewhere = Desk::open(folder.path(), now()).unwrap();
        connect_to(&elsewhere, &bench.sandbox).await;
        revoke(&elsewhere, end).await;
        desk.sync(FIRST, later()).await;
        assert_eq!(loose(&desk), []);
    });
}

#[test]
fn closing_anyway_is_a_decision() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("closed"), now()).await.unwrap();
        bench.desk.close_secret(created.handle, true, now()).await.unwrap();
        bench.desk.sync(FIRST, later()).await;
        assert_eq!((loose(&bench.desk), loose(&bench.reopened())), (vec![], vec![]));
    });
}

#[test]
fn an_unreadable_answer_that_nobody_took_is_looked_for() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.fail("POST", "/tokens", true, FaultAnswer::Cut);
        let created = bench.desk.create(named("cut"), now()).await.unwrap();
        bench.desk.sync(FIRST, now()).await;
        assert_eq!(loose(&bench.desk), [], "what came back is still in hand");
        let sent = bench.sent("GET");
        bench.desk.close_secret(created.handle, true, now()).await.unwrap();
        while bench.sent("GET") == sent {
            tokio::task::yield_now().await;
        }
        bench.looked().await;
        assert_eq!(kinds(&bench.desk), [LooseEndKind::ValueLost]);
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
            assert_eq!((&*end.name, end.kind), (name, LooseEndKind::Unclear));
            let made = bench.token(|token| token.created == now() && token.name != name);
            assert_eq!(end.tokens, [key(&made)], "{tidy:?}");
            assert_eq!(loose(&bench.reopened()), std::slice::from_ref(end));
            // Once it is gone, and a whole list says so, nothing is left; it was not "not created".
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
            assert_eq!((end.kind, &end.tokens[..]), (LooseEndKind::Unclear, &[key(&made.id)][..]));
            let file = bench.folder.path().join("journal.db");
            let basis = "SELECT basis FROM entry WHERE what = 'create'";
            let basis: String = rusqlite::Connection::open(file)
                .unwrap()
                .query_row(basis, [], |row| row.get(0))
                .unwrap();
            assert_eq!(basis, "[]");
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
        assert_eq!((end.kind, &end.tokens[..]), (LooseEndKind::Unclear, &[key(&other)][..]));
        let mine = bench.sandbox.add_token("mine").unwrap();
        bench.desk.sync(FIRST, later()).await;
        let end = &the_only_one(&bench.desk);
        assert_eq!((end.kind, &end.tokens[..]), (LooseEndKind::ValueLost, &[key(&mine)][..]));
        bench.desk.keep_loose_end(end.id, now()).await.unwrap();
        assert_eq!((loose(&bench.desk), loose(&bench.reopened())), (vec![], vec![]));
    });
}

/// Such a server bears out nothing of this computer's clock, which is set within the minute.
#[test]
fn a_clock_that_is_set_is_found_out_where_the_server_tells_no_time() {
    alone(async {
        let days = Days::with(0).await;
        let bench = &days.bench;
        let date = DateHeader::Missing;
        bench.sandbox.set_variant(Variant { date, ..Variant::default() });
        bench.connect().await.unwrap();
        bench.desk.sync(FIRST, now()).await;
        lost(bench, "mine", false).await;
        // Ten hours in no time.
        days.go_to_midnight(1);
        days.look().await;
        assert_eq!(kinds(&bench.desk), [LooseEndKind::Unclear], "it may be made yet");
        // The server tidied the name, and its clock is right.
        let late = bench.sandbox.add_token("tidied").unwrap();
        days.look().await;
        let end = &the_only_one(&bench.desk);
        assert_eq!((end.kind, &end.tokens[..]), (LooseEndKind::Unclear, &[key(&late)][..]));
    });
}

#[test]
fn a_lost_create_is_shown_though_no_list_can_be_loaded() {
    alone(async {
        let bench = Bench::loaded().await;
        lost_with_the_network(&bench, "lost", now()).await;
        assert_eq!(kinds(&bench.desk), [LooseEndKind::Unclear]);
    });
}

#[test]
fn a_lost_revoke_whose_token_is_listed_as_revoked_is_not_still_there() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.sandbox.set_variant(Variant { revoked_listed: true, ..Variant::default() });
        let id = bench.id_of("old-jenkins");
        let answer = FaultAnswer::status(502, "text/html", "<h1>Bad gateway</h1>");
        bench.fail("DELETE", "/tokens", true, answer);
        let plan = bench.desk.plan_revoke(&key(&id), now()).unwrap();
        let typed = Some(plan.to_type.text().to_owned());
        let request = RevokeRequest { key: key(&id), seen: plan.seen, typed };
        bench.desk.revoke(request, now()).await.unwrap_err();
        bench.desk.sync(FIRST, later()).await;
        let said = says(&bench.desk).await;
        assert!(said.iter().any(|it| it == "Removed"), "{said:?}");
        assert!(said.iter().all(|it| it != "Revocation failed"), "{said:?}");
    });
}

#[test]
fn a_loose_end_that_was_gone_is_not_told_as_revoked_here() {
    alone(async {
        let bench = bench_that_lost("lost", true).await;
        bench.desk.sync(FIRST, now()).await;
        let end = &the_only_one(&bench.desk);
        assert!(bench.sandbox.revoke_elsewhere(&bench.id_of("lost")).unwrap());
        assert_eq!(revoke(&bench.desk, end).await, RevokeOutcome::AlreadyGone);
        assert_eq!((loose(&bench.desk), bench.sent("DELETE")), (vec![], 0));
        let said = says(&bench.desk).await;
        assert!(said.iter().all(|it| it != "Revoked"), "{said:?}");
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

/// This computer's clock was two hours behind, the app said so, and somebody set it right.
#[test]
fn a_clock_that_was_put_right_after_a_lost_create_loses_no_token() {
    alone(async {
        let bench = Bench::loaded().await;
        clock_is_off(&bench, 7_200);
        let behind = now() - TimeDelta::hours(2);
        bench.desk.sync(FIRST, behind).await;
        lost_with_the_network(&bench, "lost", behind).await;
        clock_is_off(&bench, 0);
        bench.desk.sync(FIRST, later()).await;
        assert_eq!(kinds(&bench.desk), [LooseEndKind::ValueLost]);
    });
}

/// Nobody knows then what the clocks were.
#[test]
fn after_a_restart_a_token_of_its_name_and_another_time_may_be_it() {
    alone(async {
        let bench = Bench::loaded().await;
        clock_is_off(&bench, 7_200);
        let behind = now() - TimeDelta::hours(2);
        bench.desk.sync(FIRST, behind).await;
        lost_with_the_network(&bench, "lost", behind).await;
        clock_is_off(&bench, 0);
        let (desk, ready) = (bench.reopened(), bench.sandbox.ready());
        connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
        for look in [later(), later() + TimeDelta::seconds(61)] {
            desk.sync(FIRST, look).await;
            let end = &the_only_one(&desk);
            assert_eq!(end.kind, LooseEndKind::Unclear);
            assert_eq!(end.tokens, [key(&bench.id_of("lost"))]);
        }
    });
}

/// A second after a lost create this computer's clock is put forward by an hour.
#[test]
fn a_clock_that_jumps_is_no_minute_that_passed() {
    alone(async {
        let bench = bench_that_lost("slow", false).await;
        clock_is_off(&bench, -3_600);
        let ahead = now() + TimeDelta::hours(1);
        bench.desk.sync(FIRST, ahead).await;
        assert_eq!(kinds(&bench.desk), [LooseEndKind::Unclear]);
        // The server is done with it only now.
        bench.sandbox.add_token("slow").unwrap();
        bench.desk.sync(FIRST, ahead + TimeDelta::seconds(5)).await;
        assert_eq!(kinds(&bench.desk), [LooseEndKind::ValueLost]);
    });
}

/// The clock may have been set while the app was closed: one list proves nothing yet.
#[test]
fn after_a_restart_a_create_is_looked_for_twice() {
    alone(async {
        let bench = bench_that_lost("never", false).await;
        let (desk, ready) = (bench.reopened(), bench.sandbox.ready());
        connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
        let much_later = now() + TimeDelta::hours(1);
        desk.sync(FIRST, much_later).await;
        assert_eq!(kinds(&desk), [LooseEndKind::Unclear]);
        desk.sync(FIRST, much_later + TimeDelta::seconds(61)).await;
        assert_eq!(kinds(&desk), []);
    });
}
