//! Pairing in the meeting: a file, six words said aloud, a reply, four words to compare.

mod compare;
mod folder;
mod give;
mod join;
mod line;
mod side;
mod steps;
mod words;

use egui::{Align, Context, Layout, Ui, UiBuilder};
use jiff::{Timestamp, Zoned};

use crate::app::pairing::{Pairing, PairingAction, Stands};
use crate::app::state::Open;
use crate::app::{Action, Notice};
use crate::model::text::day_and_month;
use crate::model::{Id, Person};
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Space, Type, tokens};
use crate::ui::widgets::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::modal::{Chosen, Question};
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::text::{self, Level};

pub use join::show as join;
pub use line::{card, line, offer};

use steps::Step;

/// Between the columns, in points.
const GAP: f32 = 28.0;
/// Width of the steps, in points.
const STEPS: f32 = 224.0;
/// Width of what stands at the right, in points.
const SIDE: f32 = 320.0;
/// Width of what is written where there is one column, in points.
const COLUMN: f32 = 640.0;

/// A pairing as it is drawn.
struct Shown<'a> {
    open: &'a Open,
    id: Id,
    person: &'a Person,
    pairing: &'a Pairing,
    writable: bool,
}

impl Shown<'_> {
    /// What the other one is called.
    fn called(&self) -> &str {
        self.person.called()
    }
}

/// Draws the page of the side that invites; both sides compare their four words here.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, person: Id) {
    let Some(known) = open.journal.person(person) else {
        page::page(ui, |ui| text::secondary(ui, "This person is no longer here."));
        return;
    };
    let shown = Shown {
        open,
        id: person,
        person: known,
        pairing: &open.pairing,
        writable: open.read_only.is_none(),
    };
    match open.stands_with(person) {
        Stands::Not if shown.pairing.differed => compare::differed(ui, view, &shown),
        Stands::Not => give::form(ui, view, &shown),
        Stands::Invited(_) if shown.pairing.other_words => give::form(ui, view, &shown),
        Stands::Invited(at) => match &shown.pairing.words {
            Some(words) => give::words(ui, view, &shown, words),
            None => give::waiting(ui, view, &shown, *at),
        },
        Stands::Paired(both) if both.checked => compare::done(ui, view, &shown, both),
        Stands::Paired(both) => compare::ask(ui, view, &shown, both),
    }
}

/// Asks before a pairing is stopped, over whatever page it was asked for on.
pub fn form(ctx: &Context, view: &mut View<'_>, open: &Open) {
    let Some(id) = view.inputs.pairing.stopping else { return };
    let Some(person) = open.journal.person(id) else { return };
    let name = person.called();
    let invited = matches!(open.stands_with(id), Stands::Invited(_));
    let (title, safe, act, words) = if invited {
        (
            format!("Take the invitation to {name} back?"),
            "Keep it",
            "Take it back",
            "What stops: a reply to it can no longer be opened here. What stays: everything in \
             your record. The file no longer counts. You can invite again at any time."
                .to_owned(),
        )
    } else {
        (
            format!("Stop pairing with {name}?"),
            "Stay paired",
            "Stop pairing",
            format!(
                "What stops: files between you can no longer be made or opened here. What stays: \
                 everything in your record, also what {name} sent before. The keys go for good, so \
                 this cannot be taken back. To write together again, pair again when you meet. \
                 Tell {name}."
            ),
        )
    };
    match Question::new(&title, safe, act).words(&words).dangerous().show(ctx) {
        Some(Chosen::Act) => view.out.push(Action::Pairing(PairingAction::Stop)),
        Some(Chosen::Safe) => view.out.push(Action::Pairing(PairingAction::AskStop(None))),
        None => {}
    }
}

/// The title, the steps, and the two columns beside them; below one another in a small window.
fn frame(
    ui: &mut Ui,
    view: &mut View<'_>,
    (title, words): (&str, &str),
    all: &[Step<'_>],
    main: impl FnOnce(&mut Ui, &mut View<'_>),
    side: impl FnOnce(&mut Ui, &mut View<'_>),
) {
    page::page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        text::heading(ui, Level::Title, title);
        text::secondary(ui, words);
        ui.add_space(Space::L.pts());
        if Room::of(ui) < Room::Wide {
            steps::brief(ui, all);
            ui.add_space(Space::S.pts());
            page::at_most(ui, COLUMN, |ui| {
                main(ui, view);
                ui.add_space(Space::L.pts());
                side(ui, view);
            });
            return;
        }
        let room = ui.available_rect_before_wrap();
        let left = room.with_max_x(room.left() + STEPS);
        let right = room.with_min_x(room.right() - SIDE);
        let middle = room.with_min_x(left.right() + GAP).with_max_x(right.left() - GAP);
        let down = Layout::top_down(Align::Min);
        let column = |rect| UiBuilder::new().max_rect(rect).layout(down);
        let one = ui.scope_builder(column(left), |ui| steps::show(ui, all)).response.rect;
        let two = ui.scope_builder(column(middle), |ui| main(ui, view)).response.rect;
        let three = ui.scope_builder(column(right), |ui| side(ui, view)).response.rect;
        ui.advance_cursor_after_rect(one.union(two).union(three));
    });
}

/// The bar at the foot: that nothing is sent, and the buttons, the main one first.
fn foot(ui: &mut Ui, buttons: impl FnOnce(&mut Ui)) {
    page::foot(ui, "foot of a pairing", |ui| {
        if Room::of(ui) < Room::Medium {
            buttons(ui);
            return;
        }
        page::row_of_height(ui, tokens().control.height_input, |ui| {
            let p = theme::of(ui);
            let size = IconSize::Button.pts();
            let (mark, _) = ui.allocate_exact_size(egui::Vec2::splat(size), egui::Sense::hover());
            Icon::EyeSlash.paint(ui.painter(), mark.center(), size, p.text2);
            text::show(ui, "Pairing sends no notes.", Type::Body, p.text2);
            ui.with_layout(Layout::right_to_left(Align::Center), buttons);
        });
    });
}

/// What did not work, where there is something.
fn notice(ui: &mut Ui, notice: Option<&Notice>) {
    if let Some(notice) = notice {
        let words = format!("{} {}", notice.safe, notice.to_do);
        Banner::error(&format!("{} ", notice.happened)).words(words.trim()).show(ui);
        ui.add_space(Space::S.pts());
    }
}

/// That somebody had other keys before: their new ones are to be compared with care.
fn had_other_keys(ui: &mut Ui, open: &Open, id: Id, now: &Zoned) {
    let ended = open.record.pairings.get(&id).and_then(|known| known.ended);
    let (Some(ended), Some(person)) = (ended, open.journal.person(id)) else { return };
    let lead = "The keys are new ones. ";
    let words = format!(
        "An earlier pairing or invitation with {} ended on {}. Compare the four words with care.",
        person.called(),
        day(ended, now),
    );
    Banner::attention(lead).words(&words).icon(Icon::Key).show(ui);
    ui.add_space(Space::S.pts());
}

/// "18 August", in the reader's time zone.
fn day(at: Timestamp, now: &Zoned) -> String {
    day_and_month(at.to_zoned(now.time_zone().clone()).date())
}

/// "13:42", or "18 August" for another day.
fn moment(at: Timestamp, now: &Zoned) -> String {
    let at = at.to_zoned(now.time_zone().clone());
    if at.date() == now.date() {
        format!("at {:02}:{:02}", at.hour(), at.minute())
    } else {
        format!("on {}", day_and_month(at.date()))
    }
}

/// The button that opens a reply.
fn reply_words(shown: &Shown<'_>) -> String {
    if shown.pairing.busy {
        return "Opening the reply…".to_owned();
    }
    format!("Open {}’s reply…", shown.called())
}

/// A quiet button that asks whether to stop.
fn stop_button(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, words: &str) {
    if shown.writable && ui.add(Button::ghost(words)).clicked() {
        view.out.push(Action::Pairing(PairingAction::AskStop(Some(shown.id))));
    }
}
