//! The box in the room: one answer, or what was and is agreed.

use egui::{Frame, Id as UiId, Key, Margin, Stroke, Ui};

use super::page::Page;
use crate::app::room::{Agreed, Question, RoomAction, Step};
use crate::model::text::{answer_lines, day_and_month};
use crate::model::{ActionState, Answer as Given, Layer, Owner, PromptKind};
use crate::ui::theme::{self, Radius, Space, Type, mark_focus};
use crate::ui::widgets::answer::{Answer, FULL, Limited};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::field::{Field, error_line};
use crate::ui::widgets::page::Room as Width;
use crate::ui::widgets::{DateField, Tag, card, choice, layer, text, toggle};

/// Draws the step in its box. `here` says that it is the one that was asked for, not the one that
/// is just being left.
pub fn show(ui: &mut Ui, step: &mut Step, page: &mut Page<'_>, (called, here): (&str, bool)) {
    // Beside a question that is just going it would lose the keyboard at once.
    let asking = ui.memory(|memory| memory.top_modal_layer().is_some());
    let settled = here && !page.form.leaving && !asking;
    let takes = settled && std::mem::take(&mut page.form.arrived);
    if page.form.arrived {
        ui.ctx().request_repaint();
    }
    match step {
        Step::Question(question) => {
            boxed(ui, question.layer, called, |ui| answer(ui, question, page, takes));
        }
        Step::LastTime(actions) => boxed(ui, Layer::Shared, called, |ui| {
            for (at, action) in actions.iter().enumerate() {
                if at > 0 {
                    card::hairline(ui);
                }
                ui.push_id(action.id, |ui| settle(ui, action, page, (called, takes && at == 0)));
            }
            None
        }),
        Step::Actions(actions) => boxed(ui, Layer::Shared, called, |ui| {
            for action in actions.iter() {
                ui.push_id(action.id, |ui| agreed(ui, action, called));
                card::hairline(ui);
            }
            agree(ui, page, called, takes)
        }),
    }
}

/// The box with the edge of its layer and who keeps it. The contents may give what has the
/// keyboard, so that the ring goes round the box.
fn boxed(
    ui: &mut Ui,
    of: Layer,
    called: &str,
    contents: impl FnOnce(&mut Ui) -> Option<egui::Response>,
) {
    const RADIUS: f32 = 12.0;
    let p = theme::of(ui);
    let wide = Width::of(ui) >= Width::Medium;
    let margin = if wide {
        Margin { left: 30, right: 26, top: 18, bottom: 14 }
    } else {
        Margin { left: 22, right: 14, top: 8, bottom: 8 }
    };
    let frame = Frame::new()
        .fill(p.surface)
        .stroke(Stroke::new(theme::line_width(ui), p.line))
        .corner_radius(Radius::Card)
        .inner_margin(margin);
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let top = ui.cursor().top();
        let held = contents(ui);
        let least = if wide { 166.0 } else { 92.0 };
        ui.add_space((least - (ui.cursor().top() - top)).max(Space::S.pts()));
        layer::words(ui, of, &format!("You and {called} both keep this"));
        held
    });
    layer::paint_edge(ui.painter(), shown.response.rect, of, p);
    if let Some(held) = shown.inner {
        mark_focus(ui, &held, shown.response.rect, RADIUS, true);
    }
}

fn answer(
    ui: &mut Ui,
    question: &mut Question,
    page: &mut Page<'_>,
    takes: bool,
) -> Option<egui::Response> {
    let label = format!("{}. {}", question.layer.words(), question.text);
    let kind = question.kind.clone();
    match (&kind, &question.answer) {
        (PromptKind::Text, None | Some(Given::Text(_))) => {
            return Some(write(ui, question, page, &label, takes));
        }
        (PromptKind::Scale { from, to, low, high }, None | Some(Given::Scale(_))) => {
            let mut value = match question.answer {
                Some(Given::Scale(number)) => Some(number),
                _ => None,
            };
            if takes {
                choice::focus_next(ui);
            }
            choice::scale(ui, &label, &mut value, *from..=*to, (low, high));
            question.answer = value.map(Given::Scale);
        }
        (PromptKind::Choice { options, many: false }, None | Some(Given::Choice(_))) => {
            let mut value = chosen(question).into_iter().next();
            let shown: Vec<(Option<String>, &str, &str)> =
                options.iter().map(|words| (Some(words.clone()), words.as_str(), "")).collect();
            if takes {
                choice::focus_next(ui);
            }
            if choice::radio_list(ui, &label, &mut value, &shown).changed() {
                question.answer = value.map(|words| Given::Choice(vec![words]));
            }
        }
        (PromptKind::Choice { options, many: true }, None | Some(Given::Choice(_))) => {
            let ticked = toggle::checklist(ui, chosen(question), &label, options, takes);
            question.answer = ticked.map(Given::Choice).or(question.answer.take());
        }
        (PromptKind::Checklist { items }, None | Some(Given::Checked(_))) => {
            let ticked = toggle::checklist(ui, chosen(question), &label, items, takes);
            question.answer = ticked.map(Given::Checked).or(question.answer.take());
        }
        (PromptKind::Date, None | Some(Given::Date(_) | Given::Text(_))) => {
            day(ui, question, page, &label, takes);
        }
        (PromptKind::Person, None | Some(Given::Person(_))) => {
            let mut name = match question.answer.take() {
                Some(Given::Person(name)) => name,
                _ => String::new(),
            };
            let field = Field::new(&label).label_hidden().placeholder("A name");
            let response = field.width(360.0).show(ui, &mut name);
            if takes {
                response.request_focus();
            }
            question.answer = (!name.is_empty()).then_some(Given::Person(name));
        }
        // What needs several fields is filled in on the page; here it is read.
        (_, held) => {
            let words = held.as_ref().map(answer_lines).unwrap_or_default();
            let empty = words.trim().is_empty();
            let said = if empty { "Nothing yet. It is filled in on the page" } else { &words };
            text::show(ui, said, kind_of_text(ui), theme::of(ui).text);
        }
    }
    None
}

fn kind_of_text(ui: &Ui) -> Type {
    if Width::of(ui) >= Width::Medium { Type::RoomNote } else { Type::Answer }
}

fn write(
    ui: &mut Ui,
    question: &mut Question,
    page: &Page<'_>,
    label: &str,
    takes: bool,
) -> egui::Response {
    let mut words = match question.answer.take() {
        Some(Given::Text(words)) => words,
        _ => String::new(),
    };
    let id = UiId::unique(("room answer", page.record, question.at));
    if takes {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let editor = Answer::new(id, label).kind(kind_of_text(ui)).bare();
    let mut text = Limited::new(&mut words, page.left);
    let response = editor.show(ui, &mut text);
    if text.is_full() {
        error_line(ui, FULL);
    }
    question.answer = (!words.is_empty()).then_some(Given::Text(words));
    response
}

fn chosen(question: &Question) -> Vec<String> {
    match &question.answer {
        Some(Given::Choice(list) | Given::Checked(list)) => list.clone(),
        _ => Vec::new(),
    }
}

fn day(ui: &mut Ui, question: &mut Question, page: &mut Page<'_>, label: &str, takes: bool) {
    let held = question.answer.as_ref().map(answer_lines).unwrap_or_default();
    let fresh = || (question.at, held);
    let typed = page.form.day.take().filter(|(at, _)| *at == question.at);
    let (_, mut typed) = typed.unwrap_or_else(fresh);
    let shown = DateField::new(label).label_hidden().show(ui, &mut typed, page.now.date());
    if takes {
        shown.response.request_focus();
    }
    if shown.response.changed() {
        // Words that are no day stay, as they do in the session.
        question.answer = match shown.date {
            Ok(day) => day.map(Given::Date),
            Err(_) => Some(Given::Text(typed.clone())),
        };
    }
    page.form.day = Some((question.at, typed));
}

fn owner<'a>(action: &Agreed, called: &'a str) -> &'a str {
    match action.owner {
        Owner::Me => "You",
        Owner::Them => called,
    }
}

/// Who does it, by when.
fn detail(action: &Agreed, called: &str) -> String {
    let who = owner(action, called);
    match action.due {
        Some(due) => format!("{who}, by {}", day_and_month(due)),
        None => who.to_owned(),
    }
}

fn settle(ui: &mut Ui, action: &Agreed, page: &mut Page<'_>, (called, takes): (&str, bool)) {
    const OPTIONS: [(Option<ActionState>, &str); 3] = [
        (Some(ActionState::Done), "Done"),
        (Some(ActionState::Part), "Part"),
        (Some(ActionState::Open), "Not yet"),
    ];
    let p = theme::of(ui);
    let mut value = action.answered;
    ui.add_space(Space::Xs.pts());
    text::show(ui, &action.text, Type::Answer, p.text);
    text::small(ui, &detail(action, called));
    if takes {
        choice::focus_next(ui);
    }
    let name = format!("{}. {}", action.text, detail(action, called));
    let done = Some(ActionState::Done);
    let changed = choice::segmented_with_tick(ui, &name, &mut value, &OPTIONS, &done).changed();
    if let Some(how) = value.filter(|_| changed) {
        page.ask(RoomAction::Settle(action.id, how));
    }
    ui.add_space(Space::Xs.pts());
}

fn agreed(ui: &mut Ui, action: &Agreed, called: &str) {
    let p = theme::of(ui);
    ui.add_space(Space::Xs.pts());
    text::show(ui, &action.text, Type::Answer, p.text);
    ui.horizontal_wrapped(|ui| {
        ui.add(Tag::new(owner(action, called)));
        match action.due {
            Some(due) => ui.add(Tag::new(format!("by {}", day_and_month(due)))),
            None => ui.add(Tag::attention("No date")),
        };
    });
    ui.add_space(Space::Xs.pts());
}

/// The fields for one more action.
fn agree(ui: &mut Ui, page: &mut Page<'_>, called: &str, takes: bool) -> Option<egui::Response> {
    let today = page.now.date();
    let form = &mut *page.form;
    let what = Field::new("What will be done").show(ui, &mut form.action);
    if takes {
        what.request_focus();
    }
    let entered = what.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let mut pressed = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = Space::L.pts();
        ui.vertical(|ui| {
            text::show(ui, "Who", Type::Button, theme::of(ui).text);
            let options = [(false, "You"), (true, called)];
            choice::segmented(ui, "Who", &mut form.theirs, &options);
        });
        DateField::new("By when").no_hint().width(190.0).show(ui, &mut form.due, today);
        ui.vertical(|ui| {
            ui.add_space(30.0);
            let empty = form.action.trim().is_empty();
            pressed = ui.add(Button::secondary("Agree this").cannot_yet(empty)).clicked();
        });
    });
    if pressed || entered {
        page.ask(RoomAction::Agree);
    }
    None
}
