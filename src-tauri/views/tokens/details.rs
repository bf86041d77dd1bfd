//! One token, with its findings.

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use token_desk::{Clocks, Date, Details, Placement, text};

use super::list::place;
use super::{ChipName, KeyView};
use crate::views::{DecisionView, FindingView, NotesView, When};

/// One token, with its findings.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DetailsView {
    /// Identifies it.
    pub key: KeyView,
    /// Its name.
    pub name: String,
    /// Its project's name, or that it is the organization's.
    pub place: String,
    /// The main state.
    pub chip: ChipName,
    /// Its scopes.
    pub scopes: Vec<String>,
    /// When it was created.
    pub created: When,
    /// Who created it.
    pub created_by: Option<String>,
    /// When it expires.
    pub expires: When,
    /// When it was last used.
    pub last_used: When,
    /// When the server listed it last, where the latest list lacks it.
    pub last_listed: Option<When>,
    /// The part of its value that the server shows.
    pub preview: Option<String>,
    /// Where its value was delivered to.
    pub placements: Vec<PlacementView>,
    /// What the admin wrote about it.
    pub notes: NotesView,
    /// Its findings.
    pub findings: Vec<FindingView>,
    /// What was decided about it.
    pub decision: Option<DecisionView>,
}

/// Where the value of a token is.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlacementView {
    /// `file ~/.config/entri-token`.
    pub to: String,
    /// Since when.
    pub at: When,
}

impl DetailsView {
    /// The token as of the time at its server.
    pub fn new(token: Details, clocks: &Clocks) -> Self {
        let (now, here) = (clocks.of(token.key.connection), clocks.here());
        let absent =
            if token.last_used_reported { "Never used" } else { "Not reported by this server" };
        Self {
            key: token.key.into(),
            name: text::visible(&token.name),
            place: place(token.project),
            chip: token.chip.into(),
            scopes: token.scopes.iter().map(|scope| text::visible(scope)).collect(),
            created: When::date(token.created, "Not reported by this server"),
            created_by: token.created_by.as_deref().map(text::visible),
            expires: expires(token.expires, token.used_after_expiry, now),
            last_used: When::relative(token.last_used, now, absent),
            last_listed: token.last_listed.map(|at| When::relative(Some(at), now, "—")),
            preview: token.preview.as_deref().map(text::visible),
            placements: token.placements.iter().map(|it| PlacementView::new(it, here)).collect(),
            notes: token.notes.into(),
            findings: token
                .findings
                .into_iter()
                .map(|finding| FindingView::new(finding, token.decision.as_ref()))
                .collect(),
            decision: token.decision.map(DecisionView::from),
        }
    }
}

/// A token used after its expiry still works, so the panel doesn't say it has expired.
fn expires(at: Date, used_after: bool, now: DateTime<Utc>) -> When {
    let mut when = When::relative(at, now, "Never");
    if used_after {
        when.text.push_str(", and used since");
    }
    when
}

impl PlacementView {
    fn new(placement: &Placement, now: DateTime<Utc>) -> Self {
        Self {
            to: text::visible(&placement.to), at: When::relative(Some(placement.at), now, "—")
        }
    }
}
