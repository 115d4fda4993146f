//! The editor of an answer: plain writing at rest, a box while it is written in.

use std::ops::Range;

use egui::text::{CCursor, CharIndex, LayoutJob};
use egui::{
    Frame, Id, Margin, Rect, Response, Stroke, TextBuffer, TextEdit, Ui, UiBuilder, pos2, vec2,
};

use super::layer::{Chip, paint_border};
use super::marks::{self, Mark};
use super::page;
use super::text::{self, Level};
use crate::model::Layer;
use crate::model::text::json_len_of;
use crate::ui::theme::{self, Icon, Radius, Space, Type, mark_focus, tokens};

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
    marks: &'a [Mark],
    to_check: &'a str,
    bring_up: Option<usize>,
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
            to_check: "",
            bring_up: None,
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

    /// Parts to mark. Those that no longer fit are left out.
    pub const fn marks(mut self, marks: &'a [Mark]) -> Self {
        self.marks = marks;
        self
    }

    /// What there is to check in it, in words for whoever comes to it; empty for nothing.
    pub const fn to_check(mut self, words: &'a str) -> Self {
        self.to_check = words;
        self
    }

    /// Brings this byte of the text into view.
    pub const fn bring_up(mut self, byte: Option<usize>) -> Self {
        self.bring_up = byte;
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
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
            let mut job = marks::job(ui, text.as_str(), self.kind, p.text, self.marks);
            job.keep_trailing_whitespace = true;
            job.wrap.max_width = width;
            // Laid out paragraph by paragraph, and only those that changed.
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        let room = ui.available_rect_before_wrap();
        let left = if self.boxed { room.left() } else { room.left() - BLEED };
        let place = Rect::from_min_max(pos2(left, room.top()), room.max);
        let hint = theme::format(ui, self.kind, p.text3);
        let hint = LayoutJob::single_section(self.placeholder.to_owned(), hint);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(place));
        let output = TextEdit::multiline(value)
            .id(self.id)
            .font(theme::font(self.kind))
            .desired_width(f32::INFINITY)
            .desired_rows(self.rows)
            .frame(frame)
            .hint_text(egui::WidgetText::from(hint))
            .layouter(&mut layouter)
            .show(&mut inner);
        if let Some(byte) = self.bring_up {
            let chars = value.as_str().get(..byte).map_or(0, |before| before.chars().count());
            let at = output.galley.pos_from_cursor(CCursor::new(CharIndex(chars)));
            let at = at.translate(output.galley_pos.to_vec2());
            inner.scroll_to_rect(at.expand(Space::Xl.pts()), None);
        }
        let at = output.galley_pos.to_vec2();
        marks::underline(&inner, value.as_str(), self.marks, &output.galley, at);
        let response = output.response.response;
        // What comes below stands under the text, not under the box that reaches out.
        let used = inner.min_rect();
        ui.advance_cursor_after_rect(Rect::from_min_max(pos2(room.left(), used.top()), used.max));
        let radius = f32::from(Radius::Control.pts());
        if self.private && !focused {
            let edge = p.private_edge;
            paint_border(ui.painter(), response.rect, radius, Layer::Private, edge);
        }
        mark_focus(ui, &response, response.rect, radius, true);
        if !self.to_check.is_empty() {
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_description(self.to_check);
            });
            if !focused {
                mark_in_margin(ui, &response, self.to_check);
            }
        }
        response.accessible_name(self.label)
    }
}

/// The sign beside a text in which there is something to check.
fn mark_in_margin(ui: &Ui, answer: &Response, words: &str) {
    const SIZE: f32 = 14.0;
    let at = pos2(answer.rect.right() + SIZE / 2.0 + 1.0, answer.rect.top() + 20.0);
    let rect = Rect::from_center_size(at, vec2(SIZE, SIZE));
    Icon::ShieldWarning.paint(ui.painter(), at, SIZE, theme::of(ui).attn);
    let sign = ui.interact(rect, answer.id.with("to check"), egui::Sense::hover());
    sign.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, words));
    sign.on_hover_text(words);
}

/// The most that is written in one record, in bytes as JSON has them: some 120,000 words. The file
/// of a version holds a mebibyte, with the questions and the signs round every text.
pub const MOST_BYTES: usize = 700_000;

/// The most that one letter takes, in such bytes.
const MOST_OF_A_LETTER: usize = 6;

/// What is said when no more fits.
pub const FULL: &str = "This record is full: it holds about 120,000 words. What stands here is safe, \
                    the rest was not added. Begin another one, or keep it as a document";

/// A text that grows by no more than `room` bytes, counted as JSON writes them. What does not fit is left out before it is
/// laid out, so that pasting a whole book neither stops the window nor is lost at the next save.
pub struct Limited<'a> {
    text: &'a mut String,
    room: usize,
}

impl<'a> Limited<'a> {
    /// Around a text that may grow by so many bytes.
    pub const fn new(text: &'a mut String, room: usize) -> Self {
        Limited { text, room }
    }

    /// Whether not even one more letter of every kind fits.
    pub const fn is_full(&self) -> bool {
        self.room < MOST_OF_A_LETTER
    }

    /// How much more fits into the record.
    pub const fn room(&self) -> usize {
        self.room
    }
}

impl TextBuffer for Limited<'_> {
    fn is_mutable(&self) -> bool {
        true
    }

    fn as_str(&self) -> &str {
        self.text
    }

    fn insert_text(&mut self, text: &str, at: CharIndex) -> usize {
        let mut fits = 0;
        for letter in text.chars() {
            let Some(left) = self.room.checked_sub(json_len_of(letter)) else { break };
            self.room = left;
            fits += letter.len_utf8();
        }
        self.text.insert_text(text.get(..fits).unwrap_or_default(), at)
    }

    fn delete_char_range(&mut self, range: Range<CharIndex>) {
        let gone = self.text.chars().skip(range.start.0);
        let gone = gone.take(range.end.0.saturating_sub(range.start.0));
        self.room += gone.map(json_len_of).sum::<usize>();
        self.text.delete_char_range(range);
    }

    fn type_id(&self) -> std::any::TypeId {
        std::any::TypeId::of::<Limited<'static>>()
    }
}
