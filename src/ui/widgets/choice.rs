//! One of several: segments, a list of radio buttons, a scale, tabs.
//!
//! Each group is one stop for Tab; the arrows move in it, as every system does it.

use egui::{
    CornerRadius, EventFilter, Id, InnerResponse, Key, Rect, Response, Role, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::button::is_over;
use super::text::{galley, small};
use crate::ui::theme::{self, Icon, IconSize, Radius, Space, Type, mark_focus, tokens};

const WANTS_FOCUS: &str = "the next choice wants the focus";

/// A group that is one stop for Tab, with the arrows moving inside it.
pub(super) struct Roving {
    id: Id,
    count: usize,
    pub(super) current: Option<usize>,
    moved_to: Option<usize>,
}

impl Roving {
    fn new(ui: &Ui, name: &str, count: usize, current: Option<usize>) -> Self {
        Roving { id: ui.make_persistent_id(("choice", name)), count, current, moved_to: None }
    }

    fn item_id(&self, index: usize) -> Id {
        self.id.with(index)
    }

    /// Makes the widget of one option: only one of the group takes the focus from Tab.
    pub(super) fn item(
        &mut self,
        ui: &Ui,
        rect: Rect,
        index: usize,
        chosen_role: Role,
        words: &str,
    ) -> Response {
        let stop = self.current.unwrap_or(0) == index;
        let id = self.item_id(index);
        let sense = if stop || ui.memory(|memory| memory.has_focus(id)) {
            Sense::click()
        } else {
            Sense::CLICK
        };
        let response = ui.interact(rect, id, sense);
        if stop && ui.data_mut(|data| data.remove_temp::<bool>(Id::unique(WANTS_FOCUS))).is_some() {
            response.request_focus();
        }
        if response.has_focus() {
            let filter = EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                ..EventFilter::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            self.arrows(ui, index);
        }
        if response.clicked() {
            self.moved_to = Some(index);
        }
        let chosen = self.current == Some(index);
        response.widget_info(|| WidgetInfo::selected(chosen_role, ui.is_enabled(), chosen, words));
        if chosen_role == Role::Tab {
            // A tab is selected, not pressed.
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.clear_toggled();
                node.set_selected(chosen);
            });
        }
        response
    }

    fn arrows(&mut self, ui: &Ui, index: usize) {
        let (back, on) = ui.input(|input| {
            (
                input.key_pressed(Key::ArrowLeft) || input.key_pressed(Key::ArrowUp),
                input.key_pressed(Key::ArrowRight) || input.key_pressed(Key::ArrowDown),
            )
        });
        let last = self.count.saturating_sub(1);
        let to = match (back, on) {
            (true, false) => index.checked_sub(1).unwrap_or(last),
            (false, true) if index == last => 0,
            (false, true) => index + 1,
            _ => return,
        };
        self.moved_to = Some(to);
    }

    /// The option that was chosen in this pass; it also takes the focus.
    fn chosen(&self, ui: &Ui) -> Option<usize> {
        let to = self.moved_to?;
        // The stop for Tab moves with the choice: the option must be able to take the focus
        // before it gets it.
        ui.memory_mut(|memory| memory.request_focus(self.item_id(to)));
        Some(to)
    }
}

/// Gives the keyboard to the group that is shown next, at its stop for Tab.
pub fn focus_next(ui: &Ui) {
    ui.data_mut(|data| data.insert_temp(Id::unique(WANTS_FOCUS), true));
}

/// Shows a group under one name and says whether the value changed.
pub(super) fn group<V: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    role: Role,
    value: &mut V,
    values: impl ExactSizeIterator<Item = V> + Clone,
    draw: impl FnOnce(&mut Ui, &mut Roving),
) -> Response {
    let current = values.clone().position(|option| option == *value);
    let builder = UiBuilder::new().accessibility_role(role).accessibility_label(name);
    let InnerResponse { inner, mut response } = ui.scope_builder(builder, |ui| {
        let mut roving = Roving::new(ui, name, values.len(), current);
        draw(ui, &mut roving);
        roving.chosen(ui)
    });
    if let Some(option) = inner.and_then(|index| values.clone().nth(index))
        && option != *value
    {
        *value = option;
        response.mark_changed();
    }
    response
}

/// Segments side by side: Mine, Theirs, All. The chosen one is filled.
pub fn segmented<V: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    value: &mut V,
    options: &[(V, &str)],
) -> Response {
    segments(ui, name, value, options, None)
}

/// The same with a tick in the segment of this value while it is chosen: for Done.
pub fn segmented_with_tick<V: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    value: &mut V,
    options: &[(V, &str)],
    ticked: &V,
) -> Response {
    let tick = options.iter().position(|option| option.0 == *ticked);
    segments(ui, name, value, options, tick)
}

fn segments<V: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    value: &mut V,
    options: &[(V, &str)],
    tick: Option<usize>,
) -> Response {
    const PAD: f32 = 11.0;
    let values = options.iter().map(|option| option.0.clone());
    group(ui, name, Role::RadioGroup, value, values, |ui, roving| {
        let p = theme::of(ui);
        let icon = IconSize::Inline.pts();
        let border = theme::line_width(ui);
        let words: Vec<_> = options
            .iter()
            .enumerate()
            .map(|(index, option)| {
                let chosen = roving.current == Some(index);
                let (kind, ink) =
                    if chosen { (Type::HintStrong, p.on_accent) } else { (Type::Hint, p.text2) };
                let room = if chosen && tick == Some(index) { icon + 6.0 } else { 0.0 };
                (galley(ui, option.1, kind, ink, f32::INFINITY), room)
            })
            .collect();
        let widths: Vec<f32> =
            words.iter().map(|(words, room)| (words.size().x + room + 2.0 * PAD).ceil()).collect();
        let height = tokens().control.segment + 2.0 * border;
        let size = vec2(widths.iter().sum::<f32>() + 2.0 * border, height);
        let (whole, _) = ui.allocate_exact_size(size, Sense::hover());
        ui.painter().rect_filled(whole, Radius::Control, p.surface);
        let mut x = whole.left() + border;
        let mut dividers = Vec::new();
        for (index, ((words, room), width)) in words.into_iter().zip(widths).enumerate() {
            let first = index == 0;
            let last = index + 1 == options.len();
            let left = if first { whole.left() } else { x };
            let right = if last { whole.right() } else { x + width };
            let rect = Rect::from_x_y_ranges(left..=right, whole.y_range());
            let label = options.get(index).map_or("", |option| option.1);
            let response = roving.item(ui, rect, index, Role::RadioButton, label);
            mark_focus(ui, &response, rect, 6.0, false);
            let chosen = roving.current == Some(index);
            let radius = Radius::Control.pts();
            let corners = CornerRadius {
                nw: if first { radius } else { 0 },
                sw: if first { radius } else { 0 },
                ne: if last { radius } else { 0 },
                se: if last { radius } else { 0 },
            };
            if chosen {
                ui.painter().rect_filled(rect, corners, p.accent);
            } else if is_over(&response) {
                ui.painter().rect_filled(rect, corners, p.hover);
            }
            let mut at = x + PAD;
            if room > 0.0 {
                let centre = pos2(at + icon / 2.0, rect.center().y);
                Icon::Check.paint(ui.painter(), centre, icon, p.on_accent);
                at += room;
            }
            let top = rect.center().y - words.size().y / 2.0;
            ui.painter().galley(pos2(at, top), words, p.text2);
            x += width;
            if !last {
                dividers.push(x);
            }
        }
        for divider in dividers {
            let stroke = Stroke::new(border, p.line_strong);
            ui.painter().vline(divider, whole.shrink(border).y_range(), stroke);
        }
        let stroke = Stroke::new(border, p.control);
        ui.painter().rect_stroke(whole, Radius::Control, stroke, StrokeKind::Inside);
    })
}

/// One chip: its value, its words and an icon.
pub type Pill<'a, V> = (V, &'a str, Option<Icon>);

/// Rounded chips that wrap, for choosing what a list shows. The chosen one is filled.
pub fn pills<V: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    value: &mut V,
    pills: &[Pill<'_, V>],
) -> Response {
    let values = pills.iter().map(|pill| pill.0.clone());
    group(ui, name, Role::RadioGroup, value, values, |ui, roving| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(Space::S.pts());
            for (index, (_, words, icon)) in pills.iter().enumerate() {
                pill(ui, roving, index, words, *icon);
            }
        });
    })
}

fn pill(ui: &mut Ui, roving: &mut Roving, index: usize, words: &str, icon: Option<Icon>) {
    const PAD: f32 = 14.0;
    let p = theme::of(ui);
    let chosen = roving.current == Some(index);
    let (kind, ink) = if chosen { (Type::HintStrong, p.on_accent) } else { (Type::Hint, p.text) };
    let label = galley(ui, words, kind, ink, f32::INFINITY);
    let side = IconSize::Inline.pts();
    let lead = if icon.is_some() { side + 6.0 } else { 0.0 };
    let size = vec2((label.size().x + lead + 2.0 * PAD).ceil(), tokens().control.height_small);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let response = roving.item(ui, rect, index, Role::RadioButton, words);
    let radius = size.y / 2.0;
    mark_focus(ui, &response, rect, radius, false);
    let (fill, edge) = match (chosen, is_over(&response)) {
        (true, _) => (p.accent, p.accent),
        (false, true) => (p.hover, p.control),
        (false, false) => (p.surface, p.control),
    };
    let stroke = Stroke::new(theme::line_width(ui), edge);
    let painter = ui.painter();
    painter.rect(rect, radius, fill, stroke, StrokeKind::Inside);
    let left = rect.left() + PAD;
    if let Some(icon) = icon {
        icon.paint(painter, pos2(left + side / 2.0, rect.center().y), side, ink);
    }
    painter.galley(pos2(left + lead, rect.center().y - label.size().y / 2.0), label, ink);
}

/// A list of radio buttons, each with a label and a hint (which may be empty).
pub fn radio_list<V: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    value: &mut V,
    options: &[(V, &str, &str)],
) -> Response {
    let values = options.iter().map(|option| option.0.clone());
    group(ui, name, Role::RadioGroup, value, values, |ui, roving| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for (index, (_, label, hint)) in options.iter().enumerate() {
            radio_row(ui, roving, index, label, hint);
        }
    })
}

fn radio_row(ui: &mut Ui, roving: &mut Roving, index: usize, label: &str, hint: &str) {
    let p = theme::of(ui);
    let side = tokens().control.check;
    let room = ui.available_width() - side - 10.0;
    let words = galley(ui, label, Type::Body, p.text, room);
    let below = (!hint.is_empty()).then(|| galley(ui, hint, Type::Small, p.text2, room));
    let height = words.size().y + below.as_ref().map_or(0.0, |below| below.size().y);
    let width =
        side + 10.0 + words.size().x.max(below.as_ref().map_or(0.0, |below| below.size().x));
    let row = vec2(width.ceil(), (height + 8.0).max(tokens().control.height));
    let (rect, _) = ui.allocate_exact_size(row, Sense::hover());
    let response = roving.item(ui, rect, index, Role::RadioButton, label);
    let middle = rect.top() + 4.0 + words.size().y / 2.0;
    let middle = if below.is_some() { middle } else { rect.center().y };
    let circle = Rect::from_center_size(pos2(rect.left() + side / 2.0, middle), Vec2::splat(side));
    mark_focus(ui, &response, circle, side / 2.0, false);
    paint_radio(ui, circle, roving.current == Some(index), is_over(&response));
    let at = pos2(circle.right() + 10.0, middle - words.size().y / 2.0);
    let below_at = pos2(at.x, at.y + words.size().y);
    ui.painter().galley(at, words, p.text);
    if let Some(below) = below {
        ui.painter().galley(below_at, below, p.text2);
    }
}

pub(super) fn paint_radio(ui: &Ui, rect: Rect, chosen: bool, over: bool) {
    let p = theme::of(ui);
    let edge = if chosen { p.accent } else { p.control };
    let fill = if over { p.hover } else { p.surface };
    let stroke = Stroke::new(1.5 * theme::line_width(ui), edge);
    ui.painter().circle_filled(rect.center(), rect.width() / 2.0, fill);
    ui.painter().circle_stroke(rect.center(), rect.width() / 2.0 - stroke.width / 2.0, stroke);
    if chosen {
        ui.painter().circle_filled(rect.center(), 6.0, p.accent);
    }
}

/// A scale of numbers with words at both ends. Nothing is chosen at first.
pub fn scale(
    ui: &mut Ui,
    name: &str,
    value: &mut Option<u8>,
    range: std::ops::RangeInclusive<u8>,
    (low, high): (&str, &str),
) -> Response {
    const GAP: f32 = 4.0;
    let values: Vec<Option<u8>> = range.map(Some).collect();
    let values = values.into_iter();
    group(ui, name, Role::RadioGroup, value, values.clone(), |ui, roving| {
        let p = theme::of(ui);
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        let count = values.len() as f32;
        let side = ((ui.available_width() - GAP * (count - 1.0)) / count)
            .clamp(tokens().control.target_min, 40.0)
            .floor();
        let size = vec2(side * count + GAP * (count - 1.0), tokens().control.height);
        let (whole, _) = ui.allocate_exact_size(size, Sense::hover());
        for (index, number) in values.flatten().enumerate() {
            let left = whole.left() + index as f32 * (side + GAP);
            let rect = Rect::from_min_size(pos2(left, whole.top()), vec2(side, size.y));
            let said = match index {
                0 => format!("{number}, {low}"),
                _ if index + 1 == roving.count => format!("{number}, {high}"),
                _ => number.to_string(),
            };
            let response = roving.item(ui, rect, index, Role::RadioButton, &said);
            mark_focus(ui, &response, rect, f32::from(Radius::Control.pts()), false);
            let chosen = roving.current == Some(index);
            let (fill, edge, ink, kind) = if chosen {
                (p.accent, p.accent, p.on_accent, Type::Button)
            } else {
                let fill = if is_over(&response) { p.hover } else { p.surface };
                (fill, p.control, p.text, Type::Control)
            };
            let stroke = Stroke::new(theme::line_width(ui), edge);
            ui.painter().rect(rect, Radius::Control, fill, stroke, StrokeKind::Inside);
            let words = galley(ui, &number.to_string(), kind, ink, f32::INFINITY);
            ui.painter().galley(rect.center() - words.size() / 2.0, words, ink);
        }
        ui.allocate_ui(vec2(size.x, 20.0), |ui| {
            ui.horizontal(|ui| {
                small(ui, low);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    small(ui, high);
                });
            });
        });
    })
}

/// One tab: its value, its words and how many things are in it.
pub type Tab<'a, V> = (V, &'a str, Option<usize>);

/// Tabs with a line under them all and a bar under the chosen one.
pub fn tabs<V: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    value: &mut V,
    tabs: &[Tab<'_, V>],
) -> Response {
    let values = tabs.iter().map(|tab| tab.0.clone());
    group(ui, name, Role::TabList, value, values, |ui, roving| {
        let p = theme::of(ui);
        let width = ui.available_width();
        let below = ui
            .horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(Space::Xs.pts(), 0.0);
                for (index, (_, words, count)) in tabs.iter().enumerate() {
                    tab(ui, roving, index, words, *count);
                }
            })
            .response
            .rect;
        let y = below.bottom() - 0.5;
        ui.painter().hline(
            below.left()..=below.left() + width,
            y,
            Stroke::new(theme::line_width(ui), p.line),
        );
    })
}

fn tab(ui: &mut Ui, roving: &mut Roving, index: usize, words: &str, count: Option<usize>) {
    const PAD: f32 = 12.0;
    let p = theme::of(ui);
    let chosen = roving.current == Some(index);
    let (kind, ink) = if chosen { (Type::Button, p.text) } else { (Type::Control, p.text2) };
    let label = galley(ui, words, kind, ink, f32::INFINITY);
    let number =
        count.map(|count| galley(ui, &count.to_string(), Type::Caption, p.text2, f32::INFINITY));
    let room = number.as_ref().map_or(0.0, |number| number.size().x + 12.0 + 7.0);
    let size = vec2((label.size().x + room + 2.0 * PAD).ceil(), tokens().control.tab);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let said = count.map_or_else(|| words.to_owned(), |count| format!("{words}, {count}"));
    let response = roving.item(ui, rect, index, Role::Tab, &said);
    mark_focus(ui, &response, rect.shrink(3.0), 6.0, false);
    let painter = ui.painter();
    if !chosen && is_over(&response) {
        painter.rect_filled(rect.shrink2(vec2(2.0, 4.0)), Radius::Control, p.hover);
    }
    let at = pos2(rect.left() + PAD, rect.center().y - label.size().y / 2.0);
    let after = at.x + label.size().x + 7.0;
    painter.galley(at, label, ink);
    if let Some(number) = number {
        let pill = Rect::from_min_size(
            pos2(after, rect.center().y - 9.0),
            vec2(number.size().x + 12.0, 18.0),
        );
        painter.rect_filled(pill, 8.0, p.sunken);
        painter.galley(pill.center() - number.size() / 2.0, number, p.text2);
    }
    if chosen {
        let bar = Rect::from_min_max(
            pos2(rect.left() + 10.0, rect.bottom() - 3.0),
            pos2(rect.right() - 10.0, rect.bottom()),
        );
        painter.rect_filled(bar, CornerRadius { nw: 2, ne: 2, sw: 0, se: 0 }, p.accent);
    }
}
