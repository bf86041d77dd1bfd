//! No proxy sees the credential: over http none is used, over https only a tunnel is asked for.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "server/program.rs"]
mod program;

use std::sync::{Arc, Mutex};

use program::tokens_with;
use test_support::server::{Server, json, with_headers};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const VARIABLES: [&str; 6] =
    ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
/// The three ways to connect. Only one is set at a time.
const WAYS: [&[(&str, &str)]; 3] = [
    &[("ENTRI_API_TOKEN", "entri_EXAMPLEONLYadmin")],
    &[("ENTRI_SESSION_COOKIE", "x.session_token=EXAMPLEONLY.c2ln")],
    &[("ENTRI_EMAIL", "EXAMPLEONLY@x.test"), ("ENTRI_PASSWORD", "EXAMPLEONLY")],
];

/// Writes down what every connection sends, and opens the tunnel it asks for, which leads nowhere.
async fn recorder() -> (String, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let bytes = Arc::new(Mutex::new(Vec::new()));
    let recorded = Arc::clone(&bytes);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut some = vec![0; 4096];
            for _ in 0..2 {
                let length = stream.read(&mut some).await.unwrap_or(0);
                recorded.lock().unwrap().extend_from_slice(&some[..length]);
                let _ = stream.write_all(b"HTTP/1.1 200 x\r\n\r\n").await;
            }
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

    // The control: a client that uses the proxy is seen, with what it sends.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder().tls_certs_only([]);
    let with_proxy = builder.proxy(reqwest::Proxy::all(proxy).unwrap()).build().unwrap();
    let request = with_proxy.get(server.url()).header("X-API-Key", "entri_EXAMPLEONLYadmin");
    request.send().await.unwrap();
    assert!(shows_a_credential(&recorded));
}

#[tokio::test]
async fn over_https_a_proxy_sees_the_host_only() {
    let (proxy, recorded) = recorder().await;
    for way in WAYS {
        for variable in VARIABLES {
            recorded.lock().unwrap().clear();
            // No name server knows the host: without a proxy nothing is reached.
            let variables = [way, &[(variable, &*proxy)][..]].concat();
            let run = tokens_with("https://entri.invalid", &["list"], &variables).await;
            assert_eq!((run.code, &*run.output), (1, ""), "{variable}: {}", run.errors);
            assert!(run.errors.contains("Nothing was sent"), "{variable}: {}", run.errors);
            let seen = String::from_utf8_lossy(&recorded.lock().unwrap()).into_owned();
            let (asked, inside) = seen.split_once("\r\n\r\n").unwrap_or_default();
            let tunnel = asked.starts_with("CONNECT entri.invalid:443 ");
            assert_eq!(tunnel, !variable.eq_ignore_ascii_case("http_proxy"), "{variable}: {seen}");
            // The first byte of a TLS handshake.
            assert_eq!(tunnel, inside.starts_with('\x16'), "{variable}: {seen}");
            assert!(!shows_a_credential(&recorded), "{variable}");
        }
    }
}

fn shows_a_credential(recorded: &Mutex<Vec<u8>>) -> bool {
    let text = String::from_utf8_lossy(&recorded.lock().unwrap()).to_lowercase();
    ["api-key", "cookie:", "exampleonly"].iter().any(|part| text.contains(part))
}
