//! A point in time, written out.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

use super::{from_float, from_integer, known};
use crate::model::date::Date;

/// The two older forms of HTTP dates (RFC 9110 §5.6.7); the usual one is the form used in email.
const OF_HTTP: [&str; 2] = ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];

pub(super) fn date(text: &str) -> Date {
    if text.is_empty() || text.starts_with("0000-00-00") {
        return Date::None;
    }
    number(text).or_else(|| iso(text)).or_else(|| of_http(text)).unwrap_or(Date::Unreadable)
}

/// Digits only: other spellings of a float, such as `inf`, aren't dates.
fn number(text: &str) -> Option<Date> {
    let digits = |character: char| character.is_ascii_digit() || "+-.".contains(character);
    if !text.chars().all(digits) {
        return None;
    }
    match text.parse() {
        Ok(whole) => Some(from_integer(whole)),
        Err(_) => text.parse().ok().map(from_float),
    }
}

/// ISO 8601: a day, and after `T` or a blank its time, with or without seconds and offset.
fn iso(text: &str) -> Option<Date> {
    // A year of more than four digits has a sign, and no token is that old or that young.
    let (year, rest) = match text.strip_prefix(['+', '-']) {
        Some(expanded) if expanded.find('-')? > 4 => return far(expanded),
        Some(_) => return None,
        None => text.split_once('-')?,
    };
    let (month, rest) = rest.split_once('-')?;
    let day = rest.get(..2)?;
    let day = NaiveDate::from_ymd_opt(
        i32::try_from(digits(year, 4)?).ok()?,
        digits(month, 2)?,
        digits(day, 2)?,
    )?;
    let rest = &rest[2..];
    if rest.is_empty() {
        return Some(known(day.and_time(NaiveTime::MIN).and_utc()));
    }
    let rest = rest.strip_prefix(['T', 't']).or_else(|| rest.strip_prefix(' '))?.trim_start();
    let (time, offset) = rest.split_at(rest.find(['Z', 'z', '+', '-', ' ']).unwrap_or(rest.len()));
    let time = day.and_time(time_of_day(time)?);
    let local = time.and_local_timezone(zone(offset.trim_start())?).single()?;
    Some(known(local.to_utc()))
}

/// A day whose year has six digits: the first and the last one of JavaScript are written so.
fn far(text: &str) -> Option<Date> {
    let (year, _) = text.split_once('-')?;
    digits(year, 6).map(|_| Date::None)
}

/// Hours and minutes, and seconds with any part of one.
fn time_of_day(text: &str) -> Option<NaiveTime> {
    let (hour, rest) = text.split_once(':')?;
    let (minute, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
    let (second, part) = seconds.split_once(['.', ',']).unwrap_or((seconds, "0"));
    let nanoseconds: u32 =
        format!("{:0<9.9}", part.get(..).filter(|it| all_digits(it))?).parse().ok()?;
    let second = if seconds == "0" { 0 } else { digits(second, 2)? };
    // A second that was put in is counted as the one before it.
    let second = if second == 60 { 59 } else { second };
    NaiveTime::from_hms_nano_opt(digits(hour, 2)?, digits(minute, 2)?, second, nanoseconds)
}

/// `Z`, `+hh`, `+hhmm`, `+hh:mm`, or nothing for UTC.
fn zone(text: &str) -> Option<FixedOffset> {
    if ["", "Z", "z"].contains(&text) {
        return FixedOffset::east_opt(0);
    }
    let (east, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_at_checked(2)?;
    let minutes = match minutes.strip_prefix(':').unwrap_or(minutes) {
        "" if minutes.is_empty() => 0,
        minutes => digits(minutes, 2)?,
    };
    let seconds = i32::try_from(digits(hours, 2)? * 3600 + minutes * 60).ok()?;
    FixedOffset::east_opt(east * seconds).filter(|_| minutes < 60)
}

fn of_http(text: &str) -> Option<Date> {
    if let Ok(time) = DateTime::parse_from_rfc2822(text) {
        return Some(known(time.to_utc()));
    }
    let mut times =
        OF_HTTP.iter().filter_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    times.next().map(|time| known(time.and_utc()))
}

/// So many digits and nothing else.
fn digits(text: &str, count: usize) -> Option<u32> {
    (text.len() == count && all_digits(text)).then(|| text.parse().ok())?
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
