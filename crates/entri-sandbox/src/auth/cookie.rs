//! Cookies: their names, how they are read and how they are set (docs/entri-api.md#sign-in).

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::state::Shared;

pub const SESSION_TOKEN: &str = "session_token";
pub const SESSION_DATA: &str = "session_data";
pub const DONT_REMEMBER: &str = "dont_remember";
pub const TWO_FACTOR: &str = "two_factor";

/// The value of the cookie whose name ends so, whatever its prefix.
pub fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(given, value)| given.ends_with(name).then_some(value))
}

/// The value of a signed cookie, if the signature is ours.
pub fn find_signed(shared: &Shared, headers: &HeaderMap, name: &str) -> Option<String> {
    shared.signer.open(find(headers, name)?)
}

/// A `Set-Cookie`; without an age, in seconds, it lasts as long as the browser runs.
pub fn set(shared: &Shared, name: &str, value: &str, age: Option<i64>) -> String {
    let prefix = shared.variant().cookie_prefix;
    let age = age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    format!("{prefix}.{name}={value}{age}; Path=/; HttpOnly; SameSite=Lax")
}

/// A `Set-Cookie` with a signed value.
pub fn set_signed(shared: &Shared, name: &str, value: &str, age: Option<i64>) -> String {
    set(shared, name, &shared.signer.seal(value), age)
}

/// A `Set-Cookie` that removes it.
pub fn clear(shared: &Shared, name: &str) -> String {
    set(shared, name, "", Some(0))
}

/// An answer that sets cookies.
pub fn with_cookies(answer: impl IntoResponse, cookies: Vec<String>) -> Response {
    let mut response = answer.into_response();
    for cookie in cookies {
        if let Ok(value) = HeaderValue::try_from(cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_by_the_end_of_its_name() {
        let mut headers = HeaderMap::new();
        headers.append(
            "cookie",
            "theme=dark; __Secure-better-auth.session_token=a.b%3D".parse().unwrap(),
        );
        headers.append("cookie", "x.two_factor=c=d".parse().unwrap());
        assert_eq!(find(&headers, SESSION_TOKEN), Some("a.b%3D"));
        assert_eq!(find(&headers, TWO_FACTOR), Some("c=d"));
        assert_eq!(find(&headers, SESSION_DATA), None);
        assert_eq!(find(&HeaderMap::new(), SESSION_TOKEN), None);
    }
}
