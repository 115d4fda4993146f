//! What two people send one another, in words: what leaves, what came, what both changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::notice::Notice;
use super::shared_folder::{Folder, Folders, InFolder, News};
use crate::exchange::file::FileError;
use crate::exchange::file::Form;
use crate::exchange::pairing::Pair;
use crate::exchange::share::{CarriedError, Settled};
use crate::model::compare::Row;
use crate::model::fields::Field;
use crate::model::merge::Pick;
use crate::model::{Body, Id, Kind, Rev};

/// What the person decides about a thing that both changed, field by field.
pub type Picks = BTreeMap<Id, BTreeMap<Field, Pick>>;

/// One thing that leaves or came, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Which thing.
    pub id: Id,
    /// What sort of thing it is.
    pub kind: Kind,
    /// What it is called.
    pub title: String,
    /// Whether nobody is still writing it: of a conversation, whether it is finished.
    pub finished: bool,
    /// What is new in it, field by field.
    pub rows: Vec<Row>,
    /// The fields that both changed, each with one's own words and the other's.
    pub both: Vec<Both>,
}

/// A field that both changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Both {
    /// Which field.
    pub field: Field,
    /// What it is called.
    pub name: String,
    /// One's own words, which stand until the person decides.
    pub mine: String,
    /// The other's.
    pub theirs: String,
}

/// A file that was written for the other.
#[derive(Debug, Clone)]
pub struct Sent {
    /// What left.
    pub things: Vec<Told>,
    /// The receipt that is kept.
    pub receipt: Id,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// Whether the two compared their four words.
    pub checked: bool,
}

/// A file of the other's that was looked into. Nothing of it is taken in yet.
#[derive(Debug, Clone)]
pub struct Coming {
    /// From whom: the person of this record.
    pub person: Id,
    /// The pair.
    pub pair: Pair,
    /// When the file was made, by the clock of that computer.
    pub made: Timestamp,
    /// What it would change.
    pub things: Vec<Told>,
    /// What the other has of one's own.
    pub(super) arrived: Vec<Rev>,
    /// What would become of each thing.
    pub(super) settled: Vec<ComingThing>,
}

/// One thing of a file, with what would become of it.
#[derive(Debug, Clone)]
pub(super) struct ComingThing {
    pub id: Id,
    pub kind: Kind,
    pub settled: Settled,
}

impl Coming {
    /// Whether nothing in it is new.
    pub fn is_known(&self) -> bool {
        self.settled.is_empty()
    }

    /// How many fields both changed.
    pub fn undecided(&self) -> usize {
        self.things.iter().map(|thing| thing.both.len()).sum()
    }
}

/// What the window asks of the worker. Each brings the records of the person as the screens show
/// them.
pub enum ExchangeJob {
    /// Say what would leave for a person.
    Compose {
        /// Whom.
        person: Id,
        /// Their name.
        name: String,
        /// What there is about them.
        records: Vec<(Id, Body)>,
    },
    /// Write the file.
    Send {
        /// Whom.
        person: Id,
        /// Their name.
        name: String,
        /// What there is about them.
        records: Vec<(Id, Body)>,
        /// What of it may leave.
        wanted: BTreeSet<Id>,
        /// Where to.
        out: PathBuf,
        /// As a file or as text.
        form: Form,
        /// Whether nobody is looking.
        alone: bool,
    },
    /// Look into a file.
    Open(PathBuf),
    /// Look into a file that was pasted as text.
    OpenText(String),
    /// Take in what was looked into, if it would still become the same.
    TakeIn(Box<Opened>),
    /// Share a folder with somebody, or none.
    Folder {
        /// Whom.
        person: Id,
        /// Their name.
        name: String,
        /// Which folder.
        folder: Option<Folder>,
    },
    /// Open what is new in shared folders.
    InFolders(News),
    /// Say what would leave by itself.
    Ready {
        /// For whom.
        person: Id,
        /// Their name.
        name: String,
        /// What there is about them.
        records: Vec<(Id, Body)>,
    },
    /// Say what both changed.
    Undecided {
        /// Whom.
        person: Id,
        /// Their name.
        name: String,
        /// What there is about them.
        records: Vec<(Id, Body)>,
    },
    /// Decide about one field.
    Decide {
        /// Whom.
        person: Id,
        /// Their name.
        name: String,
        /// What there is about them.
        records: Vec<(Id, Body)>,
        /// Which thing.
        thing: Id,
        /// Which field of it.
        field: Field,
        /// How.
        choice: Choice,
    },
}

/// What a field that both changed is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// One's own words.
    Mine,
    /// The other's.
    Theirs,
    /// Both, one below the other.
    Both,
    /// Other words.
    New(String),
}

/// A file that was looked into.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What it would change.
    pub coming: Coming,
    /// The file itself.
    pub bytes: Arc<[u8]>,
    /// The things that it tells of.
    pub records: Vec<Id>,
    /// Whether it would change something else than was shown before.
    pub changed_since: bool,
}

/// What came of it.
#[derive(Debug)]
pub enum ExchangeCame {
    /// What would leave.
    Composed {
        /// For whom.
        person: Id,
        /// The things.
        things: Vec<Told>,
        /// Whether the two compared their four words.
        checked: bool,
    },
    /// The file is written.
    Sent {
        /// For whom.
        person: Id,
        /// Where it is.
        path: PathBuf,
        /// What left.
        sent: Sent,
        /// Whether nobody was looking.
        alone: bool,
    },
    /// What would leave by itself.
    Ready {
        /// For whom.
        person: Id,
        /// The things.
        things: Vec<Told>,
        /// Whether the two compared their four words.
        checked: bool,
    },
    /// What should have left by itself did not.
    NotSent(Id),
    /// Which folder is shared with somebody is kept.
    FolderKept(Id),
    /// What lies in the shared folders has changed.
    InFolders(BTreeMap<Id, InFolder>),
    /// A file was looked into.
    Opened(Box<Opened>),
    /// It is taken in.
    TakenIn {
        /// From whom.
        person: Id,
        /// When.
        at: Timestamp,
        /// How many fields changed.
        changes: usize,
        /// How many fields both changed.
        undecided: usize,
    },
    /// What both changed and nobody has decided.
    Undecided {
        /// With whom.
        person: Id,
        /// The things.
        things: Vec<Told>,
    },
}

/// What is typed.
#[derive(Debug, Default)]
pub struct ExchangeForm {
    /// A file as text.
    pub pasted: String,
    /// Words of one's own for a field that both changed.
    pub wording: String,
    /// What the field is to say.
    pub choice: ChoiceOf,
}

/// The choices, without words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ChoiceOf {
    /// One's own words.
    #[default]
    Mine,
    /// The other's.
    Theirs,
    /// Both.
    Both,
    /// Something new.
    New,
}

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExchangeAction {
    /// Show what would leave for somebody.
    Compose(Id),
    /// Let a thing leave, or keep it here for now.
    Tick(Id, bool),
    /// Ask in the desktop's own dialog where to write the file, and write it there.
    Write,
    /// The two know one another: write it though the four words were not compared.
    Unchecked(bool),
    /// Write it with what may point to somebody else, as it is.
    AsItIs(bool),
    /// Ask for a file to look into.
    Choose,
    /// Look into the text that is typed.
    OpenText,
    /// Take in what is shown.
    TakeIn,
    /// Put what is shown away.
    NotNow,
    /// Show what both changed.
    Decide(Id),
    /// Use the wording that is chosen for the field that is shown.
    Use(Choice),
    /// Go on to the next field without deciding this one.
    Later,
}

impl ExchangeCame {
    /// Whether the two can read something else of one another than before.
    pub const fn changes_what_is_read(&self) -> bool {
        matches!(self, ExchangeCame::Sent { .. } | ExchangeCame::TakenIn { .. })
    }
}

/// What the window knows of what leaves and comes.
#[derive(Debug, Default)]
pub struct Exchange {
    /// What would leave.
    pub leaving: Option<Leaving>,
    /// What came, before it is taken in.
    pub coming: Option<Opened>,
    /// Why a file could not be looked into.
    pub refused: Option<Notice>,
    /// What both changed: with whom, and the things.
    pub deciding: Option<Deciding>,
    /// What was taken in last from each person since the record was opened: when, and how many
    /// fields changed.
    pub taken: BTreeMap<Id, (Timestamp, usize)>,
    /// How many fields both changed with each person, as far as it was looked for.
    pub undecided: BTreeMap<Id, usize>,
    /// The folders that are shared.
    pub folders: Folders,
    /// Whether the worker was asked.
    pub busy: bool,
}

/// What would leave for somebody.
#[derive(Debug)]
pub struct Leaving {
    /// For whom.
    pub person: Id,
    /// The things; nothing while they are looked for.
    pub things: Option<Vec<Told>>,
    /// Those that leave.
    pub ticked: BTreeSet<Id>,
    /// Whether the two compared their four words.
    pub checked: bool,
    /// Whether it may leave all the same.
    pub unchecked_anyway: bool,
    /// What of the words that leave may point to somebody else.
    pub found: Vec<String>,
    /// Whether these may leave all the same.
    pub found_anyway: bool,
    /// Whether the dialog is open.
    pub asking: bool,
    /// Where it was written.
    pub written: Option<(PathBuf, String)>,
    /// Why it was not.
    pub notice: Option<Notice>,
}

/// What both changed, one field after the other.
#[derive(Debug)]
pub struct Deciding {
    /// With whom.
    pub person: Id,
    /// The things; nothing while they are looked for.
    pub things: Option<Vec<Told>>,
    /// The field that is shown, counted from 0 over all things.
    pub at: usize,
    /// How many were decided since the screen was opened.
    pub done: usize,
    /// Why the last choice was not kept.
    pub notice: Option<Notice>,
}

impl Deciding {
    /// Every field to decide, with its thing.
    pub fn fields(&self) -> Vec<(&Told, &Both)> {
        let things = self.things.iter().flatten();
        things.flat_map(|thing| thing.both.iter().map(move |both| (thing, both))).collect()
    }
}

const SAFE: &str = "Nothing was changed.";

impl From<FileError> for Notice {
    fn from(error: FileError) -> Notice {
        use FileError as E;
        let again = "Ask for the file once more.";
        match error {
            E::NotAnExchangeFile | E::Shape => Notice::new(
                "This is not a file with changes for you.",
                SAFE,
                "Choose the file that the other person sent.",
            ),
            E::TooLarge => Notice::new("This file is too large.", SAFE, again),
            E::Damaged => Notice::new("This file is damaged or was cut short.", SAFE, again),
            E::NotForThisPair | E::Foreign => Notice::new(
                "This file is for somebody else, or from a pairing that was ended.",
                SAFE,
                "Choose the file that was made for you.",
            ),
            E::Forged => Notice::new(
                "This file is not from the person you are paired with.",
                SAFE,
                "Do not use it. Ask the other person whether they sent it.",
            ),
            E::OwnFile => Notice::new(
                "This file was made here. It is meant for the other person.",
                SAFE,
                "Give it to them, and open the file that they make.",
            ),
            E::Newer(_) => Notice::new(
                "A newer version of Cairn made this file.",
                SAFE,
                "Update Cairn on this computer, then try again.",
            ),
            E::NotMade => Notice::new("The file could not be made.", SAFE, "Try again."),
        }
    }
}

impl From<CarriedError> for Notice {
    fn from(error: CarriedError) -> Notice {
        let happened = match error {
            CarriedError::Shape => "This file does not hold what it should.",
            CarriedError::TooMany => "This file holds more changes than one file may.",
            CarriedError::Kind => "This file holds something that is never shared.",
        };
        Notice::new(happened, SAFE, "Ask the other person to send their changes again.")
    }
}

/// That a file names a record of one's own that was never shared with whoever sent it.
pub fn never_shared() -> Notice {
    Notice::new(
        "This file names a record that you never shared with this person.",
        SAFE,
        "Do not use it. Ask the other person how the file was made.",
    )
}

/// That a file is larger than one with changes can be.
pub fn too_large() -> Notice {
    Notice::from(FileError::TooLarge)
}

/// That a file builds on an earlier one that is not here.
pub fn needs_earlier() -> Notice {
    Notice::new(
        "This file builds on changes that are not here.",
        SAFE,
        "Send your own changes: the answer to them brings everything.",
    )
}

/// What a thing is called where it is told.
pub fn title(kind: Kind, body: &serde_json::Value) -> String {
    let text = |key: &str| body.get(key).and_then(serde_json::Value::as_str).unwrap_or_default();
    match kind {
        Kind::Plan => "Career plan".to_owned(),
        Kind::Action => format!("Action: {}", text("text")),
        _ => format!("{}, {}", text("title"), text("date")),
    }
}
