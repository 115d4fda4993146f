//! What a template asks: its parts with their layers, why, and when to use something else.

use egui::{Margin, ScrollArea, Ui};

use super::own;
use crate::app::role::Words;
use crate::app::state::Open;
use crate::app::{Action, Screen};
use crate::model::session::Role;
use crate::model::template::Section;
use crate::model::{Layer, Mark, Template};
use crate::ui::View;
use crate::ui::screens::{exit_card, marks};
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::layer::{self, Chip};
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::text::{self, Level};

/// Draws it; it scrolls by itself.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, template: &Template) {
    let role = open.journal.settings().role;
    let margin = if Room::of(ui) == Room::Wide { 26 } else { Room::of(ui).margin() as i8 };
    let body = ScrollArea::vertical().auto_shrink(false).content_margin(Margin::same(margin));
    body.id_salt(&template.id).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        let key = Mark::of_template(&template.id);
        let room = ui.available_width() - 110.0;
        page::row(
            ui,
            |ui| page::at_most(ui, room, |ui| text::heading(ui, Level::Section, &template.title)),
            |ui| marks::star(ui, view, open, &key),
        );
        text::small(ui, &lead(template, role));
        own::tools(ui, view, open, template);
        ground_rules(ui, &template.ground_rules);
        for section in &template.sections {
            for (layer, words) in runs(section, role) {
                part(ui, layer, &section.title, &words);
            }
        }
        ui.add_space(Space::Xs.pts());
        if !template.why.is_empty() {
            Banner::information("Why these questions?")
                .words(&template.why)
                .icon(Icon::Lightbulb)
                .show(ui);
        }
        for (lead, words) in
            [("When to use it.", &template.when), ("When not to.", &template.when_not)]
        {
            if !words.is_empty() {
                text::lead(ui, lead, words);
            }
        }
        if !template.if_it_turns.is_empty() {
            ui.add_space(Space::Xs.pts());
            text::heading(ui, Level::Group, exit_card::TITLE);
            text::body(ui, &template.if_it_turns);
        }
        learn_more(ui, view, template);
        hairline(ui);
        marks::show(ui, view, open, &key);
    });
}

/// What both must know before they begin.
pub fn ground_rules(ui: &mut Ui, rules: &[String]) {
    if !rules.is_empty() {
        let words = rules.join(" ");
        Banner::information("Before you begin.").words(&words).icon(Icon::Handshake).show(ui);
    }
}

/// The way to the modules that it belongs to.
fn learn_more(ui: &mut Ui, view: &mut View<'_>, template: &Template) {
    let library = view.state.library.clone();
    for module in library.modules_with(&template.id) {
        let words = format!("Learn more: {}", module.title);
        if ui.add(Button::quiet(&words).icon(Icon::BookOpen).small()).clicked() {
            view.out.push(Action::Go(Screen::Learning(Some(module.id.clone()))));
        }
    }
}

/// "Led by you and the doctor. 4 parts, 11 prompts. Skip any of them."
fn lead(template: &Template, role: Role) -> String {
    let by = Words::of(role).lead(template);
    let mut by = by.chars();
    let by: String = by.next().map(|c| c.to_lowercase().chain(by).collect()).unwrap_or_default();
    let asked = |section: &Section| {
        section.shown().filter(|prompt| prompt.layer.for_role(role).is_some()).count()
    };
    let parts = template.sections.iter().filter(|section| asked(section) > 0).count();
    let prompts: usize = template.sections.iter().map(asked).sum();
    let parts = if parts == 1 { "1 part".to_owned() } else { format!("{parts} parts") };
    let prompts = if prompts == 1 { "1 prompt".to_owned() } else { format!("{prompts} prompts") };
    format!("Led by {by}. {parts}, {prompts}. Skip any of them.")
}

/// A part's prompts, together as long as they lie in one layer.
fn runs(section: &Section, role: Role) -> Vec<(Layer, String)> {
    let mut runs: Vec<(Layer, String)> = Vec::new();
    for prompt in section.shown() {
        let Some(layer) = prompt.layer.for_role(role) else { continue };
        match runs.last_mut() {
            Some((last, words)) if *last == layer => {
                words.push(' ');
                words.push_str(&prompt.text);
            }
            _ => runs.push((layer, prompt.text.clone())),
        }
    }
    runs
}

fn part(ui: &mut Ui, layer: Layer, title: &str, words: &str) {
    let colour = theme::of(ui).text2;
    layer::edged(ui, layer, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        ui.horizontal_wrapped(|ui| {
            ui.add(Chip::new(layer));
            text::heading(ui, Level::Group, title);
        });
        text::show(ui, words, Type::Hint, colour);
    });
}
