//! The reflection journal: what it shows beside a list, which parts of a reflection are shared,
//! and the question of the day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::letter::identifiers;
use crate::library::Block;
use crate::library::Library;
use crate::model::date::day_and_other_year;
use crate::model::session::{SHARED_PARTS, TemplateRef};
use crate::model::{
    Answer, Asked, AskedSection, Extra, Id, Journal, Kind, Layer, Prompt, PromptKind, PromptLayer,
    Session,
};
use crate::review;

/// The template without questions.
pub const FREE: &str = "reflection-free";
/// The list with the guidance on reflections.
pub const GUIDANCE: &str = "reflecting";

/// What the person wants of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReflectionAction {
    /// Begin a reflection that is asked this question.
    WriteAbout(String),
    /// Give the open reflection the questions of another size, by template.
    Resize(String),
    /// Choose which parts of a reflection are shared.
    Share(Id),
    /// With whom.
    ShareWith(Id),
    /// Whether the paragraph at this place, counted from 0, is shared.
    Tick(usize, bool),
    /// Share it though words in it may point to somebody.
    ShareAsItIs,
    /// Share what is ticked.
    KeepShared,
    /// Share nothing.
    PutAway,
}

/// What else the journal shows. It holds copies of what was written only while parts are shared.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Reflecting {
    /// What stands beside the list.
    pub view: JournalView,
    /// The year that is shown; this one where none is chosen.
    pub year: Option<i16>,
    /// The tag that all listed reflections have.
    pub tag: Option<String>,
    /// The parts of a reflection that are about to be shared.
    pub sharing: Option<Sharing>,
}

/// What stands beside the list.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum JournalView {
    /// The reflection that is read.
    #[default]
    Reading,
    /// The months of a year.
    Year,
    /// What was said on scales.
    OverTime,
    /// What the owner learned and taught as an educator.
    Log,
}

/// The parts of a reflection that are about to be shared.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Sharing {
    /// The reflection.
    pub of: Option<Id>,
    /// With whom.
    pub with: Option<Id>,
    /// All of its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Those that are ticked, by their place.
    pub ticked: BTreeSet<usize>,
    /// Words among those that may point to somebody.
    pub found: Vec<String>,
    /// Whether it is shared though there are such words; another tick asks again.
    pub as_it_is: bool,
}

/// A paragraph that was written in a reflection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The prompt that it answers, by id.
    pub prompt: String,
    /// The question.
    pub question: String,
    /// The words.
    pub text: String,
}

impl Sharing {
    /// The paragraphs of a reflection, none ticked.
    pub fn of(id: Id, session: &Session, with: Option<Id>) -> Sharing {
        let texts = session.items().filter_map(|asked| match &asked.answer {
            Some(Answer::Text(words)) => Some((asked, words)),
            _ => None,
        });
        let paragraphs = texts.flat_map(|(asked, words)| {
            let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
            lines.map(|line| Paragraph {
                prompt: asked.prompt.id.clone(),
                question: asked.prompt.text.clone(),
                text: line.to_owned(),
            })
        });
        Sharing { of: Some(id), with, paragraphs: paragraphs.collect(), ..Sharing::default() }
    }

    /// What becomes shared: each question with its ticked paragraphs.
    pub fn chosen(&self) -> Vec<(&Paragraph, String)> {
        let mut chosen: Vec<(&Paragraph, String)> = Vec::new();
        for one in self.ticked.iter().filter_map(|at| self.paragraphs.get(*at)) {
            match chosen.last_mut().filter(|(held, _)| held.prompt == one.prompt) {
                Some((_, words)) => {
                    words.push('\n');
                    words.push_str(&one.text);
                }
                None => chosen.push((one, one.text.clone())),
            }
        }
        chosen
    }

    /// Looks through what is ticked for words that may point to somebody. The two know each other,
    /// so their own names are none.
    pub fn look(&mut self, journal: &Journal, today: Date) {
        let words: Vec<String> = self.chosen().into_iter().map(|(_, words)| words).collect();
        let names = journal.people().into_iter().map(|(_, person)| person.name.clone());
        let with = self.with.and_then(|id| journal.person(id)).map(|it| it.name.clone());
        let settings = review::Settings {
            names: names.collect(),
            allowed: with.into_iter().chain([journal.settings().your_name]).collect(),
            today: Some(today),
            ..review::Settings::default()
        };
        let found = identifiers(&words.join("\n"), &settings);
        self.found = found.into_iter().map(|found| found.text).collect();
        self.found.dedup();
        self.as_it_is = false;
    }

    /// Whether words that may point to somebody are still to be settled.
    pub fn asks(&self) -> bool {
        !self.found.is_empty() && !self.as_it_is
    }

    /// A conversation with the chosen paragraphs and nothing else of the reflection: they are
    /// copies, and the reflection stays as it is. Nothing while none is ticked, with nobody, or with
    /// words to settle.
    pub fn copy(&self, today: Date, now: Timestamp) -> Option<Session> {
        let person = self.with.filter(|_| !self.asks())?;
        let items: Vec<Asked> = self.chosen().into_iter().map(asked).collect();
        (!items.is_empty()).then(|| Session {
            person: Some(person),
            template: TemplateRef { id: SHARED_PARTS.to_owned(), version: 1 },
            title: "Parts of a reflection".to_owned(),
            date: today,
            time: None,
            minutes: None,
            spent: 0,
            place: String::new(),
            sections: vec![AskedSection { title: "Reflection".to_owned(), items }],
            margin: Vec::new(),
            arcp: Vec::new(),
            tags: Vec::new(),
            kept: Vec::new(),
            brought: Vec::new(),
            links: self.of.into_iter().collect(),
            finished: Some(now),
            source_id: None,
            removed: None,
            extra: Extra::new(),
        })
    }
}

/// Shared words under their question, and no more of the prompt.
fn asked((paragraph, words): (&Paragraph, String)) -> Asked {
    let prompt = Prompt {
        id: paragraph.prompt.clone(),
        text: paragraph.question.clone(),
        why: String::new(),
        phrases: Vec::new(),
        layer: PromptLayer::Shared,
        hidden: false,
        kind: PromptKind::Text,
    };
    Asked::new(Arc::new(prompt), Layer::Shared, Some(Answer::Text(words)))
}

/// The reflections of this day in other years, the newest first. What was written on 29 February
/// comes up on the 28th of a year that has no 29th.
pub fn on_this_day(journal: &Journal, today: Date) -> Vec<(Id, &Session)> {
    let Some((first, _)) = years(journal) else { return Vec::new() };
    let is_eve = today.month() == 2 && today.day() == 28 && !today.in_leap_year();
    let mut found = Vec::new();
    for year in (first..today.year()).rev() {
        let leap_day = is_eve.then(|| Date::new(year, 2, 29).ok()).flatten();
        let day = Date::new(year, today.month(), today.day()).ok();
        for day in [leap_day, day].into_iter().flatten() {
            found.extend(journal.reflections_of(day, day));
        }
    }
    found
}

/// The tags of the reflections, in their order, with how many have each.
pub fn tags(journal: &Journal) -> Vec<(String, usize)> {
    let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in journal.reflections().flat_map(|(_, one)| &one.tags) {
        *tags.entry(tag).or_default() += 1;
    }
    tags.into_iter().map(|(tag, count)| (tag.to_owned(), count)).collect()
}

/// The reflections of a year by month, each month's oldest first.
pub fn months(journal: &Journal, year: i16) -> [Vec<(Id, &Session)>; 12] {
    let mut months: [Vec<(Id, &Session)>; 12] = Default::default();
    let (Ok(from), Ok(to)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else {
        return months;
    };
    for held in journal.reflections_of(from, to) {
        let at = usize::try_from(held.1.date.month() - 1).unwrap_or_default();
        if let Some(month) = months.get_mut(at) {
            month.push(held);
        }
    }
    months
}

/// The first and the last year in which something was written.
pub fn years(journal: &Journal) -> Option<(i16, i16)> {
    let mut all = journal.reflections();
    let last = all.next()?.1.date.year();
    Some((all.next_back().map_or(last, |(_, first)| first.date.year()), last))
}

/// What was said on one scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnAScale {
    /// The question.
    pub question: String,
    /// What the lowest and the highest number mean.
    pub ends: (String, String),
    /// The lowest and the highest number.
    pub range: (u8, u8),
    /// What was said, the oldest first.
    pub points: Vec<(Date, u8)>,
}

/// What was said on each scale of the reflections, the scale that was used last first.
pub fn scales(journal: &Journal) -> Vec<OnAScale> {
    let mut scales: Vec<(String, OnAScale)> = Vec::new();
    let asked = journal.reflections().flat_map(|(_, one)| one.items().map(|it| (one.date, it)));
    for (date, asked) in asked {
        let (PromptKind::Scale { from, to, low, high }, Some(Answer::Scale(number))) =
            (&asked.prompt.kind, &asked.answer)
        else {
            continue;
        };
        let (id, range) = (&asked.prompt.id, (*from, *to));
        let known = scales.iter_mut().find(|(of, scale)| of == id && scale.range == range);
        match known {
            Some((_, scale)) => scale.points.push((date, *number)),
            None => scales.push((
                id.clone(),
                OnAScale {
                    question: asked.prompt.text.clone(),
                    ends: (low.clone(), high.clone()),
                    range,
                    points: vec![(date, *number)],
                },
            )),
        }
    }
    let in_time = |(_, mut scale): (String, OnAScale)| {
        scale.points.reverse();
        scale
    };
    scales.into_iter().map(in_time).collect()
}

/// The question of a day and the title of the module it is from: each day another one, the same
/// all day. Questions that are put to somebody else are left out.
pub fn question_of(library: &Library, today: Date) -> Option<(String, String)> {
    let mut all: Vec<(&str, &str)> = Vec::new();
    for module in library.modules() {
        let points = module.guide.iter().filter_map(|block| match block {
            Block::Points(points) => Some(points),
            _ => None,
        });
        let lines = points.flatten().chain(&module.card.lines).map(String::as_str);
        for line in lines.filter(|line| is_for_oneself(line)) {
            if all.iter().all(|(known, _)| *known != line) {
                all.push((line, &module.title));
            }
        }
    }
    let days = today.since(Date::constant(2026, 1, 1)).ok()?.get_days();
    let at = usize::try_from(days.rem_euclid(i32::try_from(all.len().max(1)).ok()?)).ok()?;
    all.get(at).map(|(question, title)| ((*question).to_owned(), (*title).to_owned()))
}

fn is_for_oneself(line: &str) -> bool {
    let mut words = line.split(|c: char| !c.is_alphanumeric());
    let is_one_question = line.ends_with('?') && !line.contains(['.', '*']);
    is_one_question && !words.any(|word| ["you", "your"].contains(&word.to_lowercase().as_str()))
}

/// What can be linked to: the newest conversations and things learned, up to so many of each.
pub fn linkable(journal: &Journal, most: usize) -> Vec<Id> {
    let talks = journal.all_held().filter(|(_, held)| held.kind == Kind::Session);
    let mut talks: Vec<(Date, Id)> = talks.map(|(id, held)| (held.session.date, id)).collect();
    talks.sort_unstable_by(|a, b| b.cmp(a));
    let talks = talks.into_iter().take(most).map(|(_, id)| id);
    talks.chain(journal.learning().into_iter().rev().take(most).map(|(id, _)| id)).collect()
}

/// What a linked entry is called; nothing where it is no longer in any list.
pub fn link_words(journal: &Journal, id: Id, today: Date) -> Option<String> {
    if let Some(held) = journal.held(id) {
        let session = &held.session;
        let person = session.person.and_then(|id| journal.person(id));
        let with = person.map(|it| format!(" with {}", it.name)).unwrap_or_default();
        let day = day_and_other_year(session.date, today);
        return Some(format!("{}{with}, {day}", session.title));
    }
    let learning = journal.learning().into_iter().find(|(held, _)| *held == id)?.1;
    Some(format!("{}, {}", learning.title, day_and_other_year(learning.date, today)))
}

/// The reflections and shared parts that are linked to an entry, in the order of their identities.
pub fn linked_to(journal: &Journal, id: Id) -> impl Iterator<Item = (Id, &Session)> {
    let held = journal.all_held().filter(move |(_, held)| held.session.links.contains(&id));
    held.map(|(id, held)| (id, &held.session))
}
