//! What leaves before and after a meeting: the questions for the doctor, the shared note.

use std::path::PathBuf;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::action::Action;
use super::educator;
use super::job::Written;
use super::notice::Notice;
use super::screen::Screen;
use super::state::{Open, State};
use crate::export::letter::{Between, Letter};
use crate::export::{Format, Period, Preview};
use crate::import::answers::questions;
use crate::library::Library;
use crate::model::template::Section;
use crate::model::{Id, Journal, Template};
use crate::review::{Family, Reviewer, Settings};

/// What a letter is about. Ids and nothing else: it outlives a lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Topic {
    /// The note of a conversation.
    Note(Id),
    /// The questions of a template, by its id, for a person.
    Questions(String, Id),
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
    /// Ask in the desktop's own dialog where to write the file.
    Choose,
    /// Write the file that is typed.
    Save,
    /// The words were put on the clipboard: keep a receipt.
    Copied,
}

/// A letter on its screen.
pub struct ShownLetter {
    /// What it is about.
    pub topic: Topic,
    /// The kind of file.
    pub format: Format,
    /// Whether it is being written.
    pub busy: bool,
    /// Whether the desktop's dialog for the file is open.
    pub asking: bool,
    /// What did not work.
    pub notice: Option<Notice>,
    /// The page; nothing when there is nothing to send.
    pub page: Option<LetterPage>,
    /// The last file that was written here, with its receipt.
    pub written: Option<Written>,
}

/// A letter with what is said before it leaves.
pub struct LetterPage {
    /// The words.
    pub letter: Letter,
    /// What leaves.
    pub preview: Preview,
    /// What may point to a patient, as it stands in the words.
    pub found: Vec<String>,
    /// Who of the record is named where nobody may be: it cannot leave so.
    pub named: Vec<String>,
    /// The number of the journal's changes it was made at.
    pub made_at: u64,
}

/// What is typed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct LetterForm {
    /// To whom it goes, for the receipt.
    pub recipient: String,
    /// The file, as typed or chosen.
    pub path: String,
    /// The file that the desktop's dialog has asked about, if it was there already.
    pub asked_about: Option<PathBuf>,
    /// Whether what may point to a patient may go.
    pub goes_anyway: bool,
}

impl Topic {
    /// Whom it is for.
    pub fn person(&self, journal: &Journal) -> Option<Id> {
        match self {
            Topic::Note(id) => journal.held(*id)?.session.person,
            Topic::Questions(_, person) => Some(*person),
            Topic::Year(_) | Topic::Coaching(_) => None,
        }
    }

    /// The letter; nothing where there is nothing that both may read.
    pub fn letter(&self, journal: &Journal, library: &Library, today: Date) -> Option<Letter> {
        let settings = journal.settings();
        let whom = self.person(journal).and_then(|id| {
            let person = journal.person(id)?;
            Some(Between { person, id, settings: &settings, today })
        });
        let letter = match self {
            Topic::Note(held) => {
                let (between, session) = (whom?, &journal.held(*held)?.session);
                let actions = journal.actions_with(between.id).into_iter();
                Letter::note(between, (*held, session), actions)
            }
            Topic::Questions(template, _) => Letter::questions(whom?, library.get(template)?)?,
            Topic::Year(_) | Topic::Coaching(_) => educator::letter(journal, library, self, today)?,
        };
        (!letter.is_empty()).then_some(letter)
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

/// The lists that what leaves is looked through with; nothing by a fault of the program alone.
pub(super) fn reviewer() -> Option<&'static Reviewer> {
    REVIEWER.as_ref()
}

impl LetterPage {
    /// The page with what is said before it leaves.
    pub(super) fn new(
        letter: Letter,
        format: Format,
        journal: &Journal,
        built_in: &Library,
        today: Date,
    ) -> LetterPage {
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
                words.extend(cell.words.iter().chain(&cell.notes).map(String::as_str));
            }
        }
        let found = reviewer().map(|it| it.review(&words.join("\n"), &settings, None));
        let is_identifier =
            |found: &crate::review::Finding| found.kind.family() == Family::Identifier;
        let found: Vec<_> = found.unwrap_or_default().into_iter().filter(is_identifier).collect();
        let is_named = |found: &&crate::review::Finding| {
            letter.saying.names_no_doctor && found.kind == crate::review::Kind::Person
        };
        let named = found.iter().filter(is_named).map(|found| found.text.clone()).collect();
        let mut found: Vec<String> = found.into_iter().map(|found| found.text).collect();
        found.dedup();
        // While texts are still being read, it is made anew with each of them.
        let made_at = if journal.short() > 0 { u64::MAX } else { journal.changes() };
        LetterPage { letter, preview, found, named, made_at }
    }
}
