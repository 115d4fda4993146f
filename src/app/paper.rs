//! The library on paper: a sheet to write on, a card for the wallet, the exercise of a workshop.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::notice::Notice;
use crate::export::blank::{Blank, WalletCard, WorkshopSheet, WorkshopStep};
use crate::export::{ExportError, pdf, plain_name};
use crate::library::{Library, Module, emphasis};
use crate::model::session::Role;
use crate::model::text::count;
use crate::model::{Layer, PromptLayer, Template};

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

/// For whom a template is printed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// For the table between two people: what both answer, and nothing else.
    #[default]
    Table,
    /// For whoever asks alone: also what they answer by themselves, words to borrow, and what to
    /// do when the talk turns into something else.
    Me,
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
    /// For whom it is.
    pub whom: Whom,
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
                let layer = |layer: PromptLayer| layer.for_role(role);
                match kind {
                    Kind::Sheet => {
                        Page::Blank(Box::new(sheet(library, template, form.whom, layer)))
                    }
                    Kind::Card => Page::Card(Box::new(pocket(template, layer))),
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

/// Whether there is something that both answer, so that a template can lie between two people.
pub fn is_for_two(template: &Template, role: Role) -> bool {
    let mut prompts = template.sections.iter().flat_map(|section| &section.prompts);
    prompts.any(|prompt| prompt.layer.for_role(role) == Some(Layer::Shared))
}

/// A template with room to write. `layer` says in which layer a prompt's answer lies for whoever
/// prints it, if they are asked it at all. What one writes alone is printed whole.
pub fn sheet(
    library: &Library,
    template: &Template,
    whom: Whom,
    layer: impl Fn(PromptLayer) -> Option<Layer>,
) -> Blank {
    let blank = |asked: &Template| Blank::new(asked, |list| library.list(list));
    let for_both = template.asking(|it| layer(it) == Some(Layer::Shared));
    if let (Whom::Table, Some(mut asked)) = (whom, for_both) {
        // Written for the one who leads the talk, about the other.
        asked.if_it_turns.clear();
        let prompts = asked.sections.iter_mut().flat_map(|section| &mut section.prompts);
        prompts.for_each(|prompt| prompt.phrases.clear());
        return blank(&asked);
    }
    let asked = template.asking(|it| layer(it).is_some());
    blank(asked.as_ref().unwrap_or(template))
}

/// A card of a template, which may be seen: only what both answer, where there is such.
pub fn pocket(template: &Template, layer: impl Fn(PromptLayer) -> Option<Layer>) -> WalletCard {
    let for_both = template.asking(|it| layer(it) == Some(Layer::Shared));
    WalletCard::of(for_both.as_ref().unwrap_or(template))
}

/// Every layer as it is for somebody who answers everything: for printing without a record.
pub const fn anybody(layer: PromptLayer) -> Option<Layer> {
    match layer {
        PromptLayer::Shared => Some(Layer::Shared),
        PromptLayer::Private | PromptLayer::Supervisor | PromptLayer::Doctor => {
            Some(Layer::Private)
        }
    }
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
        title: module.title.clone(),
        facts: format!("Exercise for a workshop. {minutes}. {} people a group.", module.group),
        intro: runs(&module.workshop.intro),
        steps: steps.collect(),
        foot: format!("{}, version {}. No patient details.", module.title, module.version),
    }
}
