//! Find on this page: a box at the top, the count, next and previous.

use egui::{Align, Event, Key, Layout, Modifiers, Rect, Role, Ui};

use crate::app::writing::Find;
use crate::ui::theme::{self, Icon, Space};
use crate::ui::widgets::marks::{Mark, MarkKind};
use crate::ui::widgets::{Field, IconButton, Room, page, text};

/// How high the box is, in points.
const HEIGHT: f32 = 54.0;

/// Takes the room of the box from the top of a page, when it is open; gives the box and the rest.
pub fn split(find: Option<&Find>, place: Rect) -> (Rect, Rect) {
    let height = if find.is_some() { HEIGHT } else { 0.0 };
    place.split_top_bottom_at_y(place.top() + height)
}

/// Draws the box and looks for what is typed in the texts of the page. Says whether it closes.
pub fn bar<'t>(
    ui: &mut Ui,
    place: Rect,
    find: &mut Find,
    texts: impl Iterator<Item = &'t str> + Clone,
) -> bool {
    let mut step = None;
    let mut closes = ui.input_mut(|input| {
        let escaped = input.consume_key(Modifiers::NONE, Key::Escape);
        if input.consume_key(Modifiers::SHIFT, Key::F3) {
            step = Some(false);
        } else if input.consume_key(Modifiers::NONE, Key::F3) {
            step = Some(true);
        }
        escaped
    });
    page::region(ui, "Find", Role::Search, place, |ui| {
        let p = theme::of(ui);
        ui.painter().rect_filled(place, 0.0, p.surface);
        let line = egui::Stroke::new(theme::line_width(ui), p.line);
        ui.painter().hline(place.x_range(), place.bottom() - 0.5, line);
        let inside = place.shrink2(egui::vec2(Space::L.pts(), 7.0));
        ui.scope_builder(egui::UiBuilder::new().max_rect(inside), |ui| {
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let width = if Room::of(ui) >= Room::Medium { 300.0 } else { 190.0 };
                let field = Field::new("Find on this page").label_hidden().width(width);
                let field = field.icon(Icon::MagnifyingGlass).show(ui, &mut find.wanted);
                if std::mem::take(&mut find.takes_keyboard) {
                    field.request_focus();
                }
                find.look(texts);
                if field.lost_focus() && enter(ui).is_some() {
                    step = step.or(enter(ui));
                    field.request_focus();
                }
                if let Some(on) = step {
                    find.step(on);
                }
                let previous = IconButton::new(Icon::CaretUp, "Previous one");
                if ui.add(previous).on_hover_text("Shift F3").clicked() {
                    find.step(false);
                }
                let next = IconButton::new(Icon::CaretDown, "Next one");
                if ui.add(next).on_hover_text("F3").clicked() {
                    find.step(true);
                }
                closes |= ui.add(IconButton::new(Icon::X, "Close the box")).clicked();
                let count = text::small(ui, &find.count());
                ui.ctx().accesskit_node_builder(count.id, |node| {
                    node.set_live(egui::accesskit::Live::Polite);
                });
            });
        });
    });
    closes
}

/// Whether Enter was pressed in this frame: on, or with Shift back.
fn enter(ui: &Ui) -> Option<bool> {
    ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Key { key: Key::Enter, pressed: true, modifiers, .. } => Some(!modifiers.shift),
            _ => None,
        })
    })
}

/// The marks in one text of the page, and the byte that comes into view now.
pub fn marks(find: &mut Option<Find>, number: usize, marks: &mut Vec<Mark>) -> Option<usize> {
    let find = find.as_mut()?;
    let kind = |shown| if shown { MarkKind::HitShown } else { MarkKind::Hit };
    marks.extend(find.in_text(number).map(|(bytes, shown)| Mark::new(kind(shown), bytes)));
    let (text, bytes) = find.current()?;
    let at = (*text == number && find.bring_up).then_some(bytes.start)?;
    find.bring_up = false;
    Some(at)
}
