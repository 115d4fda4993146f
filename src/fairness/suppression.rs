//! What may be shown. Nobody may learn one doctor's outcome, alone or by subtraction.
//!
//! A group is hidden when it is small, or when almost nobody or almost everybody in it had the
//! outcome: "all passed" says of each of them that they passed. Where a sum is shown as well, one
//! hidden part would follow from the rest. So others are hidden with it until what is hidden could
//! be many things.

use super::Counts;

/// The smallest group that may be shown, as it is when nobody chose.
pub const DEFAULT_MINIMUM: u64 = 10;
/// The smallest that can be chosen.
pub const LOWEST_MINIMUM: u64 = 5;

/// From how many people on something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    minimum: u64,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules { minimum: DEFAULT_MINIMUM }
    }
}

/// Why counts are hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Small {
    /// There are too few people.
    Group,
    /// Too few had the outcome, or too few had it not.
    Outcome,
}

impl Rules {
    /// With a smallest group of so many, but never below [`LOWEST_MINIMUM`].
    pub const fn new(minimum: u64) -> Rules {
        Rules { minimum: if minimum < LOWEST_MINIMUM { LOWEST_MINIMUM } else { minimum } }
    }

    /// The smallest group that is shown.
    pub const fn group(self) -> u64 {
        self.minimum
    }

    /// The fewest with and the fewest without the outcome: half of a group, so 5, and never fewer
    /// than 3, below which the GMC reports no group.
    pub const fn outcome(self) -> u64 {
        self.minimum.div_ceil(2)
    }

    /// Why these may not be shown; nothing where they may.
    pub const fn small(self, counts: Counts) -> Option<Small> {
        if counts.of() < self.minimum {
            Some(Small::Group)
        } else if counts.yes() < self.outcome() || counts.no() < self.outcome() {
            Some(Small::Outcome)
        } else {
            None
        }
    }

    /// Which parts of a whole to hide, when the sum over all parts is shown for each row. `parts`
    /// are columns, such as years; each has a number for each row, such as a group. A column is
    /// shown or hidden with all its rows.
    pub fn hidden(self, parts: &[Vec<Counts>]) -> Vec<bool> {
        let small = |it: &Counts| it.of() > 0 && self.small(*it).is_some();
        let mut hidden: Vec<bool> = parts.iter().map(|part| part.iter().any(small)).collect();
        if hidden.iter().any(|it| *it) {
            while !self.is_safe(parts, &hidden) {
                let size = |at: &usize| parts.get(*at).map(|it| smallest(it));
                let shown = (0..parts.len()).filter(|at| hidden.get(*at) == Some(&false));
                let Some(next) = shown.min_by_key(size) else { break };
                if let Some(part) = hidden.get_mut(next) {
                    *part = true;
                }
            }
        }
        hidden
    }

    /// Whether what is hidden can't be worked out: at least two parts are, and in each row what
    /// they hold together could be spread over them in many ways. Where every part is hidden, the
    /// sums say nothing about any.
    fn is_safe(self, parts: &[Vec<Counts>], hidden: &[bool]) -> bool {
        let out: Vec<&Vec<Counts>> =
            parts.iter().zip(hidden).filter(|(_, hidden)| **hidden).map(|(part, _)| part).collect();
        let rows = parts.first().map_or(0, Vec::len);
        let is_wide = |row: usize| {
            let of_row = |part: &&Vec<Counts>| part.get(row).copied().unwrap_or_default();
            let sum = out.iter().map(of_row).fold(Counts::default(), Counts::and);
            sum.of() == 0 || (sum.yes() >= self.minimum && sum.no() >= self.minimum)
        };
        out.len() >= 2 && (0..rows).all(is_wide)
    }
}

fn smallest(part: &[Counts]) -> u64 {
    part.iter().map(|it| it.of()).min().unwrap_or_default()
}

/// A count as it leaves: to the nearest 5, so that sums of a table give nothing away.
pub const fn rounded(count: u64) -> u64 {
    (count + 2) / 5 * 5
}
