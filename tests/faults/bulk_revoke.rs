//! Many tokens revoked while the server fails, while one of them is used, and while the app is killed:
//! what the app says of each token is what the server knows of it.

use std::collections::HashSet;
use std::process::Stdio;
use std::time::Duration;

use chrono::Utc;
use entri_sandbox::{Config, FaultAnswer, Recurring, Sandbox};
use token_desk::{BulkRevokeOutcome, BulkRevokePlan, BulkRevokeResult, Desk, Query};
use tokio::process::Command;
use tokio::time::sleep;

use crate::bench::{FIRST, desk, folder};
use crate::report::{Outcome, Report};
use crate::{Scale, child};

pub async fn run(Scale { bulk_revoke: tokens, bulk_revoke_kills, .. }: Scale, report: &mut Report) {
    let failing = failing(tokens).await;
    report.add(
        &format!("{tokens} tokens revoked, every 10th request fails, every 15th is a 404: the result is right"),
        failing,
    );
    let mut killed = Vec::new();
    for number in 1..=bulk_revoke_kills {
        killed.push(kill(tokens, tokens * number / (bulk_revoke_kills + 1)).await);
    }
    report.add(&format!("kill -9 during {tokens} revokes: the rest can be resumed"), killed);
}

async fn organization(tokens: usize) -> Sandbox {
    let more = u32::try_from(tokens * 6 / 5).unwrap();
    Sandbox::start(Config { tokens: more, ..Config::default() }).await.expect("the sandbox starts")
}

/// A plan for this many tokens.
pub async fn planned(desk: &Desk, tokens: usize) -> BulkRevokePlan {
    let query = Query { descending: false, ..Query::default() };
    let rows = desk.query(&query, 0, tokens, None, Utc::now()).rows;
    desk.select(rows.into_iter().map(|row| row.key), true);
    desk.plan_bulk_revoke(Utc::now()).await.expect("a plan")
}

async fn failing(tokens: usize) -> Vec<Outcome> {
    let (sandbox, data) = (organization(tokens).await, folder());
    let ready = sandbox.ready();
    let desk = desk(data.path().to_str().unwrap(), &ready.base_url, &ready.admin_token).await;
    let plan = planned(&desk, tokens).await;
    let used = plan.tokens[tokens / 2].key.id.0.clone();
    sandbox.touch(&used, Utc::now()).unwrap();
    let fault = |every, status, with_effect| Recurring {
        every,
        with_effect,
        answer: FaultAnswer::status(status, "application/json", "{}"),
    };
    // Of the failures every other one happens after the server did as it was asked.
    sandbox.fail_every(vec![fault(15, 404, false), fault(20, 500, true), fault(10, 500, false)]);
    let result = desk.run_bulk_revoke(plan.id, &tokens.to_string(), Utc::now).await.unwrap();
    sandbox.fail_every(Vec::new());
    let mut outcomes = as_told(&result, &sandbox);
    let alive = alive(&sandbox).contains(&used);
    outcomes.push(if alive { Ok(()) } else { Err(format!("{used} was used, and is revoked")) });
    outcomes
}

/// Whether what the result says of each token is the truth.
fn as_told(result: &BulkRevokeResult, sandbox: &Sandbox) -> Vec<Outcome> {
    let alive = alive(sandbox);
    let compare = |(token, outcome): &(token_desk::PlannedToken, BulkRevokeOutcome)| {
        let gone = matches!(outcome, BulkRevokeOutcome::Revoked | BulkRevokeOutcome::AlreadyGone);
        let same = gone != alive.contains(&token.key.id.0);
        if same { Ok(()) } else { Err(format!("{}: {outcome:?}", token.name)) }
    };
    result.tokens.iter().map(compare).collect()
}

fn alive(sandbox: &Sandbox) -> HashSet<String> {
    let truth = sandbox.truth().expect("the sandbox tells");
    truth.into_iter().filter(|token| !token.revoked).map(|token| token.id).collect()
}

fn revokes(sandbox: &Sandbox) -> usize {
    sandbox.requests().iter().filter(|request| request.method == "DELETE").count()
}

/// Kills the app once the server has received so many revokes, and resumes after its next start.
async fn kill(tokens: usize, at: usize) -> Outcome {
    let (sandbox, data) = (organization(tokens).await, folder());
    let (ready, path) = (sandbox.ready(), data.path().to_str().unwrap());
    let mut app = Command::new(std::env::current_exe().unwrap())
        .args([child::BULK_REVOKE, path, &ready.base_url, &ready.admin_token, &tokens.to_string()])
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while revokes(&sandbox) < at {
        if let Ok(Some(status)) = app.try_wait() {
            let revokes = revokes(&sandbox);
            return Err(format!("it ended by itself after {revokes} revokes: {status}"));
        }
        sleep(Duration::from_millis(1)).await;
    }
    app.kill().await.unwrap();
    let desk = desk(path, &ready.base_url, &ready.admin_token).await;
    let status = desk.status();
    let [open] = &status.connections[0].bulk_revokes[..] else {
        return Err(format!("killed at {at}: no bulk revoke to go on with"));
    };
    let dead_and_left = open.left.len() + revokes(&sandbox) < tokens || open.total != tokens;
    let plan = desk
        .go_on_with_bulk_revoke(FIRST, open.number, Utc::now())
        .await
        .map_err(|it| it.to_string())?;
    let count = plan.tokens.len().to_string();
    let result =
        desk.run_bulk_revoke(plan.id, &count, Utc::now).await.map_err(|it| it.to_string())?;
    as_told(&result, &sandbox).into_iter().collect::<Outcome>()?;
    let whole = desk.verify_journal().await.is_ok_and(|verified| verified.broken.is_none());
    let revoked = sandbox.truth().unwrap().iter().filter(|token| token.revoked).count();
    if dead_and_left || !whole || revoked < tokens {
        return Err(format!("killed at {at}: {revoked} of {tokens} revoked, journal {whole}"));
    }
    Ok(())
}
