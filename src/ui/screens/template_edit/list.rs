//! The parts with their prompts, in order: chosen, moved by keyboard or mouse, added to.

use egui::{Frame, Id as WidgetId, Margin, Panel, Rect, ScrollArea, Ui};

use super::row::{self, Row, Sort};
use super::{Editor, first_slot};
use crate::app::template_edit::Column;
use crate::library::mend::{Spot, number};
use crate::model::{Id, Layer, PromptLayer};
use crate::ui::theme::{Icon, Space, Type};
use crate::ui::widgets::{Button, Room, card, text};

/// The id of the row of a place.
pub fn row_id(template: Id, spot: Spot) -> WidgetId {
    WidgetId::unique(("row of a template", template, spot))
}

/// Draws it.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>) {
    let foot = Panel::bottom("add to the template").resizable(false).show_separator_line(false);
    let margin = Margin { left: 12, right: 12, top: 8, bottom: 16 };
    foot.frame(Frame::NONE.inner_margin(margin)).show(ui, |ui| add(ui, editor));
    ScrollArea::vertical().id_salt(("list of a template", editor.id)).auto_shrink(false).show(
        ui,
        |ui| {
            let margin = Margin { left: 12, right: 12, top: 18, bottom: 8 };
            Frame::NONE.inner_margin(margin).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 2.0;
                rows(ui, editor);
            });
        },
    );
}

/// "4 parts, 9 prompts".
fn counted(editor: &Editor<'_>) -> String {
    let count = |n: usize, noun: &str| match n {
        1 => format!("1 {noun}"),
        n => format!("{n} {noun}s"),
    };
    let template = &editor.edit.template;
    let (parts, prompts) = (template.sections.len(), template.prompts().count());
    let hidden = prompts - template.prompt_count();
    let words = format!("{}, {}", count(parts, "part"), count(prompts, "prompt"));
    if hidden == 0 { words } else { format!("{words}, {hidden} hidden") }
}

fn rows(ui: &mut Ui, editor: &mut Editor<'_>) {
    let p = crate::ui::theme::of(ui);
    Frame::NONE.inner_margin(Margin::symmetric(8, 0)).show(ui, |ui| {
        text::show(ui, &counted(editor), Type::Small, p.text2);
    });
    ui.add_space(Space::Xs.pts());
    let spots = editor.edit.spots();
    let count = spots.len();
    let mut places: Vec<(Spot, Rect)> = Vec::with_capacity(count);
    let mut to = None;
    for (index, spot) in spots.iter().enumerate() {
        if matches!(spot, Spot::Part(_)) {
            ui.add_space(Space::S.pts());
        }
        let response = row::show(ui, row_id(editor.id, *spot), &row(editor, *spot));
        places.push((*spot, response.rect));
        let selected = *spot == editor.at();
        if selected && std::mem::take(&mut editor.inputs.template.bring_up) {
            response.scroll_to_me(None);
        }
        if selected && !editor.busy && std::mem::take(&mut editor.inputs.template.to_row) {
            response.request_focus();
        }
        if response.clicked() {
            editor.write_in(*spot, first_slot(*spot));
            ui.request_repaint();
        }
        drag(editor, &response, *spot);
        to = card::arrows(ui, &response, index, count).or(to);
    }
    // After all rows: the next one must not see the same key.
    if let Some(spot) = to.and_then(|to| spots.get(to)) {
        editor.select(*spot);
        ui.memory_mut(|memory| memory.request_focus(row_id(editor.id, *spot)));
    }
    drop_at(ui, editor, &places);
}

fn row(editor: &Editor<'_>, spot: Spot) -> Row {
    let template = &editor.edit.template;
    let wrong = !editor.is_fresh(spot) && editor.mends.iter().any(|mend| mend.spot == spot);
    let selected = spot == editor.at();
    let stop = selected;
    match spot {
        Spot::Whole => Row {
            words: "About this template".to_owned(),
            sort: Sort::Whole,
            selected,
            stop,
            wrong,
            hidden: false,
        },
        Spot::Part(part) => {
            let section = template.sections.get(part);
            let title = section.map(|section| section.title.trim()).unwrap_or_default();
            let private = section.is_some_and(|section| {
                !section.prompts.is_empty()
                    && section.prompts.iter().all(|it| it.layer != PromptLayer::Shared)
            });
            let words = match title {
                "" => format!("Part {}, no name yet", part + 1),
                title => title.to_owned(),
            };
            let layer = if private { Layer::Private } else { Layer::Shared };
            Row { words, sort: Sort::Part(layer), selected, stop, wrong, hidden: false }
        }
        Spot::Prompt(part, at) => {
            let prompt = editor.edit.prompt(part, at);
            let question = prompt.map(|prompt| prompt.text.trim()).unwrap_or_default();
            let words = match question {
                "" => format!("Prompt {}, no question yet", number(template, part, at)),
                words => words.to_owned(),
            };
            let hidden = prompt.is_some_and(|prompt| prompt.hidden);
            Row { words, sort: Sort::Prompt, selected, stop, wrong, hidden }
        }
    }
}

/// A prompt is dragged by its row.
fn drag(editor: &mut Editor<'_>, response: &egui::Response, spot: Spot) {
    if matches!(spot, Spot::Prompt(..)) && response.drag_started() {
        editor.inputs.template.dragged = Some((spot, spot));
    }
}

/// Shows where a dragged prompt would come, and puts it there when it is let go.
fn drop_at(ui: &Ui, editor: &mut Editor<'_>, places: &[(Spot, Rect)]) {
    let Some((from, _)) = editor.inputs.template.dragged else { return };
    let pointer = ui.input(|input| input.pointer.latest_pos());
    let over = pointer.and_then(|at| {
        let under = |place: &&(Spot, Rect)| place.1.top() <= at.y;
        places.iter().rev().find(under).or(places.first())
    });
    let (Spot::Prompt(part, at), Some((target, rect))) = (from, over) else { return };
    let to = match *target {
        Spot::Whole => Spot::Prompt(0, 0),
        Spot::Part(part) => Spot::Prompt(part, 0),
        to @ Spot::Prompt(..) => to,
    };
    if *target != from {
        let after = matches!(to, Spot::Prompt(p, a) if p == part && a > at)
            || matches!(target, Spot::Part(_) | Spot::Whole);
        let y = if after { rect.bottom() } else { rect.top() };
        let stroke = egui::Stroke::new(2.0, crate::ui::theme::of(ui).accent);
        ui.painter().hline(rect.x_range(), y, stroke);
    }
    if ui.input(|input| input.pointer.any_released()) {
        editor.inputs.template.dragged = None;
        if *target != from {
            let spot = editor.edit.move_prompt((part, at), to);
            editor.select(spot);
        }
        ui.request_repaint();
    }
}

/// The buttons that add a prompt or a part after what is worked on.
fn add(ui: &mut Ui, editor: &mut Editor<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = Space::S.pts();
        let prompt = Button::secondary("Prompt").icon(Icon::Plus).name("Add a prompt");
        let mut added = None;
        if ui.add(prompt).clicked() {
            added = Some(editor.edit.add_prompt(editor.at()));
        }
        let part = Button::secondary("Part").icon(Icon::Plus).name("Add a part");
        if ui.add(part).clicked() {
            added = Some(editor.edit.add_part(editor.at()));
        }
        if let Some(spot) = added {
            editor.begin(spot);
            if Room::of(ui) < Room::Medium {
                editor.inputs.template.shown = Column::Fields;
            }
            ui.request_repaint();
        }
    });
}
