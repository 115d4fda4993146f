//! Tags of a conversation: as they are kept, and what is offered while one is typed.

use crate::library::Library;
use crate::model::{Journal, clean};

/// The longest tag, in characters.
const LONGEST: usize = 80;
/// The most that are offered.
const MOST: usize = 6;
/// Lists whose entries are no capabilities.
const OTHER_LISTS: [&str; 10] = [
    "arcp-outcomes",
    "arcp-reasons",
    "exams",
    "form-r",
    "keeping",
    "ltft",
    "oop",
    "reflecting",
    "stages",
    "support-levels",
];

/// A tag as it is kept: one line in lower case. Nothing when nothing is left.
pub fn tag(typed: &str) -> Option<String> {
    let line = clean::line(typed).to_lowercase();
    let tag: String = line.trim().chars().take(LONGEST).collect();
    (!tag.is_empty()).then(|| tag.trim_end().to_owned())
}

/// What is offered for what is typed: tags of this record first, then entries of the lists of
/// capabilities; those that begin with it before those in which a word does.
pub fn offered(library: &Library, journal: &Journal, typed: &str, taken: &[String]) -> Vec<String> {
    let Some(typed) = tag(typed) else { return Vec::new() };
    let used = journal.all_held().flat_map(|(_, held)| held.session.tags.iter().cloned());
    let lists = library.lists().iter().filter(|list| !OTHER_LISTS.contains(&list.id.as_str()));
    let listed = lists.flat_map(|list| &list.items).filter_map(|item| tag(&item.title));
    let mut found: Vec<(bool, String)> = Vec::new();
    for word in used.chain(listed) {
        let begins = word.starts_with(&typed);
        let fits = begins || word.split([' ', '-', '(']).any(|part| part.starts_with(&typed));
        let known = found.iter().any(|(_, known)| *known == word);
        if fits && !known && word != typed && !taken.contains(&word) {
            found.push((!begins, word));
        }
    }
    found.sort_by_key(|(inside, _)| *inside);
    found.into_iter().map(|(_, word)| word).take(MOST).collect()
}
