//! Relative risk and odds ratio of two groups, the first against the second.

use super::Counts;
use super::intervals::{Estimate, on_log_scale};

/// Why a ratio can't be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoRatio {
    /// One of the counts is nought.
    #[error("one of the counts is zero, so this ratio cannot be worked out")]
    Zero,
}

/// The relative risk with Katz's interval on the scale of logarithms.
///
/// # Errors
/// Nobody in one of the groups had the outcome.
pub fn relative_risk(first: Counts, second: Counts) -> Result<Estimate, NoRatio> {
    if first.yes() == 0 || second.yes() == 0 {
        return Err(NoRatio::Zero);
    }
    let part = |it: Counts| 1.0 / it.yes() as f64 - 1.0 / it.of() as f64;
    Ok(on_log_scale(first.rate() / second.rate(), (part(first) + part(second)).sqrt()))
}

/// The odds ratio with Woolf's interval on the scale of logarithms.
///
/// # Errors
/// One of the four counts is nought; see [`odds_ratio_haldane`].
pub fn odds_ratio(first: Counts, second: Counts) -> Result<Estimate, NoRatio> {
    let cells = [first.yes(), first.no(), second.yes(), second.no()];
    if cells.contains(&0) {
        return Err(NoRatio::Zero);
    }
    Ok(from_cells(cells.map(|cell| cell as f64)))
}

/// The odds ratio with a half added to each of the four counts (Haldane and Anscombe). It is to be
/// labelled as that wherever it is shown.
pub fn odds_ratio_haldane(first: Counts, second: Counts) -> Estimate {
    from_cells([first.yes(), first.no(), second.yes(), second.no()].map(|it| it as f64 + 0.5))
}

fn from_cells([a, b, c, d]: [f64; 4]) -> Estimate {
    let error = (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt();
    on_log_scale((a / b) / (c / d), error)
}
