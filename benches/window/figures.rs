//! Samples, and what is said of them.

use serde::Serialize;

/// What a set of samples comes to.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Figure {
    pub n: usize,
    pub p50: f64,
    pub p95: f64,
}

impl Figure {
    pub fn of(mut samples: Vec<f64>) -> Self {
        samples.sort_by(f64::total_cmp);
        Self { n: samples.len(), p50: rank(&samples, 50), p95: rank(&samples, 95) }
    }
}

/// The nearest rank: a value that was really seen.
fn rank(sorted: &[f64], percent: usize) -> f64 {
    let at = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}
