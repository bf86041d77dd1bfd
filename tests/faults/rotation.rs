//! The app is killed at any system call of a rotation, from the create to the proof: nothing is sent twice, the new
//! token is accounted for, and the next start goes on where it ended.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use chrono::{TimeDelta, Utc};
use entri_sandbox::Sandbox;
use token_desk::{Deed, Desk, Rotation};

use crate::Scale;
use crate::bench::{alive, asked_about, desk, folder, look_later, sandbox};
use crate::child::{self, FILE, PROGRAM};
use crate::report::{Outcome, Report};
use crate::rounds::expect;
use crate::shim::{self, Act, Ran};

/// Keeps what it is given, and counts how often it ran.
const KEEP: &str = "#!/bin/sh
cat >\"$(dirname \"$0\")/kept\"
echo >>\"$(dirname \"$0\")/runs\"
";

/// Fewer points than these would not be a whole rotation.
const LEAST: usize = 100;

pub async fn run(Scale { rotation_kills, .. }: Scale, report: &mut Report) {
    let sandbox = sandbox().await;
    let whole = killed(&sandbox, "whole", 0).await;
    let calls = whole.ran.calls.len();
    assert!(whole.ran.said == child::ROTATED && calls > LEAST, "{calls}: {:?}", whole.ran.said);
    let points: BTreeSet<_> = (0..rotation_kills.min(calls))
        .map(|at| 1 + at * calls / rotation_kills.min(calls))
        .collect();
    let (mut once, mut known, mut resumed) =
        (vec![whole.once], vec![whole.known], vec![whole.resumed]);
    for at in &points {
        let killed = killed(&sandbox, &format!("kill-{at}"), *at).await;
        once.push(killed.once);
        known.push(killed.known);
        resumed.push(killed.resumed);
    }
    let points = points.len();
    let goal = |what| format!("kill -9 at {points} points of a rotation of {calls} calls: {what}");
    report.add(&goal("nothing is sent twice"), once);
    report.add(&goal("the new token is accounted for"), known);
    report.add(&goal("it goes on where it ended"), resumed);
}

struct Killed {
    ran: Ran,
    once: Outcome,
    known: Outcome,
    resumed: Outcome,
}

/// What came in at the server.
fn sent(sandbox: &Sandbox) -> [usize; 2] {
    let of = |method: &str| sandbox.requests().iter().filter(|it| it.method == method).count();
    ["POST", "DELETE"].map(of)
}

async fn killed(sandbox: &Sandbox, name: &str, at: usize) -> Killed {
    let ready = sandbox.ready();
    let folder = folder();
    let path = folder.path();
    let program = path.join(PROGRAM);
    fs::write(&program, KEEP).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    let before = sent(sandbox);
    let app = (child::ROTATE, path, name);
    let ran = shim::run(app, &ready.base_url, &ready.admin_token, Act::Kill, at).await;
    let then = sent(sandbox);
    let new = format!("{name} (r2)");
    // At the start, before any list is loaded.
    let (ids, unsure) = {
        let desk = Desk::open(path, Utc::now()).expect("the desk opens");
        let (ids, unsure) = asked_about(&desk, &new);
        let known = desk.rotations(Utc::now()).await.unwrap().into_iter();
        let known = known.filter_map(|it| it.record.replacement).map(|it| it.key.id.0);
        (ids.into_iter().chain(known).collect::<Vec<_>>(), unsure)
    };
    let desk = desk(path.to_str().unwrap(), &ready.base_url, &ready.admin_token).await;
    look_later(&desk).await;
    let context = format!("{name} at {:?}", ran.calls.last());
    // The old one is created and revoked, the new one created.
    let most = [before[0] + 2, before[1] + 1];
    let once = expect(
        sent(sandbox) == then && then[0] <= most[0] && then[1] <= most[1] && runs(path) <= 2,
        || format!("{context}: {before:?}, {then:?}, {:?}, {}", sent(sandbox), runs(path)),
    );
    let at_start = alive(sandbox, &new).iter().all(|id| unsure > 0 || ids.contains(id));
    let known = expect(at_start, || format!("{context}: unknown at the start"));
    let resumed = resumed(sandbox, &desk, path, name).await;
    let resumed = resumed.map_err(|why| format!("{context}: {why}"));
    Killed { ran, once, known, resumed }
}

/// How often the program ran: with the old value, and with the new one.
fn runs(folder: &Path) -> usize {
    fs::read_to_string(folder.join("runs")).unwrap_or_default().lines().count()
}

/// Compares what the app says of the rotation with what became of its tokens.
async fn resumed(sandbox: &Sandbox, desk: &Desk, folder: &Path, name: &str) -> Outcome {
    let later = Utc::now() + TimeDelta::seconds(90);
    let rotations = desk.rotations(later).await.unwrap();
    let new = alive(sandbox, &format!("{name} (r2)"));
    let [rotation] = &rotations[..] else {
        return expect(rotations.is_empty() && new.is_empty(), || {
            format!("{new:?} has no rotation")
        });
    };
    let record = &rotation.record;
    let replacement = record.replacement.as_ref().map(|it| it.key.id.0.clone());
    expect(new.iter().eq(&replacement), || format!("{new:?}, not {replacement:?}"))?;
    let is_revoked = alive(sandbox, name).is_empty();
    expect(record.revoked.is_some() == is_revoked, || {
        format!("revoked: {is_revoked}, {record:?}")
    })?;
    let ended = record.ended.map(|(deed, _)| deed);
    let right = if is_revoked { Some(Deed::RotationFinished) } else { None };
    expect(ended == right || new.is_empty(), || format!("it ended: {ended:?}"))?;
    places(folder, rotation)
}

/// Every place that is said to have the new value has another one than before.
fn places(folder: &Path, rotation: &Rotation) -> Outcome {
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let old = read(child::OLD);
    for place in rotation.record.places.iter().filter(|place| place.done().is_some()) {
        let file = match &place.destination {
            token_desk::Destination::File { .. } => FILE,
            _ => "kept",
        };
        let has = read(file);
        expect(has.trim() != old.trim() && has.starts_with("entri_"), || {
            format!("{file} is said to have the new value")
        })?;
    }
    let done = rotation.record.done();
    let changed = [FILE, "kept"].iter().filter(|it| read(it).trim() != old.trim()).count();
    // What was delivered just before the end may not be in the journal yet.
    expect(done <= changed && changed <= done + 1, || format!("{done} done, {changed} changed"))
}
