//! What is drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

use super::answers::ComingAnswers;
use super::brought::BroughtIn;
use super::calendar::CalendarLeaving;
use super::draft::Change;
use super::exchanging::Exchange;
use super::fairness::Fairness;
use super::files::Files;
use super::finder::Finder;
use super::findings::{self, Finding};
use super::fresh::Fresh;
use super::history::History;
use super::job::Job;
use super::keeping::Keeping;
use super::letter::ShownLetter;
use super::lock::Handover;
use super::long::LongWork;
use super::notice::Notice;
use super::packs::Shelf;
use super::pairing::Pairing;
use super::palette::Palette;
use super::part::PartForm;
use super::person_page::PersonPage;
use super::place::Place;
use super::press::{SettingFile, ShownPages};
use super::reads::{self, Readers};
use super::record_state::RecordState;
use super::retention::KeepList;
use super::room::InRoom;
use super::roster::Roster;
use super::screen::Screen;
use super::settings::Look;
use super::template_edit::Lost;
use super::today::Today;
use super::unfinished::Unfinished;
use crate::export::pdf::Layout;
use crate::library::Library;
use crate::model::{Id, Journal, Own, Session};

pub use super::door::{Left, Locked, Restoring, Welcome, WelcomeStep};
pub use super::recovery::Recovery;
pub use super::summary_page::{ShownSummary, SummaryPage};

/// Everything the window shows.
pub struct State {
    /// The present moment.
    pub now: Zoned,
    /// The last key, click or movement.
    pub last_touch: Timestamp,
    /// The folder of the record.
    pub dir: PathBuf,
    /// Theme and size.
    pub look: Look,
    /// Everything in the library: what comes with Cairn and, while the record is unlocked, what
    /// the person added.
    pub library: Arc<Library>,
    /// What comes with Cairn.
    pub built_in: Arc<Library>,
    /// What of the record stands in `library`; nothing while the record is closed.
    pub(super) added: Option<Arc<Own>>,
    /// Before the record, at its door, or in it.
    pub phase: Phase,
    /// A message that goes by itself.
    pub toast: Option<Toast>,
    /// How many toasts there were.
    pub toasts: u64,
    /// Backup, restore and other work that takes longer than a moment.
    pub long: LongWork,
    /// New identities.
    pub fresh: Fresh,
    /// Whether the worker holds words, encrypted, that no disk took. They are lost when the
    /// program ends, and offered when the record is opened again.
    pub held: bool,
    /// Whether the window is to close.
    pub closing: Closing,
    /// What the program left that locked before this one took its place. The door takes it once
    /// the folder has been looked into.
    pub handover: Option<Handover>,
    /// A file to look into once the record is open.
    pub to_look_into: Option<PathBuf>,
}

/// Whether the window is to close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// It stays.
    No,
    /// The person closed it and is asked whether they mean it: words would be lost.
    Asked,
    /// It is to close, whatever is lost.
    Yes,
}

/// Where the program stands.
pub enum Phase {
    /// Looking into the folder.
    Starting,
    /// There is no record yet: welcome, and making one.
    Welcome(Box<Welcome>),
    /// There is one, locked.
    Locked(Locked),
    /// The folder holds something that can't be opened.
    Unusable(Notice),
    /// A record is brought back from a backup.
    Restoring(Restoring),
    /// The record is unlocked.
    Open(Box<Open>),
}

/// What an unlocked record brings.
#[derive(Default)]
pub struct Opened {
    /// Everything in it.
    pub journal: Journal,
    /// Why it can only be read, if so.
    pub read_only: Option<Notice>,
    /// What there is to know about its files.
    pub record: RecordState,
    /// Changes from drafts that a crash or a lost disk left behind.
    pub drafts: Vec<Vec<Change>>,
    /// Forms that were half typed when the record was last open on this computer.
    pub unfinished: Vec<Unfinished>,
    /// Where the person stopped the last time on this computer.
    pub place: Place,
}

/// An unlocked record.
pub struct Open {
    /// Everything in it, as of the last wish; what is not yet durable is in `waiting`.
    pub journal: Journal,
    /// The index of its words.
    pub finder: Finder,
    /// What the box for doing and finding offers, while it is shown.
    pub palette: Option<Palette>,
    /// Where the person is.
    pub screen: Screen,
    /// Where they came from.
    pub back: Vec<Screen>,
    /// The screen and the prompt that were last kept as the place where they are.
    pub(super) place_kept: Option<(Screen, Option<String>)>,
    /// Whether the page is that for a screen which two people look at.
    pub room: Option<InRoom>,
    /// Why it can only be read, if so.
    pub read_only: Option<Notice>,
    /// What there is to know about its files.
    pub record: RecordState,
    /// The same in words, the most serious first.
    pub findings: Vec<Finding>,
    /// The message at the top.
    pub banner: Option<Notice>,
    /// Saved, saving or not saved.
    pub saved: Saved,
    /// Records that another computer changed while they were being written here.
    pub unseen: BTreeSet<Id>,
    /// Saves that are not durable yet, by their number.
    pub waiting: BTreeMap<u64, Waiting>,
    /// The number of the next save.
    pub next_ticket: u64,
    /// Whether a draft is on its way to the disk.
    pub draft_waiting: bool,
    /// The recovery sheet has not been checked.
    pub sheet_unchecked: bool,
    /// The summary that is shown.
    pub summary: Option<ShownSummary>,
    /// The pages of what is about to leave, while they are shown.
    pub pages: Option<ShownPages>,
    /// Files that are being set, by the identities of their receipts. Each can be stopped.
    pub setting: BTreeMap<Id, SettingFile>,
    /// The layout of one's own that PDFs are set by, until the record is locked.
    pub layout: Option<Layout>,
    /// Whether the desktop's dialog for a layout is open.
    pub asking_layout: bool,
    /// The history that is shown, or why it can't be; nothing while it is being read.
    pub history: Option<Result<Box<History>, Notice>>,
    /// The password is being changed.
    pub password: Option<PasswordChange>,
    /// Backups, the full check, holds, erasing.
    pub keeping: Keeping,
    /// What comes into the library and what leaves it.
    pub shelf: Shelf,
    /// Files on their way into the record or out of it.
    pub files: Files,
    /// What goes to and fro between two people.
    pub exchange: Exchange,
    /// What leaves before or after a meeting, on its screen.
    pub letter: Option<ShownLetter>,
    /// Answers that came back before a meeting, looked into.
    pub answers: Option<ComingAnswers>,
    /// The last import, to be taken back.
    pub brought: Option<BroughtIn>,
    /// What Today shows, with the count of the journal's changes that it was made at.
    pub(super) today: Option<(u64, Today)>,
    /// What the list of people shows, kept in the same way.
    pub(super) roster: Option<(u64, Roster)>,
    /// What the page of a person shows, kept in the same way.
    pub(super) page: Option<(u64, PersonPage)>,
    /// With whom the owner is paired, and what they have.
    pub readers: Readers,
    /// How often that was told.
    pub(super) readers_came: u64,
    /// What others can read, kept in the same way.
    pub(super) reads: reads::Shown,
    /// Who is kept, and until when, kept in the same way.
    pub(super) keep_list: Option<(u64, KeepList)>,
    /// A calendar file that is about to leave.
    pub calendar: Option<CalendarLeaving>,
    /// What the screen about fairness has looked into.
    pub fairness: Fairness,
    /// The pairing that is on the screen.
    pub pairing: Pairing,
}

/// Changing the password.
#[derive(Default)]
pub struct PasswordChange {
    /// Whether it is on its way.
    pub busy: bool,
    /// Whether it was tried with something missing.
    pub tried: bool,
    /// What did not work.
    pub notice: Option<Notice>,
}

/// A save on its way.
pub struct Waiting {
    /// What is to be kept.
    pub changes: Vec<Change>,
    /// Whether the person has settled all there was to settle in them.
    pub decides: bool,
    /// Whether it did not work and waits for the person.
    pub stuck: bool,
}

impl Waiting {
    /// The save itself, under its number.
    pub(super) fn job(&self, ticket: u64) -> Job {
        Job::Save { ticket, changes: self.changes.clone(), decides: self.decides }
    }
}

/// What the corner of every screen says.
#[derive(Debug, Clone, PartialEq)]
pub enum Saved {
    /// Nothing was typed since the record was opened.
    Unchanged,
    /// On its way to the disk.
    Saving,
    /// Durable since then.
    At(Zoned),
    /// Not durable, and why.
    Not(Notice),
}

/// A message that goes by itself after a while; the screen keeps its time.
#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    /// What happened.
    pub text: String,
    /// What takes it back.
    pub undo: Option<Undo>,
    /// Which toast it is: one more than the one before.
    pub number: u64,
}

/// What takes something back.
#[derive(Debug, Clone, PartialEq)]
pub enum Undo {
    /// Saving records as they were.
    Save(Vec<Change>),
    /// Putting back what was taken out of a template that is being written.
    Edit(Id, Box<Lost>),
    /// Showing a form again that was left without saving.
    Part(Box<PartForm>),
    /// Taking answers out of a conversation again: how it was before and after they came in.
    Answers(Id, Box<(Session, Session)>),
}

impl State {
    /// The first state, before the folder was looked into.
    pub fn new(dir: PathBuf, look: Look, library: Arc<Library>, fresh: Fresh, now: Zoned) -> State {
        State {
            last_touch: now.timestamp(),
            now,
            dir,
            look,
            built_in: Arc::clone(&library),
            library,
            added: None,
            phase: Phase::Starting,
            toast: None,
            toasts: 0,
            long: LongWork::default(),
            fresh,
            held: false,
            closing: Closing::No,
            handover: None,
            to_look_into: None,
        }
    }

    /// Makes the library anew when what the person added to it is not what stands in it; after a
    /// lock nothing of theirs does.
    pub(super) fn refresh_library(&mut self) {
        let added = self.open().map(|open| Arc::clone(open.journal.own()));
        let is_same = match (&added, &self.added) {
            (Some(now), Some(before)) => Arc::ptr_eq(now, before),
            (None, None) => true,
            _ => false,
        };
        if is_same {
            return;
        }
        self.library = match &added {
            Some(own) => Arc::new(self.built_in.with(own)),
            None => Arc::clone(&self.built_in),
        };
        self.added = added;
    }

    /// A new identity.
    pub(super) fn new_id(&mut self) -> Id {
        self.fresh.id(self.now.timestamp())
    }

    /// Today.
    pub fn today(&self) -> Date {
        self.now.date()
    }

    /// Whether a lock is still on its way to the disk.
    pub fn is_locking(&self) -> bool {
        let Phase::Locked(locked) = &self.phase else { return false };
        locked.left.as_ref().is_some_and(|left| !left.key_gone)
    }

    /// The unlocked record, if it is.
    pub fn open(&self) -> Option<&Open> {
        match &self.phase {
            Phase::Open(open) => Some(open),
            _ => None,
        }
    }

    /// The unlocked record for changing, if it is.
    pub(super) fn open_mut(&mut self) -> Option<&mut Open> {
        match &mut self.phase {
            Phase::Open(open) => Some(open),
            _ => None,
        }
    }
}

impl Opened {
    /// What was found about the record's files, in words.
    pub fn findings(&self) -> Vec<Finding> {
        findings::findings(&self.record, &self.journal)
    }
}

impl Open {
    /// An unlocked record at its first screen.
    pub fn new(opened: Opened, screen: Screen) -> Open {
        Open {
            findings: opened.findings(),
            journal: opened.journal,
            finder: Finder::default(),
            palette: None,
            screen,
            back: Vec::new(),
            place_kept: None,
            room: None,
            read_only: opened.read_only,
            record: opened.record,
            banner: None,
            saved: Saved::Unchanged,
            unseen: BTreeSet::new(),
            waiting: BTreeMap::new(),
            next_ticket: 0,
            draft_waiting: false,
            sheet_unchecked: false,
            summary: None,
            history: None,
            password: None,
            keeping: Keeping::default(),
            shelf: Shelf::default(),
            files: Files::default(),
            letter: None,
            exchange: Exchange::default(),
            answers: None,
            brought: None,
            today: None,
            roster: None,
            page: None,
            readers: Readers::default(),
            readers_came: 0,
            reads: reads::Shown::default(),
            keep_list: None,
            calendar: None,
            fairness: Fairness::default(),
            pairing: Pairing::default(),
            pages: None,
            setting: BTreeMap::new(),
            layout: None,
            asking_layout: false,
        }
    }
}

impl Open {
    /// Takes what another look at the record's files found. What is new in it is told again.
    pub fn tell(&mut self, newer: RecordState) {
        self.record.look_again(newer);
        self.find_again();
    }

    /// Puts what was found into words.
    pub(super) fn find_again(&mut self) {
        let found = findings::findings(&self.record, &self.journal);
        if found.iter().any(|finding| !self.findings.contains(finding)) {
            self.keeping.seen = false;
        }
        self.findings = found;
    }
}
