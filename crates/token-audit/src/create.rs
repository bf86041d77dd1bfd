//! Warnings about a token before it is created.

use chrono::{DateTime, Utc};

use crate::verdict::days_until;
use crate::{Policy, ServerTime};

/// The lifetimes a new token is offered, in days.
pub const EXPIRY_PRESETS_DAYS: [u16; 5] = [7, 30, 60, 90, 365];

/// The lifetime a new token has unless another is chosen, in days.
pub const DEFAULT_EXPIRY_DAYS: u16 = 90;

/// The policy's objections to a new token that expires at `expires` (`None`: never), one sentence each.
/// None of them prevents creating it.
#[must_use]
pub fn warnings(policy: &Policy, expires: Option<DateTime<Utc>>, now: ServerTime) -> Vec<String> {
    let most = policy.max_lifetime_days;
    match expires {
        None => vec![format!("No expiry. Your policy’s maximum is {most} days.")],
        Some(expires) if days_until(expires, now) > u32::from(most) => {
            vec![format!(
                "Lifetime is {} days. Your policy’s maximum is {most}.",
                days_until(expires, now)
            )]
        }
        Some(_) => Vec::new(),
    }
}
