//! All that a layout can see, and the setting of a page by it.

use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration as Offset, Smart};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::faces::Faces;
use super::layout::Layout;
use crate::export::ExportError;
use crate::export::error::PdfStep;

/// What the layouts share.
const BASE: &str = include_str!("../../../assets/typst/base.typ");
const TOKENS: &[u8] = include_bytes!("../../../assets/tokens.json");

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The whole world of a page: its layout, the measures, the words and the faces.
pub(super) struct Desk {
    pub(super) layout: Layout,
    pub(super) words: Bytes,
    pub(super) families: Bytes,
    pub(super) faces: Arc<Faces>,
    pub(super) made_on: Option<Datetime>,
}

/// What is made of a page.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted {
    /// The file.
    Pdf,
    /// Pictures with so many dots a point, and no more than so many.
    Pictures(f64, usize),
}

/// What was made.
pub(super) enum Made {
    Pdf(Vec<u8>),
    Pictures(Pages),
}

/// Pages as they look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    /// The first pages, in order.
    pub pictures: Vec<Picture>,
    /// How many pages there are in all.
    pub all: usize,
}

/// A page as it looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// How many dots wide.
    pub width: usize,
    /// How many dots high.
    pub height: usize,
    /// Red, green, blue and opacity of every dot, row by row; the page is opaque.
    pub rgba: Vec<u8>,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.faces.book
    }

    fn main(&self) -> FileId {
        self.layout.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.layout.source.id() {
            return Ok(self.layout.source.clone());
        }
        match name(id).as_deref() {
            Some("base.typ") => Ok(Source::new(id, BASE.to_owned())),
            _ => Err(absent(id)),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match name(id).as_deref() {
            Some("words.json") => Ok(self.words.clone()),
            Some("tokens.json") => Ok(Bytes::new(TOKENS)),
            Some("faces.json") => Ok(self.families.clone()),
            _ => Err(absent(id)),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.faces.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Offset>) -> Option<Datetime> {
        self.made_on
    }
}

/// The name of a file beside the layout. What is in a package is none of ours.
fn name(id: FileId) -> Option<String> {
    let of_project = matches!(id.root(), typst::syntax::VirtualRoot::Project);
    of_project.then(|| id.vpath().get_without_slash().to_owned())
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.vpath().get_without_slash()))
}

impl Desk {
    /// Sets the page. A layout of one's own gets a thread with an end to its time: nothing in it
    /// may keep the program waiting.
    pub(super) fn set(self, wanted: Wanted) -> Result<Made, ExportError> {
        let made = match self.layout.patience {
            None => self.typeset(wanted),
            Some(patience) => self.within(patience, wanted),
        };
        // The compiler remembers what it has set, and that is what people wrote.
        typst::comemo::evict(0);
        made
    }

    fn within(self, patience: Duration, wanted: Wanted) -> Result<Made, ExportError> {
        // As deep as the compiler may go into a layout.
        const STACK: usize = 32 * 1024 * 1024;
        let layout = self.layout.clone();
        layout.turn()?;
        let (sender, made) = channel();
        let setting = std::thread::Builder::new().name("layout".to_owned()).stack_size(STACK);
        let spawned = setting.spawn(move || {
            let running = super::layout::Running::begin();
            let made = self.typeset(wanted);
            drop(running);
            typst::comemo::evict(0);
            // Whoever asked may have lost patience.
            let _ = sender.send(made);
        });
        if spawned.is_err() {
            return Err(layout.fault(None, "there is no room to set it"));
        }
        match made.recv_timeout(patience) {
            Ok(made) => made,
            Err(RecvTimeoutError::Timeout) => {
                let seconds = patience.as_secs();
                Err(layout.fault(None, &format!("it did not come to an end in {seconds} seconds")))
            }
            Err(RecvTimeoutError::Disconnected) => Err(layout.fault(None, "it stopped midway")),
        }
    }

    fn typeset(&self, wanted: Wanted) -> Result<Made, ExportError> {
        let stopped = |step, problems| ExportError::Pdf { step, problems };
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
            .map_err(|_| stopped(PdfStep::Prepare, 1))?;
        let options = PdfOptions {
            creator: Smart::Custom(Some(format!("Cairn {}", env!("CARGO_PKG_VERSION")))),
            timestamp: self.made_on.map(Timestamp::new_utc),
            standards,
            ..PdfOptions::default()
        };
        let write = |document: &_| typst_pdf::pdf(document, &options);
        let set = typst::compile(self).output;
        let document = taken_by(&write, set.map_err(|list| self.fault(PdfStep::Layout, &list))?);
        if let Wanted::Pictures(scale, most) = wanted {
            let options = typst_render::RenderOptions {
                pixel_per_pt: scale.into(),
                ..typst_render::RenderOptions::default()
            };
            let picture = |page| {
                let map = typst_render::render(page, &options);
                let (width, height) = (map.width() as usize, map.height() as usize);
                Picture { width, height, rgba: map.take() }
            };
            let pages = document.pages();
            let pictures = pages.iter().take(most).map(picture).collect();
            return Ok(Made::Pictures(Pages { pictures, all: pages.len() }));
        }
        Ok(Made::Pdf(write(&document).map_err(|list| self.fault(PdfStep::Write, &list))?))
    }

    /// What stood in the way: in a layout of one's own with its line, else counted.
    fn fault(&self, step: PdfStep, list: &[SourceDiagnostic]) -> ExportError {
        let first = list.first().filter(|_| self.layout.patience.is_some());
        let Some(first) = first else {
            return ExportError::Pdf { step, problems: list.len() };
        };
        // Where the layout itself is at fault, or where it called what is.
        let spans = std::iter::once(first.span).chain(first.trace.iter().map(|it| it.span.into()));
        let here = spans.into_iter().find(|span| span.id() == Some(self.main()));
        let line = here.and_then(|span| {
            let range = self.range(span)?;
            Some(self.layout.source.lines().byte_to_line(range.start)? + 1)
        });
        self.layout.fault(line, &first.message)
    }
}

/// The same document; says of what type it is, which the compiler's own crate does not name.
fn taken_by<T, R>(_: &impl Fn(&T) -> R, document: T) -> T {
    document
}
