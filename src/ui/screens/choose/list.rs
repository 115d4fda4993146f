//! The templates in groups: reasons, most used, situations; or what a search finds.

use egui::{Id as WidgetId, Ui};

use super::start_from_row;
use crate::app::advice::{self, Suggested};
use crate::app::state::Open;
use crate::model::template::{Form, Situation};
use crate::model::{Id, Template};
use crate::ui::View;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{ListRow, arrows, card_of_list, hairline};
use crate::ui::widgets::choice::pills;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::page::{self, Room, at_most};
use crate::ui::widgets::text::{self, Level};

/// Width of the field to find a template, in points.
const FIND: f32 = 320.0;

/// The groups to be shown. Each template stands in one only: the first that names it.
pub fn groups<'a>(view: &View<'a>, open: &Open, person: Option<Id>) -> Vec<Suggested<'a>> {
    let choose = &view.inputs.choose;
    let all: &'a [Template] = view.state.library.templates();
    let find = choose.find.trim().to_lowercase();
    if !find.is_empty() {
        let templates: Vec<&Template> = all.iter().filter(|t| has(t, &find)).collect();
        return grouped("Found".to_owned(), templates);
    }
    let of = |situation: Situation| all.iter().filter(move |t| t.situation == situation);
    if let Some(situation) = choose.situation {
        return grouped(situation.words().to_owned(), of(situation).collect());
    }
    let library = &view.state.library;
    let mut groups = advice::suggest(&open.journal, library, person, view.state.today());
    let seen: Vec<&str> =
        groups.iter().flat_map(|g| g.templates.iter().map(|t| t.id.as_str())).collect();
    let rest = Situation::ALL.into_iter().flat_map(|situation| {
        let templates = of(situation).filter(|t| !seen.contains(&t.id.as_str())).collect();
        grouped(situation.words().to_owned(), templates)
    });
    let rest: Vec<Suggested<'a>> = rest.collect();
    groups.extend(rest);
    groups
}

fn grouped(reason: String, templates: Vec<&Template>) -> Vec<Suggested<'_>> {
    if templates.is_empty() { Vec::new() } else { vec![Suggested { reason, templates }] }
}

fn has(template: &Template, find: &str) -> bool {
    let prompts = template.sections.iter().flat_map(|section| &section.prompts);
    [&template.title, &template.purpose]
        .into_iter()
        .chain(&template.moments)
        .chain(prompts.map(|prompt| &prompt.text))
        .any(|text| text.to_lowercase().contains(find))
}

/// Draws the list.
pub fn show(
    ui: &mut Ui,
    view: &mut View<'_>,
    person: Option<Id>,
    groups: &[Suggested<'_>],
    chosen: Option<&Template>,
) {
    page::page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::L.pts();
        text::heading(ui, Level::Title, "What is this conversation for?");
        at_most(ui, FIND, |ui| {
            Field::new("Find a template")
                .label_hidden()
                .placeholder("Find a template")
                .icon(Icon::MagnifyingGlass)
                .show(ui, &mut view.inputs.choose.find);
        });
        situations(ui, view);
        if groups.is_empty() {
            text::secondary(ui, "No template has that word.");
            if ui.add(Button::secondary("Show all templates")).clicked() {
                view.inputs.choose.find.clear();
                view.inputs.choose.situation = None;
            }
        }
        let listed: Vec<&Template> =
            groups.iter().flat_map(|group| group.templates.iter().copied()).collect();
        let (mut at, mut to) = (0, None);
        for group in groups {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = Space::S.pts();
                let colour = crate::ui::theme::of(ui).text2;
                text::heading_in(ui, Level::Group, &group.reason, colour);
                card_of_list(ui, |ui| {
                    let last = group.templates.len() - 1;
                    for (index, template) in group.templates.iter().enumerate() {
                        if index > 0 {
                            hairline(ui);
                        }
                        let ends = (index == 0, index == last);
                        let on = (at, listed.len());
                        to = row(ui, view, person, template, on, chosen, ends).or(to);
                        at += 1;
                    }
                });
            });
        }
        // After all rows: the next one must not see the same key.
        if let Some(next) = to.and_then(|to| listed.get(to)) {
            view.inputs.choose.template = Some(next.id.clone());
            ui.memory_mut(|memory| memory.request_focus(row_id(next)));
        }
    });
}

fn situations(ui: &mut Ui, view: &mut View<'_>) {
    let all = view.state.library.templates();
    let mut options = vec![(None, "Suggested", Some(Icon::Star))];
    options.extend(
        Situation::ALL
            .into_iter()
            .filter(|situation| all.iter().any(|template| template.situation == *situation))
            .map(|situation| (Some(situation), situation.words(), None)),
    );
    if pills(ui, "Situation", &mut view.inputs.choose.situation, &options).changed() {
        view.inputs.choose.find.clear();
        view.inputs.choose.template = None;
    }
}

fn row_id(template: &Template) -> WidgetId {
    WidgetId::unique(("row of a template", &template.id))
}

fn row(
    ui: &mut Ui,
    view: &mut View<'_>,
    person: Option<Id>,
    template: &Template,
    (at, count): (usize, usize),
    chosen: Option<&Template>,
    (first, last): (bool, bool),
) -> Option<usize> {
    let wide = Room::of(ui) == Room::Wide;
    let selected = chosen.is_some_and(|chosen| chosen.id == template.id);
    let minutes = minutes(template);
    let response = ListRow::new(&template.title)
        .detail(&template.purpose)
        .end(&minutes)
        .icon(icon(template))
        .selected(selected && wide)
        .in_card(first, last)
        .one_of(row_id(template), selected)
        .show(ui);
    if response.clicked() {
        view.inputs.choose.template = Some(template.id.clone());
        view.inputs.choose.preview = true;
        if wide {
            start_from_row(ui, view, person, template);
        }
    }
    arrows(ui, &response, at, count)
}

fn minutes(template: &Template) -> String {
    match template.minutes {
        (from, to) if from == to => format!("{to} min"),
        (from, to) => format!("{from} to {to} min"),
    }
}

/// The picture of a template: its own, or that of its situation.
fn icon(template: &Template) -> Icon {
    match (template.id.as_str(), template.situation) {
        ("first-meeting", _) => Icon::Handshake,
        ("mid-point-review", _) => Icon::Path,
        ("before-arcp", _) => Icon::FileArrowUp,
        (_, Situation::Coaching) => Icon::Target,
        (_, Situation::Careers) => Icon::Compass,
        (_, Situation::Exams) => Icon::Exam,
        (_, Situation::HardConversations) => Icon::ChartLine,
        (_, Situation::CultureAndBelonging) => Icon::Globe,
        (_, Situation::Reflection) => Icon::PencilLine,
        (_, Situation::RegularMeetings) if template.form == Form::Conversation => Icon::Chats,
        (_, Situation::RegularMeetings) => Icon::Notebook,
    }
}
