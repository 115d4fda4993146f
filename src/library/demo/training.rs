//! What the demonstration knows of a programme: exams, goals, the next meeting, time away.

use jiff::civil::Time;
use serde::Deserialize;

use super::{DemoError, Maker};
use crate::model::{
    Absence, AbsenceKind, Attempt, AttemptResult, Exam, Extra, Goal, Layer, Meeting, PartTime,
    PastArcp, Person,
};

/// Every day is a number of days before or after today.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawTraining {
    end: Option<i32>,
    adjustments: String,
    adjustments_on: Option<i32>,
    meeting: Option<RawMeeting>,
    part_time: Vec<RawPartTime>,
    absences: Vec<RawAbsence>,
    exams: Vec<RawExam>,
    attempts: Vec<RawAttempt>,
    panels: Vec<RawPanel>,
    goals: Vec<RawGoal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMeeting {
    day: i32,
    time: Time,
    minutes: u16,
    place: String,
    template: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPartTime {
    wte: u8,
    from: i32,
    to: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAbsence {
    kind: AbsenceKind,
    from: i32,
    to: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExam {
    name: String,
    next: Option<i32>,
    #[serde(default)]
    booked: bool,
    cap: Option<u8>,
    cap_of: Option<jiff::civil::Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAttempt {
    exam: String,
    day: i32,
    result: AttemptResult,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPanel {
    day: i32,
    outcome: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGoal {
    text: String,
    since: i32,
    #[serde(default)]
    progress: String,
    done: Option<i32>,
}

impl Maker<'_> {
    /// Adds it to what is known of a person.
    pub(super) fn training(&self, raw: RawTraining, person: &mut Person) -> Result<(), DemoError> {
        let day = |day: i32| self.working_day(day);
        let perhaps = |day: Option<i32>| day.map(|day| self.working_day(day)).transpose();
        person.cct_date = perhaps(raw.end)?;
        person.adjustments = raw.adjustments;
        person.adjustments_on = perhaps(raw.adjustments_on)?;
        if let Some(one) = raw.meeting {
            let (time, minutes) = (Some(one.time), Some(one.minutes));
            let (place, template) = (one.place, one.template);
            let date = day(one.day)?;
            let meeting = Meeting { date, time, minutes, place, template, ..Meeting::default() };
            person.next_meeting = Some(meeting);
        }
        for one in raw.part_time {
            let (from, to) = (self.changeover(one.from)?, perhaps(one.to)?);
            person.part_time.push(PartTime { wte: one.wte, from, to, ..PartTime::default() });
        }
        for one in raw.absences {
            let (from, to) = (day(one.from)?, Some(day(one.to)?));
            person.absences.push(Absence { kind: one.kind, from, to, ..Absence::default() });
        }
        for one in raw.exams {
            let RawExam { name, next, booked, cap, cap_of } = one;
            let next = perhaps(next)?;
            person.exams.push(Exam { name, next, booked, cap, cap_of, ..Exam::default() });
        }
        for one in raw.attempts {
            let (exam, date, result) = (one.exam, Some(day(one.day)?), one.result);
            person.attempts.push(Attempt { exam, date, result, ..Attempt::default() });
        }
        for one in raw.panels {
            let (date, outcome) = (day(one.day)?, one.outcome);
            person.past_arcps.push(PastArcp { date, outcome, ..PastArcp::default() });
        }
        for one in raw.goals {
            person.goals.push(Goal {
                id: None,
                text: one.text,
                since: day(one.since)?,
                progress: one.progress,
                done: perhaps(one.done)?,
                dropped: None,
                reason: String::new(),
                layer: Layer::Shared,
                extra: Extra::new(),
            });
        }
        Ok(())
    }
}
