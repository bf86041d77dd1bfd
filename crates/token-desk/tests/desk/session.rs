//! A session while it lasts, and its end.

use entri_sandbox::FaultAnswer;
use token_desk::{Appearance, Code, CredentialRequest};

use crate::support::proxy::Proxy;
use crate::support::{
    Bench, FIRST, alone, connect_to, connected, connections, ids, now, sandbox, secret, sign_in,
    synced,
};

fn cookie(text: &str) -> CredentialRequest {
    CredentialRequest::Cookie(secret(text))
}

/// Connected with a session; returns its cookie.
async fn signed_in() -> (Bench, String) {
    let bench = Bench::new().await;
    let text = bench.sandbox.session_cookie();
    let step = sign_in(&bench.desk, &bench.sandbox.ready().base_url, cookie(&text)).await;
    connected(step).unwrap();
    (bench, text)
}

#[test]
fn it_is_signed_out_on_disconnect_and_an_api_token_is_not() {
    alone(async {
        let (bench, text) = signed_in().await;
        let address = bench.sandbox.ready().base_url.clone();
        let other = sandbox(9, 5).await;
        let second = connect_to(&bench.desk, &other).await;
        bench.desk.disconnect(FIRST, false, now()).await.unwrap();
        let error = sign_in(&bench.desk, &address, cookie(&text)).await.unwrap_err();
        assert_eq!(error.code(), Code::Unauthorized, "{error}");
        bench.desk.disconnect(second, false, now()).await.unwrap();
        assert_eq!(other.requests().iter().filter(|it| it.path.contains("sign-out")).count(), 0);
        connect_to(&bench.desk, &other).await;
    });
}

#[test]
fn a_server_that_is_gone_can_be_left() {
    alone(async {
        let (Bench { sandbox, folder, desk }, _) = signed_in().await;
        sandbox.stop().await;
        desk.disconnect(FIRST, false, now()).await.unwrap();
        assert_eq!(desk.status().connections, []);
        drop(folder);
    });
}

#[test]
fn one_that_ended_on_the_server_is_told_and_the_list_stays() {
    alone(async {
        let (bench, _) = signed_in().await;
        synced(&bench.desk).await;
        bench.sandbox.end_sessions();
        let summary = synced(&bench.desk).await;
        assert_eq!(summary.problems[0].code, Code::Unauthorized);
        assert_eq!((summary.signed_out, ids(&bench.desk).len()), (Some(FIRST), 48));

        let text = bench.sandbox.session_cookie();
        let step = sign_in(&bench.desk, &bench.sandbox.ready().base_url, cookie(&text)).await;
        assert_eq!(connected(step).unwrap().id, FIRST);
        let summary = bench.desk.status().summary();
        assert_eq!((summary.signed_out, ids(&bench.desk).len()), (None, 48));
        assert_eq!(synced(&bench.desk).await.problems, []);
    });
}

#[test]
fn one_that_is_left_is_gone_before_its_server_has_answered() {
    alone(async {
        let bench = Bench::new().await;
        let proxy = Proxy::before(&bench.sandbox.ready().base_url).await;
        let text = bench.sandbox.session_cookie();
        connected(sign_in(&bench.desk, &proxy.url(), cookie(&text)).await).unwrap();
        let second = connect_to(&bench.desk, &sandbox(9, 5).await).await;
        proxy.shut();
        let desk = bench.desk.clone();
        let leaving = tokio::spawn(async move { desk.disconnect(FIRST, false, now()).await });
        proxy.holds_one().await;
        let appearance = bench.desk.status().of(second).unwrap().connection.appearance.clone();
        let appearance = Appearance { label: "Harbour".to_owned(), ..appearance };
        bench.desk.change_appearance(second, appearance, now()).await.unwrap();
        assert!(!leaving.is_finished(), "the server has not answered yet");
        assert_eq!(connections(&bench.desk).len(), 1);
        proxy.open();
        leaving.await.unwrap().unwrap();
    });
}

/// Any response may bring a new cookie (docs/entri-api.md#sign-in); the old one no longer counts
/// then.
#[test]
fn a_renewed_one_is_used_from_then_on() {
    alone(async {
        let (bench, _) = signed_in().await;
        bench.sandbox.end_sessions();
        renew(&bench);
        let summary = synced(&bench.desk).await;
        assert_eq!((summary.complete, summary.problems), (true, vec![]));
        assert_eq!(synced(&bench.desk).await.problems, [], "and for the next load");
    });
}

/// The first answer of the next load sets the cookie of another session.
pub fn renew(bench: &Bench) {
    let headers =
        vec![("set-cookie", format!("{}; Path=/; HttpOnly", bench.sandbox.session_cookie()))];
    let body = r#"{"_id":"665f1c0a9b3e4d0012ab34cd","name":"Nordlys Apps"}"#.to_owned();
    let content_type = "application/json";
    let answer = FaultAnswer::Answer { status: 200, content_type, headers, body };
    bench.fail("GET", "/organizations/current", false, answer);
}
