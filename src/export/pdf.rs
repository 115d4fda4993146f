//! Pages as tagged PDF (PDF/UA-1 and PDF/A-2a) and as pictures. Only here typst is named.
//!
//! The layouts (`assets/typst`) and the measures (`assets/tokens.json`) come with the program; a
//! person may use a layout of their own. The words reach it as the values of a JSON file, so
//! nothing a person wrote is ever read as markup. There is no file system, no package, no network
//! and no clock behind it; the faces of the computer come through a door ([`faces::lend`]).

mod desk;
pub mod faces;
pub mod layout;
mod words;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use typst::foundations::{Bytes, Datetime};

use super::blank::{Blank, WalletCard, WorkshopSheet};
use super::sheet::Sheet;
use super::{ExportError, Summary};
use desk::{Desk, Made, Wanted};
use faces::Shelf;

pub use desk::{Pages, Picture};
pub use layout::Layout;

/// Sets pages: by a layout, with the faces of a shelf.
pub struct Press<'a> {
    /// The layout.
    pub layout: Layout,
    /// Where the faces are taken from.
    pub shelf: &'a Shelf,
}

impl Default for Press<'static> {
    fn default() -> Press<'static> {
        Press { layout: Layout::default(), shelf: Shelf::of_this_computer() }
    }
}

impl Press<'_> {
    /// The bytes of the PDF.
    ///
    /// # Errors
    /// The page could not be laid out or does not keep to its standards.
    pub fn pdf(&self, page: &impl Serialize, made_on: Date) -> Result<Vec<u8>, ExportError> {
        match self.set(page, made_on, Wanted::Pdf)? {
            Made::Pdf(bytes) => Ok(bytes),
            Made::Pictures(_) => Ok(Vec::new()),
        }
    }

    /// Each page as it looks, with so many dots a point, but no more than `most` of them.
    ///
    /// # Errors
    /// As [`Press::pdf`].
    pub fn pages(
        &self,
        page: &impl Serialize,
        made_on: Date,
        scale: f64,
        most: usize,
    ) -> Result<Pages, ExportError> {
        match self.set(page, made_on, Wanted::Pictures(scale, most))? {
            Made::Pictures(pages) => Ok(pages),
            Made::Pdf(_) => Ok(Pages::default()),
        }
    }

    /// The characters that no face has, in order. The PDF shows a simpler letter or a question
    /// mark for each; the person should know before it leaves.
    pub fn missing(&self, page: &impl Serialize) -> Vec<char> {
        let mut missing = BTreeSet::new();
        let words = value(page);
        let faces = self.shelf.faces(&words::all(&words));
        words::missing_in(&words, &faces, &mut missing);
        missing.into_iter().collect()
    }

    fn set(
        &self,
        page: &impl Serialize,
        made_on: Date,
        wanted: Wanted,
    ) -> Result<Made, ExportError> {
        let mut words = value(page);
        let faces = self.shelf.faces(&words::all(&words));
        words::fit_all(&mut words, &faces, &mut BTreeSet::new());
        let desk = Desk {
            layout: self.layout.clone(),
            words: Bytes::from_string(words.to_string()),
            families: Bytes::from_string(value(&faces.further()).to_string()),
            faces,
            made_on: datetime(made_on),
        };
        desk.set(wanted)
    }
}

/// Pages are strings, numbers and lists of them: writing one as a value meets no error.
fn value(page: &impl Serialize) -> Value {
    serde_json::to_value(page).unwrap_or_default()
}

/// Any page of words in the layout that comes with the program.
///
/// # Errors
/// As [`Press::pdf`].
pub fn render_sheet(sheet: &Sheet, made_on: Date) -> Result<Vec<u8>, ExportError> {
    Press::default().pdf(sheet, made_on)
}

/// A template on paper, with room to write.
///
/// # Errors
/// As [`Press::pdf`].
pub fn render_blank(blank: &Blank, made_on: Date) -> Result<Vec<u8>, ExportError> {
    Press { layout: Layout::blank(), ..Press::default() }.pdf(blank, made_on)
}

/// A card for the wallet, 86 by 54 millimetres.
///
/// # Errors
/// As [`Press::pdf`].
pub fn render_card(card: &WalletCard, made_on: Date) -> Result<Vec<u8>, ExportError> {
    Press { layout: Layout::card(), ..Press::default() }.pdf(card, made_on)
}

/// The exercise of a module, for whoever leads the workshop.
///
/// # Errors
/// As [`Press::pdf`].
pub fn render_workshop(sheet: &WorkshopSheet, made_on: Date) -> Result<Vec<u8>, ExportError> {
    Press { layout: Layout::workshop(), ..Press::default() }.pdf(sheet, made_on)
}

/// [`Press::missing`] of a summary.
pub fn missing_characters(summary: &Summary) -> Vec<char> {
    missing_in(&Sheet::new(summary))
}

/// [`Press::missing`] of any page.
pub fn missing_in(sheet: &Sheet) -> Vec<char> {
    Press::default().missing(sheet)
}

/// The words as the layout receives them: the values of JSON, fitted to the faces.
pub fn words(summary: &Summary) -> Value {
    let mut words = value(&Sheet::new(summary));
    let faces = Shelf::of_this_computer().faces(&words::all(&words));
    words::fit_all(&mut words, &faces, &mut BTreeSet::new());
    words
}

fn datetime(day: Date) -> Option<Datetime> {
    let month = u8::try_from(day.month()).ok()?;
    let day_of_month = u8::try_from(day.day()).ok()?;
    Datetime::from_ymd_hms(i32::from(day.year()), month, day_of_month, 0, 0, 0)
}
