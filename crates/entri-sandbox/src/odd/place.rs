//! In which organization a session is active, and which organizations are listed.

use serde_json::{Value, json};

use crate::auth::Caller;
use crate::seed::{OTHER, OURS, Organization};
use crate::shared::{Shared, lock};

/// In which organization a session is active. To make ours active again counts, once and for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ActiveOrganization {
    /// In ours.
    #[default]
    Ours,
    /// In another one, once the organization, its projects or its members were asked for so often:
    /// somebody changed it in a browser.
    OtherAfter(u32),
}

/// Which organizations are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Organizations {
    /// How many there are before ours.
    pub others: u32,
    /// How many are listed at most, with no word of the others.
    pub cap: Option<u32>,
}

/// The organization that the caller asks about, which counts; a key has its own.
pub fn active(shared: &Shared, caller: Caller) -> &'static Organization {
    if caller.by_key {
        return &OURS;
    }
    lock(&shared.memory).asked += 1;
    current(shared)
}

/// The organization that sessions are active in.
pub fn current(shared: &Shared) -> &'static Organization {
    let memory = lock(&shared.memory);
    match shared.variant().odd.active {
        ActiveOrganization::OtherAfter(times) if memory.asked > times && !memory.back => &OTHER,
        ActiveOrganization::OtherAfter(_) | ActiveOrganization::Ours => &OURS,
    }
}

/// Makes ours the active one.
pub fn activate(shared: &Shared) {
    let mut memory = lock(&shared.memory);
    memory.back = memory.asked > 0;
}

impl Organizations {
    /// The organizations as they are listed.
    pub(crate) fn listed(self, ours: &Value) -> Vec<Value> {
        let other = |number: u32| {
            let mut other = ours.clone();
            other["id"] = json!(format!("o-{number}"));
            other["name"] = json!(format!("Organization {number}"));
            other
        };
        let all = (1..=self.others).map(other).chain([ours.clone()]);
        all.take(self.cap.unwrap_or(u32::MAX) as usize).collect()
    }
}
