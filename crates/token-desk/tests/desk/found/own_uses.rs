//! A test of a value is a use by the app itself, and counts as nobody else's.

use chrono::TimeDelta;
use entri_sandbox::Variant;
use entri_sandbox::odd::{Odd, Uses};
use token_audit::Date;
use token_desk::{Chip, IncidentNow, Query, RevokeRequest, Secret, Sureness};

use super::{found, incident, value_of};
use crate::support::days::Days;
use crate::support::{FIRST, alone, key, named};

/// On a server whose dates of use are in steps of so many seconds, as the app knows: a token that nobody has used for
/// eighty days, and its value.
async fn unused(step: u32) -> (Days, String, Secret) {
    let days = Days::begin().await;
    let odd = Odd { uses: Uses { step, ..Uses::default() }, ..Odd::default() };
    let preview_of = Some("Entri Tokens app");
    days.bench.sandbox.set_variant(Variant { odd, preview_of, ..Variant::default() });
    let desk = &days.bench.desk;
    let created = desk.create(named("leaky"), days.now()).await.unwrap();
    let value = value_of(desk, created.handle);
    desk.close_secret(created.handle, true, days.now()).await.unwrap();
    let id = created.key.unwrap().id.0;
    days.used(&id, 0);
    days.wait(TimeDelta::days(80));
    for wait in [20, 30, 20, 30, 40, 20, 70, 60, 10, 25, 45, 50, 65, 30, 20, 61] {
        days.wait(TimeDelta::seconds(wait));
        days.look().await;
    }
    (days, id, value)
}

/// The chip and the last use that the list shows.
fn shown(days: &Days, id: &str) -> (Chip, Date) {
    let rows = days.bench.desk.query(&Query::default(), 0, usize::MAX, None, days.now()).rows;
    let row = rows.into_iter().find(|row| row.key.id.0 == id).unwrap();
    (row.chip, row.last_used)
}

/// What is confirmed before a revoke.
fn confirmed(days: &Days, id: &str) -> RevokeRequest {
    let plan = days.bench.desk.preview_revoke(&key(id), days.now()).unwrap();
    RevokeRequest { key: key(id), seen: plan.seen, typed: Some(plan.to_type.text().to_owned()) }
}

/// Tests the value, and says whose it is.
async fn tested(days: &Days, value: &Secret) -> IncidentNow {
    let desk = &days.bench.desk;
    let of = found(desk, value).await;
    let of = desk.test_found(of, FIRST, days.now()).await.unwrap();
    incident(desk, of).await
}

#[test]
fn a_tested_token_stays_as_idle_as_it_was() {
    alone(async {
        let (days, id, value) = unused(1).await;
        let before = shown(&days, &id);
        assert_eq!(before.0, Chip::Idle);
        let words = days.words(&id).await;
        let gap = days.bench.desk.usual_gap(&key(&id)).await.unwrap();
        let told = tested(&days, &value).await;
        assert_eq!(
            told.incident.named().map(|(.., sure)| sure),
            Some(Sureness::Certain),
            "{told:?}"
        );
        assert_eq!(shown(&days, &id), before, "at once");
        days.wait(TimeDelta::minutes(10));
        days.look().await;
        assert_eq!(shown(&days, &id), before, "and by every list since");
        assert_eq!(days.words(&id).await, words);
        assert_eq!(days.bench.desk.usual_gap(&key(&id)).await.unwrap(), gap);
        let truth = days.bench.sandbox.truth().unwrap();
        let moved =
            truth.iter().any(|it| it.id == id && it.last_used.map(Date::At) > Some(before.1));
        assert!(moved, "the control: the server counts it");
        // As after a crash.
        let again = days.bench.reopened();
        again.warm(days.now());
        let plan = again.preview_revoke(&key(&id), days.now()).unwrap();
        assert_eq!(plan.seen.last_used, before.1);

        let request = confirmed(&days, &id);
        days.used(&id, 0);
        let used = days.bench.desk.revoke(request, days.now()).await;
        assert!(used.is_err(), "another use is a reason to leave it: {used:?}");
        assert_eq!(shown(&days, &id).0, Chip::Recent);
    });
}

#[test]
fn a_test_is_no_reason_to_leave_a_token_that_was_to_be_revoked() {
    alone(async {
        let (days, id, value) = unused(1).await;
        let request = confirmed(&days, &id);
        tested(&days, &value).await;
        days.bench.desk.revoke(request, days.now()).await.unwrap();
    });
}

/// Dates in steps of a minute say too little, so a person says whose it is.
#[test]
fn the_test_counts_as_none_also_if_its_token_is_chosen_by_hand() {
    alone(async {
        let (days, id, value) = unused(60).await;
        let before = shown(&days, &id);
        let told = tested(&days, &value).await;
        assert!(told.incident.named().is_none(), "{told:?}");
        assert_eq!(shown(&days, &id).0, Chip::Recent, "as long as nobody knows whose it is");
        days.bench.desk.choose_found(told.incident.id, key(&id), days.now()).await.unwrap();
        assert_eq!(shown(&days, &id), before);
        days.wait(TimeDelta::minutes(10));
        days.look().await;
        assert_eq!(shown(&days, &id), before);
    });
}
