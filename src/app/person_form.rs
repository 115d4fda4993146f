//! Reading what was typed about a person.

use jiff::civil::Date;

use super::inputs::PersonForm;
use crate::model::Person;
use crate::model::date::{DateError, parse};
use crate::model::text::long_date;

/// What the form says, read.
pub struct Fields(Person);

impl PersonForm {
    /// What is typed, or nothing when something has to be mended first; the functions below
    /// say what.
    pub fn read(&self, today: Date) -> Option<Fields> {
        let wte = self.wte().ok()?;
        let arcp_date = self.arcp(today).ok()?;
        let exam_date = self.exam(today).ok()?;
        if self.name.trim().is_empty() {
            return None;
        }
        Some(Fields(Person {
            name: tidy(&self.name),
            short_name: tidy(&self.short_name),
            say: tidy(&self.say),
            stage: tidy(&self.stage),
            programme: tidy(&self.programme),
            wte,
            arcp_date,
            next_exam: tidy(&self.next_exam),
            exam_date,
            to_know: self.to_know.trim().to_owned(),
            ..Person::default()
        }))
    }

    /// The same for keeping what is typed when there is no time to mend anything: a field that
    /// can't be read stays as it is `held`. Nothing without any name.
    pub fn read_what_can_be(&self, today: Date, held: &Person) -> Option<Fields> {
        let day = |day: Option<Date>| day.map(long_date).unwrap_or_default();
        let mut form = self.clone();
        if form.name.trim().is_empty() {
            form.name.clone_from(&held.name);
        }
        if form.wte().is_err() {
            form.wte = held.wte.map(|wte| wte.to_string()).unwrap_or_default();
        }
        if form.arcp(today).is_err() {
            form.arcp_date = day(held.arcp_date);
        }
        if form.exam(today).is_err() {
            form.exam_date = day(held.exam_date);
        }
        form.read(today)
    }

    /// The working time in whole per cent; an empty field is none.
    ///
    /// # Errors
    /// What to mend.
    pub fn wte(&self) -> Result<Option<u8>, &'static str> {
        match self.wte.trim().trim_end_matches('%').trim() {
            "" => Ok(None),
            digits => match digits.parse::<u8>() {
                Ok(wte @ 1..=100) => Ok(Some(wte)),
                _ => Err("Type a whole number from 1 to 100"),
            },
        }
    }

    /// The ARCP date; an empty field is none.
    ///
    /// # Errors
    /// What to mend.
    pub fn arcp(&self, today: Date) -> Result<Option<Date>, DateError> {
        parse(&self.arcp_date, today)
    }

    /// The exam date; an empty field is none.
    ///
    /// # Errors
    /// What to mend.
    pub fn exam(&self, today: Date) -> Result<Option<Date>, DateError> {
        parse(&self.exam_date, today)
    }
}

impl Fields {
    /// The person with these fields changed and everything else as it was.
    pub fn over(self, held: Person) -> Person {
        let Fields(typed) = self;
        Person {
            name: typed.name,
            short_name: typed.short_name,
            say: typed.say,
            stage: typed.stage,
            programme: typed.programme,
            wte: typed.wte,
            arcp_date: typed.arcp_date,
            next_exam: typed.next_exam,
            exam_date: typed.exam_date,
            to_know: typed.to_know,
            ..held
        }
    }
}

/// One line, without spaces at the ends and doubled ones between.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
