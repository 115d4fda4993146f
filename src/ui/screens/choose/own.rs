//! Making templates of one's own: from nothing, as a copy, and going on with what was begun.

use egui::Ui;

use crate::app::Action;
use crate::app::action::TemplateAction;
use crate::app::state::Open;
use crate::app::template_edit::TemplateEdit;
use crate::model::own::template_id;
use crate::model::{Id, Template};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{ListRow, card_of_list, hairline};
use crate::ui::widgets::page;
use crate::ui::widgets::text::{self, Level};

/// The heading of the list, with the button that begins a new template.
pub fn title(ui: &mut Ui, view: &mut View<'_>, open: &Open, words: &str, with_new: bool) {
    if !with_new || open.read_only.is_some() {
        text::heading(ui, Level::Title, words);
        return;
    }
    let new = Button::secondary("New template").icon(Icon::Plus);
    let room = ui.available_width() - new.measure(ui) - Space::L.pts();
    let heading = |ui: &mut Ui| text::heading(ui, Level::Title, words);
    page::row(
        ui,
        |ui| page::at_most(ui, room, heading),
        |ui| {
            if ui.add(new).clicked() {
                view.out.push(Action::Template(TemplateAction::New));
            }
        },
    );
}

/// What is being written and is in no version yet.
pub fn begun(ui: &mut Ui, view: &mut View<'_>) {
    let begun: Vec<(Id, String, String)> =
        view.inputs.edits.iter().map(|(id, edit)| (*id, name(edit), state(edit))).collect();
    if begun.is_empty() {
        return;
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        let colour = theme::of(ui).text2;
        text::heading_in(ui, Level::Group, "You are writing", colour);
        card_of_list(ui, |ui| {
            let last = begun.len() - 1;
            for (at, (id, name, state)) in begun.iter().enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                let row = ListRow::new(name).detail(state).icon(Icon::PencilSimple).opens();
                if row.in_card(at == 0, at == last).show(ui).clicked() {
                    view.out.push(Action::Template(TemplateAction::Edit(*id)));
                }
            }
        });
    });
}

fn name(edit: &TemplateEdit) -> String {
    match edit.template.title.trim() {
        "" => "A template without a title".to_owned(),
        title => title.to_owned(),
    }
}

fn state(edit: &TemplateEdit) -> String {
    match &edit.saved {
        Some(saved) => format!("Changes that are not in version {} yet", saved.version),
        None => "Not saved as a template yet".to_owned(),
    }
}

/// What can be done with a template: a copy of any; one's own is changed and taken out.
pub fn tools(ui: &mut Ui, view: &mut View<'_>, open: &Open, template: &Template) {
    if open.read_only.is_some() {
        return;
    }
    let mut own = open.journal.own().templates();
    let record = own.find(|(id, _)| template_id(*id) == template.id).map(|(id, _)| id);
    let mut wish = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(Space::S.pts(), Space::Xs.pts());
        if let Some(id) = record {
            let words = if view.inputs.edits.contains_key(&id) { "Write on" } else { "Edit" };
            let edit = Button::secondary(words).icon(Icon::PencilSimple).small();
            if ui.add(edit).clicked() {
                wish = Some(TemplateAction::Edit(id));
            }
        }
        let copy = Button::secondary("Make my own copy").icon(Icon::Copy).small();
        if ui.add(copy).clicked() {
            wish = Some(TemplateAction::Copy(template.id.clone()));
        }
        if let Some(id) = record {
            let out = Button::ghost("Take out of the library").icon(Icon::Archive).small();
            if ui.add(out).clicked() {
                wish = Some(TemplateAction::Remove(id));
            }
        }
    });
    view.out.extend(wish.map(Action::Template));
}
