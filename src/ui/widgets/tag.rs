//! Tags: a state or a date in a small box. A state always has an icon and words.

use egui::{
    Color32, Response, Role, Sense, Stroke, StrokeKind, Ui, Widget, WidgetInfo, pos2, vec2,
};

use super::text::galley;
use crate::ui::theme::{self, Icon, Palette, Radius, Type, tokens};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Good,
    Attention,
}

/// A small box with words.
#[must_use = "add it with ui.add"]
pub struct Tag {
    words: String,
    icon: Option<Icon>,
    kind: Kind,
}

impl Tag {
    /// Words only: a date, "Draft".
    pub fn new(words: impl Into<String>) -> Self {
        Tag { words: words.into(), icon: None, kind: Kind::Plain }
    }

    /// Done.
    pub fn done() -> Self {
        Tag { kind: Kind::Good, ..Tag::new("Done").icon(Icon::Check) }
    }

    /// Part done.
    pub fn part() -> Self {
        Tag::new("Part done").icon(Icon::CircleHalf)
    }

    /// Not yet.
    pub fn not_yet() -> Self {
        Tag::new("Not yet").icon(Icon::Circle)
    }

    /// Late by a number of days.
    pub fn late(days: i32) -> Self {
        let words = if days == 1 { "1 day late".to_owned() } else { format!("{days} days late") };
        Tag::attention(words).icon(Icon::Clock)
    }

    /// Something to check, in other words.
    pub fn attention(words: impl Into<String>) -> Self {
        Tag { kind: Kind::Attention, ..Tag::new(words).icon(Icon::WarningCircle) }
    }

    /// An icon before the words.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    fn colours(&self, p: &Palette) -> (Color32, Color32) {
        match self.kind {
            Kind::Plain => (p.sunken, p.text2),
            Kind::Good => (p.success_bg, p.success),
            Kind::Attention => (p.attn_bg, p.attn),
        }
    }
}

impl Widget for Tag {
    fn ui(self, ui: &mut Ui) -> Response {
        const ICON: f32 = 15.0;
        let (fill, ink) = self.colours(theme::of(ui));
        let kind = if self.kind == Kind::Plain { Type::Chip } else { Type::ChipStrong };
        let words = galley(ui, &self.words, kind, ink, f32::INFINITY);
        let room = if self.icon.is_some() { ICON + 5.0 } else { 0.0 };
        let size = vec2((18.0 + room + words.size().x).ceil(), tokens().control.tag);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), &self.words));
        if ui.is_rect_visible(rect) {
            let painter = ui.painter();
            painter.rect_filled(rect, Radius::Tag, fill);
            if theme::appearance(ui).high_contrast {
                // Its fill cannot be seen there.
                let border = Stroke::new(1.0, ink);
                painter.rect_stroke(rect, Radius::Tag, border, StrokeKind::Inside);
            }
            let left = rect.left() + 9.0;
            if let Some(icon) = self.icon {
                icon.paint(painter, pos2(left + ICON / 2.0, rect.center().y), ICON, ink);
            }
            painter.galley(pos2(left + room, rect.center().y - words.size().y / 2.0), words, ink);
        }
        response
    }
}
