//! Receipts: what left this computer, to whom, when; and what was erased.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::text::{count, long_date};
use super::{Extra, Id, Kept};

/// Written to the journal after every export and every backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Whom it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Id>,
    /// The conversation that left, where it was one; its page lists what was sent of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Id>,
    /// What left, in words ("ARCP summary, 5 August 2026 to 9 June 2027").
    pub what: String,
    /// To whom, as far as the person said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// The kind of file ("pdf", "md", "txt", "json").
    pub format: String,
    /// The name of the file, without its folder.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// How many lines For the ARCP it held.
    pub lines: u32,
    /// SHA-256 of the bytes that left, in lower-case hexadecimal.
    pub sha256: String,
    /// When it left.
    pub at: Timestamp,
    /// What was taken for a detail that points to somebody, and left all the same, with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<LeftIn>,
    /// What a backup held; nothing for anything else that left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup: Option<BackedUp>,
    /// What was erased, where it is the certificate of that. Such a receipt has no `person`, so
    /// that it stays when the person is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<Certificate>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Details that point to somebody and left all the same: what sort, how many, and why. Their words
/// are not here: a receipt is kept longer than what it is of, and must name nobody itself. In
/// receipts of earlier versions the words stand among the extra fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeftIn {
    /// What they were taken for, by its stable name.
    pub kind: String,
    /// How many there were beyond the first.
    #[serde(skip_serializing_if = "is_zero")]
    pub more: u64,
    /// Why they stayed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Fields of another version.
    #[serde(flatten)]
    pub extra: Extra,
}

impl LeftIn {
    /// What was kept in a file, those of one sort and reason together.
    pub fn of<'a>(kept: impl IntoIterator<Item = &'a Kept>) -> Vec<LeftIn> {
        let mut all: Vec<LeftIn> = Vec::new();
        for one in kept {
            let same = |it: &&mut LeftIn| (&it.kind, &it.reason) == (&one.kind, &one.reason);
            match all.iter_mut().find(same) {
                Some(known) => known.more += 1,
                None => all.push(LeftIn {
                    kind: one.kind.clone(),
                    reason: one.reason.clone(),
                    ..LeftIn::default()
                }),
            }
        }
        all
    }

    /// How many there were.
    pub const fn count(&self) -> u64 {
        self.more.saturating_add(1)
    }
}

/// What a backup held when it was made, without the file of the receipt itself. The receipt's
/// `sha256` is that of all the files' paths, sorted, each with a line feed; a path ends with the
/// hash of the file's bytes, so the number stands for every byte of the backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackedUp {
    /// Which vault it was of: receipts are taken along when a vault moves to a new key.
    pub vault: String,
    /// How many record files.
    pub files: u64,
    /// How many more there were that could not be read and so were not copied.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub damaged: u64,
    /// The newest file of each computer: its number and hash.
    pub heads: BTreeMap<String, (u64, String)>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What was erased about one person. It names no one: it holds numbers, days and a reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Which one of this record's it is, from 1.
    pub number: u32,
    /// When, by the clock of the computer that did it.
    pub when: DateTime,
    /// Why ("Keep-until date passed, 31 August 2026").
    pub why: String,
    /// How many records were about the person, theirs included.
    pub entries: u64,
    /// In how many files they lay; nought before it is done.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub files: u64,
    /// How many of the files could not be removed at once.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left: u64,
    /// How often something about them was sent before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sent: u64,
    /// The day of the last of those.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sent: Option<Date>,
    /// In how many places backups were made before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub backups: u64,
    /// The owner's own reference, which names no one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Certificate {
    /// "Certificate of erasure".
    pub const TITLE: &str = "Certificate of erasure";

    /// "All records about one person, 52 entries in 41 files".
    pub fn what(&self) -> String {
        let entries = entries(self.entries);
        match self.files {
            0 => format!("All records about one person, {entries}"),
            files => {
                format!("All records about one person, {entries} in {}", counted(files, "file"))
            }
        }
    }

    /// "24 November 2026, 13:44".
    pub fn when(&self) -> String {
        let time = self.when.time();
        format!("{}, {:02}:{:02}", long_date(self.when.date()), time.hour(), time.minute())
    }

    /// What stayed out of reach: files sent, backups, copies.
    pub fn not_reached(&self) -> String {
        let sent = match (self.sent, self.last_sent) {
            (0, _) => String::new(),
            (1, Some(day)) => format!("1 thing sent before, on {}. ", long_date(day)),
            (n, Some(day)) => format!("{n} things sent before, the last on {}. ", long_date(day)),
            (n, None) => format!("{} sent before. ", counted(n, "thing")),
        };
        let backups = match self.backups {
            0 => String::new(),
            1 => "1 backup, until it is made again. ".to_owned(),
            n => format!("{n} backups, until they are made again. "),
        };
        format!("{sent}{backups}Old copies of this folder")
    }

    /// Labels and words, in order; the check words come last, where they are known.
    pub fn facts(&self, words: Option<&str>) -> Vec<(&'static str, String)> {
        let mut facts = vec![
            ("What", self.what()),
            ("When", self.when()),
            ("Why", self.why.clone()),
            ("Not reached", self.not_reached()),
        ];
        if self.left > 0 {
            let left = counted(self.left, "file");
            let left = format!("{left}. They are not shown, and Cairn tries at each start");
            facts.push(("Not removed yet", left));
        }
        if !self.reference.is_empty() {
            facts.push(("Reference", self.reference.clone()));
        }
        let words = words.unwrap_or("Four words, given when it is done");
        facts.push(("Check words", words.to_owned()));
        facts
    }
}

fn counted(number: u64, noun: &str) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), noun)
}

/// "1 entry", "52 entries".
fn entries(number: u64) -> String {
    if number == 1 { "1 entry".to_owned() } else { format!("{number} entries") }
}

impl BackedUp {
    /// How far the record had come: the sum of the numbers of its newest files. It only grows,
    /// so of two backups it says which is the later one, whatever the clocks said.
    pub fn reach(&self) -> u64 {
        self.heads.values().fold(0, |sum, (seq, _)| sum.saturating_add(*seq))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is that of serde")]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Receipt {
    /// A receipt of something that is no summary: `what` it is, made at `at`.
    pub fn of(what: impl Into<String>, at: Timestamp) -> Receipt {
        Receipt {
            person: None,
            of: None,
            what: what.into(),
            to: String::new(),
            format: String::new(),
            file: String::new(),
            lines: 0,
            sha256: String::new(),
            at,
            kept: Vec::new(),
            backup: None,
            erased: None,
            extra: Extra::new(),
        }
    }
}
