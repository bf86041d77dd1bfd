//! One cookie, as a server sets it (docs/entri-api.md#sign-in; RFC 6265 §5.2).

use std::net::IpAddr;

use chrono::{DateTime, Utc};

use crate::address::BaseUrl;
use crate::secret::Secret;

/// The longest name and value together that is kept, in bytes; browsers have the same limit.
const LONGEST: usize = 4096;

/// A cookie as it is kept. Its lifetime isn't kept: a live session can outlast its cookie, so the
/// cookie is sent until the server takes it back (docs/entri-api.md#cookies).
#[derive(Debug, Clone)]
pub(super) struct Cookie {
    pub(super) name: String,
    /// The value, byte for byte as it came.
    pub(super) value: Secret,
    /// The domain it is sent to; `None` to send it only to the origin that set it.
    pub(super) domain: Option<String>,
    pub(super) path: String,
}

/// What a `Set-Cookie` line does.
#[derive(Debug)]
pub(super) enum Line {
    Set(Cookie),
    /// Removes the cookie of this name.
    Remove(String),
}

/// Which of the sign-in's cookies this is, by the end of its name: the beginning can be configured
/// on the server, and over https it follows `__Secure-` (docs/entri-api.md#sign-in).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The session itself: the only cookie that proves a sign-in.
    Session,
    /// The server's 5-minute session cache, in one cookie or several.
    Cache,
    /// A challenge for the second factor is open.
    TwoFactor,
    /// Either the session ends with the browser, or the second factor was given on this device.
    Companion,
}

impl Kind {
    /// `None` for a cookie that isn't part of a sign-in.
    pub(super) fn of(name: &str) -> Option<Self> {
        let whole = name.trim_end_matches(|character: char| character.is_ascii_digit());
        let whole = whole.strip_suffix('.').filter(|_| whole.len() < name.len()).unwrap_or(name);
        match () {
            () if name.ends_with("session_token") => Some(Self::Session),
            () if whole.ends_with("session_data") => Some(Self::Cache),
            () if name.ends_with("two_factor") => Some(Self::TwoFactor),
            () if name.ends_with("dont_remember") || name.ends_with("trust_device") => {
                Some(Self::Companion)
            }
            () => None,
        }
    }

    /// Whether it is worth keeping after this process ends.
    pub(super) fn lasts(self) -> bool {
        matches!(self, Self::Session | Self::Companion)
    }
}

impl Line {
    /// Reads a line from the response to a request for `path`. `None` for a cookie that a browser
    /// would refuse, too, and for one that isn't part of a sign-in.
    pub(super) fn read(
        line: &str,
        base_url: &BaseUrl,
        path: &str,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
        let (name, value) = pair.split_once('=')?;
        let (name, value) = (name.trim(), value.trim());
        Kind::of(name)?;
        let attributes = Attributes::read(attributes);
        if value.is_empty() || attributes.ended(now) {
            return Some(Self::Remove(name.to_owned()));
        }
        let sound = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
        if name.len() + value.len() > LONGEST || !sound(name) || !sound(value) {
            return None;
        }
        Some(Self::Set(Cookie {
            name: name.to_owned(),
            value: Secret::new(value.to_owned()),
            domain: attributes.domain.filter(|domain| covers(domain, base_url)),
            path: attributes.path.unwrap_or_else(|| folder(path).to_owned()),
        }))
    }
}

impl Cookie {
    /// A cookie for every path of the origin it is given to.
    pub(super) fn of_origin(name: &str, value: Secret) -> Self {
        Self { name: name.to_owned(), value, domain: None, path: "/".to_owned() }
    }

    pub(super) fn kind(&self) -> Option<Kind> {
        Kind::of(&self.name)
    }

    /// Whether it is sent to this server at all, if `origin` set it. `Secure` needs no rule: http
    /// is loopback only, whose origins are never those of https, and no domain covers them.
    pub(super) fn is_for(&self, base_url: &BaseUrl, origin: &str) -> bool {
        match &self.domain {
            None => base_url.origin() == origin,
            Some(domain) => covers(domain, base_url),
        }
    }

    /// Whether it is sent to this path (RFC 6265 §5.1.4).
    pub(super) fn is_for_path(&self, path: &str) -> bool {
        let Some(rest) = path.strip_prefix(&*self.path) else { return false };
        rest.is_empty() || self.path.ends_with('/') || rest.starts_with('/')
    }

    /// The parts of a `Set-Cookie` line that would set it again.
    pub(super) fn line(&self) -> Vec<&str> {
        let mut parts = vec![&*self.name, "=", self.value.expose(), "; Path=", &*self.path];
        if let Some(domain) = &self.domain {
            parts.extend(["; Domain=", domain]);
        }
        parts
    }
}

/// The attributes that matter. `HttpOnly` and `SameSite` are about web pages; for `Secure` see
/// [`Cookie::is_for`].
#[derive(Default)]
struct Attributes<'a> {
    domain: Option<String>,
    path: Option<String>,
    max_age: Option<&'a str>,
    expires: Option<&'a str>,
}

impl<'a> Attributes<'a> {
    /// Of several attributes with one name, the last one counts (RFC 6265 §5.3).
    fn read(text: &'a str) -> Self {
        let mut attributes = Self::default();
        for attribute in text.split(';') {
            let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
            let value = value.trim();
            match &*name.trim().to_ascii_lowercase() {
                "domain" => attributes.domain = domain(value),
                "path" => attributes.path = value.starts_with('/').then(|| value.to_owned()),
                "max-age" => attributes.max_age = Some(value).filter(|value| is_number(value)),
                "expires" => attributes.expires = Some(value),
                _ => {}
            }
        }
        attributes
    }

    fn ended(&self, now: DateTime<Utc>) -> bool {
        match (self.max_age, self.expires) {
            (Some(seconds), _) => {
                seconds.starts_with('-') || seconds.bytes().all(|digit| digit == b'0')
            }
            (None, Some(date)) => {
                let date = date.replace('-', " ");
                DateTime::parse_from_rfc2822(&date).is_ok_and(|date| date.to_utc() <= now)
            }
            (None, None) => false,
        }
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// A name of one part, such as `io`, and an IP address have no hosts below them.
fn domain(text: &str) -> Option<String> {
    let text = text.strip_prefix('.').unwrap_or(text).to_ascii_lowercase();
    (text.contains('.') && text.parse::<IpAddr>().is_err()).then_some(text)
}

/// Whether the server's host is the domain or below it. A domain that doesn't cover the host is
/// ignored, so the cookie stays with the host that set it.
fn covers(domain: &str, base_url: &BaseUrl) -> bool {
    let host = base_url.host();
    let host = host.split(':').next().unwrap_or_default();
    host.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// The path of a cookie that names none (RFC 6265 §5.1.4).
fn folder(path: &str) -> &str {
    match path.rfind('/') {
        Some(0) | None => "/",
        Some(end) => &path[..end],
    }
}
