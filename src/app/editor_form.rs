//! What the session screen remembers while it is shown, and the places in it that can take the
//! keyboard.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Id, Layer};

/// What the session screen, or the template editor, is asked to do by a shortcut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the command of its name")]
pub enum EditorWish {
    NextPrompt,
    PreviousPrompt,
    PrivateMargin,
    MakeAction,
    OfferToArcp,
    MoveUp,
    MoveDown,
    NextHint,
    UseHint,
}

/// What the session screen remembers while it is shown.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct EditorForm {
    /// What takes the keyboard at the next drawing.
    pub go_to: Option<EditorSpot>,
    /// What is brought to the top of the page at the next drawing.
    pub bring_up: Option<EditorSpot>,
    /// The action or the line for the ARCP whose fields are shown; the others rest as words.
    pub unfolded: Option<EditorSpot>,
    /// A prompt whose answer is about to go to more readers, and where to.
    pub asking: Option<(String, Layer)>,
    /// What is said under a prompt after its answer went to fewer readers.
    pub moved: Option<(String, String)>,
    /// Whether the keyboard is on what stands above the prompts: what was agreed last time, and
    /// the goals.
    pub above: bool,
    /// Whether the private margin is open where it is a drawer.
    pub margin_open: bool,
    /// Whether a reflection has the whole window.
    pub quiet: bool,
    /// Whether the guidance on reflections is open where it is a drawer.
    pub guidance_open: bool,
    /// The layer that is shown where there is room for one only.
    pub tab: Option<Layer>,
    /// Dates as they are being typed.
    pub dates: BTreeMap<DateAt, String>,
    /// After how many characters the caret is to stand in the text that takes the keyboard.
    pub caret: Option<usize>,
    /// Whether the last answers to the prompt in use are shown.
    pub earlier_open: bool,
    /// A tag as it is being typed, and which of the suggestions is chosen.
    pub tag: Completing,
    /// A file that is about to leave the record, or to be taken off it.
    pub file: Option<AboutFile>,
}

/// A word that is being typed, with suggestions under it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Completing {
    /// What is typed.
    pub typed: String,
    /// The suggestion that is chosen, counted from 0.
    pub chosen: Option<usize>,
}

/// What is about to be done with an attached file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AboutFile {
    /// A copy of it is to leave the encrypted record.
    Copy(Id),
    /// It is to be taken off.
    Remove(Id),
}

/// A place in a conversation that can take the keyboard.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum EditorSpot {
    /// What was agreed last time.
    LastTime,
    /// A prompt, by id.
    Prompt(String),
    /// A note in the private margin, counted from 0.
    Note(usize),
    /// A line offered to the ARCP summary, counted from 0.
    Line(usize),
    /// An action.
    Action(Id),
    /// What somebody says who sees the answer to a prompt differently, by the prompt's id.
    OtherView(String),
}

/// Where a date is typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateAt {
    /// The answer to a prompt.
    Prompt(String),
    /// The day by which an action is due.
    Due(Id),
    /// A piece of evidence: what it shows, and the place in its list, counted from 0.
    Evidence(EvidenceOf, usize),
}

/// What a piece of evidence belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceOf {
    /// A line offered to the ARCP summary, counted from 0.
    Line(usize),
    /// The answer to a prompt.
    Prompt(String),
}

/// Where the caret was. It outlives a lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caret {
    /// In which prompt.
    pub prompt: String,
    /// After how many characters, where the answer is a text.
    pub at: Option<usize>,
}
