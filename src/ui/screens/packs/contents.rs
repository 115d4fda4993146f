//! Everything in a pack, a template or a list, in plain words.

use std::collections::BTreeSet;

use egui::{Role, Sense, Ui, Vec2, WidgetInfo};

use crate::library::Sort;
use crate::library::packs::{Contents, Entry, Line};
use crate::model::{Layer, PromptLayer};
use crate::ui::theme::{self, Icon, IconSize, Space, Type};
use crate::ui::widgets::card::framed;
use crate::ui::widgets::layer::look;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Button, IconButton};

/// What the thing says of itself, as labels and values. An address is text to copy, never a link.
pub fn facts(ui: &mut Ui, contents: &Contents) {
    for (label, value) in &contents.facts {
        let copies = *label == "Remarks and faults to";
        if !copies {
            text::lead(ui, &format!("{label}:"), value);
            continue;
        }
        let p = theme::of(ui);
        ui.horizontal(|ui| {
            text::show(ui, &format!("{label}:"), Type::Strong, p.text);
            let room = ui.available_width() - 40.0;
            let width = text::galley(ui, value, Type::Body, p.text, room.max(120.0)).size().x;
            text::block(ui, value, Type::Body, p.text, width);
            if ui.add(IconButton::new(Icon::Copy, "Copy the address")).clicked() {
                ui.ctx().copy_text(value.clone());
            }
        });
    }
}

/// Each template, module and list with its questions, headings and items. Every other word is a
/// press away. Gives the entry whose button was pressed, where there is a button to open it.
pub fn parts<'a>(
    ui: &mut Ui,
    contents: &'a Contents,
    unfolded: &mut BTreeSet<String>,
    opens: bool,
) -> Option<(Sort, &'a str)> {
    let mut pressed = None;
    for part in &contents.parts {
        ui.add_space(Space::S.pts());
        text::heading(ui, Level::Group, &part.title);
        for entry in &part.entries {
            let key = format!("{}:{}", part.sort, entry.id);
            ui.push_id(&key, |ui| {
                framed(ui, egui::Margin::symmetric(16, 12), |ui| {
                    if show(ui, entry, (unfolded, key.clone()), opens) {
                        pressed = Some((part.sort, entry.id.as_str()));
                    }
                });
            });
        }
    }
    pressed
}

fn show(
    ui: &mut Ui,
    entry: &Entry,
    (unfolded, key): (&mut BTreeSet<String>, String),
    opens: bool,
) -> bool {
    let p = theme::of(ui);
    ui.spacing_mut().item_spacing.y = Space::Xs.pts();
    text::show(ui, &entry.title, Type::Strong, p.text);
    text::small(ui, &entry.size);
    for words in &entry.lines {
        line(ui, words);
    }
    let shown = unfolded.contains(&key);
    if shown {
        ui.add_space(Space::Xs.pts());
        for words in &entry.words {
            text::hint(ui, words);
        }
    }
    let mut pressed = false;
    ui.horizontal_wrapped(|ui| {
        let words = if shown { "Show less" } else { "Show every word" };
        let name = format!("{words}: {}", entry.title);
        if ui.add(Button::quiet(words).small().name(&name)).clicked() {
            if shown {
                unfolded.remove(&key);
            } else {
                unfolded.insert(key);
            }
        }
        let name = format!("Open {}", entry.title);
        pressed = opens && ui.add(Button::quiet("Open").small().name(&name)).clicked();
    });
    pressed
}

/// A line; before a question, who reads its answer.
fn line(ui: &mut Ui, line: &Line) {
    let p = theme::of(ui);
    let Some(layer) = line.layer else {
        text::show(ui, &line.words, Type::Hint, p.text2);
        return;
    };
    let private = layer != PromptLayer::Shared;
    let look = look(if private { Layer::Private } else { Layer::Shared }, p);
    let said = match layer {
        PromptLayer::Shared | PromptLayer::Private => String::new(),
        PromptLayer::Supervisor | PromptLayer::Doctor => format!(" ({})", layer.words()),
    };
    let side = IconSize::Inline.pts();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = Space::S.pts();
        let (rect, _) = ui.allocate_exact_size(Vec2::new(side, 20.0), Sense::hover());
        look.icon.paint(ui.painter(), rect.center(), side, look.ink);
        let room = ui.available_width();
        ui.vertical(|ui| {
            ui.set_width(room);
            let words = format!("{}{said}", line.words);
            let shown = text::show(ui, &words, Type::Hint, p.text);
            // The layer first.
            let said = format!("{}. {}", layer.words(), line.words);
            shown.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        });
    });
}
