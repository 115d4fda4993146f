//! The words of a module on its page, with marks on those that are looked for.

use std::borrow::Cow;

use egui::{Color32, Rect, Response, Ui};

use crate::library::{Block, Finding, Module, emphasis};
use crate::ui::View;
use crate::ui::screens::find;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::marks::{self, Mark};
use crate::ui::widgets::text::{self, Level};

/// The marks in one text, and the byte of it that comes into view now.
pub type Found = (Vec<Mark>, Option<usize>);

/// The box for finding, when it is open; gives the room that is left, and whether it closed.
pub fn look_for(ui: &mut Ui, view: &mut View<'_>, module: &Module, place: Rect) -> (Rect, bool) {
    let (bar, rest) = find::split(view.inputs.find.as_ref(), place);
    let Some(find) = &mut view.inputs.find else { return (rest, false) };
    let texts = texts(module);
    let closes = find::bar(ui, bar, find, texts.iter().map(Cow::as_ref));
    if closes {
        view.inputs.find = None;
    }
    (rest, closes)
}

/// The texts of a module in the order of its page, as they are read.
fn texts(module: &Module) -> Vec<Cow<'_, str>> {
    let blocks = module.guide.iter().flat_map(|block| match block {
        Block::Heading(words) | Block::Paragraph(words) => vec![read(words)],
        Block::Points(points) => points.iter().map(|point| read(point)).collect(),
    });
    let finding = |finding: &Finding| [finding.text.clone().into(), finding.source.clone().into()];
    let findings = module.shows.iter().chain(&module.shows_not).flat_map(finding);
    let steps = module.workshop.steps.iter();
    let steps = steps.flat_map(|step| {
        let words = (!step.words.is_empty()).then(|| read(&step.words));
        std::iter::once(Cow::from(&step.title)).chain(words)
    });
    let card = std::iter::once(&module.card.title).chain(&module.card.lines);
    std::iter::once(Cow::from(&module.title))
        .chain(blocks)
        .chain(findings)
        .chain([read(&module.workshop.intro)])
        .chain(steps)
        .chain(card.map(Cow::from))
        .chain(module.reading.iter().map(Cow::from))
        .collect()
}

/// A text without the signs round its heavier words.
fn read(words: &str) -> Cow<'_, str> {
    emphasis(words).map(|(_, run)| run).collect::<String>().into()
}

/// Begins to draw the page from its title.
pub fn from_title(view: &mut View<'_>) {
    begin(view, 0);
}

/// Begins to draw what there is to read further.
pub fn from_reading(view: &mut View<'_>, module: &Module) {
    if view.inputs.find.is_some() {
        begin(view, texts(module).len() - module.reading.len());
    }
}

fn begin(view: &mut View<'_>, at: usize) {
    if let Some(find) = &mut view.inputs.find {
        find.drawn = at;
    }
}

/// What is found in the text that is drawn next.
pub fn next(view: &mut View<'_>) -> Found {
    let mut marks = Vec::new();
    let Some(number) = view.inputs.find.as_mut().map(|find| {
        find.drawn += 1;
        find.drawn - 1
    }) else {
        return (marks, None);
    };
    let byte = find::marks(&mut view.inputs.find, number, &mut marks);
    (marks, byte)
}

/// Words of one kind and colour.
pub fn plain(ui: &mut Ui, view: &mut View<'_>, words: &str, (kind, ink): (Type, Color32)) {
    let found = next(view);
    show(ui, words, (kind, ink), &found);
}

/// A text in which some words are heavier.
pub fn rich(ui: &mut Ui, view: &mut View<'_>, words: &str, kinds: (Type, Type)) {
    let (marks, bring_up) = next(view);
    let runs: Vec<(bool, &str)> = emphasis(words).collect();
    let ink = theme::of(ui).text;
    let job = marks::job_of_runs(ui, &runs, kinds, ink, &marks);
    marks::show(ui, job, bring_up);
}

/// A heading with what was found in it.
pub fn heading(ui: &mut Ui, level: Level, words: &str, found: &Found) -> Response {
    let ink = theme::of(ui).text;
    let response = show(ui, words, (level.kind(), ink), found);
    text::as_heading(ui, level, words, &response);
    response
}

fn show(
    ui: &mut Ui,
    words: &str,
    (kind, ink): (Type, Color32),
    (marks, bring_up): &Found,
) -> Response {
    let job = marks::job(ui, words, kind, ink, marks);
    marks::show(ui, job, *bring_up)
}
