//! Decisions about tokens: their effect on the list, how long it lasts, and what remains of them.

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::{Preset, Rule, View};
use token_desk::{
    ActivityQuery, DecideRequest, DecisionKind, Desk, Error, Expiry, Query, TokenKey,
};

use crate::support::{Bench, FIRST, alone, by_rule, key, now, row};

fn stale_at(desk: &Desk, at: DateTime<Utc>) -> Vec<TokenKey> {
    desk.query(&by_rule(Rule::Stale), 0, 60, None, at).rows.into_iter().map(|row| row.key).collect()
}

fn keep(key: &TokenKey, days: u16) -> DecideRequest {
    DecideRequest {
        keys: vec![key.clone()],
        kind: DecisionKind::Keep,
        until: Expiry::Days(days),
        reason: " runs in the yearly audit ".to_owned(),
    }
}

/// How many need attention, and how many findings count as decided on.
fn figures(desk: &Desk, at: DateTime<Utc>) -> (u32, u32) {
    let query = Query { view: View::Attention, ..Query::default() };
    let listing = desk.query(&query, 0, 60, None, at);
    assert_eq!(listing.counts.of(View::Attention) as usize, listing.total);
    (listing.counts.of(View::Attention), desk.audit(at).decided)
}

#[test]
fn what_is_kept_leaves_the_findings_until_its_day_is_over() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let (attention, decided) = figures(desk, now());
        let stale = stale_at(desk, now());
        let key = &stale[0];
        desk.decide(keep(key, 30), now()).await.unwrap();
        for desk in [desk, &bench.reopened()] {
            assert_eq!(stale_at(desk, now()), stale[1..]);
            assert_eq!(figures(desk, now()), (attention - 1, decided + 1));
            let details = desk.details(key, now()).unwrap();
            let decision = details.decision.unwrap();
            assert_eq!((&*decision.reason, decision.at), ("runs in the yearly audit", now()));
            assert!(details.findings.iter().all(|finding| decision.rules.contains(finding.rule)));
            let last_second = decision.until;
            assert!(!stale_at(desk, last_second - TimeDelta::minutes(1)).contains(key));
            assert!(stale_at(desk, last_second).contains(key), "it comes back");
            assert_eq!(desk.details(key, last_second).unwrap().decision, None);
        }
    });
}

#[test]
fn what_is_found_later_is_not_covered() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let idle = desk.audit(now()).what_if[44] as usize;
        let stale = stale_at(desk, now());
        assert!(idle > stale.len(), "the sandbox has tokens between the two limits");
        desk.change_policy(FIRST, Preset::Strict.policy(), now()).await.unwrap();
        let late = stale_at(desk, now()).into_iter().find(|key| !stale.contains(key)).unwrap();
        desk.change_policy(FIRST, Preset::Standard.policy(), now()).await.unwrap();
        desk.decide(keep(&late, 30), now()).await.unwrap();
        desk.change_policy(FIRST, Preset::Strict.policy(), now()).await.unwrap();
        assert!(stale_at(desk, now()).contains(&late), "it was not stale when it was decided on");
    });
}

#[test]
fn it_is_taken_back_and_replaced() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let stale = stale_at(desk, now());
        let decided = desk.decide(keep(&stale[0], 30), now()).await.unwrap();
        assert_eq!(decided, stale[..1]);
        desk.withdraw_decisions(decided, now()).await.unwrap();
        assert_eq!(stale_at(desk, now()), stale);
        let both = DecideRequest {
            keys: stale[..2].to_vec(),
            kind: DecisionKind::AskOwner,
            until: Expiry::Days(7),
            reason: String::new(),
        };
        // Of the selected tokens nobody else knows the keys.
        desk.select(both.keys.clone(), true);
        let selected = DecideRequest { keys: Vec::new(), ..both.clone() };
        let decided = desk.decide(selected, now()).await.unwrap();
        assert_eq!(decided.len(), 2);
        desk.withdraw_decisions(decided, now()).await.unwrap();
        assert_eq!(stale_at(desk, now()), stale);
        desk.decide(both, now()).await.unwrap();
        let replaced = desk.decide(keep(&stale[0], 60), now()).await.unwrap();
        assert_eq!(replaced, [], "the one before would not come back");
        let kind = |key| desk.details(key, now()).unwrap().decision.unwrap().kind;
        assert_eq!([&stale[0], &stale[1]].map(kind), [DecisionKind::Keep, DecisionKind::AskOwner]);
        assert_eq!(stale_at(&bench.reopened(), now()), stale[2..]);
    });
}

#[test]
fn what_cannot_be_decided_is_said_and_nothing_is_written() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let key = &stale_at(desk, now())[0];
        let refused = |change: fn(&mut DecideRequest)| {
            let mut request = keep(key, 30);
            change(&mut request);
            async move { desk.decide(request, now()).await.unwrap_err().to_string() }
        };
        assert!(refused(|it| it.reason = " ".into()).await.contains("Enter a reason"));
        assert!(refused(|it| it.reason = "x".repeat(501)).await.contains("max 500"));
        assert!(refused(|it| it.until = Expiry::Days(400)).await.contains("within one year"));
        assert!(refused(|it| it.until = Expiry::Never).await.contains("within one year"));
        let past = |it: &mut DecideRequest| it.until = Expiry::Date("2026-11-23".into());
        assert!(refused(past).await.contains("has passed"));
        let gone = TokenKey { connection: FIRST, id: "t-none".into() };
        let error = desk.decide(keep(&gone, 30), now()).await.unwrap_err();
        assert!(matches!(error, Error::TokenGone), "{error}");
        assert_eq!(desk.verify_journal().await.unwrap().entries, 0);
    });
}

#[test]
fn a_report_holds_it_and_the_seal_of_the_journal() {
    alone(async {
        let bench = Bench::loaded().await;
        let key = &stale_at(&bench.desk, now())[0];
        bench.desk.decide(keep(key, 30), now()).await.unwrap();
        let report = bench.desk.report("0", now());
        let token = report.tokens.iter().find(|token| token.id == key.id.0).unwrap();
        let decision = token.decision.as_ref().unwrap();
        assert_eq!((decision.decision, &*decision.until), ("keep until", "2026-12-24T23:59:59Z"));
        assert!(decision.findings.contains(&"stale") && !token.findings.contains(&"stale"));
        assert_eq!(report.tokens.iter().filter(|token| token.decision.is_some()).count(), 1);
        let journal = report.journal.unwrap();
        let verified = bench.desk.verify_journal().await.unwrap();
        assert_eq!((journal.entries, journal.intact, journal.seal), (1, true, verified.seal));
    });
}

#[test]
fn the_activity_tells_it_and_an_edit_is_found() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let stale = stale_at(desk, now());
        for key in &stale[..3] {
            desk.decide(keep(key, 30), now()).await.unwrap();
        }
        let all = |text: &str, len| ActivityQuery { text: text.to_owned(), len, only: None };
        let activity = desk.activity(all("", 2)).await.unwrap();
        assert_eq!((activity.acts.len(), activity.total), (2, 3));
        assert_eq!(activity.acts[0].token_ids(), [stale[2].id.clone()], "the newest first");
        assert_eq!(activity.acts[0].sentence().before, "Kept");
        let one = desk.activity(all(&stale[1].id.0.to_uppercase(), 9)).await.unwrap();
        assert_eq!((one.total, &one.acts[0].token_ids()[0]), (1, &stale[1].id));
        assert_eq!(desk.activity(all("yearly", 9)).await.unwrap().total, 3);
        assert_eq!(desk.activity(all("weekly", 9)).await.unwrap().total, 0);
        let file = rusqlite::Connection::open(bench.folder.path().join("journal.db")).unwrap();
        file.execute("UPDATE entry SET detail = 'runs nightly' WHERE id = 2", []).unwrap();
        let broken = desk.verify_journal().await.unwrap().broken.unwrap();
        assert_eq!((broken.entry, &*broken.says.unwrap().what), (2, "keep until"));
        assert!(!desk.report("0", now()).journal.unwrap().intact);
    });
}

#[test]
fn each_person_is_asked_about_their_own_tokens() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let stale = stale_at(desk, now());
        let creator = |key: &TokenKey| desk.details(key, now()).unwrap().created_by;
        desk.select(stale.clone(), true);
        let questions = desk.questions(Vec::new()).await.unwrap();
        assert_eq!(questions.iter().map(|ask| ask.tokens).sum::<usize>(), stale.len());
        for ask in &questions {
            let theirs: Vec<_> = stale.iter().filter(|key| creator(key) == ask.person).collect();
            assert_eq!(theirs.len(), ask.tokens);
            assert!(theirs.iter().all(|key| ask.text.contains(&format!("({})", key.id.0))));
            assert_eq!(ask.text.matches("(t-").count(), theirs.len(), "{}", ask.text);
        }
        let one = desk.questions(vec![stale[0].clone()]).await.unwrap();
        assert_eq!((one.len(), one[0].tokens), (1, 1));
        assert!(one[0].text.contains("last used") && !one[0].text.contains("entri_"));
    });
}

#[test]
fn the_servers_log_is_read_where_it_may_be_seen() {
    alone(async {
        let bench = Bench::loaded().await;
        let activity = bench.desk.server_activity("", now()).await;
        assert_eq!((activity.entries.len(), activity.problems.len()), (60, 0));
        assert!(activity.entries.is_sorted_by_key(|(_, entry)| std::cmp::Reverse(entry.at.at())));
        let approved = bench.desk.server_activity(" APPROVED ", now()).await.entries;
        assert!(!approved.is_empty() && approved.len() < 60);
        bench.answer("GET", "/activity", 403, r#"{"message":"Forbidden"}"#);
        let closed = bench.desk.server_activity("", now()).await;
        assert_eq!((closed.entries.len(), closed.problems.len()), (0, 1));
        assert!(closed.problems[0].message.starts_with("Nordlys Apps: "), "{closed:?}");
    });
}

#[test]
fn of_those_selected_what_has_left_the_list_is_left_out() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let stale = stale_at(desk, now());
        let gone = TokenKey { connection: FIRST, id: "t-none".into() };
        desk.select([gone.clone()], true);
        let none = DecideRequest { keys: Vec::new(), ..keep(&gone, 30) };
        let error = desk.decide(none.clone(), now()).await.unwrap_err().to_string();
        assert!(error.contains("Select at least one"), "{error}");
        desk.select(stale[..2].to_vec(), true);
        desk.decide(none, now()).await.unwrap();
        assert_eq!(stale_at(desk, now()), stale[2..]);
        assert_eq!(desk.verify_journal().await.unwrap().entries, 2);
    });
}

/// The list of the organization has one token, of this id, name and creation date.
fn only(bench: &Bench, id: &str, name: &str, created: &str) {
    let path = format!("/organizations/{}/tokens", bench.sandbox.ready().org_id);
    let token =
        serde_json::json!([{"_id": id, "name": name, "created": created, "lastUsedAt": null}]);
    bench.list(&path, &token.to_string());
}

/// Their servers may give an id again.
#[test]
fn a_decision_is_about_its_token_and_not_about_another_one_with_its_id() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let id = bench.id_of("old-jenkins");
        let created = row(desk, &id).created.at().unwrap().to_rfc3339();
        desk.decide(keep(&key(&id), 30), now()).await.unwrap();
        only(&bench, &id, "renamed", &created);
        desk.sync(FIRST, now()).await;
        assert_eq!(row(desk, &id).name, "renamed");
        assert!(row(desk, &id).decision.is_some(), "it is the same token");

        only(&bench, &id, "payments", "2025-01-01T13:00:00Z");
        desk.sync(FIRST, now()).await;
        for desk in [desk, &bench.reopened()] {
            assert_eq!((row(desk, &id).name.as_str(), row(desk, &id).decision), ("payments", None));
            assert_eq!(desk.details(&key(&id), now()).unwrap().decision, None);
            let report = desk.report("0", now());
            let token = report.tokens.iter().find(|token| token.id == id).unwrap();
            assert!(token.findings.contains(&"never-used"), "{token:?}");
            assert_eq!(token.decision, None);
        }
        // A decision about this token covers only this token.
        desk.decide(keep(&key(&id), 30), now()).await.unwrap();
        assert!(row(desk, &id).decision.is_some());
    });
}
