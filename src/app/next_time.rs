//! The next meeting, as it is typed when a conversation is finished.

use jiff::civil::{Date, Time};

use crate::model::natural_date::{self, Known, Meant, NaturalDateError};
use crate::model::text::long_date;
use crate::model::training::Meeting;
use crate::model::{Id, Person};

/// What is typed and chosen about the next meeting.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct NextTime {
    /// The day, in whatever words.
    pub day: String,
    /// When it begins, as typed.
    pub time: String,
    /// The template it is to be held from; empty for none.
    pub template: String,
}

/// Why a time can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Type the time like 14:30")]
pub struct NotATime;

impl NextTime {
    /// What is arranged with a person after a day already.
    pub fn of(person: &Person, after: Date) -> NextTime {
        let meeting = person.next_meeting.as_ref().filter(|meeting| meeting.date > after);
        meeting.map_or_else(NextTime::default, |meeting| NextTime {
            day: long_date(meeting.date),
            time: meeting.time.map(clock_words).unwrap_or_default(),
            template: meeting.template.clone(),
        })
    }

    /// The day that is meant, if one is typed.
    ///
    /// # Errors
    /// The words are no day; the error says what to type.
    pub fn date(&self, person: &Person, today: Date) -> Result<Option<Meant>, NaturalDateError> {
        natural_date::read(&self.day, today, &NextTime::known(person, today))
    }

    /// Days that have a name for the person.
    pub fn known(person: &Person, today: Date) -> Known {
        Known {
            arcp: person.arcp_date,
            exam: person.sittings_ahead(today).first().map(|(_, day)| *day),
            placement_end: person.placement_on(today).and_then(|placement| placement.to),
            cct: person.cct_date,
            ..Known::default()
        }
    }

    /// The time that is typed, if one is: "14:30", "2.30 pm", "9".
    ///
    /// # Errors
    /// It is no time of the day.
    pub fn clock(&self) -> Result<Option<Time>, NotATime> {
        let typed = self.time.trim().to_lowercase().replace(' ', "");
        if typed.is_empty() {
            return Ok(None);
        }
        let (numbers, half) = match (typed.strip_suffix("am"), typed.strip_suffix("pm")) {
            (Some(numbers), _) => (numbers, Some(0)),
            (_, Some(numbers)) => (numbers, Some(12)),
            _ => (typed.as_str(), None),
        };
        let (hour, minute) = numbers.split_once([':', '.']).unwrap_or((numbers, "00"));
        let number = |text: &str| {
            let is = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            text.parse::<i8>().ok().filter(|_| is).ok_or(NotATime)
        };
        let (hour, minute) = (
            number(hour)?,
            number(minute).and_then(|minute| {
                if numbers.contains([':', '.']) || minute == 0 { Ok(minute) } else { Err(NotATime) }
            })?,
        );
        let hour = match half {
            Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
            Some(_) => return Err(NotATime),
            None => hour,
        };
        Time::new(hour, minute, 0, 0).map(Some).map_err(|_| NotATime)
    }

    /// The meeting that is to be kept with the person: what is typed over what was arranged. One
    /// that has been is over; nothing when something can't be read.
    pub fn meeting(
        &self,
        person: &Person,
        today: Date,
        new: impl FnOnce() -> Id,
    ) -> Option<Option<Meeting>> {
        let (day, time) = (self.date(person, today).ok()?, self.clock().ok()?);
        let Some(day) = day else { return Some(None) };
        let before = person.next_meeting.clone().filter(|meeting| meeting.date > today);
        let mut meeting =
            before.unwrap_or_else(|| Meeting { id: Some(new()), ..Meeting::default() });
        meeting.date = day.date;
        meeting.time = time;
        meeting.template.clone_from(&self.template);
        Some(Some(meeting))
    }

    /// Whether something typed can't be read.
    pub fn is_wrong(&self, person: &Person, today: Date) -> bool {
        self.date(person, today).is_err() || self.clock().is_err()
    }
}

/// A time as it is shown: "14:30".
pub fn clock_words(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}
