//! Adding a person.

use egui::{Id as WidgetId, Key, Response, Ui};

use crate::app::action::RecordAction;
use crate::app::role::Words;
use crate::app::state::Open;
use crate::app::{Action, Command, Screen};
use crate::model::Layer;
use crate::ui::View;
use crate::ui::theme::{Icon, Space, Type, tokens};
use crate::ui::widgets::answer::Answer;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::date::DateField;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::layer::{self, Chip};
use crate::ui::widgets::page;
use crate::ui::widgets::text::{self, Level};

/// Width of a field for a day, in points.
const SHORT: f32 = 260.0;

const WORKING_TIME: &str = "Working time, in per cent";
const ARCP_DATE: &str = "ARCP date";
const SINCE: &str = "Supervises from";
const UNTIL: &str = "Supervises until";

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let first = page::just_opened(ui.ctx(), WidgetId::unique("person form"));
    page::page(ui, |ui| {
        page::at_most(ui, tokens().measure.module_max_width, |ui| {
            ui.spacing_mut().item_spacing.y = Space::Section.pts();
            text::heading(ui, Level::Title, open.words().command(Command::AddPerson));
            if open.read_only.is_some() {
                text::secondary(ui, "This record can only be read now.");
                cancel(ui, view);
                return;
            }
            fields(ui, view, open.words(), first);
            buttons(ui, view, open.words());
        });
    });
}

fn fields(ui: &mut Ui, view: &mut View<'_>, words: Words, first: bool) {
    let missing = view.inputs.person.tried && view.inputs.person.name.trim().is_empty();
    let name = Field::new("Name")
        .hint(words.name_hint())
        .error(missing.then_some("Type a name"))
        .show(ui, &mut view.inputs.person.name);
    if first {
        name.request_focus();
    }
    saves_on_enter(ui, view, &name);
    if view.inputs.person.more {
        more(ui, view, words);
    } else if ui
        .add(Button::quiet("More").icon(Icon::CaretDown).name("More about the person"))
        .clicked()
    {
        view.inputs.person.more = true;
    }
}

/// Enter in a field of one line saves, as in every form.
fn saves_on_enter(ui: &Ui, view: &mut View<'_>, response: &Response) {
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        view.out.push(Action::Record(RecordAction::SavePerson));
    }
}

fn more(ui: &mut Ui, view: &mut View<'_>, words: Words) {
    if words.is_doctor() {
        supervises(ui, view);
        to_know(ui, view, words);
        return;
    }
    let today = view.state.today();
    let form = &mut view.inputs.person;
    let wte = form.wte().err();
    let mut shown = vec![
        Field::new("Short name")
            .hint("Used in sentences, for example Amina")
            .show(ui, &mut form.short_name),
        Field::new("How to say it").hint("For example, ah-MEE-nah").show(ui, &mut form.say),
        Field::new("Stage").hint("For example, IMT2").width(SHORT).show(ui, &mut form.stage),
        Field::new("Programme").hint("For example, acute medicine").show(ui, &mut form.programme),
    ];
    let working = (WORKING_TIME, "100 is full time");
    shown.push(checked(ui, form.tried, wte, working, &mut form.wte));
    let panel = DateField::new(ARCP_DATE).hint("For example, 9 June 2027").width(SHORT);
    shown.push(panel.id(field_id(ARCP_DATE)).show(ui, &mut form.arcp_date, today).response);
    for response in &shown {
        saves_on_enter(ui, view, response);
    }
    to_know(ui, view, words);
}

/// What a doctor knows of somebody who supervises them.
fn supervises(ui: &mut Ui, view: &mut View<'_>) {
    let today = view.state.today();
    let form = &mut view.inputs.person;
    let day = |label| DateField::new(label).width(SHORT).id(field_id(label));
    let shown = [
        Field::new("Short name")
            .hint("Used in sentences, for example Dr Elderbrook")
            .show(ui, &mut form.short_name),
        Field::new("How to say it").hint("For example, EL-der-brook").show(ui, &mut form.say),
        Field::new("Role")
            .hint("For example, educational supervisor")
            .show(ui, &mut form.supervises_as),
        day(SINCE)
            .hint("For example, 5 August 2026")
            .show(ui, &mut form.supervises_from, today)
            .response,
        day(UNTIL)
            .hint("Empty while it is not known")
            .show(ui, &mut form.supervises_until, today)
            .response,
    ];
    for response in &shown {
        saves_on_enter(ui, view, response);
    }
}

/// A field that can be wrong. It says so once it was tried to save: a line that came when the
/// field is left would move the button away from under the pointer.
fn checked(
    ui: &mut Ui,
    tried: bool,
    problem: Option<&str>,
    (label, hint): (&str, &str),
    value: &mut String,
) -> Response {
    let error = problem.filter(|_| tried);
    Field::new(label).hint(hint).error(error).width(SHORT).id(field_id(label)).show(ui, value)
}

fn to_know(ui: &mut Ui, view: &mut View<'_>, words: Words) {
    layer::edged(ui, Layer::Private, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        ui.horizontal_wrapped(|ui| {
            ui.add(Chip::new(Layer::Private));
            text::heading(ui, Level::Group, "What to know");
        });
        text::hint(ui, words.to_know_hint());
        Answer::new(WidgetId::unique("what to know"), "Private to me. What to know")
            .kind(Type::Body)
            .boxed()
            .rows(3)
            .show(ui, &mut view.inputs.person.to_know);
    });
}

/// The id of a field that can be wrong, to lead the keyboard to it.
fn field_id(label: &str) -> WidgetId {
    WidgetId::unique(("person form", label))
}

/// Leads to what has to be mended first; it may be scrolled away.
fn to_first_problem(ui: &Ui, view: &View<'_>) {
    let (form, today) = (&view.inputs.person, view.state.today());
    let problems = [
        (form.wte().is_err(), WORKING_TIME),
        (form.arcp(today).is_err(), ARCP_DATE),
        (form.supervises(today).is_err(), SINCE),
    ];
    if let Some((_, label)) = problems.into_iter().find(|(wrong, _)| *wrong) {
        ui.memory_mut(|memory| memory.request_focus(field_id(label)));
    }
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, words: Words) {
    ui.horizontal_wrapped(|ui| {
        if ui.add(Button::primary("Save")).clicked() {
            to_first_problem(ui, view);
            view.out.push(Action::Record(RecordAction::SavePerson));
        }
        // A doctor prepares a meeting; it is the supervisor who starts one.
        let starts = Button::secondary("Save and start a first session");
        if !words.is_doctor() && ui.add(starts).clicked() {
            view.out.push(Action::Record(RecordAction::SavePersonAndMeet));
        }
        cancel(ui, view);
    });
}

fn cancel(ui: &mut Ui, view: &mut View<'_>) {
    if ui.add(Button::ghost("Cancel")).clicked() {
        view.out.push(Action::Record(RecordAction::DropPerson));
        let back = Command::Back.enabled(view.state);
        view.out.push(match back {
            true => Action::Do(Command::Back),
            false => Action::Go(Screen::People(None)),
        });
    }
}
