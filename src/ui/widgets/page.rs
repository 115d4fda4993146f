//! How a page is laid out: margins, columns, widths that keep text readable, the empty page.

use egui::{
    Align, Frame, Key, Layout, Margin, Panel, Rect, Response, Role, ScrollArea, Stroke, Ui,
    UiBuilder, vec2,
};

use super::button::Button;
use super::cairn::mark;
use super::card::card;
use super::text;
use crate::ui::theme::{self, Space, Type, tokens};

/// How much room the window has, after zoom: 200% in a large window is a small window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// Below 640 points: one column, the footer's buttons wrap.
    Small,
    /// 640 to 799: one column, the rail behind a button.
    Narrow,
    /// 800 to 1099: a slim rail, the side panel opens over the content.
    Medium,
    /// From 1100: everything side by side.
    Wide,
}

impl Room {
    /// The room of the window now.
    pub fn of(ctx: &egui::Context) -> Room {
        let width = ctx.content_rect().width();
        let at = &tokens().layout.breakpoints;
        match width {
            width if width >= at.wide => Room::Wide,
            width if width >= at.medium => Room::Medium,
            width if width >= at.narrow => Room::Narrow,
            _ => Room::Small,
        }
    }

    /// The margin of a page, in points.
    pub fn margin(self) -> f32 {
        if self >= Room::Medium { Space::Page.pts() } else { Space::PageNarrow.pts() }
    }
}

/// Whether this part of the window was not there a moment ago: then its most likely next step
/// takes the keyboard focus. Call it in each pass.
pub fn just_opened(ctx: &egui::Context, id: egui::Id) -> bool {
    let seen = id.with("seen");
    let pass = ctx.cumulative_pass_nr();
    let last = ctx.data(|data| data.get_temp::<u64>(seen));
    ctx.data_mut(|data| data.insert_temp(seen, pass));
    last.is_none_or(|last| last + 1 < pass)
}

/// A page with the design's margins that scrolls up and down, never sideways.
pub fn page<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let margin = Room::of(ui).margin();
    ScrollArea::vertical()
        .auto_shrink(false)
        .content_margin(Margin::same(margin as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            contents(ui)
        })
        .inner
}

/// Keeps contents no wider than so many points, at the left.
pub fn at_most<R>(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let mut room = ui.available_rect_before_wrap();
    room.set_width(room.width().min(width));
    let down = Layout::top_down(Align::Min);
    ui.scope_builder(UiBuilder::new().max_rect(room).layout(down), contents).inner
}

/// Keeps contents no wider than so many points, in the middle of the room there is.
pub fn centred<R>(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let mut room = ui.available_rect_before_wrap();
    let spare = (room.width() - width).max(0.0) / 2.0;
    room = room.with_min_x(room.left() + spare).with_max_x(room.right() - spare);
    ui.scope_builder(UiBuilder::new().max_rect(room), contents).inner
}

/// Whether Enter was pressed in a field of one line.
pub fn entered(ui: &Ui, field: &Response) -> bool {
    field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// Keeps reading prose at 70 characters a line at most.
pub fn prose<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    at_most(ui, tokens().measure.module_max_width, contents)
}

/// Two columns: the right one `right_width` points wide, the left one takes the rest. In a
/// window below 1100 points the right one goes under the left one.
pub fn two_column<L, R>(
    ui: &mut Ui,
    right_width: f32,
    left: impl FnOnce(&mut Ui) -> L,
    right: impl FnOnce(&mut Ui) -> R,
) -> (L, R) {
    if Room::of(ui) < Room::Wide {
        let left = left(ui);
        ui.add_space(Space::Section.pts());
        return (left, right(ui));
    }
    let gap = Space::Xl.pts();
    let room = ui.available_rect_before_wrap();
    let split = room.right() - right_width;
    let mut first = room;
    first.max.x = split - gap;
    let mut second = room;
    second.min.x = split;
    ui.horizontal_top(|ui| {
        let down = Layout::top_down(Align::Min);
        let left = ui.scope_builder(UiBuilder::new().max_rect(first).layout(down), left).inner;
        let right = ui.scope_builder(UiBuilder::new().max_rect(second).layout(down), right).inner;
        (left, right)
    })
    .inner
}

/// Things in a row with more at the right end: `left`, then room, then `right` from the right.
pub fn row<L, R>(
    ui: &mut Ui,
    left: impl FnOnce(&mut Ui) -> L,
    right: impl FnOnce(&mut Ui) -> R,
) -> (L, R) {
    ui.horizontal(|ui| {
        let left = left(ui);
        let right = ui.with_layout(Layout::right_to_left(Align::Center), right).inner;
        (left, right)
    })
    .inner
}

/// A row as wide as the room there is and so many points high, with everything in its middle.
pub fn row_of_height<R>(ui: &mut Ui, height: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        contents(ui)
    })
    .inner
}

/// A part of the screen in its place, named for screen readers.
pub fn region(ui: &mut Ui, name: &str, role: Role, place: Rect, contents: impl FnOnce(&mut Ui)) {
    let builder = UiBuilder::new()
        .id_salt(role)
        .max_rect(place)
        .layout(Layout::top_down(Align::Min))
        .accessibility_role(role)
        .accessibility_label(name);
    ui.scope_builder(builder, |ui| {
        ui.set_clip_rect(place.intersect(ui.clip_rect()));
        contents(ui);
    });
}

/// An empty page or list: the mark, why it is empty, and one thing to do.
pub fn empty(ui: &mut Ui, title: &str, words: &str, button: Button<'_>) -> Response {
    card(ui, |ui| {
        let p = theme::of(ui);
        ui.vertical_centered(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
            mark(ui, 44.0);
            text::show(ui, title, Type::ButtonLarge, p.text);
            text::show(ui, words, Type::Body, p.text2);
            ui.add_space(Space::S.pts());
            ui.add(button)
        })
        .inner
    })
    .inner
}

/// The bar at the foot of a page that asks for a decision: its buttons stay in sight however long
/// the page is. Called before the page is drawn, which gets the room above it.
pub fn foot(ui: &mut Ui, id: &'static str, buttons: impl FnOnce(&mut Ui)) {
    let panel = Panel::bottom(id).resizable(false).show_separator_line(false);
    panel.frame(Frame::NONE.fill(theme::of(ui).surface)).show(ui, |ui| {
        let rect = ui.max_rect();
        let stroke = Stroke::new(theme::line_width(ui), theme::of(ui).line);
        ui.painter().hline(rect.x_range(), rect.top() + 0.5, stroke);
        let margin = Room::of(ui).margin() as i8;
        Frame::NONE.inner_margin(Margin::symmetric(margin, 12)).show(ui, |ui| {
            ui.horizontal_wrapped(buttons);
        });
    });
}
