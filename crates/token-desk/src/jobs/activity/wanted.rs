//! What somebody looks for in Activity.

use chrono::NaiveDate;

use crate::folded::folded;

/// A text and days to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Folded; empty for anything.
    text: String,
    /// Each a day or a month, as `2026-11-24` or `2026-11`.
    days: Vec<String>,
}

impl Wanted {
    /// Reads what was typed: words that are dates ask for a day or a month, and the others for a text.
    pub(super) fn new(typed: &str) -> Self {
        let is_date = |word: &&str| is_date(word);
        if !typed.split_whitespace().any(|word| is_date(&word)) {
            return Self { text: folded(typed.trim()), days: Vec::new() };
        }
        let (days, words): (Vec<_>, Vec<_>) = typed.split_whitespace().partition(is_date);
        Self { text: folded(&words.join(" ")), days: days.into_iter().map(str::to_owned).collect() }
    }

    /// Whether this is wanted of a day, by this computer's clock. A date may also be a text: a name can contain one.
    pub(super) fn fits(&self, day: Option<NaiveDate>, holds: impl Fn(&str) -> bool) -> bool {
        let day = || day.map_or_else(String::new, |day| day.to_string());
        holds(&self.text) && self.days.iter().all(|it| day().starts_with(&**it) || holds(it))
    }
}

/// Whether a word is a day or a month.
fn is_date(word: &str) -> bool {
    let fits = |(at, byte): (usize, u8)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    matches!(word.len(), 7 | 10) && word.bytes().enumerate().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_asks_for_its_day_or_month_and_for_a_name_that_contains_it() {
        let fits = |typed: &str| {
            let day = NaiveDate::from_ymd_opt(2026, 11, 24);
            Wanted::new(typed).fits(day, |text| "gitlab  ci 2025-01".contains(text))
        };
        for typed in ["", "2026-11-24", "2026-11", " GitLab 2026-11-24", "2025-01", "gitlab  ci"] {
            assert!(fits(typed), "{typed:?}");
        }
        for typed in ["2026-11-25", "2026-12", "2026-11-2", "2026-11-24 jenkins", "2026/11", "2026"]
        {
            assert!(!fits(typed), "{typed:?}");
        }
        assert!(!Wanted::new("2026-11").fits(None, str::is_empty), "on no day that is known");
    }
}
