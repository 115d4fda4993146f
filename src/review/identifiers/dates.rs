//! Dates of birth, and the exact day on which something happened to a patient.

use jiff::civil::Date;

use super::{Search, Told};
use crate::model::text::MONTHS;
use crate::review::tokens::{Gap, Tokens};
use crate::review::words::{Label, Words};
use crate::review::{Grade, Hit, Kind};

/// How far before a date "born" may stand, in tokens.
const BORN: usize = 6;

pub fn find<'a>(search: &Search<'a>, at: usize, hits: &mut Vec<Hit<'a>>) {
    let tokens = search.tokens;
    if search.is_glued(at) {
        return;
    }
    let labelled = search.label_before(at).filter(|(label, _)| *label == Label::Birth);
    let Some(day) = Day::at(tokens, search.words, at, labelled.is_some()) else { return };
    if search.goes_on(day.last) {
        return;
    }
    let born = || born_before(search, at).map(|first| (Label::Birth, first));
    let after = || is_label_after(search, day.last).then_some((Label::Birth, at));
    if let Some((_, first)) = labelled.or_else(born).or_else(after) {
        add_birth(search, first, &day, hits);
    } else if day.year.is_some_and(|year| is_long_ago(search, year)) {
        let reason = "A day so long ago is often a date of birth.";
        let told = Told::new(Kind::DateOfBirth, Grade::Weak, reason, &in_words(search, &day));
        search.add(hits, at, day.last, told);
    } else {
        find_event(search, at, &day, hits);
    }
}

fn add_birth<'a>(search: &Search<'a>, first: usize, day: &Day, hits: &mut Vec<Hit<'a>>) {
    let reason = "A date of birth points to one person.";
    let told = Told::new(Kind::DateOfBirth, Grade::Strong, reason, &in_words(search, day));
    search.add(hits, first, day.last, told);
}

/// "born" or "aged" a few words before, in the same sentence.
fn born_before(search: &Search<'_>, at: usize) -> Option<usize> {
    let tokens = search.tokens;
    let mut from = at;
    for _ in 0..BORN {
        from = from.checked_sub(1)?;
        if !tokens.same_sentence(from, at) || matches!(tokens.word(from), "and" | "but") {
            return None;
        }
        match tokens.word(from) {
            "born" => return Some(from),
            // "aged 34 (12/03/1991)"
            "aged" if at - from <= 3 => return Some(from),
            _ => {}
        }
    }
    None
}

fn is_label_after(search: &Search<'_>, last: usize) -> bool {
    let tokens = search.tokens;
    let next = if tokens.is_mark(last + 1, '(') { last + 2 } else { last + 1 };
    matches!(tokens.word(next), "dob") && tokens.is_on_line(next)
}

fn is_long_ago(search: &Search<'_>, year: i16) -> bool {
    search.settings.today.is_some_and(|today| (1900..=today.year() - 22).contains(&year))
}

/// "in their 60s", as far as today is known.
fn in_words(search: &Search<'_>, day: &Day) -> String {
    let unknown = || "(date of birth left out)".to_owned();
    let (Some(today), Some(year)) = (search.settings.today, day.year) else { return unknown() };
    let Ok(born) = Date::new(year, day.month, day.day) else { return unknown() };
    let had = (today.month(), today.day()) >= (born.month(), born.day());
    match today.year() - born.year() - i16::from(!had) {
        ..0 => unknown(),
        0 => "under a year old".to_owned(),
        1..=9 => "under 10".to_owned(),
        10..=19 => "in their teens".to_owned(),
        90.. => "aged 90 or over".to_owned(),
        age => format!("in their {}s", age / 10 * 10),
    }
}

fn find_event<'a>(search: &Search<'a>, at: usize, day: &Day, hits: &mut Vec<Hit<'a>>) {
    let tokens = search.tokens;
    let words = search.words;
    let same = |other: &usize| tokens.same_sentence(*other, at);
    let from = (at.saturating_sub(SENTENCE)..at).rev().take_while(same).last().unwrap_or(at);
    let to = (at..tokens.len().min(at + SENTENCE)).take_while(same).last().unwrap_or(at);
    let is_event = (from..=to).any(|at| words.events.at(tokens, at).next().is_some());
    let is_other = (from..=to).any(|at| words.event_exceptions.contains(tokens.word(at)));
    if !is_event || is_other {
        return;
    }
    let mut first = at;
    if first > from && tokens.word(first - 1) == "the" {
        first -= 1;
    }
    let on = first > from && tokens.word(first - 1) == "on";
    // "died on 3 March": the word before belongs to what is replaced.
    let verb = on && first > from + 1 && matches!(tokens.word(first - 2), "died" | "arrested");
    first -= if verb { 2 } else { usize::from(on) };
    let verb = if verb { format!("{} ", tokens.word(first)) } else { String::new() };
    let month = day.month_words();
    let written = if on { format!("{verb}in {month}") } else { month };
    let reason = "An exact day together with what happened may point to one patient.";
    search.add(hits, first, day.last, Told::new(Kind::EventDate, Grade::Weak, reason, &written));
}

/// The longest sentence that is looked through to either side, in tokens.
const SENTENCE: usize = 60;

/// A day as it is written.
struct Day {
    last: usize,
    day: i8,
    month: i8,
    year: Option<i16>,
}

impl Day {
    /// The day that begins at a token. Only after a label do bare digits count.
    fn at(tokens: &Tokens<'_>, words: &Words, at: usize, labelled: bool) -> Option<Day> {
        if tokens.is_number(at) {
            Day::in_digits(tokens, at)
                .or_else(|| Day::in_words(tokens, words, at))
                .or_else(|| if labelled { Day::bare(tokens, at) } else { None })
        } else if tokens.word(at).starts_with(|c: char| c.is_ascii_digit()) {
            Day::in_words(tokens, words, at)
        } else {
            Day::month_first(tokens, words, at)
        }
    }

    /// 12/03/1958, 12.3.58, 1958-03-12.
    fn in_digits(tokens: &Tokens<'_>, at: usize) -> Option<Day> {
        let mark = ['/', '-', '.'].into_iter().find(|mark| tokens.is_mark(at + 1, *mark))?;
        let tight = (at + 1..=at + 4).all(|at| tokens.is_attached(at));
        if !(tight
            && tokens.is_number(at + 2)
            && tokens.is_mark(at + 3, mark)
            && tokens.is_number(at + 4))
        {
            return None;
        }
        let (a, b, c) = (tokens.word(at), tokens.word(at + 2), tokens.word(at + 4));
        let day = match (a.len(), b.len(), c.len()) {
            (4, 1..=2, 1..=2) => Day::of(at + 4, c, b, Some(a)),
            (1..=2, 1..=2, 2 | 4) => Day::of(at + 4, a, b, Some(c)),
            _ => None,
        };
        day.filter(|day| (1..=12).contains(&day.month))
    }

    /// 12 March 1958, 12th of March, 12-Mar-58.
    fn in_words(tokens: &Tokens<'_>, words: &Words, at: usize) -> Option<Day> {
        let number = ordinal(tokens.word(at))?;
        let mut next = at + 1;
        if tokens.word(next) == "of" || tokens.is_mark(next, '-') || tokens.is_mark(next, '/') {
            next += 1;
        }
        let month = words.months.get(tokens.word(next))?;
        if !tokens.is_word(next) || tokens.get(next)?.gap > Gap::Line {
            return None;
        }
        let (last, year) = year_after(tokens, next);
        let month = i8::try_from(*month).ok()?;
        Some(Day { last, day: number, month, year })
    }

    /// March 12, 1958.
    fn month_first(tokens: &Tokens<'_>, words: &Words, at: usize) -> Option<Day> {
        let month = i8::try_from(*words.months.get(tokens.word(at))?).ok()?;
        let day = ordinal(tokens.word(at + 1)).filter(|_| tokens.is_on_line(at + 1))?;
        // "12 March 2026" was read from its day on.
        if at > 0 && ordinal(tokens.word(at - 1)).is_some() {
            return None;
        }
        let (last, year) = year_after(tokens, at + 1);
        Some(Day { last, day, month, year })
    }

    /// 12031958, or 12 03 1958.
    fn bare(tokens: &Tokens<'_>, at: usize) -> Option<Day> {
        let (a, b, c) = (tokens.word(at), tokens.word(at + 1), tokens.word(at + 2));
        if matches!(a.len(), 6 | 8) {
            return Day::of(at, a.get(..2)?, a.get(2..4)?, a.get(4..));
        }
        let groups = tokens.is_on_line(at + 1) && tokens.is_on_line(at + 2);
        if groups && a.len() <= 2 && b.len() <= 2 && matches!(c.len(), 2 | 4) {
            return Day::of(at + 2, a, b, Some(c));
        }
        None
    }

    fn of(last: usize, day: &str, month: &str, year: Option<&str>) -> Option<Day> {
        let (day, month) = (day.parse().ok()?, month.parse().ok()?);
        let year = year.and_then(year_of);
        (1..=39).contains(&day).then_some(Day { last, day, month, year })
    }

    /// "March 2026".
    fn month_words(&self) -> String {
        let month = usize::try_from(self.month - 1).ok().and_then(|at| MONTHS.get(at));
        let month = month.copied().unwrap_or("that month");
        self.year.map_or_else(|| month.to_owned(), |year| format!("{month} {year}"))
    }
}

/// A day of a month: 1 to 31, with or without its ending.
fn ordinal(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ending = word.get(digits.len()..)?;
    let day = digits.parse().ok()?;
    let fits = matches!(ending, "" | "st" | "nd" | "rd" | "th");
    (fits && digits.len() <= 2 && (1..=31).contains(&day)).then_some(day)
}

fn year_of(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok()?;
    match word.len() {
        4 => (1890..=2100).contains(&year).then_some(year),
        // A two-digit year is that of a person alive, or of these years.
        2 => Some(if year <= 30 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

fn year_after(tokens: &Tokens<'_>, month: usize) -> (usize, Option<i16>) {
    let mut next = month + 1;
    if ",-/'.".chars().any(|mark| tokens.is_mark(next, mark)) {
        next += 1;
    }
    let near = tokens.get(next).is_some_and(|token| token.gap <= Gap::Line);
    let word = tokens.word(next);
    let wanted = word.len() == 4 || (word.len() == 2 && !tokens.is_mark(next - 1, ','));
    match year_of(word) {
        Some(year) if near && wanted && tokens.is_number(next) => (next, Some(year)),
        _ => (month, None),
    }
}
