//! A sandbox with a clock of its own, and a plain HTTP client to ask it with.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use entri_sandbox::{Config, Sandbox, StoredToken, Variant};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

pub const ORGANIZATION: &str = "/api/organizations/665f1c0a9b3e4d0012ab34cd/tokens";
pub const PROJECT: &str = "/api/projects/6660aa11/tokens";

pub struct Bench {
    pub sandbox: Sandbox,
    http: Client,
    clock: Arc<Mutex<DateTime<Utc>>>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }
}

/// The credential of a test's request.
#[derive(Clone, Copy)]
pub enum As<'a> {
    Nobody,
    Admin,
    Viewer,
    Key(&'a str),
    Cookie(&'a str),
}

pub fn http() -> Client {
    // Fails only if the process has already chosen one, which works, too.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().build().unwrap()
}

impl Bench {
    pub async fn new() -> Self {
        Self::with(48, &Variant::default()).await
    }

    pub async fn with(tokens: u32, variant: &Variant) -> Self {
        Self::of(tokens, None, variant).await
    }

    pub async fn of(tokens: u32, history: Option<TimeDelta>, variant: &Variant) -> Self {
        Self::on(Config { tokens, history, variant: *variant, ..Config::default() }).await
    }

    pub async fn on(config: Config) -> Self {
        let clock = Arc::new(Mutex::new("2026-11-24T14:02:00Z".parse().unwrap()));
        let read = Arc::clone(&clock);
        let config = Config { clock: Arc::new(move || *read.lock().unwrap()), ..config };
        Self { sandbox: Sandbox::start(config).await.unwrap(), http: http(), clock }
    }

    pub fn now(&self) -> DateTime<Utc> {
        *self.clock.lock().unwrap()
    }

    pub fn set_now(&self, now: DateTime<Utc>) {
        *self.clock.lock().unwrap() = now;
    }

    pub async fn get(&self, path: &str, by: As<'_>) -> Answer {
        self.send(self.request(Method::GET, path, by)).await
    }

    pub async fn delete(&self, path: &str, by: As<'_>) -> Answer {
        self.send(self.request(Method::DELETE, path, by)).await
    }

    /// Sends the text as it is.
    pub async fn post(&self, path: &str, by: As<'_>, body: &str) -> Answer {
        let request = self.request(Method::POST, path, by);
        self.send(request.header("Content-Type", "application/json").body(body.to_owned())).await
    }

    /// Creates a token; returns its id and its value.
    pub async fn create(&self, body: &str) -> (String, String) {
        let created = self.post(ORGANIZATION, As::Admin, body).await;
        assert_eq!(created.status, 201, "{}", created.text);
        let text = |name: &str| created.json()[name].as_str().unwrap().to_owned();
        (text("_id"), text("token"))
    }

    pub fn truth(&self, id: &str) -> StoredToken {
        self.sandbox.truth().unwrap().into_iter().find(|token| token.id == id).unwrap()
    }

    /// A sandbox of 1,000 tokens with the odd ways of these names.
    pub async fn odd(names: &str) -> Self {
        Self::with(1_000, &Variant::named(names).unwrap()).await
    }

    /// Sets other odd ways.
    pub fn set(&self, change: impl FnOnce(&mut Variant)) {
        let mut variant = Variant::default();
        change(&mut variant);
        self.sandbox.set_variant(variant);
    }

    fn request(&self, method: Method, path: &str, by: As<'_>) -> RequestBuilder {
        let ready = self.sandbox.ready();
        let request = self.http.request(method, format!("{}{path}", ready.base_url));
        match by {
            As::Nobody => request,
            As::Admin => request.header("X-API-Key", &ready.admin_token),
            As::Viewer => request.header("X-API-Key", &ready.viewer_token),
            As::Key(key) => request.header("X-API-Key", key),
            // Sign-in wants to know where a request with cookies comes from.
            As::Cookie(cookie) => {
                request.header("Cookie", cookie).header("Origin", &ready.base_url)
            }
        }
    }

    async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.unwrap().to_vec();
        Answer { status, headers, text: String::from_utf8_lossy(&bytes).into_owned(), bytes }
    }
}
