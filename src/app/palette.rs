//! One box for doing and finding: what is typed in it, and what it offers.

use std::collections::BTreeSet;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::command::Command;
use super::screen::Screen;
use super::state::{Open, State};
use crate::model::{Id, Kind};
use crate::search::{self, Hit, KINDS, LAYERS, Narrow, Query};

/// So many commands, people and templates are offered for what is typed.
const MOST_TO_DO: usize = 5;
/// So many records are told of; how many there are in all is said.
const MOST_TOLD: usize = 40;
/// So many places are offered that were seen before.
const MOST_PLACES: usize = 5;

/// What a letter counts at least in a name that is like what is typed: nearly all stand side by
/// side.
const LIKE: u32 = 21;

/// What is offered while nothing is typed.
const COMMON: [Command; 5] = [
    Command::NewSession,
    Command::NewReflection,
    Command::AddPerson,
    Command::Summaries,
    Command::Help,
];

/// What is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaletteForm {
    /// What narrows the question, each as it would be typed: `person:"Dr Amina Larkspur"`.
    pub narrowed: Vec<String>,
    /// The words.
    pub typed: String,
    /// The line that Enter takes, counted from 0.
    pub chosen: usize,
    /// The chosen line comes into view at the next drawing.
    pub bring_up: bool,
}

impl PaletteForm {
    /// The whole question.
    pub fn question(&self) -> String {
        let parts = self.narrowed.iter().map(String::as_str);
        parts.chain([self.typed.as_str()]).collect::<Vec<_>>().join(" ")
    }

    /// Takes what narrows out of the words, once it is typed to its end.
    pub(super) fn take_narrowing(&mut self) {
        let ended = self.typed.ends_with(char::is_whitespace) || self.typed.ends_with('"');
        let parts: Vec<String> =
            search::parts(&self.typed).into_iter().map(str::to_owned).collect();
        let last = parts.len().saturating_sub(1);
        let is_whole = |at: usize, part: &str| {
            let value = Narrow::of(part).map(|(_, value)| value);
            value.is_some_and(|value| !value.trim_matches('"').is_empty()) && (at < last || ended)
        };
        if !parts.iter().enumerate().any(|(at, part)| is_whole(at, part)) {
            return;
        }
        let mut words = Vec::new();
        for (at, part) in parts.into_iter().enumerate() {
            let into = if is_whole(at, &part) { &mut self.narrowed } else { &mut words };
            into.push(part);
        }
        self.typed = words.join(" ");
    }
}

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaletteAction {
    /// Show what is offered for what is typed now.
    Ask,
    /// Narrow the question by this, or put it away.
    Narrow(String, bool),
    /// Take a line, counted from 0.
    Take(usize),
    /// Put it away.
    Close,
}

/// A line that is offered.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    /// Do a command.
    Do(Command),
    /// Go to a person.
    Person(Id, String),
    /// Look at a template, by its id.
    Template(String, String),
    /// Go back to a place, with its words.
    Place(Screen, String),
    /// Narrow the question by this part, with its words.
    Narrow(String, String),
    /// Ask for this instead: nothing was found.
    Meant(String),
    /// Open a record that was found.
    Written(Box<Hit>),
}

/// The groups of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "`words` says what each holds")]
pub enum Group {
    Narrow,
    Do,
    Places,
    Written,
}

impl Group {
    /// Its heading.
    pub const fn words(self) -> &'static str {
        match self {
            Group::Narrow => "Narrow it",
            Group::Do => "Do",
            Group::Places => "Seen last",
            Group::Written => "Written down",
        }
    }
}

impl Line {
    /// The group that it stands in.
    pub const fn group(&self) -> Group {
        match self {
            Line::Do(_) | Line::Person(..) | Line::Template(..) => Group::Do,
            Line::Place(..) => Group::Places,
            Line::Narrow(..) => Group::Narrow,
            Line::Meant(_) | Line::Written(_) => Group::Written,
        }
    }
}

/// What is offered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Palette {
    /// The lines, group after group.
    pub lines: Vec<Line>,
    /// How many records were found in all; nothing where no words were asked for.
    pub total: Option<usize>,
    /// What could not be read of the question.
    pub problems: Vec<String>,
    /// What else the question can be narrowed by: the words, and the part.
    pub narrow: Vec<(String, String)>,
    /// How many texts are still being read.
    pub unread: usize,
}

/// What is offered for what is typed.
pub fn offered(state: &State, open: &Open, form: &PaletteForm) -> Palette {
    let typed = form.typed.trim();
    let query = Query::read(&form.question());
    let mut palette = Palette { unread: open.journal.short(), ..Palette::default() };
    if typed.is_empty() && query.is_empty() {
        palette.lines.extend(places(open));
        let common = COMMON.into_iter().filter(|command| command.enabled(state));
        palette.lines.extend(common.map(Line::Do));
        return palette;
    }
    if let Some((narrow, value)) = search::parts(&form.typed).last().and_then(|it| Narrow::of(it)) {
        palette.lines.extend(values(open, narrow, value));
    } else if !typed.is_empty() {
        palette.lines.extend(to_do(state, open, typed));
    }
    palette.problems = query.problems.iter().map(ToString::to_string).collect();
    if !query.is_empty() {
        written(state, open, form, &query, &mut palette);
    }
    palette
}

fn written(state: &State, open: &Open, form: &PaletteForm, query: &Query, palette: &mut Palette) {
    let found = open.finder.index().find(query, &open.journal, state.today(), MOST_TOLD);
    palette.total = Some(found.total);
    let told = found.best.iter().filter_map(|place| {
        let body = open.journal.get(place.id)?;
        Some(Line::Written(Box::new(Hit::of(place.id, &body, query)?)))
    });
    palette.lines.extend(told);
    if found.total == 0 {
        palette.lines.extend(meant(open, query).map(|word| instead(form, &word)));
    }
    let asked = &query.filters;
    let mut narrow = |words: String, part: String| palette.narrow.push((words, part));
    if found.total > 1 && asked.layers.is_empty() {
        narrow("Private only".to_owned(), "layer:private".to_owned());
    }
    if asked.kinds.is_empty() && found.kinds.len() > 1 {
        for (word, kind) in KINDS {
            if let Some(count) = found.kinds.get(&kind) {
                narrow(format!("{} {count}", plural(kind)), format!("kind:{word}"));
            }
        }
    }
    if asked.after.is_none() && asked.before.is_none() && found.years.len() > 1 {
        for (year, count) in found.years.iter().rev().take(3) {
            let part = format!("after:{year} before:{}", year + 1);
            narrow(format!("{year}: {count}"), part);
        }
    }
}

/// What the kinds are called on the buttons that narrow a question.
const fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Session => "Conversations",
        Kind::Reflection => "Reflections",
        Kind::Action => "Actions",
        Kind::Person => "People",
        Kind::Plan => "Career plans",
        Kind::Template => "Templates",
        Kind::Learning => "Learning",
        _ => "Files",
    }
}

/// The places that were seen last, the newest first, each once.
fn places(open: &Open) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for screen in open.back.iter().rev().filter(|screen| **screen != open.screen) {
        let known = |line: &Line| matches!(line, Line::Place(place, _) if place == screen);
        if lines.len() < MOST_PLACES
            && !lines.iter().any(known)
            && let Some(words) = name_of(open, screen)
        {
            lines.push(Line::Place(screen.clone(), words));
        }
    }
    lines
}

/// What a place is called in the list; nothing for those that are a step of something.
fn name_of(open: &Open, screen: &Screen) -> Option<String> {
    let person = |id: &Id| open.journal.person(*id).map(|person| person.name.clone());
    match screen {
        Screen::Today | Screen::People(None) | Screen::Journal | Screen::Settings => {
            Some(screen.place(None).words().to_owned())
        }
        Screen::People(Some(id)) => person(id),
        Screen::Plan(id) => person(id).map(|name| format!("Career plan, {name}")),
        Screen::Summary(Some(id)) => person(id).map(|name| format!("ARCP summary, {name}")),
        Screen::Session(id) => open.journal.get(*id).map(|body| search::heading(&body).0),
        _ => None,
    }
}

/// Commands, people and templates whose names are like what is typed, the best first.
fn to_do(state: &State, open: &Open, typed: &str) -> Vec<Line> {
    let commands = Command::ALL.into_iter().filter(|command| command.enabled(state));
    let commands = commands.map(|command| (command.text().to_owned(), Line::Do(command)));
    let people = open.journal.people().into_iter();
    let people =
        people.map(|(id, person)| (person.name.clone(), Line::Person(id, person.name.clone())));
    let templates = state.library.templates().iter().map(|template| {
        let line = Line::Template(template.id.clone(), template.title.clone());
        (template.title.clone(), line)
    });
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut letters = Vec::new();
    let mut scored: Vec<(u32, Line)> = commands
        .chain(people)
        .chain(templates)
        .filter_map(|(name, line)| {
            let score = pattern.score(Utf32Str::new(&name, &mut letters), &mut matcher)?;
            Some((score, line))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let letters_typed = u32::try_from(typed.chars().count()).unwrap_or(u32::MAX / LIKE);
    let best = scored.first().map_or(0, |(score, _)| *score);
    // Letters strewn over a long name are no likeness.
    scored.retain(|(score, _)| *score >= LIKE * letters_typed && score * 2 > best);
    scored.into_iter().take(MOST_TO_DO).map(|(_, line)| line).collect()
}

/// What can stand behind the colon that is typed.
fn values(open: &Open, narrow: Narrow, value: &str) -> Vec<Line> {
    let line = |words: &str, value: &str| {
        let quoted = if value.contains(' ') { format!("\"{value}\"") } else { value.to_owned() };
        Line::Narrow(format!("{}:{quoted}", narrow.word()), words.to_owned())
    };
    let wanted = value.trim_matches('"').to_lowercase();
    let all: Vec<Line> = match narrow {
        Narrow::Person => {
            let people = open.journal.people().into_iter();
            let wanted = search::words(&wanted);
            let is_meant = |name: &str| {
                let name = search::words(name);
                wanted.iter().all(|word| name.iter().any(|has| has.starts_with(word.as_str())))
            };
            let people = people.filter(|(_, person)| is_meant(&person.name));
            people.map(|(_, person)| line(&person.name, &person.name)).collect()
        }
        Narrow::Tag => {
            let held = open.journal.all_held();
            let tags = held.flat_map(|(_, held)| held.session.tags.iter());
            let tags = tags.filter(|tag| tag.starts_with(&wanted));
            tags.collect::<BTreeSet<_>>().into_iter().map(|tag| line(tag, tag)).collect()
        }
        Narrow::Kind => {
            let kinds = KINDS.iter().filter(|(word, _)| word.starts_with(&wanted));
            kinds.map(|(word, kind)| line(plural(*kind), word)).collect()
        }
        Narrow::Layer => {
            let layers = LAYERS.iter().filter(|(word, _)| word.starts_with(&wanted));
            layers.map(|(word, layer)| line(layer.words(), word)).collect()
        }
        Narrow::Has => vec![line("An action came of it", "action")],
        Narrow::Before | Narrow::After => Vec::new(),
    };
    all.into_iter().take(MOST_TO_DO).collect()
}

/// A word of the record that is nearly one that was asked for and is not there.
fn meant(open: &Open, query: &Query) -> Option<String> {
    let asked = query.terms.iter().filter_map(|term| match term.words.as_slice() {
        [word] if word.chars().count() > 2 => Some(word),
        _ => None,
    });
    let index = open.finder.index();
    asked.filter(|word| index.beginning(word, 1).is_empty()).find_map(|word| {
        let first: String = word.chars().take(1).collect();
        let near = index.beginning(&first, usize::MAX).into_iter();
        let near = near.map(|known| (strsim::osa_distance(&known, word), known));
        near.filter(|(far, _)| *far <= 2).min_by_key(|(far, _)| *far).map(|(_, known)| known)
    })
}

/// The words with another one for the last.
fn instead(form: &PaletteForm, word: &str) -> Line {
    let mut words: Vec<&str> = form.typed.split_whitespace().collect();
    let near =
        words.iter().position(|typed| strsim::osa_distance(&typed.to_lowercase(), word) <= 2);
    match near {
        Some(at) => words[at] = word,
        None => words = vec![word],
    }
    Line::Meant(words.join(" "))
}
