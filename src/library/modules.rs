//! Learning modules: a guide, what research shows and does not, a workshop, a card. A module is
//! one Markdown file with a head of named fields and headings that are always the same.

use super::aims::{AIMS, Aim};
use super::error::{FileError, Sort};
use super::file::{self, whole};
use super::problems::{MAX_PASSAGE, MAX_SHORT, Problems, is_month, quoted};

/// The fields of the head, in their order.
const HEAD: [&str; 7] = ["id", "version", "title", "serves", "checked", "group", "templates"];
/// The headings under the guide, in their order.
const PARTS: [&str; 5] =
    ["It does show", "It does not show", "Workshop", "Card", "Further reading"];
/// The most lines of a file.
const MAX_LINES: usize = 500;
/// How many people can work together, at the least and at the most.
const GROUP: std::ops::RangeInclusive<u8> = 2..=30;

/// A learning module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Module {
    /// A short name that stays (`exam-support`).
    pub id: String,
    /// Rises with every change.
    pub version: u32,
    /// The title on screen.
    pub title: String,
    /// The aim or programme it serves: A1 to A5, P1 to P3.
    pub serves: String,
    /// The year and month in which it was checked: "2026-10".
    pub checked: String,
    /// How many people work together in the workshop.
    pub group: u8,
    /// The templates that belong to it, by id.
    pub templates: Vec<String>,
    /// The short guide; its first two blocks are the gist.
    pub guide: Vec<Block>,
    /// What research shows.
    pub shows: Vec<Finding>,
    /// What it does not show.
    pub shows_not: Vec<Finding>,
    /// The exercise.
    pub workshop: Workshop,
    /// The card for the wallet.
    pub card: Card,
    /// Further reading.
    pub reading: Vec<String>,
    /// The file as it is written, for passing on.
    pub text: String,
}

/// A piece of the guide. `**` stands round words that are heavier ([`emphasis`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A list.
    Points(Vec<String>),
}

/// Something that research shows or does not, and where that is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// One or two sentences.
    pub text: String,
    /// The source, with its year.
    pub source: String,
}

/// An exercise for a group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workshop {
    /// What people leave with.
    pub intro: String,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// One step of a workshop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// How long it takes.
    pub minutes: u16,
    /// Its name.
    pub title: String,
    /// What is done.
    pub words: String,
}

/// A card to carry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Its title.
    pub title: String,
    /// Its lines.
    pub lines: Vec<String>,
}

impl Module {
    /// How many minutes it takes to read the guide and the findings, at 200 words a minute.
    pub fn minutes_to_read(&self) -> usize {
        const WORDS_A_MINUTE: usize = 200;
        let guide = self.guide.iter().flat_map(|block| match block {
            Block::Heading(text) | Block::Paragraph(text) => std::slice::from_ref(text),
            Block::Points(points) => points.as_slice(),
        });
        let findings = self.shows.iter().chain(&self.shows_not).map(|finding| &finding.text);
        let words: usize = guide.chain(findings).map(|text| text.split_whitespace().count()).sum();
        words.div_ceil(WORDS_A_MINUTE).max(1)
    }
}

impl Workshop {
    /// How long all steps take together.
    pub fn minutes(&self) -> u16 {
        self.steps.iter().map(|step| step.minutes).fold(0, u16::saturating_add)
    }
}

/// The runs of a text in which `**` stands round heavier words; says of each whether it is.
pub fn emphasis(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let runs = text.split("**").enumerate().map(|(at, run)| (at % 2 == 1, run));
    runs.filter(|(_, run)| !run.is_empty())
}

/// Reads one module file. `name` is how errors call the file.
///
/// # Errors
/// The file is longer than 1 MiB, not UTF-8, or breaks rules of modules; then all its problems
/// are listed with their lines.
pub fn read_module(name: &str, bytes: &[u8]) -> Result<Module, FileError> {
    let text = file::text(Sort::Module, name, bytes)?;
    let mut reader = Reader { problems: Problems::default(), module: Module::default() };
    let lines: Vec<Line<'_>> =
        text.lines().enumerate().map(|(at, text)| Line { at: at + 1, text }).collect();
    reader.module.text = text.to_owned();
    reader.whole(&lines);
    file::unless(Sort::Module, name, reader.problems.0)?;
    Ok(reader.module)
}

/// A line of the file, counted from 1.
#[derive(Clone, Copy)]
struct Line<'a> {
    at: usize,
    text: &'a str,
}

impl Line<'_> {
    fn place(self) -> String {
        format!("Line {}", self.at)
    }
}

struct Reader {
    problems: Problems,
    module: Module,
}

impl Reader {
    fn whole(&mut self, lines: &[Line<'_>]) {
        if lines.len() > MAX_LINES {
            let what = format!("there are {} lines. The most is {MAX_LINES}.", lines.len());
            self.problems.add(whole(Sort::Module), what);
            return;
        }
        for line in lines {
            self.problems.plain(&line.place(), "the line", line.text, MAX_PASSAGE);
        }
        let Some(end) = self.end_of_head(lines) else { return };
        let (head, body) = lines.split_at(end);
        self.head(head);
        let is_heading = |line: &Line<'_>| line.text.starts_with("## ");
        let starts: Vec<usize> = body
            .iter()
            .enumerate()
            .filter(|(_, line)| is_heading(line))
            .map(|(at, _)| at)
            .collect();
        let named: Vec<&str> =
            starts.iter().filter_map(|at| body.get(*at)?.text.strip_prefix("## ")).collect();
        if named != PARTS {
            let place = match starts.iter().zip(&named).zip(PARTS).find(|((_, a), b)| **a != *b) {
                Some(((at, _), _)) => body.get(*at).map(|line| line.place()),
                None => None,
            };
            let place = place.unwrap_or_else(|| whole(Sort::Module).to_owned());
            let what =
                format!("after the guide the headings must be, in order: {}.", PARTS.join(", "));
            self.problems.add(&place, what);
            return;
        }
        let ends = starts.iter().skip(1).copied().chain([body.len()]);
        let part = |from: usize, to: usize| written(body.get(from..to).unwrap_or_default());
        self.guide(body.get(1..starts.first().copied().unwrap_or(1)).unwrap_or_default());
        for ((from, to), heading) in starts.iter().copied().zip(ends).zip(PARTS) {
            let place = body.get(from).map(|line| line.place()).unwrap_or_default();
            let lines = part(from + 1, to);
            if lines.is_empty() {
                self.problems.add(&place, format!("nothing stands under {}.", quoted(heading)));
                continue;
            }
            match heading {
                "It does show" => self.module.shows = self.findings(&lines),
                "It does not show" => self.module.shows_not = self.findings(&lines),
                "Workshop" => self.workshop(&lines),
                "Card" => self.card(&lines),
                _ => self.module.reading = self.points(&lines),
            }
        }
    }

    /// Which line ends the head.
    fn end_of_head(&mut self, lines: &[Line<'_>]) -> Option<usize> {
        let is_rule = |line: &Line<'_>| line.text.trim_end() == "---";
        let end =
            lines.iter().skip(1).position(is_rule).filter(|_| lines.first().is_some_and(is_rule));
        if end.is_none() {
            let what = "the file must begin with its fields between two lines of three hyphens.";
            self.problems.add("Line 1", what);
        }
        end.map(|end| end + 1)
    }

    fn head(&mut self, lines: &[Line<'_>]) {
        let mut seen: Vec<&str> = Vec::new();
        for line in lines.iter().skip(1) {
            let place = line.place();
            let Some((key, value)) = line.text.split_once(':') else {
                self.problems
                    .add(&place, "a field is written as its name, a colon, and its value.");
                continue;
            };
            let (key, value) = (key.trim(), value.trim());
            if seen.contains(&key) {
                self.problems.add(&place, format!("“{key}” stands twice."));
            } else if value.is_empty() {
                self.problems.add(&place, format!("{} is empty.", quoted(key)));
            } else {
                self.field(&place, key, value);
            }
            seen.push(key);
        }
        for key in HEAD.iter().filter(|key| !seen.contains(key)) {
            self.problems.add(whole(Sort::Module), format!("“{key}” is missing."));
        }
    }

    fn field(&mut self, place: &str, key: &str, value: &str) {
        let owned = value.to_owned();
        match key {
            "id" => {
                self.problems.id_words(place, value);
                self.module.id = owned;
            }
            "title" => {
                self.problems.plain(place, "“title”", value, MAX_SHORT);
                self.module.title = owned;
            }
            "version" => match value.parse() {
                Ok(number) if number > 0 => self.module.version = number,
                _ => self.problems.add(place, "“version” must be a whole number from 1 on."),
            },
            "serves" => {
                if Aim::find(value).is_none() {
                    let known = AIMS.map(|aim| aim.code).join(", ");
                    let what = format!("the aim {} is not known. Known: {known}.", quoted(value));
                    self.problems.add(place, what);
                }
                self.module.serves = owned;
            }
            "checked" => {
                if !is_month(value) {
                    let what = "“checked” must be a year and a month, such as 2026-10.";
                    self.problems.add(place, what);
                }
                self.module.checked = owned;
            }
            "group" => match value.parse() {
                Ok(number) if GROUP.contains(&number) => self.module.group = number,
                _ => {
                    let (least, most) = (GROUP.start(), GROUP.end());
                    let what = format!("“group” must be a whole number from {least} to {most}.");
                    self.problems.add(place, what);
                }
            },
            "templates" => self.templates(place, value),
            _ => {
                let what = format!(
                    "the field {} has no meaning here. Known: {}.",
                    quoted(key),
                    HEAD.join(", ")
                );
                self.problems.add(place, what);
            }
        }
    }

    fn templates(&mut self, place: &str, value: &str) {
        for id in value.split(',').map(str::trim) {
            self.problems.id_words(place, id);
            if self.module.templates.iter().any(|known| known == id) {
                self.problems.add(place, format!("{} stands twice in “templates”.", quoted(id)));
            }
            self.module.templates.push(id.to_owned());
        }
    }

    fn guide(&mut self, lines: &[Line<'_>]) {
        for block in lines.split(|line| line.text.trim().is_empty()) {
            let Some(first) = block.first() else { continue };
            let points = block.iter().filter(|line| line.text.starts_with("- ")).count();
            if let Some(heading) = first.text.strip_prefix("### ") {
                self.module.guide.push(Block::Heading(heading.to_owned()));
                if block.len() > 1 {
                    self.problems.add(&first.place(), "leave an empty line after a heading.");
                }
            } else if points == block.len() {
                let points = self.points(block);
                self.module.guide.push(Block::Points(points));
            } else if points > 0 {
                self.problems.add(&first.place(), "leave an empty line between text and a list.");
            } else {
                let words = block.iter().map(|line| line.text.trim()).collect::<Vec<_>>().join(" ");
                self.marks(&first.place(), &words);
                self.module.guide.push(Block::Paragraph(words));
            }
        }
        if self.module.guide.is_empty() {
            self.problems.add(whole(Sort::Module), "the guide is empty.");
        }
    }

    /// Only headings, lists and heavier words have a meaning in a guide.
    fn marks(&mut self, place: &str, text: &str) {
        let plain = text.replace("**", "");
        if plain.contains(['#', '`', '[', ']', '<', '>', '|', '*'])
            || text.matches("**").count() % 2 == 1
        {
            let what =
                "only headings with ###, lists with a hyphen and words between ** are known.";
            self.problems.add(place, what);
        }
    }

    fn points(&mut self, lines: &[Line<'_>]) -> Vec<String> {
        let mut points = Vec::new();
        for line in lines {
            match line.text.strip_prefix("- ").map(str::trim).filter(|words| !words.is_empty()) {
                Some(words) => {
                    self.marks(&line.place(), words);
                    points.push(words.to_owned());
                }
                None => {
                    self.problems.add(&line.place(), "this must begin with a hyphen and a space.");
                }
            }
        }
        points
    }

    fn findings(&mut self, lines: &[Line<'_>]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for line in lines {
            let found = line.text.strip_prefix("- ").and_then(|words| {
                let (text, source) = words.trim_end().strip_suffix(')')?.rsplit_once(" (")?;
                Some(Finding { text: text.trim().to_owned(), source: source.trim().to_owned() })
            });
            match found.filter(|found| !found.text.is_empty() && !found.source.is_empty()) {
                Some(found) => findings.push(found),
                None => {
                    let what = "this must begin with a hyphen and end with its source in brackets.";
                    self.problems.add(&line.place(), what);
                }
            }
        }
        findings
    }

    fn workshop(&mut self, lines: &[Line<'_>]) {
        let Some((first, steps)) = lines.split_first() else { return };
        self.module.workshop.intro = first.text.trim().to_owned();
        for (index, line) in steps.iter().enumerate() {
            let step = numbered(line.text, index + 1).and_then(|rest| {
                let (minutes, rest) = rest.strip_prefix('(')?.split_once(") ")?;
                let (title, words) = rest.split_once(". ")?;
                let (title, words) = (title.trim().to_owned(), words.trim().to_owned());
                Some(Step { minutes: minutes.parse().ok()?, title, words })
            });
            match step {
                Some(step) => self.module.workshop.steps.push(step),
                None => {
                    let number = index + 1;
                    let what = format!(
                        "this must be a step, such as: {number}. (10) Its name. What is done."
                    );
                    self.problems.add(&line.place(), what);
                }
            }
        }
        if steps.is_empty() {
            self.problems
                .add(&first.place(), "a workshop needs at least one step below this line.");
        }
    }

    fn card(&mut self, lines: &[Line<'_>]) {
        let Some((first, rest)) = lines.split_first() else { return };
        self.module.card.title = first.text.trim().to_owned();
        for (index, line) in rest.iter().enumerate() {
            match numbered(line.text, index + 1) {
                Some(words) => self.module.card.lines.push(words.to_owned()),
                None => {
                    let what = format!("this must begin with “{}. ”.", index + 1);
                    self.problems.add(&line.place(), what);
                }
            }
        }
        if rest.is_empty() {
            self.problems.add(&first.place(), "a card needs at least one line below its title.");
        }
    }
}

/// The lines with something in them.
fn written<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    lines.iter().filter(|line| !line.text.trim().is_empty()).copied().collect()
}

/// What stands after "3. " in a numbered line.
fn numbered(text: &str, number: usize) -> Option<&str> {
    let (found, rest) = text.trim().split_once(". ")?;
    (found.parse() == Ok(number)).then_some(rest.trim()).filter(|rest| !rest.is_empty())
}
