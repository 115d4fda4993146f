//! A field of one line: label above, hint, what is wrong, then the box.

use egui::text_edit::TextEditState;
use egui::{
    Align2, Frame, Id, Margin, Rect, Response, Sense, Stroke, TextBuffer, TextEdit, Ui, pos2, vec2,
};

use super::button::Button;
use super::text;
use crate::ui::theme::{self, Icon, IconSize, Radius, Space, Type, mark_focus, tokens};

/// A labelled field of one line.
#[must_use = "show it"]
pub struct Field<'a> {
    label: &'a str,
    hint: Option<&'a str>,
    error: Option<&'a str>,
    placeholder: Option<&'a str>,
    icon: Option<Icon>,
    width: Option<f32>,
    large: bool,
    secret: bool,
    label_hidden: bool,
    id: Option<Id>,
}

impl<'a> Field<'a> {
    /// A field named by its label. The label also makes its id, so two fields of one `Ui` need
    /// different labels.
    pub const fn new(label: &'a str) -> Self {
        Field {
            label,
            hint: None,
            error: None,
            placeholder: None,
            icon: None,
            width: None,
            large: false,
            secret: false,
            label_hidden: false,
            id: None,
        }
    }

    /// An example or a reason, under the label.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// What is wrong and what to do; `None` when nothing is.
    pub const fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    /// Words in the empty box. Never the only label.
    pub const fn placeholder(mut self, words: &'a str) -> Self {
        self.placeholder = Some(words);
        self
    }

    /// An icon at the start of the box, for a search or a filter.
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Width of the box in points; otherwise all the room there is.
    pub const fn width(mut self, points: f32) -> Self {
        self.width = Some(points);
        self
    }

    /// 44 high with larger text, for the welcome pages.
    pub const fn large(mut self) -> Self {
        self.large = true;
        self
    }

    /// A password: hidden until Show is pressed.
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// Keeps the label for screen readers only, where an icon and a placeholder say it.
    pub const fn label_hidden(mut self) -> Self {
        self.label_hidden = true;
        self
    }

    /// An id known beforehand, to ask for the focus.
    pub const fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// Shows it. The response is the box's: `changed()`, `lost_focus()`, `has_focus()`.
    pub fn show(self, ui: &mut Ui, value: &mut dyn TextBuffer) -> Response {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            let label = self.caption(ui);
            let response = self.input(ui, value);
            let response = match label {
                Some(label) => response.labelled_by(label.id),
                None => response.accessible_name(self.label),
            };
            self.describe(ui, &response);
            response
        })
        .inner
    }

    fn caption(&self, ui: &mut Ui) -> Option<Response> {
        let p = theme::of(ui);
        let label = (!self.label_hidden).then(|| text::show(ui, self.label, Type::Button, p.text));
        if let Some(hint) = self.hint {
            text::hint(ui, hint);
        }
        if let Some(error) = self.error {
            error_line(ui, error);
        }
        label
    }

    fn describe(&self, ui: &Ui, response: &Response) {
        let said = [self.error, self.hint].into_iter().flatten().collect::<Vec<_>>().join(". ");
        ui.ctx().accesskit_node_builder(response.id, |node| {
            if !said.is_empty() {
                node.set_description(said.clone());
            }
            if self.error.is_some() {
                node.set_invalid(egui::accesskit::Invalid::True);
            }
        });
    }

    fn input(&self, ui: &mut Ui, value: &mut dyn TextBuffer) -> Response {
        const ICON_ROOM: i8 = 26;
        const SHOW_ROOM: i8 = 84;
        let p = theme::of(ui);
        let control = &tokens().control;
        let height = if self.large { control.height_large } else { control.height_input };
        let width = self.width.unwrap_or(f32::INFINITY).min(ui.available_width());
        let id = self.id.unwrap_or_else(|| ui.make_persistent_id(self.label));
        let focused = ui.memory(|memory| memory.has_focus(id));
        let border = match (self.error.is_some(), focused) {
            (true, _) => Stroke::new(2.0, p.danger),
            (false, true) => Stroke::new(theme::line_width(ui), p.focus),
            (false, false) => Stroke::new(theme::line_width(ui), p.control),
        };
        // The border's width is part of the frame: the text stays where it is as that changes.
        let pad = 13 - border.width as i8;
        let kind = if self.large { Type::Answer } else { Type::Body };
        let shown_id = id.with("shown");
        let mut shown = ui.data(|data| data.get_temp::<bool>(shown_id)).unwrap_or(false);
        let margin = Margin {
            left: pad + if self.icon.is_some() { ICON_ROOM } else { 0 },
            right: pad + if self.secret { SHOW_ROOM } else { 0 },
            top: 0,
            bottom: 0,
        };
        let mut edit = TextEdit::singleline(value)
            .id(id)
            .font(theme::font(kind))
            .text_color(p.text)
            .align(Align2::LEFT_CENTER)
            .desired_width(width)
            .min_size(vec2(width, height))
            .password(self.secret && !shown)
            .frame(
                Frame::new()
                    .inner_margin(margin)
                    .fill(p.surface)
                    .stroke(border)
                    .corner_radius(Radius::Control),
            );
        if let Some(words) = self.placeholder {
            edit = edit.hint_text(egui::RichText::new(words).color(p.text3));
        }
        let response = ui.add(edit);
        mark_focus(ui, &response, response.rect, f32::from(Radius::Control.pts()), true);
        if let Some(icon) = self.icon {
            let at = pos2(response.rect.left() + 22.0, response.rect.center().y);
            icon.paint(ui.painter(), at, IconSize::Button.pts(), p.text3);
        }
        if self.secret {
            forget_undo(ui, &response);
            let place = Rect::from_min_max(
                pos2(response.rect.right() - 90.0, response.rect.top() + 4.0),
                pos2(response.rect.right() - 4.0, response.rect.bottom() - 4.0),
            );
            let (icon, words) = if shown { (Icon::EyeSlash, "Hide") } else { (Icon::Eye, "Show") };
            let name = format!("{words} {}", self.label.to_lowercase());
            if ui.place(place, Button::ghost(words).icon(icon).small().name(&name)).clicked() {
                shown = !shown;
                ui.data_mut(|data| data.insert_temp(shown_id, shown));
            }
        }
        response
    }
}

/// Forgets the earlier states of a field: what Undo would bring back is kept as plain text, a
/// password's too.
pub fn forget_undo(ui: &Ui, field: &Response) {
    if let Some(mut state) = TextEditState::load(ui.ctx(), field.id) {
        state.clear_undoer();
        state.store(ui.ctx(), field.id);
    }
}

/// What is wrong and what to do, with its icon.
pub fn error_line(ui: &mut Ui, words: &str) -> Response {
    let p = theme::of(ui);
    let icon = IconSize::Button.pts();
    let room = (ui.available_width() - icon - 6.0).max(48.0);
    let galley = text::galley(ui, words, Type::HintStrong, p.danger, room);
    let size = vec2(icon + 6.0 + galley.size().x, galley.size().y.max(20.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
    let painter = ui.painter();
    let at = pos2(rect.left() + icon / 2.0, rect.top() + 10.0);
    Icon::WarningCircle.paint(painter, at, icon, p.danger);
    painter.galley(pos2(rect.left() + icon + 6.0, rect.top()), galley, p.danger);
    response
}
