//! The ARCP summary: what is on the page, and what leaves.
//!
//! Left the headings, in the middle the page as it will look, right what leaves this machine.
//! They are drawn in that order, which is also the order of Tab. In a window of middle width
//! the right part is a drawer; in a narrow one all three stand below each other.

mod checks;
mod choose;
mod drag;
mod headings;
mod identifiers;
mod line;
mod page;
mod panel;
mod send;

use egui::{Align, Area, Key, Layout, Margin, Modifiers, Order, Rect, ScrollArea, Stroke, Ui};
use egui::{Frame, Id, UiBuilder, pos2, vec2};

use crate::app::inputs::{Inputs, Spot};
use crate::app::state::{Open, ShownSummary, SummaryPage};
use crate::model::{Id as RecordId, Person};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, tokens};
use crate::ui::widgets::button::{Button, IconButton};
use crate::ui::widgets::page::Room;
use crate::ui::widgets::text;

/// Width of the column with the headings, in points.
const HEADINGS: f32 = 228.0;

/// Room at the sides of the panel that says what leaves, in points.
const PANEL_MARGIN: i8 = 20;

/// What all parts of the screen draw from.
#[derive(Clone, Copy)]
struct Shown<'a> {
    open: &'a Open,
    shown: &'a ShownSummary,
    page: &'a SummaryPage,
    person: &'a Person,
}

/// Draws it: whose summary to choose, or the summary of one person.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, person: Option<RecordId>) {
    let Some(id) = person else { return choose::show(ui, view, open) };
    let parts = open.summary.as_ref().zip(open.journal.person(id));
    let Some((shown, person)) = parts.filter(|(shown, _)| shown.person == id) else {
        text::secondary(ui, "This person is not in the record any more.");
        return;
    };
    let Some(page) = &shown.page else { return };
    let it = Shown { open, shown, page, person };
    match Room::of(ui) {
        Room::Wide => wide(ui, view, it),
        Room::Medium => medium(ui, view, it),
        Room::Narrow | Room::Small => narrow(ui, view, it),
    }
    if view.inputs.summary.go_to.is_some() {
        // What was asked to come into view lies in a part that was drawn before.
        ui.ctx().request_repaint();
    }
}

/// Whether this is where the screen was asked to go; the wish is then fulfilled.
fn arrives(inputs: &mut Inputs, spot: Spot) -> bool {
    let here = inputs.summary.go_to == Some(spot);
    if here {
        inputs.summary.go_to = None;
    }
    here
}

fn wide(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    let whole = ui.available_rect_before_wrap();
    let left = whole.left() + HEADINGS;
    let right = whole.right() - tokens().layout.export_panel;
    column(ui, "headings", x_range(whole, whole.left(), left), |ui| headings(ui, view, it));
    column(ui, "page", x_range(whole, left, right), |ui| paper(ui, view, it));
    column(ui, "leaves", x_range(whole, right, whole.right()), |ui| leaves(ui, view, it, false));
}

fn medium(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    let whole = ui.available_rect_before_wrap();
    let left = whole.left() + HEADINGS;
    // Every way to something in the panel opens it.
    view.inputs.summary.panel_open |= view.inputs.summary.go_to == Some(Spot::File);
    column(ui, "headings", x_range(whole, whole.left(), left), |ui| headings(ui, view, it));
    column(ui, "page", x_range(whole, left, whole.right()), |ui| paper(ui, view, it));
    if view.inputs.summary.panel_open {
        drawer(ui, view, it, whole);
    }
}

fn narrow(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    let fill = theme::of(ui).rail;
    ui.painter().rect_filled(ui.available_rect_before_wrap(), 0.0, fill);
    let margin = Margin::same(Space::PageNarrow.pts() as i8);
    ScrollArea::vertical().auto_shrink(false).content_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        headings::above(ui, view, it);
        ui.add_space(Space::M.pts());
        checks::show(ui, view, it);
        page::show(ui, view, it);
        ui.add_space(Space::L.pts());
        Frame::new().fill(theme::of(ui).surface).inner_margin(margin).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            panel::show(ui, view, it);
            send::fields(ui, view, it);
            ui.add_space(Space::M.pts());
            send::foot(ui, view, it);
        });
    });
}

fn x_range(whole: Rect, left: f32, right: f32) -> Rect {
    Rect::from_min_max(pos2(left, whole.top()), pos2(right, whole.bottom()))
}

fn column(ui: &mut Ui, name: &str, rect: Rect, contents: impl FnOnce(&mut Ui)) {
    let down = Layout::top_down(Align::Min);
    ui.scope_builder(UiBuilder::new().id_salt(name).max_rect(rect).layout(down), contents);
}

fn headings(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    let rect = ui.max_rect();
    let line = Stroke::new(theme::line_width(ui), theme::of(ui).line);
    ScrollArea::vertical().auto_shrink(false).content_margin(Margin::symmetric(12, 16)).show(
        ui,
        |ui| {
            ui.set_width(ui.available_width());
            headings::beside(ui, view, it);
        },
    );
    ui.painter().vline(rect.right(), rect.y_range(), line);
}

fn paper(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    let rect = ui.max_rect();
    let fill = theme::of(ui).rail;
    ui.painter().rect_filled(rect, 0.0, fill);
    ScrollArea::vertical().auto_shrink(false).content_margin(Margin::symmetric(26, 22)).show(
        ui,
        |ui| {
            ui.set_width(ui.available_width());
            if Room::of(ui) == Room::Medium {
                panel_button(ui, view);
            }
            checks::show(ui, view, it);
            page::show(ui, view, it);
        },
    );
}

/// A row one control high, filled from the right.
fn at_the_right(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| ui.with_layout(Layout::right_to_left(Align::Center), contents));
}

fn panel_button(ui: &mut Ui, view: &mut View<'_>) {
    at_the_right(ui, |ui| {
        let button = Button::secondary("What leaves").icon(Icon::SidebarSimple);
        let response = ui.add(button);
        let form = &mut view.inputs.summary;
        if response.clicked() {
            form.panel_open = !form.panel_open;
            form.go_to = form.panel_open.then_some(Spot::Panel);
        } else if !form.panel_open && arrives(view.inputs, Spot::Panel) {
            response.request_focus();
        }
    });
    ui.add_space(Space::S.pts());
}

/// The panel with its foot, which stays in view while the rest scrolls.
fn leaves(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>, drawer: bool) {
    let p = theme::of(ui);
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0.0, p.surface);
    // The foot grows with a message; its height is known from the drawing before.
    let height_id = Id::unique("height of the foot of what leaves");
    let foot = ui.data(|data| data.get_temp::<f32>(height_id)).unwrap_or(92.0);
    let split = rect.bottom() - foot;
    let above = Rect::from_min_max(rect.min, pos2(rect.right(), split));
    column(ui, "what", above, |ui| {
        let margin = Margin { left: PANEL_MARGIN, right: PANEL_MARGIN, top: 18, bottom: 12 };
        ScrollArea::vertical().auto_shrink(false).content_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            if drawer {
                close_button(ui, view);
            }
            panel::show(ui, view, it);
            send::fields(ui, view, it);
        });
    });
    let side = f32::from(PANEL_MARGIN);
    let below = Rect::from_min_max(pos2(rect.left() + side, split), rect.max - vec2(side, 18.0));
    let down = Layout::top_down(Align::Min);
    let builder = UiBuilder::new().id_salt("foot").max_rect(below).layout(down);
    let used = ui.scope_builder(builder, |ui| {
        ui.add_space(Space::S.pts());
        send::foot(ui, view, it);
    });
    let needs = used.response.rect.height() + 18.0;
    if (needs - foot).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(height_id, needs));
        ui.ctx().request_repaint();
    }
    let line = Stroke::new(theme::line_width(ui), p.line);
    ui.painter().vline(rect.left(), rect.y_range(), line);
    ui.painter().hline(rect.x_range(), split, line);
}

fn close_button(ui: &mut Ui, view: &mut View<'_>) {
    at_the_right(ui, |ui| {
        let close = ui.add(IconButton::new(Icon::X, "Close what leaves"));
        if arrives(view.inputs, Spot::Panel) {
            close.request_focus();
        }
        if close.clicked() {
            close_drawer(view);
        }
    });
}

fn close_drawer(view: &mut View<'_>) {
    view.inputs.summary.panel_open = false;
    view.inputs.summary.go_to = Some(Spot::Panel);
}

/// The panel over the page, below the top bar, so that Lock stays in reach.
fn drawer(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>, whole: Rect) {
    let width = tokens().layout.export_panel.min(whole.width());
    let place = x_range(whole, whole.right() - width, whole.right());
    let menu_open = egui::Popup::is_any_open(ui.ctx());
    Area::new(Id::unique("what leaves"))
        .order(Order::Middle)
        .fixed_pos(place.min)
        .fade_in(false)
        .show(ui.ctx(), |ui| {
            ui.set_min_size(place.size());
            column(ui, "drawer", place, |ui| leaves(ui, view, it, true));
        });
    if !menu_open && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        close_drawer(view);
    }
}
