//! Ways to reach a person: postcodes, telephone numbers, e-mail addresses.

use super::{Search, Told};
use crate::review::tokens::{Case, Gap, Tokens};
use crate::review::words::Label;
use crate::review::{Grade, Hit, Kind};

/// The longest e-mail address in tokens, to either side of the `@`.
const REACH: usize = 40;

pub fn find_email<'a>(search: &Search<'a>, at: usize, hits: &mut Vec<Hit<'a>>) {
    let tokens = search.tokens;
    let part = |at: usize, marks: &str| {
        tokens.is_word(at)
            || tokens.is_number(at)
            || marks.chars().any(|mark| tokens.is_mark(at, mark))
    };
    let mut first = at;
    while first > 0 && at - first < REACH && tokens.is_attached(first) && part(first - 1, ".-_+%'")
    {
        first -= 1;
    }
    while first < at && !(tokens.is_word(first) || tokens.is_number(first)) {
        first += 1;
    }
    let (mut last, mut end, mut dotted) = (at, at, false);
    while last - at < REACH && tokens.is_attached(last + 1) && part(last + 1, ".-") {
        last += 1;
        if tokens.is_mark(last, '.') {
            dotted |= end > at;
        } else if !tokens.is_mark(last, '-') {
            end = last;
        }
    }
    let dotted = dotted && (at..end).any(|at| tokens.is_mark(at, '.'));
    if first < at && end > at && dotted {
        let reason = "It is an e-mail address.";
        let told = Told::new(Kind::Email, Grade::Strong, reason, "(e-mail address left out)");
        search.add(hits, first, end, told);
    }
}

pub fn find_phone<'a>(search: &Search<'a>, at: usize, hits: &mut Vec<Hit<'a>>) {
    let tokens = search.tokens;
    if tokens.is_number(at) && search.is_glued(at) {
        return;
    }
    let after_bracket = at > 0 && tokens.is_mark(at - 1, '(') && tokens.is_attached(at);
    if tokens.is_number(at) && after_bracket && tokens.is_mark(at + 1, ')') {
        return;
    }
    let Some(phone) = Phone::at(tokens, at) else { return };
    let labelled = matches!(search.label_before(at), Some((Label::Phone, _)));
    if phone.is_real(labelled) && !search.goes_on(phone.last) {
        let reason = "It has the form of a telephone number.";
        let told = Told::new(Kind::Phone, Grade::Strong, reason, "(phone number left out)");
        search.add(hits, at, phone.last, told);
    }
}

struct Phone {
    last: usize,
    digits: String,
    abroad: bool,
    first_group: usize,
}

impl Phone {
    /// Digits in groups, parted by one space, dash, full stop or brackets.
    fn at(tokens: &Tokens<'_>, at: usize) -> Option<Phone> {
        let abroad = tokens.is_mark(at, '+');
        let bracket = tokens.is_mark(at, '(');
        let start = if abroad || bracket { at + 1 } else { at };
        if !tokens.is_number(start) || (start > at && !tokens.is_attached(start)) {
            return None;
        }
        if !abroad && !tokens.word(start).starts_with('0') {
            return None;
        }
        let mut phone = Phone {
            last: start,
            digits: tokens.word(start).to_owned(),
            abroad,
            first_group: tokens.word(start).len() + if bracket { 2 } else { 0 },
        };
        while phone.digits.len() < phone.wanted() {
            let mut next = phone.last + 1;
            let mut marks = 0;
            while marks < 2 && ")-.(".chars().any(|mark| tokens.is_mark(next, mark)) {
                if !tokens.is_on_line(next) {
                    return Some(phone);
                }
                (next, marks) = (next + 1, marks + 1);
            }
            let group = tokens.word(next);
            if !tokens.is_number(next) || tokens.get(next)?.gap > Gap::Space {
                break;
            }
            let trunk = group == "0" && tokens.is_mark(next - 1, '(');
            if !trunk {
                if phone.digits.len() + group.len() > phone.wanted() {
                    break;
                }
                phone.digits.push_str(group);
            }
            phone.last = next;
        }
        Some(phone)
    }

    /// How many digits the number has in all.
    fn wanted(&self) -> usize {
        match &self.digits {
            digits if self.abroad && digits.starts_with("44") => 12,
            _ if self.abroad => 15,
            digits if digits.starts_with("0044") => 14,
            digits if digits.starts_with("00") => 16,
            _ => 11,
        }
    }

    fn is_real(&self, labelled: bool) -> bool {
        let count = self.digits.len();
        if self.abroad && !self.digits.starts_with("44") {
            return (10..=15).contains(&count);
        }
        if self.digits.starts_with("00") && !self.digits.starts_with("0044") {
            return labelled && (12..=16).contains(&count);
        }
        if count == self.wanted() {
            let home = !self.abroad && count == 11;
            let second = self.digits.as_bytes().get(1);
            return !home
                || (second.is_some_and(|digit| b"1235789".contains(digit))
                    && self.first_group >= 3);
        }
        labelled && !self.abroad && count == 10
    }
}

pub fn find_postcode<'a>(search: &Search<'a>, at: usize, hits: &mut Vec<Hit<'a>>) {
    let tokens = search.tokens;
    let word = tokens.word(at);
    if !(2..=7).contains(&word.len()) || !word.is_ascii() || !has_digit(word) {
        return;
    }
    let next = tokens.word(at + 1);
    let apart = tokens.is_on_line(at + 1) && !tokens.is_attached(at + 1);
    if apart && is_inward(next, word) && is_outward(search, word) {
        let (a, b) = (tokens.case(at), tokens.case(at + 1));
        let capital = |case| matches!(case, Case::Upper | Case::Initial | Case::Title);
        // "ST4 2nd" is a grade and a number.
        let ordinal = matches!(next, "1st" | "2nd" | "3rd") || next.ends_with("th");
        let grade = matches!(word.get(..2), Some("st" | "ct"));
        if (a == Case::Lower) == (b == Case::Lower)
            && (a == Case::Lower || capital(a))
            && !(ordinal && (grade || a == Case::Lower))
        {
            add_postcode(search, at, at + 1, hits);
        }
    } else if let Some((out, inward)) =
        word.len().checked_sub(3).and_then(|at| word.split_at_checked(at))
        && word.len() >= 5
        && is_inward(inward, out)
        && is_outward(search, out)
        && tokens.case(at) == Case::Upper
    {
        add_postcode(search, at, at, hits);
    }
}

fn add_postcode<'a>(search: &Search<'a>, first: usize, last: usize, hits: &mut Vec<Hit<'a>>) {
    let reason = "It has the form of a full postcode: few homes share one.";
    let told = Told::new(Kind::Postcode, Grade::Strong, reason, "(postcode left out)");
    search.add(hits, first, last, told);
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// A digit and two letters, without the letters that are never used there. Codes of the NHS that
/// stand for no place (`ZZ99 3VZ`) use them all.
fn is_inward(word: &str, area: &str) -> bool {
    let [digit, a, b] = word.as_bytes() else { return false };
    let every = area.starts_with("zz");
    let letter = |byte: &u8| byte.is_ascii_lowercase() && (every || !b"cikmov".contains(byte));
    digit.is_ascii_digit() && letter(a) && letter(b)
}

/// An area, then a digit, two digits, or a digit and a letter.
fn is_outward(search: &Search<'_>, word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_lowercase).count();
    let Some((area, district)) = word.split_at_checked(letters) else { return false };
    let fits = match district.as_bytes() {
        [a] => a.is_ascii_digit(),
        [a, b] => a.is_ascii_digit() && b.is_ascii_alphanumeric(),
        _ => false,
    };
    fits && search.words.postcode_areas.contains(area)
}
