//! Text from servers is safe to look at, and times are words.

mod clocks;
mod connections;
mod panel;
mod rows;

use chrono::{DateTime, Utc};
use token_desk::ServerTime;

use super::When;

/// Looks like `admin-ok` and is not.
const HOSTILE: &str = "adm\u{200B}in\u{202E}ko\u{0}";
const VISIBLE: &str = "adm⟨U+200B⟩in⟨U+202E⟩ko⟨U+0000⟩";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn now() -> DateTime<Utc> {
    at("2026-11-24T14:02:00Z")
}

#[test]
fn a_time_has_words_and_an_absolute_form() {
    let time = Some(at("2026-11-23T14:02:00Z"));
    let When { text, title, muted, .. } = When::relative(time, ServerTime(now()), "none");
    assert_eq!(
        (&*text, title.as_deref(), muted),
        ("yesterday", Some("23 Nov 2026, 14:02 UTC"), false)
    );
    let When { text, title, muted, .. } = When::date(None, "none");
    assert_eq!((&*text, title, muted), ("none", None, true));
    for far in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        assert!(!When::relative(Some(far), ServerTime(now()), "none").muted);
        assert!(!When::date(Some(far), "none").muted);
    }
}
