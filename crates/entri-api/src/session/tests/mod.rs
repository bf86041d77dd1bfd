//! Cookies that servers set, that are sent, kept and pasted: arbitrary ones here, examples in the
//! files below.

mod kept;
mod received;

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use reqwest::header::{HeaderMap, HeaderValue, SET_COOKIE};

use super::{Jar, Session};
use crate::address::BaseUrl;
use crate::secret::Secret;

const SECURE: &str = "__Secure-better-auth.session_token";
const SIGN_IN: &str = "/api/auth/sign-in/email";
const TOKENS: &str = "/api/organizations/o-1/tokens";

fn base(url: &str) -> BaseUrl {
    BaseUrl::parse(url).unwrap()
}

fn now() -> DateTime<Utc> {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

fn receive(jar: &mut Jar, base_url: &BaseUrl, lines: &[&str]) -> bool {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(SET_COOKIE, HeaderValue::from_str(line).unwrap());
    }
    jar.receive(&headers, base_url, SIGN_IN, now())
}

fn sent(jar: &Jar, path: &str) -> String {
    let header = jar.cookie_header(path, false);
    header.map_or_else(String::new, |header| header.to_str().unwrap().to_owned())
}

/// A jar of app.nt3.io after these lines.
fn jar(lines: &[&str]) -> Jar {
    let base_url = base(BaseUrl::DEFAULT);
    let mut jar = Jar::new(&base_url);
    receive(&mut jar, &base_url, lines);
    jar
}

proptest! {
    /// Byte for byte, through the jar and through the keychain.
    #[test]
    fn any_value_is_replayed(value in "[!-:<-~]{1,80}", prefix in "[a-z_.-]{0,12}", rest in "(; [A-Za-z-]{1,8}(=[!-:<-~]{0,8})?){0,3}") {
        prop_assume!(!["max-age", "expires", "path", "domain"].iter().any(|name| rest.to_lowercase().contains(name)));
        let jar = jar(&[&format!("{prefix}session_token={value}; Path=/{rest}")]);
        let expected = format!("{prefix}session_token={value}");
        prop_assert_eq!(sent(&jar, TOKENS), &*expected);
        let kept = Session::from_secret(&Session(jar).to_secret()).unwrap();
        prop_assert_eq!(sent(&kept.0, TOKENS), expected);
    }

    #[test]
    fn no_line_panics_or_goes_elsewhere(line in "[ -~]{0,60}", path in "/[ -~]{0,20}") {
        let jar = jar(&[&line, &format!("x.session_token=a.b; {line}")]);
        sent(&jar, &path);
        let elsewhere = jar.for_server(&base("https://evil.example"));
        prop_assert!(elsewhere.is_none());
    }

    /// A signature has 44 characters of base 64.
    #[test]
    fn a_decoded_paste_is_the_cookie_again(token in "[A-Za-z0-9]{32}", signature in "[A-Za-z0-9+/]{43}=") {
        let base_url = base(BaseUrl::DEFAULT);
        let decoded = format!("{token}.{signature}");
        let encoded = crate::percent::encode(&decoded, b".").to_string();
        let mut lines = Vec::new();
        for pasted in [decoded, encoded.clone(), format!("{SECURE}={encoded}")] {
            lines.push(sent(&Session::parse(&base_url, &Secret::new(pasted)).unwrap().0, TOKENS));
        }
        prop_assert!(lines.iter().all(|line| *line == format!("{SECURE}={encoded}")), "{:?}", lines);
    }

    #[test]
    fn no_paste_panics(text in ".{0,60}") {
        drop(Session::parse(&base(BaseUrl::DEFAULT), &Secret::new(text)));
    }
}
