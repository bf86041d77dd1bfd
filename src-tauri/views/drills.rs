//! Drills, as the page shows them.

use entri_sandbox::Drill;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::sandbox::Drilled;

/// What somebody practices in a drill.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DrillKind {
    /// A value turned up somewhere, and somebody uses it.
    Leak,
    /// A token is replaced while it is in use.
    Rotation,
}

/// How far a drill is.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DrillView {
    /// What somebody practices in it.
    pub kind: DrillKind,
    /// How many seconds it has taken, or took.
    pub seconds: u32,
    /// After how many seconds each step was seen; `None` if it wasn't yet.
    pub steps: Vec<Option<u32>>,
    /// Whether nothing more can be done.
    pub over: bool,
}

impl From<DrillKind> for Drill {
    fn from(kind: DrillKind) -> Self {
        match kind {
            DrillKind::Leak => Self::Leak,
            DrillKind::Rotation => Self::Rotation,
        }
    }
}

impl From<Drilled> for DrillView {
    fn from(Drilled { drill, seconds, steps, over }: Drilled) -> Self {
        let whole = |seconds: i64| u32::try_from(seconds).unwrap_or_default();
        Self {
            kind: match drill {
                Drill::Leak => DrillKind::Leak,
                Drill::Rotation => DrillKind::Rotation,
            },
            seconds: whole(seconds),
            steps: steps.into_iter().map(|at| at.map(whole)).collect(),
            over,
        }
    }
}
