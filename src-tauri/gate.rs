//! The one gate for text: everything the page sends is checked here before any command runs, so
//! that a new command can't forget it.

use serde_json::{Map, Value};
use tauri::ipc::{Invoke, InvokeBody};
use tauri::{Manager, Wry};
use token_desk::{ConnectionId, Desk, Error, TokenId, TokenKey, holds_value};

use crate::error::ErrorView;

/// Texts that may hold the value of a token: the command, where in its arguments, and why.
pub const EXEMPT: [(&str, &str, &str); 18] = [
    ("connections_continue", "answer.code", "it is a part of the credential"),
    ("tokens_check_create", "request.name", "the answer says so beside the field"),
    ("tokens_check_create", "request.scopes", "the answer says so beside the field"),
    ("tokens_check_create", "request.notes.place", "the answer says so beside the field"),
    ("tokens_check_create", "request.notes.note", "the answer says so beside the field"),
    ("notes_write", "notes.place", "the answer says so beside the field"),
    ("notes_write", "notes.note", "the answer says so beside the field"),
    ("tokens_revoke", "request.seen.name", "the server's own name, compared and dropped"),
    ("tokens_revoke", "request.typed", "compared and dropped"),
    ("incidents_revoke", "seen.name", "the server's own name, compared and dropped"),
    ("tokens_query", "request.text", "searched for in memory and dropped"),
    ("tokens_select_rows", "request.text", "searched for in memory and dropped"),
    ("tokens_select_all", "request.text", "searched for in memory and dropped"),
    ("bulk_revokes_plan", "of.text", "searched for in memory and dropped"),
    ("search_complete", "request.text", "searched for in memory and dropped"),
    ("search_facet", "request.text", "searched for in memory and dropped"),
    ("journal_show", "text", "searched for in memory and dropped"),
    ("journal_server", "text", "searched for in memory and dropped"),
];

/// The header that a call has only when it is first sent.
///
/// If the page goes away while it waits for an answer, Tauri's script takes that for a failed
/// transport and sends the call again over another one, without headers. Nothing may be done twice.
const FIRST: &str = "Tauri-Callback";

/// Hands a call on, unless it was sent before, or one of its texts holds the value of a token.
pub fn guarded(
    commands: impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    move |call| {
        if !call.message.headers().contains_key(FIRST) {
            call.resolver.reject(ErrorView::page_lost());
            return true;
        }
        if passes(&call) {
            return commands(call);
        }
        call.resolver.reject(ErrorView::from(Error::HoldsValue));
        true
    }
}

fn passes(Invoke { message, .. }: &Invoke<Wry>) -> bool {
    let desk = message.webview_ref().try_state::<Desk>();
    let is_value = |text: &str| match &desk {
        Some(desk) => desk.holds_value(text),
        None => holds_value(text),
    };
    let is_listed = |key: &TokenKey| desk.as_ref().is_some_and(|desk| desk.is_listed(key));
    match message.payload() {
        InvokeBody::Json(arguments) => {
            Gate { command: message.command(), is_value, is_listed }.passes("", arguments)
        }
        InvokeBody::Raw(bytes) => !is_value(&String::from_utf8_lossy(bytes)),
    }
}

/// Checks the texts that one call brings.
pub struct Gate<'a, V, L> {
    /// The name of the command that is called.
    pub command: &'a str,
    /// Whether a text holds the value of a token.
    pub is_value: V,
    /// Whether a token is listed. Its id passes even if it looks like a value.
    pub is_listed: L,
}

impl<V: Fn(&str) -> bool, L: Fn(&TokenKey) -> bool> Gate<'_, V, L> {
    /// Whether no text in `sent` holds a value. `place` is its place among the arguments: names
    /// joined by dots, without the positions in lists.
    pub fn passes(&self, place: &str, sent: &Value) -> bool {
        match sent {
            Value::String(text) => self.is_exempt(place) || !(self.is_value)(text),
            Value::Array(items) => items.iter().all(|item| self.passes(place, item)),
            Value::Object(fields) if key(fields).is_some_and(|key| (self.is_listed)(&key)) => true,
            Value::Object(fields) => fields.iter().all(|(name, field)| {
                let dot = if place.is_empty() { "" } else { "." };
                self.passes(&format!("{place}{dot}{name}"), field)
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) => true,
        }
    }

    fn is_exempt(&self, place: &str) -> bool {
        EXEMPT.iter().any(|(command, exempt, _)| (*command, *exempt) == (self.command, place))
    }
}

/// The token that these fields identify, if there are no other fields.
fn key(fields: &Map<String, Value>) -> Option<TokenKey> {
    let connection = u32::try_from(fields.get("connection")?.as_u64()?).ok()?;
    let id = fields.get("id")?.as_str()?.to_owned();
    (fields.len() == 2)
        .then_some(TokenKey { connection: ConnectionId(connection), id: TokenId(id) })
}
