//! The rotations, and what each waits for.

use chrono::Utc;
use serde_json::{Value, json};
use token_desk::{Rotation, when, written};

use crate::exit::{Exit, Failed};
use crate::output;
use crate::session::Session;
use crate::table::table;

pub async fn run(session: &Session, json: bool) -> Result<Exit, Failed> {
    // Only a new list shows whether the old one is still used.
    let exit = session.load().await?;
    let rotations = session.desk.rotations(Utc::now()).await?;
    if json {
        output::lines(rotations.iter().map(told))?;
        return Ok(exit);
    }
    let cells: Vec<_> = rotations.iter().map(cells).collect();
    let next = format!("next (times in {})", when::zone(Utc::now()));
    output::answer(&table(
        &["id", "name", "replacement", "delivered", "waits for", &next],
        &cells,
    ))?;
    Ok(exit)
}

fn cells(rotation: &Rotation) -> Vec<String> {
    let Rotation { record, progress, .. } = rotation;
    let both = |(first, second): &(String, String)| match (first.as_str(), second.as_str()) {
        (first, "") => first.to_owned(),
        ("", second) => second.to_owned(),
        (first, second) => format!("{first} ({second})"),
    };
    vec![
        record.old.id.0.clone(),
        record.name.clone(),
        record.new_name.clone(),
        format!("{} of {}", progress.delivered, progress.places),
        both(&rotation.waits_for),
        both(&rotation.next),
    ]
}

fn told(rotation: &Rotation) -> Value {
    let Rotation { record, progress, waits_for, next, .. } = rotation;
    let places = rotation.places().map(|place| {
        json!({
            "place": place.shown,
            "kind": place.kind,
            "done_at": place.done.and_then(|at| written(Some(at).into())),
        })
    });
    json!({
        "id": record.old.id.0,
        "name": record.name,
        "replacement_id": record.replacement.as_ref().map(|it| &it.key.id.0),
        "replacement": record.new_name,
        "began_at": written(Some(record.at).into()),
        "ended_at": record.ended.and_then(|(_, at)| written(Some(at).into())),
        "places": places.collect::<Vec<_>>(),
        "new_used_at": progress.new_used.and_then(|at| written(Some(at).into())),
        "ready": progress.may_revoke().is_ok(),
        "waits_for": waits_for.0,
        "about": waits_for.1,
        "next": next.0,
        "next_about": next.1,
    })
}
