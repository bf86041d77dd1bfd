//! Cards, columns and states, as the page names them.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_audit::View;
use token_desk::{Chip, Sort};

/// In the place of a rule.
pub(crate) const NEW: &str = "new";

/// A summary card.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_audit::View`")]
pub enum ViewName {
    All,
    Attention,
    Stale,
    NoUse,
    ExpiringSoon,
    NoExpiry,
    Expired,
}

/// A column.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::Sort`")]
pub enum SortName {
    Name,
    Place,
    CreatedBy,
    Use,
    Expires,
    Created,
    LastUsed,
}

/// The state a row shows first.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::Chip`")]
pub enum ChipName {
    Recent,
    Idle,
    Stale,
    New,
    NoUse,
    Unreadable,
    NotReported,
    Expired,
    Revoked,
    ThisApp,
}

impl From<ViewName> for View {
    fn from(view: ViewName) -> Self {
        match view {
            ViewName::All => Self::All,
            ViewName::Attention => Self::Attention,
            ViewName::Stale => Self::Stale,
            ViewName::NoUse => Self::NoUse,
            ViewName::ExpiringSoon => Self::ExpiringSoon,
            ViewName::NoExpiry => Self::NoExpiry,
            ViewName::Expired => Self::Expired,
        }
    }
}

impl From<View> for ViewName {
    fn from(view: View) -> Self {
        match view {
            View::All => Self::All,
            View::Attention => Self::Attention,
            View::Stale => Self::Stale,
            View::NoUse => Self::NoUse,
            View::ExpiringSoon => Self::ExpiringSoon,
            View::NoExpiry => Self::NoExpiry,
            View::Expired => Self::Expired,
        }
    }
}

impl From<SortName> for Sort {
    fn from(sort: SortName) -> Self {
        match sort {
            SortName::Name => Self::Name,
            SortName::Place => Self::Place,
            SortName::CreatedBy => Self::CreatedBy,
            SortName::Use => Self::Use,
            SortName::Expires => Self::Expires,
            SortName::Created => Self::Created,
            SortName::LastUsed => Self::LastUsed,
        }
    }
}

impl From<Sort> for SortName {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Name => Self::Name,
            Sort::Place => Self::Place,
            Sort::CreatedBy => Self::CreatedBy,
            Sort::Use => Self::Use,
            Sort::Expires => Self::Expires,
            Sort::Created => Self::Created,
            Sort::LastUsed => Self::LastUsed,
        }
    }
}

impl From<Chip> for ChipName {
    fn from(chip: Chip) -> Self {
        match chip {
            Chip::Recent => Self::Recent,
            Chip::Idle => Self::Idle,
            Chip::Stale => Self::Stale,
            Chip::New => Self::New,
            Chip::NoUse => Self::NoUse,
            Chip::Unreadable => Self::Unreadable,
            Chip::NotReported => Self::NotReported,
            Chip::Expired => Self::Expired,
            Chip::Revoked => Self::Revoked,
            Chip::ThisApp => Self::ThisApp,
        }
    }
}
