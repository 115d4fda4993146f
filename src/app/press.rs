//! Setting pages: into a file that leaves, or into pictures to be looked at first. It takes time
//! and needs no vault, so it is done beside the worker; and because nothing is written before it
//! has come back, it can be stopped until then.

use std::path::PathBuf;

use jiff::civil::Date;

use super::job::{Outcome, Passed};
use super::notice::Notice;
use crate::export::pdf::{Layout, Pages, Press};
use crate::export::{Format, Letter, Sheet, Summary, render_by};
use crate::model::{Id, Receipt};
use crate::platform::Existing;

/// How many dots a point has in a picture: a page is sharp at the width of a reading column.
const SCALE: f64 = 1.5;
/// The most pages that are pictured. Each takes about four megabytes.
pub const MOST_PAGES: usize = 24;

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PressAction {
    /// Show the pages of what is about to leave, as they will be printed.
    Show,
    /// Turn to a page, counted from 0.
    Turn(usize),
    /// Put the pages away.
    PutAway,
    /// Ask for a layout of one's own.
    ChooseLayout,
    /// Go back to the layout that comes with Cairn.
    OurLayout,
    /// Stop setting the file: nothing of it leaves.
    Stop,
}

/// A page to be set.
pub struct Setting {
    /// By which identity what comes of it is known; that of its receipt, where it is a file. No
    /// other setting of the program has it, in this record or another.
    pub id: Id,
    /// What is set.
    pub page: ToSet,
    /// A layout of one's own, for what is a PDF.
    pub layout: Option<Layout>,
}

/// What is set.
pub enum ToSet {
    /// The file of a summary.
    Summary(Box<Summary>, Format),
    /// The file of a letter.
    Letter(Box<Letter>, Format),
    /// Pictures of any page, made on a day.
    Pictures(Box<Sheet>, Date),
}

/// What was set.
pub enum Made {
    /// The bytes of a file.
    File(Vec<u8>),
    /// Pages as they look.
    Pictures(Pages),
}

/// A file that is being set, with where it goes when it is: nothing of it is written yet.
pub struct SettingFile {
    /// What sort of file it is.
    pub of: Passed,
    /// Which file.
    pub path: PathBuf,
    /// Whether a file that is there may be replaced.
    pub existing: Existing,
    /// The receipt; its identity is that of the setting.
    pub receipt: Box<Receipt>,
}

/// The pages while they are shown.
pub struct ShownPages {
    /// The identity of their setting.
    pub id: Id,
    /// Which page is shown, counted from 0.
    pub at: usize,
    /// The pages, or why there are none; nothing while they are being set.
    pub made: Option<Result<Pages, Notice>>,
}

impl Setting {
    /// Sets the page.
    pub fn run(self) -> Outcome {
        let Setting { id, page, layout } = self;
        let made = match page {
            ToSet::Summary(summary, format) => {
                render_by(&summary, format, layout.as_ref()).map(Made::File)
            }
            ToSet::Letter(letter, format) => letter.render(format).map(Made::File),
            ToSet::Pictures(sheet, made_on) => {
                let press = Press { layout: layout.unwrap_or_default(), ..Press::default() };
                press.pages(sheet.as_ref(), made_on, SCALE, MOST_PAGES).map(Made::Pictures)
            }
        };
        Outcome::Set(id, made.map_err(|error| Notice::new(error.to_string(), "", "")))
    }

    /// What is said when the computer gives no room for it.
    pub fn not_begun(id: Id) -> Outcome {
        let notice = Notice::new(
            "The page could not be made: the computer is out of room for more work.",
            "Nothing left this machine.",
            "Close other programs and try again.",
        );
        Outcome::Set(id, Err(notice))
    }
}
