//! The library as a whole: templates, modules and lists, and how they hang together.

use std::fmt;

use super::aims::{AIMS, Aim};
use super::error::{FileError, Problem, Sort};
use super::{
    Module, ReferenceList, built_in, file, read_cycle, read_list, read_module, read_template,
};
use crate::model::cycle::Cycle;
use crate::model::{PromptKind, Template};

/// The templates, modules and lists at hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Library {
    pub(super) templates: Vec<Template>,
    pub(super) modules: Vec<Module>,
    pub(super) lists: Vec<ReferenceList>,
    pub(super) cycles: Vec<Cycle>,
}

/// What serves an aim or a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage<'a> {
    /// The aim.
    pub aim: Aim,
    /// The templates that name it.
    pub templates: Vec<&'a Template>,
    /// The modules that serve it.
    pub modules: Vec<&'a Module>,
}

/// Something wrong between files: one names what is not there, or two have one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What the file holds.
    pub sort: Sort,
    /// The id of what is in it.
    pub id: String,
    /// The place and the mend.
    pub problem: Problem,
}

impl Fault {
    /// The file, as it lies in the library's folders.
    pub fn file(&self) -> String {
        match self.sort {
            Sort::Template => format!("templates/{}.json", self.id),
            Sort::Module => format!("modules/{}.md", self.id),
            Sort::List => format!("lists/{}.json", self.id),
            Sort::Cycle => format!("cycles/{}.json", self.id),
            Sort::Pack => self.id.clone(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}. {}", self.file(), self.problem)
    }
}

impl Library {
    /// What comes with Cairn.
    ///
    /// # Errors
    /// A built-in file breaks a rule; a test keeps that from happening in a released build.
    pub fn built_in() -> Result<Library, FileError> {
        let library = Library {
            templates: read_all(built_in::TEMPLATES, read_template)?,
            modules: read_all(built_in::MODULES, read_module)?,
            lists: read_all(built_in::LISTS, read_list)?,
            cycles: read_all(built_in::CYCLES, read_cycle)?,
        };
        if let Some(fault) = library.faults().into_iter().next() {
            file::unless(fault.sort, &fault.file(), vec![fault.problem])?;
        }
        Ok(library)
    }

    /// A library of these, in their order. What is wrong between them is told by
    /// [`Library::faults`].
    pub fn new(
        templates: Vec<Template>,
        modules: Vec<Module>,
        lists: Vec<ReferenceList>,
    ) -> Library {
        Library { templates, modules, lists, cycles: Vec::new() }
    }

    /// The template with this id.
    pub fn get(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }

    /// Whether one of its templates asks a question in these very words.
    pub fn asks(&self, words: &str) -> bool {
        let sections = self.templates.iter().flat_map(|template| &template.sections);
        sections.flat_map(|section| &section.prompts).any(|prompt| prompt.text == words)
    }

    /// The module with this id.
    pub fn module(&self, id: &str) -> Option<&Module> {
        self.modules.iter().find(|module| module.id == id)
    }

    /// The list with this id.
    pub fn list(&self, id: &str) -> Option<&ReferenceList> {
        self.lists.iter().find(|list| list.id == id)
    }

    /// All templates, in the order of the library.
    pub fn templates(&self) -> &[Template] {
        &self.templates
    }

    /// All learning modules, in the order of the aims.
    pub fn modules(&self) -> &[Module] {
        &self.modules
    }

    /// All lists, to choose from and to look up.
    pub fn lists(&self) -> &[ReferenceList] {
        &self.lists
    }

    /// Puts a list in the place of the one with its id. Says whether there was one.
    pub fn replace_list(&mut self, list: ReferenceList) -> bool {
        let found = self.lists.iter_mut().find(|known| known.id == list.id);
        found.map(|known| *known = list).is_some()
    }

    /// Every moment in which someone would look for a template, as said aloud.
    pub fn moments(&self) -> impl Iterator<Item = (&str, &Template)> {
        self.templates.iter().flat_map(|template| {
            template.moments.iter().map(move |moment| (moment.as_str(), template))
        })
    }

    /// The modules that a template belongs to.
    pub fn modules_with(&self, template: &str) -> impl Iterator<Item = &Module> {
        self.modules.iter().filter(move |module| module.templates.iter().any(|id| id == template))
    }

    /// For each aim and programme what serves it, in their order.
    pub fn coverage(&self) -> Vec<Coverage<'_>> {
        let serves = |aim: Aim| Coverage {
            aim,
            templates: self
                .templates
                .iter()
                .filter(|template| template.aims.iter().any(|code| code == aim.code))
                .collect(),
            modules: self.modules.iter().filter(|module| module.serves == aim.code).collect(),
        };
        AIMS.into_iter().map(serves).collect()
    }

    /// All that is wrong between the files.
    pub fn faults(&self) -> Vec<Fault> {
        let templates = self.templates.iter().map(|template| template.id.as_str());
        let modules = self.modules.iter().map(|module| module.id.as_str());
        let lists = self.lists.iter().map(|list| list.id.as_str());
        let mut faults = twice(Sort::Template, templates);
        faults.extend(self.templates.iter().flat_map(|template| self.missing_lists(template)));
        faults.extend(twice(Sort::Module, modules));
        faults.extend(self.modules.iter().flat_map(|module| self.missing_templates(module)));
        faults.extend(twice(Sort::List, lists));
        faults.extend(twice(Sort::Cycle, self.cycles.iter().map(|cycle| cycle.id.as_str())));
        faults.extend(self.cycles.iter().flat_map(|cycle| self.missing_in(cycle)));
        faults
    }

    fn missing_in(&self, cycle: &Cycle) -> Vec<Fault> {
        let named = cycle
            .meetings
            .iter()
            .flat_map(|meeting| meeting.templates.iter().map(move |template| (meeting, template)));
        named
            .filter(|(_, template)| self.get(template).is_none())
            .map(|(meeting, template)| {
                let what = format!("there is no template “{template}”. Name one that is here.");
                fault(Sort::Cycle, &cycle.id, &format!("The meeting “{}”", meeting.code), what)
            })
            .collect()
    }

    fn missing_lists(&self, template: &Template) -> Vec<Fault> {
        let prompts = template.sections.iter().flat_map(|section| &section.prompts);
        let missing = prompts.filter_map(|prompt| match &prompt.kind {
            PromptKind::Capability { list } if self.list(list).is_none() => Some((prompt, list)),
            _ => None,
        });
        missing
            .map(|(prompt, list)| {
                let what = format!("there is no list “{list}”. Name one that is in the library.");
                fault(Sort::Template, &template.id, &format!("Prompt “{}”", prompt.id), what)
            })
            .collect()
    }

    fn missing_templates(&self, module: &Module) -> Vec<Fault> {
        let missing = module.templates.iter().filter(|id| self.get(id).is_none());
        missing
            .map(|id| {
                let what = format!("there is no template “{id}”. Take it out, or mend its name.");
                fault(Sort::Module, &module.id, "“templates”", what)
            })
            .collect()
    }
}

fn read_all<T>(
    files: &[(&str, &str)],
    read: fn(&str, &[u8]) -> Result<T, FileError>,
) -> Result<Vec<T>, FileError> {
    files.iter().map(|(name, text)| read(name, text.as_bytes())).collect()
}

fn twice<'a>(sort: Sort, ids: impl Iterator<Item = &'a str>) -> Vec<Fault> {
    let mut seen: Vec<&str> = Vec::new();
    let mut faults = Vec::new();
    for id in ids {
        if seen.contains(&id) {
            let what = format!("another {sort} has this id. Choose another.");
            faults.push(fault(sort, id, file::whole(sort), what));
        }
        seen.push(id);
    }
    faults
}

fn fault(sort: Sort, id: &str, place: &str, what: String) -> Fault {
    Fault { sort, id: id.to_owned(), problem: Problem { place: place.to_owned(), what } }
}
