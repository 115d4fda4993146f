//! The templates in groups: reasons, most used, situations; or what a search finds.

use egui::{Id as WidgetId, Ui};

use super::groups::{Group, Row};
use super::{own, start_from_row};
use crate::app::inputs::Listing;
use crate::app::state::Open;
use crate::app::{Action, Command, Screen};
use crate::library::{AIMS, Module};
use crate::model::template::{Form, Situation};
use crate::model::{Id, Mark, Template};
use crate::ui::View;
use crate::ui::screens::{learning, library_tabs, marks};
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{ListRow, arrows, card_of_list, hairline};
use crate::ui::widgets::choice::pills;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::menu::select_named;
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::text::{self, Level};

/// Width of the field to find a template, of the choice of a time and of an aim, in points.
const WIDTHS: [f32; 3] = [236.0, 160.0, 212.0];
/// The minutes that someone may have.
const MINUTES: [(Option<u16>, &str); 6] = [
    (None, "Any time"),
    (Some(10), "10 minutes"),
    (Some(20), "20 minutes"),
    (Some(30), "30 minutes"),
    (Some(45), "45 minutes"),
    (Some(60), "60 minutes"),
];

/// Draws the list.
pub fn show(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    person: Option<Id>,
    (groups, modules): (&[Group<'_>], &[&Module]),
    chosen: Option<Row<'_>>,
) {
    page::page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::L.pts();
        if person.is_none() {
            library_tabs::show(ui, view, Command::Templates);
        }
        own::title(ui, view, open, "What is this conversation for?", person.is_none());
        if person.is_none() {
            own::begun(ui, view);
        }
        filters(ui, view);
        listings(ui, view);
        if groups.is_empty() {
            nothing(ui, view);
        }
        let count = groups.iter().map(|group| group.rows.len()).sum();
        let (mut at, mut to) = (0, None);
        for group in groups {
            titled(ui, &group.reason, |ui| {
                let last = group.rows.len() - 1;
                for (index, row) in group.rows.iter().enumerate() {
                    if index > 0 {
                        hairline(ui);
                    }
                    let ends = (index == 0, index == last);
                    to = show_row(ui, view, open, person, (*row, chosen), (at, count), ends).or(to);
                    at += 1;
                }
            });
        }
        learn(ui, view, open, modules);
        // After all rows: the next one must not see the same key.
        let next = to.and_then(|to| groups.iter().flat_map(|group| &group.rows).nth(to));
        if let Some(next) = next {
            choose(view, *next);
            ui.memory_mut(|memory| memory.request_focus(row_id(*next)));
        }
    });
}

fn choose(view: &mut View<'_>, row: Row<'_>) {
    view.inputs.choose.template = Some(row.template.id.clone());
    view.inputs.choose.moment = row.moment.map(str::to_owned);
}

/// A card of rows with the reason above.
fn titled(ui: &mut Ui, reason: &str, rows: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        let colour = crate::ui::theme::of(ui).text2;
        text::heading_in(ui, Level::Group, reason, colour);
        card_of_list(ui, rows);
    });
}

/// The modules, so that each is two clicks from anywhere.
fn learn(ui: &mut Ui, view: &mut View<'_>, open: &Open, modules: &[&Module]) {
    if modules.is_empty() {
        return;
    }
    titled(ui, "Learning", |ui| {
        let last = modules.len() - 1;
        for (at, module) in modules.iter().enumerate() {
            if at > 0 {
                hairline(ui);
            }
            if learning::row(ui, open, module, (at == 0, at == last)) {
                view.out.push(Action::Go(Screen::Learning(Some(module.id.clone()))));
            }
        }
    });
}

fn nothing(ui: &mut Ui, view: &mut View<'_>) {
    let searched = !view.inputs.choose.find.trim().is_empty();
    let words = if searched { "No template has that word." } else { "No template fits." };
    text::secondary(ui, words);
    if ui.add(Button::secondary("Show all templates")).clicked() {
        let choose = &mut view.inputs.choose;
        choose.find.clear();
        (choose.listing, choose.minutes, choose.aim) = (Listing::Suggested, None, None);
    }
}

/// A word to find, the time there is, the aim.
fn filters(ui: &mut Ui, view: &mut View<'_>) {
    let choose = &mut view.inputs.choose;
    let [find, time, aim] = WIDTHS;
    ui.horizontal_wrapped(|ui| {
        Field::new("Find a template")
            .label_hidden()
            .placeholder("Find a template")
            .icon(Icon::MagnifyingGlass)
            .width(find)
            .show(ui, &mut choose.find);
        select_named(ui, "Time there is", &mut choose.minutes, &MINUTES, time);
        let mut aims: Vec<(Option<String>, &str)> = vec![(None, "Any aim")];
        aims.extend(AIMS.into_iter().map(|aim| (Some(aim.code.to_owned()), aim.words)));
        select_named(ui, "Aim or programme", &mut choose.aim, &aims, aim);
    });
}

fn listings(ui: &mut Ui, view: &mut View<'_>) {
    let all = view.state.library.templates();
    let mut options = vec![
        (Listing::Suggested, "Suggested", Some(Icon::Star)),
        (Listing::Moments, "By moment", Some(Icon::Clock)),
    ];
    options.extend(
        Situation::ALL
            .into_iter()
            .filter(|situation| all.iter().any(|template| template.situation == *situation))
            .map(|situation| (Listing::Situation(situation), situation.words(), None)),
    );
    if pills(ui, "Situation", &mut view.inputs.choose.listing, &options).changed() {
        view.inputs.choose.find.clear();
        view.inputs.choose.template = None;
        view.inputs.choose.moment = None;
    }
}

fn row_id(row: Row<'_>) -> WidgetId {
    WidgetId::unique(("row of a template", &row.template.id, row.moment))
}

/// Whether two rows are one.
pub fn same(one: Row<'_>, other: Row<'_>) -> bool {
    one.template.id == other.template.id && one.moment == other.moment
}

fn show_row(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    person: Option<Id>,
    (row, chosen): (Row<'_>, Option<Row<'_>>),
    (at, count): (usize, usize),
    (first, last): (bool, bool),
) -> Option<usize> {
    let wide = Room::of(ui) == Room::Wide;
    let template = row.template;
    let selected = chosen.is_some_and(|chosen| same(chosen, row));
    let starred = marks::is_starred(open, &Mark::of_template(&template.id));
    let minutes = minutes(template);
    let end = if starred { format!("Starred, {minutes}") } else { minutes };
    let (title, detail) = match row.moment {
        Some(moment) => (moment, &template.title),
        None => (template.title.as_str(), &template.purpose),
    };
    let response = ListRow::new(title)
        .detail(detail)
        .end(&end)
        .icon(icon(template))
        .selected(selected && wide)
        .in_card(first, last)
        .one_of(row_id(row), selected)
        .show(ui);
    if selected && std::mem::take(&mut view.inputs.choose.bring_up) {
        response.scroll_to_me(Some(egui::Align::Center));
    }
    if response.clicked() {
        choose(view, row);
        view.inputs.choose.preview = true;
        if wide {
            start_from_row(ui, view, open, person, template);
        }
    }
    arrows(ui, &response, at, count)
}

/// How long it takes.
pub fn minutes(template: &Template) -> String {
    match template.minutes {
        (from, to) if from == to => format!("{to} min"),
        (from, to) => format!("{from} to {to} min"),
    }
}

/// The picture of a template: its own, or that of its situation.
pub fn icon(template: &Template) -> Icon {
    match (template.id.as_str(), template.situation) {
        ("first-meeting", _) => Icon::Handshake,
        ("mid-point-review", _) => Icon::Path,
        ("before-arcp", _) => Icon::FileArrowUp,
        ("ten-minute-check-in", _) => Icon::Coffee,
        ("decision-check" | "preparing-a-hard-conversation", _) => Icon::Scales,
        ("progress-conversation", _) => Icon::Chats,
        ("support-plan-review", _) => Icon::ListChecks,
        ("feedback-on-something-i-saw", _) => Icon::Eye,
        ("after-a-serious-event", _) => Icon::Lifebuoy,
        ("wellbeing-and-return", _) => Icon::HandHeart,
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
