//! Fictional people and a year of conversations with them, for a demonstration record.
//!
//! The words are in `assets/demo/*.json`. Every date there is a number of days before or after
//! today, so that the demonstration is as true in winter as in summer. Nothing is drawn by
//! lot: the same day and seed give the same records with the same identities.

mod doctor;
mod plan;
mod training;

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::Library;
use crate::model::session::{ArcpHeading, Role};
use crate::model::{
    Action, ActionState, Answer, ArcpLine, Body, Evidence, Extra, Id, Layer, Margin, Owner, Person,
    Placement, PromptKind, Session, Settings,
};
use doctor::RawSupervises;
pub use doctor::demo_of_a_doctor;
use plan::RawPlan;
use training::RawTraining;

/// The files of the four doctors, by name.
const PEOPLE: [(&str, &str); 4] = [
    ("amina.json", include_str!("../../assets/demo/amina.json")),
    ("mei.json", include_str!("../../assets/demo/mei.json")),
    ("tomasz.json", include_str!("../../assets/demo/tomasz.json")),
    ("seun.json", include_str!("../../assets/demo/seun.json")),
];
const SUPERVISOR: (&str, &str) =
    ("supervisor.json", include_str!("../../assets/demo/supervisor.json"));

/// A demonstration record: one supervisor, the doctors supervised, and what was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Demo {
    /// The supervisor's settings.
    pub settings: Settings,
    /// The doctors, in the order in which they were first met.
    pub people: Vec<DemoPerson>,
    /// Reflections written alone, the oldest first.
    pub alone: Vec<(Id, Body)>,
}

/// A doctor and everything written about them.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoPerson {
    /// The identity to which all records point.
    pub id: Id,
    /// Who it is.
    pub person: Person,
    /// One batch for each conversation, the oldest first: the session, then the actions that
    /// came from it. A batch can be saved as one file.
    pub batches: Vec<Vec<(Id, Body)>>,
    /// The career plan with them, where there is one.
    pub plan: Option<(Id, Body)>,
}

/// The demonstration cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DemoError {
    /// A file of the demonstration does not have the shape it should have.
    #[error(
        "The demonstration file {file} cannot be read: {why}. Nothing was made. Install Cairn again."
    )]
    Data {
        /// The name of the file.
        file: String,
        /// What the JSON reader said.
        why: String,
    },
    /// A file names something that its template does not have, or answers it in a wrong way.
    #[error(
        "The demonstration file {file} does not fit its template: {place}. \
         Nothing was made. Install Cairn again."
    )]
    Misfit {
        /// The name of the file.
        file: String,
        /// The template and the prompt.
        place: String,
    },
    /// The clock is so wrong that dates a year away do not exist, or lie before 1970.
    #[error(
        "The clock of this computer shows {today}. Nothing was made. Set the clock, then try again."
    )]
    Clock {
        /// The day that the clock shows.
        today: Date,
    },
}

/// Makes the demonstration for a day. `seed` changes the identities and nothing else.
///
/// # Errors
/// The data that came with the program do not fit its templates, or `today` is at an end of
/// the calendar or too near to 1970.
pub fn demo(library: &Library, today: Date, seed: u64) -> Result<Demo, DemoError> {
    let role = Role::Supervisor;
    let mut maker =
        Maker { library, file: SUPERVISOR.0, today, day_off: None, seed, made: 0, role };
    let supervisor: RawSupervisor = maker.read(SUPERVISOR.1)?;
    let mut alone = Vec::new();
    for raw in supervisor.reflections {
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
    let settings =
        Settings { your_name: supervisor.your_name, noun: supervisor.noun, ..Settings::default() };
    Ok(Demo { settings, people, alone })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSupervisor {
    your_name: String,
    noun: String,
    reflections: Vec<RawSession>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPerson {
    name: String,
    short_name: String,
    say: String,
    supervises: Option<RawSupervises>,
    #[serde(default)]
    stage: String,
    #[serde(default)]
    programme: String,
    wte: Option<u8>,
    /// A day of the week without work, Monday being 1.
    day_off: Option<i8>,
    arcp: Option<i32>,
    #[serde(default)]
    next_exam: String,
    exam: Option<i32>,
    to_know: String,
    #[serde(default)]
    training: RawTraining,
    #[serde(default)]
    placements: Vec<RawPlacement>,
    sessions: Vec<RawSession>,
    plan: Option<RawPlan>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPlacement {
    post: String,
    site: String,
    from: i32,
    /// The day on which the next post begins.
    until: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSession {
    template: String,
    day: i32,
    time: Time,
    /// Left out while the conversation is unfinished.
    minutes: Option<u16>,
    #[serde(default)]
    place: String,
    /// Another title than the template's.
    title: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    answers: BTreeMap<String, RawAnswer>,
    #[serde(default)]
    margin: Vec<Margin>,
    #[serde(default)]
    arcp: Vec<RawLine>,
    #[serde(default)]
    actions: Vec<RawAction>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawAnswer {
    Text(String),
    Scale(u8),
    Several(Vec<String>),
    Day { day: i32 },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    heading: ArcpHeading,
    text: String,
    evidence: Vec<RawEvidence>,
    agreed: bool,
    from: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEvidence {
    what: String,
    day: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAction {
    text: String,
    owner: Owner,
    due: i32,
    state: ActionState,
    settled: Option<i32>,
    #[serde(default)]
    reason: String,
    #[serde(default = "shared")]
    layer: Layer,
}

/// Actions are agreed in the open unless the file says otherwise.
const fn shared() -> Layer {
    Layer::Shared
}

/// Turns days into dates and words into records, one file after the other.
struct Maker<'a> {
    library: &'a Library,
    file: &'static str,
    today: Date,
    day_off: Option<Weekday>,
    seed: u64,
    made: u64,
    role: Role,
}

impl Maker<'_> {
    fn read<T: for<'de> Deserialize<'de>>(&self, text: &str) -> Result<T, DemoError> {
        serde_json::from_str(text)
            .map_err(|error| DemoError::Data { file: self.file.to_owned(), why: error.to_string() })
    }

    fn misfit(&self, place: impl Into<String>) -> DemoError {
        DemoError::Misfit { file: self.file.to_owned(), place: place.into() }
    }

    fn clock(&self) -> DemoError {
        DemoError::Clock { today: self.today }
    }

    fn day(&self, day: i32) -> Result<Date, DemoError> {
        self.today.checked_add(day.days()).map_err(|_| self.clock())
    }

    /// A working day: from a weekend or a day off, one step further from today, so that what
    /// is past stays past and what is to come stays to come.
    fn working_day(&self, day: i32) -> Result<Date, DemoError> {
        let mut date = self.day(day)?;
        while matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
            || Some(date.weekday()) == self.day_off
        {
            let next = if day < 0 { date.yesterday() } else { date.tomorrow() };
            date = next.map_err(|_| self.clock())?;
        }
        Ok(date)
    }

    /// The Wednesday on or before a day: doctors change posts on a Wednesday
    /// (`domain.md` 1.5).
    fn changeover(&self, day: i32) -> Result<Date, DemoError> {
        let date = self.day(day)?;
        let back = date.weekday().since(Weekday::Wednesday);
        date.checked_sub(back.days()).map_err(|_| self.clock())
    }

    /// An identity whose random part is a hash of the seed and a count.
    fn id(&mut self, at: Timestamp) -> Result<Id, DemoError> {
        let ms = u64::try_from(at.as_millisecond()).map_err(|_| self.clock())?;
        let digest = Sha256::new()
            .chain_update(b"cairn demo")
            .chain_update(self.seed.to_be_bytes())
            .chain_update(self.made.to_be_bytes())
            .finalize();
        self.made += 1;
        let random = digest.iter().take(16).fold(0, |sum, byte| (sum << 8) | u128::from(*byte));
        Ok(Id::new(ms, random))
    }

    /// The moment of a day and a time. The demonstration lives in universal time.
    fn moment(&self, date: Date, time: Time) -> Result<Timestamp, DemoError> {
        date.to_datetime(time)
            .to_zoned(TimeZone::UTC)
            .map(|zoned| zoned.timestamp())
            .map_err(|_| self.clock())
    }

    fn person(&mut self, raw: RawPerson) -> Result<DemoPerson, DemoError> {
        self.day_off = match raw.day_off {
            Some(day) => {
                Some(Weekday::from_monday_one_offset(day).map_err(|_| self.misfit("the day off"))?)
            }
            None => None,
        };
        let first = raw.sessions.iter().map(|s| s.day).min().unwrap_or_default();
        let added = self.moment(self.working_day(first)?, Time::midnight())?;
        let id = self.id(added)?;
        let placements = raw
            .placements
            .into_iter()
            .map(|placement| {
                let next = self.changeover(placement.until)?;
                Ok(Placement {
                    post: placement.post,
                    site: placement.site,
                    from: self.changeover(placement.from)?,
                    to: Some(next.yesterday().map_err(|_| self.clock())?),
                    ..Placement::default()
                })
            })
            .collect::<Result<_, _>>()?;
        let mut person = Person {
            name: raw.name,
            short_name: raw.short_name,
            say: raw.say,
            stage: raw.stage,
            programme: raw.programme,
            wte: raw.wte,
            arcp_date: raw.arcp.map(|day| self.working_day(day)).transpose()?,
            next_exam: raw.next_exam,
            exam_date: raw.exam.map(|day| self.working_day(day)).transpose()?,
            to_know: raw.to_know,
            placements,
            ..Person::default()
        };
        self.training(raw.training, &mut person)?;
        raw.supervises.map(|it| it.put(self, &mut person)).transpose()?;
        let batches =
            raw.sessions.into_iter().map(|s| self.batch(s, id)).collect::<Result<_, _>>()?;
        let plan = raw.plan.map(|plan| self.plan(plan, (id, &person.name))).transpose()?;
        Ok(DemoPerson { id, person, batches, plan })
    }

    /// A conversation and the actions that came from it.
    fn batch(&mut self, mut raw: RawSession, person: Id) -> Result<Vec<(Id, Body)>, DemoError> {
        let actions = std::mem::take(&mut raw.actions);
        let (session, at) = self.session(raw, Some(person))?;
        let made = session.date;
        let from = self.id(at)?;
        let written = session.finished.unwrap_or(at);
        let mut batch = vec![(from, Body::Session(session))];
        for action in actions {
            let body = Action {
                person: Some(person),
                from: Some(from),
                text: action.text,
                owner: action.owner,
                due: Some(self.working_day(action.due)?),
                state: action.state,
                settled: action.settled.map(|day| self.working_day(day)).transpose()?,
                due_typed: String::new(),
                reason: action.reason,
                layer: action.layer,
                made,
                source_id: None,
                removed: None,
                extra: Extra::new(),
            };
            batch.push((self.id(written)?, Body::Action(body)));
        }
        Ok(batch)
    }

    /// A session or a reflection with its answers, and the moment it began.
    fn session(
        &self,
        raw: RawSession,
        person: Option<Id>,
    ) -> Result<(Session, Timestamp), DemoError> {
        let template =
            self.library.get(&raw.template).ok_or_else(|| self.misfit(raw.template.as_str()))?;
        let date = self.working_day(raw.day)?;
        let at = self.moment(date, raw.time)?;
        let mut session = Session::start(template, person, self.role, date, Some(raw.time));
        if let Some(title) = raw.title {
            session.title = title;
        }
        session.minutes = raw.minutes;
        session.place = raw.place;
        session.tags = raw.tags;
        session.margin = raw.margin;
        session.finished = match raw.minutes {
            Some(minutes) => {
                Some(at.checked_add(i64::from(minutes).minutes()).map_err(|_| self.clock())?)
            }
            None => None,
        };
        for (prompt, answer) in raw.answers {
            self.fill(&mut session, &prompt, answer)?;
        }
        for line in raw.arcp {
            session.arcp.push(self.line(line)?);
        }
        self.check_places(&session)?;
        Ok((session, at))
    }

    fn fill(
        &self,
        session: &mut Session,
        prompt: &str,
        answer: RawAnswer,
    ) -> Result<(), DemoError> {
        let place = format!("{}, {prompt}", session.title);
        let asked = session
            .sections
            .iter_mut()
            .flat_map(|section| &mut section.items)
            .find(|asked| asked.prompt.id == prompt)
            .ok_or_else(|| self.misfit(place.as_str()))?;
        asked.answer = Some(match (&asked.prompt.kind, answer) {
            (PromptKind::Text, RawAnswer::Text(text)) => Answer::Text(text),
            (PromptKind::Scale { from, to, .. }, RawAnswer::Scale(number))
                if (*from..=*to).contains(&number) =>
            {
                Answer::Scale(number)
            }
            (PromptKind::Choice { options, many }, RawAnswer::Several(chosen))
                if (*many || chosen.len() == 1) && within(&chosen, options) =>
            {
                Answer::Choice(chosen)
            }
            (PromptKind::Checklist { items }, RawAnswer::Several(ticked))
                if within(&ticked, items) =>
            {
                Answer::Checked(ticked)
            }
            (PromptKind::Date, RawAnswer::Day { day }) => Answer::Date(self.working_day(day)?),
            _ => return Err(self.misfit(place)),
        });
        Ok(())
    }

    fn line(&self, raw: RawLine) -> Result<ArcpLine, DemoError> {
        let evidence = raw
            .evidence
            .into_iter()
            .map(|item| {
                let date = Some(self.working_day(item.day)?);
                Ok(Evidence { what: item.what, date, ..Evidence::default() })
            })
            .collect::<Result<_, _>>()?;
        Ok(ArcpLine {
            heading: raw.heading,
            text: raw.text,
            evidence,
            agreed: raw.agreed,
            from: Some(raw.from),
        })
    }

    /// Notes stand beside prompts that were asked, and ARCP lines come from shared ones: what
    /// is private is never offered.
    fn check_places(&self, session: &Session) -> Result<(), DemoError> {
        let misfit = |id: &str| self.misfit(format!("{}, {id}", session.title));
        for id in session.margin.iter().filter_map(|note| note.beside.as_deref()) {
            if !session.items().any(|asked| asked.prompt.id == id) {
                return Err(misfit(id));
            }
        }
        for id in session.arcp.iter().filter_map(|line| line.from.as_deref()) {
            let shared = |layer| layer == Layer::Shared;
            if !session.items().any(|asked| asked.prompt.id == id && shared(asked.layer)) {
                return Err(misfit(id));
            }
        }
        Ok(())
    }
}

/// Whether every word chosen is one of the words offered.
fn within(chosen: &[String], offered: &[String]) -> bool {
    chosen.iter().all(|word| offered.contains(word))
}
