//! The editor of an answer: plain writing at rest, a box while it is written in.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{CharIndex, LayoutJob};
use egui::{
    Frame, Galley, Id, Margin, Rect, Response, Stroke, TextBuffer, TextEdit, TextFormat, Ui,
    UiBuilder, pos2, vec2,
};

use super::layer::{Chip, paint_border};
use super::page;
use super::text::{self, Level};
use crate::model::Layer;
use crate::ui::theme::{self, Radius, Space, Type, mark_focus, tokens};

/// How far the box reaches to the left of the text, so that the text never moves.
const BLEED: f32 = 12.0;

/// The head of a prompt: the question as a heading, its layer's chip at the right. A question
/// that nobody has answered yet steps back.
pub fn question(ui: &mut Ui, layer: Layer, words: &str, answered: bool) -> Response {
    let p = theme::of(ui);
    let ink = if answered { p.text } else { p.text2 };
    let chip = Chip::new(layer);
    let width = chip.measure(ui);
    let head = ui.available_rect_before_wrap();
    let heading = page::at_most(ui, head.width() - width - Space::M.pts(), |ui| {
        text::heading_in(ui, Level::Prompt, words, ink)
    });
    // Beside the first line, however many lines the question has.
    let corner = pos2(head.right() - width, heading.rect.top());
    ui.place(Rect::from_min_size(corner, vec2(width, tokens().control.chip)), chip);
    heading
}

/// An editor of several lines.
#[must_use = "show it"]
pub struct Answer<'a> {
    label: &'a str,
    id: Id,
    placeholder: &'a str,
    kind: Type,
    marks: &'a [Range<usize>],
    boxed: bool,
    private: bool,
    bare: bool,
    rows: usize,
}

impl<'a> Answer<'a> {
    /// An editor with an app-wide id (the prompt's), named by the question for screen readers.
    pub const fn new(id: Id, label: &'a str) -> Self {
        Answer {
            label,
            id,
            placeholder: "",
            kind: Type::Answer,
            marks: &[],
            boxed: false,
            private: false,
            bare: false,
            rows: 1,
        }
    }

    /// Words where nothing is written yet: "Why ask: …".
    pub const fn placeholder(mut self, words: &'a str) -> Self {
        self.placeholder = words;
        self
    }

    /// Another kind of text: `Type::Prose` in the journal, `Type::Body` in a margin.
    pub const fn kind(mut self, kind: Type) -> Self {
        self.kind = kind;
        self
    }

    /// Byte ranges to mark: tinted and underlined. Ranges that no longer fit are left out.
    pub const fn marks(mut self, marks: &'a [Range<usize>]) -> Self {
        self.marks = marks;
        self
    }

    /// Keeps the box at rest too, for a form or the private margin.
    pub const fn boxed(mut self) -> Self {
        self.boxed = true;
        self
    }

    /// A box with the dashed border of what only the writer reads.
    pub const fn private(mut self) -> Self {
        self.boxed = true;
        self.private = true;
        self
    }

    /// Never a box of its own, where the page draws one round it.
    pub const fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    /// Lines it is high at least.
    pub const fn rows(mut self, rows: usize) -> Self {
        self.rows = rows;
        self
    }

    /// Shows it as wide as the room there is. The box reaches 12 points to the left of the
    /// text; where the editor keeps its box, the text gives way instead.
    pub fn show(self, ui: &mut Ui, value: &mut dyn TextBuffer) -> Response {
        let p = theme::of(ui);
        let focused = ui.memory(|memory| memory.has_focus(self.id));
        let line = theme::line_width(ui);
        let over =
            ui.ctx().read_response(self.id).is_some_and(|response| response.hovered() && !focused);
        let none = (egui::Color32::TRANSPARENT, Stroke::new(line, egui::Color32::TRANSPARENT));
        let (fill, border) = match (focused, self.boxed, over) {
            _ if self.bare => none,
            (true, _, _) => (p.surface, Stroke::new(line, p.focus)),
            (false, true, _) if self.private => {
                (p.surface, Stroke::new(line, egui::Color32::TRANSPARENT))
            }
            (false, true, _) => (p.surface, Stroke::new(line, p.control)),
            (false, false, true) => (p.hover, Stroke::new(line, p.hover)),
            (false, false, false) => none,
        };
        let pad = BLEED as i8 - line as i8;
        let frame = Frame::new()
            .inner_margin(Margin::symmetric(pad, 8 - line as i8))
            .fill(fill)
            .stroke(border)
            .corner_radius(Radius::Control);
        let resting = theme::format(ui, self.kind, p.text);
        let marked = TextFormat {
            background: p.attn_bg,
            underline: Stroke::new(2.0, p.attn_edge),
            ..resting.clone()
        };
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
            layout(ui, text.as_str(), width, (&resting, &marked), self.marks)
        };
        let room = ui.available_rect_before_wrap();
        let left = if self.boxed { room.left() } else { room.left() - BLEED };
        let place = Rect::from_min_max(pos2(left, room.top()), room.max);
        let hint = theme::format(ui, self.kind, p.text3);
        let hint = LayoutJob::single_section(self.placeholder.to_owned(), hint);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(place));
        let response = inner.add(
            TextEdit::multiline(value)
                .id(self.id)
                .font(theme::font(self.kind))
                .desired_width(f32::INFINITY)
                .desired_rows(self.rows)
                .frame(frame)
                .hint_text(egui::WidgetText::from(hint))
                .layouter(&mut layouter),
        );
        // What comes below stands under the text, not under the box that reaches out.
        let used = inner.min_rect();
        ui.advance_cursor_after_rect(Rect::from_min_max(pos2(room.left(), used.top()), used.max));
        let radius = f32::from(Radius::Control.pts());
        if self.private && !focused {
            let edge = p.private_edge;
            paint_border(ui.painter(), response.rect, radius, Layer::Private, edge);
        }
        mark_focus(ui, &response, response.rect, radius, true);
        response.accessible_name(self.label)
    }
}

fn layout(
    ui: &Ui,
    text: &str,
    width: f32,
    (resting, marked): (&TextFormat, &TextFormat),
    marks: &[Range<usize>],
) -> Arc<Galley> {
    let mut job = LayoutJob { keep_trailing_whitespace: true, ..LayoutJob::default() };
    job.wrap.max_width = width;
    let mut at = 0;
    for mark in marks {
        let fits = mark.start >= at && mark.start < mark.end;
        if let (true, Some(before), Some(inside)) =
            (fits, text.get(at..mark.start), text.get(mark.clone()))
        {
            job.append(before, 0.0, resting.clone());
            job.append(inside, 0.0, marked.clone());
            at = mark.end;
        }
    }
    job.append(text.get(at..).unwrap_or_default(), 0.0, resting.clone());
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// The most characters an answer holds. Longer texts belong in a document; one of this length
/// still scrolls and saves without a wait.
pub const MOST_CHARACTERS: usize = 200_000;

/// A text that takes no more than [`MOST_CHARACTERS`]. What does not fit is left out before it
/// is laid out, so that pasting a whole book does not stop the window.
pub struct Limited<'a>(pub &'a mut String);

impl Limited<'_> {
    /// Whether nothing more fits in. Only a long text has its characters counted.
    pub fn is_full(text: &str) -> bool {
        text.len() >= MOST_CHARACTERS && text.chars().count() >= MOST_CHARACTERS
    }
}

impl TextBuffer for Limited<'_> {
    fn is_mutable(&self) -> bool {
        true
    }

    fn as_str(&self) -> &str {
        self.0
    }

    fn insert_text(&mut self, text: &str, at: CharIndex) -> usize {
        let fits = if self.0.len() + text.len() <= MOST_CHARACTERS {
            text
        } else {
            let room = MOST_CHARACTERS.saturating_sub(self.0.chars().count());
            text.char_indices().nth(room).map_or(text, |(end, _)| &text[..end])
        };
        self.0.insert_text(fits, at)
    }

    fn delete_char_range(&mut self, range: Range<CharIndex>) {
        self.0.delete_char_range(range);
    }

    fn type_id(&self) -> std::any::TypeId {
        std::any::TypeId::of::<Limited<'static>>()
    }
}
