//! Everything in a pack, in words, before it is brought in.

use std::fmt;

use crate::library::{Sort, read_module};
use crate::model::text::count;
use crate::model::{Pack, Prompt, PromptKind, PromptLayer, ReferenceList, Template};

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
    /// What they are.
    pub sort: Sort,
    /// "2 templates".
    pub title: String,
    /// Each of them.
    pub entries: Vec<Entry>,
}

/// One template, module or list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id in the pack.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How much it is.
    pub size: String,
    /// What is in it: every question, every heading, every item.
    pub lines: Vec<Line>,
    /// All its other words: reasons, words to borrow, options, sources, the text of a module.
    pub words: Vec<String>,
}

/// One line of what is in a template, module or list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The words.
    pub words: String,
    /// Who reads the answer, where it is a question.
    pub layer: Option<PromptLayer>,
}

impl Line {
    fn plain(words: impl Into<String>) -> Line {
        Line { words: words.into(), layer: None }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.layer {
            Some(layer) => write!(f, "{} [{}]", self.words, layer.words()),
            None => f.write_str(&self.words),
        }
    }
}

impl Contents {
    /// Of a template by itself.
    pub fn of_template(template: &Template, held: Option<&Held>) -> Contents {
        let title = versioned(&template.title, template.version);
        let parts = vec![part(Sort::Template, vec![self::template(template)])];
        let replaces = held.map(|held| replaces(held, &template.title, "", template.version));
        Contents { title, facts: Vec::new(), parts, replaces }
    }

    /// Of a list by itself. `stands_for` is the built-in list whose place it takes.
    pub fn of_list(
        list: &ReferenceList,
        stands_for: Option<&ReferenceList>,
        held: Option<&Held>,
    ) -> Contents {
        let stands_for = stands_for.map(|known| ("In the place of", known.title.clone()));
        Contents {
            title: versioned(&list.title, list.version),
            facts: stands_for.into_iter().collect(),
            parts: vec![part(Sort::List, vec![self::list(list)])],
            replaces: held.map(|held| replaces(held, &list.title, "", list.version)),
        }
    }

    /// Of this pack; `held` is what has its short name in the library now.
    pub fn of(pack: &Pack, held: Option<&Held>) -> Contents {
        let facts = [
            ("About", pack.about.clone()),
            ("Remarks and faults to", pack.by.clone()),
            ("Licence", pack.licence.clone()),
            ("Short name", pack.id.clone()),
        ];
        let parts = [
            part(Sort::Template, pack.templates.iter().map(template).collect()),
            part(Sort::Module, pack.modules.iter().map(|it| module(&it.name, &it.text)).collect()),
            part(Sort::List, pack.lists.iter().map(list).collect()),
        ];
        Contents {
            title: versioned(&pack.title, pack.version),
            facts: facts.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect(),
            parts: parts.into_iter().filter(|part| !part.entries.is_empty()).collect(),
            replaces: held.map(|held| replaces(held, &pack.title, &pack.by, pack.version)),
        }
    }
}

fn versioned(title: &str, version: u32) -> String {
    format!("{title}, version {version}")
}

/// What has a short name in the library now.
pub struct Held {
    /// Its title.
    pub title: String,
    /// Who made it, where that is said.
    pub by: String,
    /// Its version.
    pub version: u32,
}

/// What becomes of what is held. Two people may have chosen one short name for two things.
fn replaces(held: &Held, title: &str, by: &str, new: u32) -> String {
    let Held { version: held_version, .. } = held;
    if held.title != title || held.by != by {
        let from = if held.by.is_empty() { String::new() } else { format!(" from {}", held.by) };
        return format!(
            "Another one has this short name: “{}”{from}, version {held_version}. It goes out of \
             the library when this comes in.",
            held.title
        );
    }
    let which = match new.cmp(held_version) {
        std::cmp::Ordering::Less => "The one here is older.",
        std::cmp::Ordering::Equal => "Both have the same number.",
        std::cmp::Ordering::Greater => "The one here is newer.",
    };
    format!("You have version {held_version} of this; the one here takes its place. {which}")
}

fn part(sort: Sort, entries: Vec<Entry>) -> Part {
    Part { sort, title: count(entries.len(), &sort.to_string()), entries }
}

fn template(template: &Template) -> Entry {
    let (short, long) = template.minutes;
    let minutes = if short == long {
        format!("{short} minutes")
    } else {
        format!("{short} to {long} minutes")
    };
    let prompts = template.sections.iter().flat_map(|section| &section.prompts);
    let question = |prompt: &Prompt| {
        let hidden = if prompt.hidden { " (hidden)" } else { "" };
        Line { words: format!("{}{hidden}", prompt.text), layer: Some(prompt.layer) }
    };
    Entry {
        id: template.id.clone(),
        title: template.title.clone(),
        size: format!("{}, {minutes}", count(template.prompt_count(), "question")),
        lines: std::iter::once(Line::plain(&template.purpose))
            .chain(prompts.map(question))
            .collect(),
        words: template_words(template),
    }
}

/// Every word of a template that is neither its title, its purpose nor a question.
fn template_words(template: &Template) -> Vec<String> {
    let Template { when, when_not, lead, moments, ground_rules, why, if_it_turns, sources, .. } =
        template;
    let head = [
        ("Who leads", lead),
        ("When to use it", when),
        ("When not to", when_not),
        ("Why these questions", why),
        ("When it turns into something else", if_it_turns),
    ];
    let head = head.into_iter().filter(|(_, words)| !words.is_empty());
    let mut words: Vec<String> = head.map(|(label, words)| format!("{label}: {words}")).collect();
    words.extend(moments.iter().map(|moment| format!("For the moment: {moment}")));
    words.extend(ground_rules.iter().map(|rule| format!("Before you begin: {rule}")));
    for section in &template.sections {
        words.push(format!("Part: {}", section.title));
        words.extend(section.prompts.iter().flat_map(prompt_words));
    }
    words.extend(sources.iter().map(|source| format!("Source: {source}")));
    words
}

fn prompt_words(prompt: &Prompt) -> Vec<String> {
    let options: Vec<&str> = match &prompt.kind {
        PromptKind::Scale { low, high, .. } => vec![low, high],
        PromptKind::Choice { options, .. } => options.iter().map(String::as_str).collect(),
        PromptKind::Checklist { items } => items.iter().map(String::as_str).collect(),
        PromptKind::Capability { list } => vec![list],
        PromptKind::Text
        | PromptKind::Date
        | PromptKind::Evidence
        | PromptKind::Person
        | PromptKind::Action => Vec::new(),
    };
    let why = Some(&prompt.why).filter(|why| !why.is_empty());
    let mut words: Vec<String> = why.map(|why| format!("Why: {why}")).into_iter().collect();
    words.extend(prompt.phrases.iter().map(|phrase| format!("Words to borrow: “{phrase}”")));
    words.extend(options.into_iter().map(|option| format!("To choose from: {option}")));
    words
}

fn module(name: &str, text: &str) -> Entry {
    let unread = |_| (name.to_owned(), name.to_owned());
    let (id, title) =
        read_module(name, text.as_bytes()).map_or_else(unread, |module| (module.id, module.title));
    let headings = text.lines().filter_map(|line| line.strip_prefix("##"));
    Entry {
        id,
        title,
        size: count(text.split_whitespace().count(), "word"),
        lines: headings.map(|line| Line::plain(line.trim_start_matches('#').trim())).collect(),
        words: text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
    }
}

fn list(list: &ReferenceList) -> Entry {
    Entry {
        id: list.id.clone(),
        title: list.title.clone(),
        size: format!("{}, checked {}", count(list.items.len(), "item"), list.checked),
        lines: list
            .items
            .iter()
            .map(|item| Line::plain(format!("{} {}", item.code, item.title)))
            .collect(),
        words: list_words(list),
    }
}

fn list_words(list: &ReferenceList) -> Vec<String> {
    let unsure = Some(&list.unsure).filter(|words| !words.is_empty());
    let mut words = vec![list.about.clone()];
    words.extend(unsure.map(|unsure| format!("Unsure: {unsure}")));
    for item in &list.items {
        let parts = [("group", &item.group), ("about", &item.about), ("unsure", &item.unsure)];
        let parts = parts.into_iter().filter(|(_, words)| !words.is_empty());
        words.extend(parts.map(|(label, words)| format!("{}, {label}: {words}", item.code)));
    }
    words.extend(list.sources.iter().map(|source| format!("Source: {source}")));
    words
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
