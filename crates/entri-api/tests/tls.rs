//! A server that cannot prove who it is gets nothing. The program reads the certificates it trusts
//! from `SSL_CERT_FILE`, so a company's own authority works as well.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "server/program.rs"]
mod program;

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use program::{Run, tokens};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use tempfile::NamedTempFile;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

type Authority = CertifiedIssuer<'static, KeyPair>;

/// Serves as an organization and as an empty list.
const BODY: &str = r#"{"_id":"o-1","name":"Nordlys","data":[]}"#;

fn authority(name: &str) -> Authority {
    let mut parameters = CertificateParams::new(Vec::new()).unwrap();
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap()
}

fn certificate(authority: &Authority, parameters: &CertificateParams) -> ServerConfig {
    let key = KeyPair::generate().unwrap();
    let certificate = parameters.signed_by(&key, authority).unwrap();
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap()
}

/// Runs `list` against a server with this certificate; tells how many requests it was sent.
async fn list(config: ServerConfig, trusted: &Authority) -> (Run, usize) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let requests = Arc::new(AtomicUsize::new(0));
    let (counted, acceptor) = (Arc::clone(&requests), TlsAcceptor::from(Arc::new(config)));
    let server = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = [0; 4096];
            if !matches!(stream.read(&mut request).await, Ok(1..)) {
                continue;
            }
            counted.fetch_add(1, Ordering::SeqCst);
            let length = BODY.len();
            let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}");
            stream.write_all(format!("{head}\r\n\r\n{BODY}").as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    });
    let mut trust = NamedTempFile::new().unwrap();
    trust.write_all(trusted.pem().as_bytes()).unwrap();
    let file = trust.path().to_str().unwrap();
    let run = tokens(&url, &["list"], &[("SSL_CERT_FILE", file)]).await;
    server.abort();
    (run, requests.load(Ordering::SeqCst))
}

fn parameters(host: &str) -> CertificateParams {
    CertificateParams::new(vec![host.to_owned()]).unwrap()
}

#[tokio::test]
async fn a_server_that_proves_itself_is_asked() {
    let authority = authority("trusted");
    let config = certificate(&authority, &parameters("localhost"));
    let (run, requests) = list(config, &authority).await;
    assert_eq!((run.code, &*run.errors, &*run.output), (0, "", ""));
    assert_eq!(requests, 3);
}

#[tokio::test]
async fn a_server_that_cannot_prove_itself_gets_nothing() {
    let (trusted, unknown) = (authority("trusted"), authority("unknown"));
    let mut expired = parameters("localhost");
    expired.not_after = date_time_ymd(2020, 1, 1);
    let mut early = parameters("localhost");
    early.not_before = date_time_ymd(4000, 1, 1);
    let cases = [
        ("unknown authority", certificate(&unknown, &parameters("localhost")), "UnknownIssuer"),
        ("expired", certificate(&trusted, &expired), "expired"),
        ("not valid yet", certificate(&trusted, &early), "not valid yet"),
        ("another host", certificate(&trusted, &parameters("other.example")), "not valid for name"),
    ];
    for (case, config, reason) in cases {
        let (run, requests) = list(config, &trusted).await;
        assert_eq!((run.code, requests, &*run.output), (1, 0, ""), "{case}: {}", run.errors);
        assert!(run.errors.contains("could not prove its identity"), "{case}: {}", run.errors);
        assert!(run.errors.contains(reason), "{case}: {}", run.errors);
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
    assert!(run.errors.contains("could not prove its identity"), "{}", run.errors);
}
