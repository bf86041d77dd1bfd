//! No proxy sees the credential: over http none is used, over https only a tunnel is asked for.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "server/program.rs"]
mod program;
mod server;

use std::sync::{Arc, Mutex};

use program::tokens_with;
use server::{Server, json, with_headers};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

const VARIABLES: [&str; 6] =
    ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
/// Every way in.
const WAYS: [&[(&str, &str)]; 3] = [
    &[("ENTRI_API_TOKEN", "entri_EXAMPLEONLYadmin")],
    &[("ENTRI_SESSION_COOKIE", "x.session_token=EXAMPLEONLY.c2ln")],
    &[("ENTRI_EMAIL", "EXAMPLEONLY@x.test"), ("ENTRI_PASSWORD", "EXAMPLEONLY")],
];

/// Writes down the first bytes of every connection, and hangs up.
async fn recorder() -> (String, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let bytes = Arc::new(Mutex::new(Vec::new()));
    let recorded = Arc::clone(&bytes);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut first = vec![0; 4096];
            let length = stream.read(&mut first).await.unwrap_or(0);
            recorded.lock().unwrap().extend_from_slice(&first[..length]);
        }
    });
    (url, bytes)
}

#[tokio::test]
async fn over_http_no_proxy_is_used() {
    let (proxy, recorded) = recorder().await;
    let server = Server::start(|request, _| {
        if request.path.contains("current") {
            json(200, r#"{"_id":"o-1","name":"Nordlys"}"#)
        } else if request.path.contains("/auth/") {
            let cookie = "Set-Cookie: x.session_token=a.b; Path=/\r\n";
            with_headers(200, cookie, r#"{"user":{"id":"u-5"}}"#)
        } else {
            json(200, "[]")
        }
    })
    .await;
    for way in WAYS {
        for variable in VARIABLES {
            let variables = [way, &[(variable, &*proxy)][..]].concat();
            let run = tokens_with(&server.url(), &["list"], &variables).await;
            assert_eq!(run.code, 0, "{variable}: {}", run.errors);
        }
    }
    assert!(recorded.lock().unwrap().is_empty());
}

#[tokio::test]
async fn over_https_a_proxy_sees_the_host_only() {
    let (proxy, recorded) = recorder().await;
    for way in WAYS {
        for variable in VARIABLES {
            // No name server knows the host: without a proxy nothing is reached.
            let variables = [way, &[(variable, &*proxy)][..]].concat();
            let run = tokens_with("https://entri.invalid", &["list"], &variables).await;
            assert_eq!((run.code, &*run.output), (1, ""), "{variable}: {}", run.errors);
            assert!(run.errors.contains("Nothing was sent"), "{variable}: {}", run.errors);
        }
    }
    let text = String::from_utf8(recorded.lock().unwrap().clone()).unwrap();
    assert!(text.starts_with("CONNECT entri.invalid:443 HTTP/1.1\r\n"), "{text}");
    for part in ["api-key", "cookie:", "exampleonly"] {
        assert!(!text.to_lowercase().contains(part), "{text}");
    }
}
