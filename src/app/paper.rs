//! The library on paper: a sheet to write on, a card for the wallet, the exercise of a workshop.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::notice::Notice;
use crate::export::blank::{Blank, WalletCard, WorkshopSheet, WorkshopStep};
use crate::export::{ExportError, pdf, plain_name};
use crate::library::{Library, Module, emphasis};
use crate::model::session::Role;
use crate::model::text::count;
use crate::model::{Layer, Template};

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperAction {
    /// Show the form for printing this; a card at once, where that is meant.
    Ask(PaperOf, Kind),
    /// Put the form away.
    PutAway,
    /// Ask in the desktop's own dialog where to write the file.
    Choose,
    /// Write the file that is typed.
    Save,
}

/// What is printed, by its id in the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperOf {
    /// A template.
    Template(String),
    /// A module.
    Module(String),
}

/// On which paper.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A4: a template with room to write, or the exercise of a module.
    #[default]
    Sheet,
    /// A card of 86 by 54 millimetres.
    Card,
}

/// The form while it is shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Printing {
    /// What is printed.
    pub of: PaperOf,
    /// Whether the desktop's dialog for the file is open.
    pub asking: bool,
    /// Whether the file is being written.
    pub busy: bool,
    /// What did not work.
    pub notice: Option<Notice>,
}

/// What is typed and chosen in the form.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct PrintForm {
    /// On which paper.
    pub kind: Kind,
    /// Whether the questions go along that only the owner of the record answers.
    pub private: bool,
    /// The file, as typed or chosen.
    pub path: String,
    /// The file that was offered: it changes with the paper while nobody typed another.
    pub offered: String,
    /// The file that the desktop's dialog has asked about, if it was there already.
    pub asked_about: Option<PathBuf>,
}

impl PrintForm {
    /// Offers a file for the paper that is chosen, unless another was typed.
    pub fn offer(&mut self, documents: &Path, title: &str) {
        let tail = match self.kind {
            Kind::Sheet => " sheet.pdf",
            Kind::Card => " card.pdf",
        };
        let file = documents.join(plain_name(title.split_whitespace(), tail));
        let file = file.to_string_lossy().into_owned();
        if self.path == self.offered {
            self.path.clone_from(&file);
        }
        self.offered = file;
    }
}

/// A page with its words, ready to be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// A template with room to write.
    Blank(Box<Blank>),
    /// A card.
    Card(Box<WalletCard>),
    /// The exercise of a workshop.
    Workshop(Box<WorkshopSheet>),
}

impl Page {
    /// What the form asks for; nothing when it is no longer in the library.
    pub fn of(library: &Library, of: &PaperOf, form: &PrintForm, role: Role) -> Option<Page> {
        Some(match (of, form.kind) {
            (PaperOf::Template(id), kind) => {
                let template = library.get(id)?;
                let asked = asked_of(template, role, form.private);
                match kind {
                    Kind::Sheet => {
                        Page::Blank(Box::new(Blank::new(&asked, |list| library.list(list))))
                    }
                    Kind::Card => Page::Card(Box::new(WalletCard::of(&asked))),
                }
            }
            (PaperOf::Module(id), Kind::Sheet) => {
                Page::Workshop(Box::new(workshop(library.module(id)?)))
            }
            (PaperOf::Module(id), Kind::Card) => Page::Card(Box::new(card(library.module(id)?))),
        })
    }

    /// The bytes of the PDF.
    ///
    /// # Errors
    /// The page could not be laid out.
    pub fn render(&self, made_on: Date) -> Result<Vec<u8>, ExportError> {
        match self {
            Page::Blank(page) => pdf::render_blank(page, made_on),
            Page::Card(page) => pdf::render_card(page, made_on),
            Page::Workshop(page) => pdf::render_workshop(page, made_on),
        }
    }
}

/// What it is called, if it is in the library.
pub fn title<'a>(library: &'a Library, of: &PaperOf) -> Option<&'a str> {
    match of {
        PaperOf::Template(id) => library.get(id).map(|template| template.title.as_str()),
        PaperOf::Module(id) => library.module(id).map(|module| module.title.as_str()),
    }
}

/// How many questions of a template the owner of the record alone answers, where there are
/// others that both do: only then there is a choice to leave them out.
pub fn private_questions(template: &Template, role: Role) -> usize {
    let layers = template.sections.iter().flat_map(|section| &section.prompts);
    let layers: Vec<Option<Layer>> = layers.map(|prompt| prompt.layer.for_role(role)).collect();
    if !layers.contains(&Some(Layer::Shared)) {
        return 0;
    }
    layers.iter().filter(|layer| **layer == Some(Layer::Private)).count()
}

/// The template with what stands on paper: what both answer, and where it is wanted what the
/// owner of the record alone does. What one writes alone is printed whole.
fn asked_of(template: &Template, role: Role, private: bool) -> Template {
    let wanted = |layer: Option<Layer>| layer == Some(Layer::Shared) || private && layer.is_some();
    let for_both = template.asking(|layer| wanted(layer.for_role(role)));
    let for_one = || template.asking(|layer| layer.for_role(role).is_some());
    for_both.or_else(for_one).unwrap_or_else(|| template.clone())
}

/// The card of a module.
pub fn card(module: &Module) -> WalletCard {
    WalletCard::numbered(&module.card.title, &module.card.lines)
}

/// The exercise of a module.
pub fn workshop(module: &Module) -> WorkshopSheet {
    let runs = |words: &str| -> Vec<(bool, String)> {
        emphasis(words).map(|(heavier, run)| (heavier, run.to_owned())).collect()
    };
    let steps = module.workshop.steps.iter().map(|step| WorkshopStep {
        title: step.title.clone(),
        minutes: step.minutes,
        words: runs(&step.words),
    });
    let minutes = count(usize::from(module.workshop.minutes()), "minute");
    WorkshopSheet {
        title: format!("{}: an exercise for a workshop", module.title),
        facts: format!("{minutes}. {} people a group.", module.group),
        intro: runs(&module.workshop.intro),
        steps: steps.collect(),
        foot: format!("{}, version {}. No patient details.", module.title, module.version),
    }
}
