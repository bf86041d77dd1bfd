//! The time in the header `Date`.

use axum::http::HeaderValue;
use chrono::{TimeDelta, Utc};

use crate::forms::DateHeader;
use crate::lock::lock;
use crate::shape::http;
use crate::state::Shared;

/// The header `Date` of an answer; `None` leaves it out.
pub fn date(shared: &Shared) -> Option<HeaderValue> {
    let apart = |seconds| shared.now().checked_add_signed(TimeDelta::try_seconds(seconds)?);
    let time = match shared.variant().date {
        DateHeader::Computers => Utc::now(),
        DateHeader::ComputersAhead(seconds) => {
            Utc::now().checked_add_signed(TimeDelta::try_seconds(seconds)?)?
        }
        DateHeader::Own => shared.now(),
        DateHeader::Apart(seconds) => apart(seconds)?,
        DateHeader::Jumps(seconds) => {
            let mut memory = lock(&shared.memory);
            memory.answers += 1;
            apart(if memory.answers.is_multiple_of(2) { seconds } else { -seconds })?
        }
        DateHeader::Says(text) => return HeaderValue::from_str(text).ok(),
        DateHeader::Missing => return None,
    };
    HeaderValue::try_from(http(time)).ok()
}
