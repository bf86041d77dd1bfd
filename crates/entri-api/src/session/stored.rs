//! A session as one text: its server's origin, then a line for each cookie, as in `Set-Cookie`.

use chrono::DateTime;

use super::Jar;
use super::cookie::{Cookie, Kind, Line};
use crate::address::BaseUrl;
use crate::secret::Secret;

const BEARER: &str = "Bearer ";

pub(super) fn write(jar: &Jar) -> Secret {
    let lasting = jar.cookies.iter().filter(|cookie| cookie.kind().is_some_and(Kind::lasts));
    let mut parts = vec![&*jar.origin];
    for cookie in lasting {
        parts.push("\n");
        parts.extend(cookie.line());
    }
    if let Some(bearer) = &jar.bearer {
        parts.extend(["\n", BEARER, bearer.expose()]);
    }
    Secret::new(parts.concat())
}

pub(super) fn read(text: &str) -> Option<Jar> {
    let (origin, lines) = text.split_once('\n')?;
    let base_url = BaseUrl::parse(origin).ok().filter(|base| base.origin() == origin)?;
    let mut jar = Jar::new(&base_url);
    for line in lines.lines() {
        match line.strip_prefix(BEARER) {
            Some(bearer) => jar.bearer = Some(Secret::new(bearer.to_owned())),
            None => jar.put(cookie(line, &base_url)?),
        }
    }
    jar.is_signed_in().then_some(jar)
}

fn cookie(line: &str, base_url: &BaseUrl) -> Option<Cookie> {
    // No time is written, so none is compared with.
    match Line::read(line, base_url, "/", DateTime::UNIX_EPOCH)? {
        Line::Set(cookie) => Some(cookie),
        Line::Remove(_) => None,
    }
}
