//! When the tokens were last used, as the bars of a diagram.

use serde::Serialize;
use specta::Type;
use token_audit::LastUsed;

/// How many tokens were last used in a period.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BarView {
    /// The period, such as `31–90 d`.
    pub label: String,
    /// How many tokens were last used in this period.
    pub count: u32,
    /// Whether the period counts as used.
    pub tone: BarTone,
}

/// Whether a period counts as used.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum BarTone {
    /// Used within the last 90 days.
    Used,
    /// Last used more than 90 days ago.
    Unused,
    /// The token was never used, is too new to tell, is no longer valid, or its last use is unknown.
    Unknown,
}

pub(super) fn bars(used: &LastUsed) -> Vec<BarView> {
    use BarTone::{Unknown, Unused, Used};
    let tones = [Used, Used, Unused, Unused, Unknown, Unknown, Unknown, Unknown];
    let bar = |((label, count), tone): ((&str, u32), BarTone)| BarView {
        label: label.to_owned(),
        count,
        tone,
    };
    used.spans().into_iter().zip(tones).map(bar).collect()
}
