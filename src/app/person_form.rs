//! Reading what was typed about a new person.

use jiff::civil::Date;

use super::inputs::PersonForm;
use crate::model::Person;
use crate::model::natural_date::{Known, NaturalDateError, read};

impl PersonForm {
    /// The person that is typed, or nothing when something has to be mended first; the functions
    /// below say what.
    pub fn read(&self, today: Date) -> Option<Person> {
        let wte = self.wte().ok()?;
        let arcp_date = self.arcp(today).ok()?;
        let [supervises_from, supervises_until] = self.supervises(today).ok()?;
        if self.name.trim().is_empty() {
            return None;
        }
        Some(Person {
            name: tidy(&self.name),
            short_name: tidy(&self.short_name),
            say: tidy(&self.say),
            supervises_as: tidy(&self.supervises_as),
            supervises_from,
            supervises_until,
            stage: tidy(&self.stage),
            programme: tidy(&self.programme),
            wte,
            arcp_date,
            to_know: self.to_know.trim().to_owned(),
            ..Person::default()
        })
    }

    /// The same for keeping what is typed when there is no time to mend anything: without a field
    /// that can't be read. Nothing without any name.
    pub fn read_what_can_be(&self, today: Date) -> Option<Person> {
        let mut form = self.clone();
        if form.wte().is_err() {
            form.wte.clear();
        }
        if form.arcp(today).is_err() {
            form.arcp_date.clear();
        }
        if form.supervises(today).is_err() {
            form.supervises_from.clear();
            form.supervises_until.clear();
        }
        form.read(today)
    }

    /// Whether anything was typed.
    pub fn is_changed(&self) -> bool {
        let empty = PersonForm { new: self.new, more: self.more, ..PersonForm::default() };
        PersonForm { drafted: None, tried: false, ..self.clone() } != empty
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
    pub fn arcp(&self, today: Date) -> Result<Option<Date>, NaturalDateError> {
        day(&self.arcp_date, today)
    }

    /// From when and until when they supervise; an empty field is no day.
    ///
    /// # Errors
    /// What to mend.
    pub fn supervises(&self, today: Date) -> Result<[Option<Date>; 2], NaturalDateError> {
        Ok([day(&self.supervises_from, today)?, day(&self.supervises_until, today)?])
    }
}

/// The day that is typed; nothing where nothing is.
pub(super) fn day(typed: &str, today: Date) -> Result<Option<Date>, NaturalDateError> {
    Ok(read(typed, today, &Known::default())?.map(|meant| meant.date))
}

/// One line, without spaces at the ends and doubled ones between.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
