//! Menus: a button that opens rows, and a choice in a box.

use egui::{
    Frame, Id, Margin, Popup, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use super::button::{Button, is_over};
use super::text::{self, galley, galley_line};
use crate::ui::theme::{
    self, Elevated, Icon, IconSize, Radius, Space, Type, mark_focus, shadow, tokens,
};

/// The greatest height of a list of choices, in points.
const LIST: f32 = 360.0;

/// A button that opens a menu; fill it with [`menu_row`]s. Gives the button's response.
pub fn menu(ui: &mut Ui, button: Button<'_>, rows: impl FnOnce(&mut Ui)) -> Response {
    let response = ui.add(button);
    open_under(ui, &response, 200.0, rows);
    response
}

fn open_under(ui: &Ui, response: &Response, width: f32, rows: impl FnOnce(&mut Ui)) {
    let p = theme::of(ui);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_has_popup(egui::accesskit::HasPopup::Menu);
    });
    if response.clicked() {
        ui.data_mut(|data| data.insert_temp(wants_focus(), true));
    }
    let was_open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(response));
    let frame = Frame::new()
        .inner_margin(Margin::same(6))
        .fill(p.raised)
        .stroke(Stroke::new(theme::line_width(ui), p.line_strong))
        .corner_radius(Radius::Card)
        .shadow(shadow(ui, Elevated::Overlay));
    let popup = Popup::menu(response).frame(frame).gap(Space::Xs.pts()).width(width);
    let shown = popup.show(|ui| {
        ui.set_min_width(width - 12.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        rows(ui);
    });
    if was_open && shown.is_some_and(|shown| shown.response.should_close()) {
        response.request_focus();
    }
}

/// Set when a menu opens; its first row takes the focus.
fn wants_focus() -> Id {
    Id::unique("menu wants the focus")
}

fn take_focus(ui: &Ui, response: &Response) {
    if ui.data_mut(|data| data.remove_temp::<bool>(wants_focus())).is_some() {
        response.request_focus();
    }
}

/// A row of a menu: an icon, words, and a shortcut at the right (which may be empty).
pub fn menu_row(ui: &mut Ui, icon: Option<Icon>, words: &str, shortcut: &str) -> Response {
    let p = theme::of(ui);
    let size = IconSize::Button.pts();
    let label = galley(ui, words, Type::Control, p.text, f32::INFINITY);
    let keys = galley(ui, shortcut, Type::Small, p.text2, f32::INFINITY);
    let lead = if icon.is_some() { size + 10.0 } else { 0.0 };
    let trail = if shortcut.is_empty() { 0.0 } else { keys.size().x + Space::Xl.pts() };
    let width = (20.0 + lead + label.size().x + trail).max(ui.available_width());
    let (rect, response) =
        ui.allocate_exact_size(vec2(width, tokens().control.height), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, ui.is_enabled(), words));
    take_focus(ui, &response);
    mark_focus(ui, &response, rect.shrink(4.0), 5.0, false);
    if is_over(&response) || response.has_focus() {
        ui.painter().rect_filled(rect, Radius::Control, p.hover);
    }
    let left = rect.left() + 10.0;
    if let Some(icon) = icon {
        icon.paint(ui.painter(), pos2(left + size / 2.0, rect.center().y), size, p.text2);
    }
    let y = rect.center().y;
    ui.painter().galley(pos2(left + lead, y - label.size().y / 2.0), label, p.text);
    if !shortcut.is_empty() {
        let at = pos2(rect.right() - 10.0 - keys.size().x, y - keys.size().y / 2.0);
        ui.painter().galley(at, keys, p.text2);
    }
    response
}

/// A choice of many in a box with a label above: it opens a menu of the options.
pub fn select<V: Clone + PartialEq>(
    ui: &mut Ui,
    label: &str,
    value: &mut V,
    options: &[(V, &str)],
    width: f32,
) -> Response {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        let p = theme::of(ui);
        text::show(ui, label, Type::Button, p.text);
        select_named(ui, label, value, options, width)
    })
    .inner
}

/// The same without the label above, for a row of settings that has its words at the left.
pub fn select_named<V: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    value: &mut V,
    options: &[(V, &str)],
    width: f32,
) -> Response {
    let current = options.iter().find(|option| option.0 == *value).map_or("", |option| option.1);
    let mut response = select_box(ui, name, current, width);
    let mut chosen = None;
    open_under(ui, &response, width, |ui| {
        // Long lists scroll: a menu never grows out of the window.
        let height = (ui.ctx().content_rect().height() / 2.0).min(LIST);
        egui::ScrollArea::vertical().max_height(height).show(ui, |ui| {
            for (option, words) in options {
                let icon = (*option == *value).then_some(Icon::Check);
                if menu_row(ui, icon, words, "").clicked() {
                    chosen = Some(option.clone());
                }
            }
        });
    });
    if let Some(option) = chosen
        && option != *value
    {
        *value = option;
        response.mark_changed();
    }
    response
}

fn select_box(ui: &mut Ui, label: &str, current: &str, width: f32) -> Response {
    let p = theme::of(ui);
    let size = vec2(width.min(ui.available_width()), tokens().control.height_input);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo {
        current_text_value: Some(current.to_owned()),
        ..WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), label)
    });
    mark_focus(ui, &response, rect, f32::from(Radius::Control.pts()), false);
    let fill = if is_over(&response) { p.hover } else { p.surface };
    let stroke = Stroke::new(theme::line_width(ui), p.control);
    ui.painter().rect(rect, Radius::Control, fill, stroke, StrokeKind::Inside);
    let icon = IconSize::Inline.pts();
    let words = galley_line(ui, current, Type::Body, p.text, rect.width() - 34.0 - icon);
    ui.painter().galley(
        pos2(rect.left() + 13.0, rect.center().y - words.size().y / 2.0),
        words,
        p.text,
    );
    let caret =
        Rect::from_center_size(pos2(rect.right() - 20.0, rect.center().y), vec2(icon, icon));
    Icon::CaretDown.paint(ui.painter(), caret.center(), icon, p.text2);
    response
}
