//! Properties that hold for any token at any time.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use token_audit::{
    AsOf, Counts, Date, Expiry, Exposure, Finding, Lifecycle, Policy, Replacing, RevokeGrade, Rule,
    Rules, ServerTime, Standing, Subject, TokenFacts, Usage, Verdict, View, findings, revoke_grade,
};

/// Any second a date can have, with the extremes and the neighborhood of the thresholds more often
/// than by chance.
fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    let (least, most) =
        (DateTime::<Utc>::MIN_UTC.timestamp(), DateTime::<Utc>::MAX_UTC.timestamp());
    let anywhere = (least..=most).prop_map(|seconds| {
        DateTime::from_timestamp(seconds, 0).expect("between the least and the most")
    });
    let nearby = (0..800i64, -1..=1i64).prop_map(|(days, seconds)| {
        DateTime::UNIX_EPOCH + TimeDelta::days(days) + TimeDelta::seconds(seconds)
    });
    let ends = prop_oneof![Just(DateTime::<Utc>::MIN_UTC), Just(DateTime::<Utc>::MAX_UTC)];
    prop_oneof![1 => ends, 2 => anywhere, 5 => nearby]
}

fn server_time() -> impl Strategy<Value = ServerTime> {
    instant().prop_map(ServerTime)
}

fn any_date() -> impl Strategy<Value = Date> {
    prop_oneof![2 => Just(Date::None), 1 => Just(Date::Unreadable), 4 => instant().prop_map(Date::At)]
}

prop_compose! {
    fn any_token()(
        created in any_date(),
        expires in any_date(),
        last_used in any_date(),
        last_used_reported: bool,
        revoked: bool,
        own: bool,
        read in server_time(),
        frozen in prop_oneof![4 => Just(false), 1 => Just(true)],
    ) -> TokenFacts {
        let as_of = AsOf { read, frozen };
        TokenFacts { created, expires, last_used, last_used_reported, revoked, own, as_of }
    }
}

prop_compose! {
    fn any_policy()(days in any::<[u16; 7]>()) -> Policy {
        let [recent, stale, grace, soon, rotation, long, most] = days;
        Policy {
            recent_days: recent,
            stale_days: stale,
            never_used_grace_days: grace,
            expiring_soon_days: soon,
            rotation_age_days: rotation,
            long_lived_days: long,
            max_lifetime_days: most,
        }
    }
}

fn alone(facts: TokenFacts) -> Subject {
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

fn about_use(facts: &TokenFacts, now: ServerTime) -> usize {
    let of_use = |finding: &&Finding| matches!(finding.rule, Rule::Stale | Rule::NeverUsed);
    findings(&Policy::default(), &alone(*facts), now).iter().filter(of_use).count()
}

proptest! {
    #[test]
    fn any_token_is_judged(policy in any_policy(), facts in any_token(), now in server_time()) {
        let verdict = Verdict::of(&policy, &facts, now);
        prop_assert_eq!(verdict.lifecycle == Lifecycle::Revoked, facts.revoked);
        prop_assert_eq!(verdict.expiry == Expiry::None, facts.expires == Date::None);
        let over = facts.expires.at().is_some_and(|expires| expires.timestamp() <= now.0.timestamp());
        prop_assert_eq!(matches!(verdict.expiry, Expiry::Past { .. }), over);
        let used = matches!(verdict.usage, Usage::Recent | Usage::Idle | Usage::Stale);
        let known = verdict.usage != Usage::Frozen;
        prop_assert_eq!(used, facts.last_used.at().is_some() && !facts.own && known);
        prop_assert!(known || facts.as_of.frozen);
        prop_assert_eq!(verdict.usage == Usage::ThisApp, facts.own);
    }

    #[test]
    fn findings_and_grades_are_total(
        policy in any_policy(), facts in any_token(), name: String, now in server_time(),
    ) {
        let subject = Subject { scopes_listed: false, ..alone(facts) };
        let found = findings(&policy, &subject, now);
        prop_assert!(found.is_sorted_by_key(|finding| finding.rule.severity()));
        let verdict = Verdict::of(&policy, &facts, now);
        prop_assert_eq!(verdict.lifecycle == Lifecycle::Revoked, found.is_empty());
        let grade = revoke_grade(&facts, &name, now);
        prop_assert!(!facts.own || grade == RevokeGrade::TypeName);
        let _ = token_audit::create::warnings(&policy, facts.expires.at(), now);
    }

    #[test]
    fn nothing_follows_from_a_date_that_cannot_be_read(
        policy in any_policy(), facts in any_token(), now in server_time(),
    ) {
        let found = |facts| findings(&policy, &alone(facts), now);
        let broken = |facts| found(facts).into_iter().map(|finding| finding.rule);
        let expires = TokenFacts { expires: Date::Unreadable, ..facts };
        prop_assert!(Verdict::of(&policy, &expires, now).lifecycle != Lifecycle::Expired);
        let of_the_end = [Rule::ExpiringSoon, Rule::NoExpiry, Rule::ExpiredListed];
        prop_assert!(broken(expires).all(|rule| !of_the_end.contains(&rule)));
        let used = TokenFacts { last_used: Date::Unreadable, ..facts };
        prop_assert!(broken(used).all(|rule| !matches!(rule, Rule::Stale | Rule::NeverUsed)));
        let created = TokenFacts { created: Date::Unreadable, ..facts };
        let of_the_age = [Rule::LongLived, Rule::RotationAge, Rule::NeverUsed];
        prop_assert!(broken(created).all(|rule| !of_the_age.contains(&rule)));
    }

    #[test]
    fn nothing_is_called_unused_once_uses_are_not_recorded(
        policy in any_policy(), facts in any_token(), now in server_time(),
    ) {
        let frozen = TokenFacts { as_of: AsOf { frozen: true, ..facts.as_of }, ..facts };
        let verdict = Verdict::of(&policy, &frozen, now);
        let unused = [Usage::Stale, Usage::Idle, Usage::New, Usage::NoUseRecorded];
        prop_assert!(!unused.contains(&verdict.usage) || policy.stale_days < policy.recent_days);
        prop_assert_eq!(about_use(&frozen, now), 0);
        let recorded = TokenFacts { as_of: AsOf { frozen: false, ..facts.as_of }, ..facts };
        let moves = Verdict::of(&policy, &recorded, now);
        if moves.usage == Usage::Recent {
            prop_assert_eq!(verdict, moves);
        }
        prop_assert!(revoke_grade(&frozen, "ci", now) >= revoke_grade(&recorded, "ci", now));
    }

    #[test]
    fn what_is_not_known_is_revoked_with_care(facts in any_token(), now in server_time()) {
        let grade = revoke_grade(&facts, "ci", now);
        if facts.unreadable() && !facts.revoked {
            prop_assert_eq!(grade, RevokeGrade::TypeName);
        }
        if facts.used_after_expiry() && !facts.revoked {
            prop_assert!(grade > RevokeGrade::OneClick);
            let verdict = Verdict::of(&Policy::default(), &facts, now);
            prop_assert_eq!(verdict.lifecycle, Lifecycle::Active);
        }
    }

    #[test]
    fn nobody_knows_what_was_used_since_the_list_was_read(facts in any_token(), later in server_time()) {
        let usage = |facts: TokenFacts, now| Verdict::of(&Policy::default(), &facts, now).usage;
        let read = ServerTime(DateTime::<Utc>::MAX_UTC);
        let read_now = TokenFacts { as_of: AsOf { read, ..facts.as_of }, ..facts };
        prop_assert_eq!(usage(facts, later), usage(read_now, facts.as_of.read.min(later)));
        prop_assert_eq!(about_use(&facts, later) > 0 , {
            let works = Verdict::of(&Policy::default(), &facts, later).lifecycle == Lifecycle::Active;
            works && matches!(usage(facts, facts.as_of.read.min(later)), Usage::Stale | Usage::NoUseRecorded)
        });
    }

    #[test]
    fn a_card_counts_what_its_view_shows(
        tokens in proptest::collection::vec(any_token(), 0..40), now in server_time(),
    ) {
        let judged = |facts| Verdict::of(&Policy::default(), facts, now);
        let verdicts: Vec<_> = tokens.iter().map(judged).collect();
        let mut counts = Counts::default();
        for &verdict in &verdicts {
            counts.add(verdict, Rules::default());
        }
        for view in View::ALL {
            let shown = verdicts.iter().filter(|verdict| verdict.in_view(view, Rules::default())).count();
            prop_assert_eq!(counts.of(view) as usize, shown);
        }
    }

    #[test]
    fn what_does_not_work_needs_no_attention(facts in any_token(), now in server_time()) {
        let verdict = Verdict::of(&Policy::default(), &facts, now);
        prop_assume!(verdict.lifecycle != Lifecycle::Active);
        let shown: Vec<_> = View::ALL.into_iter().filter(|&view| verdict.in_view(view, Rules::default())).collect();
        let expected: &[View] = match verdict.lifecycle {
            Lifecycle::Expired => &[View::All, View::Expired],
            _ => &[View::All],
        };
        prop_assert_eq!(shown, expected);
    }

    #[test]
    fn the_apps_own_token_needs_attention_only_for_its_end(facts in any_token(), now in server_time()) {
        let own = TokenFacts { own: true, ..facts };
        let verdict = Verdict::of(&Policy::default(), &own, now);
        prop_assert!(!verdict.in_view(View::Stale, Rules::default()) && !verdict.in_view(View::NoUse, Rules::default()));
        let soon = verdict.in_view(View::ExpiringSoon, Rules::default());
        prop_assert_eq!(verdict.in_view(View::Attention, Rules::default()), soon);
        prop_assert_eq!(about_use(&own, now), 0);
    }

    #[test]
    fn a_later_use_never_adds_a_finding_about_use(
        facts in any_token(), one in instant(), other in instant(), now in server_time(),
    ) {
        let used = |at| TokenFacts { last_used: Date::At(at), last_used_reported: true, ..facts };
        let (earlier, later) = (one.min(other), one.max(other));
        // A use that contradicts the expiry turns an expired token into one that may be stale.
        prop_assume!(!used(later).used_after_expiry());
        prop_assert!(about_use(&used(later), now) <= about_use(&used(earlier), now));
        prop_assert!(about_use(&used(now.0), now) <= about_use(&facts, now));
    }
}
