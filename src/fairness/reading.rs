//! A gap in plain words: whole people in every 100, and always what else would fit.

use super::compare::{Gap, Rate, TooFew};
use super::intervals::{Estimate, Interval};
use super::mantel_haenszel::Joined;
use super::suppression::{Rules, Small};

/// In whole people of every 100.
pub fn points(part: f64) -> i64 {
    // Rates and their differences lie between -1 and 1.
    #[expect(clippy::cast_possible_truncation, reason = "it fits")]
    let whole = (part * 100.0).round() as i64;
    whole
}

/// "67% (61% to 73%)".
pub fn rate(rate: &Rate) -> String {
    format!("{}% ({})", points(rate.rate), percents(rate.interval))
}

/// "61% to 73%".
pub fn percents(interval: Interval) -> String {
    format!("{}% to {}%", points(interval.low), points(interval.high))
}

/// "41 fewer", "8 more", "no gap".
pub fn signed(part: f64) -> String {
    match points(part) {
        0 => "no gap".to_owned(),
        fewer @ ..0 => format!("{} fewer", -fewer),
        more => format!("{more} more"),
    }
}

/// "41 fewer in every 100."
pub fn gap(difference: Estimate) -> String {
    match points(difference.value) {
        0 => "Less than 1 in every 100 apart.".to_owned(),
        _ => format!("{} in every 100.", signed(difference.value)),
    }
}

/// What else fits: "The data fit a true gap of 32 to 48 fewer."
pub fn fits(difference: Estimate) -> String {
    let Interval { low, high } = difference.interval;
    let (from, to) = (points(low), points(high));
    match (low > 0.0, high < 0.0) {
        // Rounding may take an end to nought though the interval ends before it.
        (true, _) if from == to => format!("The data fit a true gap of about {to} more."),
        (true, _) => format!("The data fit a true gap of {} to {to} more.", least(from)),
        (_, true) if from == to => format!("The data fit a true gap of about {} fewer.", -from),
        (_, true) => format!("The data fit a true gap of {} to {} fewer.", least(-to), -from),
        _ => match (from, to) {
            (0, 0) => "The data fit no gap, or one of less than 1 in every 100.".to_owned(),
            (0, to) => format!("The data fit anything from no gap to {to} more."),
            (from, 0) => format!("The data fit anything from no gap to {} fewer.", -from),
            (from, to) => {
                format!("The data fit anything from {} fewer to {to} more, and no gap.", -from)
            }
        },
    }
}

fn least(points: i64) -> String {
    if points == 0 { "less than 1".to_owned() } else { points.to_string() }
}

/// All about a gap: the first rate, the second, how far they are apart, what else fits, and what
/// it does not say.
pub fn sentences(it: &Gap, outcome: &str) -> [String; 5] {
    let (first, second) = (&it.first, &it.second);
    let rate =
        |it: &Rate| format!("{}: {} of every 100 {outcome}.", it.group.name, points(it.rate));
    [
        rate(first),
        rate(second),
        gap(it.difference),
        fits(it.difference),
        "It does not say why, and it tells you nothing about one doctor.".to_owned(),
    ]
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|it| it.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// Why nothing is said.
pub fn too_few(few: &TooFew, rules: Rules) -> String {
    let name = &few.group;
    match few.why {
        Small::Group => format!("{name}: fewer than {} people.", rules.group()),
        Small::Outcome => format!(
            "{name}: fewer than {} had the outcome, or fewer than {0} did not. A doctor could be \
             picked out.",
            rules.outcome()
        ),
    }
}

/// A ratio with its interval: "0.39 (0.31 to 0.49)".
pub fn ratio(estimate: Option<Estimate>) -> String {
    match estimate {
        Some(Estimate { value, interval }) => {
            let [value, low, high] = [value, interval.low, interval.high].map(two_digits);
            format!("{value} ({low} to {high})")
        }
        None => "cannot be worked out: one of the counts is zero".to_owned(),
    }
}

fn two_digits(number: f64) -> String {
    if number >= 100.0 { format!("{number:.0}") } else { format!("{number:.2}") }
}

/// What the strata say together, a sentence each.
pub fn joined(it: &Joined) -> Vec<String> {
    let mut said =
        vec![format!("Taken together: {} {}", lower(&gap(it.difference)), fits(it.difference))];
    match it.alike {
        Some(alike) if alike.p < 0.05 => said.push(
            "The gap is not the same in all of them, so this average hides something. Look at \
             each."
                .to_owned(),
        ),
        Some(_) => said.push(
            "There is no clear sign that the gap differs between them. Small numbers may hide it."
                .to_owned(),
        ),
        None => {}
    }
    said
}

/// What adjusting can do, and what it cannot.
pub const ADJUSTING: &str = "Comparing like with like helps where groups sat different exams, or \
     worked in different places. It cannot allow for what nobody wrote down. Where bias decides \
     who works where, it hides part of the gap. Look at the gap before and after.";

/// By how much the gap changes a year: what the first group gained on the second, or lost.
pub fn trend(slope: Estimate, first: &str, second: &str) -> String {
    let Interval { low, high } = slope.interval;
    let size = |it: f64| format!("{:.1}", (it * 100.0).abs());
    if slope.interval.contains(0.0) {
        return format!(
            "No clear change over the years. Each year, {first} may have lost up to {} or gained \
             up to {} in every 100 against {second}.",
            size(low),
            size(high)
        );
    }
    let (word, near, far) = match high < 0.0 {
        true => ("lost", high, low),
        false => ("gained", low, high),
    };
    format!(
        "Each year, {first} {word} {} to {} in every 100 against {second}. A line through few \
         years is a rough guide.",
        size(near),
        size(far)
    )
}

/// How many people a study needs.
pub fn needed(people: Option<u64>, gap: u64) -> String {
    match people {
        Some(people) => format!(
            "To have an 80% chance of seeing a gap of {gap} in every 100, if it is there, you \
             would need about {} people in each group.",
            grouped(people)
        ),
        None => "That gap does not fit this rate. Try a smaller one.".to_owned(),
    }
}

/// "12,419".
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// What "Try it" says of a made-up group that may be very small.
pub fn tried(interval: Interval, people: u64, rules: Rules) -> (&'static str, String) {
    let lead = if people < rules.group() { "Too few to say." } else { "Still a range." };
    (lead, format!("The true rate could be anywhere from {}.", percents(interval)))
}
