//! Cards, rows of a list, hairlines and the paper of a page preview.

use egui::{
    Frame, InnerResponse, Margin, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use super::button::is_over;
use super::pebble::{PebbleSize, pebble};
use super::text::galley_line;
use crate::ui::theme::{
    self, Elevated, Icon, IconSize, Radius, Space, Type, mark_focus, shadow, tokens,
};

/// A card as wide as the room there is, with the padding of the design.
pub fn card<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    framed(ui, Margin::symmetric(20, 18), contents)
}

/// A card for rows: it pads only the sides, the rows bring their own height.
pub fn card_of_rows<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    framed(ui, Margin::symmetric(16, 4), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        contents(ui)
    })
}

/// A card with a padding of its own.
pub fn framed<R>(
    ui: &mut Ui,
    margin: Margin,
    contents: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let p = theme::of(ui);
    Frame::new()
        .inner_margin(margin)
        .fill(p.surface)
        .stroke(Stroke::new(theme::line_width(ui), p.line))
        .corner_radius(Radius::Card)
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            contents(ui)
        })
}

/// A thin line across the room there is.
pub fn hairline(ui: &mut Ui) {
    let p = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, p.line));
}

/// A row of a list that opens something: pebble or icon, title, a line below.
#[must_use = "show it"]
pub struct ListRow<'a> {
    title: &'a str,
    detail: &'a str,
    end: &'a str,
    initials: Option<&'a str>,
    icon: Option<Icon>,
    selected: bool,
    attention: bool,
    opens: bool,
}

impl<'a> ListRow<'a> {
    /// A row with this title.
    pub const fn new(title: &'a str) -> Self {
        ListRow {
            title,
            detail: "",
            end: "",
            initials: None,
            icon: None,
            selected: false,
            attention: false,
            opens: false,
        }
    }

    /// A line under the title.
    pub const fn detail(mut self, detail: &'a str) -> Self {
        self.detail = detail;
        self
    }

    /// Small words at the right: a date, a count.
    pub const fn end(mut self, words: &'a str) -> Self {
        self.end = words;
        self
    }

    /// A pebble with these initials.
    pub const fn initials(mut self, initials: &'a str) -> Self {
        self.initials = Some(initials);
        self
    }

    /// An icon instead of a pebble.
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Whether its detail is what the page shows now.
    pub const fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// The line below needs a look.
    pub const fn attention(mut self, attention: bool) -> Self {
        self.attention = attention;
        self
    }

    /// A caret at the right: it leads to another page.
    pub const fn opens(mut self) -> Self {
        self.opens = true;
        self
    }

    /// Shows it as wide as the room there is.
    pub fn show(self, ui: &mut Ui) -> Response {
        let p = theme::of(ui);
        let height = if self.detail.is_empty() {
            tokens().control.row_min
        } else {
            tokens().control.list_row
        };
        let size = vec2(ui.available_width(), height);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let said = [self.title, self.detail, self.end];
        let said: Vec<&str> = said.into_iter().filter(|words| !words.is_empty()).collect();
        let said = said.join(", ");
        response.widget_info(|| {
            WidgetInfo::selected(Role::Button, ui.is_enabled(), self.selected, &said)
        });
        mark_focus(ui, &response, rect, f32::from(Radius::Control.pts()), false);
        if !ui.is_rect_visible(rect) {
            return response;
        }
        if self.selected {
            let border = Stroke::new(theme::line_width(ui), p.line_strong);
            ui.painter().rect(rect, Radius::Control, p.surface, border, StrokeKind::Inside);
        } else if is_over(&response) {
            ui.painter().rect_filled(rect, Radius::Control, p.hover);
        }
        self.paint(ui, rect);
        response
    }

    fn paint(&self, ui: &mut Ui, rect: Rect) {
        let p = theme::of(ui);
        let mut left = rect.left() + 10.0;
        let mut right = rect.right() - 10.0;
        if let Some(initials) = self.initials {
            let place = Rect::from_min_size(pos2(left, rect.center().y - 16.0), vec2(36.0, 32.0));
            ui.place(place, |ui: &mut Ui| pebble(ui, initials, PebbleSize::Normal));
            left = place.right() + 11.0;
        } else if let Some(icon) = self.icon {
            let size = IconSize::Nav.pts();
            icon.paint(ui.painter(), pos2(left + size / 2.0, rect.center().y), size, p.text2);
            left += size + 12.0;
        }
        if self.opens {
            let size = IconSize::Button.pts();
            let at = pos2(right - size / 2.0, rect.center().y);
            Icon::CaretRight.paint(ui.painter(), at, size, p.text2);
            right -= size + 8.0;
        }
        if !self.end.is_empty() {
            let end = galley_line(ui, self.end, Type::Small, p.text2, (right - left) / 2.0);
            right -= end.size().x;
            ui.painter().galley(pos2(right, rect.center().y - end.size().y / 2.0), end, p.text2);
            right -= Space::S.pts();
        }
        let room = (right - left).max(24.0);
        let title = galley_line(ui, self.title, Type::Strong, p.text, room);
        let ink = if self.attention { p.attn } else { p.text2 };
        let detail = galley_line(ui, self.detail, Type::Small, ink, room);
        let below = if self.detail.is_empty() { 0.0 } else { detail.size().y };
        let y = rect.center().y - (title.size().y + below) / 2.0;
        let detail_at = pos2(left, y + title.size().y);
        ui.painter().galley(pos2(left, y), title, p.text);
        if !self.detail.is_empty() {
            ui.painter().galley(detail_at, detail, ink);
        }
    }
}

/// The paper of a page preview; its text can be selected.
pub fn paper<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let p = theme::of(ui);
    Frame::new()
        .inner_margin(Margin::symmetric(32, 28))
        .fill(p.surface)
        .stroke(Stroke::new(theme::line_width(ui), p.line_strong))
        .shadow(shadow(ui, Elevated::Paper))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.style_mut().interaction.selectable_labels = true;
            contents(ui)
        })
}
