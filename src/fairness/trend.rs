//! Whether a gap changes from year to year.

use super::Counts;
use super::intervals::{Estimate, Interval, Z};

/// The fewest years with a trend: two points are always on a line.
pub const MIN_YEARS: usize = 3;
/// The fewest people of each group in a year.
pub const MIN_PEOPLE: u64 = 20;

/// A year, with the first group and the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Year {
    /// Which.
    pub year: i32,
    /// The group that is compared.
    pub first: Counts,
    /// The one that it is compared with.
    pub second: Counts,
}

/// By how much the difference of the rates changes a year: a line through the yearly differences,
/// each weighted by how sure it is. The weights come from rates with one more of each outcome, so
/// that a year with none or all is not taken for certain. Nothing below [`MIN_YEARS`] years with
/// [`MIN_PEOPLE`] in both groups.
pub fn per_year(years: &[Year]) -> Option<Estimate> {
    let enough = |it: &&Year| it.first.of() >= MIN_PEOPLE && it.second.of() >= MIN_PEOPLE;
    let years: Vec<&Year> = years.iter().filter(enough).collect();
    if years.len() < MIN_YEARS {
        return None;
    }
    let points: Vec<(f64, f64, f64)> = years
        .iter()
        .map(|it| {
            let weight = 1.0 / (variance(it.first) + variance(it.second));
            (f64::from(it.year), it.first.rate() - it.second.rate(), weight)
        })
        .collect();
    let all: f64 = points.iter().map(|(_, _, w)| w).sum();
    let mean = |of: fn(&(f64, f64, f64)) -> f64| {
        points.iter().map(|point| point.2 * of(point)).sum::<f64>() / all
    };
    let (x, y) = (mean(|it| it.0), mean(|it| it.1));
    let spread: f64 = points.iter().map(|it| it.2 * (it.0 - x).powi(2)).sum();
    if spread <= 0.0 {
        return None;
    }
    let value = points.iter().map(|it| it.2 * (it.0 - x) * (it.1 - y)).sum::<f64>() / spread;
    let half = Z / spread.sqrt();
    Some(Estimate { value, interval: Interval { low: value - half, high: value + half } })
}

fn variance(counts: Counts) -> f64 {
    let n = counts.of() as f64 + 2.0;
    let p = (counts.yes() as f64 + 1.0) / n;
    p * (1.0 - p) / n
}
