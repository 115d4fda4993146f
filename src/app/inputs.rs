//! What is being typed. It is the only thing that changes while drawing, and all of it is
//! cleared at a lock.

use std::collections::BTreeSet;
use std::path::PathBuf;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::draft::Draft;
use crate::export::LineId;
use crate::model::session::ArcpHeading;
use crate::model::{Id, Layer};

/// All fields of all screens.
#[derive(Default)]
pub struct Inputs {
    /// Welcome and unlock.
    pub door: Door,
    /// The open conversation or reflection.
    pub draft: Option<Draft>,
    /// Which prompt of it has the keyboard, by id.
    pub focus: Option<String>,
    /// Something the session screen is asked to do at its next drawing.
    pub wish: Option<EditorWish>,
    /// Adding or changing a person.
    pub person: PersonForm,
    /// The list of people, filtered by name.
    pub people_filter: String,
    /// The tab of the person's page.
    pub person_tab: PersonTab,
    /// The layers shown in a timeline.
    pub shown_layers: ShownLayers,
    /// The list of templates.
    pub choose: Choose,
    /// Whose actions Today shows.
    pub today_actions: Whose,
    /// The ARCP summary.
    pub summary: SummaryForm,
    /// The settings.
    pub settings: SettingsForm,
    /// Whether the drawer for finishing is open.
    pub finishing: bool,
    /// Where summaries are offered to be written. Kept over a lock: it holds nothing typed.
    pub documents: PathBuf,
    /// Minutes the conversation took, as typed in that drawer.
    pub finish_minutes: String,
}

/// Welcome and unlock.
#[derive(Default, Zeroize, ZeroizeOnDrop)]
pub struct Door {
    /// The owner's name.
    pub your_name: String,
    /// The folder of the record.
    pub folder: String,
    /// The password.
    pub password: String,
    /// The password once more.
    pub again: String,
    /// Whether the password is shown.
    pub show: bool,
    /// The two words of the check.
    pub words: [String; 2],
    /// The recovery key, as words or as an age key.
    pub recovery: String,
    /// The file for the recovery sheet.
    pub sheet: String,
}

/// What the session screen is asked to do by a shortcut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the command of its name")]
pub enum EditorWish {
    NextPrompt,
    PreviousPrompt,
    PrivateMargin,
    MakeAction,
    OfferToArcp,
}

/// Adding or changing a person. Dates are as typed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names of `model::Person`")]
pub struct PersonForm {
    pub editing: Option<Id>,
    pub name: String,
    pub short_name: String,
    pub say: String,
    pub stage: String,
    pub programme: String,
    pub wte: String,
    pub arcp_date: String,
    pub next_exam: String,
    pub exam_date: String,
    pub to_know: String,
    /// Whether the fields beyond the name are shown.
    pub more: bool,
    /// Whether it was tried to save, so that what is missing is shown.
    pub tried: bool,
}

/// The tabs of the person's page.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the tab of its name")]
pub enum PersonTab {
    #[default]
    Timeline,
    Actions,
    About,
}

/// The layers shown in a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownLayers([bool; 3]);

/// The list of templates.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Choose {
    /// The template that is previewed, by id.
    pub template: Option<String>,
    /// The situation that is shown; all when none is.
    pub situation: Option<crate::model::template::Situation>,
    /// For whom, when the screen was opened without a person.
    pub person: Option<Id>,
}

/// Whose actions a list shows.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the choice of its name")]
pub enum Whose {
    #[default]
    Mine,
    Theirs,
    All,
}

/// The ARCP summary.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct SummaryForm {
    /// From when, as typed.
    pub from: String,
    /// To when, as typed.
    pub to: String,
    /// Lines that stay here this time.
    pub left_out: BTreeSet<LineId>,
    /// To whom it goes, for the receipt.
    pub recipient: String,
    /// The file, as typed or chosen.
    pub path: String,
    /// The file that the desktop's dialog has asked about, if it was there already.
    pub asked_about: Option<PathBuf>,
    /// Whether lines without evidence may go.
    pub without_evidence: bool,
    /// The heading that was gone to last.
    pub at: Option<PagePart>,
    /// Where the screen is asked to go at its next drawing.
    pub go_to: Option<Spot>,
    /// In a window of middle width: whether the panel that says what leaves is open.
    pub panel_open: bool,
}

/// A part of the summary's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PagePart {
    /// The lines under one heading.
    Heading(ArcpHeading),
    /// Answers that were put For the ARCP as they stand.
    Answers,
    /// Actions.
    Actions,
}

/// A place on the summary's screen that can be gone to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Where the keyboard starts.
    Start,
    /// A part of the page.
    Part(PagePart),
    /// A line of the page.
    Line(LineId),
    /// The button that stands where there is no line.
    Empty,
    /// The first day of the period.
    Period,
    /// The name of the file.
    File,
    /// The main button of the panel that says what leaves.
    Panel,
}

/// The settings that are typed rather than pressed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct SettingsForm {
    /// The owner's name.
    pub your_name: String,
    /// What a supervised doctor is called.
    pub noun: String,
    /// Whether the fields hold what the record holds; filled at the first drawing.
    pub filled: bool,
}

impl Default for ShownLayers {
    fn default() -> Self {
        ShownLayers([true; 3])
    }
}

impl ShownLayers {
    /// Whether a layer is shown.
    pub const fn shows(self, layer: Layer) -> bool {
        self.0[layer as usize]
    }

    /// Shows or hides a layer.
    pub const fn toggle(&mut self, layer: Layer) {
        self.0[layer as usize] = !self.0[layer as usize];
    }

    /// Whether all layers are shown.
    pub fn all(self) -> bool {
        self == Self::default()
    }
}
