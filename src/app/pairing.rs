//! Pairing with another person, in words: what came of a step, and why one did not work.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::{Timestamp, Zoned};
use zeroize::Zeroizing;

use super::job::Written;
use super::notice::Notice;
use super::screen::Screen;
use super::shared_folder::Folder;
use super::state::Open;
use crate::exchange::pairing::{Kept, Pair, PairError, Side, Which};
use crate::model::Id;
use crate::vault::words;

/// Far above what an invitation or a reply takes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// How many words open an invitation.
pub const WORDS: usize = 6;

/// What an invitation is called in its receipt.
pub const INVITATION: &str = "Invitation to pair";
/// What a reply to one is called in its receipt.
pub const REPLY: &str = "Reply to an invitation to pair";

/// Two who are paired, for telling.
#[derive(Debug, Clone)]
pub struct Paired {
    /// The person of this record.
    pub person: Id,
    /// The pair, with the four words to compare.
    pub pair: Pair,
    /// Whether the four words were compared before.
    pub checked: bool,
    /// The receipt of the file that was made and its SHA-256, in lower-case hexadecimal; nothing
    /// where none was.
    pub file: Option<(Id, String)>,
}

/// What the screens know of the pairing with a person: words and days, no keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// How it stands.
    pub stands: Stands,
    /// When the last pairing was stopped, or the last invitation taken back.
    pub ended: Option<Timestamp>,
}

/// How a pairing stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// Not paired, and no invitation is open.
    Not,
    /// An invitation of this record, made then, waits for its reply.
    Invited(Timestamp),
    /// Paired.
    Paired(Both),
}

/// Two who are paired, as the screens show them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Both {
    /// Since when.
    pub since: Timestamp,
    /// Whether the invitation was made here; otherwise the reply was.
    pub invited: bool,
    /// What the other one calls themselves.
    pub their_name: String,
    /// The four words to compare.
    pub words: String,
    /// Whether they were compared and found the same.
    pub checked: bool,
    /// How many files were made for the other since.
    pub sent: u64,
    /// The folder through which files go to and fro, on this computer.
    pub folder: Option<Folder>,
}

impl Known {
    /// What of a pairing may be shown on this computer: an allow-list, without its keys.
    pub fn of(kept: &Kept, device: &str) -> Known {
        let stands = match (&kept.pair, &kept.pending) {
            (Some(pair), _) => Stands::Paired(Both {
                since: pair.when,
                invited: pair.side == Side::Inviter,
                their_name: pair.their_name.clone(),
                words: pair.words.clone(),
                checked: kept.checked,
                sent: kept.sent,
                folder: kept.folders.get(device).map(|watched| Folder {
                    path: PathBuf::from(&watched.path),
                    by_itself: watched.by_itself,
                }),
            }),
            (None, Some(pending)) => Stands::Invited(pending.when),
            (None, None) => Stands::Not,
        };
        Known { stands, ended: kept.unpaired }
    }
}

impl Known {
    /// How many files were made for them so far.
    pub const fn sent(&self) -> u64 {
        match &self.stands {
            Stands::Paired(both) => both.sent,
            Stands::Not | Stands::Invited(_) => 0,
        }
    }
}

impl Open {
    /// How the pairing with a person stands.
    pub fn stands_with(&self, person: Id) -> &Stands {
        self.record.pairings.get(&person).map_or(&Stands::Not, |known| &known.stands)
    }

    /// The person whose pairing the screen is about.
    pub(super) const fn pairs_with(&self) -> Option<Id> {
        match self.screen {
            Screen::Pair(id) => Some(id),
            _ => None,
        }
    }
}

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PairingAction {
    /// Ask in the desktop's own dialog for a file.
    Choose(PairFile),
    /// Write the invitation to the file that is typed.
    Invite,
    /// Make an invitation with other words, or keep the one there is.
    OtherWords(bool),
    /// On from the file and whose it is to the six words, or back.
    Type(bool),
    /// Take the invitation with the six words that are typed, and write the reply.
    Accept,
    /// Whether both screens show the same four words.
    Compared(bool),
    /// Ask whether the pairing with somebody is to stop, or put the question away.
    AskStop(Option<Id>),
    /// Stop it.
    Stop,
}

/// Which file of a pairing is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairFile {
    /// Where an invitation or a reply is written.
    Place,
    /// The invitation that came.
    Invitation,
    /// The reply that came.
    Reply,
}

/// What is typed and chosen.
#[derive(Default)]
pub struct PairingForm {
    /// Where the invitation or the reply is written.
    pub path: String,
    /// One's own name, as the other one sees it.
    pub own_name: String,
    /// The word that is spelled, counted from 0.
    pub spelled: Option<usize>,
    /// The invitation that came.
    pub invitation: Option<PathBuf>,
    /// From whom it came; nobody while it is somebody new.
    pub whom: Option<Id>,
    /// The name of somebody new.
    pub new_name: String,
    /// Whether the six words are being typed.
    pub typing: bool,
    /// The six words.
    pub words: [Zeroizing<String>; WORDS],
    /// Whether it was tried with something missing.
    pub tried: bool,
    /// With whom the pairing is about to be stopped.
    pub stopping: Option<Id>,
}

impl PairingForm {
    /// Whether the file is chosen and it is said from whom it came.
    pub fn is_named(&self) -> bool {
        self.invitation.is_some() && (self.whom.is_some() || !self.new_name.trim().is_empty())
    }

    /// Takes what was typed or pasted into a field apart. Gives the field to go on with, counted
    /// from 0, once a word is whole; [`WORDS`] after the last.
    pub fn take_apart(&mut self, at: usize) -> Option<usize> {
        let typed = Zeroizing::new(self.words.get(at)?.to_lowercase());
        let is_whole = typed.chars().next_back().is_some_and(|last| !last.is_alphabetic());
        let said: Vec<&str> =
            typed.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        if !is_whole && said.len() < 2 {
            return None;
        }
        let first = if said.len() == WORDS { 0 } else { at };
        if let Some(field) = self.words.get_mut(at) {
            field.clear();
        }
        for (field, word) in self.words.iter_mut().skip(first).zip(&said) {
            **field = (*word).to_owned();
        }
        let next = first + said.len();
        (!said.is_empty()).then_some(next.min(WORDS))
    }

    /// The first field whose word is missing or none that Cairn gives.
    pub fn first_wrong(&self) -> Option<usize> {
        self.words.iter().position(|word| !words::is_word(&word.trim().to_lowercase()))
    }
}

/// What is wrong with a word that is typed, and the word that may be meant.
pub fn wrong_word(typed: &str) -> Option<(String, Option<&'static str>)> {
    let word = Zeroizing::new(typed.trim().to_lowercase());
    if words::is_word(&word) {
        return None;
    }
    if word.is_empty() {
        return Some(("Type this word.".to_owned(), None));
    }
    let near = words::near(&word);
    let words = match near {
        Some(near) => format!("This is not one of Cairn’s words. Did you hear “{near}”?"),
        None => "This is not one of Cairn’s words. Ask for it once more.".to_owned(),
    };
    Some((words, near))
}

/// A word letter by letter, each with a plain word: "C Charlie, O Oscar".
pub fn spelled(word: &str) -> String {
    const ALPHABET: [&str; 26] = [
        "Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India",
        "Juliet", "Kilo", "Lima", "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra",
        "Tango", "Uniform", "Victor", "Whisky", "X-ray", "Yankee", "Zulu",
    ];
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).map(|letter| {
        let letter = letter.to_ascii_uppercase();
        let named = ALPHABET.get(usize::from(letter - b'A')).copied().unwrap_or_default();
        format!("{} {named}", char::from(letter))
    });
    letters.collect::<Vec<_>>().join(", ")
}

/// The name that a file of a pairing is offered under: it names nobody, and the time keeps it
/// apart from an earlier one.
pub fn file_name(what: &str, now: &Zoned) -> String {
    format!("Cairn {what} {} {:02}.{:02}.cairn", now.date(), now.hour(), now.minute())
}

/// A pairing on the screen. None of it outlives the screen.
#[derive(Default)]
pub struct Pairing {
    /// The six words of the invitation that was just made. They are kept nowhere else.
    pub words: Option<Zeroizing<String>>,
    /// Whether the form for an invitation with other words is shown.
    pub other_words: bool,
    /// The file that was just written.
    pub written: Option<WrittenFor>,
    /// When the reply was asked for: by then the words were said.
    pub said: Option<Zoned>,
    /// When the reply was opened.
    pub opened: Option<Zoned>,
    /// Whether the pairing was just stopped because the four words differed.
    pub differed: bool,
    /// The file that the desktop's dialog is open for.
    pub asking: Option<PairFile>,
    /// Whether the worker is at it.
    pub busy: bool,
    /// What did not work.
    pub notice: Option<Notice>,
}

/// A file that was written for the other one.
pub struct WrittenFor {
    /// Where it is, and its receipt.
    pub file: Written,
    /// When it was written.
    pub at: Zoned,
    /// Whether an earlier invitation no longer counts.
    pub instead: bool,
}

/// Work for the worker.
pub enum PairingJob {
    /// Write an invitation for somebody.
    Invite {
        /// For whom.
        whom: Called,
        /// One's own name, as the other one sees it.
        own_name: String,
        /// The file, a new one.
        out: PathBuf,
    },
    /// Take somebody's invitation and write the reply.
    Accept {
        /// Whose it is.
        whom: Called,
        /// Whether they are to be added to the record.
        is_new: bool,
        /// One's own name, as the other one sees it.
        own_name: String,
        /// The invitation.
        invitation: PathBuf,
        /// The six words, as they are typed.
        words: Zeroizing<String>,
        /// The reply, a new file.
        out: PathBuf,
    },
    /// Take the reply to an invitation of this record.
    Finish {
        /// The reply.
        reply: PathBuf,
        /// What the people of the record are called.
        names: BTreeMap<Id, String>,
    },
    /// Keep that the four words are the same.
    Match(Called),
    /// End the pairing with somebody, or take the invitation back.
    Stop(Called),
}

/// A person of the record, and their name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// Which person.
    pub id: Id,
    /// Their name.
    pub name: String,
}

/// What came of it.
pub enum PairingCame {
    /// The invitation is written.
    Invited {
        /// For whom.
        person: Id,
        /// The six words. They are kept nowhere.
        words: Zeroizing<String>,
        /// The file.
        out: PathBuf,
        /// Its receipt.
        receipt: Id,
        /// Whether an earlier invitation no longer counts.
        instead: bool,
    },
    /// The reply is written.
    Accepted {
        /// Whose invitation it was.
        person: Id,
        /// The file.
        out: PathBuf,
        /// Its receipt.
        receipt: Id,
    },
    /// The reply of this person is taken.
    Finished(Id),
    /// The four words are the same.
    Matched(Id),
    /// The pairing is ended.
    Stopped(Id),
}

impl Called {
    /// Who it is, for the desk.
    pub(super) fn whom(&self) -> super::desk::Whom<'_> {
        super::desk::Whom { id: self.id, name: &self.name }
    }
}

/// The name of a file alone, as the screens show it.
pub fn name_of(path: &Path) -> String {
    super::packs::file_name(path)
}

const SAFE: &str = "Nothing was changed.";

impl From<&PairError> for Notice {
    fn from(error: &PairError) -> Notice {
        use PairError as E;
        match error {
            E::WordCount(count) => Notice::new(
                format!("Six words are needed. There are {count}."),
                SAFE,
                "Type all six.",
            ),
            E::UnknownWord(place) => Notice::new(
                format!("Word {place} is not one of the words that Cairn gives."),
                SAFE,
                "Ask for that word once more, and type it again.",
            ),
            E::WrongWords => Notice::new(
                "The six words do not open this invitation.",
                SAFE,
                "Ask for the words once more. They may belong to a newer invitation.",
            ),
            E::NotOne(Which::Invitation) => Notice::new(
                "This file is not an invitation.",
                SAFE,
                "Choose the file that came with the six words.",
            ),
            E::NotOne(Which::Reply) => Notice::new(
                "This file is not a reply to an invitation.",
                SAFE,
                "Choose the file that the other person made.",
            ),
            E::TooLarge => Notice::new(
                "This file is too large to be an invitation or a reply.",
                SAFE,
                "Choose another file.",
            ),
            E::Damaged | E::Shape => {
                Notice::new("This file is damaged.", SAFE, "Ask for the file once more.")
            }
            E::Forged => Notice::new(
                "This file was changed on its way.",
                SAFE,
                "Do not use it. Invite again, and hand the file over yourself.",
            ),
            E::Newer(_) => Notice::new(
                "A newer version of Cairn made this file.",
                SAFE,
                "Update Cairn on this computer, then try again.",
            ),
            E::Recipient => Notice::new(
                "This file names a key that keeps nothing secret. Somebody may have made it to \
                 read along.",
                SAFE,
                "Do not use it. Invite again, and hand the file over yourself.",
            ),
            E::Own => Notice::new(
                "This file was made here. It is meant for the other person.",
                SAFE,
                "Give it to them, and open the file that they make.",
            ),
            E::OtherInvitation => Notice::new(
                "This reply is to no invitation that is open here.",
                SAFE,
                "Ask for the reply to your newest invitation, or invite again.",
            ),
            E::AlreadyAnswered => Notice::new(
                "Alarm: this is a second reply to your invitation, and not the same as the first. \
                 Somebody else may know the six words.",
                "Nothing was changed: the first reply stands, but it may be the wrong one.",
                "Send nothing. Compare the four words face to face. If they differ, stop the \
                 pairing and invite again.",
            ),
            E::Name => Notice::new(
                "Your name is missing, or longer than 200 characters.",
                SAFE,
                "Say what the other person should see.",
            ),
            E::NotTheSame | E::NoRandom | E::Derivation => {
                Notice::new("The keys for the two of you could not be made.", SAFE, "Try again.")
            }
        }
    }
}

/// That two are paired already.
pub fn already(name: &str) -> Notice {
    Notice::new(
        format!("You are already paired with {name}."),
        "Nothing was changed.",
        "Stop that pairing first. Then invite again.",
    )
}

/// That two are not paired.
pub fn not_paired(name: &str) -> Notice {
    Notice::new(
        format!("You are not paired with {name}."),
        "Nothing was changed.",
        "Invite them when you meet.",
    )
}
