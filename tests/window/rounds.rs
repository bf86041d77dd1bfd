//! Rounds of one thing. A few of them are a test; the fault rig goes through many, and counts.

/// The result of a round: nothing, or what went wrong.
pub type Outcome = Result<(), String>;

/// Goes wrong unless it holds.
pub fn expect(holds: bool, what: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(what()) }
}

/// Asserts that there were rounds, and that none went wrong.
pub fn all_went_well(outcomes: Vec<Outcome>) {
    assert!(!outcomes.is_empty(), "no round at all");
    let wrong: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
    assert_eq!(wrong, [""; 0]);
}
