//! What a revoke means for the rotation that its token is a part of.

use chrono::{DateTime, Utc};

use crate::desk::Desk;
use crate::error::Error;
use crate::model::rotation::RotationRole;
use crate::model::token::TokenKey;
use crate::system::threads::blocking;

/// The part that a token has in a rotation that goes on, and how far that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationPart {
    /// Whether it is the old one or the new one.
    pub role: RotationRole,
    /// The name of the other token of the pair.
    pub other: String,
    /// When somebody other than the app was first seen to use the new one, by this computer's clock.
    pub new_used: Option<DateTime<Utc>>,
    /// Whether the old one may be revoked, as far as the rotation goes.
    pub ready: bool,
    /// How many places have the new value.
    pub delivered: usize,
}

impl Desk {
    /// The part of a token in a rotation that goes on; `None` if it has none.
    pub async fn part_in_rotation(
        &self,
        key: &TokenKey,
        now: DateTime<Utc>,
    ) -> Result<Option<RotationPart>, Error> {
        let (Some(record), Some((role, _))) = (self.rotation_of(key), self.role_of(key)) else {
            return Ok(None);
        };
        let desk = self.clone();
        blocking(move || {
            let progress = desk.progress_of(&record, now)?;
            let ahead = desk.clocks(now).of(record.id.connection).0 - now;
            Ok(Some(RotationPart {
                role,
                new_used: progress.new_used.and_then(|at| at.checked_sub_signed(ahead)),
                ready: progress.may_revoke().is_ok(),
                delivered: progress.delivered,
                other: match role {
                    RotationRole::Old => record.new_name,
                    RotationRole::New => record.name,
                },
            }))
        })
        .await?
    }
}
