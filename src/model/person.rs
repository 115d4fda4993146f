//! The people of the record.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::training::{
    Absence, Attempt, Exam, Goal, HandedOver, Meeting, PartTime, PastArcp, Placement,
};
use super::{AccessRequest, Extra, Id};

/// A doctor supervised or, in a doctor's own record, somebody who supervises them. A name is
/// enough to begin with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The full name, as the person wants to be called ("Dr Amina Larkspur").
    pub name: String,
    /// The name used in sentences ("Amina").
    #[serde(skip_serializing_if = "String::is_empty")]
    pub short_name: String,
    /// How to say the name ("ah-MEE-nah").
    #[serde(skip_serializing_if = "String::is_empty")]
    pub say: String,
    /// As what they supervise the owner of this record, in a doctor's record ("Educational
    /// supervisor").
    #[serde(skip_serializing_if = "String::is_empty")]
    pub supervises_as: String,
    /// The first day on which they do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supervises_from: Option<Date>,
    /// The last day on which they do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supervises_until: Option<Date>,
    /// Stage of training, free text with suggestions ("IMT2", "ST5").
    #[serde(skip_serializing_if = "String::is_empty")]
    pub stage: String,
    /// Programme or specialty ("acute medicine").
    #[serde(skip_serializing_if = "String::is_empty")]
    pub programme: String,
    /// Whole-time equivalent in whole per cent; 100 is full time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wte: Option<u8>,
    /// The day of the next ARCP panel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arcp_date: Option<Date>,
    /// The next examination, in words ("PACES").
    #[serde(skip_serializing_if = "String::is_empty")]
    pub next_exam: String,
    /// The day of the next examination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exam_date: Option<Date>,
    /// What to know, for the owner of this record alone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to_know: String,
    /// Adjustments, in the doctor's own words. The reasons are theirs to tell. Shared, and in
    /// no summary.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub adjustments: String,
    /// The day those words were written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adjustments_on: Option<Date>,
    /// The end of the programme (CCT, or its last day), as it stands on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cct_date: Option<Date>,
    /// Placements, in order of their dates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub placements: Vec<Placement>,
    /// Times of working less than full time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub part_time: Vec<PartTime>,
    /// Times away from training.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub absences: Vec<Absence>,
    /// Examinations to pass. `next_exam` and `exam_date` are one more, known only in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exams: Vec<Exam>,
    /// Sittings of examinations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attempts: Vec<Attempt>,
    /// ARCP panels that have sat; the next one is `arcp_date`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub past_arcps: Vec<PastArcp>,
    /// Goals.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Goal>,
    /// The next meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_meeting: Option<Meeting>,
    /// Lines, and days of meetings, that stay out of the ARCP summary, by their names in it. A
    /// line is known by its words, so one that is written anew is offered anew.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub summary_left_out: Vec<String>,
    /// Lines of the summary whose order was chosen, in that order. All others follow them by
    /// their days.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub summary_order: Vec<String>,
    /// Boxes of a portfolio that were filled, each with a mark of its words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub summary_pasted: Vec<String>,
    /// The portfolio that the boxes are for, where it is another than the programme suggests.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub portfolio: String,
    /// Lines that both ticked for the next supervisor, by their names. A line is known by its
    /// words here as well.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub handover_ticked: Vec<String>,
    /// Whether the person has moved to past people.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
    /// When and to whom the person was handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handed_over: Option<HandedOver>,
    /// Until when the record about them is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_until: Option<Date>,
    /// While this stands, nothing about the person may be erased: somebody has asked for what
    /// is held about them, or a court may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
    /// When they asked to see what is held about them, and when that was answered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<AccessRequest>,
    /// The identity this person had in the file they were imported from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// When the import that brought them in was taken back. What came in stays in the versions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<Timestamp>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Why nothing about a person may be erased, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// The day it was set.
    pub since: Date,
    /// Why ("access request of 3 March").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

impl Person {
    /// The name for use in a sentence: the short name, else the full one.
    pub fn called(&self) -> &str {
        if self.short_name.is_empty() { &self.name } else { &self.short_name }
    }

    /// Whether they supervise the owner of this record on a day, as far as the days are known.
    pub fn supervises_on(&self, day: Date) -> bool {
        let begun = self.supervises_from.is_none_or(|from| from <= day);
        begun && self.supervises_until.is_none_or(|until| day <= until)
    }

    /// As what they supervise, or else stage, programme and working time in one line; empty when
    /// nothing is known.
    pub fn about(&self) -> String {
        if !self.supervises_as.is_empty() {
            return self.supervises_as.clone();
        }
        let post = [self.stage.as_str(), self.programme.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        match self.wte {
            Some(wte) if wte < 100 && post.is_empty() => format!("{wte}% LTFT"),
            Some(wte) if wte < 100 => format!("{post}, {wte}% LTFT"),
            _ => post,
        }
    }

    /// Up to two initials for the pebble beside the name; titles do not count.
    pub fn initials(&self) -> String {
        let names: Vec<&str> =
            self.name.split_whitespace().filter(|word| !is_title(word)).collect();
        let letter = |word: &&str| word.chars().next().map(|c| c.to_uppercase().to_string());
        match names.as_slice() {
            [] => String::new(),
            [only] => letter(only).unwrap_or_default(),
            [first, .., last] => {
                letter(first).unwrap_or_default() + &letter(last).unwrap_or_default()
            }
        }
    }
}

impl Person {
    /// The placement that a day lies in; of several, the one that began last.
    pub fn placement_on(&self, day: Date) -> Option<&Placement> {
        self.placements.iter().filter(|one| one.holds(day)).max_by_key(|one| one.from)
    }

    /// The working time on a day in whole per cent: of the time less than full time, or else of
    /// the placement, or else the person's own; 100 where nothing is known.
    pub fn wte_on(&self, day: Date) -> u8 {
        let holds = |one: &&PartTime| one.from <= day && one.to.is_none_or(|to| day <= to);
        let part_time = self.part_time.iter().filter(holds).max_by_key(|one| one.from);
        let placed = || self.placement_on(day).and_then(|one| one.wte);
        part_time.map(|one| one.wte).or_else(placed).or(self.wte).unwrap_or(100)
    }

    /// The sittings that lie ahead, the nearest first: the name of the examination and its day.
    pub fn sittings_ahead(&self, today: Date) -> Vec<(&str, Date)> {
        let listed = self.exams.iter().filter_map(|exam| Some((exam.name.as_str(), exam.next?)));
        let named = self.exam_date.map(|day| match self.next_exam.as_str() {
            "" => (UNNAMED_EXAM, day),
            name => (name, day),
        });
        let mut ahead: Vec<(&str, Date)> =
            listed.chain(named).filter(|(_, day)| *day >= today).collect();
        ahead.sort_by_key(|(_, day)| *day);
        ahead.dedup_by(|a, b| a.1 == b.1 && is_same_exam(a.0, b.0));
        ahead
    }

    /// The sittings of an examination in the order of their days.
    pub fn attempts_at(&self, exam: &str) -> Vec<&Attempt> {
        let of = |attempt: &&Attempt| is_same_exam(&attempt.exam, exam);
        let mut attempts: Vec<&Attempt> = self.attempts.iter().filter(of).collect();
        attempts.sort_by_key(|attempt| (attempt.date.is_none(), attempt.date));
        attempts
    }

    /// How many attempts were used and how many are left, where the exam has a cap.
    pub fn attempts_used(&self, exam: &Exam) -> (usize, Option<usize>) {
        let used = self.attempts_at(&exam.name).iter().filter(|one| one.result.counts()).count();
        (used, exam.cap.map(|cap| usize::from(cap).saturating_sub(used)))
    }

    /// The same person with every examination in the list: one that is known only in words
    /// (`next_exam`, `exam_date`) is a member of it, and those two are empty.
    pub fn with_exams_together(&self) -> Person {
        let mut person = self.clone();
        let name = std::mem::take(&mut person.next_exam);
        let day = person.exam_date.take();
        if name.is_empty() && day.is_none() {
            return person;
        }
        let name = if name.is_empty() { UNNAMED_EXAM.to_owned() } else { name };
        match person.exams.iter_mut().find(|exam| is_same_exam(&exam.name, &name)) {
            Some(exam) => exam.next = exam.next.or(day),
            None => person.exams.push(Exam { name, next: day, ..Exam::default() }),
        }
        person
    }

    /// Whether the person went to past people.
    pub const fn is_past(&self) -> bool {
        self.archived || self.handed_over.is_some()
    }

    /// Gives an examination another name, in its attempts as well.
    pub fn rename_exam(&mut self, from: &str, to: &str) {
        let names = self.exams.iter_mut().map(|exam| &mut exam.name);
        let names = names.chain(self.attempts.iter_mut().map(|attempt| &mut attempt.exam));
        for name in names.filter(|name| is_same_exam(name, from)) {
            to.clone_into(name);
        }
    }

    /// Gives every member of a list that is new or changed an identity, and one of two members
    /// with the same identity another. What stands as it stood before is left alone: to write it
    /// would stand in the way of what another computer wrote.
    pub fn give_ids(&mut self, before: Option<&Person>, mut fresh: impl FnMut() -> Id) {
        let none = Person::default();
        let before = before.unwrap_or(&none);
        give(&mut self.placements, &before.placements, |one| &mut one.id, &mut fresh);
        give(&mut self.part_time, &before.part_time, |one| &mut one.id, &mut fresh);
        give(&mut self.absences, &before.absences, |one| &mut one.id, &mut fresh);
        give(&mut self.exams, &before.exams, |one| &mut one.id, &mut fresh);
        give(&mut self.attempts, &before.attempts, |one| &mut one.id, &mut fresh);
        give(&mut self.past_arcps, &before.past_arcps, |one| &mut one.id, &mut fresh);
        give(&mut self.goals, &before.goals, |one| &mut one.id, &mut fresh);
        give(&mut self.requests, &before.requests, |one| &mut one.id, &mut fresh);
        let meetings = (self.next_meeting.as_mut_slice(), before.next_meeting.as_slice());
        give(meetings.0, meetings.1, |one| &mut one.id, &mut fresh);
    }
}

/// What an examination is called of which only the day is known.
const UNNAMED_EXAM: &str = "Exam";

/// Whether two names mean the same examination.
pub fn is_same_exam(a: &str, b: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(a) == plain(b)
}

fn give<T: PartialEq>(
    now: &mut [T],
    before: &[T],
    id: impl Fn(&mut T) -> &mut Option<Id>,
    fresh: &mut impl FnMut() -> Id,
) {
    let mut used: Vec<Id> = Vec::new();
    for one in now {
        let stands = before.contains(one);
        let id = id(one);
        match id {
            Some(known) if !used.contains(known) => {}
            None if stands => {}
            _ => *id = Some(fresh()),
        }
        used.extend(*id);
    }
}

/// Whether a word of a name is a title before it ("Dr", "Prof.").
pub fn is_title(word: &str) -> bool {
    const TITLES: [&str; 6] = ["dr", "mr", "mrs", "miss", "ms", "prof"];
    TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}
