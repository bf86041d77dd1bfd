//! Every boundary of the policy, to the second.

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::create::{DEFAULT_EXPIRY_DAYS, EXPIRY_PRESETS_DAYS, warnings};
use token_audit::{
    AsOf, Counts, Date, Expiry, Lifecycle, Policy, RevokeGrade, Rules, ServerTime, TokenFacts,
    Usage, Verdict, View, revoke_grade,
};

const DAY: i64 = 86_400;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an RFC 3339 time")
}

fn now() -> DateTime<Utc> {
    at("2026-11-24T14:02:00Z")
}

fn ago(seconds: i64) -> DateTime<Utc> {
    now() - TimeDelta::seconds(seconds)
}

fn token() -> TokenFacts {
    TokenFacts {
        created: Date::At(ago(400 * DAY)),
        expires: Date::None,
        last_used: Date::None,
        last_used_reported: true,
        revoked: false,
        own: false,
        as_of: AsOf { read: ServerTime(DateTime::<Utc>::MAX_UTC), frozen: false },
    }
}

fn verdict(facts: TokenFacts) -> Verdict {
    Verdict::of(&Policy::default(), &facts, ServerTime(now()))
}

fn used(seconds_ago: i64) -> TokenFacts {
    TokenFacts { last_used: Date::At(ago(seconds_ago)), ..token() }
}

fn expires_in(seconds: i64) -> TokenFacts {
    TokenFacts { expires: Date::At(ago(-seconds)), ..used(2 * DAY) }
}

#[test]
fn use_turns_idle_and_stale_exactly_on_the_day() {
    let usage = |seconds| verdict(used(seconds)).usage;
    assert_eq!(usage(-3600), Usage::Recent, "a clock that runs ahead is a use all the same");
    assert_eq!(usage(30 * DAY - 1), Usage::Recent);
    assert_eq!(usage(30 * DAY), Usage::Idle);
    assert_eq!(usage(90 * DAY - 1), Usage::Idle);
    assert_eq!(usage(90 * DAY), Usage::Stale);
}

#[test]
fn a_young_token_is_new_and_not_never_used() {
    let usage = |created| verdict(TokenFacts { created, ..token() }).usage;
    assert_eq!(usage(Date::At(ago(-60))), Usage::New);
    assert_eq!(usage(Date::At(ago(30 * DAY - 1))), Usage::New);
    assert_eq!(usage(Date::At(ago(30 * DAY))), Usage::NoUseRecorded);
    assert_eq!(usage(Date::None), Usage::NoUseRecorded);
}

#[test]
fn silence_of_the_server_is_not_never_used() {
    let silent = TokenFacts { last_used_reported: false, ..token() };
    assert_eq!(verdict(silent).usage, Usage::NotReported);
}

#[test]
fn the_use_of_the_apps_own_token_says_nothing() {
    let facts = [used(0), used(60 * DAY), used(100 * DAY), token(), expires_in(5 * DAY)];
    for facts in facts {
        for last_used_reported in [true, false] {
            let own = TokenFacts { own: true, last_used_reported, ..facts };
            let (own, other) = (verdict(own), verdict(TokenFacts { last_used_reported, ..facts }));
            assert_eq!(own, Verdict { usage: Usage::ThisApp, ..other });
        }
    }
}

#[test]
fn expiry_turns_on_the_second() {
    let expiry = |seconds| verdict(expires_in(seconds)).expiry;
    assert_eq!(verdict(token()).expiry, Expiry::None);
    assert_eq!(expiry(-DAY), Expiry::Past { days: 1 });
    assert_eq!(expiry(0), Expiry::Past { days: 0 });
    assert_eq!(expiry(1), Expiry::Soon { days: 0 });
    assert_eq!(expiry(30 * DAY), Expiry::Soon { days: 30 });
    assert_eq!(expiry(30 * DAY + 1), Expiry::Later { days: 30 });
}

#[test]
fn a_token_works_until_it_expires_or_is_revoked() {
    let lifecycle = |facts| verdict(facts).lifecycle;
    assert_eq!(lifecycle(token()), Lifecycle::Active);
    assert_eq!(lifecycle(expires_in(1)), Lifecycle::Active);
    assert_eq!(lifecycle(expires_in(0)), Lifecycle::Expired);
    assert_eq!(lifecycle(TokenFacts { revoked: true, ..expires_in(0) }), Lifecycle::Revoked);
}

#[test]
fn a_fraction_of_a_second_moves_nothing() {
    let noon = at("2026-11-24T12:00:00Z");
    let facts = TokenFacts { last_used: Date::At(at("2026-08-26T12:00:00.999Z")), ..token() };
    assert_eq!(Verdict::of(&Policy::default(), &facts, ServerTime(noon)).usage, Usage::Stale);
}

#[test]
fn clock_changes_and_leap_days_move_nothing() {
    // Each pair lies exactly 90 × 86,400 seconds apart, across a clock change and a leap day.
    let pairs = [
        ("2026-10-01T01:30:00Z", "2026-12-30T01:30:00Z"),
        ("2028-01-15T00:00:00Z", "2028-04-14T00:00:00Z"),
    ];
    for (used, now) in pairs {
        let facts = TokenFacts { last_used: Date::At(at(used)), ..token() };
        let usage = |now| Verdict::of(&Policy::default(), &facts, ServerTime(now)).usage;
        assert_eq!(usage(at(now)), Usage::Stale, "{used}");
        assert_eq!(usage(at(now) - TimeDelta::seconds(1)), Usage::Idle, "{used}");
    }
}

#[test]
fn the_ends_of_the_calendar_are_ordinary_times() {
    let (first, last) = (at("1970-01-01T00:00:00Z"), at("9999-12-31T23:59:59Z"));
    let facts = TokenFacts { created: Date::At(first), expires: Date::At(last), ..token() };
    let judged = verdict(facts);
    assert_eq!(judged.usage, Usage::NoUseRecorded);
    let days_left = u32::try_from((last - now()).num_days()).unwrap();
    assert_eq!(judged.expiry, Expiry::Later { days: days_left });
    let early = Verdict::of(
        &Policy::default(),
        &TokenFacts { expires: Date::At(first), ..facts },
        ServerTime(last),
    );
    assert_eq!(early.lifecycle, Lifecycle::Expired);
}

#[test]
fn each_card_counts_its_tokens() {
    let tokens = [
        used(0),
        used(100 * DAY),
        token(),
        expires_in(5 * DAY),
        expires_in(-DAY),
        TokenFacts { revoked: true, ..used(100 * DAY) },
        TokenFacts { own: true, ..used(100 * DAY) },
        TokenFacts { own: true, ..expires_in(5 * DAY) },
    ];
    let mut counts = Counts::default();
    for facts in tokens {
        counts.add(verdict(facts), Rules::default());
    }
    let by_card = View::ALL.map(|view| (view, counts.of(view)));
    let expected = [
        (View::All, 8),
        (View::Attention, 4),
        (View::Stale, 1),
        (View::NoUse, 1),
        (View::ExpiringSoon, 2),
        (View::NoExpiry, 4),
        (View::Expired, 1),
    ];
    assert_eq!(by_card, expected);
}

#[test]
fn revoking_is_graded() {
    let grade = |facts: TokenFacts, name| revoke_grade(&facts, name, ServerTime(now()));
    assert_eq!(grade(used(-60), "ci"), RevokeGrade::TypeName);
    assert_eq!(grade(used(7 * DAY - 1), "ci"), RevokeGrade::TypeName);
    assert_eq!(grade(used(7 * DAY), "ci"), RevokeGrade::Confirm);
    assert_eq!(grade(token(), "ci"), RevokeGrade::Confirm);
    for name in ["deploy-prod", "Production server", "PROD", "prod_eu"] {
        assert_eq!(grade(token(), name), RevokeGrade::TypeName, "{name}");
    }
    for name in ["product-sync", "reproduction", ""] {
        assert_eq!(grade(token(), name), RevokeGrade::Confirm, "{name}");
    }
    let ended = |seconds| TokenFacts { last_used: Date::At(ago(seconds)), ..expires_in(-DAY) };
    assert_eq!(grade(ended(7 * DAY), "deploy-prod"), RevokeGrade::OneClick);
    assert_eq!(grade(ended(7 * DAY - 1), "ci"), RevokeGrade::Confirm, "it worked a while ago");
    assert_eq!(grade(TokenFacts { revoked: true, ..used(60) }, "ci"), RevokeGrade::OneClick);
    for facts in
        [token(), used(100 * DAY), expires_in(-DAY), TokenFacts { revoked: true, ..token() }]
    {
        assert_eq!(grade(TokenFacts { own: true, ..facts }, "ci"), RevokeGrade::TypeName);
    }
}

#[test]
fn a_new_token_is_warned_about_above_the_lifetime_only() {
    let warned = |days: u16| {
        let ends = now() + TimeDelta::days(days.into());
        !warnings(&Policy::default(), Some(ends), ServerTime(now())).is_empty()
    };
    assert!(EXPIRY_PRESETS_DAYS.contains(&DEFAULT_EXPIRY_DAYS));
    assert!(!EXPIRY_PRESETS_DAYS.into_iter().any(warned));
    assert!(warned(366));
    assert_eq!(warnings(&Policy::default(), None, ServerTime(now())).len(), 1);
}
