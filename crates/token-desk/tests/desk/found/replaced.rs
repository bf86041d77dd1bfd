//! The token in place of the one of an incident: what the app knows of it, and what it doesn't take for one.

use token_desk::{ActivityQuery, Created, Deed, Desk, FileRequest, IncidentId, Notes};

use super::{embedded, found, incident, leaked};
use crate::support::{Bench, FIRST, alone, key, named, now, synced};

/// An incident whose token is revoked.
async fn revoked(bench: &Bench) -> IncidentId {
    let (id, value) = leaked(bench, "leaky").await;
    let of = found(&bench.desk, &value).await;
    let seen = bench.desk.preview_revoke(&key(&id), now()).unwrap().seen;
    bench.desk.revoke_found(of, key(&id), seen, now()).await.unwrap();
    of
}

/// What is said of its replacement, each time.
async fn said(desk: &Desk, of: IncidentId) -> Vec<String> {
    let steps = incident(desk, of).await.incident.steps;
    let done = steps.iter().filter(|step| step.what == Deed::TaskDone);
    done.map(|step| step.says().unwrap().to_owned()).collect()
}

async fn instead(desk: &Desk, of: IncidentId) -> Created {
    let form = desk.replacement(of).await.unwrap();
    desk.create_instead(of, form, now()).await.unwrap()
}

#[test]
fn a_token_that_was_created_instead_replaces_it_once_somebody_has_its_value() {
    alone(async {
        let bench = Bench::loaded().await;
        let (desk, of) = (&bench.desk, revoked(&bench).await);
        let created = instead(desk, of).await;
        assert_eq!(created.rotation, None);
        synced(desk).await;
        assert_eq!(said(desk, of).await, [""; 0], "its value waits");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token").to_str().unwrap().to_owned();
        let file = FileRequest { path: path.clone(), home: None, replace: false };
        desk.save_secret(created.handle, file, now()).await.unwrap();
        desk.close_secret(created.handle, false, now()).await.unwrap();
        synced(desk).await;
        let expected = format!("Replaced by “leaky (r2)”: its value went to file {path}");
        assert_eq!(said(desk, of).await, [expected], "once");
        let all = ActivityQuery { len: usize::MAX, ..ActivityQuery::default() };
        let acts = desk.activity(all).await.unwrap().acts;
        let act = acts.iter().find(|act| act.id.number == of.number).unwrap();
        assert_eq!(act.name(), Some("leaky"), "Activity calls it by the token that leaked");
        let record = folder.path().join("record.csv").to_str().unwrap().to_owned();
        let file = FileRequest { path: record, home: None, replace: false };
        let saved = desk.save_record(of, file, now()).await.unwrap();
        assert!(std::fs::read_to_string(saved).unwrap().contains("Replaced by “leaky (r2)”"));
    });
}

/// It goes where the leaked one was.
#[test]
fn the_notes_of_the_leaked_token_go_on_with_the_one_in_its_place() {
    alone(async {
        let bench = Bench::loaded().await;
        let (id, value) = leaked(&bench, "leaky").await;
        let notes = Notes { place: "vars of the shop".to_owned(), note: "ask Mira".to_owned() };
        bench.desk.sync(FIRST, now()).await;
        bench.desk.write_notes(key(&id), &notes).await.unwrap();
        let of = found(&bench.desk, &value).await;
        let seen = bench.desk.preview_revoke(&key(&id), now()).unwrap().seen;
        bench.desk.revoke_found(of, key(&id), seen, now()).await.unwrap();
        synced(&bench.desk).await;
        assert_eq!(bench.desk.replacement(of).await.unwrap().notes, notes);
    });
}

#[test]
fn neither_a_value_that_is_lost_nor_any_other_token_replaces_it() {
    alone(async {
        let bench = Bench::loaded().await;
        let (desk, of) = (&bench.desk, revoked(&bench).await);
        let lost = instead(desk, of).await;
        desk.close_secret(lost.handle, true, now()).await.unwrap();
        leaked(&bench, "another").await;
        let folder = tempfile::tempdir().unwrap();
        let other = desk.create(named("leaky (r3)"), now()).await.unwrap();
        let path = folder.path().join("token").to_str().unwrap().to_owned();
        let file = FileRequest { path, home: None, replace: false };
        desk.save_secret(other.handle, file, now()).await.unwrap();
        desk.close_secret(other.handle, false, now()).await.unwrap();
        synced(desk).await;
        assert_eq!(said(desk, of).await, [""; 0]);
    });
}

/// What an earlier drill left would be taken for the next one's.
#[test]
fn the_end_of_a_drill_ends_its_incident_and_nothing_else() {
    alone(async {
        let bench = embedded().await;
        let of_drill = key(&leaked(&bench, "drill-leaked").await.0);
        let other = key(&leaked(&bench, "leaky").await.0);
        bench.desk.report_leaked(of_drill.clone(), now()).await.unwrap();
        let kept = bench.desk.report_leaked(other, now()).await.unwrap();
        bench.desk.end_drills(&[of_drill.id], now()).await.unwrap();
        let left = bench.desk.incidents().await.unwrap();
        let left: Vec<_> = left.into_iter().map(|it| it.incident.id).collect();
        assert_eq!(left, [kept]);
    });
}
