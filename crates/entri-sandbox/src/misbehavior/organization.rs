//! The organization that a session is active in, which may change meanwhile.

use crate::accounts::Caller;
use crate::lock::lock;
use crate::model::{OTHER, OURS, Organization};
use crate::oddities::ActiveOrganization;
use crate::state::Shared;

/// The organization that a caller's request is about. With a session, the request is counted; a
/// token always has its own.
pub fn active(shared: &Shared, caller: Caller) -> &'static Organization {
    if caller.by_key {
        return &OURS;
    }
    lock(&shared.memory).asked += 1;
    current(shared)
}

/// The organization that is active in sessions now.
pub fn current(shared: &Shared) -> &'static Organization {
    let memory = lock(&shared.memory);
    match shared.variant().odd.active {
        ActiveOrganization::OtherAfter(times) if memory.asked > times && !memory.back => &OTHER,
        ActiveOrganization::OtherAfter(_) | ActiveOrganization::Ours => &OURS,
    }
}

/// Makes the sandbox's organization the active one.
pub fn activate(shared: &Shared) {
    let mut memory = lock(&shared.memory);
    memory.back = memory.asked > 0;
}
