//! The record of an incident, in each of its forms.

use serde_json::Value;
use test_support::scan::found_in;
use token_desk::{Deed, Error, FileRequest};

use super::{found, incident, leaked};
use crate::support::{Bench, alone, key, now, says};

/// Saves the record under this name and reads it.
async fn saved(bench: &Bench, of: token_desk::IncidentId, name: &str) -> String {
    let path = bench.folder.path().join(name).display().to_string();
    let request = FileRequest { path, home: None, replace: false };
    let file = bench.desk.save_record(of, request, now()).await.unwrap();
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn each_form_of_the_record_has_all_steps_and_no_value() {
    alone(async {
        let bench = Bench::loaded().await;
        let (id, value) = leaked(&bench, "*leaky* [x](http://e.example)").await;
        let of = found(&bench.desk, &value).await;
        let seen = bench.desk.preview_revoke(&key(&id), now()).unwrap().seen;
        bench.desk.revoke_found(of, key(&id), seen, now()).await.unwrap();
        let questions = "Who read the ticket?\n# and who not?".to_owned();
        bench.desk.incident_questions(of, questions, now()).await.unwrap();
        let answers = ["a ticket", "everyone at Acme", " "].map(str::to_owned).to_vec();
        bench.desk.incident_exposure(of, answers, now()).await.unwrap();
        let seal =
            incident(&bench.desk, of).await.incident.last(Deed::Snapshot).unwrap().seal.clone();
        let hidden = &value.expose()[6..];
        for name in ["record.md", "record.json", "record.csv"] {
            let record = saved(&bench, of, name).await;
            assert!(record.contains(&seal) && record.contains("Who read the ticket"), "{record}");
            let begun = incident(&bench.desk, of).await.incident.seal;
            for said in [&*begun, "Value found", "everyone at Acme", "a made-up value of the same"]
            {
                assert!(record.contains(said), "{name}: {said}: {record}");
            }
            assert_eq!(found_in(record.as_bytes(), &hidden[..hidden.len() - 4]), [""; 0], "{name}");
        }
        let markdown = saved(&bench, of, "again.md").await;
        assert!(markdown.contains(r"\*leaky\* \[x\]"), "a name is no markup: {markdown}");
        assert!(!markdown.contains("\n# and"), "nor is what somebody wrote: {markdown}");
        let json: Value = serde_json::from_str(&saved(&bench, of, "again.json").await).unwrap();
        assert_eq!(json["token"]["sureness"], "likely");
        let what = |at: usize| json["timeline"][at]["what"].clone();
        assert_eq!((what(0), what(3)), ("value found".into(), "incident revoked".into()));
        let said = says(&bench.desk).await;
        assert!(said.iter().any(|it| it == "Incident record exported"), "{said:?}");
    });
}

/// What is typed beside the value is kept for good, so that it may not have the value.
#[test]
fn what_is_written_about_an_incident_never_has_the_value() {
    alone(async {
        let bench = Bench::loaded().await;
        let (_, value) = leaked(&bench, "leaky").await;
        let of = found(&bench.desk, &value).await;
        let typed = format!("it was {}", value.expose());
        let desk = &bench.desk;
        let questions = desk.incident_questions(of, typed.clone(), now()).await.unwrap_err();
        let exposure = desk.incident_exposure(of, vec![typed], now()).await.unwrap_err();
        for error in [questions, exposure] {
            assert!(matches!(error, Error::HoldsValue), "{error}");
        }
    });
}
