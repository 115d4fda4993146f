//! A supervisor's own year: what goes into the page for an appraisal and into the coaching log,
//! and what is typed and chosen for them.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::letter::Topic;
use crate::export::year::{Talk, Year};
use crate::export::{Letter, Period};
use crate::library::Library;
use crate::model::changeover::TrainingYear;
use crate::model::cycle::{Cycle, HeldMeeting, Standing};
use crate::model::natural_date::{self, Known};
use crate::model::text::long_date;
use crate::model::{Extra, Id, Journal, Kind, Learning, LearningKind, Session, Settings, clean};

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EducatorAction {
    /// Keep what is typed on the page.
    Keep,
    /// Show the dates that are typed.
    Dates,
    /// Whether a copy of a reflection goes.
    Choose(Id, bool),
    /// Whether the coaching log gives each doctor a number.
    Number(bool),
    /// Show the form for something that was learned or taught elsewhere.
    Add,
    /// Keep what is typed in it.
    KeepLearning,
    /// Put the form away.
    Cancel,
    /// Show the form for something that was added, to change it.
    Change(Id),
    /// Take something that was added out again.
    TakeOut(Id),
}

/// What is typed beside the page.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct EducatorForm {
    /// The first day, as typed.
    pub from: String,
    /// The last day, as typed.
    pub to: String,
    /// What is wrong with the days.
    pub wrong_days: Option<&'static str>,
    /// Programmed activities for each doctor, as typed.
    pub pa: String,
    /// A change that the owner made.
    pub change: String,
    /// What comes next year.
    pub next_year: String,
    /// What stood in the last three when they were filled or kept.
    pub kept: [String; 3],
    /// Something that was learned or taught elsewhere, while it is typed.
    pub adding: Option<LearningForm>,
}

/// Something that was learned or taught elsewhere, as typed.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LearningForm {
    /// The record that it becomes, or that is changed.
    pub id: Option<Id>,
    /// The day.
    pub date: String,
    /// What it was.
    pub title: String,
    /// What sort.
    pub kind: LearningKind,
    /// How many hours.
    pub hours: String,
    /// Which area it shows; 0 for none.
    pub area: u8,
    /// What changed.
    pub changed: String,
    /// What stood in it when it was shown; nothing where it is new.
    pub began: Option<Box<LearningForm>>,
    /// Whether it was tried to keep it, so that what is missing is shown.
    #[serde(skip)]
    pub tried: bool,
}

/// The twelve months up to a day.
pub fn year_to(today: Date) -> Period {
    let before = today.checked_sub(1.year()).and_then(Date::tomorrow);
    Period { from: before.unwrap_or(today), to: today }
}

impl EducatorForm {
    /// What stands in the record, ready to be changed.
    pub fn of(settings: &Settings, period: Period) -> EducatorForm {
        let own = &settings.educator;
        let pa = own.pa_each();
        let form = EducatorForm {
            from: long_date(period.from),
            to: long_date(period.to),
            wrong_days: None,
            pa: format!("{}.{:02}", pa / 100, pa % 100),
            change: own.change.clone(),
            next_year: own.next_year.clone(),
            kept: Default::default(),
            adding: None,
        };
        EducatorForm { kept: form.typed(), ..form }
    }

    /// What stands in the fields that are kept as they are typed.
    pub fn typed(&self) -> [String; 3] {
        [&self.pa, &self.change, &self.next_year].map(Clone::clone)
    }

    /// The days that are typed.
    ///
    /// # Errors
    /// What to mend.
    pub fn period(&self, today: Date) -> Result<Period, &'static str> {
        let (from, to) = (day(&self.from, today), day(&self.to, today));
        let (Some(from), Some(to)) = (from, to) else { return Err("Type a first and a last day") };
        match from <= to && to <= today {
            true => Ok(Period { from, to }),
            false if from > to => Err("The first day comes before the last"),
            false => Err("The last day is today at the latest"),
        }
    }

    /// Programmed activities for each doctor, in hundredths; nothing where it is no number.
    pub fn pa_each(&self) -> Option<u16> {
        hundredths(&self.pa).filter(|pa| *pa <= 1000)
    }
}

impl LearningForm {
    /// An empty form for a new record.
    pub fn new(id: Id) -> LearningForm {
        LearningForm { id: Some(id), ..LearningForm::default() }
    }

    /// What stands in the record, ready to be changed.
    pub fn of(id: Id, learning: &Learning) -> LearningForm {
        let hours = learning.minutes.map(hours_words);
        let form = LearningForm {
            id: Some(id),
            date: long_date(learning.date),
            title: learning.title.clone(),
            kind: learning.kind,
            hours: hours.unwrap_or_default(),
            area: learning.area.unwrap_or_default(),
            changed: learning.changed.clone(),
            began: None,
            tried: false,
        };
        LearningForm { began: Some(Box::new(form.clone())), ..form }
    }

    /// Whether it is for a new record.
    pub const fn is_new(&self) -> bool {
        self.began.is_none()
    }

    /// Whether anything was typed.
    pub fn is_changed(&self) -> bool {
        let typed = |form: &LearningForm| {
            let words = [&form.date, &form.title, &form.hours, &form.changed].map(Clone::clone);
            (words, form.kind, form.area)
        };
        typed(self) != typed(self.began.as_deref().unwrap_or(&LearningForm::default()))
    }

    /// What is wrong with the day.
    pub fn wrong_day(&self, today: Date) -> Option<&'static str> {
        match day(&self.date, today) {
            None => Some("Type the day"),
            Some(day) if day > today => Some("Type a day that has been"),
            Some(_) => None,
        }
    }

    /// What is wrong with the words.
    pub fn wrong_title(&self) -> Option<&'static str> {
        clean::line(&self.title).is_empty().then_some("Type what it was")
    }

    /// What is wrong with the hours.
    pub fn wrong_hours(&self) -> Option<&'static str> {
        let is_wrong = !self.hours.trim().is_empty() && self.minutes().is_none();
        is_wrong.then_some("Type hours as a number, such as 1.5")
    }

    fn minutes(&self) -> Option<u16> {
        let hundredths = u32::from(hundredths(&self.hours)?);
        u16::try_from((hundredths * 60 + 50) / 100).ok().filter(|minutes| *minutes > 0)
    }

    /// The entry; nothing while something is wrong in it.
    pub fn learning(&self, today: Date) -> Option<Learning> {
        let is_whole = self.wrong_title().is_none() && self.wrong_hours().is_none();
        let date = day(&self.date, today).filter(|day| is_whole && *day <= today)?;
        Some(Learning {
            date,
            title: clean::line(&self.title),
            kind: self.kind,
            minutes: self.minutes(),
            area: Some(self.area).filter(|area| *area > 0),
            changed: clean::lines(&self.changed),
            removed: None,
            extra: Extra::new(),
        })
    }
}

fn day(typed: &str, today: Date) -> Option<Date> {
    natural_date::read_back(typed, today, &Known::default()).ok()?.map(|meant| meant.date)
}

/// 90 minutes as "1.5".
pub fn hours_words(minutes: u16) -> String {
    let hundredths = (u32::from(minutes) * 100 + 30) / 60;
    let words = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    words.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// "1.5" as 150, up to 600 whole ones.
fn hundredths(typed: &str) -> Option<u16> {
    let typed = typed.trim().replace(',', ".");
    let number: f64 = typed.parse().ok()?;
    let is_number = (0.0..=600.0).contains(&number);
    // A number up to 60,000 that is no fraction any more.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it fits")]
    is_number.then(|| (number * 100.0).round() as u16)
}

/// The reflections of a time that can be chosen, newest first: finished, and about nobody of the
/// record.
pub fn choosable(journal: &Journal, period: Period) -> impl Iterator<Item = (Id, &Session)> {
    let all = journal.reflections().skip_while(move |(_, one)| one.date > period.to);
    let all = all.take_while(move |(_, one)| one.date >= period.from);
    all.filter(|(_, one)| one.finished.is_some() && one.person.is_none())
}

/// The page of a year, or the coaching log of the same days.
pub fn letter(journal: &Journal, library: &Library, topic: &Topic, today: Date) -> Option<Letter> {
    let (Topic::Year(period) | Topic::Coaching(period)) = topic else { return None };
    let settings = journal.settings();
    let in_it = |day: Date| (period.from..=period.to).contains(&day);
    let held = journal.all_held().map(|(_, held)| held);
    let held = held.filter(|one| one.session.was_held() && in_it(one.session.date));
    let (mut talks, notes): (Vec<_>, Vec<_>) = held.partition(|one| one.kind == Kind::Session);
    talks.sort_by_key(|one| (one.session.date, one.session.time));
    let doctors: Vec<Id> = talks.iter().filter_map(|one| one.session.person).collect();
    let mut first: Vec<Id> = Vec::new();
    for doctor in &doctors {
        if !first.contains(doctor) {
            first.push(*doctor);
        }
    }
    let number = |id: Id| first.iter().position(|one| *one == id).map(|at| at + 1);
    let talk = |one: &crate::model::Held| {
        (one.session.template.id.clone(), one.session.date, one.session.minutes, one.session.person)
    };
    let talks: Vec<_> = talks.into_iter().map(talk).collect();
    let chosen: BTreeSet<Id> = settings.educator.reflections.iter().copied().collect();
    let copies = choosable(journal, *period).filter(|(id, _)| chosen.contains(id));
    // One whose words are still being read comes with them.
    let copies = copies.filter(|(id, _)| !journal.is_short(*id)).map(|(_, one)| one);
    let planned = planned(journal, library.cycles(), *period, today);
    let learning = journal.learning().into_iter().map(|(_, one)| one);
    let year = Year {
        settings: &settings,
        period: *period,
        today,
        talks: talks
            .iter()
            .map(|(template, date, minutes, person)| Talk {
                template,
                date: *date,
                minutes: *minutes,
                doctor: person.and_then(number),
            })
            .collect(),
        notes: notes.iter().map(|one| one.session.template.id.as_str()).collect(),
        doctors: first.len(),
        meetings: (planned.held.len(), planned.of),
        planned: planned.held,
        reflections: copies.collect(),
        learning: learning.filter(|one| in_it(one.date)).collect(),
    };
    Some(match topic {
        Topic::Coaching(_) => Letter::coaching(&year),
        _ => Letter::year(&year),
    })
}

/// The planned meetings of a time.
#[derive(Default)]
struct Planned<'a> {
    /// How many there were.
    of: usize,
    /// The templates of those that were held.
    held: Vec<&'a str>,
}

/// The planned meetings of a time, from the first conversation with each doctor on: what was before
/// it was somebody else's. One whose last day is yet to come counts once it is held.
fn planned<'a>(journal: &'a Journal, cycles: &[Cycle], period: Period, today: Date) -> Planned<'a> {
    let mut all = Planned::default();
    for (id, person) in journal.people() {
        let talks = journal.sessions_with(id);
        let talks: Vec<_> = talks.iter().filter(|(_, one)| one.was_held()).collect();
        let held: Vec<HeldMeeting<'_>> = talks
            .iter()
            .map(|(id, one)| HeldMeeting { id: *id, date: one.date, template: &one.template.id })
            .collect();
        let Some(first) = held.iter().map(|one| one.date).min() else { continue };
        let Some(cycle) = Cycle::of(cycles, person) else { continue };
        let days = first.max(period.from)..=period.to.min(today);
        let mut seen = BTreeSet::new();
        for day in last_days(period) {
            for one in cycle.expected(person, &held, day.min(today)) {
                let (by, last) = match one.standing {
                    Standing::Held { session, on } => (Some(session), on),
                    _ => (None, one.to),
                };
                // A post that goes over the end of a training year comes up in both.
                if !days.contains(&last) || !seen.insert((one.code, one.from, one.to)) {
                    continue;
                }
                all.of += 1;
                let by = by.and_then(|by| talks.iter().find(|(id, _)| *id == by));
                all.held.extend(by.map(|(_, one)| one.template.id.as_str()));
            }
        }
    }
    all
}

/// In each training year that a time reaches into, its last day of that time.
fn last_days(period: Period) -> Vec<Date> {
    let mut days = Vec::new();
    let mut from = period.from;
    while let Some(year) = TrainingYear::of(from).filter(|_| from <= period.to) {
        days.push(year.to.min(period.to));
        let Ok(next) = year.to.tomorrow() else { break };
        from = next;
    }
    days
}
