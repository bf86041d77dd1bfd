//! A length of time, and which side of it is meant.

const UNITS: [(char, i64); 4] = [('d', 1), ('w', 7), ('m', 30), ('y', 365)];
const DAY: i64 = 86_400;

/// A length of time with a comparison, such as `>90d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub(super) relation: Relation,
    seconds: i64,
}

/// The comparison that precedes the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    More,
    AtLeast,
    Less,
    AtMost,
    /// No sign, just the number.
    Bare,
}

impl Span {
    /// Reads a span such as `>90d` or `2w`; `None` if it isn't one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let relations = [
            (">=", Relation::AtLeast),
            ("<=", Relation::AtMost),
            (">", Relation::More),
            ("<", Relation::Less),
            ("", Relation::Bare),
        ];
        let parts = relations.iter().find_map(|(sign, it)| Some((*it, text.strip_prefix(sign)?)));
        let (relation, length) = parts?;
        let (unit, days) = UNITS.into_iter().find(|(unit, _)| length.ends_with(*unit))?;
        let number = length.strip_suffix(unit)?;
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number: u32 = number.parse().ok()?;
        Some(Self { relation, seconds: i64::from(number) * days * DAY })
    }

    /// Whether this many seconds match. Without a sign, that is as many or more.
    #[must_use]
    pub fn holds(self, seconds: i64) -> bool {
        match self.relation {
            Relation::More => seconds > self.seconds,
            Relation::AtLeast | Relation::Bare => seconds >= self.seconds,
            Relation::Less => seconds < self.seconds,
            Relation::AtMost => seconds <= self.seconds,
        }
    }

    /// Whether longer times match, too, so that something that lasts at least this long counts.
    #[must_use]
    pub fn is_at_least(self) -> bool {
        !matches!(self.relation, Relation::Less | Relation::AtMost)
    }
}
