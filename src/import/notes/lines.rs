//! Lines with headings among them, as Markdown and Word give them, into notes.

use jiff::civil::{Date, Time};

use super::{Draft, MAX_NOTES, NotesError, Told};
use crate::model::text::MONTHS;

/// A line or a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its level, where it is a heading.
    pub heading: Option<u8>,
    /// The words, without the signs of a heading.
    pub text: String,
    /// Whether it follows the line before at once; if not, a blank line stands between them.
    pub tight: bool,
}

impl Line {
    /// A line of words.
    pub const fn plain(text: String) -> Line {
        Line { heading: None, text, tight: true }
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// As it stands in the text of a note.
    fn words(&self) -> String {
        match self.heading {
            Some(level) => format!("{} {}", "#".repeat(usize::from(level)), self.text),
            None => self.text.clone(),
        }
    }
}

/// The notes: one, or one for each heading that begins with a date where there are several. What
/// stands before the first of them is a note as well.
pub fn notes(lines: &[Line], one_note: bool, told: &mut Told) -> Result<Vec<Draft>, NotesError> {
    let begins = |line: &Line| line.heading.is_some() && dated(&line.text).is_some();
    let by_date = lines.iter().filter(|line| begins(line)).count();
    told.by_date = by_date;
    if lines.iter().all(Line::is_blank) {
        return Ok(Vec::new());
    }
    if by_date > MAX_NOTES && !one_note {
        return Err(NotesError::TooMany);
    }
    if one_note || by_date < 2 {
        if one_note {
            told.by_date = 0;
        }
        return Ok(vec![one(lines, false)]);
    }
    let mut notes = Vec::new();
    let mut from = 0;
    for (at, line) in lines.iter().enumerate() {
        if begins(line) && at > from {
            notes.push(&lines[from..at]);
            from = at;
        }
    }
    notes.push(&lines[from..]);
    let written = notes.into_iter().filter(|lines| !lines.iter().all(Line::is_blank));
    Ok(written.map(|lines| one(lines, false)).collect())
}

/// One note. Its first line is the title where it is a heading, or where `first_line` says so, and
/// its day where that line begins with one. A title that is all there is stays in the text, too.
pub fn one(lines: &[Line], first_line: bool) -> Draft {
    let first = lines.iter().position(|line| !line.is_blank()).unwrap_or(0);
    let Some(head) = lines.get(first) else { return Draft::default() };
    let found = dated(&head.text);
    let (date, time, rest) = match found {
        Some((date, time, rest)) => (Some(date), time, rest),
        None => (None, None, head.text.trim()),
    };
    let is_title = head.heading.is_some() || first_line && head.text.chars().count() <= 120;
    let mut body = if is_title { &lines[first + 1..] } else { lines };
    // A day by itself is no title, and what comes after it begins the note.
    let title = if !is_title {
        ""
    } else if rest.is_empty() {
        head.text.trim()
    } else {
        rest
    };
    if body.iter().all(Line::is_blank) {
        body = lines;
    }
    Draft { date, time, title: title.to_owned(), text: joined(body), ..Draft::default() }
}

/// The lines as one text.
fn joined(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        if !text.is_empty() {
            text.push_str(if line.tight { "\n" } else { "\n\n" });
        }
        text.push_str(&line.words());
    }
    text
}

/// The day, the time and the rest of words that begin with a day: "2026-03-04 14:30 Ward round",
/// "4 March 2026: ward round", "Wednesday 4 March 2026". Days in numbers alone other than these
/// are not read: half the world writes the month first.
pub fn dated(words: &str) -> Option<(Date, Option<Time>, &str)> {
    let words = words.trim();
    let (date, rest) = iso(words).or_else(|| spoken(words))?;
    let (time, rest) = match clock(rest.trim_start_matches(['T', ',', ' '])) {
        Some((time, rest)) => (Some(time), rest),
        None => (None, rest),
    };
    // "2026-03-041" and "4 March 2026th" are something else.
    if rest.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    Some((date, time, rest.trim_start_matches([':', '-', '–', '—', ',', '.', ' ']).trim()))
}

/// A day as 2026-03-04, and what follows it.
pub fn iso(words: &str) -> Option<(Date, &str)> {
    let (day, rest) = words.split_at_checked(10)?;
    let mut parts = day.split('-');
    let [year, month, of_month] = [parts.next()?, parts.next()?, parts.next()?];
    let digits = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(year, 4) || !digits(month, 2) || !digits(of_month, 2) {
        return None;
    }
    Some((Date::new(year.parse().ok()?, month.parse().ok()?, of_month.parse().ok()?).ok()?, rest))
}

/// A day as "Wednesday 4 March 2026" or "4th March 2026", and what follows it.
fn spoken(words: &str) -> Option<(Date, &str)> {
    const DAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let mut rest = words;
    let mut next = || {
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        rest = after.trim_start();
        word.trim_end_matches(',')
    };
    let mut word = next();
    if DAYS.iter().any(|day| word.eq_ignore_ascii_case(day)) {
        word = next();
    }
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (day, ending) = word.split_at(digits);
    if digits > 2 || !matches!(ending, "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    let day: i8 = day.parse().ok()?;
    let month = next();
    let is_month = |name: &str| {
        name.eq_ignore_ascii_case(month)
            || name.get(..3).is_some_and(|s| s.eq_ignore_ascii_case(month))
    };
    let month = i8::try_from(MONTHS.iter().position(|name| is_month(name))? + 1).ok()?;
    let year = rest.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
    let after = &rest[4..];
    Some((Date::new(year.parse().ok()?, month, day).ok()?, after))
}

/// A time as 14:30, 14:30:05 or 2:30 PM, and what follows it.
pub fn clock(words: &str) -> Option<(Time, &str)> {
    let end = words.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(words.len());
    let (numbers, rest) = words.split_at(end);
    let mut parts = numbers.split(':');
    let hour: i8 = parts.next().filter(|part| (1..=2).contains(&part.len()))?.parse().ok()?;
    let minute: i8 = parts.next().filter(|part| part.len() == 2)?.parse().ok()?;
    let second: i8 = match parts.next() {
        Some(part) => part.parse().ok()?,
        None => 0,
    };
    let half = rest.trim_start();
    let upper = half.get(..2).map(str::to_ascii_uppercase);
    let (hour, rest) = match upper.as_deref() {
        Some("AM") if (1..=12).contains(&hour) => (hour % 12, &half[2..]),
        Some("PM") if (1..=12).contains(&hour) => (hour % 12 + 12, &half[2..]),
        _ => (hour, rest),
    };
    Some((Time::new(hour, minute, second, 0).ok()?, rest))
}
