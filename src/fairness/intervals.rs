//! Intervals at 95%, by methods that hold for small groups too.

use super::Counts;

/// The standard normal quantile of 97.5%.
pub const Z: f64 = 1.959_963_984_540_054;

/// From where to where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether a value lies in it, the ends included.
    pub fn contains(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// A value with what else fits the same data.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The value in the data.
    pub value: f64,
    /// What else fits.
    pub interval: Interval,
}

/// Wilson's score interval of a rate. Nothing for nobody.
pub fn wilson(counts: Counts) -> Option<Interval> {
    if counts.of() == 0 {
        return None;
    }
    let (n, p) = (counts.of() as f64, counts.rate());
    let z2 = Z * Z;
    let middle = p + z2 / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z2 / n;
    // At no or all of them the end is exact, where rounding would leave a speck.
    let low = if counts.yes() == 0 { 0.0 } else { (middle - half) / whole };
    let high = if counts.no() == 0 { 1.0 } else { (middle + half) / whole };
    Some(Interval { low, high })
}

/// The difference of two rates, the first less the second, with Newcombe's interval (method 10, a
/// hybrid of two Wilson intervals without continuity correction).
pub fn newcombe(first: Counts, second: Counts) -> Option<Estimate> {
    let (a, b) = (wilson(first)?, wilson(second)?);
    let (p, q) = (first.rate(), second.rate());
    let value = p - q;
    let low = value - (p - a.low).hypot(b.high - q);
    let high = value + (a.high - p).hypot(q - b.low);
    Some(Estimate { value, interval: Interval { low: low.max(-1.0), high: high.min(1.0) } })
}

/// Wald's interval of the difference with a continuity correction. Only to compare with papers
/// that used it: it is too narrow or too wide in small groups.
pub fn wald_corrected(first: Counts, second: Counts) -> Option<Estimate> {
    if first.of() == 0 || second.of() == 0 {
        return None;
    }
    let (p, q) = (first.rate(), second.rate());
    let (n, m) = (first.of() as f64, second.of() as f64);
    let value = p - q;
    let error = (p * (1.0 - p) / n + q * (1.0 - q) / m).sqrt();
    let correction = ((1.0 / n + 1.0 / m) / 2.0).min(value.abs());
    let half = Z * error + correction;
    let (low, high) = ((value - half).max(-1.0), (value + half).min(1.0));
    Some(Estimate { value, interval: Interval { low, high } })
}

/// An interval that is even on the scale of logarithms.
pub(crate) fn on_log_scale(value: f64, error: f64) -> Estimate {
    let reach = (Z * error).exp();
    Estimate { value, interval: Interval { low: value / reach, high: value * reach } }
}
