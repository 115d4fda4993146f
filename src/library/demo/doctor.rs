//! The demonstration from the other side: the own record of a fictional doctor in training, with
//! the supervisor of this year and that of the next.

use jiff::civil::Date;
use serde::Deserialize;

use super::{Demo, DemoError, Maker, RawPerson, RawSession};
use crate::library::Library;
use crate::model::session::Role;
use crate::model::{Body, OwnDays, Person, Settings};

/// The supervisors, by file.
const PEOPLE: [(&str, &str); 2] = [
    ("elderbrook.json", include_str!("../../../assets/demo/elderbrook.json")),
    ("hazelbrook.json", include_str!("../../../assets/demo/hazelbrook.json")),
];
const DOCTOR: (&str, &str) = ("doctor.json", include_str!("../../../assets/demo/doctor.json"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDoctor {
    your_name: String,
    noun: String,
    exam: String,
    exam_on: i32,
    arcp: i32,
    reflections: Vec<RawSession>,
}

/// As what somebody supervises, and from when until when.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSupervises {
    role: String,
    from: i32,
    until: Option<i32>,
}

impl RawSupervises {
    /// Adds it to what is known of a person.
    pub(super) fn put(self, maker: &Maker<'_>, person: &mut Person) -> Result<(), DemoError> {
        person.supervises_from = Some(maker.changeover(self.from)?);
        person.supervises_until = self.until.map(|day| maker.changeover(day)).transpose()?;
        person.supervises_as = self.role;
        Ok(())
    }
}

/// Makes the demonstration of a doctor for a day, as [`super::demo`] makes that of a supervisor.
///
/// # Errors
/// As there.
pub fn demo_of_a_doctor(library: &Library, today: Date, seed: u64) -> Result<Demo, DemoError> {
    let role = Role::Doctor;
    let mut maker = Maker { library, file: DOCTOR.0, today, day_off: None, seed, made: 0, role };
    let doctor: RawDoctor = maker.read(DOCTOR.1)?;
    let mut alone = Vec::new();
    for raw in doctor.reflections {
        let (session, at) = maker.session(raw, None)?;
        alone.push((maker.id(at)?, Body::Reflection(session)));
    }
    let mut people = Vec::new();
    for (file, text) in PEOPLE {
        maker.file = file;
        let raw: RawPerson = maker.read(text)?;
        people.push(maker.person(raw)?);
    }
    people.sort_by_key(|person| person.id);
    let own = OwnDays {
        exam: doctor.exam,
        exam_date: Some(maker.working_day(doctor.exam_on)?),
        arcp_date: Some(maker.working_day(doctor.arcp)?),
        ..OwnDays::default()
    };
    let (your_name, noun) = (doctor.your_name, doctor.noun);
    let settings = Settings { your_name, noun, role, own, ..Settings::default() };
    Ok(Demo { settings, people, alone })
}
