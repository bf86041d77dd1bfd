//! Whose value was found: what the list shows of each token, and which token a test of the value moved.
//!
//! Nothing is guessed. A name is *certain* or *likely* only if every other token of the list is ruled out.

use chrono::{DateTime, TimeDelta, Utc};

use crate::Date;

/// The longest step at which a name is certain. A test with the loads around it takes about as long.
const FINE: TimeDelta = TimeDelta::seconds(30);

/// Whose a value is. Tokens are given by their positions among those compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Naming {
    /// It is this token's.
    Certain(usize),
    /// No other listed token fits.
    Likely(usize),
    /// It is one of these, or of none that is listed.
    OneOf(Vec<usize>),
    /// Nothing points at any token.
    Nobody,
}

/// How what the server shows of a token's value fits the value that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It fits, and hardly any other value would.
    Strong,
    /// It fits, and so may other values that begin alike.
    Weak,
    /// It is that of another value.
    Differs,
    /// The server shows too little.
    Open,
}

/// When a token was last used, before and after the value was tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uses {
    /// By the list that was loaded just before.
    pub before: Date,
    /// By the list that was loaded afterwards.
    pub after: Date,
    /// Whether it is the token that the app signs in with.
    pub own: bool,
}

/// A test of the value: one request with it that the server accepted. All times are the server's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Test {
    /// No earlier than this, the server had the request.
    pub asked: DateTime<Utc>,
    /// No later than this, the server had answered it.
    pub answered: DateTime<Utc>,
    /// For how long after a recorded use further ones may go unrecorded, at most; `None` if that isn't known.
    pub step: Option<TimeDelta>,
    /// How long after a use its row shows it, at most; `None` if that isn't known.
    pub lag: Option<TimeDelta>,
    /// When the list was loaded afterwards.
    pub listed: DateTime<Utc>,
    /// Whether that list has all tokens.
    pub complete: bool,
}

/// Whose value it is by what a list shows of each token's value. `complete` says whether the list has all tokens.
#[must_use]
pub fn by_preview(fits: &[Fit], complete: bool) -> Naming {
    let with = |wanted: &[Fit]| positions(fits, |fit| wanted.contains(fit));
    let fitting = with(&[Fit::Strong, Fit::Weak]);
    match &fitting[..] {
        [] => Naming::Nobody,
        [one] if complete && fits[*one] == Fit::Strong && !fits.contains(&Fit::Open) => {
            Naming::Likely(*one)
        }
        _ => Naming::OneOf(fitting),
    }
}

/// Whose value it is by the last uses after a test of it.
#[must_use]
pub fn by_use(uses: &[Uses], test: &Test) -> Naming {
    let own = own_pace(uses, test);
    let step = test.step.or(own);
    let seen = test.lag.is_some_and(|lag| test.listed - test.answered >= lag) || own.is_some();
    let (Some(step), true) = (step, seen) else { return by_moves(uses, test) };
    // Rounded down, or not recorded because another use was just before it, the use shows at most a step earlier.
    let since = test.asked - step;
    let may_be = positions(uses, |it| match it.after {
        Date::At(after) => after >= since && !it.own,
        Date::None => false,
        Date::Unreadable => true,
    });
    let calibrated = test.step.is_some() && test.lag.is_some();
    match &may_be[..] {
        [] => Naming::Nobody,
        [one] if !test.complete || uses[*one].after == Date::Unreadable => Naming::OneOf(may_be),
        [one] if calibrated && step <= FINE => Naming::Certain(*one),
        [one] => Naming::Likely(*one),
        _ => Naming::OneOf(may_be),
    }
}

/// The step, if the row of the app's own token shows both its uses before and after the test: then the server records
/// uses that far apart, and shows them at once.
fn own_pace(uses: &[Uses], test: &Test) -> Option<TimeDelta> {
    let mut own = uses.iter().filter(|it| it.own);
    let (Uses { before, after, .. }, None) = (own.next()?, own.next()) else { return None };
    let (before, after) = (before.at()?, after.at()?);
    (before < test.asked && after >= test.answered).then(|| after - before)
}

/// As long as other rows may still move, all that can be told is which ones moved to the time of the test.
fn by_moves(uses: &[Uses], test: &Test) -> Naming {
    let since = test.asked - test.step.unwrap_or_default();
    let moved = positions(uses, |it| {
        it.before != it.after && !it.own && it.after.at().is_some_and(|after| after >= since)
    });
    if moved.is_empty() { Naming::Nobody } else { Naming::OneOf(moved) }
}

fn positions<T>(all: &[T], which: impl Fn(&T) -> bool) -> Vec<usize> {
    all.iter().enumerate().filter(|(_, it)| which(it)).map(|(at, _)| at).collect()
}
