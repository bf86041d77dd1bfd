//! Creates that the server refused, redirected or answered in a form the app can’t read.

use std::time::Duration;

use entri_sandbox::FaultAnswer;
use token_desk::{RevokeOutcome, UnresolvedKind};

use super::{found, kinds, later, loose, revoke, the_only_one};
use crate::support::{Bench, FIRST, alone, named, now};

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
            assert_eq!((&end.name, end.kind), (&done, UnresolvedKind::ValueLost), "{status}");
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
        assert_eq!(kinds(&bench.desk), [UnresolvedKind::ValueLost]);
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
        assert_eq!(kinds(&bench.desk), [UnresolvedKind::ValueLost]);
    });
}
