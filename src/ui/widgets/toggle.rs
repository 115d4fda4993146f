//! Yes or no: a check box, an action's row, a switch.

use egui::{
    Key, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2,
    vec2,
};

use super::button::is_over;
use super::pebble::{PebbleSize, pebble};
use super::tag::Tag;
use super::text::{galley, galley_line, line, show};
use crate::ui::theme::{self, Icon, IconSize, Radius, Space, Type, mark_focus, tokens};

const GAP: f32 = 10.0;
/// Width of the column of names in a list of actions.
const PERSON: f32 = 144.0;

/// Check boxes under one name. Gives what is ticked, in the order of the list, when that changed;
/// what the list no longer offers stays ticked. `takes` gives the first the keyboard.
pub fn checklist(
    ui: &mut Ui,
    mut ticked: Vec<String>,
    label: &str,
    items: &[String],
    takes: bool,
) -> Option<Vec<String>> {
    let builder =
        UiBuilder::new().accessibility_role(Role::Group).accessibility_label(label.to_owned());
    let mut changed = false;
    ui.scope_builder(builder, |ui| {
        for (at, item) in items.iter().enumerate() {
            let mut on = ticked.contains(item);
            let response = checkbox(ui, &mut on, item);
            if takes && at == 0 {
                response.request_focus();
            }
            if response.changed() {
                ticked.retain(|words| words != item);
                if on {
                    ticked.push(item.clone());
                }
                changed = true;
            }
        }
    });
    ticked.sort_by_key(|words| items.iter().position(|item| item == words));
    changed.then_some(ticked)
}

/// A check box with its words; the words are part of the target.
pub fn checkbox(ui: &mut Ui, on: &mut bool, label: &str) -> Response {
    checkbox_named(ui, on, label, label)
}

/// The same with a name for screen readers that says more than the words.
pub fn checkbox_named(ui: &mut Ui, on: &mut bool, label: &str, name: &str) -> Response {
    let p = theme::of(ui);
    let side = tokens().control.check;
    let room = (ui.max_rect().width() - side - GAP).max(96.0);
    let words = galley(ui, label, Type::Body, p.text, room);
    let size = vec2(
        (side + GAP + words.size().x).ceil(),
        (words.size().y + 4.0).max(tokens().control.height),
    );
    let (rect, mut response) = ui.allocate_exact_size(size, Sense::click());
    flip(&mut response, on);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), *on, name));
    let middle = rect.top() + (size.y - words.size().y) / 2.0 + Type::Body.token().line / 2.0;
    let square = Rect::from_center_size(pos2(rect.left() + side / 2.0, middle), Vec2::splat(side));
    mark_focus(ui, &response, square, f32::from(Radius::Tag.pts()), false);
    paint_check(ui, square, *on, is_over(&response));
    let at = pos2(square.right() + GAP, rect.center().y - words.size().y / 2.0);
    ui.painter().galley(at, words, p.text);
    response
}

fn flip(response: &mut Response, on: &mut bool) {
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
}

/// Paints the square of a check box; `over` while the pointer is on it.
pub fn paint_check(ui: &Ui, rect: Rect, on: bool, over: bool) {
    let p = theme::of(ui);
    let (fill, edge) = match (on, over) {
        (true, false) => (p.accent, p.accent),
        (true, true) => (p.accent_hover, p.accent_hover),
        (false, true) => (p.hover, p.control),
        (false, false) => (p.surface, p.control),
    };
    let stroke = Stroke::new(1.5 * theme::line_width(ui), edge);
    ui.painter().rect(rect, Radius::Tag, fill, stroke, StrokeKind::Inside);
    if on {
        Icon::Check.paint(ui.painter(), rect.center(), IconSize::Inline.pts(), p.on_accent);
    }
}

/// A switch for something that holds at once. The words stand left, the switch right, and the
/// whole row is the target.
pub fn switch(ui: &mut Ui, on: &mut bool, label: &str, hint: &str) -> Response {
    let p = theme::of(ui);
    let knob = vec2(42.0, 24.0);
    let room = (ui.available_width() - knob.x - Space::L.pts()).max(96.0);
    let words = galley(ui, label, Type::Body, p.text, room);
    let below = (!hint.is_empty()).then(|| galley(ui, hint, Type::Small, p.text2, room));
    let height = words.size().y + below.as_ref().map_or(0.0, |below| below.size().y);
    let size = vec2(ui.available_width(), (height + 8.0).max(tokens().control.row_min));
    let (rect, mut response) = ui.allocate_exact_size(size, Sense::click());
    flip(&mut response, on);
    response.widget_info(|| WidgetInfo::selected(Role::Switch, ui.is_enabled(), *on, label));
    let track =
        Rect::from_min_size(pos2(rect.right() - knob.x, rect.center().y - knob.y / 2.0), knob);
    mark_focus(ui, &response, track, knob.y / 2.0, false);
    paint_switch(ui, track, *on, is_over(&response));
    let at = pos2(rect.left(), rect.center().y - height / 2.0);
    let below_at = pos2(at.x, at.y + words.size().y);
    ui.painter().galley(at, words, p.text);
    if let Some(below) = below {
        ui.painter().galley(below_at, below, p.text2);
    }
    response
}

fn paint_switch(ui: &Ui, track: Rect, on: bool, over: bool) {
    let p = theme::of(ui);
    let (fill, knob, x) = match (on, over) {
        (true, false) => (p.accent, p.on_accent, track.right() - 12.0),
        (true, true) => (p.accent_hover, p.on_accent, track.right() - 12.0),
        (false, false) => (p.control, p.surface, track.left() + 12.0),
        (false, true) => (p.text2, p.surface, track.left() + 12.0),
    };
    ui.painter().rect_filled(track, track.height() / 2.0, fill);
    ui.painter().circle_filled(pos2(x, track.center().y), 9.0, knob);
}

/// A row for one action: a check box, what is to be done, where it comes from, whose it is and
/// by when.
#[must_use = "show it"]
pub struct ActionRow<'a> {
    words: &'a str,
    origin: &'a str,
    owner: Option<&'a str>,
    person: Option<&'a str>,
    note: &'a str,
    when: Option<Tag>,
}

/// What was pressed in a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ActionPressed {
    /// The check box changed.
    pub ticked: bool,
    /// The row was pressed: open the action.
    pub opened: bool,
}

impl<'a> ActionRow<'a> {
    /// A row for an action with these words.
    pub const fn new(words: &'a str) -> Self {
        ActionRow { words, origin: "", owner: None, person: None, note: "", when: None }
    }

    /// A line under the words: where it comes from, how often it was carried forward.
    pub const fn origin(mut self, origin: &'a str) -> Self {
        self.origin = origin;
        self
    }

    /// Initials of the person who does it.
    pub const fn owner(mut self, initials: &'a str) -> Self {
        self.owner = Some(initials);
        self
    }

    /// With whom it was agreed, in a column of its own at the right.
    pub const fn person(mut self, name: &'a str) -> Self {
        self.person = Some(name);
        self
    }

    /// Plain small words before the person: a day that is not due yet.
    pub const fn note(mut self, words: &'a str) -> Self {
        self.note = words;
        self
    }

    /// When it is due, or how late it is.
    pub fn when(mut self, tag: Tag) -> Self {
        self.when = Some(tag);
        self
    }

    /// Shows it as wide as the room there is. Space ticks, Enter opens.
    pub fn show(self, ui: &mut Ui, done: &mut bool) -> ActionPressed {
        let p = theme::of(ui);
        let side = tokens().control.check;
        let top = ui.cursor().top();
        let left = ui.cursor().left();
        let width = ui.available_width();
        let height = if self.origin.is_empty() { tokens().control.row_min } else { 48.0 };
        let row = Rect::from_min_size(pos2(left, top), vec2(width, height));
        let mut pressed = ActionPressed::default();
        ui.allocate_ui_with_layout(
            row.size(),
            egui::Layout::right_to_left(egui::Align::Center),
            |ui| {
                ui.set_min_size(row.size());
                ui.spacing_mut().item_spacing.x = Space::M.pts();
                let id = ui.make_persistent_id(("action", self.words));
                // Made first, so that it lies under the check box.
                let body = ui.interact(row, id, Sense::CLICK);
                let check = Rect::from_center_size(
                    pos2(row.left() + side / 2.0, row.center().y),
                    Vec2::splat(side),
                );
                let tick_id = id.with("tick");
                let mut tick = ui.interact(check.expand(8.0), tick_id, Sense::click());
                // One stop for Tab: Space ticks, Enter opens.
                let enter = tick.has_focus() && ui.input(|input| input.key_pressed(Key::Enter));
                if !enter {
                    flip(&mut tick, done);
                }
                tick.widget_info(|| {
                    WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), *done, self.words)
                });
                let said = format!("Open: {}", self.words);
                body.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &said));
                mark_focus(ui, &tick, check, f32::from(Radius::Tag.pts()), false);
                paint_check(ui, check, *done, is_over(&tick));
                pressed = ActionPressed { ticked: tick.changed(), opened: enter || body.clicked() };
                ui.spacing_mut().item_spacing.x = Space::S.pts();
                if let Some(person) = self.person {
                    let column = vec2(PERSON, row.height());
                    ui.allocate_ui_with_layout(
                        column,
                        egui::Layout::left_to_right(egui::Align::Center),
                        |ui| {
                            ui.set_min_width(PERSON);
                            line(ui, person, Type::Small, p.text2);
                        },
                    );
                }
                if let Some(when) = self.when {
                    ui.add(when);
                }
                if !self.note.is_empty() {
                    show(ui, self.note, Type::Small, p.text2);
                }
                ui.spacing_mut().item_spacing.x = Space::M.pts();
                if let Some(owner) = self.owner {
                    pebble(ui, owner, PebbleSize::Small);
                }
                let at = check.right() + Space::M.pts();
                let room = ui.available_width() - (at - row.left());
                let words = galley_line(ui, self.words, Type::Body, p.text, room);
                let origin = galley_line(ui, self.origin, Type::Small, p.text2, room);
                let below = if self.origin.is_empty() { 0.0 } else { origin.size().y };
                let y = row.center().y - (words.size().y + below) / 2.0;
                let ink = if *done { p.text2 } else { p.text };
                let word_box = Rect::from_min_size(pos2(at, y), words.size());
                ui.painter().galley_with_override_text_color(word_box.min, words, ink);
                if *done {
                    let stroke = Stroke::new(1.0, ink);
                    ui.painter().hline(word_box.x_range(), word_box.center().y + 1.0, stroke);
                }
                if !self.origin.is_empty() {
                    ui.painter().galley(word_box.left_bottom(), origin, p.text2);
                }
            },
        );
        pressed
    }
}
