//! The sandbox's own pages: the login page that a browser or the app's sign-in window opens, and
//! the one that says who is signed in.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;

use crate::accounts::{BACKUP_CODES, TOTP_SECRET};
use crate::auth::by_session;
use crate::model::{
    MEMBERS, ORGANIZATION_NAME, OWNER, PASSWORD, TRANSLATOR, TWO_FACTOR_MEMBER, person,
};
use crate::state::App;

/// Allows only the page's own files, and requests to the server it came from.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const LOGIN: &str = include_str!("login.html");
const SIGNED_IN: &str = include_str!("signed_in.html");
const SCRIPT: &str = include_str!("login.js");
const STYLE: &str = include_str!("login.css");

/// The pages and their files.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(home))
        .route("/login", get(login))
        .route("/login/login.js", get(async || file("text/javascript", SCRIPT)))
        .route("/login/login.css", get(async || file("text/css", STYLE)))
}

async fn home(State(shared): State<App>, headers: HeaderMap) -> Response {
    let Some(caller) = by_session(&shared, &headers) else {
        return Redirect::to("/login").into_response();
    };
    let member = person(caller.member);
    let page = SIGNED_IN
        .replace("{name}", member.name)
        .replace("{email}", member.email)
        .replace("{role}", member.role)
        .replace("{organization}", ORGANIZATION_NAME);
    page_of(page)
}

async fn login() -> Response {
    let accounts: String = [OWNER, TWO_FACTOR_MEMBER, TRANSLATOR].map(account).concat();
    let page = LOGIN
        .replace("{accounts}", &accounts)
        .replace("{password}", PASSWORD)
        .replace("{secret}", TOTP_SECRET)
        .replace("{backup}", BACKUP_CODES[0]);
    page_of(page)
}

/// A demo account with a button that fills the form in.
fn account(number: u8) -> String {
    let member = &MEMBERS[usize::from(number)];
    let second = if number == TWO_FACTOR_MEMBER { ", with a second factor" } else { "" };
    format!(
        "<li><button type=\"button\" class=\"account\" data-email=\"{email}\">\
         <span>{email}</span> <small>{name}, {role}{second}</small></button></li>",
        email = member.email,
        name = member.name,
        role = member.role,
    )
}

fn page_of(page: String) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
    ];
    (headers, Html(page)).into_response()
}

fn file(kind: &str, content: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, format!("{kind}; charset=utf-8")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, content).into_response()
}
