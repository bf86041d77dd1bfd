//! Which organization is active in a session, and which organizations are listed.

use serde_json::{Value, json};

/// Which organization is active in a session. If a session makes ours active again, it stays so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ActiveOrganization {
    /// The organization of the sandbox, always.
    #[default]
    Ours,
    /// Another one, once the organization, its projects or its members were requested so many
    /// times: somebody switched it in a browser.
    OtherAfter(u32),
}

/// Which organizations are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Organizations {
    /// How many others come before ours.
    pub others: u32,
    /// The most that are listed, without mentioning the others.
    pub cap: Option<u32>,
}

impl Organizations {
    /// The organizations, in the order and number in which they are listed.
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
