//! The recorded usage of one token, and what others changed.

use serde::Serialize;
use specta::Type;
use token_audit::history::{Bar, Rehearsal, UseHistory};
use token_desk::{Clocks, ConnectionId, ConnectionStatus, TokenHistory, Vanished, text, when};

use crate::views::{When, count};

/// As many bars as the panel has room for.
const MOST_BARS: usize = 40;
/// The most vanished tokens that are listed.
const MOST_VANISHED: usize = 50;

/// The recorded usage of one token. Days and times are in UTC.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryView {
    /// Whether the server reports last use at all.
    pub reported: bool,
    /// The day of the first snapshot; `None` before that.
    pub since: Option<String>,
    /// Consecutive days, grouped so that they fit.
    pub bars: Vec<UseBarView>,
    /// The first day, how many days one bar stands for, and the last day; empty without bars.
    pub axis: Vec<String>,
    /// What the bars show, one sentence each.
    pub words: Vec<String>,
    /// How regularly it is used, if there is enough history.
    pub usual: Option<String>,
    /// What would have failed, had it been revoked earlier, for the days to choose from.
    pub rehearsals: Vec<RehearsalView>,
}

/// What would have failed, had a token been revoked some days ago.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RehearsalView {
    /// How many days ago.
    pub days: u16,
    /// How many uses at least, and when, in a sentence.
    pub says: String,
}

/// One day, or several in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UseBarView {
    /// On how many of these days the token was used, in percent.
    pub used: u32,
    /// On how many of these days nothing is known, in percent.
    pub unknown: u32,
    /// The days and their usage in words.
    pub title: String,
}

/// What others changed since the last visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewsView {
    /// `23 Nov, 14:02`: the last visit.
    pub since: String,
    /// How many tokens are new since then.
    pub new: u32,
    /// How many tokens are gone since then.
    pub gone: u32,
    /// The tokens that are gone; at most 50.
    pub vanished: Vec<VanishedView>,
}

/// A token that is no longer there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VanishedView {
    /// The token's id, with hidden characters shown.
    pub id: String,
    /// The token's name, with hidden characters shown.
    pub name: String,
    /// When it was last in the list.
    pub seen: When,
    /// When it was last used.
    pub last_used: When,
}

impl NewsView {
    /// The changes in these lists; `None` if there are none.
    pub fn new<'a>(
        shown: impl Iterator<Item = &'a ConnectionStatus>,
        clocks: &Clocks,
    ) -> Option<Self> {
        let of = |line: &'a ConnectionStatus| Some((line.connection.id, line.news.as_ref()?));
        let news: Vec<_> = shown.filter_map(of).collect();
        let since = news.iter().map(|(_, it)| it.since).min()?;
        let vanished =
            || news.iter().flat_map(|&(id, it)| it.vanished.iter().map(move |gone| (id, gone)));
        let views = vanished().map(|(id, gone)| VanishedView::new(gone, id, clocks));
        let view = Self {
            since: when::clock(since, clocks.here()),
            new: count(news.iter().map(|(_, it)| it.new.len()).sum()),
            gone: count(vanished().count()),
            vanished: views.take(MOST_VANISHED).collect(),
        };
        (view.new + view.gone > 0).then_some(view)
    }
}

impl VanishedView {
    /// This computer saw the token, but the server said when it was used, so each time has its own
    /// clock.
    fn new(token: &Vanished, connection: ConnectionId, clocks: &Clocks) -> Self {
        let (here, there) = (clocks.here(), clocks.of(connection));
        Self {
            id: text::visible(&token.id.0),
            name: text::visible(&token.name),
            seen: When::ago(token.seen, here),
            last_used: When::relative(token.last_used, there, "Never used"),
        }
    }
}

impl From<TokenHistory> for HistoryView {
    fn from(seen: TokenHistory) -> Self {
        let TokenHistory { since, history, step, reported, rehearsals } = seen;
        let rehearsal = |(days, it): (u16, Rehearsal)| RehearsalView { days, says: it.words(step) };
        let bars = history.as_ref().map(|history| history.bars(MOST_BARS)).unwrap_or_default();
        Self {
            reported,
            rehearsals: rehearsals.into_iter().map(rehearsal).collect(),
            since: since.map(when::date),
            axis: axis(&bars),
            bars: bars.into_iter().map(UseBarView::from).collect(),
            words: history.as_ref().map(|history| history.words(step)).unwrap_or_default(),
            usual: history.as_ref().and_then(|history: &UseHistory| history.usual(step)),
        }
    }
}

/// What is written below the bars. The last one may stand for fewer days than the others.
#[must_use]
pub fn axis(bars: &[Bar]) -> Vec<String> {
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else { return Vec::new() };
    let each = match (first.to - first.from).num_days() + 1 {
        1 => "a day each".to_owned(),
        days => format!("{days} days each"),
    };
    vec![when::day(first.from), each, when::day(last.to)]
}

impl From<Bar> for UseBarView {
    fn from(Bar { from, to, used, known }: Bar) -> Self {
        let days = if from == to {
            when::day(from)
        } else {
            format!("{} – {}", when::day(from), when::day(to))
        };
        let told = match (used, known) {
            (_, 0) => "no data".to_owned(),
            (0, _) => "not used".to_owned(),
            (1, 1) => "used".to_owned(),
            (used, known) => format!("used on {used} of {known} days"),
        };
        let all = (to - from).num_days() + 1;
        let percent = |part: i64| u32::try_from(part * 100 / all).unwrap_or(100);
        Self {
            used: percent(used.into()),
            unknown: percent(all - i64::from(known)),
            title: format!("{days}: {told}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
    }

    #[test]
    fn the_axis_says_how_long_a_bar_is() {
        let bar = |from, to| Bar { from: day(from), to: day(to), used: 1, known: 1 };
        assert_eq!(axis(&[]), [""; 0]);
        assert_eq!(axis(&[bar(2, 2), bar(3, 3)]), ["2 Mar 2026", "a day each", "3 Mar 2026"]);
        let weeks = axis(&[bar(2, 8), bar(9, 15), bar(16, 17)]);
        assert_eq!(weeks, ["2 Mar 2026", "7 days each", "17 Mar 2026"]);
    }

    #[test]
    fn a_bar_says_what_it_draws() {
        let bar =
            |to, used, known| UseBarView::from(Bar { from: day(2), to: day(to), used, known });
        let table = [
            (bar(2, 1, 1), (100, 0), "2 Mar 2026: used"),
            (bar(2, 0, 1), (0, 0), "2 Mar 2026: not used"),
            (bar(2, 0, 0), (0, 100), "2 Mar 2026: no data"),
            (bar(8, 3, 6), (42, 14), "2 Mar 2026 – 8 Mar 2026: used on 3 of 6 days"),
        ];
        for (bar, drawn, title) in table {
            assert_eq!(((bar.used, bar.unknown), &*bar.title), (drawn, title));
        }
    }
}
