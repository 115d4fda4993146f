//! Why a summary could not become a file.

use thiserror::Error;

/// Why the bytes of a file could not be made. The text of the summary is never in it, so it may
/// be shown and logged.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The page could not be laid out, or the PDF does not keep to its standards.
    #[error(
        "The PDF could not be made. Your record is unchanged and nothing left this machine. \
         Save it as plain text instead."
    )]
    Pdf {
        /// Which step stopped.
        step: PdfStep,
        /// How many things stood in its way.
        problems: usize,
    },
    /// A layout of one's own holds a fault.
    #[error(
        "The layout {file} could not be used: {why} Your record is unchanged and nothing left \
         this machine. Mend the layout, or choose the one that comes with Cairn."
    )]
    Layout {
        /// The name of the file, with the line where it is known ("mine.typ, line 3").
        file: String,
        /// What is wrong, as a sentence.
        why: String,
    },
    /// The parts of the Word file could not be put together.
    #[error(
        "The Word file could not be made. Your record is unchanged and nothing left this \
         machine. Choose another kind of file."
    )]
    Docx(String),
    /// The summary could not be written as JSON.
    #[error(
        "The JSON file could not be made. Your record is unchanged and nothing left this \
         machine. Choose another kind of file."
    )]
    Json(#[source] serde_json::Error),
}

/// The steps of making a PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PdfStep {
    /// Reading the layout that came with the program.
    Prepare,
    /// Setting the words on pages.
    Layout,
    /// Writing the file and checking it against PDF/UA-1 and PDF/A-2a.
    Write,
}
