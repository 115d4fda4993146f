//! What was found about the record's files, in plain words: what happened, what is safe, what to
//! do. Many of one sort are one line; the files' names are there for whoever wants them.

use std::collections::BTreeMap;
use std::io;

use super::notice::Notice;
use super::record_state::RecordState;
use crate::model::{Id, Journal};
use crate::vault::{Absence, Damage, Warning};

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something may be lost, or somebody has to decide.
    Act,
    /// Worth a look.
    Look,
    /// Good to know. It needs nothing.
    Quiet,
}

/// What the person can do about it at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Bring back from a backup what is missing or damaged.
    Restore,
    /// Bring it back, or accept the folder as it is now.
    RestoreOrAccept,
    /// Show again what is held back about a person, or erase it too.
    HeldBack(Id),
    /// Look at the person.
    Person(Id),
    /// Set a new password.
    Password,
    /// Make a new recovery sheet.
    Sheet,
    /// Back up.
    Backup,
}

/// One line of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// In words.
    pub notice: Notice,
    /// The files it is about, for whoever wants to see them.
    pub files: Vec<String>,
    /// What can be done at once.
    pub remedy: Option<Remedy>,
}

/// Everything that was found, the most serious first.
pub fn findings(record: &RecordState, journal: &Journal) -> Vec<Finding> {
    let mut sorts: BTreeMap<Sort, Vec<String>> = BTreeMap::new();
    for damaged in record.all_damaged() {
        sorts.entry(Sort::of_damage(&damaged.why)).or_default().push(damaged.file.clone());
    }
    for warning in record.all_warnings() {
        let (sort, file) = Sort::of_warning(warning);
        let files = sorts.entry(sort).or_default();
        files.extend(file.filter(|file| !files.contains(file)));
    }
    let mut findings: Vec<Finding> =
        sorts.into_iter().map(|(sort, files)| sort.finding(files, journal)).collect();
    findings.sort_by_key(|finding| finding.severity);
    findings
}

/// How many of them need more than knowing.
pub fn to_look_at(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.severity < Severity::Quiet).count()
}

/// "1 thing to look at", "2 things to look at".
pub fn count_words(to_look_at: usize) -> String {
    match to_look_at {
        1 => "1 thing to look at".to_owned(),
        n => format!("{n} things to look at"),
    }
}

/// What is told together. The order is that of the list within one severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Damaged,
    Foreign,
    Misplaced,
    Unreadable,
    SetBack,
    TakenOut,
    HeldBack(Id, usize),
    OtherVault,
    OnHold(Id),
    Hollow,
    NotSynced,
    StillThere,
    NoPassphraseFile,
    NoRecoveryFile,
    NoVaultFile,
    NoRescuePage,
    SeveralPassphrases,
    SeveralSheets,
    Newer,
    OnItsWay,
    Fork,
    NewDevice,
    ConflictCopy,
    Unknown,
    Temporary,
}

impl Sort {
    const fn of_damage(why: &Damage) -> Sort {
        match why {
            Damage::Hash
            | Damage::Header
            | Damage::Decrypt
            | Damage::TooLarge
            | Damage::NotAFile
            | Damage::Shape
            | Damage::Entry(_) => Sort::Damaged,
            Damage::Mac => Sort::Foreign,
            Damage::Place => Sort::Misplaced,
            Damage::Empty | Damage::Unreadable(io::ErrorKind::NotFound) => Sort::Hollow,
            Damage::Unreadable(_) => Sort::Unreadable,
            Damage::Newer | Damage::UnknownKind => Sort::Newer,
        }
    }

    fn of_warning(warning: &Warning) -> (Sort, Option<String>) {
        let named = |sort, file: &String| (sort, Some(file.clone()));
        match warning {
            Warning::Missing { file, class: Absence::OnItsWay, .. } => named(Sort::OnItsWay, file),
            Warning::Missing { file, class: Absence::TakenOut, .. } => named(Sort::TakenOut, file),
            Warning::Missing { file, class: Absence::SetBack, .. } => named(Sort::SetBack, file),
            Warning::Fork { device, seq } => {
                (Sort::Fork, Some(format!("records/{device}, number {seq}")))
            }
            Warning::NewDevice => (Sort::NewDevice, None),
            Warning::NotSynced { file } => named(Sort::NotSynced, file),
            Warning::ConflictCopy { file } => named(Sort::ConflictCopy, file),
            Warning::Unknown { file } => named(Sort::Unknown, file),
            Warning::Erased { file } => named(Sort::StillThere, file),
            Warning::HeldBack { person, files } => (Sort::HeldBack(*person, *files), None),
            Warning::OnHold { person } => (Sort::OnHold(*person), None),
            Warning::Temporary { file } => named(Sort::Temporary, file),
            Warning::SeveralPassphrases => (Sort::SeveralPassphrases, None),
            Warning::SeveralRecoveryKeys => (Sort::SeveralSheets, None),
            Warning::Incomplete { file } => named(Sort::of_missing(file), file),
            Warning::OtherVault => (Sort::OtherVault, None),
        }
    }

    /// What the record does not have, by the name that the check gives it.
    fn of_missing(file: &str) -> Sort {
        if file.contains("identity") {
            Sort::NoPassphraseFile
        } else if file.contains("recovery") {
            Sort::NoRecoveryFile
        } else if file.contains("RESCUE") {
            Sort::NoRescuePage
        } else {
            Sort::NoVaultFile
        }
    }

    fn finding(self, files: Vec<String>, journal: &Journal) -> Finding {
        let count = match self {
            Sort::HeldBack(_, count) => count,
            _ => files.len(),
        };
        let [happened, safe, to_do] = self.words(count, journal);
        Finding {
            severity: self.severity(),
            notice: Notice::new(happened, safe, to_do),
            files,
            remedy: self.remedy(),
        }
    }

    const fn severity(self) -> Severity {
        match self {
            Sort::Damaged
            | Sort::Foreign
            | Sort::Misplaced
            | Sort::Unreadable
            | Sort::SetBack
            | Sort::TakenOut
            | Sort::HeldBack(..)
            | Sort::OtherVault
            | Sort::NoPassphraseFile
            | Sort::NoVaultFile => Severity::Act,
            Sort::OnHold(_)
            | Sort::Hollow
            | Sort::NotSynced
            | Sort::StillThere
            | Sort::NoRecoveryFile
            | Sort::NoRescuePage
            | Sort::SeveralPassphrases
            | Sort::SeveralSheets
            | Sort::Newer => Severity::Look,
            Sort::OnItsWay
            | Sort::Fork
            | Sort::NewDevice
            | Sort::ConflictCopy
            | Sort::Unknown
            | Sort::Temporary => Severity::Quiet,
        }
    }

    const fn remedy(self) -> Option<Remedy> {
        Some(match self {
            Sort::Damaged
            | Sort::Misplaced
            | Sort::Unreadable
            | Sort::NoPassphraseFile
            | Sort::NoRescuePage => Remedy::Restore,
            Sort::SetBack | Sort::TakenOut => Remedy::RestoreOrAccept,
            Sort::HeldBack(person, _) => Remedy::HeldBack(person),
            Sort::OnHold(person) => Remedy::Person(person),
            Sort::SeveralPassphrases => Remedy::Password,
            Sort::NoRecoveryFile | Sort::SeveralSheets => Remedy::Sheet,
            Sort::NotSynced => Remedy::Backup,
            _ => return None,
        })
    }

    /// What happened, what is safe, what to do.
    fn words(self, n: usize, journal: &Journal) -> [String; 3] {
        let (happened, safe, to_do): (String, &str, &str) = match self {
            Sort::Damaged => (
                said(n, "1 file is damaged and can’t be read.", "files are damaged and can’t be read."),
                "Everything else was read, and nothing was changed.",
                "Restore from a backup. It puts a good copy in place of each damaged one.",
            ),
            Sort::Foreign => (
                said(n, "1 file looks like yours but was not written by your Cairn.", "files look like yours but were not written by your Cairn."),
                "They were not read, and nothing of yours was changed.",
                "Find out who else can write to this folder.",
            ),
            Sort::Misplaced => (
                said(n, "1 file is not where it belongs, or comes from another record.", "files are not where they belong, or come from another record."),
                "They were not read, and nothing of yours was changed.",
                "Find out who or what moved them. A backup brings back what is missing.",
            ),
            Sort::Unreadable => (
                said(n, "The computer could not read 1 file.", "files could not be read by the computer."),
                "Everything else was read, and nothing was changed.",
                "Check the disk or stick. If it stays so, restore from a backup.",
            ),
            Sort::SetBack => (
                match n {
                    1 => "The folder was set back to an older state: 1 later save is missing.".to_owned(),
                    n => format!("The folder was set back to an older state: {n} later saves are missing."),
                },
                "Everything that is here is whole, and you can go on.",
                "If you restored a backup yourself, press Accept. If not, restore from a newer backup.",
            ),
            Sort::TakenOut => (
                said(n, "1 file was taken out of the record.", "files were taken out of the record."),
                "Everything else is here and whole.",
                "Restore from a backup to bring them back. If you know why, press Accept.",
            ),
            Sort::HeldBack(..) => (
                match n {
                    1 => "Another computer wrote 1 file about a person you erased, before it knew.".to_owned(),
                    n => format!("Another computer wrote {n} files about a person you erased, before it knew."),
                },
                "They are kept and not shown.",
                "Show them again, or erase them too.",
            ),
            Sort::OtherVault => (
                "A small file in the folder belongs to another record.".to_owned(),
                "Your record was opened with its own key and is whole.",
                "Two folders may have been mixed. Restore from a backup into a new folder.",
            ),
            Sort::OnHold(person) => {
                let name = journal.person(person).map(|person| person.name.as_str());
                (
                    format!("{} was erased on another computer and is on hold here.", name.unwrap_or("A person")),
                    "Nothing about them was removed here.",
                    "If the reason for the hold is over, take it off, then lock and unlock.",
                )
            }
            Sort::Hollow => (
                said(n, "1 file is there but empty: it may not have arrived yet.", "files are there but empty: they may not have arrived yet."),
                "Everything else was read.",
                "Let the program that copies your folder finish. In OneDrive, choose “Always keep on this device”.",
            ),
            Sort::NotSynced => (
                "The disk did not confirm what was written just before the last stop.".to_owned(),
                "It can be read now.",
                "Back up soon, and have the disk or stick checked.",
            ),
            Sort::StillThere => (
                said(n, "1 file about a person who was erased is still in the folder.", "files about people who were erased are still in the folder."),
                "They are not shown.",
                "Cairn tries again each time you unlock. Check that the folder can be written to.",
            ),
            Sort::NoPassphraseFile => (
                "The file that your password opens is missing.".to_owned(),
                "The record is open, and your recovery sheet works.",
                "Restore from a backup, or unlock with your recovery sheet next time and set a new \
                 password.",
            ),
            Sort::NoRecoveryFile => (
                "No recovery sheet opens this record.".to_owned(),
                "Your password works.",
                "Make a new recovery sheet.",
            ),
            Sort::NoVaultFile => (
                "The file VAULT.json is missing or damaged.".to_owned(),
                "Your notes can be read.",
                "Lock, then choose Restore from a backup at the door. It brings that file back.",
            ),
            Sort::NoRescuePage => (
                "The page that says how to open the record without Cairn is missing.".to_owned(),
                "Your record is whole.",
                "Restore from a backup. It brings that page back.",
            ),
            Sort::SeveralPassphrases => (
                "An older password may still open this record: changing it was cut off.".to_owned(),
                "The password you use now works.",
                "Change the password once more. That shuts the older one out.",
            ),
            Sort::SeveralSheets => (
                "More than one recovery sheet opens this record: the newest was never checked.".to_owned(),
                "Your record is whole, and your password works.",
                "Make a new sheet and check its words. That shuts the older ones out.",
            ),
            Sort::Newer => (
                said(n, "1 file was written by a newer version of Cairn.", "files were written by a newer version of Cairn."),
                "They are kept as they are.",
                "Update Cairn on this computer to see all that is in them.",
            ),
            Sort::OnItsWay => (
                said(n, "1 file from another computer has not arrived yet.", "files from another computer have not arrived yet."),
                "Everything that is here is whole.",
                "It usually comes by itself within a day.",
            ),
            Sort::Fork => (
                "Two computers wrote under one name: one of them is a copy of the other, or was set back.".to_owned(),
                "What both of them wrote is kept and shown.",
                "Nothing to do. Each takes a name of its own.",
            ),
            Sort::NewDevice => (
                "This computer has taken a new name in the record.".to_owned(),
                "Nothing was lost.",
                "That happens once when a computer is copied or its own files are lost.",
            ),
            Sort::ConflictCopy => (
                said(n, "The program that copies your folder made a double of 1 file.", "doubles were made by the program that copies your folder."),
                "They were not read. Your own files are whole.",
                "You can delete the doubles.",
            ),
            Sort::Unknown => (
                said(n, "1 thing in the folder is not from Cairn.", "things in the folder are not from Cairn."),
                "They were not read or changed.",
                "Move them elsewhere if you need them.",
            ),
            Sort::Temporary => (
                said(n, "1 file is left over from a save that was cut off.", "files are left over from saves that were cut off."),
                "Nothing that was saved is missing.",
                "Cairn clears them away by itself after a day.",
            ),
        };
        [happened, safe.to_owned(), to_do.to_owned()]
    }
}

/// The words for one, or the count and the words for several.
fn said(count: usize, one: &str, several: &str) -> String {
    if count == 1 { one.to_owned() } else { format!("{count} {several}") }
}
