//! Two groups: what may be said about the gap between them.

use super::Counts;
use super::intervals::{Estimate, Interval, newcombe, wilson};
use super::measures::{odds_ratio, relative_risk};
use super::suppression::{Rules, Small};

/// A group with its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What it is called.
    pub name: String,
    /// How many there were.
    pub counts: Counts,
}

/// What may be said.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Nothing: a group is too small, or too few had or lacked the outcome.
    TooFew(Vec<TooFew>),
    /// The gap.
    Gap(Box<Gap>),
}

/// Which group is too small, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooFew {
    /// The group.
    pub group: String,
    /// How.
    pub why: Small,
}

/// A gap, with all its measures. Only groups that may be shown are in one.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The group that is compared.
    pub first: Rate,
    /// The one that it is compared with.
    pub second: Rate,
    /// The rate of the first less that of the second.
    pub difference: Estimate,
    /// The rate of the first divided by that of the second.
    pub relative_risk: Option<Estimate>,
    /// The same of the odds.
    pub odds_ratio: Option<Estimate>,
}

/// A group with its rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// The group.
    pub group: Group,
    /// Its rate.
    pub rate: f64,
    /// What else fits.
    pub interval: Interval,
}

impl Rate {
    /// The rate of a group; nothing for nobody.
    pub fn of(group: Group) -> Option<Rate> {
        let interval = wilson(group.counts)?;
        Some(Rate { rate: group.counts.rate(), interval, group })
    }
}

/// Compares two groups, as far as the rules let them be shown.
pub fn compare(first: Group, second: Group, rules: Rules) -> Answer {
    let small = |it: &Group| {
        let group = it.name.clone();
        rules.small(it.counts).map(|why| TooFew { group, why })
    };
    let few: Vec<TooFew> = [small(&first), small(&second)].into_iter().flatten().collect();
    if !few.is_empty() {
        return Answer::TooFew(few);
    }
    let (a, b) = (first.counts, second.counts);
    match (Rate::of(first), Rate::of(second), newcombe(a, b)) {
        (Some(first), Some(second), Some(difference)) => Answer::Gap(Box::new(Gap {
            first,
            second,
            difference,
            relative_risk: relative_risk(a, b).ok(),
            odds_ratio: odds_ratio(a, b).ok(),
        })),
        _ => Answer::TooFew(Vec::new()),
    }
}
