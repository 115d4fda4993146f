//! What a line of a summary is called: the same on every computer, and after a restart.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use crate::model::Id;

/// Which line of which record, so that a person can leave it out or move it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineId {
    /// The line of a conversation with these words.
    Line(Id, Mark),
    /// The answer to the prompt of a conversation with this id.
    Answer(Id, Mark),
    /// An action.
    Action(Id),
    /// The day of a meeting.
    Meeting(Date),
}

/// What tells one line of a conversation from the others: a part of the hash of its words, so
/// that a line which is written anew is another line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(u64);

impl Mark {
    /// The mark of these words.
    pub fn of(words: &str) -> Mark {
        Mark::counted(words, 0)
    }

    /// The mark of these words where the same may stand before them.
    pub(super) fn fresh(words: &str, seen: &mut BTreeMap<Mark, u64>) -> Mark {
        let first = Mark::of(words);
        let before = seen.entry(first).or_default();
        let mark = if *before == 0 { first } else { Mark::counted(words, *before) };
        *before += 1;
        mark
    }

    fn counted(words: &str, before: u64) -> Mark {
        let digest = Sha256::new().chain_update(words).chain_update(before.to_le_bytes());
        let digest = digest.finalize();
        let first = digest.iter().take(8).fold(0, |sum, byte| (sum << 8) | u64::from(*byte));
        Mark(first)
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Display for LineId {
    /// As it is kept in a record.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LineId::Line(id, mark) => write!(f, "line:{id}:{mark}"),
            LineId::Answer(id, mark) => write!(f, "answer:{id}:{mark}"),
            LineId::Action(id) => write!(f, "action:{id}"),
            LineId::Meeting(day) => write!(f, "met:{day}"),
        }
    }
}

/// A name that this version does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not the name of a line")]
pub struct NoLine;

impl FromStr for LineId {
    type Err = NoLine;

    fn from_str(name: &str) -> Result<LineId, NoLine> {
        let (sort, rest) = name.split_once(':').ok_or(NoLine)?;
        let id = |words: &str| words.parse::<Id>().map_err(|_| NoLine);
        let both = || {
            let (record, mark) = rest.split_once(':').ok_or(NoLine)?;
            let mark = u64::from_str_radix(mark, 16).map_err(|_| NoLine)?;
            Ok((id(record)?, Mark(mark)))
        };
        Ok(match sort {
            "line" => both().map(|(record, mark)| LineId::Line(record, mark))?,
            "answer" => both().map(|(record, mark)| LineId::Answer(record, mark))?,
            "action" => LineId::Action(id(rest)?),
            "met" => LineId::Meeting(rest.parse().map_err(|_| NoLine)?),
            _ => return Err(NoLine),
        })
    }
}
