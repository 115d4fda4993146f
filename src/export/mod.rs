//! A summary for ARCP preparation: what is chosen, and the files made of it.
//!
//! The way is one-directional: records -> [`Summary`] (an allow-list of plain text) ->
//! [`sheet`] (the words in their order) -> bytes. Nothing after [`Summary`] sees a record, so
//! what is Private or Shared has no road into a file. The one exception is asked for by its name:
//! [`AccessPack`], everything that is held about one person.

pub mod access;
pub mod after_arcp;
pub mod blank;
pub mod calendar;
mod certificate;
mod docx;
pub mod error;
pub mod handover;
mod json;
pub mod letter;
mod line_id;
mod markdown;
pub mod order;
pub mod pdf;
pub mod plan;
pub mod portfolio;
pub mod preview;
pub mod readiness;
pub mod sheet;
pub mod summary;
mod text;
pub mod year;

pub use access::AccessPack;
pub use error::ExportError;
pub use letter::Letter;
pub use line_id::{LineId, Mark};
pub use preview::Preview;
pub use sheet::Sheet;
pub use summary::{Period, Subject, Summary};

use jiff::civil::Date;

/// The longest suggested file name in bytes. File systems allow 255; cloud folders and old
/// Windows paths leave less once the folders before it are counted.
const NAME_BYTES: usize = 120;

/// The kinds of file a summary can become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A4, PDF/UA-1 and PDF/A-2a.
    Pdf,
    /// For Word and LibreOffice.
    Docx,
    /// CommonMark.
    Markdown,
    /// Plain text for portfolio boxes.
    Text,
    /// For other programs.
    Json,
}

impl Format {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Format; 5] =
        [Format::Pdf, Format::Docx, Format::Markdown, Format::Text, Format::Json];

    /// The ending of the file name, without its dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Markdown => "md",
            Format::Text => "txt",
            Format::Json => "json",
        }
    }

    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            Format::Pdf => "PDF",
            Format::Docx => "Word",
            Format::Markdown => "Markdown",
            Format::Text => "Plain text",
            Format::Json => "JSON",
        }
    }
}

/// Makes the bytes of a file from a summary. The same summary gives the same bytes: the date in
/// the file is the day the summary was made ([`summary::Facts::made_on`]), not the clock's.
///
/// # Errors
/// The file could not be made; nothing was written anywhere.
pub fn render(summary: &Summary, format: Format) -> Result<Vec<u8>, ExportError> {
    render_by(summary, format, None)
}

/// The same, where it is a PDF by a layout of one's own.
///
/// # Errors
/// As [`render`]; and where the layout is at fault, in which line.
pub fn render_by(
    summary: &Summary,
    format: Format,
    layout: Option<&pdf::Layout>,
) -> Result<Vec<u8>, ExportError> {
    let made_on = summary.facts.made_on;
    match (format, layout) {
        (Format::Json, _) => json::render(summary),
        (Format::Pdf, Some(layout)) => {
            let press = pdf::Press { layout: layout.clone(), ..pdf::Press::default() };
            press.pdf(&Sheet::new(summary), made_on)
        }
        _ => render_sheet(&Sheet::new(summary), format, made_on),
    }
}

/// Makes the bytes of a file from any page. A page alone has no form of its own for other
/// programs: as JSON it is the plain text.
///
/// # Errors
/// As [`render`].
pub fn render_sheet(sheet: &Sheet, format: Format, made_on: Date) -> Result<Vec<u8>, ExportError> {
    match format {
        Format::Pdf => pdf::render_sheet(sheet, made_on),
        Format::Docx => docx::render(sheet, made_on),
        Format::Markdown => Ok(markdown::of(sheet).into_bytes()),
        Format::Text | Format::Json => Ok(text::of(sheet).into_bytes()),
    }
}

/// A name for the file, which names nobody: "ARCP summary 2026-11-21.pdf". It is seen by whoever
/// sees the folder or the mail, long after what is in it was meant for them.
pub fn file_name(summary: &Summary, format: Format) -> String {
    format!("ARCP summary {}.{}", summary.facts.made_on, format.extension())
}

/// A name for a file from words, with `tail` at its end. It holds only letters, digits, spaces,
/// hyphens, full stops and apostrophes, which every file system takes, and is at most 120 bytes
/// long.
pub fn plain_name<'a>(words: impl Iterator<Item = &'a str>, tail: &str) -> String {
    let mut name = String::new();
    for word in words.flat_map(name_words) {
        if name.len() + 1 + word.len() + tail.len() > NAME_BYTES {
            break;
        }
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(&word);
    }
    name + tail
}

/// The words of a name, each with only the letters, digits, hyphens and apostrophes it has.
fn name_words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, '/' | '\\' | ':' | '|'));
    let plain = |word: &str| -> String {
        word.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')).collect()
    };
    words.map(plain).filter(|word| !word.is_empty()).collect()
}

/// Whether words are read from right to left: their first letter says so.
fn is_right_to_left(words: &str) -> bool {
    let letter = words.chars().find(|c| c.is_alphabetic());
    letter.is_some_and(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}
