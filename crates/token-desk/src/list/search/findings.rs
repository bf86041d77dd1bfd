//! What the audit says about the list that is searched, and about a token in it.

use token_audit::{Rule, Severity, Summary};

use super::Search;
use crate::list::audited::{Audited, Namesakes};
use crate::list::creators::Creators;
use crate::list::inventory::Index;

impl Search {
    /// The audit of the whole list, in figures.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        &self.audited().summary
    }

    /// The number of tokens that break a rule covered by a decision.
    #[must_use]
    pub fn decided(&self) -> u32 {
        self.audited().decided
    }

    fn audited(&self) -> &Audited {
        let namesakes = self.namesakes.get_or_init(|| Namesakes::of(&self.list));
        let creators = self.creators();
        let audit = || {
            let (policies, decided) = (&self.policies, &self.decided);
            Audited::new(&self.list, policies, decided, namesakes, creators, &self.clocks)
        };
        self.audited.get_or_init(audit)
    }

    /// The state of the tokens' creators.
    #[must_use]
    pub fn creators(&self) -> &Creators {
        self.creators.get_or_init(|| Creators::of(&self.list))
    }

    /// Whether the token breaks the rule and no decision covers that.
    #[must_use]
    pub fn breaks(&self, index: Index, rule: Rule) -> bool {
        self.audited().breaks(index, rule)
    }

    /// The token’s findings without a decision, worst first, each with the limits of its policy.
    /// `None` if nothing was found, though not everything could be checked.
    #[must_use]
    pub fn findings(&self, index: Index) -> Option<Vec<(Severity, String)>> {
        let connection = self.list.connection(index);
        let policy = self.policies.of(connection);
        let titled = |rule: Rule| (rule.severity(), rule.title(Some(&policy)));
        let findings: Vec<_> = self.audited().open(index).into_iter().map(titled).collect();
        let unchecked = self.creators().unchecked().iter().any(|(id, _)| *id == connection);
        (!findings.is_empty() || !unchecked).then_some(findings)
    }
}
