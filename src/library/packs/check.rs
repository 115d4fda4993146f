//! The rules of a pack file: those of everything in it, and how it hangs together.

use serde_json::Value;

use super::MAX_PROMPTS;
use crate::library::error::{FileError, Problem, Sort};
use crate::library::file::whole;
use crate::library::problems::{MAX_PASSAGE, MAX_SHORT, Need, Object, Problems, quoted};
use crate::library::{Library, check as templates, lists, read_module};
use crate::model::Pack;
use crate::model::own::OWN;

const WHOLE: &str = whole(Sort::Pack);
const FIELDS: [&str; 10] = [
    "cairn_pack",
    "id",
    "version",
    "title",
    "about",
    "by",
    "licence",
    "templates",
    "modules",
    "lists",
];
const MODULE_FIELDS: [&str; 2] = ["name", "text"];
/// The most templates, modules or lists in a pack.
const MAX_PARTS: usize = 200;

/// All problems of a pack file, in the order of the file; none when it can be used.
pub fn pack(value: &Value, built_in: &Library) -> Vec<Problem> {
    let mut problems = Problems::default();
    match value.as_object() {
        Some(object) => Pass { problems: &mut problems, object, built_in }.whole(),
        None => problems.add(WHOLE, "the file must hold one JSON object, in { and }."),
    }
    problems.0
}

struct Pass<'a> {
    problems: &'a mut Problems,
    object: &'a Object,
    built_in: &'a Library,
}

impl<'a> Pass<'a> {
    fn whole(&mut self) {
        let (problems, object) = (&mut *self.problems, self.object);
        problems.known_fields(WHOLE, object, &FIELDS, &[]);
        problems.number(WHOLE, object, "cairn_pack", 1, u64::from(Pack::FORMAT));
        problems.id(WHOLE, object);
        if object.get("id").and_then(Value::as_str) == Some(OWN) {
            let what = format!("the id {} is kept for what you make. Choose another.", quoted(OWN));
            problems.add(WHOLE, what);
        }
        problems.number(WHOLE, object, "version", 1, u64::from(u32::MAX));
        problems.text(WHOLE, object, "title", MAX_SHORT, Need::Required);
        problems.text(WHOLE, object, "about", MAX_PASSAGE, Need::Optional);
        problems.text(WHOLE, object, "by", MAX_SHORT, Need::Optional);
        problems.text(WHOLE, object, "licence", MAX_SHORT, Need::Required);
        let list_ids = self.ids("lists");
        let template_ids = self.ids("templates");
        self.templates(&list_ids);
        self.modules(&template_ids);
        self.lists();
        if ["templates", "modules", "lists"].iter().all(|key| self.parts(key).is_empty()) {
            self.problems.add(WHOLE, "a pack needs at least one template, module or list.");
        }
    }

    fn parts(&self, key: &str) -> &'a [Value] {
        self.object.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn ids(&self, key: &str) -> Vec<&'a str> {
        self.parts(key).iter().filter_map(|part| part.get("id")?.as_str()).collect()
    }

    /// The parts under a key, each with its place; none when there are too many to read.
    fn each(&mut self, key: &str, word: &str, name: &str) -> Vec<(String, &'a Value)> {
        let list = self.problems.list(WHOLE, self.object, key, MAX_PARTS, Need::Optional);
        let place = |(at, value): (usize, &'a Value)| {
            let place = match value.get(name).and_then(Value::as_str) {
                Some(id) => format!("{word} {} ({})", at + 1, quoted(id)),
                None => format!("{word} {}", at + 1),
            };
            (place, value)
        };
        list.into_iter().flatten().enumerate().map(place).collect()
    }

    fn templates(&mut self, list_ids: &[&str]) {
        let mut seen = Vec::new();
        let mut count = 0;
        for (place, value) in self.each("templates", "Template", "id") {
            self.take(&place, Sort::Template, templates::template(value));
            if let Some(object) = value.as_object() {
                self.problems.known_fields(&place, object, &templates::FIELDS, &[]);
            }
            self.once(&place, value.get("id").and_then(Value::as_str), &mut seen);
            for prompt in prompts(value) {
                count += 1;
                self.list_is_here(&place, prompt, list_ids);
            }
        }
        if count > MAX_PROMPTS {
            let what = format!(
                "there are {count} prompts in its templates. The most is {MAX_PROMPTS}. Make two \
                 packs of it."
            );
            self.problems.add(WHOLE, what);
        }
    }

    fn list_is_here(&mut self, place: &str, prompt: &Value, ids: &[&str]) {
        let Some(list) = prompt.get("list").and_then(Value::as_str) else { return };
        if ids.contains(&list) || self.built_in.list(list).is_some() {
            return;
        }
        let place = match prompt.get("id").and_then(Value::as_str) {
            Some(id) => format!("{place}, prompt {}", quoted(id)),
            None => place.to_owned(),
        };
        let what = format!(
            "there is no list {} in this pack or in Cairn. Put the list in, or name another.",
            quoted(list)
        );
        self.problems.add(&place, what);
    }

    fn modules(&mut self, template_ids: &[&str]) {
        let mut seen = Vec::new();
        for (place, value) in self.each("modules", "Module", "name") {
            let Some(object) = self.problems.object(&place, value) else { continue };
            self.problems.known_fields(&place, object, &MODULE_FIELDS, &[]);
            let name = self.problems.text(&place, object, "name", MAX_SHORT, Need::Required);
            let text = self.problems.field(&place, object, "text", Need::Required);
            let Some(text) = text else { continue };
            let Some(text) = text.as_str() else {
                self.problems.add(&place, "“text” must be text, in quotation marks.");
                continue;
            };
            match read_module(name.unwrap_or_default(), text.as_bytes()) {
                Ok(module) => {
                    self.once(&place, Some(&module.id), &mut seen);
                    for id in &module.templates {
                        self.template_is_here(&place, id, template_ids);
                    }
                }
                Err(FileError::Problems { problems, .. }) => {
                    self.take(&place, Sort::Module, problems);
                }
                Err(error) => self.problems.add(&place, format!("{error}")),
            }
        }
    }

    fn template_is_here(&mut self, place: &str, id: &str, ids: &[&str]) {
        if !ids.contains(&id) && self.built_in.get(id).is_none() {
            let what = format!(
                "there is no template {} in this pack or in Cairn. Put it in, or take its name \
                 out of “templates”.",
                quoted(id)
            );
            self.problems.add(place, what);
        }
    }

    fn lists(&mut self) {
        let mut seen = Vec::new();
        for (place, value) in self.each("lists", "List", "id") {
            self.take(&place, Sort::List, lists::check(value));
            self.once(&place, value.get("id").and_then(Value::as_str), &mut seen);
        }
    }

    /// Says what is wrong in a part, with the place of the part before each place in it.
    fn take(&mut self, part: &str, sort: Sort, found: Vec<Problem>) {
        for Problem { place, what } in found {
            let place = if place == whole(sort) {
                part.to_owned()
            } else {
                let mut letters = place.chars();
                let first = letters.next().map(|letter| letter.to_ascii_lowercase());
                format!("{part}, {}", first.into_iter().chain(letters).collect::<String>())
            };
            self.problems.add(&place, what);
        }
    }

    fn once(&mut self, place: &str, id: Option<&str>, seen: &mut Vec<String>) {
        let Some(id) = id else { return };
        if seen.iter().any(|known| known == id) {
            let what =
                format!("the id {} is used before in this pack. Choose another.", quoted(id));
            self.problems.add(place, what);
        }
        seen.push(id.to_owned());
    }
}

fn prompts(template: &Value) -> impl Iterator<Item = &Value> {
    let sections = template.get("sections").and_then(Value::as_array).into_iter().flatten();
    sections.filter_map(|section| section.get("prompts")?.as_array()).flatten()
}
