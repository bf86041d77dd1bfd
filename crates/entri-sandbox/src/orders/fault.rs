//! Requests that go wrong on order.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};

/// One request that goes wrong.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The method of the request that fails.
    pub method: Method,
    /// A text that the path of the request contains.
    pub path: String,
    /// Whether the request takes effect anyway.
    pub with_effect: bool,
    /// The response that the client gets instead.
    pub answer: FaultAnswer,
}

/// Requests that go wrong at regular intervals.
#[derive(Debug, Clone)]
pub struct Recurring {
    /// How many requests there are from one fault to the next.
    pub every: usize,
    /// Whether the request takes effect anyway.
    pub with_effect: bool,
    /// The response that the client gets instead.
    pub answer: FaultAnswer,
}

/// The response that a client gets to a failed request.
#[derive(Debug, Clone)]
pub enum FaultAnswer {
    /// A status, a content type, further headers and a body.
    Answer {
        /// The HTTP status of the response.
        status: u16,
        /// The header `Content-Type` of the response.
        content_type: &'static str,
        /// Headers besides the content type.
        headers: Vec<(&'static str, String)>,
        /// The body, sent as it is.
        body: String,
    },
    /// The beginning of a response, and then a closed connection.
    Cut,
    /// The server's own response, this much later. The request always takes effect.
    Late(Duration),
}

impl FaultAnswer {
    /// A response without headers besides the content type.
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
            // The server has no response of its own here.
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
