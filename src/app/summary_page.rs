//! The ARCP summary on its screen: what is chosen, what leaves, and what came of writing it.

use jiff::civil::Date;

use super::job::Written;
use super::notice::Notice;
use crate::export::preview::Unsettled;
use crate::export::sheet::Sheet;
use crate::export::{Format, LineId, Preview, Summary};
use crate::model::Id;

/// The summary on its screen.
pub struct ShownSummary {
    /// Whose.
    pub person: Id,
    /// From when.
    pub from: Date,
    /// To when.
    pub to: Date,
    /// The kind of file.
    pub format: Format,
    /// Whether it is being written.
    pub busy: bool,
    /// What did not work.
    pub notice: Option<Notice>,
    /// What the screen draws and what leaves. Making it looks up every character in the faces
    /// of the PDF, so it is kept until something behind it changes.
    pub page: Option<SummaryPage>,
    /// Whether the desktop's dialog for the file is open.
    pub asking: bool,
    /// The last file that was written here, with its receipt.
    pub written: Option<Written>,
    /// Whether that file holds what the page shows.
    pub written_is_shown: bool,
}

/// A summary, ready to be drawn and to leave.
pub struct SummaryPage {
    /// Every line that was offered, those left out too.
    pub whole: Summary,
    /// What leaves.
    pub leaves: Summary,
    /// The words round the lines, as in the file.
    pub sheet: Sheet,
    /// What is said before it leaves.
    pub preview: Preview,
}

impl ShownSummary {
    /// Says that something behind the page changed, so that it is made anew.
    pub(super) fn changed(&mut self) {
        self.page = None;
        self.written_is_shown = false;
    }
}

impl SummaryPage {
    /// The judgements without evidence that leave, in the order of the page. They may leave
    /// only when the person says so.
    pub fn without_evidence(&self) -> Vec<LineId> {
        let lines = self.preview.to_settle.iter();
        lines.filter(|line| line.why.contains(&Unsettled::NoEvidence)).map(|line| line.id).collect()
    }
}
