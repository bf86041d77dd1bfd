//! The cookies of one sign-in, stored and sent unchanged.

use chrono::{DateTime, Utc};
use reqwest::header::{HeaderMap, HeaderValue, SET_COOKIE};
use secrecy::zeroize::Zeroizing;

use super::cookie::{Cookie, Kind, Line};
use crate::address::BaseUrl;
use crate::secret::Secret;

/// More cookies than any server needs to sign in.
const MOST_COOKIES: usize = 32;
/// The header of `BetterAuth`'s bearer plugin (docs/entri-api.md#sign-in).
const SET_AUTH_TOKEN: &str = "set-auth-token";

/// The cookies of one sign-in, at most one of each name.
#[derive(Debug, Clone)]
pub(crate) struct Jar {
    /// The origin of the server that set them.
    pub(super) origin: String,
    pub(super) cookies: Vec<Cookie>,
    /// The bearer token that the server sent instead of a cookie.
    pub(super) bearer: Option<Secret>,
}

impl Jar {
    /// A jar without cookies, for the server's origin.
    pub(crate) fn new(base_url: &BaseUrl) -> Self {
        Self { origin: base_url.origin(), cookies: Vec::new(), bearer: None }
    }

    /// The part of it that is sent to this server; `None` if that doesn't prove a session.
    pub(crate) fn for_server(mut self, base_url: &BaseUrl) -> Option<Self> {
        let origin = base_url.origin();
        self.cookies.retain(|cookie| cookie.is_for(base_url, &self.origin));
        self.bearer = self.bearer.filter(|_| self.origin == origin);
        self.origin = origin;
        self.is_signed_in().then_some(self)
    }

    /// Whether it can prove a session.
    pub(crate) fn is_signed_in(&self) -> bool {
        self.has(Kind::Session) || self.bearer.is_some()
    }

    /// Applies what the response to a request for `path` sets and removes, no matter which route
    /// sent it (docs/entri-api.md#sign-in, #tolerance). Returns whether anything changed that
    /// outlasts this process.
    pub(crate) fn receive(
        &mut self,
        headers: &HeaderMap,
        base_url: &BaseUrl,
        path: &str,
        now: DateTime<Utc>,
    ) -> bool {
        let lines = headers.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut changed = false;
        for line in lines.filter_map(|line| Line::read(line, base_url, path, now)) {
            changed |= self.apply(line);
        }
        let bearer = headers.get(SET_AUTH_TOKEN).and_then(|value| value.to_str().ok());
        // A cookie is enough: the token is its value in another form.
        let bearer = bearer.filter(|_| !self.has(Kind::Session));
        if let Some(bearer) = bearer.map(str::trim).filter(|bearer| !bearer.is_empty()) {
            changed |= self.bearer.as_ref().is_none_or(|known| known.expose() != bearer);
            self.bearer = Some(Secret::new(bearer.to_owned()));
        }
        changed
    }

    /// Removes all cookies and the bearer token, at sign-out.
    pub(crate) fn clear(&mut self) {
        self.cookies.clear();
        self.bearer = None;
    }

    /// The `Cookie` header for a path. With `true_check`, without the server's 5-minute cache
    /// (docs/entri-api.md#cookies). Marked sensitive; `None` if there is no cookie.
    pub(crate) fn cookie_header(&self, path: &str, true_check: bool) -> Option<HeaderValue> {
        let cookies = self.cookies.iter().filter(|cookie| cookie.is_for_path(path));
        let cookies = cookies.filter(|cookie| !true_check || cookie.kind() != Some(Kind::Cache));
        let cookies: Vec<_> = cookies.collect();
        let length = cookies.iter().map(|it| it.name.len() + it.value.expose().len() + 3).sum();
        let mut line = Zeroizing::new(String::with_capacity(length));
        for cookie in cookies {
            if !line.is_empty() {
                line.push_str("; ");
            }
            line.extend([&*cookie.name, "=", cookie.value.expose()]);
        }
        if line.is_empty() { None } else { sensitive(&line) }
    }

    /// The `Authorization` header, if there is no session cookie (docs/entri-api.md#bearer).
    pub(crate) fn bearer_header(&self) -> Option<HeaderValue> {
        let bearer = self.bearer.as_ref().filter(|_| !self.has(Kind::Session))?;
        sensitive(&Zeroizing::new(format!("Bearer {}", bearer.expose())))
    }

    /// The values that must not be shown: those of the cookies and the bearer token.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &Secret> {
        self.cookies.iter().map(|cookie| &cookie.value).chain(&self.bearer)
    }

    pub(super) fn put(&mut self, cookie: Cookie) {
        match self.cookies.iter().position(|known| known.name == cookie.name) {
            Some(known) => self.cookies[known] = cookie,
            None if self.cookies.len() < MOST_COOKIES => self.cookies.push(cookie),
            None => {}
        }
    }

    fn apply(&mut self, line: Line) -> bool {
        let name = match &line {
            Line::Set(cookie) => &cookie.name,
            Line::Remove(name) => name,
        };
        let known = self.cookies.iter().find(|known| known.name == *name);
        let lasts = Kind::of(name).is_some_and(Kind::lasts);
        let same = match (&line, known) {
            (Line::Set(cookie), Some(known)) => known.line() == cookie.line(),
            (Line::Remove(_), None) => true,
            _ => false,
        };
        match line {
            Line::Set(cookie) => self.put(cookie),
            Line::Remove(name) => self.cookies.retain(|known| known.name != name),
        }
        lasts && !same
    }

    fn has(&self, kind: Kind) -> bool {
        self.cookies.iter().any(|cookie| cookie.kind() == Some(kind))
    }
}

fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}
