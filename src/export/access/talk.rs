//! A conversation or a reflection in words: what was asked, answered, noted and offered.

use serde_json::Value;

use super::record::{Line, Names, add_unsaid, folded, lines};
use crate::export::sheet::{Block, Cell, Part, paragraphs};
use crate::model::text::{answer_lines, long_date};
use crate::model::{Asked, Basis, Kind, Layer, Margin, PromptKind, Session, clean};

/// What a conversation or a reflection is called, with its day.
pub(super) fn title(kind: Kind, session: &Session) -> String {
    let sort = if kind == Kind::Reflection { "Reflection" } else { "Conversation" };
    let taken_back = if session.removed.is_some() { ", taken back" } else { "" };
    let title = clean::line(&session.title);
    let day = long_date(session.date);
    match title.as_str() {
        "" => format!("{sort}, {day}{taken_back}"),
        title => format!("{sort}, {day}{taken_back}: {title}"),
    }
}

/// The parts of the page for one of them, each with who reads it.
pub(super) fn parts(
    kind: Kind,
    session: &Session,
    mut body: Value,
    names: &Names<'_>,
) -> Vec<(Part, Layer)> {
    // The heading says these; what was asked and noted is told part by part below.
    if let Some(fields) = body.as_object_mut() {
        for told in ["title", "date", "sections", "margin"] {
            fields.remove(told);
        }
    }
    let (layered, facts): (Vec<Line>, Vec<Line>) =
        lines(kind, &body, names).into_iter().partition(|line| line.layer.is_some());
    let mut parts = Vec::new();
    let mut open = Vec::new();
    for section in &session.sections {
        for asked in &section.items {
            match answered(&section.title, asked) {
                Some(cells) => {
                    let part = Part::quotes(question(asked), cells);
                    parts.push((Part { sub: true, ..part }, asked.layer));
                }
                None if asked.prompt.kind == PromptKind::Action => {}
                None => open.push(format!("“{}”", question(asked))),
            }
        }
    }
    let mut facts: Vec<String> = facts.iter().map(Line::whole).collect();
    if !open.is_empty() {
        facts.push(format!("Asked and not answered: {}", open.join(" ")));
    }
    let first = listed(title(kind, session), facts.iter().map(|it| paragraphs(it)));
    parts.insert(0, (first, Layer::Private));
    parts.extend(session.margin.iter().map(|note| (noted(session, note), Layer::Private)));
    parts.extend(layered.into_iter().filter_map(one));
    parts
}

/// A part with a list; nothing stands under it where the list is empty.
pub(super) fn listed(title: String, items: impl Iterator<Item = Vec<String>>) -> Part {
    let items = items.filter(|words| !words.is_empty());
    let items: Vec<Cell> = items.map(|words| Cell { words, notes: Vec::new() }).collect();
    let blocks = if items.is_empty() { Vec::new() } else { vec![Block::List { items }] };
    Part { title, sub: false, blocks }
}

/// A field that has a layer, as a part of its own.
pub(super) fn one(line: Line) -> Option<(Part, Layer)> {
    let layer = line.layer?;
    let mut words = paragraphs(&line.words);
    // A goal says in its own words who reads it.
    words.retain(|words| words != layer.words());
    let cell = Cell { words, notes: vec![layer.words().to_owned()] };
    Some((Part { sub: true, ..Part::quotes(line.label, [cell]) }, layer))
}

fn question(asked: &Asked) -> String {
    match clean::line(&asked.prompt.text) {
        text if text.is_empty() => "A question without words".to_owned(),
        text => text,
    }
}

/// What stands under a question: the answer, what it rests on, and the other view.
fn answered(section: &str, asked: &Asked) -> Option<Vec<Cell>> {
    let answer = asked.answer.as_ref().filter(|_| asked.is_answered());
    let answer = clean::lines(&answer.map(answer_lines).unwrap_or_default());
    let answer = match &asked.prompt.kind {
        PromptKind::Scale { to, .. } if !answer.is_empty() => format!("{answer} of {to}"),
        _ => answer,
    };
    let view = asked.other_view.as_ref().filter(|view| !view.is_blank());
    let view = view.map(|view| clean::lines(&view.words())).unwrap_or_default();
    let mut standing = vec![asked.layer.words().to_owned()];
    standing.extend(asked.basis.map(|basis| basis.words().to_owned()));
    let section = clean::line(section);
    if !section.is_empty() {
        standing.push(format!("Under “{section}”"));
    }
    let notes = vec![standing.join(". ")];
    let mut unsaid = Vec::new();
    let mut body = serde_json::to_value(asked).unwrap_or_default();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("prompt");
    }
    add_unsaid("", &body, &folded(&format!("{answer} {view}")), &mut unsaid);
    if answer.is_empty() && view.is_empty() && unsaid.is_empty() {
        return None;
    }
    let mut words = paragraphs(&answer);
    words.extend(unsaid.iter().flat_map(|it| paragraphs(it)));
    let mut cells = vec![Cell { words, notes }];
    cells.retain(|cell| !cell.words.is_empty());
    if !view.is_empty() {
        cells.push(Cell { words: paragraphs(&view), notes: vec![asked.layer.words().to_owned()] });
    }
    Some(cells)
}

/// A note in the margin, beside the question that it stands beside.
fn noted(session: &Session, note: &Margin) -> Part {
    let beside = note.beside.as_ref().map(|id| {
        let asked = session.items().find(|asked| asked.prompt.id == *id);
        asked.map_or_else(|| clean::line(id), question)
    });
    let title = match beside {
        Some(question) => format!("Private note beside “{question}”"),
        None => "Private note".to_owned(),
    };
    let mut standing = vec![Layer::Private.words()];
    standing.extend(note.basis.map(Basis::words));
    let words = paragraphs(&clean::lines(&note.text));
    let cell = Cell { words, notes: vec![standing.join(". ")] };
    Part { sub: true, ..Part::quotes(title, [cell]) }
}
