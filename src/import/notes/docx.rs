//! Word files (ECMA-376): their text, paragraph by paragraph, without looks.
//!
//! Headings, lists, tables and notes are kept as Markdown writes them. Text that a tracked change
//! took out, pictures, comments, headers and footers stay out, and that is said.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node, ParsingOptions};

use super::lines::Line;
use super::unpack::Archive;
use super::{NotesError, Told};

/// The most nodes of one part: a long book has fewer.
const MAX_NODES: u32 = 400_000;
/// The most attributes of one element and declarations of name spaces in one part. The parser
/// compares each with all before it, so many would take for ever; Word writes some dozens.
const MAX_ATTRIBUTES: usize = 1_000;
/// The most lists of a document; Word keeps one for each place where a list begins again.
const MAX_LISTS: usize = 20_000;
/// The deepest level of a list (ECMA-376, 17.9.3).
const DEEPEST: u8 = 8;
/// How deep elements may lie in each other; Word itself stays far below.
const MAX_DEPTH: usize = 96;

pub fn read(bytes: &[u8], told: &mut Told) -> Result<Vec<Line>, NotesError> {
    let mut archive = Archive::open(bytes)?;
    let body = archive.read("word/document.xml")?.ok_or(NotesError::NotThat("Word"))?;
    let mut part = |name: &str| -> Result<Option<String>, NotesError> {
        archive.read(name)?.map(text).transpose()
    };
    let (styles, numbering) = (part("word/styles.xml")?, part("word/numbering.xml")?);
    let (footnotes, endnotes) = (part("word/footnotes.xml")?, part("word/endnotes.xml")?);
    let mut walk = Walk {
        headings: styles.map(|xml| headings(&xml)).transpose()?.unwrap_or_default(),
        numbered: numbering.map(|xml| numbered(&xml)).transpose()?.unwrap_or_default(),
        ..Walk::default()
    };
    for (sort, xml) in [("footnote", footnotes), ("endnote", endnotes)] {
        if let Some(xml) = xml {
            walk.read_notes(sort, &xml)?;
        }
    }
    let body = text(body)?;
    let document = parse(&body)?;
    let root = document.root_element();
    let body = child(root, "body").ok_or(NotesError::NotThat("Word"))?;
    walk.blocks(body, 0);
    let mut lines = walk.lines;
    for (at, words) in walk.quoted.iter().enumerate() {
        lines.push(Line { heading: None, text: format!("[{}] {words}", at + 1), tight: at > 0 });
    }
    told.left_out(
        walk.deleted,
        "passage that a tracked change took out",
        "passages that tracked changes took out",
    );
    told.left_out(walk.pictures, "picture or drawing", "pictures and drawings");
    told.left_out(walk.symbols, "symbol of a special font", "symbols of special fonts");
    told.left_out(walk.too_deep, "part that lies too deep", "parts that lie too deep");
    let rest =
        [("word/comments", "comments"), ("word/header", "headers"), ("word/footer", "footers")];
    let rest = rest.into_iter().filter(|(name, _)| archive.has(name));
    let rest: Vec<&str> = rest.map(|(_, words)| words).collect();
    if !rest.is_empty() {
        told.say(format!("Left out: {}.", rest.join(", ")));
    }
    Ok(lines)
}

fn text(bytes: Vec<u8>) -> Result<String, NotesError> {
    // XML of Word is UTF-8; UTF-16 has a mark at its beginning (XML 1.0, 4.3.3).
    String::from_utf8(bytes).or_else(|error| {
        super::plain::text(error.as_bytes()).map(|(text, _)| text).map_err(|_| NotesError::NotXml)
    })
}

/// A document without entities of its own: none can grow.
fn parse(xml: &str) -> Result<Document<'_>, NotesError> {
    if has_crowded_tag(xml) || xml.matches("xmlns").nth(MAX_ATTRIBUTES).is_some() {
        return Err(NotesError::TooMuch);
    }
    let options = ParsingOptions { nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(xml, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => NotesError::TooMuch,
        _ => NotesError::NotXml,
    })
}

/// Whether there may be a tag with more attributes than any. Every attribute has a sign of equality
/// before a quotation mark; none holds the sign that begins the next tag.
fn has_crowded_tag(xml: &str) -> bool {
    xml.split('<').any(|tag| {
        let values = tag.match_indices('=').filter(|(at, _)| {
            tag[at + 1..].trim_start_matches([' ', '\t', '\r', '\n']).starts_with(['"', '\''])
        });
        values.count() > MAX_ATTRIBUTES
    })
}

fn child<'a, 'x>(node: Node<'a, 'x>, name: &str) -> Option<Node<'a, 'x>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// The value of a child element: `<w:pStyle w:val="Heading1"/>`.
fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    attribute(child(node, name)?, "val")
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|it| it.name() == name).map(|it| it.value())
}

/// The level of each style that is a heading.
fn headings(xml: &str) -> Result<BTreeMap<String, u8>, NotesError> {
    let document = parse(xml)?;
    let styles = document.root_element().children().filter(|it| it.tag_name().name() == "style");
    let level = |style: Node<'_, '_>| {
        let name = value(style, "name").unwrap_or_default().to_ascii_lowercase();
        let by_name = name.strip_prefix("heading ").and_then(|number| number.parse().ok());
        let outline = child(style, "pPr").and_then(|it| value(it, "outlineLvl"));
        let by_outline = outline.and_then(|level| level.parse::<u8>().ok()).map(|level| level + 1);
        if name == "title" { Some(1) } else { by_name.or(by_outline) }
    };
    let known = styles.filter_map(|style| {
        let id = attribute(style, "styleId")?.to_owned();
        Some((id, level(style).filter(|level| (1..=9).contains(level))?.min(6)))
    });
    Ok(known.collect())
}

/// The lists and their levels that count, by number and level; the others have bullets.
fn numbered(xml: &str) -> Result<BTreeSet<(String, u8)>, NotesError> {
    let document = parse(xml)?;
    let root = document.root_element();
    let mut counted: BTreeMap<&str, BTreeSet<u8>> = BTreeMap::new();
    for list in root.children().filter(|it| it.tag_name().name() == "abstractNum") {
        let Some(id) = attribute(list, "abstractNumId") else { continue };
        let levels = list.children().filter(|it| it.tag_name().name() == "lvl");
        let counts = |level: &Node<'_, '_>| {
            value(*level, "numFmt").is_some_and(|form| form != "bullet" && form != "none")
        };
        let levels = levels.filter(counts).filter_map(|it| attribute(it, "ilvl")?.parse().ok());
        counted.insert(id, levels.filter(|level| *level <= DEEPEST).collect());
    }
    let lists = root.children().filter(|it| it.tag_name().name() == "num");
    let lists = lists.take(MAX_LISTS).filter_map(|list| {
        let id = attribute(list, "numId")?;
        Some((id, counted.get(value(list, "abstractNumId")?)?))
    });
    Ok(lists.flat_map(|(id, levels)| levels.iter().map(|at| (id.to_owned(), *at))).collect())
}

/// What is gathered on the way through a document.
#[derive(Default)]
struct Walk {
    headings: BTreeMap<String, u8>,
    numbered: BTreeSet<(String, u8)>,
    /// How far each list that counts has counted.
    counts: BTreeMap<(String, u8), u32>,
    /// The notes, by sort and identity.
    notes: BTreeMap<(&'static str, String), Note>,
    /// The words of the notes that were met, in their order.
    quoted: Vec<String>,
    lines: Vec<Line>,
    deleted: usize,
    pictures: usize,
    symbols: usize,
    too_deep: usize,
}

/// A footnote or an endnote.
enum Note {
    /// Its words, until it is met.
    Unmet(String),
    /// Its number from then on.
    Met(usize),
}

impl Walk {
    fn read_notes(&mut self, sort: &'static str, xml: &str) -> Result<(), NotesError> {
        let document = parse(xml)?;
        for note in document.root_element().children().filter(|it| it.tag_name().name() == sort) {
            let Some(id) = attribute(note, "id") else { continue };
            let words = self.flat(note, 0);
            self.notes.insert((sort, id.to_owned()), Note::Unmet(words));
        }
        Ok(())
    }

    /// The paragraphs and tables in an element.
    fn blocks(&mut self, node: Node<'_, '_>, depth: usize) {
        if depth > MAX_DEPTH {
            self.too_deep += 1;
            return;
        }
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "p" => self.paragraph(child, depth + 1),
                "tbl" => self.table(child, depth + 1),
                "del" | "moveFrom" => self.deleted += 1,
                "sectPr" | "tblPr" | "sdtPr" => {}
                _ => self.blocks(child, depth + 1),
            }
        }
    }

    fn paragraph(&mut self, node: Node<'_, '_>, depth: usize) {
        let mut text = String::new();
        self.inline(node, &mut text, depth);
        let looks = child(node, "pPr");
        let style = looks.and_then(|it| value(it, "pStyle"));
        let outline = looks.and_then(|it| value(it, "outlineLvl")).and_then(|it| it.parse().ok());
        let by_outline = outline.filter(|level: &u8| *level < 9).map(|level| (level + 1).min(6));
        let heading = style.and_then(|style| self.headings.get(style).copied()).or(by_outline);
        let list = looks.and_then(|it| child(it, "numPr"));
        let list = list.filter(|it| value(*it, "numId") != Some("0"));
        if text.trim().is_empty() {
            return;
        }
        if heading.is_some() {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            self.lines.push(Line { heading, text, tight: false });
            return;
        }
        let Some(list) = list else {
            self.lines.push(Line { heading: None, text, tight: false });
            return;
        };
        let tight = self.lines.last().is_some_and(|line| is_item(&line.text));
        let text = self.item(list) + text.trim_start();
        self.lines.push(Line { heading: None, text, tight });
    }

    /// What stands before an item of a list.
    fn item(&mut self, list: Node<'_, '_>) -> String {
        let level = value(list, "ilvl").and_then(|level| level.parse::<u8>().ok()).unwrap_or(0);
        let level = level.min(DEEPEST);
        let id = value(list, "numId").unwrap_or_default().to_owned();
        let indent = "  ".repeat(usize::from(level));
        // A list begins again below every item above it.
        for deeper in level + 1..=DEEPEST {
            self.counts.remove(&(id.clone(), deeper));
        }
        if !self.numbered.contains(&(id.clone(), level)) {
            return format!("{indent}- ");
        }
        let count = self.counts.entry((id, level)).or_default();
        *count += 1;
        format!("{indent}{count}. ")
    }

    /// A table: a line for each row, the cells apart.
    fn table(&mut self, node: Node<'_, '_>, depth: usize) {
        if depth > MAX_DEPTH {
            self.too_deep += 1;
            return;
        }
        let mut first = true;
        for row in node.children().filter(|it| it.tag_name().name() == "tr") {
            let cells = row.children().filter(|it| it.tag_name().name() == "tc");
            let cells: Vec<String> = cells.map(|cell| self.flat(cell, depth + 1)).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                let text = cells.join(" | ");
                self.lines.push(Line { heading: None, text, tight: !std::mem::take(&mut first) });
            }
        }
    }

    /// All words in an element on one line.
    fn flat(&mut self, node: Node<'_, '_>, depth: usize) -> String {
        let mut text = String::new();
        self.inline(node, &mut text, depth);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The words in an element.
    fn inline(&mut self, node: Node<'_, '_>, out: &mut String, depth: usize) {
        if depth > MAX_DEPTH {
            self.too_deep += 1;
            return;
        }
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "t" => child.children().filter_map(|it| it.text()).for_each(|it| out.push_str(it)),
                "tab" => out.push(' '),
                "br" | "cr" => out.push('\n'),
                "noBreakHyphen" => out.push('\u{2011}'),
                "softHyphen" => out.push('\u{ad}'),
                "del" | "moveFrom" => self.deleted += 1,
                "drawing" | "pict" | "object" => self.pictures += 1,
                "sym" => self.symbols += 1,
                "footnoteReference" => self.quote(child, "footnote", out),
                "endnoteReference" => self.quote(child, "endnote", out),
                "AlternateContent" => self.alternative(child, out, depth + 1),
                "pPr" | "rPr" | "tcPr" | "sdtPr" | "instrText" | "fldData" | "delText" => {}
                "p" => {
                    if !out.is_empty() {
                        out.push(' ');
                    }
                    self.inline(child, out, depth + 1);
                }
                _ => self.inline(child, out, depth + 1),
            }
        }
    }

    /// One of several forms of the same thing.
    fn alternative(&mut self, node: Node<'_, '_>, out: &mut String, depth: usize) {
        if let Some(form) = child(node, "Choice").or_else(|| child(node, "Fallback")) {
            self.inline(form, out, depth);
        }
    }

    /// The number of a note where it is quoted; its words come at the end.
    fn quote(&mut self, node: Node<'_, '_>, sort: &'static str, out: &mut String) {
        let Some(id) = attribute(node, "id") else { return };
        let Some(note) = self.notes.get_mut(&(sort, id.to_owned())) else { return };
        let number = match note {
            Note::Met(number) => *number,
            Note::Unmet(words) => {
                self.quoted.push(std::mem::take(words));
                self.quoted.len()
            }
        };
        *note = Note::Met(number);
        out.push_str(&format!("[{number}]"));
    }
}

/// Whether a line is an item of a list.
fn is_item(text: &str) -> bool {
    let text = text.trim_start();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    text.starts_with("- ") || digits > 0 && text[digits..].starts_with(". ")
}
