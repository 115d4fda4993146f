//! Jobs for the worker, and what comes of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use zeroize::Zeroizing;

use super::desk::ReadersJob;
use super::draft::Change;
use super::exchanging::{ExchangeCame, ExchangeJob};
use super::gather::{Gathered, Gathering};
use super::handing::Given;
use super::history::History;
use super::keeping::{FolderFor, KeepingJob, Kept};
use super::long::{Ended, Task, Work};
use super::notes::ComingNotes;
use super::notice::Notice;
use super::packs::{FileFor, Refused};
use super::pairing::{PairFile, PairingCame, PairingJob};
use super::paper::Page;
use super::place::Place;
use super::press::{Made, Setting};
use super::reads::Readers;
use super::record_state::RecordState;
use super::role::Words;
use super::settings::Look;
use super::settling::Settling;
use super::shared_folder::News;
use super::state::{Opened, Recovery};
use super::unfinished::Unfinished;
use crate::export::pdf::Layout;
use crate::export::{LineId, Period, Subject, Summary, order};
use crate::fairness::rows::Outcomes;
use crate::import::people::Table;
use crate::library::{Incoming, Library};
use crate::model::session::Role;
use crate::model::{Attachment, Body, Id, Journal, Receipt, ReferenceList};
use crate::platform::{Chosen, Existing, Wanted};
use crate::search::Segment;
use crate::vault::Progress;

/// What a file is taken for that is looked into.
#[derive(Debug)]
pub enum ReadAs {
    /// What it says itself.
    Anything,
    /// A CSV file that takes the place of this list.
    List(Box<ReferenceList>),
    /// A table of people.
    People,
    /// De-identified outcomes, to be added up.
    Outcomes,
    /// Plain text.
    Text,
    /// A layout for pages.
    Layout,
}

/// Work that touches the disk or a key.
pub enum Job {
    /// See what lies in a folder.
    Find {
        /// The folder.
        dir: PathBuf,
    },
    /// Make a record.
    Create {
        /// The folder; it may not exist yet.
        dir: PathBuf,
        /// The password.
        password: Zeroizing<String>,
        /// The owner's name.
        your_name: String,
        /// Whose record it is.
        role: Role,
    },
    /// Open the record.
    Unlock {
        /// The password.
        password: Zeroizing<String>,
    },
    /// Open the record with the recovery key, and set a new password.
    Recover {
        /// The key, as words or as an age key.
        key: Zeroizing<String>,
        /// The new password.
        password: Zeroizing<String>,
    },
    /// Set a new password.
    ChangePassword {
        /// The password that still holds.
        old: Zeroizing<String>,
        /// The new one.
        new: Zeroizing<String>,
    },
    /// Write the recovery sheet.
    SaveSheet {
        /// The file.
        path: PathBuf,
        /// What is on it.
        sheet: Zeroizing<String>,
    },
    /// See what other computers wrote meanwhile.
    Look,
    /// What the others of pairs can read, and what is given to them.
    Readers(ReadersJob),
    /// Hand out the newest state of these records.
    Show(BTreeSet<Id>),
    /// The screens show all that was handed out of these records.
    Took(BTreeSet<Id>),
    /// Remember where the person stopped.
    KeepPlace(Place),
    /// Forget the key.
    Lock,
    /// Keep new states as revisions.
    Save {
        /// The number of this save.
        ticket: u64,
        /// The new states.
        changes: Vec<Change>,
        /// Whether the person has settled all there was to settle in them.
        decides: bool,
    },
    /// Read every version of a record.
    History(Id),
    /// Keep what is being typed as a draft.
    Draft {
        /// The record that is being written.
        id: Id,
        /// What is typed.
        changes: Vec<Change>,
    },
    /// Keep what is chosen for the places that two computers changed in a record.
    DraftSettling(Id, Settling),
    /// Keep forms that are half typed.
    DraftForms(Box<Unfinished>),
    /// Forget the draft of a record: the person thought better of it.
    Forget(Id),
    /// Gather everything that is held about a person, beside everything else.
    Gather(Box<Gathering>),
    /// Set a page, beside everything else.
    Set(Box<Setting>),
    /// Attach a file to a record.
    Attach {
        /// The record.
        record: Id,
        /// Whom it is about.
        about: Option<Id>,
        /// The file.
        file: PathBuf,
    },
    /// Take an attached file off its record.
    Detach(Id),
    /// Write a copy of an attached file, outside the record.
    CopyOut {
        /// The attachment.
        id: Id,
        /// Which file.
        path: PathBuf,
        /// Whether a file that is there may be replaced.
        existing: Existing,
    },
    /// Read a file for the library.
    Read {
        /// The file.
        path: PathBuf,
        /// What it may name without holding it.
        built_in: Arc<Library>,
        /// What it is taken for.
        as_what: ReadAs,
    },
    /// Write a file that leaves, then its receipt.
    PassOn {
        /// What sort of file it is.
        of: Passed,
        /// What is in it.
        content: Content,
        /// Which file.
        path: PathBuf,
        /// Whether a file that is there may be replaced.
        existing: Existing,
        /// The receipt with its identity; what the file itself says is filled in.
        receipt: (Id, Box<Receipt>),
    },
    /// Set a page of the library and write it as PDF.
    Print {
        /// The page.
        page: Page,
        /// Which file.
        path: PathBuf,
        /// Whether a file that is there may be replaced.
        existing: Existing,
    },
    /// Ask the person, in the desktop's own dialog, for a file or a folder.
    AskPath {
        /// The folder that is shown first.
        folder: PathBuf,
        /// What is asked for.
        wanted: Wanted,
        /// Who wants to know.
        asker: Asker,
    },
    /// Erase, accept, look again.
    Keeping(KeepingJob),
    /// Make a new recovery key for the open record, for a sheet that is lost.
    NewRecoveryKey,
    /// Shut the older recovery keys out: the person has the new one.
    RecoveryKeyChecked,
    /// Begin work that takes longer than a moment (see [`super::long`]).
    Long(Work),
    /// Stop it.
    StopLong(Task),
    /// Send to somebody, or take in what they sent.
    Exchange(ExchangeJob),
    /// Pair with somebody, or stop.
    Pairing(PairingJob),
    /// Remember how the window looks.
    KeepLook(Look),
}

/// What a file that leaves holds.
pub enum Content {
    /// These words.
    Text(String),
    /// A page that is set already.
    Bytes(Vec<u8>),
}

/// Asks for a file or a folder, beginning in a folder. Tests give an answer of their own.
pub type AskPath = Arc<dyn Fn(&Path, &Wanted) -> Option<Chosen> + Send + Sync>;

/// Who has asked for a file or a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// The summary, for its file.
    Summary,
    /// The calendar, for its file.
    Calendar,
    /// Figures about fairness, for their file.
    Fairness,
    /// The keeping of the record, for a folder.
    Keeping(FolderFor),
    /// The library, for a file.
    Library(FileFor),
    /// What leaves, for a layout of one's own.
    Layout,
    /// What leaves for somebody, for its file.
    Exchange,
    /// A conversation, for a file to attach to it.
    Attach(Id),
    /// The same, for the place of a copy of one that is attached.
    CopyOut(Id),
    /// Pairing, for one of its files.
    Pairing(PairFile),
}

/// Sorts of files that leave with a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// A pack for a library.
    Pack,
    /// Meetings and due dates for a calendar.
    Calendar,
    /// Figures about fairness.
    Fairness,
    /// What goes to the doctor before or after a meeting.
    Letter,
    /// A summary for ARCP preparation.
    Summary,
}

/// What came of a job.
pub enum Outcome {
    /// What lies in the folder.
    Found(Found),
    /// The record is made and open; the recovery key is to be shown.
    Created {
        /// The key.
        recovery: Recovery,
        /// The record.
        opened: Opened,
    },
    /// The record is open.
    Opened(Opened),
    /// Making or opening it did not work.
    Refused(Notice),
    /// The new password holds, or why not.
    PasswordChanged(Result<(), Notice>),
    /// The recovery sheet is written, or why not.
    Sheet(Result<PathBuf, Notice>),
    /// With whom the owner is paired, and what they have.
    Readers(Box<Readers>),
    /// What came of giving lines to the next supervisor.
    Given(Box<Given>),
    /// Texts that opening did not wait for.
    Texts(Vec<(Id, Body)>),
    /// A part of the index of their words.
    Learned(Segment),
    /// What other computers wrote.
    Arrived(Arrived),
    /// The key is forgotten.
    Locked {
        /// Whether the worker holds words, encrypted, that no disk took.
        held: bool,
    },
    /// The save with this number is durable, or why not.
    Saved {
        /// The number.
        ticket: u64,
        /// Nothing, or why not.
        result: Result<(), Notice>,
    },
    /// Every version of a record, or why they can't be read.
    History(Id, Result<Box<History>, Notice>),
    /// The draft is durable, or why not.
    Drafted(Result<(), Notice>),
    /// An attached file as it is now, or why it was not attached or taken off.
    Attached(Result<(Id, Attachment), Notice>),
    /// The copy of an attached file is written, or why not.
    CopiedOut(Result<PathBuf, Notice>),
    /// The file is read for the library, or why nothing of it can be used.
    Read(String, Result<Box<Incoming>, Refused>),
    /// The plain text of a file, or why there is none.
    ReadText(Result<String, Refused>),
    /// The file is read and its outcomes are added up, or why not.
    ReadOutcomes(String, Result<Box<Outcomes>, Refused>),
    /// The file is read, and it holds people.
    ReadPeople(String, Table),
    /// The file is read, and it holds notes.
    ReadNotes(Box<ComingNotes>),
    /// The file is written and its receipt, by its identity, is kept, or why not.
    PassedOn(Passed, Id, Result<Written, Notice>),
    /// Everything about a person is gathered, by the identity of the gathering; nothing where the
    /// computer has no room for it.
    Gathered(Id, Option<Box<Gathered>>),
    /// A page is set, by the identity of its setting, or why not.
    Set(Id, Result<Made, Notice>),
    /// A layout of one's own is read, or why not.
    Layout(Result<Layout, Notice>),
    /// The page is written, or why not.
    Printed(Result<PathBuf, Notice>),
    /// The new recovery key, to be shown, or why there is none.
    RecoveryKey(Result<Recovery, Notice>),
    /// The older recovery keys could not be shut out.
    NotShutOut(Notice),
    /// How far long work is.
    Progress {
        /// Which.
        task: Task,
        /// How far; a total of nought while it is not known yet.
        progress: Progress,
    },
    /// Long work came to its end.
    Done {
        /// Which.
        task: Task,
        /// How.
        ended: Ended,
    },
    /// The file or folder that the person chose.
    Path {
        /// Who wanted to know.
        asker: Asker,
        /// Nothing when they chose none or there is no dialog.
        chosen: Option<Chosen>,
    },
    /// What came of erasing, accepting or looking again.
    Kept(Kept),
    /// What came of sending or taking in, or why it did not work.
    Exchanged(Result<Box<ExchangeCame>, Notice>),
    /// What lies in shared folders, for the worker to open.
    InFolders(News),
    /// What came of pairing, or why it did not work.
    Pairing(Result<Box<PairingCame>, Notice>),
}

/// What lies in a folder.
pub enum Found {
    /// Nothing: a record can be made there.
    Nothing,
    /// A locked record.
    Vault,
    /// Something that can't be opened.
    Unusable(Notice),
}

/// What changed in the record without anybody here.
#[derive(Default)]
pub struct Arrived {
    /// Records that are new or changed.
    pub bodies: Vec<(Id, Body)>,
    /// Records that are no longer here.
    pub gone: BTreeSet<Id>,
    /// What there is to know about the record's files now.
    pub record: RecordState,
}

/// A file that left.
pub struct Written {
    /// Where it is.
    pub path: PathBuf,
    /// The receipt's identity.
    pub id: Id,
    /// The receipt, durable in the journal.
    pub receipt: Receipt,
}

/// The summary of a person over a period, without the lines that their record leaves out; nothing
/// when there is no such person.
pub fn summary_of(
    journal: &Journal,
    person: Id,
    period: (Date, Date),
    today: Date,
) -> Option<Summary> {
    let left_out = order::left_out(journal.person(person)?);
    summary_without(journal, person, period, &left_out, today)
}

/// The same with every line that was offered.
pub fn whole_of(
    journal: &Journal,
    person: Id,
    period: (Date, Date),
    today: Date,
) -> Option<Summary> {
    summary_without(journal, person, period, &BTreeSet::new(), today)
}

fn summary_without(
    journal: &Journal,
    person: Id,
    period: (Date, Date),
    left_out: &BTreeSet<LineId>,
    today: Date,
) -> Option<Summary> {
    let settings = journal.settings();
    let about = journal.person(person)?;
    // The summary that a doctor makes of what they share with a supervisor is about the doctor.
    let owner = settings.owner();
    let is_doctor = Words::of(settings.role).is_doctor();
    let subject = Subject {
        id: person,
        person: if is_doctor { &owner } else { about },
        settings: &settings,
        period: Period { from: period.0, to: period.1 },
        plan: journal.plan_of(person),
        today,
    };
    let (sessions, actions) = (journal.sessions_with(person), journal.actions_with(person));
    Some(Summary::new(subject, sessions, actions, left_out))
}
