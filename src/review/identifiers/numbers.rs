//! NHS, CHI and Health and Care numbers: ten digits with a check digit (modulus 11).

use super::{Search, Told};
use crate::review::words::Label;
use crate::review::{Grade, Hit, Kind};

const NHS_VALID: &str = "It has the form and the check digit of an NHS number.";
const NHS_LABELLED: &str = "It is called an NHS number.";
const NHS_SHAPE: &str =
    "It is written like an NHS number; the check digit does not fit, as after a slip.";
const CHI: &str =
    "It has the form of a CHI number, Scotland’s NHS number, which begins with a date of birth.";
const HC: &str = "It has the form of a Health and Care number, Northern Ireland’s NHS number.";

pub fn find<'a>(search: &Search<'a>, at: usize, hits: &mut Vec<Hit<'a>>) {
    if search.is_glued(at) {
        return;
    }
    let Some(ten) = ten(search, at) else { return };
    let label = search.label_before(at).map(|(label, _)| label);
    let (kind, grade, reason) = match label {
        Some(Label::Nhs) => (Kind::NhsNumber, Grade::Strong, NHS_LABELLED),
        Some(Label::Chi) => (Kind::ChiNumber, Grade::Strong, CHI),
        Some(Label::Hc) => (Kind::HcNumber, Grade::Strong, HC),
        Some(Label::Hospital | Label::Candidate) => return,
        Some(Label::Phone) if ten.digits.first() == Some(&0) => return,
        _ => match unlabelled(&ten) {
            Some(found) => found,
            None => return,
        },
    };
    let replacement = match kind {
        Kind::ChiNumber => "(CHI number left out)",
        Kind::HcNumber => "(H&C number left out)",
        _ => "(NHS number left out)",
    };
    search.add(hits, at, ten.last, Told::new(kind, grade, reason, replacement));
}

fn unlabelled(ten: &Ten) -> Option<(Kind, Grade, &'static str)> {
    let whole = matches!(ten.groups.as_slice(), [10] | [3, 3, 4] | [6, 4]);
    if ten.even && whole && is_valid(&ten.digits) {
        let stem = ten.digits.iter().take(3).fold(0, |stem, digit| stem * 10 + u32::from(*digit));
        let found = match stem {
            _ if begins_with_date(&ten.digits) => Some((Kind::ChiNumber, CHI)),
            320..=399 => Some((Kind::HcNumber, HC)),
            // 9 is kept for tests; who writes one means an NHS number all the same.
            400..=499 | 600..=799 | 900..=999 => Some((Kind::NhsNumber, NHS_VALID)),
            _ => None,
        };
        if let Some((kind, reason)) = found {
            return Some((kind, Grade::Strong, reason));
        }
    }
    let shape = ten.even && ten.groups == [3, 3, 4];
    shape.then_some((Kind::NhsNumber, Grade::Weak, NHS_SHAPE))
}

/// Ten digits in groups.
struct Ten {
    last: usize,
    digits: Vec<u8>,
    groups: Vec<usize>,
    /// Whether all groups are parted in the same way.
    even: bool,
}

fn ten(search: &Search<'_>, at: usize) -> Option<Ten> {
    let tokens = search.tokens;
    let mut ten = Ten { last: at, digits: Vec::new(), groups: Vec::new(), even: true };
    let mut parted = None;
    loop {
        let word = tokens.word(ten.last);
        ten.groups.push(word.len());
        ten.digits.extend(word.bytes().map(|byte| byte.wrapping_sub(b'0')));
        if ten.digits.len() >= 10 {
            break;
        }
        let next = ten.last + 1;
        let (by, group) = if tokens.is_number(next) && tokens.is_on_line(next) {
            (' ', next)
        } else if (tokens.is_mark(next, '-') || tokens.is_mark(next, '.'))
            && tokens.is_attached(next)
            && tokens.is_attached(next + 1)
            && tokens.is_number(next + 1)
        {
            (if tokens.is_mark(next, '-') { '-' } else { '.' }, next + 1)
        } else {
            return None;
        };
        ten.even &= by != '.' && *parted.get_or_insert(by) == by;
        ten.last = group;
    }
    (ten.digits.len() == 10 && !search.goes_on(ten.last)).then_some(ten)
}

/// Modulus 11 with weights 10 to 2 on the first nine; 11 counts as 0, and 10 never occurs.
fn is_valid(digits: &[u8]) -> bool {
    let sum: u32 = (2..=10).rev().zip(digits).map(|(by, digit)| by * u32::from(*digit)).sum();
    let check = (11 - sum % 11) % 11;
    digits.get(9).is_some_and(|last| u32::from(*last) == check)
}

/// Whether the first six digits are a day, a month and a year of two digits.
fn begins_with_date(digits: &[u8]) -> bool {
    let [d, ay, m, onth, ye, ar, ..] = digits else { return false };
    let two = |a: &u8, b: &u8| i16::from(*a) * 10 + i16::from(*b);
    let (Ok(day), Ok(month)) = (i8::try_from(two(d, ay)), i8::try_from(two(m, onth))) else {
        return false;
    };
    [1900, 2000].iter().any(|c| jiff::civil::Date::new(c + two(ye, ar), month, day).is_ok())
}
