//! What is typed at one place of a plan, where it will stand.

use egui::{Id as WidgetId, Key, Modifiers, Ui};

use super::Shown;
use crate::app::Action;
use crate::app::plan::{PlanAction, PlanForm, PlanSpot};
use crate::model::text::json_len;
use crate::model::{Layer, Owner};
use crate::ui::View;
use crate::ui::theme::{self, Space, Type};
use crate::ui::widgets::answer::{Answer, Limited, MOST_BYTES};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::choice::segmented;
use crate::ui::widgets::date::DateField;
use crate::ui::widgets::field::error_line;
use crate::ui::widgets::layer;
use crate::ui::widgets::text::{self, Level};

/// Width of the field for a day, in points.
const DAY: f32 = 220.0;

/// Draws the form where it is open for this place; says whether it is.
pub fn show(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, spot: &PlanSpot) -> bool {
    let is_here = |form: &PlanForm| form.person == shown.person.0 && form.spot == *spot;
    if !shown.writable || !view.inputs.plan.as_ref().is_some_and(is_here) {
        return false;
    }
    let Some(mut form) = view.inputs.plan.take() else { return false };
    if matches!(spot, PlanSpot::Note(_)) {
        layer::edged(ui, Layer::Private, |ui| fields(ui, view, shown, &mut form));
    } else {
        fields(ui, view, shown, &mut form);
    }
    view.inputs.plan = Some(form);
    true
}

fn fields(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, form: &mut PlanForm) {
    ui.spacing_mut().item_spacing.y = Space::Xs.pts();
    let (label, hint, said) = words(shown, &form.spot);
    text::heading(ui, Level::Prompt, &label);
    if !hint.is_empty() {
        text::hint(ui, hint);
    }
    let id = WidgetId::unique(("words of a plan", form.person));
    let room = MOST_BYTES
        .saturating_sub(json_len(&shown.plan) + json_len(&form.typed))
        .saturating_add(json_len(&form.began));
    let layer = if matches!(form.spot, PlanSpot::Note(_)) { Layer::Private } else { Layer::Shared };
    let name = format!("{}. {label}", layer.words());
    let mut value = Limited::new(&mut form.typed, room);
    let answer = Answer::new(id, &name).boxed().rows(2);
    let answer = if layer == Layer::Private { answer.private().kind(Type::Body) } else { answer };
    let response = answer.show(ui, &mut value);
    if value.is_full() && response.has_focus() {
        error_line(ui, "No more fits in this plan. What stands here is safe.");
    }
    if std::mem::take(&mut form.go_to) {
        response.request_focus();
    }
    if form.spot == PlanSpot::Step {
        step(ui, view, shown, form);
    }
    text::small(ui, &said);
    buttons(ui, view, form);
}

/// What only a step has: who does it, and by when.
fn step(ui: &mut Ui, view: &View<'_>, shown: &Shown<'_>, form: &mut PlanForm) {
    let options = [(Owner::Them, shown.called()), (Owner::Me, "You")];
    text::show(ui, "Who does it", Type::Button, theme::of(ui).text);
    segmented(ui, "Who does it", &mut form.owner, &options);
    let known = view.state.known_of(form.person);
    DateField::new("By when").width(DAY).known(known).show(ui, &mut form.due, view.state.today());
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, form: &PlanForm) {
    let keep = match form.spot {
        PlanSpot::Comment(_) => "Add the comment",
        PlanSpot::Step => "Add the step",
        _ => "Done",
    };
    ui.horizontal_wrapped(|ui| {
        if ui.add(Button::primary(keep).small()).clicked() {
            view.out.push(Action::Plan(PlanAction::Keep));
        }
        if form.spot.decides() && ui.add(Button::ghost("Cancel").small()).clicked() {
            view.out.push(Action::Plan(PlanAction::Cancel));
        }
    });
    let free = !egui::Popup::is_any_open(ui.ctx());
    if free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        let wish = if form.spot.decides() { PlanAction::Cancel } else { PlanAction::Keep };
        view.out.push(Action::Plan(wish));
    }
}

/// The heading, the hint, and what is said below.
fn words(shown: &Shown<'_>, spot: &PlanSpot) -> (String, &'static str, String) {
    let labels = shown.plan.labels;
    let called = shown.called();
    let both = format!("You are writing. {called} sees this when you next send the plan");
    match spot {
        PlanSpot::Field(field) => (field.heading(labels).to_owned(), field.hint(), both),
        PlanSpot::Road(_, row) => (row.name().to_owned(), row.prompt(), both),
        PlanSpot::Note(field) => (
            format!("Private note beside “{}”", field.heading(labels)),
            "",
            format!("{called} never receives this. It is not secret from the law."),
        ),
        PlanSpot::Comment(field) => (format!("Comment on “{}”", field.heading(labels)), "", both),
        PlanSpot::Step => (
            "A next step".to_owned(),
            "It is an action like the others, and comes up when you next meet.",
            both,
        ),
    }
}
