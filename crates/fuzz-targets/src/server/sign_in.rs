//! The answer to a sign-in: its cookies, and who it says that signed in.

use chrono::DateTime;
use entri_api::{BaseUrl, Secret, Session, answers};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

/// The most that is kept of one sign-in, in bytes: 32 cookies of 4 KiB with their places.
const LONGEST: usize = 1024 * 1024;

/// Lines of headers, an empty line, a body. A session comes from a header that sets one and from nothing
/// else; it is kept and read again as it was, is not endless, and is not printed.
///
/// # Panics
/// Where that does not hold.
pub fn sign_in(bytes: &[u8]) {
    let end = bytes.windows(2).position(|two| two == b"\n\n").unwrap_or(bytes.len());
    let (lines, body) = (&bytes[..end], bytes.get(end + 2..).unwrap_or_default());
    let headers: HeaderMap = lines.split(|byte| *byte == b'\n').filter_map(header).collect();
    let Ok(server) = BaseUrl::parse("https://entri.example") else { return };
    let (user, _, session) = answers::sign_in(&server, &headers, body, DateTime::UNIX_EPOCH);
    assert!(user.is_none_or(|user| !user.id.is_empty() && !user.name.is_empty()));
    let _ = answers::session(body);
    let told = headers.contains_key("set-cookie") || headers.contains_key("set-auth-token");
    assert!(session.is_none() || told, "a session from nowhere");
    pasted(&server, bytes);
    if let Some(session) = session {
        kept(&session);
    }
}

/// The same bytes as somebody pastes them.
fn pasted(server: &BaseUrl, bytes: &[u8]) {
    let text = Secret::new(String::from_utf8_lossy(bytes).into_owned());
    if let Ok(session) = Session::parse(server, &text) {
        kept(&session);
    }
    if let Ok(session) = Session::from_secret(&text) {
        kept(&session);
    }
}

fn kept(session: &Session) {
    let secret = session.to_secret();
    assert!(secret.expose().len() <= LONGEST, "{} bytes", secret.expose().len());
    let again = Session::from_secret(&secret).expect("what was kept can be read");
    assert_eq!(again.to_secret().expose(), secret.expose());
    assert_eq!(format!("{session:?}"), "[session]");
}

fn header(line: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
    Some((HeaderName::from_bytes(name).ok()?, HeaderValue::from_bytes(value).ok()?))
}
