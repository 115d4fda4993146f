//! Everything in a pack, in words, before it is brought in.

use std::fmt;

use crate::library::read_module;
use crate::model::text::count;
use crate::model::{Pack, PromptLayer, ReferenceList, Template};

/// What a pack says of itself, and all that is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// What it is called, with its version.
    pub title: String,
    /// Labels and values; never empty.
    pub facts: Vec<(&'static str, String)>,
    /// Templates, modules, lists: those that it has.
    pub parts: Vec<Part>,
    /// What becomes of the version that is in the library now.
    pub replaces: Option<String>,
}

/// All templates of a pack, or all modules, or all lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// "2 templates".
    pub title: String,
    /// Each of them.
    pub entries: Vec<Entry>,
}

/// One template, module or list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its title.
    pub title: String,
    /// How much it is.
    pub size: String,
    /// What is in it: every question, every heading, every item.
    pub lines: Vec<String>,
}

impl Contents {
    /// Of a template by itself.
    pub fn of_template(template: &Template, held: Option<u32>) -> Contents {
        let title = versioned(&template.title, template.version);
        let parts = vec![part("template", vec![self::template(template)])];
        let replaces = held.map(|held| replaces(held, template.version));
        Contents { title, facts: Vec::new(), parts, replaces }
    }

    /// Of a list by itself. `stands_for` is the built-in list whose place it takes.
    pub fn of_list(
        list: &ReferenceList,
        stands_for: Option<&ReferenceList>,
        held: Option<u32>,
    ) -> Contents {
        let stands_for = stands_for.map(|known| ("In the place of", known.title.clone()));
        Contents {
            title: versioned(&list.title, list.version),
            facts: stands_for.into_iter().collect(),
            parts: vec![part("list", vec![self::list(list)])],
            replaces: held.map(|held| replaces(held, list.version)),
        }
    }

    /// Of this pack; `held` is the version that is in the library now.
    pub fn of(pack: &Pack, held: Option<u32>) -> Contents {
        let facts = [
            ("About", pack.about.clone()),
            ("Remarks and faults to", pack.by.clone()),
            ("Licence", pack.licence.clone()),
            ("Stands in the library under", format!("{}/", pack.id)),
        ];
        let parts = [
            part("template", pack.templates.iter().map(template).collect()),
            part("module", pack.modules.iter().map(|it| module(&it.name, &it.text)).collect()),
            part("list", pack.lists.iter().map(list).collect()),
        ];
        Contents {
            title: versioned(&pack.title, pack.version),
            facts: facts.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect(),
            parts: parts.into_iter().filter(|part| !part.entries.is_empty()).collect(),
            replaces: held.map(|held| replaces(held, pack.version)),
        }
    }
}

fn versioned(title: &str, version: u32) -> String {
    format!("{title}, version {version}")
}

fn replaces(held: u32, new: u32) -> String {
    let which = match new.cmp(&held) {
        std::cmp::Ordering::Less => "The one here is older.",
        std::cmp::Ordering::Equal => "Both have the same number.",
        std::cmp::Ordering::Greater => "The one here is newer.",
    };
    format!("You have version {held} of this; the one here takes its place. {which}")
}

fn part(noun: &str, entries: Vec<Entry>) -> Part {
    Part { title: count(entries.len(), noun), entries }
}

fn template(template: &Template) -> Entry {
    let (short, long) = template.minutes;
    let minutes = if short == long {
        format!("{short} minutes")
    } else {
        format!("{short} to {long} minutes")
    };
    let prompts = template.sections.iter().flat_map(|section| &section.prompts);
    let question = |prompt: &crate::model::Prompt| {
        let layer = match prompt.layer {
            PromptLayer::Shared => "Shared",
            PromptLayer::Private => "Private",
            PromptLayer::Supervisor => "Private to the supervisor",
            PromptLayer::Doctor => "Private to the doctor",
        };
        let hidden = if prompt.hidden { ", hidden" } else { "" };
        format!("{} [{layer}{hidden}]", prompt.text)
    };
    Entry {
        title: template.title.clone(),
        size: format!("{}, {minutes}", count(template.prompt_count(), "question")),
        lines: std::iter::once(template.purpose.clone()).chain(prompts.map(question)).collect(),
    }
}

fn module(name: &str, text: &str) -> Entry {
    let title = read_module(name, text.as_bytes()).map_or_else(|_| name.to_owned(), |it| it.title);
    let headings = text.lines().filter_map(|line| line.strip_prefix("##"));
    Entry {
        title,
        size: count(text.split_whitespace().count(), "word"),
        lines: headings.map(|line| line.trim_start_matches('#').trim().to_owned()).collect(),
    }
}

fn list(list: &ReferenceList) -> Entry {
    Entry {
        title: list.title.clone(),
        size: format!("{}, checked {}", count(list.items.len(), "item"), list.checked),
        lines: list.items.iter().map(|item| format!("{} {}", item.code, item.title)).collect(),
    }
}

impl fmt::Display for Contents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        for (label, value) in &self.facts {
            writeln!(f, "{label}: {value}")?;
        }
        for part in &self.parts {
            writeln!(f, "\n{}", part.title)?;
            for entry in &part.entries {
                writeln!(f, "- {} ({})", entry.title, entry.size)?;
                for line in &entry.lines {
                    writeln!(f, "    {line}")?;
                }
            }
        }
        match &self.replaces {
            Some(words) => writeln!(f, "\n{words}"),
            None => Ok(()),
        }
    }
}
