//! `entok identify`

use std::fmt::Write as _;

use chrono::Utc;
use serde_json::{Value, json};
use token_desk::{Identified, Row, Secret, Status, Sureness, TokenKey, text::visible};

use super::token;
use crate::arguments::Place;
use crate::exit::{Exit, Failed};
use crate::session::Session;
use crate::{key, output};

const STANDARD_INPUT: i32 = 0;

/// Reads the text that the value is in.
pub fn value(place: &Place, number: Option<i32>) -> Result<Secret, Failed> {
    // Standard input is a descriptor, too. Whoever signs in with the value sends it.
    let signs_in = if place.token_stdin { Some(STANDARD_INPUT) } else { place.token_fd };
    if signs_in == Some(number.unwrap_or(STANDARD_INPUT)) {
        return Err(Failed::usage(
            "The value and the token to sign in with need an input each: standard input, NT3_API_TOKEN, or a \
             descriptor. Nothing was sent.",
        ));
    }
    key::given(number)
}

pub async fn run(session: &Session, value: Option<Secret>, json: bool) -> Result<Exit, Failed> {
    let mut exit = session.load().await?;
    let value = value.ok_or_else(|| Failed::usage("There is no value."))?;
    let all = session.desk.identify(value).await?;
    let (rows, status) = (token::rows(&session.desk, "", Utc::now())?, session.desk.status());
    let listed = Listed { rows, status, complete: exit == Exit::Fine };
    if all.iter().any(|it| it.token.is_none()) {
        exit = exit.max(Exit::Failed);
    }
    if json {
        output::lines(all.iter().map(|it| listed.json(it)))?;
    } else {
        output::answer(&all.iter().map(|it| listed.told(it)).collect::<String>())?;
    }
    Ok(exit)
}

/// The tokens that it may be.
struct Listed {
    rows: Vec<Row>,
    status: Status,
    complete: bool,
}

impl Listed {
    fn row(&self, key: &TokenKey) -> Option<&Row> {
        self.rows.iter().find(|row| row.key == *key)
    }

    /// The state of a token, also of one that the list no longer has.
    fn state(&self, key: &TokenKey) -> String {
        match self.row(key) {
            Some(row) => token::state(row),
            None if self.complete => "gone".to_owned(),
            None => "unknown".to_owned(),
        }
    }

    fn connection(&self, key: &TokenKey) -> &str {
        let source = self.status.of(key.connection);
        source.map_or("", |it| &it.connection.appearance.label)
    }

    fn json(&self, of: &Identified) -> Value {
        let token = of.token.as_ref();
        let candidates = of.candidates.iter().map(|key| {
            let name = self.row(key).map(|row| &row.name);
            json!({"id": key.id.0, "name": name, "connection": self.connection(key)})
        });
        json!({
            "token": of.mask,
            "id": token.map(|(key, ..)| &key.id.0),
            "name": token.map(|(_, name, ..)| name),
            "connection": token.map(|(key, ..)| self.connection(key)),
            "state": token.map(|(key, ..)| self.state(key)),
            "sure": token.map(|(.., sureness, _)| *sureness == Sureness::Certain),
            "how": token.map(|(.., how)| how),
            "candidates": candidates.collect::<Vec<_>>(),
            "fingerprints_compared": of.compared,
        })
    }

    fn told(&self, of: &Identified) -> String {
        let mut text = visible(&of.mask);
        if let Some((key, name, sureness, how)) = &of.token {
            let (name, id) = (visible(name), visible(&key.id.0));
            let sure = if *sureness == Sureness::Certain { "certainly" } else { "likely" };
            let (state, at) = (self.state(key), visible(self.connection(key)));
            let _ = writeln!(text, "  {sure} “{name}” ({id}), {state}, in {at}: {how}");
        } else {
            let unknown = "nothing tells which token it is";
            let _ = writeln!(text, "  {}", of.says.as_deref().unwrap_or(unknown));
        }
        for key in &of.candidates {
            let name = self.row(key).map(|row| visible(&row.name)).unwrap_or_default();
            let _ = writeln!(text, "  perhaps “{name}” ({})", visible(&key.id.0));
        }
        text
    }
}
