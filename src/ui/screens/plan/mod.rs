//! The career plan that two people write: its fields, what the other one changed, agreeing.

mod field;
mod form;
mod side;
mod steps;

use egui::{Key, Margin, Modifiers, Rect, Role, ScrollArea, Stroke, Ui, pos2};

use crate::app::plan::{PlanAction, PlanSpot, plan_with};
use crate::app::state::Open;
use crate::app::{Action, Screen};
use crate::export::plan::TITLE;
use crate::model::plan::{AgreedVersion, Author, Change, Labels, Plan, PlanField};
use crate::model::text::{count, long_date};
use crate::model::{Id, Layer, Person};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space};
use crate::ui::widgets::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::choice::segmented;
use crate::ui::widgets::layer::Chip;
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::text::{self, Level};

/// Width of the side that tells what changed, in points.
const SIDE: f32 = 316.0;
/// Width of the fields at most, in points.
const FIELDS: f32 = 698.0;

/// A plan as it is drawn.
struct Shown<'a> {
    open: &'a Open,
    person: (Id, &'a Person),
    plan: Plan,
    /// Its record, once there is one.
    id: Option<Id>,
    /// Who writes here.
    me: Author,
    /// What the other one wrote since it was last read.
    unseen: Vec<Change>,
    agreed: Option<AgreedVersion>,
    writable: bool,
}

impl Shown<'_> {
    /// What the other one is called.
    fn called(&self) -> &str {
        self.person.1.called()
    }

    /// Who wrote something, in words for the owner of the record.
    fn who(&self, by: Author) -> &str {
        if by == self.me { "You" } else { self.called() }
    }
}

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, person: Id) {
    let Some(known) = open.journal.person(person) else {
        page::page(ui, |ui| text::secondary(ui, "This person is no longer here."));
        return;
    };
    let (id, plan) = plan_with(open, person);
    let shown = Shown {
        open,
        person: (person, known),
        id,
        me: open.journal.settings().role,
        unseen: plan.unseen(),
        agreed: plan.agreed(),
        writable: open.read_only.is_none(),
        plan,
    };
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F8)) {
        next_change(ui, &shown);
    }
    if Room::of(ui) < Room::Wide {
        page::page(ui, |ui| {
            main(ui, view, &shown);
            ui.add_space(Space::L.pts());
            side::show(ui, view, &shown);
            ui.add_space(Space::M.pts());
            side::foot(ui, view, &shown);
        });
        return;
    }
    let whole = ui.available_rect_before_wrap();
    let split = whole.right() - SIDE;
    let left = Rect::from_min_max(whole.min, pos2(split, whole.bottom()));
    let right = Rect::from_min_max(pos2(split, whole.top()), whole.max);
    page::region(ui, TITLE, Role::Main, left, |ui| {
        page::page(ui, |ui| page::at_most(ui, FIELDS, |ui| main(ui, view, &shown)));
    });
    beside(ui, view, &shown, right);
}

/// The side in a wide window: its foot stays in sight.
fn beside(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, place: Rect) {
    let p = theme::of(ui);
    ui.painter().rect_filled(place, 0.0, p.surface);
    page::region(ui, "Changes and agreement", Role::Complementary, place, |ui| {
        egui::Panel::bottom("foot of a plan")
            .resizable(false)
            .show_separator_line(false)
            .frame(egui::Frame::NONE.inner_margin(Margin {
                left: 20,
                right: 20,
                top: 8,
                bottom: 20,
            }))
            .show(ui, |ui| side::foot(ui, view, shown));
        let margin = Margin { left: 20, right: 20, top: 20, bottom: 12 };
        ScrollArea::vertical().auto_shrink(false).content_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            side::show(ui, view, shown);
        });
    });
    let stroke = Stroke::new(theme::line_width(ui), p.line);
    ui.painter().vline(place.left() + 0.5, place.y_range(), stroke);
}

fn main(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Title, TITLE);
    ui.horizontal_wrapped(|ui| {
        ui.add(Chip::new(Layer::Shared));
        let words = match shown.me {
            Author::Supervisor => {
                format!("{}’s plan. You both write in it, on your own computers.", shown.called())
            }
            Author::Doctor => "Your plan. You both write in it, on your own computers.".to_owned(),
        };
        text::secondary(ui, &words);
    });
    news(ui, shown);
    let here = |form: &crate::app::plan::PlanForm| form.person == shown.person.0;
    let writing = view.inputs.plan.as_ref().is_some_and(here);
    let has_steps = shown.id.is_some_and(|id| steps::of(shown, id).next().is_some());
    if shown.plan.is_empty() && shown.plan.notes.is_empty() && !writing && !has_steps {
        empty(ui, view, shown);
        return;
    }
    for field in PlanField::ALL {
        if field == PlanField::SelfAssessment {
            boxes(ui, view, shown);
        }
        ui.push_id(field.key(), |ui| field::show(ui, view, shown, field));
    }
}

/// What is new in it, with the way to each place.
fn news(ui: &mut Ui, shown: &Shown<'_>) {
    let Some(seen) = shown.plan.seen.as_ref().filter(|_| !shown.unseen.is_empty()) else { return };
    let came = shown.open.exchange.taken.get(&shown.person.0);
    let came = came.map(|(at, _)| at.to_zoned(jiff::tz::TimeZone::system()));
    let came = came.map(|at| {
        let (called, hour, minute) = (shown.called(), at.hour(), at.minute());
        format!("{called}’s file was taken in at {hour:02}:{minute:02}. ")
    });
    let lead = came.unwrap_or_default() + &count(shown.unseen.len(), "change");
    let day = seen.at.to_zoned(jiff::tz::TimeZone::system()).date();
    let words = format!(
        "{} wrote since you last saw it on {}. Nothing of yours was lost.",
        shown.called(),
        long_date(day)
    );
    let lead = format!("{lead}.");
    let next = Button::secondary("Next change").icon_after(Icon::CaretDown).small();
    let banner = Banner::information(&lead).words(&words).icon(Icon::PencilSimple);
    if banner.show_with(ui, |ui| ui.add(next).clicked()) {
        next_change(ui, shown);
    }
}

/// Goes to the next field that changed, after the last one in turn to the first.
fn next_change(ui: &Ui, shown: &Shown<'_>) {
    let id = egui::Id::unique("the change that was gone to");
    let fields: Vec<PlanField> = shown.unseen.iter().filter_map(Change::field).collect();
    let last: Option<PlanField> = ui.data(|data| data.get_temp(id));
    let after = last.and_then(|last| fields.iter().position(|field| *field == last));
    let next = after.and_then(|at| fields.iter().skip(at + 1).find(|one| Some(**one) != last));
    if let Some(field) = next.or(fields.first()) {
        ui.data_mut(|data| data.insert_temp(id, *field));
        go_to(ui, *field);
    }
}

/// Asks for a field to be brought into view at its next drawing.
fn go_to(ui: &Ui, field: PlanField) {
    ui.data_mut(|data| data.insert_temp(wanted(), field));
    ui.ctx().request_repaint();
}

fn wanted() -> egui::Id {
    egui::Id::unique("the field of a plan that is wanted")
}

/// What the four boxes are, and what they are called.
fn boxes(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>) {
    ui.add_space(Space::M.pts());
    text::heading(ui, Level::Section, "From knowing myself to the next post");
    text::secondary(ui, "Forms and interviews come last: they go better once the first is clear.");
    if shown.writable {
        let mut labels = shown.plan.labels;
        let options = [Labels::FourStages, Labels::Scan].map(|one| (one, one.words()));
        if segmented(ui, "What the four boxes are called", &mut labels, &options).changed() {
            view.out.push(Action::Plan(PlanAction::Call(shown.person.0, labels)));
        }
    }
}

/// Nobody has written anything yet.
fn empty(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>) {
    let (title, words) = match shown.me {
        Author::Supervisor => (
            format!("This plan is {}’s", shown.called()),
            "Start with one line: where would they like to be in five years?",
        ),
        Author::Doctor => (
            "This plan is yours".to_owned(),
            "Start with one line: where would you like to be in five years?",
        ),
    };
    if !shown.writable {
        text::secondary(ui, "Nobody has written in this plan yet.");
        return;
    }
    let button = Button::primary("Write the first line").icon(Icon::PencilSimple);
    if page::empty(ui, &title, words, button).clicked() {
        let spot = PlanSpot::Field(PlanField::Year5);
        view.out.push(Action::Plan(PlanAction::Write(shown.person.0, spot)));
    }
}

/// A small quiet button at a place of the plan.
fn write_button(
    ui: &mut Ui,
    view: &mut View<'_>,
    shown: &Shown<'_>,
    (icon, words, name): (Icon, &str, &str),
    spot: PlanSpot,
) {
    if shown.writable && ui.add(Button::quiet(words).small().icon(icon).name(name)).clicked() {
        view.out.push(Action::Plan(PlanAction::Write(shown.person.0, spot)));
    }
}

/// The way to the versions.
fn history(shown: &Shown<'_>) -> Option<Action> {
    shown.id.map(|id| Action::Go(Screen::History(id)))
}
