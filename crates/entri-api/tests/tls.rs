//! A server that can't prove its identity receives nothing. The program reads the certificates it
//! trusts from `SSL_CERT_FILE`, so a company's own authority works, too.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "server/program.rs"]
mod program;

use std::io::Write;

use program::{Run, tokens};
use tempfile::NamedTempFile;
use test_support::identity::{Authority, Identity, authority, proven, unproven};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

/// Runs `list` against such a server; returns what that was sent, too.
async fn list(identity: &Identity, trusted: &Authority) -> (Run, String) {
    let server = identity.serve().await;
    let mut trust = NamedTempFile::new().unwrap();
    trust.write_all(trusted.pem().as_bytes()).unwrap();
    let file = trust.path().to_str().unwrap();
    let run = tokens(&server.url, &["list"], &[("SSL_CERT_FILE", file)]).await;
    (run, server.sent())
}

#[tokio::test]
async fn a_server_that_proves_itself_is_asked() {
    let trusted = authority("trusted");
    let (run, sent) = list(&proven(&trusted), &trusted).await;
    assert_eq!((run.code, &*run.errors, &*run.output), (0, "", ""));
    assert_eq!(sent.matches("GET ").count(), 3, "{sent}");
}

#[tokio::test]
async fn a_server_that_cannot_prove_itself_gets_nothing() {
    let trusted = authority("trusted");
    for (identity, reason) in unproven(&trusted) {
        let (run, sent) = list(&identity, &trusted).await;
        let what = identity.what;
        assert_eq!((run.code, &*sent, &*run.output), (1, "", ""), "{what}: {}", run.errors);
        assert!(run.errors.contains("Can’t verify"), "{what}: {}", run.errors);
        assert!(run.errors.contains(reason), "{what}: {}", run.errors);
    }
}

/// Something that speaks no TLS at all.
#[tokio::test]
async fn a_plain_server_gets_nothing_over_https() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        }
    });
    let run = tokens(&url, &["list"], &[]).await;
    assert_eq!(run.code, 1);
    assert!(run.errors.contains("Can’t verify"), "{}", run.errors);
}
