//! What a person wants: the only way to change the state.

use std::path::PathBuf;

use jiff::civil::Date;

use super::answers::AnswersAction;
use super::calendar::CalendarAction;
use super::command::Command;
use super::educator::EducatorAction;
use super::exchanging::ExchangeAction;
use super::fairness::FairnessAction;
use super::keeping::{KeepingAction, SheetAction};
use super::letter::LetterAction;
use super::newcomers::NewcomersAction;
use super::notes::NotesAction;
use super::packs::PacksAction;
use super::pairing::PairingAction;
use super::palette::PaletteAction;
use super::paper::PaperAction;
use super::part::PartAction;
use super::plan::PlanAction;
use super::press::PressAction;
use super::reflection::ReflectionAction;
use super::revise::ReviseAction;
use super::room::RoomAction;
use super::screen::Screen;
use super::settings::Look;
use super::shared_folder::FolderAction;
use crate::export::{Format, LineId};
use crate::model::session::Role;
use crate::model::{ActionState, Id, Layer, Rev};
use crate::review::Finding;

/// A wish, with what it is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Do a command, as its button or shortcut does.
    Do(Command),
    /// Go to a screen; what was being written is saved first.
    Go(Screen),
    /// Making the record, opening it.
    Door(DoorAction),
    /// People and actions.
    Record(RecordAction),
    /// What is known of a person, a part at a time.
    Part(PartAction),
    /// What goes to and fro between two people.
    Exchange(ExchangeAction),
    /// A folder shared with somebody.
    Folder(FolderAction),
    /// The box for doing and finding.
    Palette(PaletteAction),
    /// The career plan with somebody.
    Plan(PlanAction),
    /// Pairing with somebody.
    Pairing(PairingAction),
    /// A plan of revision.
    Revise(ReviseAction),
    /// Meetings and due dates for a calendar.
    Calendar(CalendarAction),
    /// Fairness: figures and gaps.
    Fairness(FairnessAction),
    /// The library: what the owner thinks of it.
    Library(LibraryAction),
    /// Packs and lists that come and go.
    Packs(PacksAction),
    /// People from a table.
    Newcomers(NewcomersAction),
    /// Notes from other programs.
    Notes(NotesAction),
    /// What leaves before and after a meeting.
    Letter(LetterAction),
    /// The supervisor's own year.
    Educator(EducatorAction),
    /// What came back before a meeting.
    Answers(AnswersAction),
    /// The library on paper.
    Paper(PaperAction),
    /// Templates of one's own.
    Template(TemplateAction),
    /// Changing the password.
    Password(PasswordAction),
    /// Backups, the full check, holds, erasing.
    Keeping(KeepingAction),
    /// A recovery sheet that is shown.
    Sheet(SheetAction),
    /// The open conversation or reflection.
    Session(SessionAction),
    /// Files attached to it.
    File(FileAction),
    /// The reflection journal.
    Reflection(ReflectionAction),
    /// Room mode.
    Room(RoomAction),
    /// Pages as they will be printed, and by which layout.
    Press(PressAction),
    /// The ARCP summary.
    Summary(SummaryAction),
    /// The history of a record.
    History(HistoryAction),
    /// How the window looks.
    Look(Look),
    /// Lock now.
    Lock,
    /// Close the window though words will be lost, or keep it open.
    CloseAnyway(bool),
    /// Try again to save what could not be saved.
    TryAgain,
    /// Put the message at the top away.
    Dismiss,
    /// The toast's time is over.
    ToastGone,
}

/// Before the record is open.
#[derive(Debug, Clone, PartialEq)]
pub enum DoorAction {
    /// Welcome: on to the next step, with what is typed.
    Next,
    /// Welcome: back one step.
    Previous,
    /// Look in the folder that is typed for a record.
    Folder,
    /// Unlock with the password that is typed.
    Unlock,
    /// Show the form for the recovery key, or go back to the password.
    UseRecovery(bool),
    /// Unlock with the recovery key that is typed, and set the new password.
    Recover,
    /// Show the form for bringing a record back from a backup, or go back.
    UseBackup(bool),
    /// Bring the record back from the backup that is typed.
    Restore,
}

/// People and actions.
#[derive(Debug, Clone, PartialEq)]
pub enum RecordAction {
    /// Save the person that is typed.
    SavePerson,
    /// Save the person that is typed, then choose a template for the first conversation.
    SavePersonAndMeet,
    /// Forget what is typed about a person.
    DropPerson,
    /// Say how far an action is.
    Settle(Id, ActionState),
    /// Close an action that will not be done, with the reason.
    Drop(Id, String),
    /// Give an action the day that is typed.
    Move,
    /// Save the settings that are typed.
    SaveSettings,
    /// Set the minutes after which the record locks.
    IdleMinutes(u16),
    /// Add a word to one's own, or take it away.
    OwnWord(String, bool),
    /// Whose record it is: a supervisor's, or that of a doctor in training.
    Role(Role),
    /// Whether wording is checked while writing.
    CheckWording(bool),
    /// Whether spelling is checked while writing.
    CheckSpelling(bool),
    /// Whether the journal asks a question of the day.
    DailyQuestion(bool),
}

/// Templates and modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LibraryAction {
    /// Show a template in the list that it is chosen from.
    Choose(String),
    /// Set or take the star of what has this mark.
    Star(String, bool),
    /// Say how useful it was, or take that back.
    Rate(String, Option<u8>),
    /// Keep the line and the comment that are typed.
    KeepTyped,
    /// Take away a line, counted from 0.
    RemoveLine(String, usize),
}

/// Writing templates of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateAction {
    /// Begin one from nothing.
    New,
    /// Begin one as a copy of the one with this id in the library.
    Copy(String),
    /// Write on in one.
    Edit(Id),
    /// Save what is written as the next version.
    Save(Id),
    /// Throw away what is written since the last version.
    Discard(Id),
    /// Take a prompt out: its part and its place there, counted from 0.
    RemovePrompt(Id, usize, usize),
    /// Take a part out with all its prompts.
    RemovePart(Id, usize),
    /// Take one out of the library.
    Remove(Id),
}

/// Changing the password of the open record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordAction {
    /// Show the form.
    Begin,
    /// Put the form away; the password stays.
    Cancel,
    /// Set the new password that is typed.
    Change,
}

/// The open conversation or reflection.
#[derive(Debug, Clone, PartialEq)]
pub enum SessionAction {
    /// Begin one from a template.
    Start {
        /// The template.
        template: String,
        /// With whom, or about whom.
        person: Option<Id>,
    },
    /// Open one that was begun or finished.
    Open(Id),
    /// Close it as finished, and go to the person's page.
    Finish,
    /// Close it as finished, and go to what leaves of it.
    FinishAndSend,
    /// Open the drawer at its end.
    BeginToFinish,
    /// Open a finished one for changes.
    Reopen,
    /// Agree an action in it.
    AddAction {
        /// What will be done; may be empty, to be typed.
        text: String,
        /// Who reads it.
        layer: Layer,
    },
    /// Count the time spent in it, or stop.
    Time(bool),
}

/// Files attached to the open conversation or reflection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileAction {
    /// Ask in the desktop's own dialog for a file to attach.
    Choose,
    /// Attach this file.
    Attach(PathBuf),
    /// Ask where to write a copy of one.
    SaveCopy(Id),
    /// Take one off.
    Remove(Id),
}

/// The history of the record on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HistoryAction {
    /// Bring a version back, as a new one.
    Restore(Rev),
    /// Settle what two computers changed, as it is chosen.
    Settle,
}

/// The ARCP summary.
#[derive(Debug, Clone, PartialEq)]
pub enum SummaryAction {
    /// Whose.
    Person(Id),
    /// From when to when.
    Period(Date, Date),
    /// Into which kind of file.
    Format(Format),
    /// Keep a line here, or let it go again.
    LeaveOut(LineId, bool),
    /// Move a line among those under its heading, to a place counted from 0.
    Move(LineId, usize),
    /// Keep the words that may point to somebody, with the reason that is typed.
    KeepWords,
    /// Put what the check offers in the place of words of a line that may point to somebody.
    Replace(LineId, Box<Finding>),
    /// Set the portfolio that the boxes are for.
    Portfolio(String),
    /// Say that a box was pasted, by its key, or take that back.
    Pasted(String, bool),
    /// Ask in the desktop's own dialog where to write the file.
    Choose,
    /// Write the file that is typed.
    Save,
}
