//! From what is known to the fields of a form.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use super::{Part, PartForm, Slot, YES};
use crate::model::person::is_same_exam;
use crate::model::text::long_date;
use crate::model::{AbsenceKind, AttemptResult, Id, Layer, Person};

/// What a new goal is seen by, unless it is chosen otherwise.
const GOAL_LAYER: Layer = Layer::Shared;

impl PartForm {
    /// The form for a part. `exam` is the name of the exam that a new attempt is at.
    pub fn of(id: Id, part: Part, at: Option<usize>, person: &Person) -> PartForm {
        let before = match part {
            Part::Exam | Part::Attempt => person.with_exams_together(),
            _ => person.clone(),
        };
        let typed = filled(&before, part, at);
        PartForm {
            person: id,
            part,
            at: at.filter(|_| part != Part::Meeting),
            before: Box::new(before),
            began: typed.clone(),
            typed,
            tried: false,
            go_to: part.slots().first().copied(),
        }
    }
}

fn filled(person: &Person, part: Part, at: Option<usize>) -> BTreeMap<Slot, String> {
    use Slot as S;
    let at = at.unwrap_or(usize::MAX);
    let pairs: Vec<(Slot, String)> = match part {
        Part::Name => vec![
            (S::Name, person.name.clone()),
            (S::ShortName, person.short_name.clone()),
            (S::Say, person.say.clone()),
            (S::Stage, person.stage.clone()),
            (S::Programme, person.programme.clone()),
            (S::PersonWte, number(person.wte)),
        ],
        Part::Supervises => vec![
            (S::Name, person.name.clone()),
            (S::ShortName, person.short_name.clone()),
            (S::Say, person.say.clone()),
            (S::As, person.supervises_as.clone()),
            (S::From, day(person.supervises_from)),
            (S::To, day(person.supervises_until)),
        ],
        Part::Programme => vec![(S::Arcp, day(person.arcp_date)), (S::Cct, day(person.cct_date))],
        Part::Placement => person.placements.get(at).map_or_else(Vec::new, |one| {
            vec![
                (S::Post, one.post.clone()),
                (S::Site, one.site.clone()),
                (S::From, long_date(one.from)),
                (S::To, day(one.to)),
                (S::Supervisor, one.supervisor.clone()),
                (S::Wte, number(one.wte)),
            ]
        }),
        Part::PartTime => person.part_time.get(at).map_or_else(Vec::new, |one| {
            vec![
                (S::Wte, one.wte.to_string()),
                (S::From, long_date(one.from)),
                (S::To, day(one.to)),
                (S::Before, number(one.before)),
                (S::Counted, yes(one.counted)),
            ]
        }),
        Part::Absence => absence(person, at),
        Part::Exam => person.exams.get(at).map_or_else(Vec::new, |one| {
            vec![
                (S::Exam, one.name.clone()),
                (S::Next, day(one.next)),
                (S::Booked, yes(one.booked)),
                (S::Cap, number(one.cap)),
                (S::CapOf, day(one.cap_of)),
            ]
        }),
        Part::Attempt => attempt(person, at),
        Part::Panel => person.past_arcps.get(at).map_or_else(Vec::new, |one| {
            vec![(S::PanelOn, long_date(one.date)), (S::Outcome, one.outcome.clone())]
        }),
        Part::Goal => match person.goals.get(at) {
            Some(one) => vec![
                (S::Goal, one.text.clone()),
                (S::Progress, one.progress.clone()),
                (S::Kind, one.layer.words().to_owned()),
            ],
            None => vec![(S::Kind, GOAL_LAYER.words().to_owned())],
        },
        Part::DropGoal => vec![],
        Part::Meeting => person.next_meeting.as_ref().map_or_else(Vec::new, |one| {
            vec![
                (S::Day, long_date(one.date)),
                (S::Time, one.time.map(clock).unwrap_or_default()),
                (S::Minutes, number(one.minutes)),
                (S::Place, one.place.clone()),
                (S::Template, one.template.clone()),
            ]
        }),
        Part::Adjustments => vec![(S::Adjustments, person.adjustments.clone())],
        Part::ToKnow => vec![(S::ToKnow, person.to_know.clone())],
        Part::KeepUntil => vec![(S::KeepUntil, day(person.keep_until))],
        Part::HandedOver => person.handed_over.as_ref().map_or_else(Vec::new, |one| {
            vec![(S::HandedOn, long_date(one.on)), (S::HandedTo, one.to.clone())]
        }),
        Part::Request => person.requests.get(at).map_or_else(Vec::new, |one| {
            vec![
                (S::AskedOn, long_date(one.asked)),
                (S::AnswerBy, day(one.answer_by)),
                (S::AnsweredOn, day(one.answered)),
            ]
        }),
    };
    let mut filled: BTreeMap<Slot, String> =
        part.slots().iter().map(|slot| (*slot, String::new())).collect();
    filled.extend(pairs);
    filled
}

fn absence(person: &Person, at: usize) -> Vec<(Slot, String)> {
    let Some(one) = person.absences.get(at) else {
        return vec![(Slot::Kind, AbsenceKind::default().words().to_owned())];
    };
    vec![
        (Slot::Kind, one.kind.words().to_owned()),
        (Slot::From, long_date(one.from)),
        (Slot::To, day(one.to)),
        (Slot::Days, number(one.days)),
        (Slot::Rebate, number(one.rebate)),
        (Slot::Counted, yes(one.counted)),
    ]
}

/// A new attempt is at the exam that is not passed and has the next sitting.
fn attempt(person: &Person, at: usize) -> Vec<(Slot, String)> {
    if let Some(one) = person.attempts.get(at) {
        return vec![
            (Slot::Exam, one.exam.clone()),
            (Slot::AttemptOn, day(one.date)),
            (Slot::Result, one.result.words().to_owned()),
        ];
    }
    let is_passed = |name: &str| {
        let passed = |one: &&crate::model::Attempt| one.result == AttemptResult::Passed;
        person.attempts.iter().filter(passed).any(|one| is_same_exam(&one.exam, name))
    };
    let open = person.exams.iter().filter(|exam| !is_passed(&exam.name));
    let next = open.min_by_key(|exam| (exam.next.is_none(), exam.next));
    vec![
        (Slot::Exam, next.map(|exam| exam.name.clone()).unwrap_or_default()),
        (Slot::Result, AttemptResult::default().words().to_owned()),
    ]
}

fn day(day: Option<Date>) -> String {
    day.map(long_date).unwrap_or_default()
}

fn number<N: ToString>(number: Option<N>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn yes(yes: bool) -> String {
    if yes { YES.to_owned() } else { String::new() }
}

/// "14:30".
pub fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}
