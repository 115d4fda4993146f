//! Words: plain, mixed and headings that a screen reader knows as headings.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Color32, Context, Galley, Label, Response, Role, Ui};

use crate::ui::theme::{self, Type};

/// A heading's level: how it looks and what a screen reader calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The welcome page's title (level 1).
    Display,
    /// A page's title (level 1).
    Title,
    /// A section (level 2).
    Section,
    /// A smaller section: the heading of a group of rows (level 2).
    Group,
    /// A question put to someone (level 3).
    Prompt,
    /// The only question on a screen that two people look at (level 1).
    Room,
}

impl Level {
    /// The kind of its words.
    pub const fn kind(self) -> Type {
        match self {
            Level::Display => Type::Display,
            Level::Title => Type::H1,
            Level::Section => Type::H2,
            Level::Group => Type::H3,
            Level::Prompt => Type::Prompt,
            Level::Room => Type::RoomPrompt,
        }
    }

    const fn number(self) -> usize {
        match self {
            Level::Display | Level::Title | Level::Room => 1,
            Level::Section | Level::Group => 2,
            Level::Prompt => 3,
        }
    }
}

/// A heading in the colour of text.
pub fn heading(ui: &mut Ui, level: Level, words: &str) -> Response {
    let colour = theme::of(ui).text;
    heading_in(ui, level, words, colour)
}

/// A heading in another colour, for one that belongs to a layer or rests.
pub fn heading_in(ui: &mut Ui, level: Level, words: &str, colour: Color32) -> Response {
    let response = show(ui, words, level.kind(), colour);
    as_heading(ui, level, words, &response);
    response
}

/// A heading of so many lines at most: for a name, which may be as long as its owner likes.
pub fn heading_lines(ui: &mut Ui, level: Level, words: &str, most: usize) -> Response {
    let colour = theme::of(ui).text;
    let response = lines(ui, words, level.kind(), colour, most);
    as_heading(ui, level, words, &response);
    response
}

/// Tells a screen reader that words that were drawn are a heading.
pub fn as_heading(ui: &Ui, level: Level, words: &str, response: &Response) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Heading);
        node.set_level(level.number());
        node.clear_value();
        node.set_label(words);
    });
}

/// Words of a kind and colour; they wrap.
pub fn show(ui: &mut Ui, words: &str, kind: Type, colour: Color32) -> Response {
    ui.add(Label::new(job(ui, words, kind, colour)))
}

/// Words on so many lines at most, the last one cut with "…".
pub fn lines(ui: &mut Ui, words: &str, kind: Type, colour: Color32, most: usize) -> Response {
    let mut job = job(ui, words, kind, colour);
    job.wrap.max_width = ui.available_width();
    job.wrap.max_rows = most;
    // A word longer than a line may break anywhere.
    job.wrap.break_anywhere = !words.trim().contains(char::is_whitespace);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.add(Label::new(galley))
}

/// Words on one line, cut with "…" where the room ends.
pub fn line(ui: &mut Ui, words: &str, kind: Type, colour: Color32) -> Response {
    ui.add(Label::new(job(ui, words, kind, colour)).truncate())
}

/// Body text.
pub fn body(ui: &mut Ui, words: &str) -> Response {
    let colour = theme::of(ui).text;
    show(ui, words, Type::Body, colour)
}

/// Body text that steps back.
pub fn secondary(ui: &mut Ui, words: &str) -> Response {
    let colour = theme::of(ui).text2;
    show(ui, words, Type::Body, colour)
}

/// Body text with weight.
pub fn strong(ui: &mut Ui, words: &str) -> Response {
    let colour = theme::of(ui).text;
    show(ui, words, Type::Strong, colour)
}

/// Dates, counts and hints under a row.
pub fn small(ui: &mut Ui, words: &str) -> Response {
    let colour = theme::of(ui).text2;
    show(ui, words, Type::Small, colour)
}

/// A hint under a label.
pub fn hint(ui: &mut Ui, words: &str) -> Response {
    let colour = theme::of(ui).text2;
    show(ui, words, Type::Hint, colour)
}

/// A short lead with weight, then the rest, in one paragraph.
pub fn lead(ui: &mut Ui, lead: &str, rest: &str) -> Response {
    let colour = theme::of(ui).text;
    runs(ui, &[(lead, Type::Strong, colour), (rest, Type::Body, colour)])
}

/// Words wrapped in a block so many points wide: in a row, its middle is that of the row.
pub fn block(ui: &mut Ui, words: &str, kind: Type, colour: Color32, width: f32) -> Response {
    let galley = galley(ui, words, kind, colour, width);
    let size = egui::vec2(width, galley.size().y);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Label, ui.is_enabled(), words));
    ui.painter().galley(rect.min, galley, colour);
    response
}

/// Runs of different kinds and colours in one paragraph, a space between each two.
pub fn runs(ui: &mut Ui, runs: &[(&str, Type, Color32)]) -> Response {
    let mut job = LayoutJob::default();
    for (words, kind, colour) in runs.iter().filter(|run| !run.0.is_empty()) {
        let words = if job.text.is_empty() { (*words).to_owned() } else { format!(" {words}") };
        job.append(&words, 0.0, theme::format(ui, *kind, *colour));
    }
    ui.add(Label::new(job))
}

/// How wide small words are on one line, in points.
pub fn width(ctx: &Context, words: &str) -> f32 {
    galley(ctx, words, Type::Small, Color32::PLACEHOLDER, f32::INFINITY).size().x
}

/// Words laid out for painting, wrapped at `width` points.
pub fn galley(ctx: &Context, words: &str, kind: Type, colour: Color32, width: f32) -> Arc<Galley> {
    let mut job = job(ctx, words, kind, colour);
    job.wrap.max_width = width;
    ctx.fonts_mut(|fonts| fonts.layout_job(job))
}

/// The same with each line centred on where it is painted.
pub(super) fn galley_centred(
    ctx: &Context,
    words: &str,
    kind: Type,
    colour: Color32,
    width: f32,
) -> Arc<Galley> {
    let mut job = job(ctx, words, kind, colour);
    job.wrap.max_width = width;
    job.halign = egui::Align::Center;
    ctx.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Words laid out for painting on one line, cut with "…" at `width` points.
pub fn galley_line(
    ctx: &Context,
    words: &str,
    kind: Type,
    colour: Color32,
    width: f32,
) -> Arc<Galley> {
    let mut job = job(ctx, words, kind, colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    ctx.fonts_mut(|fonts| fonts.layout_job(job))
}

fn job(ctx: &Context, words: &str, kind: Type, colour: Color32) -> LayoutJob {
    LayoutJob::single_section(words.to_owned(), theme::format(ctx, kind, colour))
}
