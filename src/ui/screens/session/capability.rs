//! Capabilities of a list, each with a rating and a line of words.

use egui::Ui;

use super::{Editor, kinds};
use crate::library::{Library, ListItem};
use crate::model::{Answer, Asked, CapabilityRating};
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::{Button, Field, IconButton, card, choice, menu, page};

/// The width of the box with the capabilities, in points.
const LIST: f32 = 520.0;

/// Draws the answer to a prompt for capabilities; says whether it changed. A first row stands
/// ready.
pub fn answer(
    ui: &mut Ui,
    editor: &Editor<'_>,
    asked: &mut Asked,
    list: &str,
    takes: bool,
) -> bool {
    let mut rated = match asked.answer.take() {
        Some(Answer::Capability(rated)) => rated,
        _ => Vec::new(),
    };
    if rated.is_empty() {
        rated.push(CapabilityRating::default());
    }
    let items = items(&editor.state.library, list);
    ui.add_space(Space::Xs.pts());
    let changed = rows(ui, items, &mut rated, takes);
    let only_ready = matches!(rated.as_slice(), [one] if one.is_blank());
    asked.answer = (!rated.is_empty() && !only_ready).then_some(Answer::Capability(rated));
    changed
}

/// What there is to choose from; nothing where the list is not at hand.
fn items<'a>(library: &'a Library, list: &str) -> &'a [ListItem] {
    library.list(list).map_or(&[], |list| list.items.as_slice())
}

fn rows(ui: &mut Ui, items: &[ListItem], rated: &mut Vec<CapabilityRating>, takes: bool) -> bool {
    let mut changed = false;
    let mut gone = None;
    card::card_of_rows(ui, |ui| {
        for (at, one) in rated.iter_mut().enumerate() {
            if at > 0 {
                card::hairline(ui);
            }
            let name = format!("Capability {} {}", at + 1, one.title);
            let shown = ui.push_id(at, |ui| {
                kinds::group(ui, name.trim_end(), |ui| row(ui, items, one, takes && at == 0))
            });
            let (new, removed) = shown.inner;
            changed |= new;
            if removed {
                gone = Some(at);
            }
        }
    });
    if let Some(at) = gone {
        rated.remove(at);
        changed = true;
    }
    let add = Button::quiet("Add a capability").icon(Icon::Plus).small();
    if ui.add(add).clicked() {
        rated.push(CapabilityRating::default());
        changed = true;
    }
    changed
}

/// One capability; says whether it changed and whether it is taken out.
fn row(ui: &mut Ui, items: &[ListItem], one: &mut CapabilityRating, takes: bool) -> (bool, bool) {
    let mut changed = false;
    let mut remove = false;
    ui.add_space(Space::S.pts());
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    page::row(
        ui,
        |ui| changed |= choose(ui, items, one, takes),
        |ui| remove = ui.add(IconButton::new(Icon::Trash, "Remove this capability")).clicked(),
    );
    let range = CapabilityRating::LOWEST..=CapabilityRating::HIGHEST;
    let ends = ("New to it", "Could teach it");
    changed |= choice::scale(ui, "Rating", &mut one.rating, range, ends).changed();
    let words = Field::new("In words").placeholder("What you saw, or what it rests on");
    changed |= words.show(ui, &mut one.words).changed();
    ui.add_space(Space::S.pts());
    (changed, remove)
}

/// A choice from the list. What the list no longer holds stays as it was chosen; where there is
/// no list at hand, it is written.
fn choose(ui: &mut Ui, items: &[ListItem], one: &mut CapabilityRating, takes: bool) -> bool {
    let response = if items.is_empty() {
        Field::new("Capability").width(LIST).show(ui, &mut one.title)
    } else {
        let mut chosen = (one.code.clone(), one.title.clone());
        let mut options: Vec<((String, String), &str)> = items
            .iter()
            .map(|item| ((item.code.clone(), item.title.clone()), item.title.as_str()))
            .collect();
        let kept = chosen.clone();
        if options.iter().all(|(option, _)| *option != kept) {
            let words = if kept.1.is_empty() { "Choose one" } else { kept.1.as_str() };
            options.insert(0, (kept.clone(), words));
        }
        let response = menu::select(ui, "Capability", &mut chosen, &options, LIST);
        (one.code, one.title) = chosen;
        response
    };
    if takes {
        response.request_focus();
    }
    response.changed()
}
