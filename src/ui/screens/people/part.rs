//! The form of one part of what is known of a person, in the place where the part stands; and the
//! cards that hold the parts.

use std::collections::BTreeMap;

use egui::{Id as WidgetId, Key, Margin, Response, Ui};

use crate::app::Action;
use crate::app::part::{Entry, Part, PartAction, PartForm, Problems, ReadOn, Slot, YES};
use crate::app::state::Open;
use crate::model::text::json_len;
use crate::model::{AbsenceKind, AttemptResult, Id, Layer};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Radius, Space, Type};
use crate::ui::widgets::answer::{Answer, Limited, MOST_BYTES};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::framed;
use crate::ui::widgets::date::DateField;
use crate::ui::widgets::field::{Field, error_line};
use crate::ui::widgets::layer::{self, Chip};
use crate::ui::widgets::menu::select;
use crate::ui::widgets::page::{Room, entered};
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::toggle::checkbox;

/// Width of a field for a day or a number, in points.
const SHORT: f32 = 220.0;

/// What opens a form: whose part, the place in its list; the words of the button and its name.
pub type Edit<'a> = ((Id, Part, Option<usize>), (&'a str, &'a str));

/// The head of a card.
#[derive(Default)]
pub struct Head<'a> {
    /// The heading.
    pub title: &'a str,
    /// Small words below it.
    pub words: &'a str,
    /// Who reads what is in the card, where that is not said of each thing.
    pub layer: Option<Layer>,
    /// The buttons at the right.
    pub edits: &'a [Edit<'a>],
}

/// A card with its head.
pub fn section<R>(
    ui: &mut Ui,
    (view, open): (&mut View<'_>, &Open),
    head: &Head<'_>,
    contents: impl FnOnce(&mut Ui, &mut View<'_>) -> R,
) -> R {
    framed(ui, Margin::ZERO, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let margin = Margin { left: 18, right: 12, top: 10, bottom: 8 };
        egui::Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.horizontal_wrapped(|ui| {
                text::heading(ui, Level::Group, head.title);
                if let Some(layer) = head.layer {
                    ui.add(Chip::new(layer));
                }
                if open.read_only.is_none() && !head.edits.is_empty() {
                    // At the right by measure, so that Tab meets them in the order of reading.
                    let gap = ui.spacing().item_spacing.x;
                    let buttons = head.edits.iter().map(|one| button(*one).measure(ui) + gap);
                    let width: f32 = buttons.sum();
                    ui.add_space((ui.available_size_before_wrap().x - width).max(0.0));
                    for one in head.edits {
                        edit(ui, view, open, *one);
                    }
                }
            });
            if !head.words.is_empty() {
                text::small(ui, head.words);
            }
        });
        contents(ui, view)
    })
    .inner
}

/// What stands in a card, with its padding.
pub fn inset<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let margin = Margin { left: 18, right: 18, top: 2, bottom: 14 };
    egui::Frame::NONE
        .inner_margin(margin)
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            contents(ui)
        })
        .inner
}

/// The id of what opens a form: it takes the keyboard when the form is left.
pub fn opener(part: Part, at: Option<usize>) -> WidgetId {
    WidgetId::unique(("opens a part", part, at))
}

/// Whether the form of this part is open.
pub fn is_open(view: &View<'_>, id: Id, part: Part, at: Option<usize>) -> bool {
    let form = view.inputs.part.as_ref();
    form.is_some_and(|form| (form.person, form.part, form.at) == (id, part, at))
}

/// Gives the keyboard back to what opened the form that was left.
pub fn come_back(view: &mut View<'_>, response: &Response, part: Part, at: Option<usize>) {
    if view.inputs.part_left == Some((part, at)) {
        view.inputs.part_left = None;
        response.request_focus();
    }
}

/// A button that opens the form of a part; nothing where the record can only be read.
pub fn edit(ui: &mut Ui, view: &mut View<'_>, open: &Open, edit: Edit<'_>) {
    if open.read_only.is_some() {
        return;
    }
    let ((id, part, at), _) = edit;
    let response = ui.add(button(edit));
    come_back(view, &response, part, at);
    if response.clicked() {
        view.out.push(Action::Part(PartAction::Open(id, part, at)));
    }
}

fn button<'a>(((_, part, at), (words, name)): Edit<'a>) -> Button<'a> {
    let adds = at.is_none() && part.can_go() && part != Part::Meeting;
    let icon = if adds { Icon::Plus } else { Icon::PencilSimple };
    Button::quiet(words).small().icon(icon).name(name).id(opener(part, at))
}

/// Draws the form where it is open for this part of this person; says whether it is.
pub fn form(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (id, part, at): (Id, Part, Option<usize>),
) -> bool {
    if !is_open(view, id, part, at) {
        return false;
    }
    let Some(mut form) = view.inputs.part.take() else { return false };
    let known = view.state.known_of(id);
    let room = room(&form);
    let on = ReadOn { today: view.state.today(), known: &known };
    let person = open.journal.person(id);
    let problems = person.map(|person| form.problems(person, on)).unwrap_or_default();
    let p = theme::of(ui);
    let mut enter = false;
    egui::Frame::NONE
        .inner_margin(Margin::symmetric(18, 14))
        .fill(p.rail)
        .corner_radius(Radius::Card)
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = Space::M.pts();
            text::heading(ui, Level::Group, part.title(form.is_new()));
            enter = fields(ui, open, &mut form, (&problems, on, room));
            buttons(ui, view, &form, enter);
        });
    let free = !egui::Popup::is_any_open(ui.ctx());
    let escape =
        |input: &mut egui::InputState| input.consume_key(egui::Modifiers::NONE, Key::Escape);
    if free && ui.input_mut(escape) {
        view.out.push(Action::Part(PartAction::Cancel));
    }
    view.inputs.part = Some(form);
    true
}

/// Room for what is still to be typed about this person: what this form replaces counts once.
fn room(form: &PartForm) -> usize {
    let len = |typed: &BTreeMap<Slot, String>| typed.values().map(json_len).sum::<usize>();
    let others = json_len(&form.before).saturating_sub(len(&form.began));
    MOST_BYTES.saturating_sub(others + len(&form.typed))
}

/// What is said when no more fits.
const FULL_PERSON: &str = "No more fits: about a person Cairn keeps some 120,000 words. What \
                           stands here is safe, the rest was not added";

/// Draws the fields, two beside each other where there is room; says whether Enter was pressed in
/// one of them.
fn fields(
    ui: &mut Ui,
    open: &Open,
    form: &mut PartForm,
    (problems, on, room): (&Problems, ReadOn<'_>, usize),
) -> bool {
    let mut enter = false;
    let slots: Vec<Slot> = form.part.slots().to_vec();
    let mut at = 0;
    while let Some(slot) = slots.get(at) {
        let is_short = |slot: &Slot| matches!(slot.entry(), Entry::Day | Entry::Short);
        let pair = slots.get(at + 1).filter(|next| is_short(slot) && is_short(next));
        let wide = Room::of(ui) >= Room::Medium && ui.available_width() > 2.0 * SHORT + 16.0;
        match pair.filter(|_| wide) {
            Some(next) => {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = Space::L.pts();
                    for slot in [slot, next] {
                        ui.allocate_ui(egui::vec2(SHORT + 24.0, 0.0), |ui| {
                            ui.set_width(SHORT + 24.0);
                            enter |= field(ui, open, form, *slot, (problems, on, room));
                        });
                    }
                });
                at += 2;
            }
            None => {
                enter |= field(ui, open, form, *slot, (problems, on, room));
                at += 1;
            }
        }
    }
    enter
}

fn field(
    ui: &mut Ui,
    open: &Open,
    form: &mut PartForm,
    slot: Slot,
    (problems, on, room): (&Problems, ReadOn<'_>, usize),
) -> bool {
    let problem = problems.get(&slot).map(String::as_str);
    let (label, hint) = slot.words();
    let id = WidgetId::unique(("field of a part", slot));
    let goes_here = form.go_to == Some(slot);
    if goes_here {
        form.go_to = None;
    }
    let mut value = form.typed.remove(&slot).unwrap_or_default();
    let mut enter = false;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        let response = match slot.entry() {
            Entry::Lines(layer) => {
                let mut value = Limited::new(&mut value, room);
                Some(lines(ui, (slot, layer, problem), id, &mut value))
            }
            Entry::Yes => {
                let mut on = value == YES;
                let response = checkbox(ui, &mut on, label);
                value = if on { YES.to_owned() } else { String::new() };
                Some(response)
            }
            Entry::Choice => {
                choice(ui, open, (form.person, form.part), slot, &mut value);
                None
            }
            Entry::Day => {
                let mut field = DateField::new(label).hint(hint).width(SHORT).known(*on.known);
                if slot.is_back() {
                    field = field.back();
                }
                let shown = field.id(id).error(problem).show(ui, &mut value, on.today);
                enter = entered(ui, &shown.response);
                Some(shown.response)
            }
            entry => {
                let mut field = Field::new(label).error(problem).id(id);
                if !hint.is_empty() {
                    field = field.hint(hint);
                }
                if entry != Entry::Line {
                    field = field.width(SHORT);
                }
                let mut limited = Limited::new(&mut value, room);
                let response = field.show(ui, &mut limited);
                if limited.is_full() && response.has_focus() {
                    error_line(ui, FULL_PERSON);
                }
                enter = entered(ui, &response);
                Some(response)
            }
        };
        if let Some(response) = response.filter(|_| goes_here) {
            response.request_focus();
        }
    });
    form.typed.insert(slot, value);
    enter
}

fn lines(
    ui: &mut Ui,
    (slot, layer, problem): (Slot, Option<Layer>, Option<&str>),
    id: WidgetId,
    value: &mut Limited<'_>,
) -> Response {
    let (label, hint) = slot.words();
    let said = layer.map_or_else(|| label.to_owned(), |l| format!("{}. {label}", l.words()));
    let mut contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        ui.horizontal_wrapped(|ui| {
            if let Some(layer) = layer {
                ui.add(Chip::new(layer));
            }
            text::show(ui, label, Type::Button, theme::of(ui).text);
        });
        if !hint.is_empty() {
            text::hint(ui, hint);
        }
        if let Some(problem) = problem {
            error_line(ui, problem);
        }
        let shown = Answer::new(id, &said).kind(Type::Body).boxed().rows(2).show(ui, value);
        if value.is_full() && shown.has_focus() {
            error_line(ui, FULL_PERSON);
        }
        shown
    };
    match layer {
        Some(layer) => layer::edged(ui, layer, contents).inner,
        None => contents(ui),
    }
}

fn choice(ui: &mut Ui, open: &Open, (id, part): (Id, Part), slot: Slot, value: &mut String) {
    let (label, _) = slot.words();
    let mut options: Vec<(String, String)> = match (slot, part) {
        (Slot::Template, _) => {
            let page = open.page_of(id);
            let templates = page.map(|page| page.templates.clone()).unwrap_or_default();
            let none = (String::new(), "Choose when it starts".to_owned());
            std::iter::once(none).chain(templates).collect()
        }
        (Slot::Result, _) => AttemptResult::ALL.iter().map(|one| twice(one.words())).collect(),
        (_, Part::Goal) => Layer::ALL.iter().rev().map(|layer| twice(layer.words())).collect(),
        _ => AbsenceKind::ALL.iter().map(|one| twice(one.words())).collect(),
    };
    options.dedup_by(|a, b| a.0 == b.0);
    if !options.iter().any(|(known, _)| known == value) {
        options.push(twice(value));
    }
    let options: Vec<(String, &str)> =
        options.iter().map(|(value, words)| (value.clone(), words.as_str())).collect();
    let label = if part == Part::Goal { "Who reads it" } else { label };
    select(ui, label, value, &options, 320.0);
}

fn twice(words: &str) -> (String, String) {
    (words.to_owned(), words.to_owned())
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, form: &PartForm, enter: bool) {
    ui.horizontal_wrapped(|ui| {
        if ui.add(Button::primary("Save")).clicked() || enter {
            view.out.push(Action::Part(PartAction::Save));
        }
        if ui.add(Button::ghost("Cancel")).clicked() {
            view.out.push(Action::Part(PartAction::Cancel));
        }
        let is_there =
            !form.is_new() || (form.part == Part::Meeting && form.before.next_meeting.is_some());
        if form.part.can_go() && is_there {
            ui.add_space(Space::M.pts());
            let button = Button::danger("Take out").icon(Icon::Trash);
            if ui.add(button).clicked() {
                view.out.push(Action::Part(PartAction::Remove));
            }
        }
    });
}
