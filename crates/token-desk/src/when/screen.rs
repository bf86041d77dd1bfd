//! The time zone of times on screen.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{
    FixedOffset, Local, MappedLocalTime, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc,
};

/// Of the process, as the time zone of the computer is.
static IN_UTC: AtomicBool = AtomicBool::new(false);

/// Sets the zone of all times on screen: UTC, or this computer's own.
pub(crate) fn show_utc(utc: bool) {
    IN_UTC.store(utc, Ordering::Relaxed);
}

/// The zone that times on screen are in now.
#[derive(Clone)]
pub(super) struct Screen;

impl TimeZone for Screen {
    type Offset = FixedOffset;

    fn from_offset(_: &FixedOffset) -> Self {
        Self
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<FixedOffset> {
        self.offset_from_local_datetime(&local.and_time(chrono::NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<FixedOffset> {
        if IN_UTC.load(Ordering::Relaxed) {
            MappedLocalTime::Single(Utc.fix())
        } else {
            Local.offset_from_local_datetime(local)
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> FixedOffset {
        self.offset_from_utc_datetime(&utc.and_time(chrono::NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> FixedOffset {
        if IN_UTC.load(Ordering::Relaxed) { Utc.fix() } else { Local.offset_from_utc_datetime(utc) }
    }
}
