//! How many people it takes to see a gap of a size that was chosen beforehand.

use super::intervals::Z;

/// The standard normal quantile of 80%: the chance to see the gap if it is there.
const POWER_80: f64 = 0.841_621_233_572_914_2;
/// The same of 90%.
const POWER_90: f64 = 1.281_551_565_544_600_4;

/// How surely a gap is to be seen if it is there.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    /// In 8 of 10 studies.
    #[default]
    Eighty,
    /// In 9 of 10.
    Ninety,
}

/// People needed in each of two groups of the same size, at the two-sided 5% level, without
/// continuity correction (Fleiss). Nothing where the rates are no rates, or do not differ.
pub fn per_group(first: f64, second: f64, power: Power) -> Option<u64> {
    let is_rate = |rate: f64| (0.0..=1.0).contains(&rate);
    let gap = (first - second).abs();
    if !is_rate(first) || !is_rate(second) || gap < 1e-6 {
        return None;
    }
    let surely = match power {
        Power::Eighty => POWER_80,
        Power::Ninety => POWER_90,
    };
    let middle = f64::midpoint(first, second);
    let spread = |rate: f64| rate * (1.0 - rate);
    let none = Z * (2.0 * spread(middle)).sqrt();
    let some = surely * (spread(first) + spread(second)).sqrt();
    let needed = ((none + some) / gap).powi(2).ceil();
    // At most some 10^13, as a gap is at least 10^-6.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it fits")]
    Some((needed as u64).max(1))
}

/// The rate that lies so far below a reference rate, or above it where there is no room below.
pub fn rate_with_gap(reference: f64, gap: f64) -> Option<f64> {
    let below = reference - gap;
    let above = reference + gap;
    match () {
        () if below >= 0.0 => Some(below),
        () if above <= 1.0 => Some(above),
        () => None,
    }
}
