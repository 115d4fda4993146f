//! Portfolios are web forms with plain text boxes: what goes into each box, from the chosen
//! lines alone. The boxes themselves are dated data in `assets/portfolios`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::LineId;
use super::line_id::Mark;
use super::sheet::{Cell, Column, Part as Page, Sheet};
use super::summary::Summary;
use crate::model::Person;
use crate::model::cycle::{has_words, is_stage};
use crate::model::session::ArcpHeading;

/// The files, in the order in which they are offered; the last is for every other portfolio.
const FILES: [&str; 11] = [
    include_str!("../../assets/portfolios/horus.json"),
    include_str!("../../assets/portfolios/turas.json"),
    include_str!("../../assets/portfolios/fourteenfish.json"),
    include_str!("../../assets/portfolios/iscp.json"),
    include_str!("../../assets/portfolios/kaizen-rcpch.json"),
    include_str!("../../assets/portfolios/kaizen-rcem.json"),
    include_str!("../../assets/portfolios/kaizen-rcr.json"),
    include_str!("../../assets/portfolios/llp.json"),
    include_str!("../../assets/portfolios/jrcptb.json"),
    include_str!("../../assets/portfolios/rcpsych.json"),
    include_str!("../../assets/portfolios/any.json"),
];

/// A portfolio with the boxes that a summary can fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portfolio {
    /// A short name that stays (`jrcptb`).
    pub id: String,
    /// Rises with every change.
    pub version: u32,
    /// The title on screen.
    pub title: String,
    /// What it is, and whose.
    pub about: String,
    /// The year and month in which it was checked: "2026-11".
    pub checked: String,
    /// What is unsure in it.
    pub unsure: String,
    /// Where it comes from, with dates.
    pub sources: Vec<String>,
    /// The beginnings of stages of training that use it.
    pub stages: Vec<String>,
    /// Words of programmes that use it.
    pub programmes: Vec<String>,
    /// Its boxes, in order.
    pub boxes: Vec<PasteBox>,
}

/// One box of a portfolio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasteBox {
    /// Unique within its portfolio.
    pub code: String,
    /// What it is called there.
    pub label: String,
    /// What goes into it, in order.
    pub from: Vec<Part>,
    /// Whether there is such a box for each line.
    #[serde(default)]
    pub each: bool,
    /// The most characters that it takes, where that is known.
    #[serde(default)]
    pub limit: Option<usize>,
    /// What to know when filling it.
    #[serde(default)]
    pub hint: String,
    /// What is unsure about it.
    #[serde(default)]
    pub unsure: String,
}

/// A part of a summary that goes into a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Whose it is, the period, the days of the meetings.
    About,
    /// Answers as they stand.
    Answers,
    /// Actions.
    Actions,
    /// The lines under a heading.
    #[serde(untagged)]
    Lines(ArcpHeading),
}

/// A box with its words, ready to be pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is called in the portfolio.
    pub label: String,
    /// The words: plain, without tabs and bullets. Empty where nothing was chosen for it.
    pub text: String,
    /// How many characters that are, as a portfolio counts them.
    pub length: usize,
    /// The most characters that the box takes, where that is known.
    pub limit: Option<usize>,
    /// What to know when filling it.
    pub hint: String,
    /// What is unsure about it.
    pub unsure: String,
    /// The lines in it.
    pub lines: Vec<LineId>,
    /// What it is remembered by once it was pasted: the portfolio, the box and these words.
    pub key: String,
}

/// All portfolios, in the order in which they are offered. A file that can't be read is a fault
/// of the program, which its tests find.
pub fn all() -> &'static [Portfolio] {
    static ALL: LazyLock<Vec<Portfolio>> =
        LazyLock::new(|| FILES.iter().filter_map(|file| serde_json::from_str(file).ok()).collect());
    &ALL
}

/// The portfolio with this short name.
pub fn find(id: &str) -> Option<&'static Portfolio> {
    all().iter().find(|portfolio| portfolio.id == id)
}

/// The portfolio of a person: the one that was chosen, or else the one that their stage, or else
/// their programme, suggests.
pub fn of(person: &Person) -> Option<&'static Portfolio> {
    find(&person.portfolio).or_else(|| suggested(person)).or_else(|| all().last())
}

/// The portfolio that stage and programme suggest; nothing where they say nothing.
pub fn suggested(person: &Person) -> Option<&'static Portfolio> {
    let (stage, programme) = (person.stage.to_lowercase(), person.programme.to_lowercase());
    let by_stage = |it: &&Portfolio| it.stages.iter().any(|one| is_stage(&stage, one));
    let fits = |it: &&Portfolio| {
        let found = it.programmes.iter().filter(|words| has_words(&programme, words));
        found.map(String::len).sum::<usize>()
    };
    let best = |candidates: Vec<&'static Portfolio>, least: usize| {
        // Of several the first: the last is what `max_by_key` gives.
        let best = candidates.into_iter().rev().max_by_key(fits)?;
        (fits(&best) >= least).then_some(best)
    };
    best(all().iter().filter(by_stage).collect(), 0).or_else(|| best(all().iter().collect(), 1))
}

/// The boxes of a portfolio with their words.
pub fn blocks(portfolio: &Portfolio, summary: &Summary) -> Vec<Block> {
    let sheet = Sheet::new(summary);
    portfolio.boxes.iter().flat_map(|one| one.blocks(&portfolio.id, summary, &sheet)).collect()
}

/// All boxes as one text, for a file.
pub fn as_text(portfolio: &Portfolio, blocks: &[Block]) -> String {
    let mut out = vec![format!("{}, boxes to paste", portfolio.title), String::new()];
    for block in blocks.iter().filter(|block| !block.text.is_empty()) {
        out.push(format!("[{}] {}", block.label, length_words(block)));
        out.push(block.text.clone());
        out.push(String::new());
    }
    out.push(portfolio.unsure.clone());
    out.join("\n") + "\n"
}

/// What a receipt says of words that were pasted.
pub fn sha256(text: &str) -> String {
    format!("{:x}", Sha256::digest(text))
}

/// "312 characters", "312 of 500 characters".
pub fn length_words(block: &Block) -> String {
    match (block.length, block.limit) {
        (1, None) => "1 character".to_owned(),
        (n, None) => format!("{n} characters"),
        (n, Some(most)) if n > most => format!("{n} characters, {} too many", n - most),
        (n, Some(most)) => format!("{n} of {most} characters"),
    }
}

impl PasteBox {
    fn blocks(&self, portfolio: &str, summary: &Summary, sheet: &Sheet) -> Vec<Block> {
        let parts = self.from.iter().map(|part| (*part, rows(*part, summary, sheet)));
        let parts: Vec<(Part, Vec<Row>)> = parts.filter(|(_, rows)| !rows.is_empty()).collect();
        if self.each {
            let rows = parts.into_iter().flat_map(|(_, rows)| rows);
            let each: Vec<Block> = rows
                .map(|(id, words)| {
                    let label = match subject(&words) {
                        Some(subject) => format!("{}: {subject}", self.label),
                        None => self.label.clone(),
                    };
                    self.block(portfolio, label, words, id.into_iter().collect())
                })
                .collect();
            if !each.is_empty() {
                return each;
            }
            return vec![self.block(portfolio, self.label.clone(), String::new(), Vec::new())];
        }
        let several = parts.len() > 1;
        let mut lines = Vec::new();
        let mut texts: Vec<String> = Vec::new();
        for (part, rows) in parts {
            let mut words: Vec<String> = Vec::new();
            for (id, row) in rows {
                lines.extend(id);
                words.push(row);
            }
            let words = words.join("\n\n");
            let title = part.title().filter(|_| several);
            texts.push(title.map_or(words.clone(), |title| format!("{title}\n{words}")));
        }
        vec![self.block(portfolio, self.label.clone(), texts.join("\n\n"), lines)]
    }

    fn block(&self, portfolio: &str, label: String, text: String, lines: Vec<LineId>) -> Block {
        Block {
            key: format!("{portfolio}/{}/{}", self.code, Mark::of(&text)),
            length: text.chars().count(),
            label,
            text,
            limit: self.limit,
            hint: self.hint.clone(),
            unsure: self.unsure.clone(),
            lines,
        }
    }
}

impl Part {
    /// What stands over it where a box holds several parts.
    fn title(self) -> Option<&'static str> {
        match self {
            Part::About => None,
            Part::Answers => Some("From our conversations"),
            Part::Actions => Some("Actions"),
            Part::Lines(heading) => Some(heading.words()),
        }
    }
}

/// One line with its words.
type Row = (Option<LineId>, String);

fn rows(part: Part, summary: &Summary, sheet: &Sheet) -> Vec<Row> {
    let page = |title: &str| sheet.parts.iter().find(|page| page.title == title);
    let lines = |page: Option<&Page>, ids: Vec<LineId>| -> Vec<Row> {
        let rows = page.into_iter().flat_map(Page::rows);
        ids.into_iter().zip(rows).map(|(id, (head, row))| (Some(id), words(head, row))).collect()
    };
    match part {
        Part::About => vec![(None, about(sheet))],
        Part::Lines(heading) => {
            let section = summary.sections.iter().find(|section| section.heading == heading);
            let ids = section.into_iter().flat_map(|section| &section.lines);
            lines(page(heading.words()), ids.map(|line| line.id).collect())
        }
        Part::Answers => {
            let ids = summary.answers.iter().map(|line| line.id).collect();
            lines(page("From our conversations"), ids)
        }
        Part::Actions => {
            lines(page("Actions"), summary.actions.iter().map(|action| action.id).collect())
        }
    }
}

/// Whose it is and about when, a line each.
fn about(sheet: &Sheet) -> String {
    let facts = sheet.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value));
    plain(&std::iter::once(sheet.name.clone()).chain(facts).collect::<Vec<_>>().join("\n"))
}

/// The words of a row: what was written, then what it rests on. The day it was recorded stays in
/// Cairn; evidence has days of its own.
fn words(head: &[Column], row: &[Cell]) -> String {
    let mut out: Vec<String> = Vec::new();
    if let Some(first) = row.first() {
        out.extend(first.words.iter().cloned());
        out.extend(first.notes.iter().cloned());
    }
    let rest = head.iter().zip(row).skip(1).filter(|(column, _)| column.head != "Recorded");
    let rest: Vec<String> =
        rest.map(|(column, cell)| format!("{}: {}", column.head, cell.words.join(" "))).collect();
    if !rest.is_empty() {
        out.push(rest.join(". "));
    }
    plain(&out.join("\n"))
}

/// A portfolio counts and searches ordinary spaces, and a tab would leave its box.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\t'], " ")
}

/// What a line says it is about: "Acute take" of "Acute take: takes a full share".
fn subject(words: &str) -> Option<&str> {
    const LONGEST: usize = 60;
    let (subject, _) = words.lines().next()?.split_once(':')?;
    let is_short = subject.chars().count() <= LONGEST && !subject.contains(['.', '?']);
    (is_short && !subject.trim().is_empty()).then_some(subject.trim())
}
