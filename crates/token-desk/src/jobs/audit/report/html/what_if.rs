//! How many tokens each limit would call stale, drawn as the app draws it, with its axes.

use maud::{Markup, html};

use super::words::days;
use crate::jobs::audit::report::Report;

/// The drawing and the margins of its axes, in the units of the picture.
const WIDTH: u32 = 760;
const HEIGHT: u32 = 130;
const LEFT: u32 = 44;
const BOTTOM: u32 = 34;
const TOP: u32 = 10;

/// The limits that the axis names, in days.
const DAYS: [u16; 5] = [30, 90, 180, 270, 365];

/// The most steps on the axis that counts tokens.
const STEPS: u32 = 4;

/// The curve; nothing if no limit calls a token stale.
pub(super) fn what_if(report: &Report) -> Markup {
    let Some(&most) = report.what_if.first().filter(|&&most| most > 0) else { return html! {} };
    let scale = Scale { days: report.what_if.len(), top: top(most) };
    let line: Vec<_> =
        (1_u16..).zip(&report.what_if).map(|(day, &it)| scale.point(day, it)).collect();
    let (left, right, floor) = (scale.x(1), scale.x(last(report)), scale.y(0));
    let line = line.join(" ");
    html! {
        section.what-if {
            h2 { "Stale tokens at each limit" }
            svg viewBox={ "0 0 " (LEFT + WIDTH + 30) " " (TOP + HEIGHT + BOTTOM) } role="img" aria-label=(says(report)) {
                @for tokens in (0..=scale.top).step_by(step(most) as usize) {
                    line.grid x1=(left) x2=(right) y1=(scale.y(tokens)) y2=(scale.y(tokens)) {}
                    text.y x=(LEFT - 8) y=(scale.y(tokens) + 4.0) { (tokens) }
                }
                polygon points={ (left) "," (floor) " " (line) " " (right) "," (floor) } {}
                polyline points=(line) {}
                @for day in DAYS.into_iter().filter(|&day| day <= last(report)) {
                    line x1=(scale.x(day)) x2=(scale.x(day)) y1=(floor) y2=(floor + 4.0) {}
                    text.x x=(scale.x(day)) y=(floor + 18.0) { (day) " d" }
                }
                @if let Some(limit) = report.stale_days {
                    line.limit x1=(scale.x(limit)) x2=(scale.x(limit)) y1=(TOP) y2=(floor) {}
                }
            }
            p.note { (says(report)) " Across: the limit in days without use. Up: tokens." }
        }
    }
}

/// The day of the last point.
fn last(report: &Report) -> u16 {
    u16::try_from(report.what_if.len()).unwrap_or(u16::MAX)
}

fn says(report: &Report) -> String {
    let Some(limit) = report.stale_days else {
        return "Each connection has its own limit.".to_owned();
    };
    let tokens = report.what_if.get(usize::from(limit).saturating_sub(1)).copied().unwrap_or(0);
    let are = if tokens == 1 { "token is" } else { "tokens are" };
    format!("At the limit of {}, {} {are} stale.", days(limit), report.judged(tokens))
}

/// A step of 1, 2 or 5, or of these with zeros, so that the axis has few of them.
fn step(most: u32) -> u32 {
    let steps =
        (0..10).flat_map(|zeros| [1, 2, 5].map(|it: u32| it.saturating_mul(10_u32.pow(zeros))));
    steps.into_iter().find(|step| most.div_ceil(*step) <= STEPS).unwrap_or(most.max(1))
}

/// The end of the axis of tokens: the first step that holds all of them.
fn top(most: u32) -> u32 {
    most.div_ceil(step(most)).saturating_mul(step(most))
}

struct Scale {
    /// How many limits there are.
    days: usize,
    /// The number of tokens at the top.
    top: u32,
}

impl Scale {
    fn x(&self, day: u16) -> f64 {
        let last = u32::try_from(self.days.saturating_sub(1)).unwrap_or(u32::MAX).max(1);
        round(
            f64::from(LEFT) + f64::from(WIDTH) * f64::from(day.saturating_sub(1)) / f64::from(last),
        )
    }

    fn y(&self, tokens: u32) -> f64 {
        let share = f64::from(tokens) / f64::from(self.top.max(1));
        round(f64::from(TOP) + f64::from(HEIGHT) * (1.0 - share))
    }

    fn point(&self, day: u16, tokens: u32) -> String {
        format!("{},{}", self.x(day), self.y(tokens))
    }
}

/// To a tenth, which no printer can tell from more.
fn round(at: f64) -> f64 {
    (at * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_of_tokens_has_few_round_steps() {
        for (most, by, end) in [
            (1, 1, 1),
            (4, 1, 4),
            (5, 2, 6),
            (9, 5, 10),
            (17, 5, 20),
            (48, 20, 60),
            (10_000, 5_000, 10_000),
        ] {
            assert_eq!((step(most), top(most)), (by, end), "{most}");
        }
        assert!(top(u32::MAX) >= u32::MAX - 1);
    }
}
