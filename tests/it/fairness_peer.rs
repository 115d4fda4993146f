//! The same thousand tables here and in statsmodels. Where that is not installed, it says so.
//!
//! To run it: `python3 -m venv VENV && VENV/bin/pip install statsmodels`, then the tests with
//! `CAIRN_PYTHON=VENV/bin/python`.

use std::io::Write as _;
use std::process::{Command, Stdio};

use cairn::fairness::Counts;
use cairn::fairness::intervals::{Estimate, newcombe, wilson};
use cairn::fairness::mantel_haenszel::join;
use cairn::fairness::measures::{odds_ratio, relative_risk};

use crate::support::display::skip;

const THEIRS: &str = r"
import sys, warnings
import numpy as np
from statsmodels.stats.proportion import proportion_confint, confint_proportions_2indep
from statsmodels.stats.contingency_tables import Table2x2, StratifiedTable
warnings.simplefilter('ignore')
rows = [list(map(int, line.split())) for line in sys.stdin]
def table(a, n, c, m): return np.array([[a, n - a], [c, m - c]])
for a, n, c, m in rows:
    out = list(proportion_confint(a, n, method='wilson'))
    out += list(confint_proportions_2indep(a, n, c, m, method='newcomb', compare='diff'))
    if 0 in (a, n - a, c, m - c):
        out += [-1.0] * 6
    else:
        t = Table2x2(table(a, n, c, m), shift_zeros=False)
        out += [t.oddsratio, *t.oddsratio_confint(), t.riskratio, *t.riskratio_confint()]
    print(*out)
for at in range(0, len(rows), 5):
    s = StratifiedTable([table(*row) for row in rows[at:at + 5]])
    p = s.test_equal_odds().pvalue
    print(s.oddsratio_pooled, *s.oddsratio_pooled_confint(), p)
";

/// A thousand tables, the same each time: a third small, a third middling, a third large.
fn tables() -> Vec<[u64; 4]> {
    let mut seed: u64 = 0x5eed_cafe;
    let mut next = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    (0..1000)
        .map(|at| {
            let size = [12, 150, 40_000][at % 3];
            let (n, m) = (3 + next(size), 3 + next(size));
            [next(n + 1), n, next(m + 1), m]
        })
        .collect()
}

#[test]
fn a_thousand_random_tables_agree_with_statsmodels() {
    let python = std::env::var("CAIRN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut import = Command::new(&python);
    import.args(["-c", "import statsmodels"]).stderr(Stdio::null());
    if !import.status().is_ok_and(|status| status.success()) {
        skip(&format!("{python} has no statsmodels, so nothing was compared with it"));
        return;
    }
    let tables = tables();
    let mut child = Command::new(&python)
        .args(["-c", THEIRS])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let words: String = tables.iter().map(|[a, n, c, m]| format!("{a} {n} {c} {m}\n")).collect();
    child.stdin.take().unwrap().write_all(words.as_bytes()).unwrap();
    let said = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    let theirs: Vec<Vec<f64>> = said
        .lines()
        .map(|line| line.split(' ').map(|number| number.parse().unwrap()).collect())
        .collect();
    assert_eq!(theirs.len(), 1200);

    let pair = |[a, n, c, m]: [u64; 4]| (Counts::new(a, n).unwrap(), Counts::new(c, m).unwrap());
    let ratio = |it: Option<Estimate>| match it {
        Some(it) => [it.value, it.interval.low, it.interval.high],
        None => [-1.0; 3],
    };
    for (table, theirs) in tables.iter().zip(&theirs) {
        let (first, second) = pair(*table);
        let rate = wilson(first).unwrap();
        let gap = newcombe(first, second).unwrap().interval;
        let mut ours = vec![rate.low, rate.high, gap.low, gap.high];
        let zero = [first.yes(), first.no(), second.yes(), second.no()].contains(&0);
        ours.extend(ratio(odds_ratio(first, second).ok()));
        ours.extend(ratio(relative_risk(first, second).ok().filter(|_| !zero)));
        same(&ours, theirs, &format!("{table:?}"));
    }
    for (strata, theirs) in tables.chunks(5).zip(&theirs[1000..]) {
        let strata: Vec<_> = strata.iter().map(|it| pair(*it)).collect();
        let joined = join(&strata).unwrap();
        let mut ours = ratio(joined.odds_ratio).to_vec();
        ours.extend(joined.alike.map(|it| it.p));
        same(&ours, &theirs[..ours.len()], &format!("{strata:?}"));
    }
}

fn same(ours: &[f64], theirs: &[f64], what: &str) {
    for (at, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        let far = (ours - theirs).abs() / theirs.abs().max(1.0);
        assert!(far < 1e-9, "{what}: number {at} is {ours} here and {theirs} there");
    }
}
