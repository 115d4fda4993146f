//! What a file of outcomes may show: each number here has passed the rules, and the file that
//! leaves is made of nothing else.

use std::collections::BTreeMap;

use super::Counts;
use super::compare::{Answer, Gap, Group, Rate, compare};
use super::intervals::Estimate;
use super::mantel_haenszel::{Joined, join};
use super::reading::{points, signed};
use super::rows::Outcomes;
use super::suppression::{Rules, rounded};
use super::trend::{Year, per_year};

/// What may be shown of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The groups, in the order of the file; without a rate where it is hidden.
    pub groups: Vec<Shown>,
    /// All groups together; nothing where that is hidden.
    pub all: Option<Rate>,
    /// Each group that is shown, by year. Empty without that column.
    pub years: Vec<Part>,
    /// The same by stratum.
    pub strata: Vec<Part>,
    /// Whether one of these two is hidden as a whole, because both together would give small
    /// groups away: those of one exam in one year.
    pub crossed: bool,
    /// What the strata are called.
    pub stratum_is: String,
    /// Columns that were not read.
    pub unread: Vec<String>,
    /// By which rules.
    pub rules: Rules,
}

/// A group, and its rate where it may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// What it is called.
    pub name: String,
    /// Its rate.
    pub rate: Option<Rate>,
}

/// A year or a stratum.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// The counts of the groups that are shown, in their order; nothing where the part is hidden.
    pub counts: Option<Vec<Counts>>,
}

impl Report {
    /// What may be shown of all this.
    pub fn new(outcomes: &Outcomes, rules: Rules) -> Report {
        let mut sums = vec![Counts::default(); outcomes.groups.len()];
        for ((group, ..), counts) in &outcomes.cells {
            add(&mut sums, *group, *counts);
        }
        let columns: Vec<Vec<Counts>> = sums.iter().map(|it| vec![*it]).collect();
        let hidden = rules.hidden(&columns);
        let groups = outcomes.groups.iter().zip(&sums).zip(&hidden);
        let groups: Vec<Shown> = groups
            .map(|((name, counts), hidden)| {
                let group = Group { name: name.clone(), counts: *counts };
                let rate = if *hidden { None } else { Rate::of(group) };
                Shown { name: name.clone(), rate }
            })
            .collect();
        let all = sums.iter().copied().fold(Counts::default(), Counts::and);
        let any = groups.iter().any(|it| it.rate.is_some());
        let all = any.then_some(all).filter(|all| rules.small(*all).is_none());
        let all = all.and_then(|counts| Rate::of(Group { name: "All".to_owned(), counts }));
        let kept: Vec<usize> = (0..groups.len())
            .filter(|at| groups.get(*at).is_some_and(|it| it.rate.is_some()))
            .collect();
        let mut years = by(outcomes, &kept, rules, |(_, year, _)| year.map(|it| it.to_string()));
        let name = |at: usize| outcomes.strata.get(at).cloned().unwrap_or_default();
        let mut strata = by(outcomes, &kept, rules, |(_, _, stratum)| stratum.map(name));
        let crossed = crosses(outcomes, &kept, rules);
        if crossed {
            let left = |parts: &[Part]| parts.iter().filter(|it| it.counts.is_none()).count();
            let other = if left(&years) <= left(&strata) { &mut strata } else { &mut years };
            other.iter_mut().for_each(|part| part.counts = None);
        }
        Report {
            groups,
            all,
            years,
            strata,
            crossed,
            stratum_is: outcomes.stratum_is.clone(),
            unread: outcomes.unread.clone(),
            rules,
        }
    }

    /// The groups that are shown.
    pub fn shown(&self) -> impl Iterator<Item = &Rate> {
        self.groups.iter().filter_map(|it| it.rate.as_ref())
    }

    /// The gap between two of the groups that are shown, counted from 0 among those.
    pub fn gap(&self, first: usize, second: usize) -> Option<Gap> {
        let group = |at: usize| self.shown().nth(at).map(|it| it.group.clone());
        match compare(group(first)?, group(second)?, self.rules) {
            Answer::Gap(gap) => Some(*gap),
            Answer::TooFew(_) => None,
        }
    }

    /// By how much their gap changes a year.
    pub fn trend(&self, first: usize, second: usize) -> Option<Estimate> {
        let years = self.years.iter().filter_map(|part| {
            let counts = part.counts.as_ref()?;
            let year = part.name.parse().ok()?;
            Some(Year { year, first: *counts.get(first)?, second: *counts.get(second)? })
        });
        per_year(&years.collect::<Vec<_>>())
    }

    /// Their gap within the strata that are shown.
    pub fn joined(&self, first: usize, second: usize) -> Option<Joined> {
        let strata = self.strata.iter().filter_map(|part| part.counts.as_ref());
        let pairs = strata.filter_map(|it| Some((*it.get(first)?, *it.get(second)?)));
        join(&pairs.collect::<Vec<_>>())
    }

    /// The table as a CSV file: rates in whole per cent, people to the nearest 5, and nothing of
    /// what is hidden.
    pub fn csv(&self, outcome: &str) -> String {
        let mut lines =
            vec![row(&["Split", "Part", "Group", "People, nearest 5", outcome, "From", "To"])];
        let mut groups = Vec::new();
        for one in &self.groups {
            groups.push(line("All", "", &one.name, one.rate.as_ref()));
        }
        if let Some(all) = &self.all {
            groups.push(line("All", "", "All groups", Some(all)));
        }
        lines.extend(groups);
        for (what, parts) in [("Year", &self.years), (self.stratum_is.as_str(), &self.strata)] {
            for part in parts {
                for (at, shown) in self.shown().enumerate() {
                    let counts = part.counts.as_ref().and_then(|it| it.get(at)).copied();
                    let group = shown.group.name.clone();
                    let rate =
                        counts.and_then(|counts| Rate::of(Group { name: group.clone(), counts }));
                    lines.push(line(what, &part.name, &group, rate.as_ref()));
                }
            }
        }
        let minimum = self.rules.group();
        lines.push(row(&[&format!(
            "Hidden: fewer than {minimum} people, too few with or without the outcome, or needed \
             to hide another. Send one version of this table only."
        )]));
        lines.concat()
    }
}

fn add(sums: &mut [Counts], at: usize, counts: Counts) {
    if let Some(sum) = sums.get_mut(at) {
        *sum = sum.and(counts);
    }
}

/// Whether somebody who sees years and strata could come near a small group: where an exam was
/// held in a few years only, its sums and theirs lie inside one another.
fn crosses(outcomes: &Outcomes, kept: &[usize], rules: Rules) -> bool {
    let is_small = |((group, year, stratum), counts): (&Cell, &Counts)| {
        let is_split = year.is_some() && stratum.is_some();
        let is_risky = counts.of() > 0 && rules.small(*counts).is_some();
        is_split && is_risky && kept.contains(group)
    };
    outcomes.cells.iter().any(is_small)
}

type Cell = (usize, Option<i32>, Option<usize>);

/// The groups that are shown, split into parts, of which the risky ones are hidden.
fn by(
    outcomes: &Outcomes,
    kept: &[usize],
    rules: Rules,
    name: impl Fn(Cell) -> Option<String>,
) -> Vec<Part> {
    let mut parts: BTreeMap<String, Vec<Counts>> = BTreeMap::new();
    for (cell, counts) in &outcomes.cells {
        let Some(name) = name(*cell) else { return Vec::new() };
        let part = parts.entry(name).or_insert_with(|| vec![Counts::default(); kept.len()]);
        if let Some(at) = kept.iter().position(|it| *it == cell.0) {
            add(part, at, *counts);
        }
    }
    let columns: Vec<Vec<Counts>> = parts.values().cloned().collect();
    let hidden = rules.hidden(&columns);
    let parts = parts.into_iter().zip(hidden);
    parts
        .map(|((name, counts), hidden)| Part { name, counts: (!hidden).then_some(counts) })
        .collect()
}

fn line(what: &str, part: &str, group: &str, rate: Option<&Rate>) -> String {
    match rate {
        Some(it) => row(&[
            what,
            part,
            group,
            &rounded(it.group.counts.of()).to_string(),
            &format!("{}%", points(it.rate)),
            &format!("{}%", points(it.interval.low)),
            &format!("{}%", points(it.interval.high)),
        ]),
        None => row(&[what, part, group, "hidden", "hidden", "hidden", "hidden"]),
    }
}

/// The gap of two groups as a CSV file.
pub fn gap_csv(gap: &Gap, outcome: &str) -> String {
    let head = row(&["Group", "People, nearest 5", outcome, "From", "To"]);
    let group = |it: &Rate| {
        row(&[
            &it.group.name,
            &rounded(it.group.counts.of()).to_string(),
            &format!("{}%", points(it.rate)),
            &format!("{}%", points(it.interval.low)),
            &format!("{}%", points(it.interval.high)),
        ])
    };
    let Estimate { value, interval } = gap.difference;
    let difference = row(&[
        "Difference in every 100",
        "",
        &signed(value),
        &signed(interval.low),
        &signed(interval.high),
    ]);
    let method = row(&["95% intervals: Wilson for rates, Newcombe for the difference"]);
    [head, group(&gap.first), group(&gap.second), difference, method].concat()
}

/// A row of CSV, with marks that a spreadsheet takes for a formula made harmless.
pub(crate) fn row(fields: &[&str]) -> String {
    let field = |words: &&str| {
        let words = match words.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            true => format!("'{words}"),
            false => (*words).to_owned(),
        };
        match words.contains(['"', ',', '\n', '\r', ';']) {
            true => format!("\"{}\"", words.replace('"', "\"\"")),
            false => words,
        }
    };
    let mut line = fields.iter().map(field).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}
