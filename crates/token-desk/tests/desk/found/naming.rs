//! Whose value was found.

use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use entri_api::{ApiToken, PreviewFit};
use entri_sandbox::odd::{Odd, Uses};
use entri_sandbox::{Config, Sandbox, Variant};
use rusqlite::Connection as Database;
use token_audit::naming::{Fit, Naming, by_preview};
use token_desk::{Code, CreateRequest, Deed, Persistence, Secret, Shown, Sureness};

use super::chosen::without_previews;
use super::{deeds, found, incident, leaked};
use crate::support::days::Days;
use crate::support::keychain::with_keychain;
use crate::support::{Bench, FIRST, alone, connect_to, key, named, now, request, sandbox, secret};

pub const FOREIGN: &str = "entri_EXAMPLEONLYnobodyOfHere7h2Kq9ZpVw3";

/// Waits until the fingerprint of this token is on the disk.
pub async fn fingerprinted(bench: &Bench, id: &str) {
    let file = bench.folder.path().join("entri-tokens.db");
    let is_there = || -> bool {
        let database = Database::open(&file).unwrap();
        let there = "SELECT EXISTS (SELECT 1 FROM fingerprint WHERE token = ?1)";
        database.query_row(there, [id], |row| row.get(0)).unwrap()
    };
    while !is_there() {
        tokio::task::yield_now().await;
    }
}

#[test]
fn a_value_that_the_app_once_held_is_known_by_its_fingerprint_offline() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let (id, value) = leaked(&bench, "leaky").await;
        fingerprinted(&bench, &id).await;
        let asked = bench.sandbox.request_count();
        let desk = bench.reopened();
        let now = incident(&desk, found(&desk, &value).await).await;
        let (of, name, sureness) = now.incident.named().unwrap();
        assert_eq!((of, name, sureness), (key(&id), "leaky", Sureness::Certain));
        assert_eq!(bench.sandbox.request_count(), asked, "nothing was sent");
        assert!(now.suspects.is_empty());
    });
}

#[test]
fn the_token_that_the_app_signed_in_with_is_known_too() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let own = bench.id_of("Entri Tokens app");
        fingerprinted(&bench, &own).await;
        let desk = bench.reopened();
        let value = secret(&bench.sandbox.ready().admin_token);
        let now = incident(&desk, found(&desk, &value).await).await;
        // Which row is its own is known only by the preview.
        let (of, _, sureness) = now.incident.named().unwrap();
        assert_eq!((of, sureness), (key(&own), Sureness::Likely));
    });
}

#[test]
fn another_token_that_has_its_id_now_is_not_named() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let (id, value) = leaked(&bench, "leaky").await;
        fingerprinted(&bench, &id).await;
        bench.sandbox.rename_elsewhere(&id, "another").unwrap();
        let file = bench.folder.path().join("entri-tokens.db");
        let database = Database::open(file).unwrap();
        database.execute("UPDATE fingerprint SET created = 1 WHERE token = ?1", [&id]).unwrap();
        let desk = bench.reopened();
        desk.sync(FIRST, now()).await;
        let now = incident(&desk, found(&desk, &value).await).await;
        let sureness = now.incident.named().map(|(.., sureness)| sureness);
        assert_eq!(sureness, Some(Sureness::Likely), "by its preview alone");
    });
}

/// Without a keychain there are no fingerprints.
#[test]
fn what_the_list_shows_of_each_value_names_it_likely() {
    alone(async {
        let bench = Bench::loaded().await;
        let (id, value) = leaked(&bench, "leaky").await;
        let asked = bench.sandbox.request_count();
        let now = incident(&bench.desk, found(&bench.desk, &value).await).await;
        let (of, name, sureness) = now.incident.named().unwrap();
        assert_eq!((of, name, sureness), (key(&id), "leaky", Sureness::Likely));
        assert_eq!(bench.sandbox.request_count(), asked, "nothing was sent");
    });
}

#[test]
fn nobody_is_named_and_nothing_is_sent_for_a_value_of_another_server() {
    alone(async {
        let bench = without_previews().await;
        let (asked, noon) = (bench.sandbox.request_count(), now());
        let id = found(&bench.desk, &secret(FOREIGN)).await;
        let now = incident(&bench.desk, id).await;
        assert!(now.incident.named().is_none() && !now.narrowed);
        let says = now.says.unwrap();
        assert!(says.contains("fingerprint"), "it says what is missing: {says}");
        let used: Vec<_> = now.suspects.iter().map(|it| it.last_used).collect();
        assert!(used.len() > 5 && used.is_sorted_by(|a, b| a >= b), "latest use first");
        assert_eq!(bench.sandbox.request_count(), asked);
        let error = bench.desk.found(secret("no value, entri_ci"), noon).await;
        assert_eq!(error.unwrap_err().code(), Code::Invalid);
    });
}

#[test]
fn a_test_asks_the_one_server_it_is_for_and_tells_what_a_401_means() {
    alone(async {
        let bench = Bench::loaded().await;
        let other = sandbox(9, 5).await;
        connect_to(&bench.desk, &other).await;
        let (own, others) = (bench.sandbox.request_count(), other.request_count());
        let id = found(&bench.desk, &secret(FOREIGN)).await;
        bench.desk.test_found(id, FIRST, now()).await.unwrap();
        let told = incident(&bench.desk, id).await;
        assert_eq!(deeds(&told), [Deed::ValueTested, Deed::ValueUnknown]);
        assert!(told.says.unwrap().contains("another server"));
        assert!(bench.sandbox.request_count() > own);
        assert_eq!(other.request_count(), others, "no other host heard of it");
    });
}

/// A value that works on another connection's server: the incident goes on there.
#[test]
fn a_test_names_the_token_whose_last_use_moves() {
    alone(async {
        let live = |seed| async move {
            let clock = Arc::new(Utc::now);
            Sandbox::start(Config { seed, tokens: 12, clock, ..Config::default() }).await.unwrap()
        };
        let (first, second) = (live(1).await, live(2).await);
        let bench = Bench::on(first);
        let connect = async |sandbox: &Sandbox| {
            let request = request(&sandbox.ready().base_url, &sandbox.ready().admin_token, None);
            bench.desk.connect(request, Persistence::Remember, Utc::now()).await.unwrap();
        };
        connect(&bench.sandbox).await;
        connect(&second).await;
        let there = bench.desk.status().connections[1].connection.id;
        for id in [FIRST, there] {
            bench.desk.sync(id, Utc::now()).await;
        }
        let asked = bench.sandbox.request_count();
        let form = CreateRequest { connection: there, ..named("leaky") };
        let created = bench.desk.create(form, Utc::now()).await.unwrap();
        let value = super::value_of(&bench.desk, created.handle);
        bench.desk.close_secret(created.handle, true, Utc::now()).await.unwrap();
        // Only its use tells, since nothing is shown of its value.
        let preview_of = Some("Entri Tokens app");
        second.set_variant(Variant { preview_of, ..Variant::default() });
        bench.desk.sync(there, Utc::now()).await;
        bench.desk.show(Shown::One(FIRST), Utc::now()).await.unwrap();
        let id = found(&bench.desk, &value).await;
        assert_eq!(id.connection, FIRST, "as long as nobody knows better");
        assert!(incident(&bench.desk, id).await.incident.named().is_none());
        let id = bench.desk.test_found(id, there, Utc::now()).await.unwrap();
        assert_eq!(id.connection, there);
        let told = incident(&bench.desk, id).await;
        let (_, name, sureness) = told.incident.named().unwrap();
        assert_eq!((name, sureness), ("leaky", Sureness::Likely));
        assert_eq!(deeds(&told), [Deed::ValueWorks, Deed::Identified]);
        assert_eq!(bench.sandbox.request_count(), asked, "the other server heard nothing");
    });
}

/// Where the step and the lag are known, it takes one test to be certain. The longer the step is, the later a use may
/// show, and then others can't be ruled out.
#[test]
fn the_step_of_the_server_decides_how_sure_a_test_is() {
    alone(async {
        for (step, expected) in [(1, Some(Sureness::Certain)), (60, None)] {
            let days = Days::begin().await;
            let Days { bench, .. } = &days;
            let uses = Uses { step, ..Uses::default() };
            let odd = Odd { uses, ..Odd::default() };
            let preview_of = Some("Entri Tokens app");
            bench.sandbox.set_variant(Variant { odd, preview_of, ..Variant::default() });
            for wait in [20, 30, 20, 30, 40, 20, 70, 60, 10, 25, 45, 50, 65, 30, 20, 61] {
                days.wait(TimeDelta::seconds(wait));
                days.look().await;
            }
            days.wait(TimeDelta::days(2));
            let created = bench.desk.create(named("leaky"), days.now()).await.unwrap();
            let value = super::value_of(&bench.desk, created.handle);
            bench.desk.close_secret(created.handle, true, days.now()).await.unwrap();
            let id = found(&bench.desk, &value).await;
            let id = bench.desk.test_found(id, FIRST, days.now()).await.unwrap();
            let told = incident(&bench.desk, id).await;
            let named = told.incident.named().map(|(_, name, sureness)| (name, sureness));
            assert_eq!(named, expected.map(|it| ("leaky", it)), "{step}: {told:?}");
            let suspects: Vec<_> = told.suspects.iter().map(|it| &*it.name).collect();
            assert_eq!(suspects, if expected.is_none() { vec!["leaky"] } else { vec![] });
        }
    });
}

/// A small random number generator.
struct Draw(u64);

impl Draw {
    fn below(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    fn value(&mut self, alike: &str) -> String {
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let hidden: String = (0..32).map(|_| char::from(letters[self.below(62)])).collect();
        format!("entri_{alike}{hidden}")
    }

    /// What a server of this kind shows of a value.
    fn preview(&mut self, kind: usize, value: &str) -> Option<String> {
        let end = &value[value.len() - 4..];
        match kind {
            0 => Some(end.to_owned()),
            1 => Some(value[..12].to_owned()),
            2 => Some(format!("{}…{end}", &value[..10])),
            3 => (self.below(3) > 0).then(|| end.to_owned()),
            4 => Some(value[..16].to_owned()),
            _ => None,
        }
    }
}

fn fit(of: PreviewFit) -> Fit {
    match of {
        PreviewFit::Strong => Fit::Strong,
        PreviewFit::Weak => Fit::Weak,
        PreviewFit::Differs => Fit::Differs,
        PreviewFit::Open => Fit::Open,
    }
}

/// The fit of what a server shows and the pure decision, together, over lists drawn at random: values begin alike,
/// previews show the beginning, the end, both or nothing, and the value may be of a token that isn't listed.
#[test]
fn over_two_thousand_lists_no_preview_names_a_wrong_token() {
    let (mut draw, mut likely) = (Draw(7), 0);
    for _ in 0..2_000 {
        let alike = ["", "live_", "prod_ab"][draw.below(3)];
        let all: Vec<String> = (0..31).map(|_| draw.value(alike)).collect();
        let (listed, complete, kind) = (1 + draw.below(30), draw.below(4) > 0, draw.below(6));
        // A list that is complete has it, or it is of another server: the last of all.
        let truth = if complete { draw.below(listed + 1) } else { draw.below(31) };
        let truth = if complete && truth == listed { 30 } else { truth };
        let found = ApiToken::parse(Secret::new(all[truth].clone())).unwrap();
        let fits: Vec<_> = all[..listed]
            .iter()
            .map(|value| fit(found.fit(draw.preview(kind, value).as_deref())))
            .collect();
        match by_preview(&fits, complete) {
            Naming::Certain(_) => panic!("a preview proves nothing"),
            Naming::Likely(at) => {
                likely += 1;
                assert_eq!(at, truth);
            }
            Naming::OneOf(all) => assert!(truth >= listed || all.contains(&truth) || kind == 3),
            Naming::Nobody => {}
        }
    }
    assert!(likely > 500, "{likely} names: it would hold for an app that names nobody");
}
