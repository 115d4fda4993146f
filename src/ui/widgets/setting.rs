//! Rows of settings and facts, in a card of rows: an icon, words, and perhaps a control.

use egui::{Align, Color32, Layout, Rect, Ui, UiBuilder, pos2, vec2};

use super::{Room, progress, text};
use crate::ui::theme::{self, Icon, IconSize, Space, Type, tokens};

/// From the left of a row to its words: the icon stands there.
const LEAD: f32 = 38.0;

/// A row of settings: an icon, words with a hint below, and the control at the right, which takes
/// `room` points. In a narrow window the control goes under the words.
pub fn row<R>(
    ui: &mut Ui,
    icon: Icon,
    (label, hint): (&str, &str),
    room: f32,
    control: impl FnOnce(&mut Ui) -> R,
) -> R {
    if Room::of(ui) == Room::Small {
        words(ui, icon, label, hint, 0.0);
        ui.add_space(Space::S.pts());
        let inset = ui.available_rect_before_wrap();
        let inset = inset.with_min_x(inset.left() + LEAD);
        let from_left = Layout::left_to_right(Align::Min).with_main_wrap(true);
        let builder = UiBuilder::new().max_rect(inset).layout(from_left);
        let given = ui.scope_builder(builder, control).inner;
        ui.add_space(Space::M.pts());
        return given;
    }
    let whole = ui.available_rect_before_wrap();
    let said = words(ui, icon, label, hint, room + Space::S.pts());
    let height = said.height().max(tokens().control.height);
    let place = Rect::from_min_max(
        pos2(whole.right() - room, said.center().y - height / 2.0),
        pos2(whole.right(), said.center().y + height / 2.0),
    );
    let builder = UiBuilder::new().max_rect(place).layout(Layout::right_to_left(Align::Center));
    let given = ui.scope_builder(builder, control).inner;
    ui.advance_cursor_after_rect(whole.with_max_y(said.bottom() + Space::M.pts()));
    given
}

/// A row for work that takes a while: how many files of how many, and the bar below.
pub fn row_with_bar<R>(
    ui: &mut Ui,
    icon: Icon,
    label: &str,
    (done, total): (usize, usize),
    control: impl FnOnce(&mut Ui) -> R,
) -> R {
    let (words, fraction) = progress::files(done, total);
    let given = row(ui, icon, (label, &words), 72.0, control);
    let mut room = ui.available_rect_before_wrap();
    room.min.x += LEAD;
    ui.scope_builder(UiBuilder::new().max_rect(room), |ui| progress::progress(ui, label, fraction));
    ui.add_space(Space::L.pts());
    given
}

/// A row that only tells something.
pub fn fact(ui: &mut Ui, icon: Icon, label: &str, hint: &str) {
    words(ui, icon, label, hint, 0.0);
    ui.add_space(Space::M.pts());
}

/// The icon and the words of a row, `end` points short of the right end; gives where the words
/// stand.
fn words(ui: &mut Ui, icon: Icon, label: &str, hint: &str, end: f32) -> Rect {
    let p = theme::of(ui);
    ui.add_space(Space::M.pts());
    let mut room = ui.available_rect_before_wrap();
    let side = IconSize::Nav.pts();
    let at = room.left_top() + vec2(side / 2.0, 12.0);
    icon.paint(ui.painter(), at, side, p.text2);
    room.min.x += LEAD;
    room.max.x -= end;
    let said = ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        text::show(ui, label, Type::Strong, p.text);
        if !hint.is_empty() {
            text::hint(ui, hint);
        }
    });
    said.response.rect
}

/// An icon at the left, and beside it whatever belongs to it.
pub fn led(ui: &mut Ui, icon: Icon, ink: Color32, contents: impl FnOnce(&mut Ui)) {
    ui.add_space(Space::M.pts());
    let mut room = ui.available_rect_before_wrap();
    let side = IconSize::Nav.pts();
    icon.paint(ui.painter(), room.left_top() + vec2(side / 2.0, 12.0), side, ink);
    room.min.x += LEAD;
    let down = Layout::top_down(Align::Min);
    ui.scope_builder(UiBuilder::new().max_rect(room).layout(down), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        contents(ui);
    });
    ui.add_space(Space::M.pts());
}
