//! What leaves for one person: the questions and the note of a meeting, the handover, the plan
//! after a panel, everything that is held about them.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::access::HeldPage;
use super::action::Action;
use super::educator;
use super::job::Written;
use super::long::receipt_words;
use super::notice::Notice;
use super::role::Words;
use super::screen::Screen;
use super::state::{Open, State};
use crate::export::after_arcp::OutcomeWords;
use crate::export::handover::Candidates;
use crate::export::letter::{Between, Letter};
use crate::export::plan::PlanWords;
use crate::export::{Format, Period, Preview};
use crate::import::answers::questions;
use crate::library::Library;
use crate::model::natural_date::{Known, NaturalDateError, read};
use crate::model::template::Section;
use crate::model::{Id, Journal, Person, Template};
use crate::review::{Family, Reviewer, Settings};

/// What a letter is about. Ids and nothing else: it outlives a lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Topic {
    /// The note of a conversation.
    Note(Id),
    /// The questions of a template, by its id, for a person.
    Questions(String, Id),
    /// Everything that is held about a person.
    Held(Id),
    /// The certificate of an erasure, by its receipt.
    Certificate(Id),
    /// What the next supervisor of a person may read.
    Handover(Id),
    /// The plan after the last ARCP panel of a person.
    AfterArcp(Id),
    /// The career plan with a person: the version that both agreed last, or as it stands.
    Plan(Id, bool),
    /// The supervisor's own year, for an appraisal.
    Year(Period),
    /// The coaching conversations of a time.
    Coaching(Period),
}

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LetterAction {
    /// Go to the page.
    Show(Topic),
    /// Into which kind of file.
    Format(Format),
    /// Take these words out, which may point to somebody else, or put them back.
    TakeOut(String, bool),
    /// Ask in the desktop's own dialog where to write the file.
    Choose,
    /// Write the file that is typed.
    Save,
    /// The words were put on the clipboard: keep a receipt.
    Copied,
    /// Tick lines of a handover, by their names, or take their ticks away.
    Tick(Vec<String>, bool),
    /// Move the person who was handed over to past people.
    MoveOn,
}

/// A letter on its screen.
pub struct ShownLetter {
    /// What it is about.
    pub topic: Topic,
    /// The kind of file.
    pub format: Format,
    /// The file that was asked for and has not left yet, by the identity of its receipt.
    pub sending: Option<Id>,
    /// Whether the desktop's dialog for the file is open.
    pub asking: bool,
    /// What did not work.
    pub notice: Option<Notice>,
    /// The page; nothing when there is nothing to send.
    pub page: Option<LetterPage>,
    /// The gathering that the page waits for, or was made by.
    pub gathering: Option<GatheringOf>,
    /// The last file that was written here, with its receipt.
    pub written: Option<Written>,
}

/// A gathering of everything that is held about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GatheringOf {
    /// Its identity.
    pub id: Id,
    /// The number of the journal's changes it began at.
    pub at: u64,
    /// Whether it came to its end.
    pub done: bool,
}

/// A letter with what is said before it leaves.
pub struct LetterPage {
    /// The words.
    pub letter: Letter,
    /// The lines that may be ticked, where the page is made of ticked ones.
    pub candidates: Option<Candidates>,
    /// What leaves.
    pub preview: Preview,
    /// What may point to a patient, as it stands in the words.
    pub found: Vec<String>,
    /// Who of the record is named where nobody may be: it cannot leave so.
    pub named: Vec<String>,
    /// What there is to decide where it is everything that is held about a person.
    pub held: Option<HeldPage>,
    /// The number of the journal's changes it was made at; nothing when it is to be made anew.
    pub made_at: Option<u64>,
}

/// What is typed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct LetterForm {
    /// To whom it goes, for the receipt.
    pub recipient: String,
    /// From which day the next supervisor has them, as typed.
    pub from_day: String,
    /// The file, as typed or chosen.
    pub path: String,
    /// The file that the desktop's dialog has asked about, if it was there already.
    pub asked_about: Option<PathBuf>,
    /// The conversations whose lines are shown, by their headings; those with a tick always are.
    pub shown_talks: BTreeSet<String>,
    /// Whether what may point to a patient may go.
    pub goes_anyway: bool,
    /// What is taken out of everything that is held about a person.
    pub taken_out: BTreeSet<String>,
}

impl Topic {
    /// Whom it is for.
    pub fn person(&self, journal: &Journal) -> Option<Id> {
        match self {
            Topic::Note(id) => journal.held(*id)?.session.person,
            Topic::Questions(_, person)
            | Topic::Handover(person)
            | Topic::AfterArcp(person)
            | Topic::Plan(person, _)
            | Topic::Held(person) => Some(*person),
            Topic::Certificate(_) | Topic::Year(_) | Topic::Coaching(_) => None,
        }
    }

    /// The conversation that leaves, where it is one.
    pub const fn session(&self) -> Option<Id> {
        match self {
            Topic::Note(id) => Some(*id),
            Topic::Questions(..)
            | Topic::Handover(_)
            | Topic::AfterArcp(_)
            | Topic::Plan(..)
            | Topic::Held(_)
            | Topic::Certificate(_)
            | Topic::Year(_)
            | Topic::Coaching(_) => None,
        }
    }

    /// The page, without what is `taken_out` of everything that is held; nothing where there is
    /// nothing to send.
    pub fn page(
        &self,
        of: &Sources<'_>,
        format: Format,
        taken_out: &BTreeSet<String>,
    ) -> Option<LetterPage> {
        let Sources { journal, library, built_in, today, .. } = *of;
        match self {
            Topic::Held(id) => {
                let held = HeldPage::new(*id, of)?;
                return Some(LetterPage::held(held, format, Some(journal.changes()), taken_out));
            }
            Topic::Certificate(id) => {
                let receipt = journal.receipt(*id)?;
                let words = receipt_words(*id, receipt);
                let letter = Letter::certificate(receipt.erased.as_ref()?, words.as_deref(), today);
                return Some(LetterPage::new(letter, None, format, of));
            }
            Topic::Year(_) | Topic::Coaching(_) => {
                let letter = educator::letter(journal, library, self, today)?;
                let page = || LetterPage::new(letter.clone(), None, format, of);
                return (!letter.is_empty()).then(page);
            }
            _ => {}
        }
        let id = self.person(journal)?;
        let settings = journal.settings();
        let person = journal.person(id)?;
        let between = Between { person, id, settings: &settings, today };
        let actions = || journal.actions_with(id).into_iter();
        let letter = match self {
            Topic::Note(held) => {
                let session = &journal.held(*held)?.session;
                Letter::note(between, (*held, session), actions())
            }
            Topic::Questions(template, _) => Letter::questions(between, library.get(template)?)?,
            Topic::Handover(_) => {
                let title = |template: &str| Some(built_in.get(template)?.title.as_str());
                let owner = settings.owner();
                let is_doctor = Words::of(settings.role).is_doctor();
                let between =
                    if is_doctor { Between { person: &owner, ..between } } else { between };
                let candidates = if is_doctor {
                    let people = journal.people().into_iter().map(|(id, _)| id);
                    let people: Vec<Id> = people.collect();
                    let talks = people.iter().flat_map(|id| journal.sessions_with(*id));
                    let plans = people.iter().filter_map(|id| Some(journal.plan_of(*id)?.1));
                    Candidates::new(between, talks, journal.actions(), plans, title)
                } else {
                    let talks = journal.sessions_with(id);
                    Candidates::new(between, talks, actions(), [], title)
                };
                let letter = candidates.letter(between, &person.handover_ticked);
                let lines = (!candidates.is_empty()).then_some(candidates);
                return lines.map(|lines| LetterPage::new(letter, Some(lines), format, of));
            }
            Topic::AfterArcp(_) => {
                let words = |code: &str| {
                    let item = library.list("arcp-outcomes")?.item(code)?;
                    let (title, about) = (item.title.clone(), item.about.clone());
                    Some(OutcomeWords { title, about })
                };
                Letter::after_arcp(between, journal.sessions_with(id), actions(), words)
            }
            Topic::Plan(_, agreed) => {
                let (plan_id, plan) = journal.plan_of(id)?;
                let words = match agreed {
                    true => PlanWords::agreed(plan)?,
                    false => PlanWords::present(plan),
                };
                Letter::plan(between, &words, (plan_id, actions()))
            }
            Topic::Held(_) | Topic::Certificate(_) | Topic::Year(_) | Topic::Coaching(_) => {
                return None;
            }
        };
        (!letter.is_empty()).then(|| LetterPage::new(letter, None, format, of))
    }
}

impl ShownLetter {
    /// Has the page made anew: its texts were still being read when it was made. That of all that
    /// is held waits until they are all there.
    pub(super) fn changed(&mut self) {
        if let Some(page) = self.page.as_mut().filter(|page| page.held.is_none()) {
            page.made_at = None;
        }
    }
}

impl LetterForm {
    /// The day that is typed for a handover; today where none is.
    ///
    /// # Errors
    /// The words are no day.
    pub fn handover_day(&self, today: Date) -> Result<Date, NaturalDateError> {
        let typed = read(&self.from_day, today, &Known::default())?;
        Ok(typed.map_or(today, |meant| meant.date))
    }
}

/// Ticks lines for the next supervisor, or takes their ticks away. Of what was ticked before only
/// what can still go stays ticked: a line that came back unseen must be asked about again.
/// `whole` is false while texts are still being read: what is not there yet stays ticked.
pub(super) fn tick(
    person: &mut Person,
    (candidates, whole): (&Candidates, bool),
    names: &[String],
    on: bool,
) {
    let is_there = |name: &String| candidates.lines().any(|line| line.name == *name);
    let stays = |name: &String| !names.contains(name) && (is_there(name) || !whole);
    person.handover_ticked.retain(stays);
    if on {
        person.handover_ticked.extend(names.iter().filter(|name| is_there(name)).cloned());
    }
}

/// The way to the questions that can be sent before the next meeting with a person: those of the
/// template that is planned for it, or, where none is, to the choice of one.
pub fn ask_first(state: &State, open: &Open, person: Id) -> Action {
    let planned = open.journal.person(person).and_then(|it| it.next_meeting.as_ref());
    let planned = planned.filter(|meeting| meeting.date >= state.today());
    let template = planned.and_then(|meeting| state.library.get(&meeting.template));
    let is_sent = |template: &&Template| {
        let prompts = template.sections.iter().flat_map(Section::shown);
        !questions(prompts).is_empty()
    };
    match template.filter(is_sent) {
        Some(template) => {
            let topic = Topic::Questions(template.id.clone(), person);
            Action::Letter(LetterAction::Show(topic))
        }
        None => Action::Go(Screen::Choose(Some(person))),
    }
}

/// The lists that the words are looked through with; made once.
static REVIEWER: LazyLock<Option<Reviewer>> = LazyLock::new(|| Reviewer::built_in().ok());

/// What may point to somebody in words that are about to leave.
pub(super) fn identifiers(words: &str, settings: &Settings) -> Vec<crate::review::Finding> {
    let found = reviewer().map(|it| it.review(words, settings, None)).unwrap_or_default();
    found.into_iter().filter(|found| found.kind.family() == Family::Identifier).collect()
}

/// The lists that what leaves is looked through with; nothing by a fault of the program alone.
pub(super) fn reviewer() -> Option<&'static Reviewer> {
    REVIEWER.as_ref()
}

/// What a page is made from.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The record.
    pub journal: &'a Journal,
    /// The library with what the person added.
    pub library: &'a Library,
    /// What comes with Cairn.
    pub built_in: &'a Library,
    /// Today.
    pub today: Date,
    /// How many files of the record cannot be read.
    pub damaged: usize,
}

impl LetterPage {
    fn held(
        held: HeldPage,
        format: Format,
        made_at: Option<u64>,
        taken_out: &BTreeSet<String>,
    ) -> LetterPage {
        let letter = held.letter(taken_out);
        let (preview, found) = (letter.preview(format), held.left_in(taken_out));
        LetterPage {
            letter,
            preview,
            found,
            named: Vec::new(),
            held: Some(held),
            candidates: None,
            made_at,
        }
    }

    /// The same page with other words taken out.
    pub(super) fn without(self, format: Format, taken_out: &BTreeSet<String>) -> LetterPage {
        match self.held {
            Some(held) => LetterPage::held(held, format, self.made_at, taken_out),
            None => self,
        }
    }

    /// Whether it is made of ticked lines and none has a tick.
    pub fn is_unticked(&self) -> bool {
        self.candidates.is_some() && self.letter.leaves() == 0
    }

    /// How many conversations are still without their texts: it cannot leave before.
    pub fn waits(&self) -> usize {
        self.held.as_ref().map_or(0, |held| held.waits)
    }

    /// The page with what is said before it leaves.
    fn new(
        letter: Letter,
        candidates: Option<Candidates>,
        format: Format,
        of: &Sources<'_>,
    ) -> LetterPage {
        let Sources { journal, built_in, today, .. } = *of;
        let preview = letter.preview(format);
        let names = journal.people().into_iter().map(|(_, person)| person.name.clone());
        let settings = Settings {
            // The two know each other: their names are no finding. Others of the caseload are.
            allowed: letter.between().to_vec(),
            names: names.collect(),
            today: Some(today),
            ..Settings::default()
        };
        let mut words = Vec::new();
        for part in &letter.sheet.parts {
            // A question of the built-in library was written for everybody.
            if !built_in.asks(&part.title) {
                words.push(part.title.as_str());
            }
            for cell in part.cells() {
                let notes = cell.notes.iter().filter(|note| !built_in.asks(note));
                words.extend(cell.words.iter().chain(notes).map(String::as_str));
            }
        }
        let found = identifiers(&words.join("\n"), &settings);
        let is_named = |found: &&crate::review::Finding| {
            letter.saying.names_no_doctor && found.kind == crate::review::Kind::Person
        };
        let named = found.iter().filter(is_named).map(|found| found.text.clone()).collect();
        let mut found: Vec<String> = found.into_iter().map(|found| found.text).collect();
        found.dedup();
        let made_at = Some(journal.changes());
        LetterPage { letter, preview, found, named, held: None, candidates, made_at }
    }
}
