//! Pages as tagged PDF (PDF/UA-1 and PDF/A-2a). The only file that names typst.
//!
//! The layouts (`assets/typst`) and the measures (`assets/tokens.json`) come
//! with the program. The words reach it as the values of a JSON file, so nothing a person wrote
//! is ever read as markup. There is no file system, no system font, no package, no network and
//! no clock behind it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::blank::{Blank, WalletCard, WorkshopSheet};
use super::error::PdfStep;
use super::sheet::Sheet;
use super::{ExportError, Summary};
use crate::model::text::month;

const SUMMARY: &str = include_str!("../../assets/typst/arcp-summary.typ");
const BLANK: &str = include_str!("../../assets/typst/blank.typ");
const WORKSHOP: &str = include_str!("../../assets/typst/workshop.typ");
const CARD: &str = include_str!("../../assets/typst/card.typ");
/// What the layouts share.
const BASE: &str = include_str!("../../assets/typst/base.typ");
const TOKENS: &[u8] = include_bytes!("../../assets/tokens.json");
const FACES: [&[u8]; 5] = [
    include_bytes!("../../assets/fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    include_bytes!("../../assets/fonts/AtkinsonHyperlegibleNext-SemiBold.ttf"),
    include_bytes!("../../assets/fonts/AtkinsonHyperlegibleNext-Bold.ttf"),
    // For the letters of Yoruba, Hausa, Vietnamese and other names that the first lacks.
    include_bytes!("../../assets/fonts/NotoSansLatinExtended-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansLatinExtended-SemiBold.ttf"),
];

/// Stands for a character that the faces lack and that has no simpler form.
const MISSING: char = '?';

/// A word longer than this may be broken anywhere, or it would run off the page.
const LONGEST_WORD: usize = 40;

/// What never changes between two pages. Each source keeps one identity: the compiler has
/// room for 65,535 of them in the life of a process.
static FIXED: LazyLock<Fixed> = LazyLock::new(|| {
    let fonts: Vec<Font> =
        FACES.iter().filter_map(|face| Font::new(Bytes::new(*face), 0)).collect();
    Fixed {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        summary: Source::detached(SUMMARY),
        blank: Source::detached(BLANK),
        card: Source::detached(CARD),
        workshop: Source::detached(WORKSHOP),
    }
});

struct Fixed {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    summary: Source,
    blank: Source,
    card: Source,
    workshop: Source,
}

/// The whole world that the layout can see: itself, the measures and the words.
struct Desk {
    layout: &'static Source,
    words: Bytes,
    made_on: Option<Datetime>,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &FIXED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FIXED.book
    }

    fn main(&self) -> FileId {
        self.layout.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.layout.id() {
            return Ok(self.layout.clone());
        }
        match id.vpath().get_without_slash() {
            "base.typ" => Ok(Source::new(id, BASE.to_owned())),
            _ => Err(absent(id)),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match id.vpath().get_without_slash() {
            "words.json" => Ok(self.words.clone()),
            "tokens.json" => Ok(Bytes::new(TOKENS)),
            _ => Err(absent(id)),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FIXED.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.made_on
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.vpath().get_without_slash()))
}

/// The bytes of the PDF.
///
/// # Errors
/// The page could not be laid out or does not keep to its standards.
pub fn render(summary: &Summary) -> Result<Vec<u8>, ExportError> {
    render_sheet(&Sheet::new(summary), summary.facts.made_on)
}

/// Any page of words in the layout of the summary.
///
/// # Errors
/// As [`render`].
pub fn render_sheet(sheet: &Sheet, made_on: Date) -> Result<Vec<u8>, ExportError> {
    set(&FIXED.summary, &fitted(sheet), made_on)
}

/// A template on paper, with room to write.
///
/// # Errors
/// As [`render`].
pub fn render_blank(blank: &Blank, made_on: Date) -> Result<Vec<u8>, ExportError> {
    set(&FIXED.blank, &fitted(blank), made_on)
}

/// A card for the wallet, 86 by 54 millimetres.
///
/// # Errors
/// As [`render`].
pub fn render_card(card: &WalletCard, made_on: Date) -> Result<Vec<u8>, ExportError> {
    set(&FIXED.card, &fitted(card), made_on)
}

/// The exercise of a module, for whoever leads the workshop.
///
/// # Errors
/// As [`render`].
pub fn render_workshop(sheet: &WorkshopSheet, made_on: Date) -> Result<Vec<u8>, ExportError> {
    set(&FIXED.workshop, &fitted(sheet), made_on)
}

fn set(layout: &'static Source, words: &Value, made_on: Date) -> Result<Vec<u8>, ExportError> {
    let words = Bytes::from_string(words.to_string());
    let bytes = typeset(&Desk { layout, words, made_on: datetime(made_on) });
    // The compiler remembers what it has set, and that is what people wrote.
    typst::comemo::evict(0);
    bytes
}

fn typeset(desk: &Desk) -> Result<Vec<u8>, ExportError> {
    let stopped = |step, problems| ExportError::Pdf { step, problems };
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
        .map_err(|_| stopped(PdfStep::Prepare, 1))?;
    let document =
        typst::compile(desk).output.map_err(|list| stopped(PdfStep::Layout, list.len()))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some(format!("Cairn {}", env!("CARGO_PKG_VERSION")))),
        timestamp: desk.made_on.map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|list| stopped(PdfStep::Write, list.len()))
}

/// The characters of a summary that the faces of the PDF lack, in order. The PDF shows a simpler
/// letter or a question mark for each; the person should know before it leaves.
pub fn missing_characters(summary: &Summary) -> Vec<char> {
    missing_in(&Sheet::new(summary))
}

/// The same of any page.
pub fn missing_in(sheet: &Sheet) -> Vec<char> {
    let mut missing = BTreeSet::new();
    // A sheet is strings and lists of strings: writing it as a value meets no error.
    let mut words = serde_json::to_value(sheet).unwrap_or_default();
    fit_all(&mut words, &mut missing);
    missing.into_iter().collect()
}

/// The words as the layout receives them: the values of JSON, fitted to the faces.
pub fn words(summary: &Summary) -> Value {
    fitted(&Sheet::new(summary))
}

fn fitted(words: &impl Serialize) -> Value {
    // Pages are strings, numbers and lists of them: writing one as a value meets no error.
    let mut words = serde_json::to_value(words).unwrap_or_default();
    fit_all(&mut words, &mut BTreeSet::new());
    words
}

fn fit_all(value: &mut Value, missing: &mut BTreeSet<char>) {
    match value {
        Value::String(text) => *text = breakable(&bind_dates(&fit(text, missing))),
        Value::Array(list) => list.iter_mut().for_each(|item| fit_all(item, missing)),
        Value::Object(map) => map.values_mut().for_each(|item| fit_all(item, missing)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The family that stands in where the first has no letter (`ours` in the layout).
const STAND_IN: &str = "Noto Sans";

/// Whether a family has the character. The faces of a family have the same ones.
fn family_has(stand_in: bool, c: char) -> bool {
    FIXED
        .fonts
        .iter()
        .map(Font::info)
        .filter(|info| (info.family == STAND_IN) == stand_in)
        .any(|info| info.coverage.contains(u32::from(c)))
}

/// Whether there is a glyph for the character.
fn has(c: char) -> bool {
    family_has(false, c) || family_has(true, c)
}

/// The text with only characters that the faces have: PDF/UA-1 allows no missing glyph.
fn fit(text: &str, missing: &mut BTreeSet<char>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_combining_mark(c) {
            // A letter and its marks come from one face. Without one that has both, the
            // letter would be lost with the mark.
            let letter = out.chars().rfind(|c| !is_combining_mark(*c)).unwrap_or(' ');
            if [false, true]
                .iter()
                .any(|stand_in| family_has(*stand_in, c) && family_has(*stand_in, letter))
            {
                out.push(c);
            } else {
                missing.insert(c);
            }
        } else if has(c) {
            out.push(c);
        } else if c.is_whitespace() {
            out.push(' ');
        } else if matches!(c, '\u{2010}' | '\u{2011}') {
            out.push('-');
        } else if !is_joiner(c) {
            simplify(c, &mut out, missing);
        }
    }
    out
}

/// Joiners and variation selectors: they change the look of their neighbours and have none.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Writes the nearest form that the faces have.
fn simplify(c: char, out: &mut String, missing: &mut BTreeSet<char>) {
    let same: String = std::iter::once(c).nfkd().collect();
    if same.chars().all(has) {
        out.push_str(&same);
        return;
    }
    missing.insert(c);
    let letters: String = same.chars().filter(|part| has(*part)).collect();
    if letters.starts_with(char::is_alphanumeric) {
        out.push_str(&letters);
    } else {
        out.push(MISSING);
    }
}

/// The text with no-break spaces inside dates like "6 August 2026" that people typed.
fn bind_dates(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut out = String::with_capacity(text.len());
    for (at, word) in words.iter().enumerate() {
        out.push_str(word);
        let Some(next) = words.get(at + 1) else { break };
        let day_before = at.checked_sub(1).and_then(|before| words.get(before));
        let inside = is_day(word) && is_month(next)
            || is_month(word) && is_year(next) && day_before.is_some_and(|day| is_day(day));
        out.push(if inside { '\u{a0}' } else { ' ' });
    }
    out
}

fn is_day(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    matches!(digits.parse::<u8>(), Ok(1..=31))
}

fn is_month(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.', ';']).to_lowercase();
    word.len() >= 3 && (1..=12).any(|number| month(number).to_lowercase().starts_with(&word))
}

fn is_year(word: &str) -> bool {
    let year = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())
}

/// The text with places to break inside words that no column could hold.
fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut length = 0;
    for c in text.chars() {
        length = if c == ' ' || c == '\u{a0}' { 0 } else { length + 1 };
        if length > LONGEST_WORD {
            out.push('\u{200b}');
            length = 1;
        }
        out.push(c);
    }
    out
}

fn datetime(day: Date) -> Option<Datetime> {
    let month = u8::try_from(day.month()).ok()?;
    let day_of_month = u8::try_from(day.day()).ok()?;
    Datetime::from_ymd_hms(i32::from(day.year()), month, day_of_month, 0, 0, 0)
}
