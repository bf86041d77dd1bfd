//! Creates the new token of a rotation, and delivers its value.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _};

use chrono::{TimeDelta, Utc};
use serde_json::json;
use token_desk::{
    CreateRequest, Created, FileRequest, PlannedPlace, RotateRequest, RotationId, RotationPlan,
    TokenKey, text::visible, written,
};

use crate::arguments::Start;
use crate::exit::{Exit, Failed};
use crate::session::Session;
use crate::verbs::{create, deliver, revoke};
use crate::{output, stop};

const NOTHING: &str = "Nothing was created.";

/// Where the value got, and where it didn’t.
#[derive(Default)]
struct Taken {
    delivered: Vec<String>,
    failed: Vec<(String, String)>,
}

pub async fn run(session: &Session, start: Start, json: bool) -> Result<Exit, Failed> {
    let desk = &session.desk;
    let file = match &start.to {
        Some(to) => deliver::check(desk, to, json).await?,
        None => None,
    };
    session.load_all(NOTHING).await?;
    let key = revoke::meant(session, &start.token, NOTHING)?;
    let plan = desk.plan_rotation(&key, Utc::now())?;
    let reached = reached(&plan, &start)?;
    let request = request(&start, &plan, key.clone());
    checked(session, &request, &plan)?;
    confirmed(&start, &plan, &request.name)?;
    stop::begins(create::may_exist(&request.name));
    let created = desk.rotate(request, Utc::now()).await?;
    stop::begins(create::may_be_there(&created));
    let taken = taken(session, &start, &created, (&reached, file)).await;
    if taken.delivered.is_empty() {
        desk.close_secret(created.handle, true, Utc::now()).await?;
        let why = taken.failed.iter().map(|(place, why)| format!("{}: {why}", visible(place)));
        return Err(create::undelivered(&created, &why.collect::<Vec<_>>().join(" ")));
    }
    let told = told(&created, &key, &plan, &taken, (&start, json));
    stop::is_told();
    closed(session, &start, &created, told).await.map_err(|failed| {
        let (named, to) = (create::named(&created), visible(&taken.delivered.join(", ")));
        Failed::because(format!("{named} was created and is at {to}, but: {}", failed.reason))
    })?;
    Ok(match taken.failed.is_empty() {
        false => Exit::Failed,
        true if created.differs.is_some() => Exit::Findings,
        true => Exit::Fine,
    })
}

/// Refuses what the app's form refuses.
fn checked(session: &Session, request: &RotateRequest, plan: &RotationPlan) -> Result<(), Failed> {
    let form = CreateRequest {
        name: request.name.clone(),
        expiry: request.expiry.clone(),
        ..plan.form.clone()
    };
    create::checked(&session.desk, &form, Some("Choose another: --name"), session.quiet)
}

/// Wipes the value, also from the clipboard, whether or not all could be told.
async fn closed(
    session: &Session,
    start: &Start,
    created: &Created,
    told: Result<(), Failed>,
) -> Result<(), Failed> {
    let closed = session.desk.close_secret(created.handle, true, Utc::now()).await;
    let is_copied = start.to.as_ref().is_some_and(|to| to.to_clipboard);
    if is_copied && told.is_ok() {
        deliver::cleared(session, created.handle).await?;
    }
    told.and(closed.map_err(Failed::from))
}

/// The places of the old token that can get the value from here.
fn reached<'a>(plan: &'a RotationPlan, start: &Start) -> Result<Vec<&'a PlannedPlace>, Failed> {
    let refuse = |why: &str| Err(Failed::usage(format!("{why} {NOTHING}")));
    if plan.own {
        return refuse("It signs in here. Rotate it in the Entri Tokens app.");
    }
    let reached: Vec<_> = plan.places.iter().filter(|place| place.is_ready()).collect();
    if reached.is_empty() && start.to.is_none() {
        return refuse(
            "No place of the old token can get the value from here. Say where it goes, such as --to-file FILE.",
        );
    }
    Ok(reached)
}

fn request(start: &Start, plan: &RotationPlan, key: TokenKey) -> RotateRequest {
    RotateRequest {
        key,
        name: start.name.clone().unwrap_or_else(|| plan.form.name.clone()),
        expiry: start.expiry.as_ref().map_or_else(|| plan.form.expiry.clone(), create::expiry),
        left_out: Vec::new(),
        by_hand: by_hand(start),
        quiet: TimeDelta::hours(start.quiet_for.into()),
        longest_job: TimeDelta::hours(start.longest_job.into()),
    }
}

/// The places that the person takes the value to.
fn by_hand(start: &Start) -> Vec<String> {
    start.places.iter().filter(|place| !place.trim().is_empty()).cloned().collect()
}

/// Says what will happen, and has the person confirm it.
fn confirmed(start: &Start, plan: &RotationPlan, name: &str) -> Result<(), Failed> {
    let mut lines = vec![format!(
        "“{}” gets the replacement “{}”; both work until the old one is revoked.",
        visible(&plan.token.name),
        visible(name)
    )];
    if let Some(role) = &plan.role {
        let (mine, creator) = (role.mine.as_deref().unwrap_or("unknown"), visible(&role.creator));
        let theirs = role.theirs.as_deref().unwrap_or("unknown");
        lines.push(format!(
            "It acts with your role ({}); the old one acts with that of {creator} ({}).",
            visible(mine),
            visible(theirs)
        ));
    }
    for place in &plan.places {
        let what = if place.is_ready() { "Its value is delivered to" } else { "You change" };
        lines.push(format!("{what}: {} ({})", visible(&place.shown()), place.about()));
    }
    output::say(false, &lines.join("\n"));
    if start.yes {
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        return Err(Failed::usage(format!(
            "Nobody can be asked here. To rotate without a question: --yes. {NOTHING}"
        )));
    }
    output::say(false, "Rotate it? Type yes:");
    if revoke::line()? == "yes" { Ok(()) } else { Err(Failed::usage(NOTHING)) }
}

/// Takes the value to where it goes.
async fn taken(
    session: &Session,
    start: &Start,
    created: &Created,
    (reached, file): (&[&PlannedPlace], Option<FileRequest>),
) -> Taken {
    let (desk, mut taken) = (&session.desk, Taken::default());
    if let Some(to) = &start.to {
        match deliver::to(desk, created, to, file).await {
            Ok(delivered) => {
                if !delivered.said.is_empty() {
                    output::say(session.quiet, &format!("entok: {}", visible(&delivered.said)));
                }
                taken.delivered.push(delivered.to);
            }
            Err(error) => taken.failed.push(("the place you named".to_owned(), error.to_string())),
        }
    }
    let Some((key, number)) = created.key.as_ref().zip(created.rotation) else { return taken };
    let id = RotationId { connection: key.connection, number };
    let ids: Vec<_> = reached.iter().map(|place| place.id.clone()).collect();
    let results = desk.deliver_to_places(id, created.handle, &ids, None, Utc::now()).await;
    let shown = |id: &str| reached.iter().find(|place| place.id == id).map(|it| it.shown());
    match results {
        Ok(results) => {
            for result in results {
                let place = shown(&result.id).unwrap_or_default();
                match result.outcome {
                    Ok(_) => taken.delivered.push(place),
                    Err(error) => taken.failed.push((place, error.to_string())),
                }
            }
        }
        Err(error) => {
            let all = reached.iter().map(|place| (place.shown(), error.to_string()));
            taken.failed.extend(all);
        }
    }
    taken
}

fn told(
    created: &Created,
    old: &TokenKey,
    plan: &RotationPlan,
    taken: &Taken,
    (start, json): (&Start, bool),
) -> Result<(), Failed> {
    if let Some(said) = &created.differs {
        output::say(false, &format!("entok: {}", visible(said)));
    }
    for (place, why) in &taken.failed {
        output::say(false, &format!("entok: {} doesn’t have it: {why}", visible(place)));
    }
    let by_hand = plan.places.iter().filter(|it| !it.is_ready()).map(PlannedPlace::shown);
    let by_hand: Vec<_> = by_hand.chain(self::by_hand(start)).collect();
    if json {
        let failed = taken.failed.iter().map(|(place, why)| json!({"place": place, "why": why}));
        return output::lines([json!({
            "id": created.key.as_ref().map(|key| &key.id.0),
            "name": created.name,
            "replaces": old.id.0,
            "expires_at": written(created.expires),
            "differs": created.differs,
            "delivered_to": taken.delivered,
            "failed": failed.collect::<Vec<_>>(),
            "by_hand": by_hand,
        })]);
    }
    if taken.delivered.is_empty() {
        return Ok(());
    }
    let places = taken.delivered.iter().map(|it| visible(it)).collect::<Vec<_>>().join(", ");
    let mut text =
        format!("Created {} and delivered its value to {places}.\n", create::named(created));
    for place in by_hand {
        let _ = writeln!(text, "Still has the old value: {}", visible(&place));
    }
    // Standard output is the value’s alone.
    if start.to.as_ref().is_some_and(|to| to.reveal) {
        output::say(false, text.trim_end());
        return Ok(());
    }
    output::answer(&text)
}
