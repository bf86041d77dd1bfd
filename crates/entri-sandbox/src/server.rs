//! The server: its routes, its life, and what tests may ask of it.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::api_error::ApiError;
use crate::config::{Clock, Config, MOST_TOKENS, Prefix, Variant};
use crate::script::{Fault, RequestRecord};
use crate::seed::{self, ORGANIZATION_ID, OWNER, PASSWORD, PROJECTS, TRANSLATOR, member};
use crate::store::{Store, StoredToken, UNLISTED};
use crate::{activity, organization, session, shape, tokens};

/// The most requests that are remembered for tests.
const MOST_RECORDS: usize = 10_000;
/// An error body is a few lines; this is plenty.
const ERROR_LIMIT: usize = 64 * 1024;

/// A running sandbox. It ends when this is dropped.
pub struct Sandbox {
    shared: App,
    ready: Ready,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
}

/// Everything one needs to use a sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ready {
    /// The base URL.
    pub base_url: String,
    /// The organization's id.
    pub org_id: String,
    /// The projects' ids.
    pub project_ids: Vec<String>,
    /// An API token that acts as an owner.
    pub admin_token: String,
    /// An API token that acts as a translator.
    pub viewer_token: String,
    /// An owner's email.
    pub admin_email: String,
    /// Its password.
    pub admin_password: String,
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port cannot be had.
    #[error("port {0} cannot be used: {1}")]
    Port(u16, std::io::Error),
    /// There would be too many tokens.
    #[error("{0} tokens are too many; 100,000 at most")]
    TooMany(u32),
    /// The storage failed.
    #[error("the storage failed: {0}")]
    Storage(#[from] rusqlite::Error),
}

pub type App = Arc<Shared>;

pub struct Shared {
    pub store: Store,
    clock: Clock,
    variant: Mutex<Variant>,
    faults: Mutex<Vec<Fault>>,
    requests: Mutex<Vec<RequestRecord>>,
}

impl Shared {
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    pub fn variant(&self) -> Variant {
        *lock(&self.variant)
    }
}

impl Sandbox {
    /// Seeds an organization and serves it on loopback.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        if config.tokens > MOST_TOKENS {
            return Err(StartError::TooMany(config.tokens));
        }
        let store = Store::new()?;
        let now = (config.clock)();
        let tokens = seed::tokens(config.tokens, config.seed, now);
        store.add(tokens.iter().map(|(token, secret)| (token, secret.as_str())))?;
        let admin_token = match tokens.into_iter().next() {
            // The first of the seeded tokens is the app's own.
            Some((_, secret)) => secret,
            None => unlisted(&store, OWNER, "admin", now)?,
        };
        let viewer_token = unlisted(&store, TRANSLATOR, "viewer", now)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, config.port))
            .await
            .map_err(|error| StartError::Port(config.port, error))?;
        let port =
            listener.local_addr().map_err(|error| StartError::Port(config.port, error))?.port();
        let shared = Arc::new(Shared {
            store,
            clock: config.clock,
            variant: Mutex::new(config.variant),
            faults: Mutex::default(),
            requests: Mutex::default(),
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let service = router(Arc::clone(&shared));
        let server = tokio::spawn(async move {
            let until = async {
                // Dropping the sandbox stops it as well.
                let _ = stopped.await;
            };
            let _ = axum::serve(listener, service).with_graceful_shutdown(until).await;
        });
        let ready = Ready {
            base_url: format!("http://127.0.0.1:{port}"),
            org_id: ORGANIZATION_ID.to_owned(),
            project_ids: PROJECTS.iter().map(|project| project.0.to_owned()).collect(),
            admin_token,
            viewer_token,
            admin_email: member(OWNER).email.to_owned(),
            admin_password: PASSWORD.to_owned(),
        };
        Ok(Self { shared, ready, stop: Some(stop), server })
    }

    /// Everything one needs to use it.
    #[must_use]
    pub fn ready(&self) -> &Ready {
        &self.ready
    }

    /// Ends the server: connections are closed and the port is free again.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        // A client that keeps its connection open must not keep the server alive.
        self.server.abort();
        let _ = (&mut self.server).await;
    }

    /// Answers in another of the tolerated ways from now on.
    pub fn set_variant(&self, variant: Variant) {
        *lock(&self.shared.variant) = variant;
    }

    /// Lets the next request that fits go wrong.
    pub fn fail_next(&self, fault: Fault) {
        lock(&self.shared.faults).push(fault);
    }

    /// Every token, revoked ones too.
    pub fn truth(&self) -> Result<Vec<StoredToken>, StartError> {
        Ok(self.shared.store.all()?)
    }

    /// Every request so far.
    #[must_use]
    pub fn requests(&self) -> Vec<RequestRecord> {
        lock(&self.shared.requests).clone()
    }

    /// Lets a token look used at that time.
    pub fn touch(&self, id: &str, at: DateTime<Utc>) -> Result<(), StartError> {
        Ok(self.shared.store.used(id, at)?)
    }

    /// Adds a token of the organization with this name; gives its id.
    pub fn add_token(&self, name: &str) -> Result<String, StartError> {
        let (mut token, secret) = access(OWNER, name, self.shared.now());
        token.id = format!("t-{:012x}", random() >> 16);
        self.shared.store.add([(&token, secret.as_str())])?;
        Ok(token.id)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn router(shared: App) -> Router {
    let api = Router::new()
        .route("/organizations/current", get(organization::current))
        .route("/organizations/current/members", get(organization::members))
        .route("/organizations/{id}/activity", get(activity::of_organization))
        .route("/projects", get(organization::projects))
        .route("/projects/{id}", get(organization::project))
        .route("/projects/{id}/activity", get(activity::of_project))
        .route("/{kind}/{id}/tokens", get(tokens::list).post(tokens::create))
        .route("/{kind}/{id}/tokens/{token}", delete(tokens::revoke));
    let auth = Router::new()
        .route("/ok", get(session::ok))
        .route("/sign-in/email", post(session::sign_in))
        .route("/get-session", get(session::get_session))
        .route("/sign-out", post(session::sign_out));
    Router::new()
        .nest("/api/auth", auth)
        .nest("/api/v1", api.clone())
        .nest("/api", api)
        .fallback(unknown_route)
        .layer(from_fn_with_state(Arc::clone(&shared), around))
        .with_state(shared)
}

async fn unknown_route(method: Method, uri: Uri) -> ApiError {
    ApiError::not_found(&format!("Cannot {method} {}", uri.path()))
}

/// Around every request: it is recorded, may be told to fail, and its errors get time and path.
async fn around(State(shared): State<App>, request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    record(&shared, &method, &uri);
    let fault = take_fault(&shared, &method, uri.path());
    if let Some(fault) = fault {
        if fault.with_effect {
            next.run(request).await;
        }
        return fault.answer.into_response();
    }
    let versioned = uri.path().starts_with("/api/v1/") || uri.path().starts_with("/api/auth/");
    if shared.variant().prefix == Prefix::VersionedOnly && !versioned {
        return unknown_route(method, uri).await.into_response();
    }
    complete(&shared, uri.path(), next.run(request).await).await
}

fn record(shared: &Shared, method: &Method, uri: &Uri) {
    let mut requests = lock(&shared.requests);
    if requests.len() < MOST_RECORDS {
        requests.push(RequestRecord { method: method.clone(), path: uri.to_string() });
    }
}

fn take_fault(shared: &Shared, method: &Method, path: &str) -> Option<Fault> {
    let mut faults = lock(&shared.faults);
    let at = faults.iter().position(|it| it.method == *method && path.contains(&it.path))?;
    Some(faults.remove(at))
}

/// Adds `timestamp` and `path` to an error body (contract §7).
async fn complete(shared: &Shared, path: &str, response: Response) -> Response {
    let documented = response.status().is_client_error() || response.status().is_server_error();
    if !documented || path.starts_with("/api/auth/") {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, ERROR_LIMIT).await.unwrap_or_default();
    let Ok(Value::Object(mut error)) = serde_json::from_slice(&bytes) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    error.insert("timestamp".to_owned(), json!(shape::iso(shared.now())));
    error.insert("path".to_owned(), json!(path));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(Value::Object(error).to_string()))
}

/// A key that is in nobody's list.
fn unlisted(
    store: &Store,
    member: u8,
    name: &str,
    now: DateTime<Utc>,
) -> Result<String, rusqlite::Error> {
    let (mut token, secret) = access(member, name, now);
    token.project_id = Some(UNLISTED.to_owned());
    store.add([(&token, secret.as_str())])?;
    Ok(secret)
}

fn access(member: u8, name: &str, now: DateTime<Utc>) -> (StoredToken, String) {
    let secret = seed::secret(random);
    let token = StoredToken {
        id: format!("access-{name}"),
        project_id: None,
        name: name.to_owned(),
        scopes: vec!["translations:read".to_owned()],
        created: now,
        expires: None,
        last_used: None,
        creator: member,
        last4: secret[secret.len() - 4..].to_owned(),
        revoked: false,
    };
    (token, secret)
}

/// From the operating system, for values that are handed out.
pub fn random() -> u64 {
    getrandom::u64().unwrap_or_else(|_| {
        use std::hash::{BuildHasher, RandomState};
        RandomState::new().hash_one(0)
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
