//! The bytes around a response.

use crate::support::{As, Bench, ORGANIZATION};

#[tokio::test]
async fn json_begins_with_a_byte_order_mark() {
    let bench = Bench::odd("bom").await;
    assert!(bench.get(ORGANIZATION, As::Admin).await.bytes.starts_with(b"\xef\xbb\xbf{"));
    let created = bench.post(ORGANIZATION, As::Admin, r#"{"name":"a"}"#).await;
    assert!(created.bytes.starts_with(b"\xef\xbb\xbf{"));
}

#[tokio::test]
async fn lists_are_wrapped_and_large() {
    let bench = Bench::odd("nested").await;
    let text = bench.get(ORGANIZATION, As::Admin).await.text;
    assert!(text.starts_with(&"{\"data\":".repeat(10_000)) && text.ends_with(&"}".repeat(10_000)));
    let bench = Bench::odd("padded").await;
    let text = bench.get(&format!("{ORGANIZATION}?limit=10"), As::Admin).await.text;
    assert!(text.len() > 100_000, "{}", text.len());
}
