//! Faults on order, and a record of what was asked: for tests.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};

/// One request that goes wrong.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The method it strikes.
    pub method: Method,
    /// What the path must contain.
    pub path: String,
    /// Whether the request takes effect all the same.
    pub with_effect: bool,
    /// What the client gets instead.
    pub answer: FaultAnswer,
}

/// Requests that go wrong again and again.
#[derive(Debug, Clone)]
pub struct Recurring {
    /// Every how many requests.
    pub every: usize,
    /// Whether the request takes effect all the same.
    pub with_effect: bool,
    /// What the client gets instead.
    pub answer: FaultAnswer,
}

/// What the client gets.
#[derive(Debug, Clone)]
pub enum FaultAnswer {
    /// A status, a content type, further headers and a body.
    Answer {
        /// The status.
        status: u16,
        /// The content type.
        content_type: &'static str,
        /// Further headers.
        headers: Vec<(&'static str, String)>,
        /// The body.
        body: String,
    },
    /// The beginning of an answer, and then a closed connection.
    Cut,
    /// The server's own answer, that much later. The request always takes effect.
    Late(Duration),
}

/// A request that came in. Nothing of its headers or body is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRecord {
    /// The method.
    pub method: Method,
    /// The path, with its query.
    pub path: String,
}

impl FaultAnswer {
    /// A plain answer without further headers.
    #[must_use]
    pub fn status(status: u16, content_type: &'static str, body: &str) -> Self {
        Self::Answer { status, content_type, headers: Vec::new(), body: body.to_owned() }
    }
}

impl IntoResponse for FaultAnswer {
    fn into_response(self) -> Response {
        match self {
            Self::Answer { status, content_type, headers, body } => {
                let status = StatusCode::from_u16(status).unwrap_or_default();
                let mut response =
                    (status, [(header::CONTENT_TYPE, content_type)], body).into_response();
                for (name, value) in headers {
                    if let Ok(value) = value.parse() {
                        response.headers_mut().insert(name, value);
                    }
                }
                response
            }
            // There is no answer of the server's own.
            Self::Late(_) => StatusCode::GATEWAY_TIMEOUT.into_response(),
            Self::Cut => {
                let beginning = stream::iter([Ok("{\"_id\":")]);
                let cut = beginning.chain(stream::once(async {
                    // The server sends what it has only when it has to wait for more.
                    tokio::task::yield_now().await;
                    Err(std::io::Error::other("cut as ordered"))
                }));
                ([(header::CONTENT_TYPE, "application/json")], Body::from_stream(cut))
                    .into_response()
            }
        }
    }
}
