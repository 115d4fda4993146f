//! Files that leave, each with its receipt, and pages on paper.

use std::path::Path;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::Desk;
use crate::app::draft::Change;
use crate::app::job::{Content, Written};
use crate::app::notice::Notice;
use crate::app::paper::Page;
use crate::export::pdf::Layout;
use crate::export::{self, Format, Period, Summary};
use crate::model::session::Kept;
use crate::model::text::long_date;
use crate::model::{Body, Id, LeftIn, Receipt};
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
    /// What was kept in it though it may point to somebody.
    pub kept: Vec<Kept>,
}

impl Filing {
    /// The receipt, but for what the file itself says.
    pub fn receipt_of(self, summary: &Summary, format: Format, now: Timestamp) -> Receipt {
        let Period { from, to } = summary.facts.period;
        let what = format!("ARCP summary, {} to {}", long_date(from), long_date(to));
        Receipt {
            person: Some(self.person),
            to: self.to,
            kept: LeftIn::of(&self.kept),
            format: format.extension().to_owned(),
            lines: u32::try_from(summary.counts.lines).unwrap_or(u32::MAX),
            ..Receipt::of(what, now)
        }
    }
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
        let receipt = (filing.receipt, filing.receipt_of(summary, format, now));
        self.leave(&bytes, (path, existing), receipt, now)
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
            Content::Bytes(bytes) => self.leave(bytes, file, receipt, now),
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
}
