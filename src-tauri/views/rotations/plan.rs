//! What is planned of a rotation, and chosen for it.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{Clocks, RoleDiffers, RotationPlan, RotationQueue, text};

use super::PlaceView;
use crate::views::{CreateRequest, DetailsView, ExpiryRequest, KeyView, count};

/// What the dialog of a rotation begins with.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RotationPlanView {
    /// The token to replace.
    pub token: DetailsView,
    /// The form of the new token.
    pub form: CreateRequest,
    /// What stays the same, and why it expires when it does.
    pub about: String,
    /// Where the old token lives.
    pub places: Vec<PlaceView>,
    /// Whether the app signs in with the old token.
    pub own: bool,
    /// How the role of the new token may differ from that of the old one; `None` if it doesn't.
    pub role: Option<String>,
    /// Twice the longest time, in hours, that it usually goes without a use: the old token has to be quiet for at least
    /// that long. 0 if that isn't known.
    pub least_hours: u32,
}

/// What is left of the selected tokens to be rotated.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RotationQueueView {
    /// The token to go on with; `None` if none of them can be rotated.
    pub next: Option<KeyView>,
    /// How many can be rotated, the next one included.
    pub left: u32,
    /// Why the first of the others can't be.
    pub cannot: Option<String>,
}

/// What was chosen for a rotation.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RotateRequest {
    /// The token to replace.
    pub key: KeyView,
    /// The name of the new token, as typed.
    pub name: String,
    /// When the new token should expire.
    pub expiry: ExpiryRequest,
    /// The ids of planned places that the new value doesn't go to.
    pub left_out: Vec<String>,
    /// More places, in the admin's words.
    pub by_hand: Vec<String>,
    /// For how many hours the old token must be quiet before it may be revoked.
    pub quiet_hours: u16,
    /// How many hours the longest job takes that uses the token.
    pub longest_job_hours: u16,
}

impl RotationPlanView {
    /// Shows the token's times relative to its server's clock.
    pub fn new(plan: RotationPlan, usual_gap: Option<TimeDelta>, clocks: &Clocks) -> Self {
        Self {
            about: about(&plan),
            least_hours: usual_gap.map_or(0, twice_in_hours),
            own: plan.own,
            role: plan.role.map(role),
            places: plan.places.iter().map(PlaceView::planned).collect(),
            form: plan.form.into(),
            token: DetailsView::new(plan.token, clocks),
        }
    }
}

fn about(RotationPlan { lifetime, capped, .. }: &RotationPlan) -> String {
    let had = match (lifetime, capped) {
        (Some(1), None) => " The old one was valid for 1 day.".to_owned(),
        (Some(days), None) => format!(" The old one was valid for {days} days."),
        (Some(days), Some(most)) => {
            format!(" The old one was valid for {days} days; your policy’s maximum is {most}.")
        }
        (None, _) => String::new(),
    };
    format!("Same project, scopes, places and note.{had}")
}

fn role(RoleDiffers { mine, creator, theirs }: RoleDiffers) -> String {
    let [mine, theirs] = [mine, theirs].map(|role| role.as_deref().map(text::visible));
    let mine = mine.map_or_else(String::new, |role| format!(", {role}"));
    let theirs = theirs.map_or_else(String::new, |role| format!(" as {role}"));
    let creator = text::visible(&creator);
    format!(
        "The new token acts with your role{mine}. {creator} created the old one{theirs}, so the new one’s access may differ."
    )
}

fn twice_in_hours(gap: TimeDelta) -> u32 {
    let seconds = gap.num_seconds().saturating_mul(2);
    u32::try_from(seconds.saturating_add(3_599) / 3_600).unwrap_or(u32::MAX)
}

impl From<RotateRequest> for token_desk::RotateRequest {
    fn from(request: RotateRequest) -> Self {
        Self {
            key: request.key.into(),
            name: request.name,
            expiry: request.expiry.into(),
            left_out: request.left_out,
            by_hand: request.by_hand,
            quiet: TimeDelta::hours(i64::from(request.quiet_hours)),
            longest_job: TimeDelta::hours(i64::from(request.longest_job_hours)),
        }
    }
}

impl From<RotationQueue> for RotationQueueView {
    fn from(RotationQueue { next, left, cannot }: RotationQueue) -> Self {
        Self { next: next.map(KeyView::from), left: count(left), cannot }
    }
}
