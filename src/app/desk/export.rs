//! Files that leave, each with its receipt, pages on paper, and files for the library.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use super::Desk;
use crate::app::draft::Change;
use crate::app::job::{Content, Outcome, Written};
use crate::app::notes::ComingNotes;
use crate::app::notice::Notice;
use crate::app::packs::{Refused, file_name, read_at_most, read_file};
use crate::app::paper::Page;
use crate::export::pdf::Layout;
use crate::export::{self, Format, Summary};
use crate::import::notes;
use crate::library::{Library, read_incoming};
use crate::model::{Body, Id, Receipt, ReferenceList};
use crate::platform::{self, Existing};

/// What leaves, and where to.
#[derive(Clone, Copy)]
pub struct Sending<'a> {
    /// What leaves.
    pub summary: &'a Summary,
    /// Into which kind of file.
    pub format: Format,
    /// Which file.
    pub path: &'a Path,
    /// Whether a file that is there may be replaced.
    pub existing: Existing,
    /// A layout of one's own in the place of the one that comes with the program; only for PDF.
    pub layout: Option<&'a Layout>,
}

/// What the receipt says beyond the file itself.
pub struct Filing {
    /// Whose summary it is.
    pub person: Id,
    /// The receipt's identity.
    pub receipt: Id,
    /// To whom it goes, as far as the person said.
    pub to: String,
}

impl Desk {
    /// Writes a summary to a file, then its receipt into the record.
    ///
    /// # Errors
    /// In words. When the file is there and only the receipt is not, that is said.
    pub fn export(
        &mut self,
        sending: &Sending<'_>,
        filing: Filing,
        now: Timestamp,
    ) -> Result<Written, Notice> {
        let Sending { summary, format, path, existing, layout } = *sending;
        let bytes = export::render_by(summary, format, layout)
            .map_err(|error| Notice::new(error.to_string(), "", ""))?;
        let period = summary.facts.period;
        let receipt = Receipt {
            person: Some(filing.person),
            to: filing.to,
            format: format.extension().to_owned(),
            lines: u32::try_from(summary.counts.lines).unwrap_or(u32::MAX),
            ..Receipt::of(
                format!(
                    "ARCP summary, {} to {}",
                    crate::model::text::long_date(period.from),
                    crate::model::text::long_date(period.to)
                ),
                now,
            )
        };
        self.leave(&bytes, (path, existing), (filing.receipt, receipt), now)
    }

    /// Writes what leaves to a file, then its receipt, with what the file itself says.
    ///
    /// # Errors
    /// As [`Desk::export`].
    pub fn leave(
        &mut self,
        bytes: &[u8],
        (path, existing): (&Path, Existing),
        (id, receipt): (Id, Receipt),
        now: Timestamp,
    ) -> Result<Written, Notice> {
        platform::write_file(path, bytes, existing)
            .map_err(|error| Notice::not_written(path, &error))?;
        let receipt = Receipt {
            file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            sha256: format!("{:x}", Sha256::digest(bytes)),
            ..receipt
        };
        let change = Change { id, body: Body::Receipt(receipt.clone()) };
        self.save(&[change], now).map_err(|error| {
            let why = Notice::from(&error);
            Notice::new(
                format!("The file is written, but its receipt could not be kept: {}", why.happened),
                why.safe,
                why.to_do,
            )
        })?;
        self.rest();
        Ok(Written { path: path.to_path_buf(), id, receipt })
    }

    /// Writes what a file that leaves holds, then its receipt.
    pub(super) fn pass_on(
        &mut self,
        content: &Content,
        file: (&Path, Existing),
        receipt: (Id, Receipt),
        now: Timestamp,
    ) -> Result<Written, Notice> {
        match content {
            Content::Text(text) => self.leave(text.as_bytes(), file, receipt, now),
            Content::Letter(letter, format) => {
                let bytes = letter
                    .render(*format)
                    .map_err(|error| Notice::new(error.to_string(), "", ""))?;
                self.leave(&bytes, file, receipt, now)
            }
        }
    }

    /// Sets a page of the library and writes it. Nothing of the record is in it, so no receipt
    /// is kept.
    pub(super) fn print(&self, page: &Page, path: &Path, existing: Existing) -> Result<(), Notice> {
        let bytes = page.render((self.clock)().date()).map_err(|_| {
            Notice::new(
                "The PDF could not be made.",
                "Nothing was changed.",
                "Its words are on the screen, to copy.",
            )
        })?;
        platform::write_file(path, &bytes, existing)
            .map_err(|error| Notice::not_written(path, &error))
    }

    /// Reads a file for the library and checks it as a whole.
    pub(super) fn read_for_library(
        &self,
        path: &Path,
        built_in: &Library,
        instead_of: Option<&ReferenceList>,
    ) -> Outcome {
        let name = file_name(path);
        let today = (self.clock)().date();
        if let Some(notes) = notes_in(path, &name, built_in, instead_of, today) {
            return notes;
        }
        let read = read_file(path).map_err(|notice| Refused::because(notice.sentence()));
        let read = read.and_then(|bytes| {
            read_incoming(&name, &bytes, built_in, instead_of, today)
                .map(Box::new)
                .map_err(|error| Refused::from(&error))
        });
        Outcome::Read(name, read)
    }
}

/// What is in a file of notes; nothing where it holds something else. A module of the library is
/// Markdown as well, and stays one.
fn notes_in(
    path: &Path,
    name: &str,
    built_in: &Library,
    instead_of: Option<&ReferenceList>,
    today: Date,
) -> Option<Outcome> {
    let bytes = read_at_most(path, notes::MAX_BYTES).ok().filter(|_| instead_of.is_none())?;
    let format = notes::Format::of(name, &bytes)?;
    if format == notes::Format::Markdown
        && read_incoming(name, &bytes, built_in, None, today).is_ok()
    {
        return None;
    }
    let read = |one_note| notes::read(format, &bytes, today, one_note);
    Some(match read(false) {
        Err(error) => {
            let lead = format!("{name} can’t be brought in: {error}. Nothing was changed.");
            Outcome::Read(name.to_owned(), Err(Refused::because(lead)))
        }
        Ok(reading) => {
            let whole = (reading.by_date > 1).then(|| read(true).ok()).flatten();
            Outcome::ReadNotes(Box::new(ComingNotes { name: name.to_owned(), reading, whole }))
        }
    })
}
