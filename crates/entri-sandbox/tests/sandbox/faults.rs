//! Orders of tests to the sandbox: faults, and the record of requests.

use entri_sandbox::{Fault, FaultAnswer, Sandbox};
use reqwest::Method;

use crate::support::{As, Bench, ORGANIZATION, http};

fn fault(path: &str, with_effect: bool) -> Fault {
    let answer = FaultAnswer::status(500, "text/html", "<h1>oops</h1>");
    Fault { method: Method::POST, path: path.to_owned(), with_effect, answer }
}

#[tokio::test]
async fn a_fault_strikes_once_and_only_what_fits() {
    let bench = Bench::new().await;
    bench.sandbox.fail_next(fault("/tokens", false));
    assert_eq!(bench.get(ORGANIZATION, As::Admin).await.status, 200);
    let struck = bench.post(ORGANIZATION, As::Admin, r#"{"name":"a"}"#).await;
    assert_eq!((struck.status, &*struck.text), (500, "<h1>oops</h1>"));
    assert_eq!(struck.headers["content-type"], "text/html");
    assert_eq!(bench.sandbox.truth().unwrap().len(), 48);
    assert_eq!(bench.post(ORGANIZATION, As::Admin, r#"{"name":"a"}"#).await.status, 201);
}

#[tokio::test]
async fn a_fault_with_effect_hides_the_answer_only() {
    let bench = Bench::new().await;
    bench.sandbox.fail_next(fault("/tokens", true));
    let struck = bench.post(ORGANIZATION, As::Admin, r#"{"name":"a"}"#).await;
    assert_eq!(struck.status, 500);
    assert_eq!(bench.sandbox.truth().unwrap().len(), 49);
}

#[tokio::test]
async fn a_cut_answer_has_a_beginning_and_no_end() {
    let bench = Bench::new().await;
    let fault = Fault { answer: FaultAnswer::Cut, ..fault("/tokens", true) };
    bench.sandbox.fail_next(fault);
    let ready = bench.sandbox.ready();
    let request = http().post(format!("{}{ORGANIZATION}", ready.base_url));
    let mut response = request
        .header("X-API-Key", &ready.admin_token)
        .body(r#"{"name":"a"}"#)
        .send()
        .await
        .unwrap();
    assert_eq!(response.chunk().await.unwrap().unwrap(), r#"{"_id":"#);
    assert!(response.chunk().await.is_err());
}

#[tokio::test]
async fn what_was_asked_is_remembered_without_its_secrets() {
    let bench = Bench::new().await;
    bench.get(&format!("{ORGANIZATION}?page=2"), As::Admin).await;
    bench.post("/api/nothing", As::Nobody, "entri_body").await;
    let requests = bench.sandbox.requests();
    let asked: Vec<_> = requests.iter().map(|it| (it.method.as_str(), &*it.path)).collect();
    assert_eq!(asked, [("GET", &*format!("{ORGANIZATION}?page=2")), ("POST", "/api/nothing")]);
    assert!(!format!("{requests:?}").contains("entri_"));
}

#[tokio::test]
async fn a_stopped_sandbox_gives_its_port_back() {
    let bench = Bench::new().await;
    let port = bench.sandbox.ready().base_url.rsplit_once(':').unwrap().1.parse().unwrap();
    // The client keeps its connection open.
    bench.get(ORGANIZATION, As::Admin).await;
    bench.sandbox.stop().await;
    let config = entri_sandbox::Config { port, ..Default::default() };
    assert!(Sandbox::start(config).await.is_ok());
}
