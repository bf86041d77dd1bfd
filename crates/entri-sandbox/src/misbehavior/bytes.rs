//! Oddities that only bytes can show: a byte order mark, a byte that isn't UTF-8, numbers of any
//! length, and deeply wrapped lists.

use axum::body::{Body, to_bytes};
use axum::http::{Method, header};
use axum::response::Response;

use crate::oddities::{IdForm, NOT_UTF8, NameForm, Odd, as_numbers};

/// The largest answer, of 100,000 tokens with padding.
const LIMIT: usize = 512 * 1024 * 1024;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Whether answers have to be gone through.
pub fn is_dressed(odd: &Odd) -> bool {
    odd.byte_order_mark
        || odd.nesting > 0
        || odd.ids != IdForm::Text
        || odd.names == NameForm::NotUtf8
}

/// The answer as its bytes are in the end.
pub async fn dressed(odd: &Odd, method: &Method, response: Response) -> Response {
    let json =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|it| it == "application/json");
    if !json || !response.status().is_success() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let mut bytes = to_bytes(body, LIMIT).await.unwrap_or_default().to_vec();
    if odd.ids != IdForm::Text {
        bytes = as_numbers(&bytes);
    }
    if odd.names == NameForm::NotUtf8 {
        let mark = NOT_UTF8.to_string();
        bytes = replaced(&bytes, mark.as_bytes(), b"\xe9");
    }
    if odd.nesting > 0 && *method == Method::GET {
        let times = odd.nesting as usize;
        let end = "}".repeat(times);
        bytes = [b"{\"data\":".repeat(times), bytes, end.into_bytes()].concat();
    }
    if odd.byte_order_mark {
        bytes = [BYTE_ORDER_MARK, &bytes].concat();
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(bytes))
}

fn replaced(bytes: &[u8], what: &[u8], by: &[u8]) -> Vec<u8> {
    let mut done = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(what) {
            done.extend_from_slice(by);
            rest = after;
        } else {
            done.push(rest[0]);
            rest = &rest[1..];
        }
    }
    done
}
