//! Which rules a token breaks, and what is said about it.

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::{
    AsOf, Date, Exposure, Finding, Policy, Replacing, Rule, Rules, ServerTime, Severity, Standing,
    Subject, TokenFacts, Verdict, View, findings,
};

const NOW: ServerTime = ServerTime(DateTime::from_timestamp(1_795_528_920, 0).expect("a time"));

fn days_ago(days: i64) -> Date {
    Date::At(NOW.0 - TimeDelta::days(days))
}

/// A token with nothing wrong about it.
fn sound() -> TokenFacts {
    TokenFacts {
        created: days_ago(10),
        expires: days_ago(-50),
        last_used: days_ago(1),
        last_used_reported: true,
        revoked: false,
        own: false,
        as_of: AsOf { read: ServerTime(DateTime::<Utc>::MAX_UTC), frozen: false },
    }
}

fn found(facts: TokenFacts) -> Vec<Finding> {
    found_of(sound_subject(facts))
}

fn sound_subject(facts: TokenFacts) -> Subject {
    Subject {
        facts,
        exposure: Exposure::Unseen,
        replacing: Replacing::Fine,
        scopes_listed: true,
        name_shared: false,
        name_in_other_environment: false,
        creator: Standing::Manages,
    }
}

fn found_of(subject: Subject) -> Vec<Finding> {
    findings(&Policy::default(), &subject, NOW)
}

fn said(facts: TokenFacts) -> Vec<(Rule, String)> {
    found(facts).into_iter().map(|finding| (finding.rule, finding.reason)).collect()
}

fn one(rule: Rule, reason: &str) -> Vec<(Rule, String)> {
    vec![(rule, reason.to_owned())]
}

#[test]
fn a_sound_token_breaks_no_rule() {
    assert_eq!(said(sound()), []);
}

#[test]
fn an_unused_token_is_told_with_its_days() {
    let stale = |days| said(TokenFacts { last_used: days_ago(days), ..sound() });
    assert_eq!(stale(89), []);
    assert_eq!(stale(90), one(Rule::Stale, "Unused for 90 days (limit 90)."));
    let never =
        |days| said(TokenFacts { last_used: Date::None, created: days_ago(days), ..sound() });
    assert_eq!(never(29), []);
    let reason = "Never used in the 30 days since creation.";
    assert_eq!(never(30), one(Rule::NeverUsed, reason));
    let ageless = TokenFacts { last_used: Date::None, created: Date::None, ..sound() };
    let reason = "Never used; age unknown.";
    assert_eq!(said(ageless), one(Rule::NeverUsed, reason));
    assert_eq!(said(TokenFacts { last_used_reported: false, ..ageless }), []);
}

#[test]
fn the_apps_own_token_is_never_called_unused() {
    let own = TokenFacts { own: true, ..sound() };
    assert_eq!(said(TokenFacts { last_used: days_ago(200), ..own }), []);
    let unused = TokenFacts { last_used: Date::None, created: days_ago(60), ..own };
    assert_eq!(said(unused), []);
    // Everything else holds for it, too.
    let soon = TokenFacts { expires: days_ago(-30), ..own };
    assert_eq!(said(soon), one(Rule::ExpiringSoon, "Expires in 30 days."));
}

#[test]
fn an_expiry_is_told_with_its_days() {
    let expires = |days: i64| said(TokenFacts { expires: days_ago(-days), ..sound() });
    assert_eq!(expires(31), []);
    assert_eq!(expires(30), one(Rule::ExpiringSoon, "Expires in 30 days."));
    assert_eq!(expires(1), one(Rule::ExpiringSoon, "Expires in 1 day."));
    assert_eq!(expires(0), one(Rule::ExpiredListed, "Expired today."));
    let ended = TokenFacts { expires: days_ago(5), last_used: days_ago(6), ..sound() };
    assert_eq!(said(ended), one(Rule::ExpiredListed, "Expired 5 days ago."));
    assert_eq!(said(TokenFacts { last_used: days_ago(4), ..ended }), [], "it worked after that");
    let within_hours = Date::At(NOW.0 + TimeDelta::hours(3));
    let soonest = said(TokenFacts { expires: within_hours, ..sound() });
    assert_eq!(soonest, one(Rule::ExpiringSoon, "Expires within a day."));
    let reason = "Never expires.";
    assert_eq!(said(TokenFacts { expires: Date::None, ..sound() }), one(Rule::NoExpiry, reason));
}

#[test]
fn age_is_told_once() {
    let aged = |days| said(TokenFacts { created: days_ago(days), ..sound() });
    assert_eq!(aged(89), []);
    let rotation = |days: u32| {
        let reason = format!("{days} days since it was created; the limit is 90.");
        one(Rule::RotationAge, &reason)
    };
    assert_eq!(aged(90), rotation(90));
    assert_eq!(aged(364), rotation(364));
    assert_eq!(aged(365), one(Rule::LongLived, "365 days old (limit 365)."));
}

#[test]
fn what_makes_a_token_hard_to_judge_is_told() {
    let rules = |scopes_listed, name_shared| {
        let found = found_of(Subject { scopes_listed, name_shared, ..sound_subject(sound()) });
        found.into_iter().map(|finding| finding.rule).collect::<Vec<_>>()
    };
    assert_eq!(rules(true, false), []);
    assert_eq!(rules(false, false), [Rule::NoScopes]);
    assert_eq!(rules(true, true), [Rule::DuplicateName]);
    let elsewhere = Subject { name_in_other_environment: true, ..sound_subject(sound()) };
    let reason = "A token in another environment has this name.";
    let found = found_of(elsewhere).into_iter().map(|it| (it.rule, it.reason)).collect::<Vec<_>>();
    assert_eq!(found, one(Rule::NameAcrossEnvironments, reason));
}

#[test]
fn a_creator_is_gone_or_demoted_or_unknown_and_these_are_three_answers() {
    let said = |creator| {
        let found = found_of(Subject { creator, ..sound_subject(sound()) });
        found.into_iter().map(|finding| (finding.rule, finding.reason)).collect::<Vec<_>>()
    };
    let gone = "The creator is no longer a member.";
    assert_eq!(said(Standing::Gone), one(Rule::CreatorGone, gone));
    let demoted = "The creator’s role can’t manage tokens.";
    assert_eq!(said(Standing::Demoted), one(Rule::CreatorDemoted, demoted));
    let unknown = "Couldn’t match the creator to a member.";
    assert_eq!(said(Standing::Unknown), one(Rule::CreatorUnknown, unknown));
    assert_eq!(said(Standing::Manages), []);
    // This is reported for the list as a whole.
    assert_eq!(said(Standing::NotCompared), []);
    let rules = [Rule::CreatorGone, Rule::CreatorDemoted, Rule::CreatorUnknown];
    assert_eq!(rules.map(Rule::severity), [Severity::High, Severity::Medium, Severity::Low]);
    assert!(rules.iter().all(|rule| rule.standards().starts_with("OWASP NHI1")));
}

#[test]
fn a_token_that_does_not_work_breaks_no_rule_of_its_creator() {
    let expired = TokenFacts { expires: days_ago(5), last_used: days_ago(6), ..sound() };
    let found = found_of(Subject { creator: Standing::Gone, ..sound_subject(expired) });
    assert_eq!(found.iter().map(|it| it.rule).collect::<Vec<_>>(), [Rule::ExpiredListed]);
}

#[test]
fn the_worst_comes_first() {
    let worst = TokenFacts {
        created: days_ago(200),
        expires: Date::None,
        last_used: days_ago(190),
        ..sound()
    };
    let rules: Vec<_> = found(worst).into_iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, [Rule::Stale, Rule::NoExpiry, Rule::RotationAge]);
    assert_eq!(found(worst)[0].rule.standards(), "OWASP NHI1 · NIST AC-2(3)");
    assert_eq!(found(worst)[1].rule.standards(), "OWASP NHI7");
}

#[test]
fn a_token_that_does_not_work_breaks_no_rule_of_use() {
    let expired = TokenFacts { expires: days_ago(5), last_used: days_ago(200), ..sound() };
    assert_eq!(found(expired).len(), 1);
    assert_eq!(found(TokenFacts { revoked: true, ..expired }), []);
}

#[test]
fn ids_of_rules_never_change() {
    let rules = [
        (Rule::Leaked, "leaked"),
        (Rule::Stale, "stale"),
        (Rule::NeverUsed, "never-used"),
        (Rule::CreatorGone, "creator-gone"),
        (Rule::RotationStuck, "rotation-stuck"),
        (Rule::ExpiringSoon, "expiring-soon"),
        (Rule::NoExpiry, "no-expiry"),
        (Rule::LongLived, "long-lived"),
        (Rule::CreatorDemoted, "creator-demoted"),
        (Rule::RotationAge, "rotation-age"),
        (Rule::DuplicateName, "duplicate-name"),
        (Rule::NameAcrossEnvironments, "name-across-environments"),
        (Rule::NoScopes, "no-scopes"),
        (Rule::CreatorUnknown, "creator-unknown"),
        (Rule::ExpiredListed, "expired-listed"),
    ];
    assert_eq!(rules.map(|(rule, _)| rule), Rule::ALL);
    for (rule, id) in rules {
        assert_eq!((rule.id(), Rule::with_id(id)), (id, Some(rule)));
    }
    assert_eq!(Rule::with_id("unheard-of"), None);
}

#[test]
fn a_leaked_token_is_the_worst_finding_until_it_is_dead() {
    let leaked = |facts| Subject { exposure: Exposure::Found, ..sound_subject(facts) };
    let rules = |facts| found_of(leaked(facts)).into_iter().map(|it| it.rule).collect::<Vec<_>>();
    assert_eq!(rules(sound())[0], Rule::Leaked);
    assert_eq!(Rule::Leaked.severity(), Severity::High);
    for dead in
        [TokenFacts { revoked: true, ..sound() }, TokenFacts { expires: days_ago(1), ..sound() }]
    {
        assert!(!rules(dead).contains(&Rule::Leaked));
    }
}

#[test]
fn a_leaked_token_needs_attention_until_it_is_dead_or_decided() {
    let attention = |facts, decided| {
        let verdict = Verdict::of(&Policy::default(), &facts, NOW).exposed(Exposure::Found);
        verdict.in_view(View::Attention, decided)
    };
    assert!(attention(sound(), Rules::default()));
    assert!(!attention(sound(), Rules::of([Rule::Leaked])));
    assert!(!attention(TokenFacts { revoked: true, ..sound() }, Rules::default()));
    assert!(
        !Verdict::of(&Policy::default(), &sound(), NOW).in_view(View::Attention, Rules::default())
    );
}

#[test]
fn a_rotation_that_is_stuck_is_a_finding_until_its_token_is_dead() {
    let stuck = |facts| Subject { replacing: Replacing::Stuck, ..sound_subject(facts) };
    let rules = |facts| found_of(stuck(facts)).into_iter().map(|it| it.rule).collect::<Vec<_>>();
    assert_eq!(rules(sound()), [Rule::RotationStuck]);
    assert_eq!(rules(TokenFacts { revoked: true, ..sound() }), []);
}

#[test]
fn a_rotation_that_is_stuck_needs_attention_until_its_token_is_dead_or_decided() {
    let attention = |facts, decided| {
        let verdict = Verdict::of(&Policy::default(), &facts, NOW).replaced(Replacing::Stuck);
        verdict.in_view(View::Attention, decided)
    };
    assert!(attention(sound(), Rules::default()));
    assert!(!attention(sound(), Rules::of([Rule::RotationStuck])));
    assert!(!attention(TokenFacts { revoked: true, ..sound() }, Rules::default()));
}
