//! When the record locks by itself, and what the program that locks leaves to the one that takes
//! its place.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use super::inputs::{Caret, Inputs};
use super::notice::Notice;
use super::screen::Screen;
use super::state::{Left, Locked, Phase, State};
use crate::model::Id;

/// How long before the lock the person is told.
const WARNING: SignedDuration = SignedDuration::from_secs(60);

/// The times without use to choose from, in minutes.
pub const CHOICES: [u16; 5] = [5, 10, 15, 30, 60];

/// Where an open record stands between the last touch and its lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// Long to go.
    Awake,
    /// It locks within a minute.
    Soon,
    /// The time is over.
    Over,
}

/// Judges the time since the last key, click or movement.
pub fn idle(last_touch: Timestamp, now: Timestamp, minutes: u16) -> Idle {
    // The choices of the settings; a record that was written by other hands may say anything.
    let [.., longest] = CHOICES;
    let limit = SignedDuration::from_mins(i64::from(minutes.clamp(1, longest)));
    let passed = now.duration_since(last_touch);
    if passed >= limit {
        Idle::Over
    } else if passed >= limit - WARNING {
        Idle::Soon
    } else {
        Idle::Awake
    }
}

/// What a locked program leaves to the new one that takes its place, so that the old one's memory
/// can go back to the system as a whole. Times, ids, and words about disks: no name, no text of a
/// record, no key.
#[derive(Debug, Serialize, Deserialize)]
pub struct Handover {
    dir: PathBuf,
    at: Zoned,
    idle: Option<u16>,
    kept: bool,
    unsaved: Option<Notice>,
    back_to: Option<Screen>,
    caret: Option<(Id, Caret)>,
    /// Where the window was.
    pub place: WindowPlace,
}

/// Where the window was, in the system's own points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// Its upper left corner with its frame, where the system tells.
    pub at: Option<[f32; 2]>,
    /// The size of what is inside the frame; nothing while it fills the screen.
    pub size: Option<[f32; 2]>,
    /// Whether it was maximised.
    pub maximised: bool,
    /// Whether it covered the whole screen.
    pub full_screen: bool,
    /// Whether it was put away.
    pub minimised: bool,
    /// Whether it had the keyboard. A record that locks by itself must not take the keyboard from
    /// another program, or the next words typed there land in the field for the password.
    pub focused: bool,
}

impl Handover {
    /// What a locked program leaves: nothing before its worker has made everything durable and
    /// has forgotten the key, nothing while the record is open, and nothing while the worker
    /// holds words that no disk took: they would go with the process.
    pub fn of(state: &State, inputs: &Inputs, place: WindowPlace) -> Option<Handover> {
        let Phase::Locked(locked) = &state.phase else { return None };
        let left = locked.left.as_ref().filter(|left| left.key_gone && !state.held)?;
        let caret = match locked.back_to {
            Some(Screen::Session(id)) => inputs.carets.get(&id).cloned().map(|caret| (id, caret)),
            _ => None,
        };
        Some(Handover {
            dir: state.dir.clone(),
            at: left.at.clone(),
            idle: left.idle,
            kept: left.kept,
            unsaved: locked.unsaved.clone(),
            back_to: locked.back_to.clone(),
            caret,
            place,
        })
    }

    /// As bytes for the new program; nothing when the folder's name is not text.
    pub fn write(&self) -> Option<Vec<u8>> {
        serde_json::to_vec(self).ok()
    }

    /// From the bytes of the old program; nothing when another version wrote them.
    pub fn read(bytes: &[u8]) -> Option<Handover> {
        serde_json::from_slice(bytes).ok()
    }

    /// The folder of the record.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What to show at the door, and where the caret was.
    pub(super) fn into_locked(self) -> (Locked, Option<(Id, Caret)>) {
        let left = Left { at: self.at, idle: self.idle, kept: self.kept, key_gone: true };
        let locked = Locked {
            left: Some(left),
            unsaved: self.unsaved,
            back_to: self.back_to,
            ..Locked::default()
        };
        (locked, self.caret)
    }
}
