//! A year of use: the server on each day of it, and what was planted.

use std::collections::HashMap;

use chrono::{Datelike, TimeDelta, Weekday};
use entri_sandbox::{Flaw, StoredToken, Variant};

use crate::support::{As, Bench, ORGANIZATION};

const YEAR: i64 = 365;

async fn year() -> Bench {
    Bench::of(200, Some(TimeDelta::days(YEAR)), &Variant::default()).await
}

fn listed(bench: &Bench) -> HashMap<String, StoredToken> {
    let tokens = bench.sandbox.truth().unwrap().into_iter().filter(|token| !token.revoked);
    tokens.map(|token| (token.id.clone(), token)).collect()
}

fn named<'a>(tokens: &'a HashMap<String, StoredToken>, name: &str) -> Option<&'a StoredToken> {
    tokens.values().find(|token| token.name == name)
}

#[tokio::test]
async fn each_day_has_what_was_there_and_used_by_then() {
    let bench = year().await;
    let end = bench.now();
    let (mut seen_last, mut counts) = (HashMap::new(), Vec::new());
    for day in (0..=YEAR).rev() {
        bench.set_now(end - TimeDelta::days(day));
        let tokens = listed(&bench);
        for token in tokens.values() {
            assert!(token.created <= bench.now() && token.last_used <= Some(bench.now()));
            let before = seen_last.insert(token.id.clone(), token.last_used).flatten();
            assert!(before <= token.last_used, "{}: {day} days before the end", token.name);
        }
        counts.push(tokens.len());
        let nightly = named(&tokens, "came-back-last-month");
        let unused = (bench.now() - nightly.unwrap().last_used.unwrap()).num_days();
        let away = (25..=229).contains(&day);
        assert!(away || unused <= 1, "{unused} days unused, {day} days before the end");
    }
    assert_eq!(counts.last(), Some(&200));
    assert!(counts[0] < 150, "many are made within the year: {}", counts[0]);
}

#[tokio::test]
async fn the_server_answers_as_of_the_day() {
    let bench = year().await;
    let end = bench.now();
    let mut told = Vec::new();
    for day in [10, 8, 0] {
        bench.set_now(end - TimeDelta::days(day));
        let list = bench.get(&format!("{ORGANIZATION}?limit=200"), As::Admin).await.json();
        let own = listed(&bench).values().filter(|token| token.project_id.is_none()).count();
        assert_eq!(list["meta"]["total"], own);
        let tokens = list["data"].as_array().unwrap();
        let of = |name: &str| tokens.iter().find(|token| token["name"] == name);
        told.push((
            of("leaked-in-a-chat").is_some(),
            of("expires-next-week").unwrap()["lastUsedAt"].clone(),
        ));
        assert_eq!(of("made-today").is_some(), day == 0);
    }
    assert_eq!([told[0].0, told[1].0, told[2].0], [true, false, false], "it was revoked");
    assert!(told.windows(2).all(|days| days[0].1.as_str() < days[1].1.as_str()), "{told:?}");
}

#[tokio::test]
async fn uses_have_their_rhythm() {
    let bench = year().await;
    let tokens = listed(&bench);
    let uses = |name: &str| bench.sandbox.uses(&named(&tokens, name).unwrap().id).unwrap();
    let office = uses("retired-office-bot");
    assert!(office.len() > 150, "{}", office.len());
    let (last, before) = office.split_last().unwrap();
    assert!(before.iter().all(|at| !matches!(at.weekday(), Weekday::Sat | Weekday::Sun)));
    assert_eq!(Some(*last), named(&tokens, "retired-office-bot").unwrap().last_used);
    let nightly = uses("expired-to-the-second");
    assert!((299..=301).contains(&nightly.len()), "{}", nightly.len());
    let gaps = |name| uses(name).windows(2).map(|pair| pair[1] - pair[0]).max().unwrap().num_days();
    assert!((138..=143).contains(&gaps("came-back")), "{}", gaps("came-back"));
    assert!(uses("unused-jenkins").is_empty());
    let first = |name| (bench.now() - uses(name)[0]).num_days();
    assert!(
        (YEAR..YEAR + 36).contains(&first("retired-office-bot")),
        "it is older than the history"
    );
}

#[tokio::test]
async fn what_is_planted_is_there_at_the_end() {
    let bench = year().await;
    let tokens = listed(&bench);
    let planted = bench.sandbox.planted();
    for (id, _) in planted {
        assert!(tokens.contains_key(id), "{id}");
    }
    let all = |wanted: Flaw| planted.iter().filter(move |(_, flaw)| *flaw == wanted);
    assert!(all(Flaw::Expired).all(|(id, _)| tokens[id].expires <= Some(bench.now())));
    assert!(all(Flaw::NeverUsed).all(|(id, _)| tokens[id].last_used.is_none()));
    assert_eq!(all(Flaw::DuplicateName).count(), 7);
    assert_eq!(Bench::new().await.sandbox.planted(), [], "without a history nothing is");
}
