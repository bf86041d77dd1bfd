//! Times in words. On screen they are in this computer's time zone, or in UTC if that is set; tooltips, files and reports use UTC. A date
//! that somebody chose, such as an expiry date, is a UTC date everywhere.

mod screen;
#[cfg(test)]
mod tests;

use chrono::{
    DateTime, Datelike, Days, Local, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc,
};

use screen::Screen;
pub(crate) use screen::show_utc;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// From here on months say more about the past than days; a coming date is counted in days longer.
const PAST_DAYS_COUNTED: i64 = 60;
const COMING_DAYS_COUNTED: i64 = 400;

/// `2 min ago`, `yesterday`, `in 90 days`: whole units, never rounded up. From one day on,
/// yesterday and tomorrow follow the local calendar.
#[must_use]
pub fn relative(time: DateTime<Utc>, now: DateTime<Utc>) -> String {
    relative_in(&Screen, time, now)
}

fn relative_in(zone: &impl TimeZone, time: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let elapsed = (now - time).num_seconds();
    let days_counted = if elapsed > 0 { PAST_DAYS_COUNTED } else { COMING_DAYS_COUNTED };
    let amount = match span(elapsed.abs(), days_counted) {
        day if day == "1 day" => counted(days_apart(zone, time, now), "day"),
        amount => amount,
    };
    match (elapsed, amount.as_str()) {
        (-59..=59, _) => "just now".to_owned(),
        (60.., "1 day") => "yesterday".to_owned(),
        (60.., _) => format!("{amount} ago"),
        (_, "1 day") => "tomorrow".to_owned(),
        _ => format!("in {amount}"),
    }
}

/// Days from one date to the other.
fn days_apart(zone: &impl TimeZone, one: DateTime<Utc>, other: DateTime<Utc>) -> i64 {
    let day = |time| on_wall(zone, time).0.date();
    // A day that sets the clock back has 25 hours.
    (day(other) - day(one)).num_days().abs().max(1)
}

/// The local time and the name of its zone: `UTC`, `UTC+1`, `UTC−3:30`. A time outside the range of local dates
/// is shown in UTC.
fn on_wall(zone: &impl TimeZone, time: DateTime<Utc>) -> (NaiveDateTime, String) {
    let offset = zone.offset_from_utc_datetime(&time.naive_utc()).fix();
    let minutes = offset.local_minus_utc() / 60;
    let local = time.naive_utc().checked_add_offset(offset).filter(|_| minutes != 0);
    let Some(local) = local else { return (time.naive_utc(), "UTC".to_owned()) };
    let sign = if minutes < 0 { '−' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    let rest = if minutes == 0 { String::new() } else { format!(":{minutes:02}") };
    (local, format!("UTC{sign}{hours}{rest}"))
}

/// `12 minutes`, `about 3 hours`, `about 90 days`: a length of time, whichever its sign.
#[must_use]
pub fn length(length: TimeDelta) -> String {
    let seconds = length.num_seconds().saturating_abs();
    match seconds / DAY {
        0 if seconds < 2 * HOUR => counted(seconds / MINUTE, "minute"),
        0..2 => format!("about {}", counted(seconds / HOUR, "hour")),
        days @ 2..730 => format!("about {}", counted(days, "day")),
        days => format!("about {}", counted(days / 365, "year")),
    }
}

fn span(seconds: i64, days_counted: i64) -> String {
    let days = seconds / DAY;
    match seconds {
        0..HOUR => format!("{} min", seconds / MINUTE),
        HOUR..DAY => counted(seconds / HOUR, "hour"),
        _ if days < days_counted => counted(days, "day"),
        // A month is a twelfth of a mean year, so that 365 days never read as "11 months".
        _ if days < 365 => counted((days * 12 / 365).max(1), "month"),
        _ => counted(days / 365, "year"),
    }
}

fn counted(count: i64, unit: &str) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

/// `24 Nov 2026`, in UTC.
#[must_use]
pub fn date(time: DateTime<Utc>) -> String {
    day(time.date_naive())
}

/// A day as texts show it: `24 Nov 2026`.
#[must_use]
pub fn day(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// `24 November 2026`, in UTC.
#[must_use]
pub fn long_date(time: DateTime<Utc>) -> String {
    time.format("%-d %B %Y").to_string()
}

/// `24 Nov 2026, 14:02 UTC`.
#[must_use]
pub fn absolute(time: DateTime<Utc>) -> String {
    time.format("%-d %b %Y, %H:%M UTC").to_string()
}

/// `24 Nov 2026, 15:02 UTC+1`: on this computer's clock.
#[must_use]
pub fn local(time: DateTime<Utc>) -> String {
    local_in(&Screen, time)
}

fn local_in(zone: &impl TimeZone, time: DateTime<Utc>) -> String {
    let (on_wall, zone) = on_wall(zone, time);
    format!("{} {zone}", on_wall.format("%-d %b %Y, %H:%M"))
}

/// `24 Nov 2026`: the day by this computer's clock.
#[must_use]
pub fn local_date(time: DateTime<Utc>) -> String {
    day(on_wall(&Screen, time).0.date())
}

/// `14:02` on the same local day, else `23 Nov, 14:02`: how old a list is.
#[must_use]
pub fn clock(time: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (local, today) = (time.with_timezone(&Screen), now.with_timezone(&Screen));
    let format = if local.date_naive() == today.date_naive() { "%H:%M" } else { "%-d %b, %H:%M" };
    local.format(format).to_string()
}

/// `14:02` on the same local day, else `23 Nov`, else `23 Nov 2025`.
#[must_use]
pub fn short(time: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (local, today) = (time.with_timezone(&Screen), now.with_timezone(&Screen));
    let format = match (local.date_naive() == today.date_naive(), local.year() == today.year()) {
        (true, _) => "%H:%M",
        (false, true) => "%-d %b",
        (false, false) => "%-d %b %Y",
    };
    local.format(format).to_string()
}

/// `03:00` on the local clock.
#[must_use]
pub fn hour(time: DateTime<Utc>) -> String {
    time.with_timezone(&Screen).format("%H:%M").to_string()
}

/// `UTC+1`: the time zone of this computer at that time.
#[must_use]
pub fn zone(time: DateTime<Utc>) -> String {
    on_wall(&Screen, time).1
}

/// `UTC+1`: the time zone of this computer at that time, whichever is shown.
#[must_use]
pub fn zone_here(time: DateTime<Utc>) -> String {
    on_wall(&Local, time).1
}

/// The day by this computer's clock.
#[must_use]
pub fn local_day(time: DateTime<Utc>) -> NaiveDate {
    on_wall(&Screen, time).0.date()
}

/// `Today`, `Yesterday`, `Friday`: what a day is called, `today` being the present one.
#[must_use]
pub fn day_name(day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        _ => day.format("%A").to_string(),
    }
}

/// `Tuesday, 24 November` beside `Today`, and `20 November 2025` beside the name of a weekday; with
/// the year only if it isn't the current one.
#[must_use]
pub fn day_beside_name(day: NaiveDate, today: NaiveDate) -> String {
    let weekday = if (0..2).contains(&(today - day).num_days()) { "%A, " } else { "" };
    let year = if day.year() == today.year() { "" } else { " %Y" };
    day.format(&format!("{weekday}%-d %B{year}")).to_string()
}

/// `14:02:11`, the time of day in UTC.
#[must_use]
pub fn utc_clock(time: DateTime<Utc>) -> String {
    time.format("%H:%M:%S").to_string()
}

/// `14:02:11` on the local clock.
#[must_use]
pub fn clock_seconds(time: DateTime<Utc>) -> String {
    time.with_timezone(&Screen).format("%H:%M:%S").to_string()
}

/// The last second of the UTC day that lies `days` days ahead, so that "until 22 February" holds
/// through the 22nd everywhere west of UTC too. `None` beyond what a date can hold.
#[must_use]
pub fn end_of_day(now: DateTime<Utc>, days: u16) -> Option<DateTime<Utc>> {
    last_second(now.date_naive().checked_add_days(Days::new(u64::from(days)))?)
}

/// The last second of a UTC day.
#[must_use]
pub fn last_second(day: NaiveDate) -> Option<DateTime<Utc>> {
    Some(day.and_hms_opt(23, 59, 59)?.and_utc())
}
