//! Making a pack of what was chosen from the library.

use super::read_pack;
use crate::library::own::name_lists;
use crate::library::{FileError, Library};
use crate::model::own::OWN;
use crate::model::{Extra, Pack, PackModule, PromptKind, ReferenceList, Template};

/// What a pack says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names of `Pack`")]
pub struct Head {
    pub id: String,
    pub version: u32,
    pub title: String,
    pub about: String,
    pub by: String,
    pub licence: String,
}

/// Why no pack could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Nothing in the library has this id.
    #[error("There is no template, module or list {0}. No pack was made. Check its id.")]
    Missing(String),
    /// More than one thing has this id.
    #[error(
        "{0} is the id of more than one thing. No pack was made. Say which: template:{0}, \
         module:{0} or list:{0}."
    )]
    Several(String),
    /// Two lists would have the same name in the pack.
    #[error(
        "Two different lists called {0} would go into this pack. No pack was made. Leave out one \
         of the templates that ask from them, or make two packs."
    )]
    SameName(String),
    /// What was chosen breaks a rule of packs.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Makes a pack of what is chosen by its ids in `library`; lists that its templates need, and
/// that do not come with Cairn, go with them. `template:`, `module:` or `list:` before an id says
/// which of several is meant.
///
/// # Errors
/// See [`PackError`]. The pack is checked as if it came from somebody else.
pub fn make_pack(
    library: &Library,
    built_in: &Library,
    head: Head,
    ids: &[String],
) -> Result<Pack, PackError> {
    let mut pack = Pack {
        format: Pack::FORMAT,
        id: head.id,
        version: head.version,
        title: head.title,
        about: head.about,
        by: head.by,
        licence: head.licence,
        ..Pack::default()
    };
    for id in ids {
        add(&mut pack, library, id)?;
    }
    let needed: Vec<String> = pack.templates.iter().flat_map(needed_lists).collect();
    for id in needed.iter().filter(|id| id.contains('/')) {
        let Some(list) = library.list(id).map(unplaced_list) else { continue };
        match pack.lists.iter().find(|held| held.id == list.id) {
            None => pack.lists.push(list),
            Some(held) if *held == list => {}
            Some(_) => return Err(PackError::SameName(list.id)),
        }
    }
    for template in &mut pack.templates {
        name_lists(template, |list| list.contains('/').then(|| local(list).to_owned()));
    }
    let name = pack.title.clone();
    Ok(read_pack(&name, write_pack(&pack).as_bytes(), built_in)?)
}

/// The text of a pack file.
pub fn write_pack(pack: &Pack) -> String {
    // Texts, whole numbers and lists of them: writing it meets no error.
    let mut text = serde_json::to_string_pretty(pack).unwrap_or_default();
    text.push('\n');
    text
}

fn add(pack: &mut Pack, library: &Library, wanted: &str) -> Result<(), PackError> {
    let (sort, id) = match wanted.split_once(':') {
        Some((sort, id)) => (Some(sort), id),
        None => (None, wanted),
    };
    let is = |word: &str| sort.is_none_or(|sort| sort == word);
    let template = library.get(id).filter(|_| is("template"));
    let module = library.module(id).filter(|_| is("module"));
    let list = library.list(id).filter(|_| is("list"));
    match (template, module, list) {
        (Some(template), None, None) => {
            let id = own_name(template, pack);
            pack.templates.push(Template { id, extra: Extra::new(), ..template.clone() });
        }
        (None, Some(module), None) => pack.modules.push(PackModule {
            name: format!("{}.md", local(&module.id)),
            text: module.text.clone(),
        }),
        (None, None, Some(list)) => pack.lists.push(unplaced_list(list)),
        (None, None, None) => return Err(PackError::Missing(wanted.to_owned())),
        _ => return Err(PackError::Several(id.to_owned())),
    }
    Ok(())
}

/// What an id is without the name of the pack before it.
fn local(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// The id of a template in a pack. A template of one's own is known by its record, which says
/// nothing to others: there its title gives the name.
fn own_name(template: &Template, pack: &Pack) -> String {
    if !template.id.starts_with(&format!("{OWN}/")) {
        return local(&template.id).to_owned();
    }
    let name = short_name(&template.title);
    let name = if name.is_empty() { "template".to_owned() } else { name };
    let free = |id: &String| pack.templates.iter().all(|known| known.id != *id);
    let numbered = (2..).map(|n| format!("{name}-{n}"));
    std::iter::once(name.clone()).chain(numbered).find(free).unwrap_or(name)
}

/// A short name from a title: its letters and digits, with hyphens between the words.
pub fn short_name(title: &str) -> String {
    let letters = title.to_lowercase();
    let words = letters.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

fn unplaced_list(list: &ReferenceList) -> ReferenceList {
    ReferenceList { id: local(&list.id).to_owned(), removed: None, ..list.clone() }
}

fn needed_lists(template: &Template) -> Vec<String> {
    let prompts = template.sections.iter().flat_map(|section| &section.prompts);
    prompts
        .filter_map(|prompt| match &prompt.kind {
            PromptKind::Capability { list } => Some(list.clone()),
            _ => None,
        })
        .collect()
}
