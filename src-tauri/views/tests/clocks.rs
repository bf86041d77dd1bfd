//! Times of a server's tokens follow its own clock; times of this app's acts follow this computer's.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::TimeDelta;
use token_desk::{
    Clock, Clocks, ConnectionId, ConnectionStatus, Date, Details, LogEntry, News, Row,
    ServerActivity, TokenKey, Vanished,
};

use super::super::{DetailsView, NewsView, QueryView, ServerActivityView};
use super::connections::connection;
use super::panel::details;
use super::rows::{listing, row};
use super::{HOSTILE, at, now};

#[test]
fn each_token_is_told_by_its_own_servers_clock() {
    let [here, there] = [ConnectionId(1), ConnectionId(2)];
    let clocks = Clocks::new(
        now(),
        [Clock { connection: there, skew: TimeDelta::hours(3), read: None, frozen: false }],
    );
    let last_used = Date::At(at("2026-11-24T14:00:00Z"));
    let row = |connection| Row { key: TokenKey { connection, ..row().key }, last_used, ..row() };
    let view = QueryView::new(listing(vec![row(here), row(there)]), "nightly builds", 0, &clocks);
    let texts: Vec<_> = view.rows.iter().map(|row| &*row.last_used.text).collect();
    assert_eq!(texts, ["2 min ago", "3 hours ago"]);
    let key = TokenKey { connection: there, ..details().key };
    let view = DetailsView::new(Details { key, last_used, ..details() }, &clocks);
    assert_eq!((&*view.last_used.text, &*view.deliveries[0].at.text), ("3 hours ago", "2 min ago"));
}

#[test]
fn what_is_gone_and_a_servers_log_are_told_by_the_servers_clock() {
    let id = ConnectionId(3);
    let vanished = Vanished {
        id: "t-9".into(),
        name: HOSTILE.to_owned(),
        seen: at("2026-11-24T14:00:00Z"),
        last_used: Date::At(at("2026-11-24T14:00:00Z")),
    };
    let news = News { since: now(), new: Arc::default(), vanished: vec![vanished] };
    let line = ConnectionStatus {
        news: Some(news),
        skew: TimeDelta::hours(3),
        ..connection("https://entri.example")
    };
    let clocks =
        Clocks::new(now(), [Clock { connection: id, skew: line.skew, read: None, frozen: false }]);
    let gone = &NewsView::new([&line].into_iter(), &clocks).unwrap().vanished[0];
    assert_eq!((&*gone.seen.text, &*gone.last_used.text), ("2 min ago", "3 hours ago"));
    let entry = LogEntry {
        id: "e-1".to_owned(),
        at: entri_api::Date::At(at("2026-11-24T14:00:00Z")),
        who: None,
        action: "token.revoked".to_owned(),
        target_type: None,
        target_id: None,
    };
    let entries = vec![(id, entry)];
    let log = ServerActivity { entries, projects: HashMap::new(), older: false, problems: vec![] };
    let view = ServerActivityView::new(log, &clocks, now());
    let entry = &view.days[0].done[0];
    assert_eq!(entry.at.title.as_deref(), Some("24 Nov 2026, 11:00 UTC"));
}
