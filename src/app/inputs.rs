//! What is being typed. It is the only thing that changes while drawing, and all of it is
//! cleared at a lock.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::answers::AnswersForm;
use super::calendar::CalendarForm;
pub use super::door::Door;
use super::draft::Draft;
pub use super::editor_form::{
    AboutFile, Caret, Completing, DateAt, EditorForm, EditorSpot, EditorWish, EvidenceOf,
};
use super::educator::EducatorForm;
use super::exchanging::ExchangeForm;
use super::fairness::FairnessForm;
use super::keeping::{KeepingForm, SheetForm};
use super::letter::LetterForm;
use super::newcomers::NewcomersForm;
use super::next_time::NextTime;
use super::notes::NotesForm;
use super::packs::PackForm;
use super::pairing::PairingForm;
use super::palette::PaletteForm;
use super::paper::PrintForm;
use super::part::{Part, PartForm};
use super::password::Judged;
use super::plan::PlanForm;
use super::reflection::Reflecting;
use super::revise::ReviseForm;
use super::room::RoomForm;
use super::template_edit::{TemplateEdit, TemplateForm};
use super::unfinished::Unfinished;
use super::writing::{Find, Writing};
use crate::export::LineId;
use crate::model::fields::Field;
use crate::model::session::ArcpHeading;
use crate::model::template::Situation;
use crate::model::{Id, Layer, Person, Rev};

/// All fields of all screens.
#[derive(Default)]
pub struct Inputs {
    /// Welcome and unlock.
    pub door: Door,
    /// The open conversation or reflection.
    pub draft: Option<Draft>,
    /// Which prompt of it has the keyboard, by id.
    pub focus: Option<String>,
    /// Something the screen that is written in is asked to do at its next drawing.
    pub wish: Option<EditorWish>,
    /// What the check of the writing found, and what is done with it.
    pub writing: Writing,
    /// Words that are looked for on the page; nothing while the box is closed.
    pub find: Option<Find>,
    /// The box for doing and finding; nothing while it is closed.
    pub palette: Option<PaletteForm>,
    /// What else the session screen remembers while it is shown.
    pub editor: EditorForm,
    /// What room mode remembers while it is on.
    pub room: RoomForm,
    /// Where the caret was in each conversation that was left. Kept over a lock: it holds
    /// nothing typed.
    pub carets: BTreeMap<Id, Caret>,
    /// Conversations whose time is stopped. Kept over a lock, as the carets are.
    pub stopped: BTreeSet<Id>,
    /// The reflection that the journal shows.
    pub journal: Option<Id>,
    /// How often earlier reflections were asked for.
    pub journal_earlier: usize,
    /// What else the journal shows.
    pub reflecting: Reflecting,
    /// Adding a person.
    pub person: PersonForm,
    /// A part of what is known of a person, while it is changed.
    pub part: Option<PartForm>,
    /// The part that was changed last: its row takes the keyboard again.
    pub part_left: Option<(Part, Option<usize>)>,
    /// What is typed to be exchanged.
    pub exchange: ExchangeForm,
    /// What is typed in a career plan.
    pub plan: Option<PlanForm>,
    /// A plan of revision while it is made.
    pub revise: Option<ReviseForm>,
    /// What the last drafts of half typed forms held, by person, and when they were handed over.
    pub unfinished: BTreeMap<Id, (Unfinished, Timestamp)>,
    /// What goes into a calendar file.
    pub calendar: CalendarForm,
    /// Fairness.
    pub fairness: FairnessForm,
    /// Pairing with somebody.
    pub pairing: PairingForm,
    /// Whether the list shows past people.
    pub people_past: bool,
    /// Whether the working of the estimate is shown.
    pub working: bool,
    /// The list of people, filtered by name.
    pub people_filter: String,
    /// How much of the person's timeline is shown.
    pub timeline: Timeline,
    /// The action that is about to be dropped.
    pub dropping: Option<Dropping>,
    /// The action that is about to get another day.
    pub moving: Option<Moving>,
    /// The tab of the person's page.
    pub person_tab: PersonTab,
    /// The layers shown in a timeline.
    pub shown_layers: ShownLayers,
    /// The list of templates.
    pub choose: Choose,
    /// What is typed about a template or a module.
    pub marking: Marking,
    /// Templates that are being written, by the record they will be or are.
    pub edits: BTreeMap<Id, TemplateEdit>,
    /// What the template editor remembers while it is shown.
    pub template: TemplateForm,
    /// Whose actions Today shows.
    pub today_actions: Whose,
    /// How often more of them were asked for.
    pub today_more: usize,
    /// Of which supervisor Today says what they can read.
    pub reads_of: Option<Id>,
    /// The ARCP summary.
    pub summary: SummaryForm,
    /// The history of a record, and what two computers changed in it.
    pub history: HistoryForm,
    /// The settings.
    pub settings: SettingsForm,
    /// Making a pack.
    pub pack: PackForm,
    /// Bringing people in.
    pub newcomers: NewcomersForm,
    /// Bringing notes in.
    pub notes: NotesForm,
    /// What leaves before and after a meeting.
    pub letter: LetterForm,
    /// The supervisor's own year.
    pub educator: EducatorForm,
    /// What came back before a meeting.
    pub answers: AnswersForm,
    /// Printing.
    pub print: PrintForm,
    /// The card that says what to do when a talk turns into something else: for which of the
    /// talks it is open, counted from 0.
    pub exit_card: Option<usize>,
    /// Backups, holds, erasing.
    pub keeping: KeepingForm,
    /// A recovery sheet that is shown.
    pub sheet: SheetForm,
    /// Whether the drawer for finishing is open.
    pub finishing: bool,
    /// Where summaries are offered to be written. Kept over a lock: it holds nothing typed.
    pub documents: PathBuf,
    /// Minutes the conversation took, as typed in that drawer.
    pub finish_minutes: String,
    /// The next meeting, as typed in it.
    pub next_time: NextTime,
}

/// Adding a person. Dates are as typed.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names of `model::Person`")]
pub struct PersonForm {
    /// The identity of a new person, as soon as anything needs one.
    pub new: Option<Id>,
    /// What the last draft held, and when it was handed over.
    #[serde(skip)]
    pub drafted: Option<(Box<Person>, Timestamp)>,
    pub name: String,
    pub short_name: String,
    pub say: String,
    pub supervises_as: String,
    pub supervises_from: String,
    pub supervises_until: String,
    pub stage: String,
    pub programme: String,
    pub wte: String,
    pub arcp_date: String,
    pub to_know: String,
    /// Whether the fields beyond the name are shown.
    pub more: bool,
    /// Whether it was tried to save, so that what is missing is shown.
    #[serde(skip)]
    pub tried: bool,
}

/// The tabs of the person's page.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the tab of its name")]
pub enum PersonTab {
    #[default]
    Timeline,
    Actions,
    Year,
    Plan,
    About,
}

/// The layers shown in a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownLayers([bool; 3]);

/// How much of a timeline is shown.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Timeline {
    /// Whose it is; another person's begins anew.
    pub person: Option<Id>,
    /// How often earlier entries were asked for.
    pub earlier: usize,
}

/// An action that is about to be dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropping {
    /// The action.
    pub action: Id,
    /// Why, as typed.
    pub reason: String,
    /// Whether it was tried without a reason.
    pub tried: bool,
}

/// An action that is about to get another day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moving {
    /// The action.
    pub action: Id,
    /// The day, as typed.
    pub day: String,
    /// What was wrong with it when it was tried.
    pub wrong: Option<String>,
}

/// The list of templates.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Choose {
    /// Words to find a template by.
    pub find: String,
    /// Whether a small window shows the preview instead of the list.
    pub preview: bool,
    /// The template that is previewed, by id.
    pub template: Option<String>,
    /// The moment in the list by which it was chosen, if it was chosen by one.
    pub moment: Option<String>,
    /// What the list shows.
    pub listing: Listing,
    /// Only what fits into so many minutes.
    pub minutes: Option<u16>,
    /// Only what serves this aim or programme, by its code.
    pub aim: Option<String>,
    /// Whether the list is to go to the chosen template at its next drawing.
    pub bring_up: bool,
    /// For whom, when the screen was opened without a person.
    pub person: Option<Id>,
    /// Whether the question for whom takes the keyboard at its next drawing.
    pub ask_whom: bool,
}

/// What the list of templates shows.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// All, what makes sense now first.
    #[default]
    Suggested,
    /// Moments in which someone would look for one.
    Moments,
    /// Those of one situation.
    Situation(Situation),
}

/// What is typed about a template or a module.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Marking {
    /// About which, by the name of its mark.
    pub of: String,
    /// Whether a line is being added.
    pub adding: bool,
    /// The line that worked.
    pub line: String,
    /// The comment.
    pub comment: String,
    /// The comment that is kept.
    pub kept: String,
}

/// Whose actions a list shows.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the choice of its name")]
pub enum Whose {
    #[default]
    Mine,
    Theirs,
    All,
}

/// The ARCP summary.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct SummaryForm {
    /// From when, as typed.
    pub from: String,
    /// To when, as typed.
    pub to: String,
    /// The line that the keyboard is in, for the commands that move it.
    pub line: Option<LineId>,
    /// The line that is being dragged.
    pub dragged: Option<LineId>,
    /// Where the lines were drawn, from top to bottom, in whole points: where a dragged one goes.
    pub drawn: Vec<(LineId, i32, i32)>,
    /// Whether the checks of what a report needs are all shown.
    pub checks: bool,
    /// Words that may point to somebody and are about to be kept.
    pub keeping: Option<KeepingWords>,
    /// The box that is shown among those of the portfolio, counted from 0.
    pub block: usize,
    /// The box that was copied last, by its key.
    pub copied: Option<String>,
    /// To whom it goes, for the receipt.
    pub recipient: String,
    /// The file, as typed or chosen.
    pub path: String,
    /// The file that the desktop's dialog has asked about, if it was there already.
    pub asked_about: Option<PathBuf>,
    /// Whether lines without evidence may go.
    pub without_evidence: bool,
    /// The heading that was gone to last.
    pub at: Option<PagePart>,
    /// Where the screen is asked to go at its next drawing.
    pub go_to: Option<Spot>,
    /// In a window of middle width: whether the panel that says what leaves is open.
    pub panel_open: bool,
}

/// Words of a line that may point to somebody and are about to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeepingWords {
    /// In which line.
    pub line: LineId,
    /// What they are taken for, by its stable name.
    pub kind: String,
    /// The words.
    pub text: String,
    /// Why they stay, as typed.
    pub reason: String,
    /// Whether it was tried without a reason.
    pub tried: bool,
}

/// A part of the summary's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PagePart {
    /// The lines under one heading.
    Heading(ArcpHeading),
    /// Answers that were put For the ARCP as they stand.
    Answers,
    /// Actions.
    Actions,
}

/// A place on the summary's screen that can be gone to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Where the keyboard starts.
    Start,
    /// A part of the page.
    Part(PagePart),
    /// A line of the page.
    Line(LineId),
    /// The button that stands where there is no line.
    Empty,
    /// The first day of the period.
    Period,
    /// The name of the file.
    File,
    /// The main button of the panel that says what leaves.
    Panel,
    /// The reason for keeping words that may point to somebody.
    Reason,
    /// The button that copies the box that is shown.
    Copy,
}

/// The history of a record.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct HistoryForm {
    /// The version that is shown; the newest when none is chosen.
    pub chosen: Option<Rev>,
    /// The version beside it, or that there is none; the one before when nothing is chosen.
    pub beside: Option<Option<Rev>>,
    /// Whether only what changed is shown.
    pub changes_only: bool,
    /// What is chosen for each place that two computers changed.
    pub choices: BTreeMap<Field, Choice>,
    /// Those of them that are in the draft, and since when.
    pub drafted: Option<(BTreeMap<Field, Choice>, Timestamp)>,
    /// Whether it was tried to settle with a place still open.
    pub tried: bool,
}

/// What is chosen for a place that two computers changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// One of the sides, by the versions that wrote it: the order of the sides changes with what
    /// the other computer writes.
    Side(Vec<Rev>),
    /// All of them.
    All,
    /// Something new, as typed.
    New(String),
}

/// The settings that are typed rather than pressed.
#[derive(Default)]
pub struct SettingsForm {
    /// The tab.
    pub tab: SettingsTab,
    /// The owner's name.
    pub your_name: String,
    /// What a supervised doctor is called.
    pub noun: String,
    /// Of a doctor in training: the next exam, its day and that of the ARCP, as typed.
    pub own: [String; 3],
    /// Changing the password.
    pub password: PasswordForm,
    /// A word to be added to one's own.
    pub word: String,
    /// The finding about the record whose files are listed, by its words.
    pub files_of: Option<String>,
    /// Whether the certificates of what was erased are listed.
    pub certificates: bool,
    /// Whether everybody is listed whom an access request can be answered for.
    pub answering: bool,
    /// Of whom the keep-until date was asked for last: their button takes the keyboard again.
    pub kept: Option<Id>,
}

/// The tabs of the settings.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the tab of its name")]
pub enum SettingsTab {
    You,
    #[default]
    SecurityAndAppearance,
    Words,
    Record,
    Keeping,
}

/// Changing the password.
#[derive(Default, Zeroize, ZeroizeOnDrop)]
pub struct PasswordForm {
    /// The password that still holds.
    pub old: String,
    /// The new one.
    pub new: String,
    /// The new one once more.
    pub again: String,
    /// How strong the new one is.
    #[zeroize(skip)]
    pub judged: Judged,
}

impl Default for ShownLayers {
    fn default() -> Self {
        ShownLayers([true; 3])
    }
}

impl ShownLayers {
    /// Whether a layer is shown.
    pub const fn shows(self, layer: Layer) -> bool {
        self.0[layer as usize]
    }

    /// Shows or hides a layer.
    pub const fn toggle(&mut self, layer: Layer) {
        self.0[layer as usize] = !self.0[layer as usize];
    }

    /// Whether all layers are shown.
    pub fn all(self) -> bool {
        self == Self::default()
    }
}
