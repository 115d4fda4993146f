//! A gap within strata, such as exams: each compared with itself, then joined (Mantel and Haenszel).
//!
//! It takes out what differs between the strata. It can't take out what was not measured, and it
//! hides a gap that differs from stratum to stratum: [`Joined::alike`] tests for that.

use super::Counts;
use super::intervals::{Estimate, Interval, Z, on_log_scale};

/// What all strata say together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joined {
    /// The difference of the rates, with the interval of Greenland and Robins.
    pub difference: Estimate,
    /// The odds ratio, with the interval of Robins, Breslow and Greenland; nothing where a sum is
    /// nought.
    pub odds_ratio: Option<Estimate>,
    /// The test that the odds ratio is the same in all strata (Breslow and Day); nothing for a
    /// single stratum, or without an odds ratio.
    pub alike: Option<Alike>,
}

/// What the test of sameness says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alike {
    /// The statistic.
    pub statistic: f64,
    /// How often chance alone gives as much.
    pub p: f64,
}

/// Joins strata: in each, the first group and the second. Those without both are left out; nothing
/// where none remains.
pub fn join(strata: &[(Counts, Counts)]) -> Option<Joined> {
    let both = |one: &&(Counts, Counts)| one.0.of() > 0 && one.1.of() > 0;
    let strata: Vec<Stratum> = strata.iter().filter(both).map(Stratum::of).collect();
    if strata.is_empty() {
        return None;
    }
    let odds_ratio = odds_ratio(&strata);
    let alike = odds_ratio.filter(|_| strata.len() > 1).and_then(|it| alike(&strata, it.value));
    Some(Joined { difference: difference(&strata), odds_ratio, alike })
}

/// The four counts: with and without the outcome in the first group, then in the second.
struct Stratum {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
}

impl Stratum {
    fn of((first, second): &(Counts, Counts)) -> Stratum {
        let [a, b, c, d] = [first.yes(), first.no(), second.yes(), second.no()].map(|it| it as f64);
        Stratum { a, b, c, d }
    }

    fn all(&self) -> f64 {
        self.a + self.b + self.c + self.d
    }
}

fn difference(strata: &[Stratum]) -> Estimate {
    let (mut sum, mut weights, mut variance) = (0.0, 0.0, 0.0);
    for one in strata {
        let (n, m) = (one.a + one.b, one.c + one.d);
        let weight = n * m / one.all();
        sum += weight * (one.a / n - one.c / m);
        weights += weight;
        variance += weight.powi(2) * (one.a * one.b / n.powi(3) + one.c * one.d / m.powi(3));
    }
    let value = sum / weights;
    let half = Z * variance.sqrt() / weights;
    let interval = Interval { low: (value - half).max(-1.0), high: (value + half).min(1.0) };
    Estimate { value, interval }
}

fn odds_ratio(strata: &[Stratum]) -> Option<Estimate> {
    let (mut r, mut s, mut pr, mut mixed, mut qs) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for one in strata {
        let n = one.all();
        let (p, q) = ((one.a + one.d) / n, (one.b + one.c) / n);
        let (up, down) = (one.a * one.d / n, one.b * one.c / n);
        r += up;
        s += down;
        pr += p * up;
        mixed += p * down + q * up;
        qs += q * down;
    }
    if r == 0.0 || s == 0.0 {
        return None;
    }
    let variance = pr / (2.0 * r * r) + mixed / (2.0 * r * s) + qs / (2.0 * s * s);
    Some(on_log_scale(r / s, variance.sqrt()))
}

/// Breslow and Day's test, without Tarone's correction.
fn alike(strata: &[Stratum], ratio: f64) -> Option<Alike> {
    let mut statistic = 0.0;
    for one in strata {
        let expected = expected(one, ratio);
        let (n, m, yes) = (one.a + one.b, one.c + one.d, one.a + one.c);
        let cells = [expected, n - expected, yes - expected, m - yes + expected];
        if cells.iter().any(|cell| *cell <= 0.0) {
            return None;
        }
        let variance = 1.0 / cells.iter().map(|cell| 1.0 / cell).sum::<f64>();
        statistic += (one.a - expected).powi(2) / variance;
    }
    let freedom = (strata.len() - 1) as f64;
    Some(Alike { statistic, p: chi_squared_above(statistic, freedom) })
}

/// The first count as it would be with the margins of the stratum and this odds ratio.
fn expected(one: &Stratum, ratio: f64) -> f64 {
    let (n, m, yes) = (one.a + one.b, one.c + one.d, one.a + one.c);
    if (ratio - 1.0).abs() < 1e-12 {
        return n * yes / (n + m);
    }
    let b = ratio * (n + yes) + m - yes;
    let root = (b * b - 4.0 * ratio * (ratio - 1.0) * n * yes).sqrt();
    // The form that loses no digits near 1.
    2.0 * ratio * n * yes / (b + root)
}

/// How often a chi-squared value with so many degrees of freedom is above this.
fn chi_squared_above(value: f64, freedom: f64) -> f64 {
    let (a, x) = (freedom / 2.0, value / 2.0);
    if x <= 0.0 {
        return 1.0;
    }
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum, mut k) = (1.0 / a, 1.0 / a, a);
        while term > sum * 1e-16 {
            k += 1.0;
            term *= x / k;
            sum += term;
        }
        return (1.0 - front * sum).clamp(0.0, 1.0);
    }
    // Lentz's continued fraction.
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut h = d;
    for k in 1..500 {
        let k = f64::from(k);
        let step = -k * (k - a);
        b += 2.0;
        d = 1.0 / (step * d + b);
        c = b + step / c;
        h *= d * c;
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    (front * h).clamp(0.0, 1.0)
}

/// The logarithm of the gamma function at a whole or half number.
fn ln_gamma(a: f64) -> f64 {
    let mut at = if a.fract() == 0.0 { 1.0 } else { 0.5 };
    let mut sum = if a.fract() == 0.0 { 0.0 } else { std::f64::consts::PI.ln() / 2.0 };
    while at < a - 0.25 {
        sum += at.ln();
        at += 1.0;
    }
    sum
}
