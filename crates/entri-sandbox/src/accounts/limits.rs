//! How often the routes of sign-in may be asked (docs/entri-api.md#sign-in).

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

const WINDOW: TimeDelta = TimeDelta::seconds(10);
const MOST_SIGN_INS: u32 = 3;
const MOST_OTHERS: u32 = 100;

/// How many requests each path has had, and when the last allowed one came.
#[derive(Default)]
pub struct Limits(HashMap<String, (u32, DateTime<Utc>)>);

impl Limits {
    /// Counts a request; one too many is refused with the seconds to wait. The window runs from the
    /// last allowed request: refused ones do not extend it.
    pub fn count(&mut self, path: &str, now: DateTime<Utc>) -> Result<(), i64> {
        let strict = path.starts_with("/sign-in") || path.starts_with("/two-factor/");
        let most = if strict { MOST_SIGN_INS } else { MOST_OTHERS };
        let (count, last) = self.0.entry(path.to_owned()).or_insert((0, now));
        if now - *last >= WINDOW {
            *count = 0;
        }
        if *count >= most {
            let left = (*last + WINDOW - now).num_milliseconds();
            return Err((left + 999) / 1_000);
        }
        (*count, *last) = (*count + 1, now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::milliseconds(milliseconds)
    }

    #[test]
    fn the_window_runs_from_the_last_allowed_request() {
        let mut limits = Limits::default();
        let mut count = |time| limits.count("/sign-in/email", at(time));
        assert_eq!([0, 4_000, 8_000].map(&mut count), [Ok(()); 3]);
        assert_eq!([8_000, 17_001, 17_999].map(&mut count), [Err(10), Err(1), Err(1)]);
        assert_eq!([18_000; 4].map(&mut count), [Ok(()), Ok(()), Ok(()), Err(10)]);
    }

    #[test]
    fn each_path_is_counted_alone_and_others_generously() {
        let mut limits = Limits::default();
        let mut all = |path| (0..101).filter(|_| limits.count(path, at(0)).is_ok()).count();
        let paths = ["/sign-in/email", "/two-factor/verify-totp", "/two-factor/verify-otp", "/ok"];
        assert_eq!(paths.map(&mut all), [3, 3, 3, 100]);
    }
}
