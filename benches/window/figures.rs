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
