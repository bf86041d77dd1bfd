//! No secret in any log, ours or that of a library, at the most talkative level.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod server;

use std::io;
use std::sync::{Arc, Mutex};

use entri_api::{ApiToken, BaseUrl, Client, NewToken, Secret, TokenOwner};
use server::{Reply, Server, json};
use tracing::level_filters::LevelFilter;

const KEY: &str = "entri_EXAMPLEONLYadminKEY";
const VALUE: &str = "entri_EXAMPLEONLYnewVALUE";
const CONTROL: &str = "entri_EXAMPLEONLYcontrol";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_secret_is_logged() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    let created = format!(r#"{{"_id":"t-1","name":"a","token":"{VALUE}"}}"#);
    let server = Server::start(move |request, before| match (&*request.method, before) {
        ("POST", 0) => json(201, &created),
        ("POST", 1) => json(400, &format!(r#"{{"message":"bad: {KEY}"}}"#)),
        ("POST", _) => Reply::Bytes(Vec::new()),
        _ => json(200, &format!("[{created}]")),
    })
    .await;
    let token = ApiToken::parse(Secret::new(KEY.to_owned())).unwrap();
    let client = Client::new(BaseUrl::parse(&server.url()).unwrap(), token).unwrap();
    let owner = TokenOwner::Organization("o-1".into());
    let new = NewToken { name: "a".into(), scopes: vec![], expires_at: None };
    for _ in 0..3 {
        tracing::trace!("{:?}", client.create_token(&owner, &new).await);
    }
    tracing::trace!("{:?}", client.tokens(&owner).collect_all().await);
    tracing::trace!("{CONTROL}");
    assert_eq!(server.requests()[0].header("x-api-key"), Some(KEY));

    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains(CONTROL), "the log is not caught");
    assert!(text.contains("hyper") && text.contains("entri_api"), "{text}");
    assert!(text.contains("path=\"/organizations/o-1/tokens\" status=201"), "{text}");
    assert!(!text.contains("adminKEY") && !text.contains("newVALUE"), "{text}");
}
