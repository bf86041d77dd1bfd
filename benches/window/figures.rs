//! Samples, and the figures derived from them.

use serde::Serialize;

/// The figures of a set of samples.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Figure {
    pub n: usize,
    pub p50: f64,
    /// `None` for a figure derived from two medians.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p95: Option<f64>,
}

impl Figure {
    pub fn of(mut samples: Vec<f64>) -> Self {
        samples.sort_by(f64::total_cmp);
        let [p50, p95] = [50, 95].map(|percent| rank(&samples, percent));
        Self { n: samples.len(), p50, p95: Some(p95) }
    }

    /// Of samples by a clock that ticks in whole units: each of them stands for all that lies within half a tick,
    /// so that figures of a few ticks can be compared.
    pub fn of_ticks(mut samples: Vec<f64>) -> Self {
        samples.sort_by(f64::total_cmp);
        let [p50, p95] = [50, 95].map(|percent| between_ticks(&samples, percent));
        Self { n: samples.len(), p50, p95: Some(p95) }
    }

    /// How many times the figures of `other` these are.
    pub fn beside(self, other: Self) -> Self {
        let p95 = self.p95.zip(other.p95).map(|(own, other)| own / other);
        Self { p95, ..self.over(other) }
    }

    /// How many times the median of `other` this median is.
    pub fn over(self, other: Self) -> Self {
        self.with(other, self.p50 / other.p50)
    }

    /// How far this median is above the median of `other`.
    pub fn above(self, other: Self) -> Self {
        self.with(other, self.p50 - other.p50)
    }

    fn with(self, other: Self, p50: f64) -> Self {
        Self { n: self.n.min(other.n), p50, p95: None }
    }
}

/// The nearest rank: a value that was really seen.
fn rank(sorted: &[f64], percent: usize) -> f64 {
    let at = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}

/// Within the tick that the rank falls on, samples are taken to be spread evenly.
#[expect(clippy::cast_precision_loss, reason = "there are a few hundred samples")]
fn between_ticks(sorted: &[f64], percent: usize) -> f64 {
    let tick = rank(sorted, percent).round();
    let until = |end: f64| sorted.partition_point(|&it| it < end) as f64;
    let (begin, end) = (tick - 0.5, tick + 0.5);
    let wanted = sorted.len() as f64 * percent as f64 / 100.0;
    begin + (wanted - until(begin)) / (until(end) - until(begin))
}
