//! Collecting what is wrong with a file, field by field: the checks that all kinds of data
//! share.

use serde_json::{Map, Value};

use super::error::Problem;
use crate::model::clean::is_hidden;

/// Characters in an id, a title, an option or the words at the end of a scale.
pub const MAX_SHORT: usize = 120;
/// Characters in a question or a passage.
pub const MAX_PASSAGE: usize = 2000;

/// Entries of a list.
pub const MAX_LIST: usize = 20;

/// A JSON object.
pub type Object = Map<String, Value>;

/// Whether a field may be left out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Required,
    Optional,
}

/// The problems found so far, and the checks of single fields.
#[derive(Default)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    pub fn add(&mut self, place: &str, what: impl Into<String>) {
        self.0.push(Problem { place: place.to_owned(), what: what.into() });
    }

    pub fn field<'a>(
        &mut self,
        place: &str,
        object: &'a Object,
        key: &str,
        need: Need,
    ) -> Option<&'a Value> {
        let value = object.get(key);
        if value.is_none() && need == Need::Required {
            self.add(place, format!("“{key}” is missing."));
        }
        value
    }

    pub fn object<'a>(&mut self, place: &str, value: &'a Value) -> Option<&'a Object> {
        let object = value.as_object();
        if object.is_none() {
            self.add(place, "this must be a JSON object, in { and }.");
        }
        object
    }

    pub fn list<'a>(
        &mut self,
        place: &str,
        object: &'a Object,
        key: &str,
        most: usize,
        need: Need,
    ) -> Option<&'a Vec<Value>> {
        let list = self.field(place, object, key, need)?.as_array();
        match list {
            None => self.add(place, format!("“{key}” must be a list, in [ and ].")),
            Some(list) if list.len() > most => {
                self.add(place, format!("“{key}” has {} entries. The most is {most}.", list.len()));
                // Nobody would read thousands of problems with the entries as well.
                return None;
            }
            Some(_) => {}
        }
        list
    }

    pub fn text<'a>(
        &mut self,
        place: &str,
        object: &'a Object,
        key: &str,
        most: usize,
        need: Need,
    ) -> Option<&'a str> {
        let value = self.field(place, object, key, need)?;
        let text = self.words(place, &format!("“{key}”"), value, most)?;
        if need == Need::Required && text.trim().is_empty() {
            self.add(place, format!("“{key}” is empty."));
            return None;
        }
        Some(text)
    }

    /// A list of texts, none of them empty. Gives those that are texts.
    pub fn texts<'a>(
        &mut self,
        place: &str,
        object: &'a Object,
        key: &str,
        most: usize,
        need: Need,
    ) -> Vec<&'a str> {
        let Some(list) = self.list(place, object, key, MAX_LIST, need) else { return Vec::new() };
        let mut texts = Vec::new();
        for (index, value) in list.iter().enumerate() {
            let what = format!("entry {} of “{key}”", index + 1);
            let Some(text) = self.words(place, &what, value, most) else { continue };
            if text.trim().is_empty() {
                self.add(place, format!("{what} is empty."));
            }
            texts.push(text);
        }
        texts
    }

    /// One text: its type, its length, and no characters that cannot be seen.
    pub fn words<'a>(
        &mut self,
        place: &str,
        what: &str,
        value: &'a Value,
        most: usize,
    ) -> Option<&'a str> {
        let Some(text) = value.as_str() else {
            self.add(place, format!("{what} must be text, in quotation marks."));
            return None;
        };
        self.plain(place, what, text, most);
        Some(text)
    }

    /// The length of a text, and no characters that cannot be seen.
    pub fn plain(&mut self, place: &str, what: &str, text: &str, most: usize) {
        let length = text.chars().count();
        if length > most {
            self.add(place, format!("{what} has {length} characters. The most is {most}."));
        }
        if let Some(hidden) = text.chars().find(|c| is_hidden(*c)) {
            let code = u32::from(hidden);
            self.add(place, format!("{what} holds a hidden character, U+{code:04X}. Take it out."));
        }
    }

    /// A year and a month.
    pub fn month(&mut self, place: &str, object: &Object, key: &str) {
        let Some(text) = self.text(place, object, key, MAX_SHORT, Need::Required) else { return };
        if !is_month(text) {
            self.add(place, format!("“{key}” must be a year and a month, such as 2026-10."));
        }
    }

    pub fn id(&mut self, place: &str, object: &Object) {
        self.id_in(place, object, "id");
    }

    /// An id under any key: its own, or that of something it names.
    pub fn id_in(&mut self, place: &str, object: &Object, key: &str) {
        if let Some(id) = self.text(place, object, key, MAX_SHORT, Need::Required) {
            self.id_words(place, id);
        }
    }

    /// The characters of an id.
    pub fn id_words(&mut self, place: &str, id: &str) {
        if id.is_empty()
            || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        {
            self.add(
                place,
                format!(
                    "the id {} may hold only the letters a to z, digits and hyphens.",
                    quoted(id)
                ),
            );
        }
    }

    pub fn number(
        &mut self,
        place: &str,
        object: &Object,
        key: &str,
        least: u64,
        most: u64,
    ) -> Option<u64> {
        let value = self.field(place, object, key, Need::Required)?;
        let number = value.as_u64().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.add(place, format!("“{key}” must be a whole number from {least} to {most}."));
        }
        number
    }

    /// A text that must be one of a closed list. Gives it when it is.
    pub fn one_of<'a>(
        &mut self,
        place: &str,
        object: &'a Object,
        key: &str,
        known: &[&str],
    ) -> Option<&'a str> {
        let text = self.text(place, object, key, MAX_SHORT, Need::Required)?;
        if known.contains(&text) {
            return Some(text);
        }
        self.add(
            place,
            format!("the {key} {} is not known. Known {key}s: {}.", quoted(text), known.join(", ")),
        );
        None
    }

    /// Prompts and sections have no place for unknown fields, so a misspelt one would be lost
    /// without a word.
    pub fn known_fields(&mut self, place: &str, object: &Object, common: &[&str], own: &[&str]) {
        for key in object.keys() {
            if !common.contains(&key.as_str()) && !own.contains(&key.as_str()) {
                let known = [common, own].concat().join(", ");
                self.add(
                    place,
                    format!("the field {} has no meaning here. Known: {known}.", quoted(key)),
                );
            }
        }
    }
}

/// Whether this is a year and a month: "2026-10".
pub fn is_month(text: &str) -> bool {
    text.len() == 7 && format!("{text}-01").parse::<jiff::civil::Date>().is_ok()
}

/// Words from the file, safe to stand in a message: short, and with nothing hidden.
pub fn quoted(text: &str) -> String {
    const MOST: usize = 40;
    let mut shown: String =
        text.chars().take(MOST).map(|c| if is_hidden(c) { '\u{fffd}' } else { c }).collect();
    if text.chars().count() > MOST {
        shown.push('…');
    }
    format!("“{shown}”")
}
