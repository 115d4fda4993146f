//! Intervals and measures against published tables and textbook values, which anybody can look up.

use cairn::fairness::Counts;
use cairn::fairness::intervals::{Estimate, newcombe, wald_corrected, wilson};
use cairn::fairness::mantel_haenszel::join;
use cairn::fairness::measures::{NoRatio, odds_ratio, odds_ratio_haldane, relative_risk};
use cairn::fairness::published::Published;
use cairn::fairness::reading::{fits, gap, signed};
use cairn::fairness::sample_size::{Power, per_group};
use cairn::fairness::trend::{Year, per_year};

fn counts(yes: u64, of: u64) -> Counts {
    Counts::new(yes, of).unwrap()
}

fn near(value: f64, wanted: f64, what: &str) {
    assert!((value - wanted).abs() < 5.1e-5, "{what}: {value} is not {wanted}");
}

fn is(estimate: Estimate, [value, low, high]: [f64; 3], what: &str) {
    near(estimate.value, value, what);
    near(estimate.interval.low, low, what);
    near(estimate.interval.high, high, what);
}

#[test]
fn wilson_gives_the_textbook_intervals() {
    for (yes, of, low, high) in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (6480, 17523, 0.3627, 0.3770),
        (5625, 19340, 0.2845, 0.2973),
        (179, 464, 0.3426, 0.4308),
        (11940, 36418, 0.3231, 0.3327),
        (152, 227, 0.6060, 0.7275),
        (67, 256, 0.2117, 0.3188),
        (99840, 132_370, 0.7519, 0.7566),
        (12419, 37971, 0.3224, 0.3318),
    ] {
        let it = wilson(counts(yes, of)).unwrap();
        near(it.low, low, &format!("{yes} of {of}"));
        near(it.high, high, &format!("{yes} of {of}"));
    }
    // The teaching point: 2 of 3 says next to nothing.
    let it = wilson(counts(2, 3)).unwrap();
    assert_eq!([(it.low * 100.0).round(), (it.high * 100.0).round()], [21.0, 94.0]);
}

#[test]
fn newcombe_gives_the_textbook_intervals() {
    for (a, b, low, high) in [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
        ((6480, 17523), (5625, 19340), 0.0694, 0.0885),
        ((179, 464), (11940, 36418), 0.0145, 0.1032),
        ((152, 227), (67, 256), 0.3224, 0.4844),
    ] {
        let it = newcombe(counts(a.0, a.1), counts(b.0, b.1)).unwrap().interval;
        near(it.low, low, &format!("{a:?} less {b:?}"));
        near(it.high, high, &format!("{a:?} less {b:?}"));
    }
}

#[test]
fn the_intervals_of_the_paper_are_those_of_wald_with_a_correction() {
    let women = (counts(6480, 17523), counts(5625, 19340));
    is(wald_corrected(women.0, women.1).unwrap(), [0.0790, 0.0693, 0.0886], "women");
    let disabled = (counts(179, 464), counts(11940, 36418));
    is(wald_corrected(disabled.0, disabled.1).unwrap(), [0.0579, 0.0123, 0.1036], "disabled");
    let paces = (counts(152, 227), counts(67, 256));
    is(wald_corrected(paces.0, paces.1).unwrap(), [0.4079, 0.3222, 0.4935], "PACES");
}

#[test]
fn odds_ratios_are_those_of_woolf_and_none_where_a_count_is_zero() {
    let of = |a, b, c, d| odds_ratio(counts(a, b), counts(c, d)).unwrap();
    is(of(6480, 17523, 5625, 19340), [1.4307, 1.3697, 1.4945], "women");
    is(of(179, 464, 11940, 36418), [1.2876, 1.0667, 1.5542], "disabled");
    let paces = of(152, 227, 67, 256);
    assert!((paces.value - 5.717).abs() < 5e-4, "{paces:?}");
    near(paces.interval.low, 3.8606, "PACES");
    near(paces.interval.high, 8.4661, "PACES");

    assert_eq!(odds_ratio(counts(0, 10), counts(3, 10)), Err(NoRatio::Zero));
    assert_eq!(odds_ratio(counts(10, 10), counts(3, 10)), Err(NoRatio::Zero));
    assert_eq!(relative_risk(counts(0, 10), counts(3, 10)), Err(NoRatio::Zero));
    let labelled = odds_ratio_haldane(counts(0, 10), counts(3, 10));
    near(labelled.value, (0.5 / 10.5) / (3.5 / 7.5), "Haldane");
}

/// R documents `power.prop.test(p1 = .50, p2 = .75, power = .90)` with n = 76.7; Fleiss has 356
/// for 0.6 against 0.7 with 80%.
#[test]
fn the_people_that_a_study_needs_are_those_of_the_textbooks() {
    assert_eq!(per_group(0.50, 0.75, Power::Ninety), Some(77));
    assert_eq!(per_group(0.60, 0.70, Power::Eighty), Some(356));
    assert_eq!(per_group(0.5, 0.5, Power::Eighty), None);
    assert_eq!(per_group(1.2, 0.5, Power::Eighty), None);
}

/// Admissions to Berkeley in 1973, by department: more men were admitted of all, and within the
/// departments no fewer women. The numbers are in R as `UCBAdmissions`.
#[test]
fn strata_can_turn_a_gap_round() {
    let departments = [
        ((512, 825), (89, 108)),
        ((353, 560), (17, 25)),
        ((120, 325), (202, 593)),
        ((138, 417), (131, 375)),
        ((53, 191), (94, 393)),
        ((22, 373), (24, 341)),
    ]
    .map(|(men, women)| (counts(men.0, men.1), counts(women.0, women.1)));
    let all = departments.iter().fold((Counts::default(), Counts::default()), |sum, one| {
        (sum.0.and(one.0), sum.1.and(one.1))
    });
    let crude = odds_ratio(all.0, all.1).unwrap();
    near((crude.value * 100.0).round() / 100.0, 1.84, "crude");
    let joined = join(&departments).unwrap();
    // R: mantelhaen.test(UCBAdmissions) gives 0.9046968 (0.7719074 to 1.0603298).
    is(joined.odds_ratio.unwrap(), [0.904_697, 0.771_907, 1.060_330], "joined");
    let alike = joined.alike.unwrap();
    assert!((0.0015..0.0025).contains(&alike.p), "{alike:?}");
}

#[test]
fn a_steady_change_is_found_and_two_years_are_no_trend() {
    let year = |year, yes| Year { year, first: counts(yes, 1000), second: counts(700, 1000) };
    let rising = [year(2020, 500), year(2021, 520), year(2022, 540), year(2023, 560)];
    let slope = per_year(&rising).unwrap();
    near(slope.value, 0.02, "slope");
    assert!(slope.interval.low > 0.0, "{slope:?}");
    assert_eq!(per_year(&rising[..2]), None);
    let few = [2020, 2021, 2022].map(|year| Year {
        year,
        first: counts(5, 19),
        second: counts(700, 1000),
    });
    assert_eq!(per_year(&few), None, "fewer than 20 in a year");
}

#[test]
fn a_gap_reads_as_people_in_every_hundred_with_what_else_fits() {
    let words = |a: (u64, u64), b: (u64, u64)| {
        let difference = newcombe(counts(a.0, a.1), counts(b.0, b.1)).unwrap();
        format!("{} {}", gap(difference), fits(difference))
    };
    assert_eq!(
        words((67, 256), (152, 227)),
        "41 fewer in every 100. The data fit a true gap of 32 to 48 fewer."
    );
    assert_eq!(
        words((6480, 17523), (5625, 19340)),
        "8 more in every 100. The data fit a true gap of 7 to 9 more."
    );
    assert_eq!(
        words((20, 50), (25, 50)),
        "10 fewer in every 100. The data fit anything from 28 fewer to 9 more, and no gap."
    );
    assert_eq!(signed(0.004), "no gap");
}

#[test]
fn the_published_figures_come_out_as_they_are_printed_with_a_source_each() {
    let published = Published::built_in().unwrap();
    let find = |id: &str| published.figures.iter().find(|it| it.id == id).unwrap();
    assert_eq!(find("paces").value_words(), "41 fewer in every 100");
    assert_eq!(find("paces").interval_words(), "32 to 48");
    assert_eq!(find("posts-women").value_words(), "8 more in every 100");
    assert_eq!(find("posts-women").interval_words(), "7 to 9");
    assert_eq!(find("posts-disabled").interval_words(), "1 to 10");
    assert_eq!(find("gmc-black").interval_words(), "No interval: the counts were not published");
    assert_eq!(find("mrcs-black").odds_words(), "0.41 (0.18 to 0.92)");
    assert_eq!(find("woolf").value_words(), "0.42 standard deviations lower");
    for figure in &published.figures {
        for words in [&figure.defined, &figure.not_shown, &figure.source, &figure.when] {
            assert!(!words.trim().is_empty(), "{} lacks something", figure.id);
        }
        if let Some(odds) = figure.odds() {
            assert!(odds.interval.contains(odds.value), "{}", figure.id);
        }
    }
    let mut ids: Vec<&str> = published.figures.iter().map(|it| it.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), published.figures.len());
}
