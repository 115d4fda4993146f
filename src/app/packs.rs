//! Packs, templates and lists that come into the library from files, and packs that leave: what
//! the person wants, what the screens draw of it, and what is typed.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use super::job::Written;
use super::newcomers::ComingPeople;
use super::notes::ComingNotes;
use super::notice::Notice;
use super::paper::Printing;
use crate::library::packs::{Contents, Head, short_name, write_pack};
use crate::library::{FileError, Incoming, Library, MAX_BYTES, Problem, Staged};
use crate::model::own::Added;
use crate::model::{Body, Own, Pack, ReferenceList, clean};
use crate::platform;

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PacksAction {
    /// Ask in the desktop's own dialog for a file to look into.
    Choose,
    /// Look into a file. On the page of a list, a CSV file stands for that list.
    Look(PathBuf),
    /// Take in what is shown.
    BringIn,
    /// Take a pack, or a template or list of one's own, out of the library, by its id there.
    TakeOut(Added, String),
    /// Go to the making of a pack, with this chosen as `template:…`, `module:…` or `list:…`.
    Make(Option<String>),
    /// Make the pack that is chosen and typed, and show all that leaves.
    Preview,
    /// Show all that leaves when a pack of the library is passed on, by its id.
    PassOn(String),
    /// Go back from what leaves to what is chosen.
    Change,
    /// Ask in the desktop's own dialog where to write the pack.
    ChooseFile,
    /// Write the pack that is shown.
    Save,
}

/// For what a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFor {
    /// To look into.
    BringIn,
    /// For the pack that leaves.
    Pack,
    /// For a page on paper.
    Paper,
    /// For a letter.
    Letter,
}

/// What comes into the library of the open record and what leaves it, as the screens draw it.
#[derive(Default)]
pub struct Shelf {
    /// Whether the desktop's dialog for a file is open.
    pub asking: bool,
    /// Whether a file is being read.
    pub reading: bool,
    /// The list in whose place a file is to stand, by its id.
    pub list: Option<String>,
    /// Whether a table of people is asked for.
    pub for_people: bool,
    /// The file that was looked into.
    pub coming: Option<Coming>,
    /// The same, where it holds people.
    pub people: Option<ComingPeople>,
    /// The same, where it holds notes.
    pub notes: Option<ComingNotes>,
    /// Why no pack could be made of what is chosen.
    pub refused: Option<Refused>,
    /// The pack that is about to leave.
    pub leaving: Option<Leaving>,
    /// The form for printing.
    pub printing: Option<Printing>,
}

/// A file that was looked into.
pub struct Coming {
    /// What the file is called.
    pub name: String,
    /// What is in it, or why nothing of it can be used.
    pub found: Result<Found, Refused>,
}

/// What is in a file, and how it stands to the library.
pub struct Found {
    /// What it holds.
    pub(super) incoming: Incoming,
    /// The same, set against what is in the library.
    pub staged: Staged,
}

/// Why a file can't be used, or no pack can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What happened, what is safe, what to do.
    pub lead: String,
    /// What is to be mended, each with its place.
    pub problems: Vec<Problem>,
}

/// A pack that is about to leave.
pub struct Leaving {
    /// The pack.
    pub pack: Pack,
    /// Everything in it, in words.
    pub contents: Contents,
    /// The very text of the file.
    pub text: String,
    /// Whether it is being written.
    pub busy: bool,
    /// What did not work.
    pub notice: Option<Notice>,
    /// The last file that was written, with its receipt.
    pub written: Option<Written>,
}

/// What is chosen and typed for a pack, and what is unfolded on the pages of packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackForm {
    /// What goes in: `template:…`, `module:…` or `list:…`.
    pub chosen: BTreeSet<String>,
    /// Words to find a thing by.
    pub find: String,
    /// What it is called.
    pub title: String,
    /// Its short name; made from the title while it is empty.
    pub id: String,
    /// Its number.
    pub version: String,
    /// What is in it and for whom.
    pub about: String,
    /// Whom to write to with remarks.
    pub by: String,
    /// Whether it was tried with something missing.
    pub tried: bool,
    /// To whom it goes, for the receipt.
    pub recipient: String,
    /// The file, as typed or chosen.
    pub path: String,
    /// The file that the desktop's dialog has asked about, if it was there already.
    pub asked_about: Option<PathBuf>,
    /// The entries whose every word is shown.
    pub unfolded: BTreeSet<String>,
}

impl Default for PackForm {
    fn default() -> Self {
        let empty = String::new;
        PackForm {
            chosen: BTreeSet::new(),
            find: empty(),
            title: empty(),
            id: empty(),
            version: "1".to_owned(),
            about: empty(),
            by: empty(),
            tried: false,
            recipient: empty(),
            path: empty(),
            asked_about: None,
            unfolded: BTreeSet::new(),
        }
    }
}

/// The fields of a pack that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is the field of its name")]
pub enum PackField {
    Chosen,
    Title,
    Id,
    Version,
}

/// The licence of what comes with Cairn, and of packs made of it.
const LICENCE: &str = "CC BY 4.0";

impl PackForm {
    /// The short name: as typed, or made from the title.
    pub fn short_name(&self) -> String {
        match self.id.trim() {
            "" => short_name(&self.title),
            typed => typed.to_owned(),
        }
    }

    /// What is missing or wrong, each with what to do.
    pub fn wrong(&self) -> BTreeMap<PackField, &'static str> {
        let id = self.short_name();
        let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let number = self.version.trim().parse::<u32>().unwrap_or(0);
        [
            (self.chosen.is_empty(), PackField::Chosen, "Choose at least one thing."),
            (self.title.trim().is_empty(), PackField::Title, "Say what it is called."),
            (
                id.is_empty() || !id.chars().all(known) || id == crate::model::own::OWN,
                PackField::Id,
                "Use small letters a to z, digits and hyphens. “own” is taken.",
            ),
            (number == 0, PackField::Version, "Use a whole number, from 1."),
        ]
        .into_iter()
        .filter_map(|(wrong, field, words)| wrong.then_some((field, words)))
        .collect()
    }

    /// What the pack says of itself.
    pub(super) fn head(&self) -> Head {
        Head {
            id: self.short_name(),
            version: self.version.trim().parse().unwrap_or(1),
            title: clean::line(&self.title),
            about: clean::lines(&self.about),
            by: clean::line(&self.by),
            licence: LICENCE.to_owned(),
        }
    }
}

impl Leaving {
    /// A pack with everything that is said before it leaves.
    pub(super) fn of(pack: Pack) -> Leaving {
        let contents = Contents::of(&pack, None);
        let text = write_pack(&pack);
        Leaving { pack, contents, text, busy: false, notice: None, written: None }
    }
}

impl Found {
    /// Sets what came against the library. A module by itself has no place in a record.
    ///
    /// # Errors
    /// It is a module.
    pub(super) fn new(incoming: Incoming, built_in: &Library, own: &Own) -> Result<Found, Refused> {
        let staged = Staged::new(incoming.clone(), built_in, own);
        let staged = staged.ok_or_else(|| {
            Refused::because(
                "A module comes in a pack. Nothing was changed. Ask for it in a pack, or make \
                 one of it.",
            )
        })?;
        Ok(Found { incoming, staged })
    }
}

impl Refused {
    /// For one reason, told as a whole.
    pub(super) fn because(lead: impl Into<String>) -> Refused {
        Refused { lead: lead.into(), problems: Vec::new() }
    }
}

impl From<&FileError> for Refused {
    fn from(error: &FileError) -> Refused {
        Refused { lead: error.lead(), problems: error.problems().to_vec() }
    }
}

/// Reads a file that may go into the library.
///
/// # Errors
/// In words.
pub fn read_file(file: &Path) -> Result<Vec<u8>, Notice> {
    read_at_most(file, MAX_BYTES)
}

/// Reads a file of at most so many bytes.
///
/// # Errors
/// In words.
pub fn read_at_most(file: &Path, most: usize) -> Result<Vec<u8>, Notice> {
    platform::read_file(file, most as u64).map_err(|error| {
        let shown = clean::line(&file.display().to_string());
        let (what, to_do) = match error.kind() {
            io::ErrorKind::FileTooLarge => (
                format!("{shown} is too large: the most is {most} bytes."),
                "Check that it is the file you meant.",
            ),
            kind => (format!("{shown} can’t be read: {kind}."), "Check its name and its folder."),
        };
        Notice::new(what, "Nothing was changed.", to_do)
    })
}

/// The name of a file alone, as messages and endings use it.
pub fn file_name(file: &Path) -> String {
    clean::line(&file.file_name().unwrap_or(file.as_os_str()).to_string_lossy())
}

/// Whether a file stands for a list by the end of its name.
pub fn is_csv(file: &Path) -> bool {
    file.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"))
}

/// The list of one's own that stands in the place of a built-in one.
pub fn stands_for<'a>(own: &'a Own, id: &str) -> Option<&'a ReferenceList> {
    own.lists().map(|(_, list)| list).find(|list| list.id == id)
}

/// Whether a record of the library was taken out of it.
pub(super) fn is_out(body: &Body) -> bool {
    match body {
        Body::Pack(pack) => pack.removed.is_some(),
        Body::Template(template) => template.removed.is_some(),
        Body::List(list) => list.removed.is_some(),
        _ => false,
    }
}
