//! Choosing a template: reasons first, then what is used most, then all by situation; beside
//! the list what the template asks.

mod groups;
mod list;
mod own;
mod preview;

use egui::{Align, Frame, Id as WidgetId, Key, Layout, Margin, Panel, Ui};

use groups::Row;
pub use list::{icon, minutes};
pub use preview::ground_rules;

use crate::app::Action;
use crate::app::Command;
use crate::app::action::SessionAction;
use crate::app::letter::{LetterAction, Topic};
use crate::app::paper::{Kind, PaperOf, is_for_two};
use crate::app::state::Open;
use crate::model::template::Form;
use crate::model::{Id, Template};
use crate::ui::View;
use crate::ui::screens::print;
use crate::ui::theme::{self, Icon, Space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::menu::select;
use crate::ui::widgets::page::{self, Room};

/// Width of the preview beside the list, in points.
const PREVIEW: f32 = 400.0;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, person: Option<Id>) {
    let person = person.filter(|id| open.journal.person(*id).is_some());
    let groups = groups::groups(view, open, person);
    let modules = groups::modules(view, open, person);
    let listed: Vec<Row<'_>> = groups.iter().flat_map(|group| group.rows.iter().copied()).collect();
    let chosen = chosen(view, &listed);
    if Room::of(ui) == Room::Wide {
        if let Some(row) = chosen {
            let fill = theme::of(ui).surface;
            side(Panel::right("preview").exact_size(PREVIEW), fill).show(ui, |ui| {
                let rect = ui.max_rect();
                let stroke = egui::Stroke::new(theme::line_width(ui), theme::of(ui).line);
                ui.painter().vline(rect.left() + 0.5, rect.y_range(), stroke);
                whole(ui, view, open, person, row, &listed);
            });
        }
        list::show(ui, view, open, person, (&groups, &modules), chosen);
        return;
    }
    match chosen.filter(|_| view.inputs.choose.preview) {
        Some(row) => whole(ui, view, open, person, row, &listed),
        None => list::show(ui, view, open, person, (&groups, &modules), chosen),
    }
}

/// The row that was chosen: the very one, or one of the same template, or else the first.
fn chosen<'a>(view: &View<'_>, listed: &[Row<'a>]) -> Option<Row<'a>> {
    let choose = &view.inputs.choose;
    let wanted = |row: &&Row<'a>| Some(row.template.id.as_str()) == choose.template.as_deref();
    let very = |row: &&Row<'a>| wanted(row) && row.moment == choose.moment.as_deref();
    let row = listed.iter().find(very).or_else(|| listed.iter().find(wanted));
    row.or(listed.first()).copied()
}

fn side(panel: Panel, fill: egui::Color32) -> Panel {
    panel.resizable(false).show_separator_line(false).frame(Frame::NONE.fill(fill))
}

/// The preview with the bar to start from.
fn whole(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    person: Option<Id>,
    row: Row<'_>,
    listed: &[Row<'_>],
) {
    let fill = theme::of(ui).surface;
    if open.read_only.is_none() {
        side(Panel::bottom("start"), fill).show(ui, |ui| {
            let rect = ui.max_rect();
            let stroke = egui::Stroke::new(theme::line_width(ui), theme::of(ui).line);
            ui.painter().hline(rect.x_range(), rect.top() + 0.5, stroke);
            Frame::NONE.inner_margin(Margin::symmetric(26, 12)).show(ui, |ui| {
                start(ui, view, open, person, row, listed);
            });
        });
    }
    preview::show(ui, view, open, row.template);
}

/// With whom, where it is not known, and the one button.
fn start(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    person: Option<Id>,
    row: Row<'_>,
    listed: &[Row<'_>],
) {
    ui.spacing_mut().item_spacing.y = Space::M.pts();
    let template = row.template;
    let held = template.form == Form::Conversation;
    if held && person.is_none() && open.journal.people().is_empty() {
        let add = Button::primary(open.words().command(Command::AddPerson)).icon(Icon::Plus);
        ui.horizontal_wrapped(|ui| {
            let add = ui.add(add);
            if std::mem::take(&mut view.inputs.choose.ask_whom) {
                add.request_focus();
            }
            if add.clicked() {
                view.out.push(Action::Do(Command::AddPerson));
            }
            print_it(ui, view, template);
        });
        return;
    }
    if held && person.is_none() {
        let people = open.journal.people();
        let mut options: Vec<(Option<Id>, &str)> = vec![(None, "Choose a person")];
        let now = people.iter().filter(|(_, person)| !person.is_past());
        options.extend(now.map(|(id, _)| (Some(*id), open.called(*id))));
        let whom = select(ui, "With whom?", &mut view.inputs.choose.person, &options, PREVIEW);
        if std::mem::take(&mut view.inputs.choose.ask_whom) {
            whom.request_focus();
        }
    }
    let missing = with(view, template, person).is_none();
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let id = WidgetId::unique("start now");
        let words = if missing { "Choose a person to start" } else { "Start now" };
        let button = ui.add(Button::primary(words).cannot_yet(missing).id(id));
        let opened = page::just_opened(ui.ctx(), WidgetId::unique(("choose", person)));
        if opened {
            button.request_focus();
        }
        if let Some(next) = along(ui, &button, row, listed) {
            view.inputs.choose.template = Some(next.template.id.clone());
            view.inputs.choose.moment = next.moment.map(str::to_owned);
            view.inputs.choose.bring_up = true;
        }
        if button.clicked() {
            begin(ui, view, template, person);
        }
        print_it(ui, view, template);
        send_first(ui, view, open, (template, person));
        if Room::of(ui) < Room::Wide && ui.add(Button::ghost("All templates")).clicked() {
            view.inputs.choose.preview = false;
        }
    });
}

/// The way to the questions that the doctor can think about before the meeting.
fn send_first(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (template, person): (&Template, Option<Id>),
) {
    let Some(whom) = with(view, template, person).flatten() else { return };
    let role = open.journal.settings().role;
    if !is_for_two(template, role) || open.read_only.is_some() {
        return;
    }
    let called = open.journal.person(whom).map_or("them", |person| person.called());
    let name = format!("Send prompts to {called} first");
    if ui.add(Button::secondary("Send first…").name(&name)).on_hover_text(&name).clicked() {
        let topic = Topic::Questions(template.id.clone(), whom);
        view.out.push(Action::Letter(LetterAction::Show(topic)));
    }
}

fn print_it(ui: &mut Ui, view: &mut View<'_>, template: &Template) {
    let of = PaperOf::Template(template.id.clone());
    print::button(ui, view, Button::secondary("Print…"), (of, Kind::Sheet));
}

/// Up and Down on the button change the preview, so that Enter is always next.
fn along<'a>(
    ui: &Ui,
    button: &egui::Response,
    row: Row<'_>,
    listed: &[Row<'a>],
) -> Option<Row<'a>> {
    let at = listed.iter().position(|listed| list::same(*listed, row))?;
    let to = crate::ui::widgets::card::arrows(ui, button, at, listed.len())?;
    listed.get(to).copied()
}

/// With whom to begin, when that is settled: a reflection needs nobody. `person` is the one whose
/// page led here.
fn with(view: &View<'_>, template: &Template, person: Option<Id>) -> Option<Option<Id>> {
    match template.form {
        Form::Conversation => person.or(view.inputs.choose.person).map(Some),
        Form::Reflection => Some(person),
    }
}

/// Begins, or goes to the question that is still open.
fn begin(ui: &Ui, view: &mut View<'_>, template: &Template, person: Option<Id>) {
    match with(view, template, person) {
        Some(person) => {
            let template = template.id.clone();
            view.out.push(Action::Session(SessionAction::Start { template, person }));
        }
        None => {
            view.inputs.choose.ask_whom = true;
            ui.ctx().request_repaint();
        }
    }
}

/// Starts at once from the list: Enter on a row.
fn start_from_row(
    ui: &Ui,
    view: &mut View<'_>,
    open: &Open,
    person: Option<Id>,
    template: &Template,
) {
    if open.read_only.is_none() && ui.input(|input| input.key_pressed(Key::Enter)) {
        begin(ui, view, template, person);
    }
}
