//! The phrases, each as a pattern over plain words.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::{Known, NaturalDateError, Unit, add, dated, name_of, nth_in_month, working_day_before};
use crate::model::text::month;

/// A day, and another that some people mean.
type Found = (Date, Option<Date>);
/// Nothing when the words are no phrase of that sort.
type Tried = Option<Result<Found, NaturalDateError>>;

/// Reads words from one day on.
pub(super) struct Reader<'a> {
    pub today: Date,
    pub known: &'a Known,
}

impl Reader<'_> {
    /// Reads all words.
    pub fn read(&self, words: &[&str]) -> Result<Found, NaturalDateError> {
        let words = match words {
            ["by" | "on" | "at" | "due" | "until", rest @ ..] if !rest.is_empty() => rest,
            all => all,
        };
        let ways: [fn(&Self, &[&str]) -> Tried; 8] = [
            Self::near,
            Self::vague,
            Self::named,
            Self::relative,
            Self::of_a_week,
            Self::end_of,
            Self::nth,
            Self::beside,
        ];
        let found = ways.iter().find_map(|way| way(self, words));
        found.unwrap_or_else(|| self.date(words))
    }

    /// "today", "tomorrow", "yesterday", "the day after tomorrow".
    fn near(&self, words: &[&str]) -> Tried {
        let days = match words {
            ["today" | "now"] => 0,
            ["tomorrow"] => 1,
            ["yesterday"] => -1,
            ["day", "after", "tomorrow"] | ["the", "day", "after", "tomorrow"] => 2,
            _ => return None,
        };
        Some(only(add(self.today, days, Unit::Day)))
    }

    /// Words that stand for several days.
    fn vague(&self, words: &[&str]) -> Tried {
        let example = match words {
            ["this" | "next", "week"] => "Friday next week",
            ["this" | "next", "month"] => "end of next month",
            ["this" | "next", "year"] | ["soon" | "later"] => "6 August 2026 or in 6 weeks",
            [one] if month_number(one).is_some() => "first Wednesday in August",
            [one, year] if month_number(one).is_some() && year.len() == 4 => {
                "first Wednesday in August"
            }
            _ => return None,
        };
        Some(Err(NaturalDateError::WhichDay(example)))
    }

    /// A day that has a name for the person: "ARCP", "the exam", "changeover".
    fn named(&self, words: &[&str]) -> Tried {
        let words = match words {
            ["the" | "next", rest @ ..] => rest,
            all => all,
        };
        let (name, day) = match words {
            ["arcp"] | ["arcp", "panel"] | ["panel"] => ("The ARCP date", self.known.arcp),
            ["exam"] => ("The exam date", self.known.exam),
            ["changeover"] => ("The changeover date", self.known.changeover),
            ["meeting"] => ("The day of the next meeting", self.known.meeting),
            ["end", "of", "placement"] | ["end", "of", "the", "placement"] => {
                ("The end of the placement", self.known.placement_end)
            }
            ["cct"] | ["end", "of", "programme"] | ["end", "of", "the", "programme"] => {
                ("The end of the programme", self.known.cct)
            }
            _ => return None,
        };
        Some(day.map(|day| (day, None)).ok_or(NaturalDateError::NotKnown(name)))
    }

    /// "in 6 weeks", "6 weeks", "in a fortnight", "a week today", "2 days ago".
    fn relative(&self, words: &[&str]) -> Tried {
        let (span, sign) = match words {
            ["in", span @ ..] => (span, 1),
            [span @ .., "ago"] => (span, -1),
            [span @ .., "from", "now" | "today"] | [span @ .., "today"] => (span, 1),
            span => (span, 1),
        };
        let (number, unit, rest) = amount(span)?;
        rest.is_empty().then(|| only(add(self.today, number * sign, unit)))
    }

    /// "Friday", "this Friday", "next Friday", "Friday next week", "Friday week",
    /// "a week on Friday".
    fn of_a_week(&self, words: &[&str]) -> Tried {
        let (weeks, words) = match words {
            ["a", "week", "on", day] | ["week", "on", day] => (1, [*day].to_vec()),
            ["a", "fortnight", "on", day] | ["fortnight", "on", day] => (2, [*day].to_vec()),
            [day, "week"] => (1, [*day].to_vec()),
            [day, "fortnight"] => (2, [*day].to_vec()),
            all => (0, all.to_vec()),
        };
        let (day, form) = match words.as_slice() {
            [day] => (*day, Form::Coming),
            ["coming" | "this", day] => (*day, Form::This),
            ["next", day] => (*day, Form::Next),
            ["last", day] => (*day, Form::Last),
            [day, "this", "week"] => (*day, Form::Week(0)),
            [day, "next", "week"] => (*day, Form::Week(1)),
            [day, "in", number, "week" | "weeks"] => {
                (*day, Form::Week(number_of(number).unwrap_or(-1)))
            }
            _ => return None,
        };
        let day = weekday_of(day)?;
        let monday =
            add(self.today, -i32::from(self.today.weekday().to_monday_zero_offset()), Unit::Day)?;
        let in_week = |week: i32| {
            let days = i32::from(day.to_monday_zero_offset()) + 7 * week;
            add(monday, days, Unit::Day)
        };
        let coming = || in_week(0).filter(|day| *day > self.today).or_else(|| in_week(1));
        Some(match form {
            Form::Week(..0) => Err(NaturalDateError::Unclear),
            Form::Week(week) => only(in_week(week)),
            Form::This => only(in_week(0).filter(|day| *day >= self.today).or_else(coming)),
            Form::Last => only(in_week(0).filter(|day| *day < self.today).or_else(|| in_week(-1))),
            Form::Coming => only(coming().and_then(|day| add(day, weeks, Unit::Week))),
            // Some mean the one of next week, some the first to come: the other is offered.
            Form::Next => match (in_week(1), coming()) {
                (Some(next), coming) => Ok((next, coming)),
                _ => Err(NaturalDateError::TooFar),
            },
        })
    }

    /// "end of the month", "end of January", "start of next month", "end of next week".
    fn end_of(&self, words: &[&str]) -> Tried {
        let (end, of) = match words {
            ["the", "end" | "start" | "beginning", ..] => return self.end_of(&words[1..]),
            ["end", "of", of @ ..] => (true, of),
            ["start" | "beginning", "of", of @ ..] => (false, of),
            _ => return None,
        };
        let first = match of {
            ["this" | "the", "week"] | ["next", "week"] => {
                let on = if end { "friday" } else { "monday" };
                let week = if of.first() == Some(&"next") { "next" } else { "this" };
                return self.of_a_week(&[on, week, "week"]);
            }
            ["this" | "the", "year"] if end => Date::new(self.today.year(), 12, 1).ok(),
            ["next", "year"] => {
                let month = if end { 12 } else { 1 };
                self.today.year().checked_add(1).and_then(|year| Date::new(year, month, 1).ok())
            }
            of => match self.month(of)? {
                Ok(first) => Some(first),
                Err(error) => return Some(Err(error)),
            },
        };
        Some(only(first.map(|first| if end { first.last_of_month() } else { first })))
    }

    /// "first Wednesday in August", "last Friday of the month".
    fn nth(&self, words: &[&str]) -> Tried {
        let words = if words.first() == Some(&"the") { &words[1..] } else { words };
        let [nth, day, "in" | "of", of @ ..] = words else { return None };
        let nth = match *nth {
            "first" | "1st" => 1,
            "second" | "2nd" => 2,
            "third" | "3rd" => 3,
            "fourth" | "4th" => 4,
            "fifth" | "5th" => 5,
            "last" => -1,
            _ => return None,
        };
        let day = weekday_of(day)?;
        let first = match self.month(of)? {
            Ok(first) => first,
            Err(error) => return Some(Err(error)),
        };
        let mut found = nth_in_month(first, nth, day);
        // A month without a year is the next in which that day is still to come.
        let open = of.len() == 1 && month_number(of[0]).is_some();
        if open && found.is_some_and(|found| found < self.today) {
            let year = first.checked_add(1.year()).ok()?;
            found = nth_in_month(year, nth, day);
        }
        Some(match found {
            Some(found) => Ok((found, None)),
            None => Err(NaturalDateError::NoFifth {
                weekday: name_of(day),
                month: format!("{} {}", month(first.month()), first.year()),
                last: nth_in_month(first, -1, day)?,
            }),
        })
    }

    /// The first day of a month: "August", "August 2027", "the month", "next month".
    fn month(&self, words: &[&str]) -> Option<Result<Date, NaturalDateError>> {
        let this = self.today.first_of_month();
        let found = match words {
            ["this" | "the", "month"] => Some(this),
            ["next", "month"] => add(this, 1, Unit::Month),
            ["next", name] | [name] => {
                let number = month_number(name)?;
                let this_year = Date::new(self.today.year(), number, 1).ok()?;
                if this_year >= this { Some(this_year) } else { add(this_year, 1, Unit::Year) }
            }
            [name, year] => {
                let number = month_number(name)?;
                let year = year.parse().ok().filter(|year| (1900..=2199).contains(year))?;
                Date::new(year, number, 1).ok()
            }
            _ => return None,
        };
        Some(found.ok_or(NaturalDateError::TooFar))
    }

    /// "before ARCP", "two weeks before the exam", "a month after changeover".
    fn beside(&self, words: &[&str]) -> Tried {
        let at = words.iter().position(|word| matches!(*word, "before" | "after"))?;
        let (span, rest) = (&words[..at], &words[at + 1..]);
        let before = words[at] == "before";
        if rest.is_empty() {
            return None;
        }
        let day = match self.read(rest) {
            Ok((day, _)) => day,
            Err(error) => return Some(Err(error)),
        };
        if span.is_empty() {
            return before.then(|| only(working_day_before(day)));
        }
        let (number, unit, left) = amount(span)?;
        if !left.is_empty() {
            return None;
        }
        Some(only(add(day, if before { -number } else { number }, unit)))
    }

    /// A date, with its day of the week or without.
    fn date(&self, words: &[&str]) -> Result<Found, NaturalDateError> {
        let (said, rest) = match words {
            [first, rest @ ..] if !rest.is_empty() => match weekday_of(first) {
                Some(day) => (Some(day), rest),
                None => (None, words),
            },
            all => (None, all),
        };
        let rest: Vec<&str> =
            rest.iter().copied().filter(|word| !matches!(*word, "the" | "of")).collect();
        // "March 3rd 2027" is as clear as the other way round.
        let ordered: Vec<&str> = match rest.as_slice() {
            [month, day, year @ ..] if month_number(month).is_some() && year.len() < 2 => {
                [&[*day, *month][..], year].concat()
            }
            [day] if is_ordinal(day) => {
                let found = self.day_of_month(day);
                return found.map(|day| (day, None)).ok_or(NaturalDateError::Unclear);
            }
            same => same.to_vec(),
        };
        let date = dated(&ordered, self.today)?;
        match said.filter(|said| *said != date.weekday()) {
            Some(said) => Err(NaturalDateError::OtherWeekday { said: name_of(said), date }),
            None => Ok((date, None)),
        }
    }

    /// "the 14th": the next day of that number.
    fn day_of_month(&self, ordinal: &str) -> Option<Date> {
        let number = ordinal.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
        let first = self.today.first_of_month();
        (0..=2).find_map(|months| {
            let first = add(first, months, Unit::Month)?;
            Date::new(first.year(), first.month(), number).ok().filter(|day| *day >= self.today)
        })
    }
}

/// How a day of the week was named.
enum Form {
    Coming,
    This,
    Next,
    Last,
    Week(i32),
}

fn only(day: Option<Date>) -> Result<Found, NaturalDateError> {
    day.map(|day| (day, None)).ok_or(NaturalDateError::TooFar)
}

/// A number and what it counts, with the words behind it: "6 weeks", "a fortnight".
fn amount<'a, 'w>(words: &'a [&'w str]) -> Option<(i32, Unit, &'a [&'w str])> {
    let (number, words) = match words {
        ["a", "couple", "of", rest @ ..] => (2, rest),
        [first, rest @ ..] => match number_of(first) {
            Some(number) => (number, rest),
            None => (1, words),
        },
        [] => return None,
    };
    let [unit, rest @ ..] = words else { return None };
    let (times, unit) = match unit.strip_suffix('s').unwrap_or(unit) {
        "day" => (1, Unit::Day),
        "week" | "wk" => (1, Unit::Week),
        "fortnight" => (2, Unit::Week),
        "month" => (1, Unit::Month),
        "year" => (1, Unit::Year),
        _ => return None,
    };
    Some((number * times, unit, rest))
}

fn number_of(word: &str) -> Option<i32> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    let spelt = WORDS.iter().position(|known| *known == word);
    let digits = || word.parse().ok().filter(|number| (0..=9999).contains(number));
    spelt.and_then(|number| i32::try_from(number).ok()).or_else(digits)
}

fn is_ordinal(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let end = &word[digits.len()..];
    matches!(digits.len(), 1 | 2)
        && digits.bytes().all(|b| b.is_ascii_digit())
        && matches!(end, "st" | "nd" | "rd" | "th")
}

/// Whether a text is a day of the week and nothing else.
pub(super) fn is_weekday(text: &str) -> bool {
    weekday_of(text).is_some()
}

fn weekday_of(word: &str) -> Option<Weekday> {
    let days = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
    let short = match word {
        "tues" => "tue",
        "weds" => "wed",
        "thur" | "thurs" => "thu",
        other => other,
    };
    days.into_iter().find(|day| {
        let name = name_of(*day).to_lowercase();
        name == short || (short.len() == 3 && name.starts_with(short))
    })
}

fn month_number(word: &str) -> Option<i8> {
    (1..=12).find(|number| {
        let name = month(*number).to_lowercase();
        name == word
            || (word.len() >= 3 && name.starts_with(word))
            || (word == "sept" && *number == 9)
    })
}
