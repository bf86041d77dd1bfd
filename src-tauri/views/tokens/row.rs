//! One token in the list.

use serde::Serialize;
use specta::Type;
use token_audit::Severity;
use token_desk::{Chip, Clocks, Date, RotationRole, Row, ServerTime, text, when};

use super::KeyView;
use super::decisions::says;
use crate::views::When;

/// Stands for the project of a token that belongs to none.
const ORGANIZATION: &str = "Organization";

/// One token in the list.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowView {
    /// The token's connection and id.
    pub key: KeyView,
    /// The token's name, with hidden characters shown.
    pub name: String,
    /// The project's name, or that the token belongs to the organization.
    pub project: String,
    /// The creator; a dash if the server doesn't say.
    pub created_by: String,
    /// Whether the creator is known to have left the organization.
    pub creator_left: bool,
    /// The scopes: `Read, write`, or that none are listed.
    pub scopes: String,
    /// The state shown first.
    pub chip: Chip,
    /// When it expires, relative to now, or that it has no expiry.
    pub expires: When,
    /// When it was created.
    pub created: When,
    /// When it was last used.
    pub last_used: When,
    /// The decision about it: `Kept until 24 Feb 2027`, `Scheduled for revocation on 24 Feb 2027`.
    pub decision: Option<String>,
    /// Whether its value is known to be where it shouldn't be, and it still works.
    pub leaked: bool,
    /// The part that it has in a rotation that goes on.
    pub rotation: Option<RotationRole>,
    /// The findings without a decision, worst first. `None` if they weren't asked for or aren't known.
    pub findings: Option<Vec<FoundView>>,
    /// Whether it is selected.
    pub selected: bool,
}

/// One thing that the audit finds about a row.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundView {
    /// How bad it is.
    pub severity: Severity,
    /// What it is, in a few words.
    pub title: String,
}

/// The token's last use, as far as known. If the latest list lacks the token, the tooltip says when
/// it was last listed.
fn last_used(used: Date, last_listed: Option<ServerTime>, now: ServerTime) -> When {
    let mut cell = When::relative(used, now, "—");
    if let Some(ServerTime(listed)) = last_listed {
        let with = |used: Option<String>, listed: String| {
            let used = used.map_or_else(String::new, |used| format!("{used} · "));
            Some(format!("{used}Last listed {listed}"))
        };
        cell.title = with(cell.title, when::absolute(listed));
        cell.local = with(cell.local, when::local(listed));
        cell.muted = true;
    }
    cell
}

impl RowView {
    pub(super) fn new(row: Row, clocks: &Clocks) -> Self {
        let now = clocks.of(row.key.connection);
        Self {
            key: row.key.into(),
            name: text::visible(&row.name),
            project: project_name(row.project),
            created_by: row.created_by.as_deref().map_or_else(|| "—".to_owned(), text::visible),
            creator_left: row.creator_left,
            scopes: scopes(&row.scopes),
            chip: row.chip,
            expires: When::relative(row.expires, now, "None"),
            created: When::date(row.created, "—"),
            last_used: last_used(row.last_used, row.last_listed, now),
            decision: row
                .due
                .map(|due| format!("Scheduled for revocation on {}", when::date(due)))
                .or_else(|| row.decision.as_ref().map(says)),
            leaked: row.leaked && !matches!(row.chip, Chip::Revoked | Chip::Expired),
            rotation: row.rotation,
            findings: row.findings.map(|found| found.into_iter().map(FoundView::from).collect()),
            selected: row.selected,
        }
    }
}

impl From<(Severity, String)> for FoundView {
    fn from((severity, title): (Severity, String)) -> Self {
        Self { severity, title }
    }
}

/// The two documented scopes by what they allow, any other as the server writes it
/// (docs/entri-api.md#scopes). No scopes doesn't mean no access: the server just lists none.
fn scopes(scopes: &[String]) -> String {
    let shown = |(at, scope): (usize, &String)| match (scope.as_str(), at) {
        ("translations:read", 0) => "Read".to_owned(),
        ("translations:read", _) => "read".to_owned(),
        ("translations:write", 0) => "Write".to_owned(),
        ("translations:write", _) => "write".to_owned(),
        (other, _) => text::visible(other),
    };
    if scopes.is_empty() {
        return "None listed".to_owned();
    }
    scopes.iter().enumerate().map(shown).collect::<Vec<_>>().join(", ")
}

pub(super) fn project_name(project: Option<String>) -> String {
    project.map_or_else(|| ORGANIZATION.to_owned(), |name| text::visible(&name))
}
