//! A row of the list: two lines of words at most, what it is, and whether it is to be mended.

use egui::text::LayoutJob;
use egui::{Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::model::Layer;
use crate::ui::theme::{self, Icon, IconSize, Radius, Type, mark_focus};
use crate::ui::widgets::layer::look;

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// The template as a whole.
    Whole,
    /// A part, and who reads it.
    Part(Layer),
    /// A prompt.
    Prompt,
}

/// A row.
pub struct Row {
    /// Its words.
    pub words: String,
    /// What it stands for.
    pub sort: Sort,
    /// Whether its fields are shown.
    pub selected: bool,
    /// Whether Tab stops at it: at one of them all.
    pub stop: bool,
    /// Whether something in it is to be mended.
    pub wrong: bool,
    /// Whether it is a prompt that is not asked.
    pub hidden: bool,
}

impl Row {
    fn said(&self) -> String {
        let sort = match self.sort {
            Sort::Whole => "",
            Sort::Part(Layer::Private) => "Part, private: ",
            Sort::Part(_) => "Part: ",
            Sort::Prompt => "Prompt: ",
        };
        let hidden = if self.hidden { ", hidden" } else { "" };
        let wrong = if self.wrong { ", to mend" } else { "" };
        format!("{sort}{}{hidden}{wrong}", self.words)
    }
}

/// Draws it.
pub fn show(ui: &mut Ui, id: Id, row: &Row) -> Response {
    const PAD: f32 = 8.0;
    const HANDLE: f32 = 24.0;
    let p = theme::of(ui);
    let icon = IconSize::Inline.pts();
    let (kind, ink) = match (row.sort, row.selected, row.hidden) {
        (_, true, false) => (Type::Button, p.text),
        (Sort::Prompt, false, false) => (Type::Control, p.text),
        (Sort::Prompt, _, true) => (Type::Control, p.text2),
        (_, _, _) => (Type::Button, p.text2),
    };
    let end = if row.wrong { icon + PAD } else { 0.0 };
    let tag = if row.hidden { "Hidden" } else { "" };
    let tag = crate::ui::widgets::text::galley(ui, tag, Type::Caption, p.text2, f32::INFINITY);
    let left = PAD + HANDLE;
    let room = ui.available_width() - left - PAD - end - tag.size().x;
    let words = words(ui, &row.words, kind, ink, room.max(48.0));
    let height = (words.size().y + 18.0).max(36.0);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height));
    let stop = row.stop || ui.memory(|memory| memory.has_focus(id));
    let mut sense = if stop { Sense::click() } else { Sense::CLICK };
    if row.sort == Sort::Prompt {
        sense |= Sense::DRAG;
    }
    let response = ui.interact(rect, id, sense);
    let said = row.said();
    response
        .widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), row.selected, &said));
    mark_focus(ui, &response, rect, f32::from(Radius::Control.pts()), false);
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter();
    if row.selected {
        let border = Stroke::new(theme::line_width(ui), p.line_strong);
        painter.rect(rect, Radius::Control, p.surface, border, StrokeKind::Inside);
    } else if response.hovered() {
        painter.rect_filled(rect, Radius::Control, p.hover);
    }
    let at = pos2(rect.left() + PAD + icon / 2.0, rect.center().y);
    match row.sort {
        Sort::Whole => Icon::FileText.paint(painter, at, icon, p.text2),
        Sort::Part(layer) => {
            let look = look(layer, p);
            look.icon.paint(painter, at, icon, look.ink)
        }
        Sort::Prompt => Icon::DotsSixVertical.paint(painter, at, icon, p.text3),
    };
    painter.galley(pos2(rect.left() + left, rect.center().y - words.size().y / 2.0), words, ink);
    ends(ui, rect, row, tag);
    response
}

/// What stands at the right: that it is hidden, that it is to be mended.
fn ends(ui: &Ui, rect: Rect, row: &Row, tag: std::sync::Arc<egui::Galley>) {
    let p = theme::of(ui);
    let icon = IconSize::Inline.pts();
    let mut right = rect.right() - 8.0;
    if row.wrong {
        let at = pos2(right - icon / 2.0, rect.center().y);
        Icon::WarningCircle.paint(ui.painter(), at, icon, p.attn);
        right -= icon + 6.0;
    }
    let at = pos2(right - tag.size().x, rect.center().y - tag.size().y / 2.0);
    ui.painter().galley(at, tag, p.text2);
}

fn words(
    ui: &Ui,
    words: &str,
    kind: Type,
    ink: egui::Color32,
    width: f32,
) -> std::sync::Arc<egui::Galley> {
    let mut job = LayoutJob::single_section(words.to_owned(), theme::format(ui, kind, ink));
    job.wrap.max_width = width;
    job.wrap.max_rows = 2;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
