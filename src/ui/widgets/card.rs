//! Cards, rows of a list, hairlines and the paper of a page preview.

use egui::{
    CornerRadius, EventFilter, Frame, Id, InnerResponse, Key, Margin, Rect, Response, Role, Sense,
    Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::button::is_over;
use super::pebble::{PebbleSize, pebble};
use super::text::galley_line;
use crate::ui::theme::{
    self, Elevated, Icon, IconSize, Radius, Space, Type, mark_focus, shadow, tokens,
};

/// Height of a row with a large icon and two lines, in a card.
const CARD_ROW: f32 = 65.0;
/// Height of a second line under the title.
const BELOW: f32 = 20.0;

/// A card as wide as the room there is, with the padding of the design.
pub fn card<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    framed(ui, Margin::symmetric(20, 18), contents)
}

/// A card for rows of its own width, made with [`ListRow::in_card`].
pub fn card_of_list<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    framed(ui, Margin::ZERO, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        contents(ui)
    })
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
    below: &'a str,
    last: &'a str,
    end: &'a str,
    initials: Option<&'a str>,
    icon: Option<Icon>,
    selected: bool,
    attention: bool,
    opens: bool,
    stop: Option<(Id, bool)>,
    in_card: Option<CornerRadius>,
    height: Option<f32>,
}

impl<'a> ListRow<'a> {
    /// A row with this title.
    pub const fn new(title: &'a str) -> Self {
        ListRow {
            title,
            detail: "",
            below: "",
            last: "",
            end: "",
            initials: None,
            icon: None,
            selected: false,
            attention: false,
            opens: false,
            stop: None,
            in_card: None,
            height: None,
        }
    }

    /// A line under the title.
    pub const fn detail(mut self, detail: &'a str) -> Self {
        self.detail = detail;
        self
    }

    /// A second line under the title.
    pub const fn below(mut self, below: &'a str) -> Self {
        self.below = below;
        self
    }

    /// A third line under the title.
    pub const fn last(mut self, last: &'a str) -> Self {
        self.last = last;
        self
    }

    /// Another height, where all rows of a list are equal.
    pub const fn height(mut self, points: f32) -> Self {
        self.height = Some(points);
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

    /// One of a list that is a single stop for Tab, with an id known beforehand: only the row
    /// with `stop` takes the focus from Tab. [`arrows`] moves in the list.
    pub const fn one_of(mut self, id: Id, stop: bool) -> Self {
        self.stop = Some((id, stop));
        self
    }

    /// A row as wide as the card it lies in; the selected one is tinted and has a bar. `first`
    /// and `last` say which corners of the card it meets.
    pub fn in_card(mut self, first: bool, last: bool) -> Self {
        // Inside the card's border.
        let corner = Radius::Card.pts() - 1;
        let top = if first { corner } else { 0 };
        let bottom = if last { corner } else { 0 };
        self.in_card = Some(CornerRadius { nw: top, ne: top, sw: bottom, se: bottom });
        self
    }

    fn own_height(&self) -> f32 {
        if let Some(height) = self.height {
            return height;
        }
        let below = if self.below.is_empty() { 0.0 } else { BELOW };
        below
            + match (self.in_card, self.detail) {
                (Some(_), _) => CARD_ROW,
                (None, "") => tokens().control.row_min,
                (None, _) => tokens().control.list_row,
            }
    }

    fn respond(&self, ui: &mut Ui) -> (Rect, Response) {
        let size = vec2(ui.available_width(), self.own_height());
        let Some((id, stop)) = self.stop else {
            return ui.allocate_exact_size(size, Sense::click());
        };
        let (_, rect) = ui.allocate_space(size);
        let stop = stop || ui.memory(|memory| memory.has_focus(id));
        let sense = if stop { Sense::click() } else { Sense::CLICK };
        (rect, ui.interact(rect, id, sense))
    }

    /// Shows it as wide as the room there is.
    pub fn show(self, ui: &mut Ui) -> Response {
        let p = theme::of(ui);
        let (rect, response) = self.respond(ui);
        let said = [self.title, self.detail, self.below, self.last, self.end];
        let said: Vec<&str> = said.into_iter().filter(|words| !words.is_empty()).collect();
        let said = said.join(", ");
        response.widget_info(|| {
            WidgetInfo::selected(Role::Button, ui.is_enabled(), self.selected, &said)
        });
        mark_focus(ui, &response, rect, f32::from(Radius::Control.pts()), false);
        if !ui.is_rect_visible(rect) {
            return response;
        }
        if let Some(corners) = self.in_card {
            if self.selected {
                ui.painter().rect_filled(rect, corners, p.accent_soft);
                // The bar is narrower than the corner: it is cut out of the whole row.
                let bar = rect.with_max_x(rect.left() + 4.0).intersect(ui.clip_rect());
                ui.painter().with_clip_rect(bar).rect_filled(rect, corners, p.accent);
            } else if is_over(&response) {
                ui.painter().rect_filled(rect, corners, p.hover);
            }
        } else if self.selected {
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
        let pad = if self.in_card.is_some() { Space::L.pts() } else { 10.0 };
        let mut left = rect.left() + pad;
        let mut right = rect.right() - pad;
        if let Some(initials) = self.initials {
            let place = Rect::from_min_size(pos2(left, rect.center().y - 16.0), vec2(36.0, 32.0));
            ui.place(place, |ui: &mut Ui| pebble(ui, initials, PebbleSize::Normal));
            left = place.right() + 11.0;
        } else if let Some(icon) = self.icon {
            let large = self.in_card.is_some() && !self.detail.is_empty();
            let size = if large { IconSize::Feature } else { IconSize::Nav }.pts();
            icon.paint(ui.painter(), pos2(left + size / 2.0, rect.center().y), size, p.text2);
            left += size + if large { Space::L.pts() } else { Space::M.pts() };
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
        let below = galley_line(ui, self.below, Type::Small, p.text2, room);
        let lines = [(self.title, title, p.text), (self.detail, detail, ink)];
        let last = galley_line(ui, self.last, Type::Small, p.text2, room);
        let more = [(self.below, below, p.text2), (self.last, last, p.text2)];
        let lines = lines.into_iter().chain(more);
        let lines: Vec<_> = lines.filter(|(words, ..)| !words.is_empty()).collect();
        let height: f32 = lines.iter().map(|(_, line, _)| line.size().y).sum();
        let mut y = rect.center().y - height / 2.0;
        for (_, line, ink) in lines {
            let next = y + line.size().y;
            ui.painter().galley(pos2(left, y), line, ink);
            y = next;
        }
    }
}

/// Up, Down, Home and End in a list of `count` rows: where to, from the row that has the focus.
pub fn arrows(ui: &Ui, response: &Response, index: usize, count: usize) -> Option<usize> {
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let last = count.checked_sub(1)?;
    let to = ui.input(|input| {
        let pressed = |key| input.key_pressed(key);
        match (pressed(Key::ArrowUp), pressed(Key::ArrowDown)) {
            (true, false) => index.saturating_sub(1),
            (false, true) => index + 1,
            _ if pressed(Key::Home) => 0,
            _ if pressed(Key::End) => last,
            _ => index,
        }
    });
    (to != index).then_some(to.min(last))
}

/// The paper of a page preview; its text can be selected.
pub fn paper<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    paper_with(ui, Margin::symmetric(32, 28), contents)
}

/// The same with a padding of its own, for a slip that is no whole page.
pub fn paper_with<R>(
    ui: &mut Ui,
    margin: Margin,
    contents: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let p = theme::of(ui);
    Frame::new()
        .inner_margin(margin)
        .fill(p.surface)
        .stroke(Stroke::new(theme::line_width(ui), p.line_strong))
        .shadow(shadow(ui, Elevated::Paper))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.style_mut().interaction.selectable_labels = true;
            contents(ui)
        })
}
