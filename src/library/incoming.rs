//! A file for the library, whatever it holds: read, checked, shown, and then taken in as one
//! record or not at all.

use jiff::civil::Date;
use serde_json::Value;

use super::error::{FileError, Sort};
use super::packs::{Contents, Held, read_pack};
use super::{Library, Module, file, read_list, read_list_csv, read_module, read_template};
use crate::model::{Body, Id, Own, Pack, ReferenceList, Template};

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each holds the type of its name")]
pub enum Incoming {
    Template(Box<Template>),
    Module(Box<Module>),
    List(Box<ReferenceList>),
    Pack(Box<Pack>),
}

/// Reads a file by the end of its name and by what it says of itself: a module is Markdown, a
/// list CSV or JSON, a template and a pack JSON. A CSV file stands for the list `instead_of`,
/// from `today` on.
///
/// # Errors
/// It breaks a rule of its sort, or names what is neither in it nor in Cairn.
pub fn read_incoming(
    name: &str,
    bytes: &[u8],
    built_in: &Library,
    instead_of: Option<&ReferenceList>,
    today: Date,
) -> Result<Incoming, FileError> {
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    match end.as_deref() {
        Some("md") => {
            let module = read_module(name, bytes)?;
            let whole = Library::new(built_in.templates.clone(), vec![module.clone()], Vec::new());
            hangs_together(Sort::Module, name, &whole)?;
            Ok(Incoming::Module(Box::new(module)))
        }
        Some("csv") => {
            // Its rules are the same for whichever list.
            let Some(list) = instead_of.or_else(|| built_in.lists.first()) else {
                return Err(FileError::TooMuch { sort: Sort::List, name: name.to_owned() });
            };
            read_list_csv(name, bytes, list, today).map(|list| Incoming::List(Box::new(list)))
        }
        _ => read_json(name, bytes, built_in),
    }
}

fn read_json(name: &str, bytes: &[u8], built_in: &Library) -> Result<Incoming, FileError> {
    let value = file::json(Sort::Template, name, bytes)?;
    let has = |key: &str| value.get(key).is_some_and(|value| *value != Value::Null);
    if has("cairn_pack") {
        return read_pack(name, bytes, built_in).map(|pack| Incoming::Pack(Box::new(pack)));
    }
    if has("items") && !has("sections") {
        return read_list(name, bytes).map(|list| Incoming::List(Box::new(list)));
    }
    let template = read_template(name, bytes)?;
    let whole = Library::new(vec![template.clone()], Vec::new(), built_in.lists.clone());
    hangs_together(Sort::Template, name, &whole)?;
    Ok(Incoming::Template(Box::new(template)))
}

fn hangs_together(sort: Sort, name: &str, library: &Library) -> Result<(), FileError> {
    let faults = library.faults().into_iter().filter(|fault| fault.sort == sort);
    file::unless(sort, name, faults.map(|fault| fault.problem).collect())
}

/// What was read and checked, before it is taken in.
#[derive(Debug, Clone, PartialEq)]
pub struct Staged {
    body: Body,
    contents: Contents,
    /// The record of the same thing, which this one goes on from.
    record: Option<Id>,
}

impl Staged {
    /// Sets what came against what is in the library already. A module by itself has no place
    /// in a record: it comes in a pack.
    pub fn new(incoming: Incoming, built_in: &Library, own: &Own) -> Option<Staged> {
        Some(match incoming {
            Incoming::Module(_) => return None,
            Incoming::Template(template) => {
                let same = |known: &Template| known.id == template.id;
                let (record, held) = known(&own.templates, own.templates(), same, |it| {
                    held(&it.title, "", it.version)
                });
                let contents = Contents::of_template(&template, held.as_ref());
                Staged { body: Body::Template(*template), contents, record }
            }
            Incoming::List(list) => {
                let same = |known: &ReferenceList| known.id == list.id;
                let (record, held) =
                    known(&own.lists, own.lists(), same, |it| held(&it.title, "", it.version));
                let contents = Contents::of_list(&list, built_in.list(&list.id), held.as_ref());
                Staged { body: Body::List(*list), contents, record }
            }
            Incoming::Pack(pack) => {
                let same = |known: &Pack| known.id == pack.id;
                let (record, held) =
                    known(&own.packs, own.packs(), same, |it| held(&it.title, &it.by, it.version));
                let contents = Contents::of(&pack, held.as_ref());
                Staged { body: Body::Pack(*pack), contents, record }
            }
        })
    }

    /// What is to be saved.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// Everything in it, in words.
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// The one record to save. `new` gives an identity where there is none yet.
    pub fn into_record(self, new: impl FnOnce() -> Id) -> (Id, Body) {
        (self.record.unwrap_or_else(new), self.body)
    }
}

fn held(title: &str, by: &str, version: u32) -> Held {
    Held { title: title.to_owned(), by: by.to_owned(), version }
}

/// The record of the same thing, one in use before one that was taken out, and what is in use.
fn known<'a, T: 'a>(
    all: &std::collections::BTreeMap<Id, T>,
    mut in_use: impl Iterator<Item = (Id, &'a T)>,
    same: impl Fn(&T) -> bool,
    held: impl Fn(&T) -> Held,
) -> (Option<Id>, Option<Held>) {
    match in_use.find(|(_, known)| same(known)) {
        Some((id, known)) => (Some(id), Some(held(known))),
        None => (all.iter().find(|(_, known)| same(known)).map(|(id, _)| *id), None),
    }
}
