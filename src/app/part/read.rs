//! From the fields of a form to what is known.

use std::str::FromStr;

use jiff::civil::{Date, Time};

use super::members::{put, without};
use super::{Part, PartForm, Problems, ReadOn, Slot, YES};
use crate::model::natural_date;
use crate::model::{
    Absence, AbsenceKind, AccessRequest, Attempt, AttemptResult, Exam, Extra, Goal, HandedOver,
    Layer, Meeting, PartTime, PastArcp, Person, Placement,
};

const BACKWARDS: &str = "The last day is before the first. Check the dates";

impl PartForm {
    /// The person with what is typed, on top of what is known of them `now`.
    ///
    /// # Errors
    /// What has to be mended first, by field.
    pub fn read(&self, now: &Person, on: ReadOn<'_>) -> Result<Person, Problems> {
        let mut reader = Reader { form: self, on, problems: Problems::new() };
        let person = reader.person(now);
        if reader.problems.is_empty() { Ok(person) } else { Err(reader.problems) }
    }

    /// What is wrong now; nothing before it was tried to save.
    pub fn problems(&self, now: &Person, on: ReadOn<'_>) -> Problems {
        if self.tried { self.read(now, on).err().unwrap_or_default() } else { Problems::new() }
    }

    /// The person without the member that the form is about.
    pub fn without(&self, now: &Person) -> Person {
        without(now, &self.before, self.part, self.at)
    }
}

struct Reader<'a> {
    form: &'a PartForm,
    on: ReadOn<'a>,
    problems: Problems,
}

impl Reader<'_> {
    fn person(&mut self, now: &Person) -> Person {
        let (form, at) = (self.form, self.form.at);
        let before = &form.before;
        let mut person = now.clone();
        match form.part {
            Part::Name => {
                person.name = self.needed(Slot::Name, "Type a name");
                person.short_name = self.words(Slot::ShortName);
                person.say = self.words(Slot::Say);
                person.stage = self.words(Slot::Stage);
                person.programme = self.words(Slot::Programme);
                person.wte = self.per_cent(Slot::PersonWte);
            }
            Part::Supervises => {
                person.name = self.needed(Slot::Name, "Type a name");
                person.short_name = self.words(Slot::ShortName);
                person.say = self.words(Slot::Say);
                person.supervises_as = self.words(Slot::As);
                person.supervises_from = self.day(Slot::From);
                person.supervises_until = self.day(Slot::To);
                let both = person.supervises_from.zip(person.supervises_until);
                if both.is_some_and(|(from, until)| until < from) {
                    self.wrong(Slot::To, BACKWARDS);
                }
            }
            Part::Programme => {
                person.arcp_date = self.day(Slot::Arcp);
                person.cct_date = self.day(Slot::Cct);
            }
            Part::Placement => {
                let one = self.placement(at.and_then(|at| before.placements.get(at)));
                put(&mut person.placements, &before.placements, at, Some(one));
                person.placements.sort_by_key(|one| one.from);
            }
            Part::PartTime => {
                let one = self.part_time(at.and_then(|at| before.part_time.get(at)));
                put(&mut person.part_time, &before.part_time, at, Some(one));
                person.part_time.sort_by_key(|one| one.from);
            }
            Part::Absence => {
                let one = self.absence(at.and_then(|at| before.absences.get(at)));
                put(&mut person.absences, &before.absences, at, Some(one));
                person.absences.sort_by_key(|one| one.from);
            }
            Part::Exam => {
                person = person.with_exams_together();
                let old = at.and_then(|at| before.exams.get(at));
                let one = self.exam(old);
                if let Some(old) = old.filter(|old| old.name != one.name) {
                    person.rename_exam(&old.name, &one.name);
                }
                put(&mut person.exams, &renamed(before, old, &one.name), at, Some(one));
            }
            Part::Attempt => {
                person = person.with_exams_together();
                let one = self.attempt(at.and_then(|at| before.attempts.get(at)));
                put(&mut person.attempts, &before.attempts, at, Some(one));
            }
            Part::Panel => {
                let one = self.panel(at.and_then(|at| before.past_arcps.get(at)));
                put(&mut person.past_arcps, &before.past_arcps, at, Some(one));
                person.past_arcps.sort_by_key(|one| one.date);
            }
            Part::Goal | Part::DropGoal => {
                if let Some(one) = self.goal(at.and_then(|at| before.goals.get(at))) {
                    put(&mut person.goals, &before.goals, at, Some(one));
                }
            }
            Part::Meeting => person.next_meeting = Some(self.meeting(&person)),
            Part::Adjustments => {
                let words = form.text(Slot::Adjustments).trim().to_owned();
                if words != person.adjustments {
                    person.adjustments_on = (!words.is_empty()).then_some(self.on.today);
                    person.adjustments = words;
                }
            }
            Part::ToKnow => form.text(Slot::ToKnow).trim().clone_into(&mut person.to_know),
            Part::KeepUntil => person.keep_until = self.day(Slot::KeepUntil),
            Part::HandedOver => {
                let held = person.handed_over.take().unwrap_or_default();
                let on = self.needed_day(Slot::HandedOn);
                let to = self.words(Slot::HandedTo);
                person.handed_over = Some(HandedOver { on, to, ..held });
            }
            Part::Request => {
                let one = self.request(at.and_then(|at| before.requests.get(at)));
                put(&mut person.requests, &before.requests, at, Some(one));
                person.requests.sort_by_key(|one| one.asked);
            }
        }
        person
    }

    fn placement(&mut self, held: Option<&Placement>) -> Placement {
        let post = self.words(Slot::Post);
        let site = self.words(Slot::Site);
        if post.is_empty() && site.is_empty() {
            self.wrong(Slot::Post, "Type the post, or where it is");
        }
        let (from, to) = self.time();
        let supervisor = self.words(Slot::Supervisor);
        let wte = self.per_cent(Slot::Wte);
        Placement { post, site, from, to, supervisor, wte, ..held.cloned().unwrap_or_default() }
    }

    fn part_time(&mut self, held: Option<&PartTime>) -> PartTime {
        let wte = self.working_time(Slot::Wte);
        if wte.is_none() && !self.problems.contains_key(&Slot::Wte) {
            self.wrong(Slot::Wte, "Type a whole number from 10 to 100");
        }
        let (from, to) = self.time();
        let before = self.working_time(Slot::Before);
        let counted = self.yes(Slot::Counted);
        let wte = wte.unwrap_or(100);
        PartTime { wte, from, to, before, counted, ..held.cloned().unwrap_or_default() }
    }

    fn absence(&mut self, held: Option<&Absence>) -> Absence {
        let words = self.form.text(Slot::Kind);
        let known = AbsenceKind::ALL.into_iter().find(|kind| kind.words() == words);
        let kind = known.unwrap_or_else(|| AbsenceKind::Other(words.to_owned()));
        let (from, to) = self.time();
        let days = self.number(Slot::Days, "Type a whole number of days");
        let rebate = self.number(Slot::Rebate, "Type a whole number of days");
        let counted = self.yes(Slot::Counted);
        let held = held.cloned().unwrap_or_default();
        Absence { kind, from, to, days, rebate, counted, ..held }
    }

    fn exam(&mut self, held: Option<&Exam>) -> Exam {
        let name = self.needed(Slot::Exam, "Type the name of the exam");
        let next = self.day(Slot::Next);
        let cap = self.number::<u8>(Slot::Cap, "Type a whole number from 1 to 50");
        if cap.is_some_and(|cap| !(1..=50).contains(&cap)) {
            self.wrong(Slot::Cap, "Type a whole number from 1 to 50");
        }
        let cap_of = self.day(Slot::CapOf);
        let booked = self.yes(Slot::Booked);
        Exam { name, next, booked, cap, cap_of, ..held.cloned().unwrap_or_default() }
    }

    fn attempt(&mut self, held: Option<&Attempt>) -> Attempt {
        let exam = self.needed(Slot::Exam, "Type the name of the exam");
        let date = self.day(Slot::AttemptOn);
        let words = self.form.text(Slot::Result);
        let known = AttemptResult::ALL.into_iter().find(|result| result.words() == words);
        let result = known.unwrap_or_else(|| AttemptResult::Other(words.to_owned()));
        Attempt { exam, date, result, ..held.cloned().unwrap_or_default() }
    }

    fn panel(&mut self, held: Option<&PastArcp>) -> PastArcp {
        let date = self.needed_day(Slot::PanelOn);
        let outcome = self.words(Slot::Outcome);
        PastArcp { date, outcome, ..held.cloned().unwrap_or_default() }
    }

    /// A goal as it is typed, or dropped; nothing where the one that was to be dropped is gone.
    fn goal(&mut self, held: Option<&Goal>) -> Option<Goal> {
        let today = self.on.today;
        if self.form.part == Part::DropGoal {
            let reason = self.needed(Slot::Reason, "Write the reason in a few words");
            let held = held.cloned()?;
            return Some(Goal { done: None, dropped: Some(today), reason, ..held });
        }
        let text = self.form.text(Slot::Goal).trim().to_owned();
        if text.is_empty() {
            self.wrong(Slot::Goal, "Write the goal in a few words");
        }
        let progress = self.form.text(Slot::Progress).trim().to_owned();
        let words = self.form.text(Slot::Kind);
        let layer = Layer::ALL.into_iter().find(|layer| layer.words() == words);
        let layer = layer.unwrap_or(Layer::Private);
        Some(match held.cloned() {
            Some(held) => Goal { text, progress, layer, ..held },
            None => Goal {
                id: None,
                text,
                since: today,
                progress,
                done: None,
                dropped: None,
                reason: String::new(),
                layer,
                extra: Extra::new(),
            },
        })
    }

    fn meeting(&mut self, now: &Person) -> Meeting {
        let date = self.needed_day(Slot::Day);
        let time = self.clock(Slot::Time);
        let minutes = self.number::<u16>(Slot::Minutes, "Type a whole number of minutes");
        if minutes.is_some_and(|minutes| !(1..=1440).contains(&minutes)) {
            self.wrong(Slot::Minutes, "Type a number of minutes from 1 to 1440");
        }
        let place = self.words(Slot::Place);
        let template = self.form.text(Slot::Template).to_owned();
        let held = now.next_meeting.clone().unwrap_or_default();
        Meeting { date, time, minutes, place, template, ..held }
    }

    fn request(&mut self, held: Option<&AccessRequest>) -> AccessRequest {
        let asked = self.needed_day(Slot::AskedOn);
        if asked > self.on.today {
            self.wrong(Slot::AskedOn, "Type a day that has been");
        }
        let by = self.day(Slot::AnswerBy);
        if by.is_some_and(|by| by < asked) {
            self.wrong(Slot::AnswerBy, "That is before they asked. Check the dates");
        }
        let answered = self.day(Slot::AnsweredOn);
        if answered.is_some_and(|day| day < asked) {
            self.wrong(Slot::AnsweredOn, "That is before they asked. Check the dates");
        }
        if answered.is_some_and(|day| day > self.on.today) {
            self.wrong(Slot::AnsweredOn, "Type a day that has been");
        }
        let answer_by = by.filter(|by| *by != AccessRequest::month_after(asked));
        AccessRequest { asked, answer_by, answered, ..held.cloned().unwrap_or_default() }
    }

    fn wrong(&mut self, slot: Slot, words: impl Into<String>) {
        self.problems.entry(slot).or_insert_with(|| words.into());
    }

    /// One line, without spaces at the ends and doubled ones between.
    fn words(&self, slot: Slot) -> String {
        self.form.text(slot).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn needed(&mut self, slot: Slot, missing: &str) -> String {
        let words = self.words(slot);
        if words.is_empty() {
            self.wrong(slot, missing);
        }
        words
    }

    fn day(&mut self, slot: Slot) -> Option<Date> {
        let read = if slot.is_back() { natural_date::read_back } else { natural_date::read };
        match read(self.form.text(slot), self.on.today, self.on.known) {
            Ok(meant) => meant.map(|meant| meant.date),
            Err(error) => {
                self.wrong(slot, error.to_string());
                None
            }
        }
    }

    fn needed_day(&mut self, slot: Slot) -> Date {
        self.day(slot).unwrap_or_else(|| {
            self.wrong(slot, "Type a day, for example 6 August 2026");
            self.on.today
        })
    }

    /// The first and the last day.
    fn time(&mut self) -> (Date, Option<Date>) {
        let from = self.needed_day(Slot::From);
        let to = self.day(Slot::To);
        if to.is_some_and(|to| to < from) && !self.problems.contains_key(&Slot::From) {
            self.wrong(Slot::To, BACKWARDS);
        }
        (from, to)
    }

    fn number<N: FromStr>(&mut self, slot: Slot, wrong: &str) -> Option<N> {
        match self.form.text(slot).trim().trim_end_matches('%').trim() {
            "" => None,
            digits => {
                let number = digits.parse().ok();
                if number.is_none() {
                    self.wrong(slot, wrong);
                }
                number
            }
        }
    }

    fn per_cent(&mut self, slot: Slot) -> Option<u8> {
        self.in_range(slot, 1, "Type a whole number from 1 to 100")
    }

    /// Less than full time is reckoned with from 10 per cent on.
    fn working_time(&mut self, slot: Slot) -> Option<u8> {
        self.in_range(slot, 10, "Type a whole number from 10 to 100")
    }

    fn in_range(&mut self, slot: Slot, least: u8, wrong: &str) -> Option<u8> {
        let number = self.number::<u8>(slot, wrong)?;
        if !(least..=100).contains(&number) {
            self.wrong(slot, wrong);
        }
        Some(number)
    }

    fn yes(&self, slot: Slot) -> bool {
        self.form.text(slot) == YES
    }

    fn clock(&mut self, slot: Slot) -> Option<Time> {
        let text = self.form.text(slot).trim();
        if text.is_empty() {
            return None;
        }
        let time = read_time(text);
        if time.is_none() {
            self.wrong(slot, "Type a time like 14:30 or 2.30 pm");
        }
        time
    }
}

/// The exams as they stood, the one that is renamed under its new name: so it is found again
/// where it has no identity yet.
fn renamed(before: &Person, old: Option<&Exam>, name: &str) -> Vec<Exam> {
    let mut before = before.clone();
    if let Some(old) = old {
        before.rename_exam(&old.name, name);
    }
    before.exams
}

/// A time as it is written in the UK: "14:30", "14.30", "2.30 pm", "9am", "noon".
pub(super) fn read_time(text: &str) -> Option<Time> {
    let text = text.to_lowercase().replace(' ', "");
    if text == "noon" {
        return Time::new(12, 0, 0, 0).ok();
    }
    let (digits, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(12)),
        _ => (text.as_str(), None),
    };
    let (hour, minute) = match digits.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "0"),
    };
    let (hour, minute) = (hour.parse::<i8>().ok()?, minute.parse::<i8>().ok()?);
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + half,
        None => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}
