//! A token's usage history, day by day, from the server to the sentences.

use std::sync::Arc;

use chrono::TimeDelta;
use entri_sandbox::{Config, DateHeader, Sandbox, StoredToken, Variant};
use token_audit::history::{Day, Step};
use token_desk::{ConnectionId, Date, DecideRequest, DecisionKind, Expiry, Past, Persistence};

use crate::support::days::Days;
use crate::support::{Bench, FIRST, alone, confirmed, key, now, request, rows, synced};

#[test]
fn weeks_of_looks_end_in_words_and_bars() {
    alone(async {
        let days = Days::begin().await;
        let silent = days.bench.id_of("staging-server");
        let busy = days.bench.id_of("gitlab-ci");
        for day in 0..64 {
            days.go_to(day);
            days.used(&busy, 11);
            if day < 20 {
                days.used(&silent, 11);
            }
            // The app is closed for two weeks.
            if !(20..34).contains(&day) {
                days.look().await;
            }
        }
        assert_eq!(
            days.words(&silent).await,
            "Nightly around 03:00 UTC until 13 December 2026, then nothing. \
             No data 14 Dec 2026 – 27 Dec 2026."
        );
        assert_eq!(days.drawn(&silent).await, "u".repeat(20) + &".".repeat(44));
        assert_eq!(
            days.words(&busy).await,
            "Nightly around 03:00 UTC. No data 14 Dec 2026 – 27 Dec 2026. \
             No data for 14 days."
        );
        assert_eq!(days.drawn(&busy).await, "u".repeat(20) + &"?".repeat(14) + &"u".repeat(30));
        let bars = days.seen(&busy).await.history.unwrap().bars(40);
        let bars: Vec<_> = bars.iter().map(|bar| (bar.used, bar.known)).collect();
        assert_eq!(bars[..5], [(7, 7), (7, 7), (6, 6), (0, 0), (1, 1)]);
        assert_eq!(bars.len(), 10);
        let keys = vec![key("not there"), key(&silent), key(&busy)];
        let sparks = days.bench.desk.sparks(keys, days.now()).await.unwrap();
        assert_eq!(sparks, ["", "444.......", "444?144444"]);
    });
}

#[test]
fn a_revoke_is_rehearsed_as_far_as_the_history_goes_back() {
    alone(async {
        let days = Days::begin().await;
        let silent = days.bench.id_of("staging-server");
        let busy = days.bench.id_of("gitlab-ci");
        for day in 0..64 {
            days.go_to(day);
            days.used(&busy, 11);
            if day != 33 {
                days.look().await;
            }
        }
        let rehearsed = |seen: token_desk::TokenHistory| -> Vec<_> {
            seen.rehearsals.into_iter().map(|(days, it)| (days, it.words(seen.step))).collect()
        };
        let busy_uses = |count| {
            format!(
                "At least {count} uses would have failed, all around 03:00 UTC. \
                 The last was on 26 Jan 2027."
            )
        };
        // The history isn't 90 days old.
        let expected = [(7, busy_uses(7)), (30, busy_uses(30) + " No data for 1 day.")];
        assert_eq!(rehearsed(days.seen(&busy).await), expected);
        let none = "No recorded use would have failed.".to_owned();
        assert_eq!(rehearsed(days.seen(&silent).await), [(7, none.clone()), (30, none)]);
    });
}

#[test]
fn the_history_goes_on_at_the_next_start() {
    alone(async {
        let mut days = Days::begin().await;
        let id = days.bench.id_of("gitlab-ci");
        for day in 0..6 {
            days.go_to(day);
            days.used(&id, 11);
            days.bench.desk = days.bench.reopened();
            days.bench.connect().await.unwrap();
            days.look().await;
        }
        assert_eq!(days.words(&id).await, "Nightly around 03:00 UTC.");
    });
}

#[test]
fn old_looks_are_thinned_but_for_what_a_decision_rests_on() {
    alone(async {
        let days = Days::with(0).await;
        let [id, other] =
            ["in use", "revoked"].map(|name| days.bench.sandbox.add_token(name).unwrap());
        // 24 November 2026 is a Tuesday.
        for day in 0..21 {
            days.go_to(day);
            days.used(&id, 11);
            days.look().await;
            if day == 8 {
                let request = confirmed(&days.bench.desk, key(&other));
                days.bench.desk.revoke(request, days.now()).await.unwrap();
            }
            if day == 10 {
                let decision = DecideRequest {
                    keys: vec![key(&id)],
                    kind: DecisionKind::Keep,
                    until: Expiry::Days(30),
                    reason: "nightly".to_owned(),
                };
                days.bench.desk.decide(decision, days.now()).await.unwrap();
            }
        }
        assert_eq!(days.drawn(&id).await, "u".repeat(21));
        days.go_to(500);
        days.used(&id, 11);
        days.look().await;
        // From the first Sunday on: Sundays, the ends of months, and the days of the revoke and
        // of the decision.
        assert_eq!(&days.drawn(&id).await[..16], "uu?u?u?u??????uu");
        assert_eq!(days.seen(&id).await.since, Some(now()), "it was there before");
    });
}

#[test]
fn nothing_is_said_of_what_was_not_seen() {
    alone(async {
        let days = Days::begin().await;
        let id = days.bench.id_of("figma-export");
        assert_eq!(days.seen(&id).await.history, None, "before the first look");
        days.look().await;
        assert_eq!(days.words(&id).await, "No usage yet. Tracking started today.");
        let variant = Variant { last_used: None, ..Variant::default() };
        days.bench.sandbox.set_variant(variant);
        days.look().await;
        assert!(!days.seen(&id).await.reported);
        let other = token_desk::TokenKey { connection: ConnectionId(9), ..key(&id) };
        assert!(days.bench.desk.seen(other, now()).await.is_err());
    });
}

#[test]
fn a_server_that_tells_days_is_not_said_to_tell_hours() {
    alone(async {
        let days = Days::begin().await;
        let id = days.bench.id_of("gitlab-ci");
        for day in 0..8 {
            // The key that looks is used at that time, too.
            days.go_to_midnight(day);
            for token in days.bench.sandbox.truth().unwrap() {
                days.used(&token.id, 0);
            }
            days.look().await;
        }
        assert_eq!(days.words(&id).await, "Daily.");
    });
}

#[test]
fn the_history_of_the_sandbox_ends_with_it() {
    alone(async {
        let bench = Bench::new().await;
        let ready = bench.sandbox.ready();
        let request = request(&ready.base_url, &ready.admin_token, None);
        bench.desk.connect(request, Persistence::Sandbox, now()).await.unwrap();
        synced(&bench.desk).await;
        let id = bench.id_of("gitlab-ci");
        assert!(bench.desk.seen(key(&id), now()).await.unwrap().history.is_some());
        assert!(!bench.folder.path().join("history.db").exists());
    });
}

#[test]
fn a_sandbox_with_a_past_is_seen_from_its_beginning() {
    alone(async {
        let past = TimeDelta::days(365);
        let config = Config { past: Some(past), clock: Arc::new(now), ..Config::default() };
        let bench = Bench::on(Sandbox::start(config).await.unwrap());
        let tokens = bench.sandbox.truth().unwrap();
        let uses = |id: &str| bench.sandbox.uses(id).unwrap();
        let uses = tokens.iter().map(|it| (it.id.as_str().into(), uses(&it.id))).collect();
        bench.desk.recall_sandbox(Past { since: now() - past, uses });
        let ready = bench.sandbox.ready();
        let request = request(&ready.base_url, &ready.admin_token, None);
        bench.desk.connect(request, Persistence::Sandbox, now()).await.unwrap();
        synced(&bench.desk).await;

        // Each day since then has a snapshot, which shows the use on it.
        let seen = async |name| bench.desk.seen(key(&bench.id_of(name)), now()).await.unwrap();
        let nightly = seen("glossary-sync").await;
        let history = nightly.history.unwrap();
        assert_eq!(history.words(nightly.step), ["Nightly around 02:00 UTC."]);
        assert!(history.days().len() >= 365, "{}", history.days().len());
        assert!(!history.days().contains(&Day::Unknown));
        // A younger token has no history from before it was created.
        let young = seen("gitlab-ci").await;
        assert_eq!((now() - young.since.unwrap()).num_days(), 90);
        // The list itself is the server's own, last uses too.
        let listed = rows(&bench.desk);
        let last_used = |it: &StoredToken| it.last_used.map_or(Date::None, Date::At);
        for token in tokens.iter().filter(|it| it.name != "Entri Tokens app") {
            let row = listed.iter().find(|row| row.key.id.0 == token.id).unwrap();
            assert_eq!(row.last_used, last_used(token), "{}", token.name);
        }
    });
}

/// This computer's clock is ten years ahead for a day, and put right.
#[test]
fn a_look_ahead_of_its_time_hides_none_of_the_later_ones() {
    alone(async {
        let mut days = Days::with(0).await;
        let id = days.bench.sandbox.add_token("nightly").unwrap();
        for day in 0..40 {
            days.go_to(day);
            days.used(&id, 11);
            if day == 10 {
                let ahead = days.now() + TimeDelta::days(3_653);
                // The server is right, and so ten years behind.
                let date = DateHeader::Says("Mon, 28 Nov 2016 03:00:00 GMT");
                days.bench.sandbox.set_variant(Variant { date, ..Variant::default() });
                days.bench.desk.sync(FIRST, ahead).await;
                days.bench.sandbox.set_variant(Variant::default());
            } else {
                days.look().await;
            }
        }
        assert_eq!(days.drawn(&id).await, "u".repeat(40));
        assert_eq!(days.words(&id).await, "Nightly around 03:00 UTC.");
        // A token that comes later is new at the next start, and old at the one after.
        days.bench.desk = days.bench.reopened();
        days.bench.connect().await.unwrap();
        days.go_to(40);
        let new = days.bench.sandbox.add_token("new").unwrap();
        days.look().await;
        let status = days.bench.desk.status();
        let news = status.connections[0].news.clone().unwrap();
        assert!(news.new.contains(new.as_str()), "{news:?}");
    });
}

/// The server dates a use, and this computer's clock the look at it: an hour apart, the day is another
/// one, and what was used just before the look seems to have been left alone since.
#[test]
fn a_use_and_the_look_at_it_go_by_one_clock() {
    alone(async {
        for ahead in [-90, 90] {
            let days = Days::begin().await;
            let id = days.bench.id_of("gitlab-ci");
            let date = DateHeader::ComputersAhead(ahead * 60);
            days.bench.sandbox.set_variant(Variant { date, ..Variant::default() });
            for day in 0..8 {
                // 23:00 here; at the server 00:30 of the next day, or 21:30.
                days.go_to_midnight(day + 1);
                let here = days.now() - TimeDelta::hours(1);
                let there = here + TimeDelta::minutes(ahead);
                days.bench.sandbox.touch(&id, there - TimeDelta::minutes(45)).unwrap();
                days.bench.desk.sync(FIRST, here).await;
            }
            let seen = days.bench.desk.seen(key(&id), days.now() - TimeDelta::hours(1)).await;
            let history = seen.unwrap().history.unwrap();
            let first = if ahead > 0 { "2026-11-25" } else { "2026-11-24" };
            assert_eq!(history.first().to_string(), first, "{ahead}");
            assert_eq!(history.words(Step::Fine), ["Daily."], "{ahead}");
        }
    });
}

/// Of what an earlier version kept, and of a server that does not tell the time, nobody knows by how
/// much the clocks were apart.
#[test]
fn looks_whose_clock_is_unknown_tell_no_hour() {
    alone(async {
        for missing in [false, true] {
            let mut days = Days::begin().await;
            let id = days.bench.id_of("gitlab-ci");
            if missing {
                let date = DateHeader::Missing;
                days.bench.sandbox.set_variant(Variant { date, ..Variant::default() });
                days.bench.connect().await.unwrap();
            }
            for day in 0..8 {
                days.go_to(day);
                days.used(&id, 11);
                days.look().await;
            }
            if !missing {
                assert_eq!(days.words(&id).await, "Nightly around 03:00 UTC.");
                let file = days.bench.folder.path().join("history.db");
                let earlier = "ALTER TABLE snapshot DROP COLUMN there;
                     ALTER TABLE snapshot DROP COLUMN own;
                     ALTER TABLE snapshot DROP COLUMN took;
                     PRAGMA user_version = 1;";
                rusqlite::Connection::open(file).unwrap().execute_batch(earlier).unwrap();
                days.bench.desk = days.bench.reopened();
            }
            assert_eq!(days.words(&id).await, "Daily.", "{missing}");
            assert_eq!(days.drawn(&id).await, "u".repeat(8), "{missing}");
        }
    });
}
