//! What holds for any counts, and that nothing hidden can be worked out from what is shown.

use std::collections::BTreeMap;

use cairn::fairness::Counts;
use cairn::fairness::intervals::{newcombe, wilson};
use cairn::fairness::measures::{odds_ratio, relative_risk};
use cairn::fairness::report::Report;
use cairn::fairness::rows::{self, Outcomes};
use cairn::fairness::suppression::Rules;
use proptest::prelude::*;

fn some_counts() -> impl Strategy<Value = Counts> {
    (1u64..2000).prop_flat_map(|of| (0..=of).prop_map(move |yes| Counts::new(yes, of).unwrap()))
}

/// A file with up to five groups and six years or strata, mostly small.
fn some_file() -> impl Strategy<Value = String> {
    let cell = (0u64..30, 0u64..30, 0usize..4)
        .prop_map(|(yes, no, size)| [(yes, no), (yes, no), (yes / 4, no), (yes * 7, no * 7)][size]);
    (2usize..6, 1usize..7).prop_flat_map(move |(groups, parts)| {
        prop::collection::vec(prop::collection::vec(cell.clone(), parts), groups).prop_map(|all| {
            let mut text = "group,passed,year,stratum,count\n".to_owned();
            for (group, parts) in all.iter().enumerate() {
                for (part, (yes, no)) in parts.iter().enumerate() {
                    let year = 2015 + part;
                    let stratum = (part * 7 + group) % 3;
                    text += &format!("G{group},yes,{year},S{stratum},{yes}\n");
                    text += &format!("G{group},no,{year},S{stratum},{no}\n");
                }
            }
            text
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn an_interval_holds_its_estimate_and_stays_in_range(a in some_counts(), b in some_counts()) {
        let rate = wilson(a).unwrap();
        prop_assert!(rate.contains(a.rate()) && rate.low >= 0.0 && rate.high <= 1.0);
        let gap = newcombe(a, b).unwrap();
        prop_assert!(gap.interval.contains(gap.value));
        prop_assert!(gap.interval.low >= -1.0 && gap.interval.high <= 1.0);
        for ratio in [relative_risk(a, b), odds_ratio(a, b)].into_iter().flatten() {
            prop_assert!(ratio.interval.contains(ratio.value));
        }
    }

    #[test]
    fn swapping_the_groups_turns_the_gap_round(a in some_counts(), b in some_counts()) {
        let (one, other) = (newcombe(a, b).unwrap(), newcombe(b, a).unwrap());
        prop_assert!((one.value + other.value).abs() < 1e-12);
        prop_assert!((one.interval.low + other.interval.high).abs() < 1e-12);
        prop_assert!((one.interval.high + other.interval.low).abs() < 1e-12);
        if let (Ok(one), Ok(other)) = (odds_ratio(a, b), odds_ratio(b, a)) {
            prop_assert!((one.value * other.value - 1.0).abs() < 1e-9);
            prop_assert!((one.interval.low * other.interval.high - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn more_people_with_the_same_rate_are_surer(a in some_counts(), times in 2u64..9) {
        let more = Counts::new(a.yes() * times, a.of() * times).unwrap();
        let width = |it| { let it = wilson(it).unwrap(); it.high - it.low };
        prop_assert!(width(more) < width(a));
    }

    #[test]
    fn nothing_hidden_can_be_worked_out(file in some_file(), minimum in 5u64..16) {
        let rules = Rules::new(minimum);
        let outcomes = rows::read(file.as_bytes());
        prop_assume!(outcomes.is_ok());
        let outcomes = outcomes.unwrap();
        let report = Report::new(&outcomes, rules);
        if let Some(leak) = follows_from_all(&outcomes, &report, rules) {
            return Err(TestCaseError::fail(format!("{leak}\n{file}")));
        }
        for split in [Split::Years, Split::Strata] {
            let shown = Shown::of(&outcomes, &report, split);
            if let Err(leak) = shown.leaks(rules) {
                return Err(TestCaseError::fail(format!("{leak}\n{file}")));
            }
        }
    }
}

type Cell = (usize, Option<i32>, Option<usize>);

/// By elimination over everything that is shown at once, groups, years and strata: whether a small
/// group, or one of it in a year, a stratum or both, is a sum of what is shown. Somebody may know
/// which exams were held when, so that empty cells are known to be empty.
fn follows_from_all(outcomes: &Outcomes, report: &Report, rules: Rules) -> Option<String> {
    let cells: Vec<(Cell, Counts)> = outcomes
        .cells
        .iter()
        .filter(|(_, counts)| counts.of() > 0)
        .map(|(cell, counts)| (*cell, *counts))
        .collect();
    let row = |is: &dyn Fn(&Cell) -> bool| -> Vec<u64> {
        cells.iter().map(|(cell, _)| u64::from(is(cell))).collect()
    };
    let kept: Vec<usize> =
        (0..report.groups.len()).filter(|at| report.groups[*at].rate.is_some()).collect();
    let mut shown: Vec<Vec<u64>> = kept.iter().map(|at| row(&|cell| cell.0 == *at)).collect();
    shown.extend(report.all.iter().map(|_| row(&|_| true)));
    for group in &kept {
        for part in report.years.iter().filter(|it| it.counts.is_some()) {
            let year: i32 = part.name.parse().unwrap();
            shown.push(row(&|cell| cell.0 == *group && cell.1 == Some(year)));
        }
        for part in report.strata.iter().filter(|it| it.counts.is_some()) {
            let at = outcomes.strata.iter().position(|name| *name == part.name);
            shown.push(row(&|cell| cell.0 == *group && cell.2 == at));
        }
    }
    let basis = Basis::of(shown);
    for (cell, _) in &cells {
        let of_year = |it: &Cell| it.0 == cell.0 && it.1 == cell.1;
        let of_stratum = |it: &Cell| it.0 == cell.0 && it.2 == cell.2;
        let of_both = |it: &Cell| it == cell;
        let of_group = |it: &Cell| it.0 == cell.0;
        let targets: [&dyn Fn(&Cell) -> bool; 4] = [&of_year, &of_stratum, &of_both, &of_group];
        for target in targets {
            let within = cells.iter().filter(|(it, _)| target(it)).map(|(_, counts)| *counts);
            let counts = within.fold(Counts::default(), Counts::and);
            if rules.small(counts).is_some() && basis.gives(row(target)) {
                return Some(format!("{counts:?} of {cell:?} is a sum of what is shown"));
            }
        }
    }
    None
}

/// Rows that are brought to steps, modulo a prime.
struct Basis(Vec<(usize, Vec<u64>)>);

impl Basis {
    const PRIME: u64 = 2_147_483_647;

    fn of(rows: Vec<Vec<u64>>) -> Basis {
        let mut basis = Basis(Vec::new());
        for row in rows {
            let row = basis.rest(row);
            if let Some(at) = row.iter().position(|it| *it != 0) {
                let inverse = Basis::power(row[at], Basis::PRIME - 2);
                let row = row.iter().map(|it| it * inverse % Basis::PRIME).collect();
                basis.0.push((at, row));
            }
        }
        basis
    }

    fn power(mut base: u64, mut exponent: u64) -> u64 {
        let mut product = 1;
        while exponent > 0 {
            if exponent % 2 == 1 {
                product = product * base % Basis::PRIME;
            }
            base = base * base % Basis::PRIME;
            exponent /= 2;
        }
        product
    }

    /// What is left of a row once the others are taken away.
    fn rest(&self, mut row: Vec<u64>) -> Vec<u64> {
        for (at, other) in &self.0 {
            let times = Basis::PRIME - row[*at] % Basis::PRIME;
            for (it, other) in row.iter_mut().zip(other) {
                *it = (*it + times * other) % Basis::PRIME;
            }
        }
        row
    }

    fn gives(&self, row: Vec<u64>) -> bool {
        self.rest(row).iter().all(|it| *it == 0)
    }
}

#[derive(Clone, Copy)]
enum Split {
    Years,
    Strata,
}

/// What an attacker sees: sums of cells, each a group in a part, with their values. The cells are
/// numbered; all are unknown.
struct Shown {
    truth: Vec<Counts>,
    /// The cells of a sum, and its counts.
    sums: Vec<(Vec<usize>, Counts)>,
}

impl Shown {
    fn of(outcomes: &Outcomes, report: &Report, split: Split) -> Shown {
        let name = |(_, year, stratum): &(usize, Option<i32>, Option<usize>)| match split {
            Split::Years => year.unwrap().to_string(),
            Split::Strata => outcomes.strata[stratum.unwrap()].clone(),
        };
        let mut cells: BTreeMap<(usize, String), Counts> = BTreeMap::new();
        for (cell, counts) in &outcomes.cells {
            let sum = cells.entry((cell.0, name(cell))).or_default();
            *sum = sum.and(*counts);
        }
        let keys: Vec<_> = cells.keys().cloned().collect();
        let of = |is: &dyn Fn(&(usize, String)) -> bool| -> Vec<usize> {
            (0..keys.len()).filter(|at| is(&keys[*at])).collect()
        };
        let mut sums = Vec::new();
        if let Some(all) = &report.all {
            sums.push((of(&|_| true), all.group.counts));
        }
        let mut kept = Vec::new();
        for (group, shown) in report.groups.iter().enumerate() {
            if let Some(rate) = &shown.rate {
                kept.push(group);
                sums.push((of(&|key| key.0 == group), rate.group.counts));
            }
        }
        let parts = match split {
            Split::Years => &report.years,
            Split::Strata => &report.strata,
        };
        for part in parts {
            let Some(counts) = &part.counts else { continue };
            for (group, counts) in kept.iter().zip(counts) {
                sums.push((of(&|key| key.0 == *group && key.1 == part.name), *counts));
            }
        }
        Shown { truth: cells.into_values().collect(), sums }
    }

    /// Each sum that can be made of what is shown by adding and subtracting, and holds small
    /// counts, is a leak; so is a small cell whose possible range is narrow.
    fn leaks(&self, rules: Rules) -> Result<(), String> {
        let solved = self.solve();
        for (cells, yes, of) in &solved {
            if let [cell] = cells.as_slice() {
                let counts = self.truth[*cell];
                assert_eq!([counts.yes(), counts.of()], [*yes, *of], "the sums are right");
                if counts.of() > 0 && rules.small(counts).is_some() {
                    return Err(format!("{counts:?} can be worked out"));
                }
            }
        }
        // The range of a cell that is in no row alone: from 0 to the least sum it is part of.
        for (cell, counts) in self.truth.iter().enumerate() {
            let alone = solved.iter().any(|(cells, ..)| cells == &[cell]);
            if alone || rules.small(*counts).is_none() || counts.of() == 0 {
                continue;
            }
            for (cells, yes, of) in solved.iter().filter(|(cells, ..)| cells.contains(&cell)) {
                let whole = Counts::new(*yes, *of).unwrap();
                // A sum that is a group by itself, with every part of it hidden, may be shown.
                let is_public = self.sums.iter().any(|(sum, _)| sum == cells);
                let wide = whole.yes() >= rules.group() && whole.no() >= rules.group();
                if !is_public && !wide {
                    return Err(format!("{counts:?} is between 0 and {whole:?}"));
                }
                if is_public && rules.small(whole).is_some() {
                    return Err(format!("{whole:?} is shown"));
                }
            }
        }
        Ok(())
    }

    /// The smallest sums that follow: each less every other that lies inside it. As the sums are
    /// either inside one another or apart, these are all that can be worked out.
    fn solve(&self) -> Vec<(Vec<usize>, u64, u64)> {
        let mut sums = self.sums.clone();
        sums.sort_by_key(|(cells, _)| cells.len());
        let mut found: Vec<(Vec<usize>, u64, u64)> = Vec::new();
        for (cells, counts) in sums {
            let (mut rest, mut yes, mut of) = (cells.clone(), counts.yes(), counts.of());
            for (inner, inner_yes, inner_of) in &found {
                let is_inside = inner.iter().all(|cell| rest.contains(cell));
                if is_inside && !inner.is_empty() {
                    rest.retain(|cell| !inner.contains(cell));
                    yes -= inner_yes;
                    of -= inner_of;
                }
            }
            if !rest.is_empty() {
                found.push((rest, yes, of));
            }
        }
        found
    }
}

#[test]
fn a_small_group_takes_the_next_smallest_with_it() {
    let file = "group,passed,year,stratum,count\n\
                A,yes,2020,W,40\nA,no,2020,W,40\nA,yes,2021,W,40\nA,no,2021,C,40\n\
                A,yes,2022,C,3\nA,no,2022,C,2\nB,yes,2020,W,90\nB,no,2020,C,80\n\
                B,yes,2021,C,70\nB,no,2021,W,60\nB,yes,2022,W,50\nB,no,2022,C,40\n\
                D,yes,2020,W,2\nD,no,2021,C,4\n";
    let report = Report::new(&rows::read(file.as_bytes()).unwrap(), Rules::default());
    let names: Vec<(&str, bool)> =
        report.groups.iter().map(|it| (it.name.as_str(), it.rate.is_some())).collect();
    // D is small; A is the next smallest, and hides with it.
    assert_eq!(names, [("A", false), ("B", true), ("D", false)]);
    assert!(report.gap(0, 1).is_none(), "only one group is left");
    let csv = report.csv("passed");
    assert!(csv.contains("All,,D,hidden,hidden,hidden,hidden"), "{csv}");
    assert!(!csv.contains("D,5"), "{csv}");
}
