//! A create whose answer says nothing clear: sent once, and nothing that came back is lost.

use entri_sandbox::{CreateShape, FaultAnswer, Variant};
use token_desk::Code;

use crate::support::proxy::Proxy;
use crate::support::{Bench, alone, connect, ids, named, now, synced};

/// Creates a token whose answer goes wrong; returns the error's sentence.
async fn unclear(bench: &Bench, with_effect: bool, answer: FaultAnswer) -> String {
    let (posts, known) = (bench.sent("POST"), bench.sandbox.truth().unwrap().len());
    bench.fail("POST", "/tokens", with_effect, answer);
    let error = bench.desk.create(named("unclear"), now()).await.unwrap_err();
    assert_eq!(error.code(), Code::OutcomeUnknown, "{error}");
    assert_eq!(bench.sent("POST"), posts + 1, "it is sent once");
    let made = bench.sandbox.truth().unwrap().len() - known;
    assert_eq!(made, usize::from(with_effect));
    error.to_string()
}

#[test]
fn a_create_answered_with_an_error_of_the_server_has_no_known_outcome() {
    alone(async {
        let bench = Bench::loaded().await;
        for with_effect in [false, true] {
            for status in [500, 502, 504] {
                let answer = FaultAnswer::status(status, "application/json", "{}");
                let said = unclear(&bench, with_effect, answer).await;
                assert!(said.contains("may have been done"), "{said}");
            }
        }
        bench.looked().await;
        synced(&bench.desk).await;
        assert_eq!(ids(&bench.desk).len(), 51, "the next load shows what was made");
    });
}

#[test]
fn an_empty_answer_leaves_the_outcome_unknown() {
    alone(async {
        let bench = Bench::loaded().await;
        unclear(&bench, true, FaultAnswer::status(201, "application/json", "")).await;
    });
}

#[test]
fn a_create_whose_answer_is_lost_on_the_way_is_not_sent_again() {
    alone(async {
        let bench = Bench::new().await;
        let proxy = Proxy::before(&bench.sandbox.ready().base_url).await;
        connect(&bench.desk, &proxy.url(), &bench.sandbox.ready().admin_token).await.unwrap();
        proxy.lose_answers();
        let error = bench.desk.create(named("lost"), now()).await.unwrap_err();
        assert_eq!(error.code(), Code::OutcomeUnknown, "{error}");
        assert_eq!(bench.sent("POST"), 1);
        assert!(bench.sandbox.truth().unwrap().iter().any(|token| token.name == "lost"));
    });
}

#[test]
fn an_answer_that_is_cut_is_kept() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.fail("POST", "/tokens", true, FaultAnswer::Cut);
        let created = bench.desk.create(named("cut"), now()).await.unwrap();
        assert_eq!((bench.sent("POST"), created.key), (1, None));
        let kept = bench.desk.reveal_secret(created.handle).unwrap();
        assert_eq!(kept.expose(), r#"{"_id":"#, "what came back before the cut");
    });
}

#[test]
fn an_answer_that_cannot_be_read_is_kept_and_can_be_revealed() {
    alone(async {
        let bench = Bench::loaded().await;
        let create = CreateShape::Unreadable;
        bench.sandbox.set_variant(Variant { create, ..Variant::default() });
        let created = bench.desk.create(named("unreadable"), now()).await.unwrap();
        assert_eq!((bench.sent("POST"), created.key, &*created.name), (1, None, "unreadable"));
        let kept = bench.desk.reveal_secret(created.handle).unwrap();
        assert!(kept.expose().contains("entri_"));
        let truth = bench.sandbox.truth().unwrap();
        let token = truth.iter().find(|token| token.name == "unreadable").unwrap();
        assert!(kept.expose().ends_with(&token.last4));
    });
}

#[test]
fn a_refused_create_is_known_not_to_have_happened() {
    alone(async {
        let bench = Bench::loaded().await;
        let table = [
            (400, Code::Invalid),
            (403, Code::Forbidden),
            (409, Code::Invalid),
            (422, Code::Invalid),
        ];
        for (number, (status, code)) in table.into_iter().enumerate() {
            let body = r#"{"message":["name is taken","and more"]}"#;
            bench.answer("POST", "/tokens", status, body);
            let error = bench.desk.create(named("refused"), now()).await.unwrap_err();
            assert_eq!(error.code(), code, "{error}");
            assert!(error.to_string().contains("name is taken"), "{error}");
            assert_eq!(bench.sent("POST"), number + 1);
        }
    });
}
