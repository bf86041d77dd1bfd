//! A session cookie as a person pastes it (docs/entri-api.md#sign-in).

use secrecy::zeroize::Zeroizing;

use super::cookie::{Cookie, Kind};
use super::{Jar, SessionError};
use crate::address::BaseUrl;
use crate::percent;
use crate::secret::Secret;
use crate::value::VALUE_PREFIX;

/// The default name of the cookie (docs/entri-api.md#sign-in).
const NAME: &str = "better-auth.session_token";
const NAME_OVER_HTTPS: &str = "__Secure-better-auth.session_token";

pub(super) fn read(base_url: &BaseUrl, pasted: &str) -> Result<Jar, SessionError> {
    let text = without_header_name(pasted.trim()).trim();
    if text.is_empty() {
        return Err(SessionError::Empty);
    }
    if text.starts_with(VALUE_PREFIX) {
        return Err(SessionError::ApiToken);
    }
    let mut jar = Jar::new(base_url);
    if is_bare(text) {
        let name = if base_url.is_encrypted() { NAME_OVER_HTTPS } else { NAME };
        jar.put(Cookie::of_origin(name, value(text)?));
        return Ok(jar);
    }
    for (name, given) in text.split(';').filter_map(|pair| pair.split_once('=')) {
        let name = name.trim();
        // The server's cache lasts 5 minutes, and other cookies don't belong to the sign-in. A name
        // with a space in it couldn't be read back from the keychain.
        let sound = name.bytes().all(|byte| byte.is_ascii_graphic());
        if sound && Kind::of(name).is_some_and(Kind::lasts) {
            jar.put(Cookie::of_origin(name, value(given.trim())?));
        }
    }
    if jar.is_signed_in() { Ok(jar) } else { Err(SessionError::OtherCookie) }
}

/// `Cookie:` as in a request, and `Set-Cookie:` as in an answer.
fn without_header_name(text: &str) -> &str {
    let header = text.split_once(':').filter(|(name, _)| {
        ["cookie", "set-cookie"].iter().any(|header| name.trim().eq_ignore_ascii_case(header))
    });
    header.map_or(text, |(_, line)| line)
}

/// A value may end in `=`, but has none inside.
fn is_bare(text: &str) -> bool {
    !text.trim_end_matches('=').contains(['=', ';'])
}

/// A value is `<token>.<signature>`, URL-encoded.
fn value(text: &str) -> Result<Secret, SessionError> {
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(SessionError::Blank);
    }
    match text.split_once('.') {
        Some((token, signature)) if !token.is_empty() && !signature.is_empty() => {
            Ok(Secret::new(encoded(text).to_string()))
        }
        _ => Err(SessionError::Unsigned),
    }
}

/// As JavaScript's `encodeURIComponent`, which is what wrote the cookie; a text that is encoded
/// already stays as it is.
fn encoded(text: &str) -> Zeroizing<String> {
    if text.contains(['+', '/', '=']) {
        percent::encode(text, b"-_.!~*'()%")
    } else {
        Zeroizing::new(text.to_owned())
    }
}
