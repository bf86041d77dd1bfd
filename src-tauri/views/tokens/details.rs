//! One token, with its findings.

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use token_desk::{Chip, Clocks, Date, Delivery, Details, RotationRole, ServerTime, text};

use super::KeyView;
use super::row::project_name;
use crate::views::{DecisionView, FindingView, NotesView, When};

/// One token, with its findings.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DetailsView {
    /// The token's connection and id.
    pub key: KeyView,
    /// The token's name, with hidden characters shown.
    pub name: String,
    /// The project's name, or that the token belongs to the organization.
    pub project: String,
    /// The state shown first.
    pub chip: Chip,
    /// The scopes the server lists, as the server writes them.
    pub scopes: Vec<String>,
    /// When it was created.
    pub created: When,
    /// The creator's name, or else the email address or id; `None` if the server doesn't say.
    pub created_by: Option<String>,
    /// When it expires, relative to now, or that it never does.
    pub expires: When,
    /// When it was last used.
    pub last_used: When,
    /// `± 1 min`: how far off its last use may be, if that is known.
    pub off_by: Option<String>,
    /// When the server last listed it; `None` if the latest list has it.
    pub last_listed: Option<When>,
    /// The part of its value that the server shows.
    pub preview: Option<String>,
    /// Where its value was delivered to.
    pub deliveries: Vec<DeliveryView>,
    /// What the admin wrote about it on this computer.
    pub notes: NotesView,
    /// The rules that the token breaks.
    pub findings: Vec<FindingView>,
    /// The decision about it that holds now.
    pub decision: Option<DecisionView>,
    /// The rotation that it is a part of.
    pub rotation: Option<PairView>,
}

/// The part that a token has in a rotation that goes on.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PairView {
    /// Whether it is the old one or the new one.
    pub role: RotationRole,
    /// The other token of the pair.
    pub other: KeyView,
    /// What the rotation waits for, if it is stuck.
    pub stuck: Option<String>,
}

/// A place that a token's value was delivered to.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryView {
    /// The place, such as `file ~/.config/entri-token`.
    pub to: String,
    /// When it was delivered there.
    pub at: When,
}

impl DetailsView {
    /// Shows the token's times relative to its server's clock.
    pub fn new(token: Details, clocks: &Clocks) -> Self {
        let (now, here) = (clocks.of(token.key.connection), clocks.here());
        let absent =
            if token.last_used_reported { "Never used" } else { "Not reported by this server" };
        Self {
            key: token.key.into(),
            name: text::visible(&token.name),
            project: project_name(token.project),
            chip: token.chip,
            scopes: token.scopes.iter().map(|scope| text::visible(scope)).collect(),
            created: When::date(token.created, "Not reported by this server"),
            created_by: token.created_by.as_deref().map(text::visible),
            expires: expires(token.expires, token.used_after_expiry, now),
            last_used: When::relative(token.last_used, now, absent),
            off_by: token.off_by,
            last_listed: token.last_listed.map(|at| When::relative(Some(at.0), now, "—")),
            preview: token.preview.as_deref().map(text::visible),
            deliveries: token.deliveries.iter().map(|it| DeliveryView::new(it, here)).collect(),
            notes: token.notes.into(),
            findings: token
                .findings
                .into_iter()
                .map(|finding| FindingView::new(finding, token.decision.as_ref()))
                .collect(),
            decision: token.decision.map(DecisionView::from),
            rotation: token.rotation.map(|(role, other)| PairView {
                role,
                other: other.into(),
                stuck: token.stuck.as_deref().map(text::visible),
            }),
        }
    }
}

/// A token used after its expiry still works, so the panel doesn't say it has expired.
fn expires(at: Date, used_after: bool, now: ServerTime) -> When {
    let mut when = When::relative(at, now, "Never");
    if used_after {
        when.text.push_str(", and used since");
    }
    when
}

impl DeliveryView {
    fn new(delivery: &Delivery, here: DateTime<Utc>) -> Self {
        Self { to: text::visible(&delivery.to), at: When::ago(delivery.at, here) }
    }
}
