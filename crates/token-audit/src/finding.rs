//! The rules a token breaks, most severe first.

use crate::rules::Case;
use crate::{Policy, Rule, ServerTime, Subject, Verdict};

/// One rule that one token breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that the token breaks.
    pub rule: Rule,
    /// Why, in one sentence with the token's own figures in it.
    pub reason: String,
}

/// The rules a token breaks as of `now`, most severe first.
#[must_use]
pub fn findings(policy: &Policy, subject: &Subject, now: ServerTime) -> Vec<Finding> {
    let case = case(policy, subject, now);
    let broken = Rule::ALL.into_iter().filter(|rule| rule.is_broken(&case));
    let mut found: Vec<_> =
        broken.map(|rule| Finding { rule, reason: rule.reason(&case) }).collect();
    found.sort_by_key(|finding| finding.rule.severity());
    found
}

/// The verdict, and the same rules as [`findings`] returns, without reasons. Cheaper, for many
/// tokens at once.
#[must_use]
pub fn judge(policy: &Policy, subject: &Subject, now: ServerTime) -> (Verdict, Rules) {
    let case = case(policy, subject, now);
    (case.verdict, Rules::of(Rule::ALL.into_iter().filter(|rule| rule.is_broken(&case))))
}

fn case<'a>(policy: &'a Policy, subject: &'a Subject, now: ServerTime) -> Case<'a> {
    Case { policy, subject, verdict: Verdict::of(policy, &subject.facts, now), now }
}

/// A set of rules, such as those that one token breaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rules(u16);

impl Rules {
    /// The set of these rules; a repeated one counts once.
    #[must_use]
    pub fn of(rules: impl IntoIterator<Item = Rule>) -> Self {
        Self(rules.into_iter().fold(0, |bits, rule| bits | 1 << rule as u16))
    }

    /// Whether the rule is one of them.
    #[must_use]
    pub fn contains(self, rule: Rule) -> bool {
        self.0 & 1 << rule as u16 != 0
    }

    /// The rules that aren't among `others`.
    #[must_use]
    pub fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Whether there are no rules in the set.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The rules in the set, in the order of reports.
    pub fn iter(self) -> impl Iterator<Item = Rule> {
        Rule::ALL.into_iter().filter(move |&rule| self.contains(rule))
    }
}
