//! Beside a module: the templates that belong to it, what to do when the talk turns, what worked
//! for the owner, and what to read.

use egui::{Id as WidgetId, Ui};

use super::words;
use crate::app::Action;
use crate::app::action::LibraryAction;
use crate::app::state::Open;
use crate::library::Module;
use crate::model::template::Form;
use crate::model::{Mark, Template};
use crate::ui::View;
use crate::ui::screens::{choose, exit_card, marks};
use crate::ui::theme::{self, IconSize, Space, Type};
use crate::ui::widgets::Button;
use crate::ui::widgets::card::{arrows, hairline};
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::text::{self, Level};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, module: &Module) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Section, "Templates for this");
    templates(ui, view, module);
    divide(ui);
    text::heading(ui, Level::Group, exit_card::TITLE);
    text::hint(ui, &format!("{} Each template says what to do then.", exit_card::LEAD));
    if ui.add(Button::quiet("Open the card").small()).clicked() {
        view.inputs.exit_card = Some(0);
    }
    let library = view.state.library.clone();
    let talks = module.templates.iter().filter_map(|id| library.get(id));
    let talks = talks.filter(|template| !template.if_it_turns.is_empty());
    let talks: Vec<(&str, &str)> =
        talks.map(|template| (template.title.as_str(), template.if_it_turns.as_str())).collect();
    exit_card::show(ui.ctx(), view.inputs, &talks);
    divide(ui);
    marks::show(ui, view, open, &Mark::of_module(&module.id));
    divide(ui);
    text::heading(ui, Level::Group, "Read further");
    words::from_reading(view, module);
    let ink = theme::of(ui).text2;
    for source in &module.reading {
        words::plain(ui, view, source, (Type::Small, ink));
    }
}

/// Gives the keyboard to the first template again.
pub fn take_keyboard(ui: &Ui, module: &Module) {
    if let Some(template) = module.templates.first() {
        ui.memory_mut(|memory| memory.request_focus(use_id(template)));
    }
}

fn divide(ui: &mut Ui) {
    ui.add_space(Space::Xs.pts());
    hairline(ui);
    ui.add_space(Space::Xs.pts());
}

fn templates(ui: &mut Ui, view: &mut View<'_>, module: &Module) {
    let library = view.state.library.clone();
    let templates: Vec<&Template> =
        module.templates.iter().filter_map(|id| library.get(id)).collect();
    let opened = page::just_opened(ui.ctx(), WidgetId::unique(("module", &module.id)));
    let mut to = None;
    for (at, template) in templates.iter().enumerate() {
        if at > 0 {
            hairline(ui);
        }
        let id = use_id(&template.id);
        let words = format!("Use {}", template.title);
        // One main step on the page: the first.
        let button = if at == 0 { Button::primary("Use") } else { Button::secondary("Use") };
        let button = button.small().name(&words).id(id);
        let response = row(ui, template, button);
        if opened && at == 0 && Room::of(ui) == Room::Wide {
            response.request_focus();
        }
        if response.clicked() {
            let wish = LibraryAction::Choose(template.id.clone());
            view.out.push(Action::Library(wish));
        }
        to = arrows(ui, &response, at, templates.len()).or(to);
    }
    // After all rows: the next one must not see the same key.
    if let Some(next) = to.and_then(|to| templates.get(to)) {
        ui.memory_mut(|memory| memory.request_focus(use_id(&next.id)));
    }
}

fn use_id(template: &str) -> WidgetId {
    WidgetId::unique(("use", template))
}

fn row(ui: &mut Ui, template: &Template, button: Button<'_>) -> egui::Response {
    let p = theme::of(ui);
    let side = IconSize::Feature.pts();
    let room = ui.available_width() - side - button.measure(ui) - 2.0 * Space::M.pts();
    let left = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = Space::M.pts();
        let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(side), egui::Sense::hover());
        choose::icon(template).paint(ui.painter(), rect.center(), 22.0, p.text2);
        ui.vertical(|ui| {
            ui.set_width(room);
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(Space::Xs.pts());
            text::show(ui, &template.title, Type::Strong, p.text);
            let with = if template.form == Form::Conversation { "Together" } else { "Alone" };
            text::small(ui, &format!("{with}, {}", choose::minutes(template)));
            ui.add_space(Space::Xs.pts());
        });
    };
    page::row(ui, left, |ui| ui.add(button)).1
}
