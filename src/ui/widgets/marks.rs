//! Marks in a text: what may point to someone, wording, spelling, and words that were looked for.

use std::ops::Range;

use egui::text::{CCursor, CharIndex, LayoutJob};
use egui::{Color32, Context, Galley, Label, Response, Stroke, TextFormat, Ui, Vec2};

use crate::ui::theme::{self, Space, Type};

/// What a mark says. Where two overlap, the later one of this list is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// A word in no list: a thin line.
    Spelling,
    /// Wording to think about: a thin line.
    Wording,
    /// What may point to someone: a thick line and a tint.
    Identifier,
    /// Words that were looked for: a tint.
    Hit,
    /// The one of these that is shown: filled.
    HitShown,
}

const KINDS: usize = 5;

/// A mark on a part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which part, in bytes. One that does not fit the text is not drawn.
    pub bytes: Range<usize>,
    /// What it says.
    pub kind: MarkKind,
}

impl Mark {
    /// A mark on these bytes.
    pub const fn new(kind: MarkKind, bytes: Range<usize>) -> Mark {
        Mark { bytes, kind }
    }
}

/// The text in pieces, in its order, each with the mark that is drawn on it. Together they are
/// the whole text.
pub fn pieces<'t>(text: &'t str, marks: &[Mark]) -> Vec<(&'t str, Option<MarkKind>)> {
    let mut borders: Vec<(usize, MarkKind, bool)> = Vec::with_capacity(2 * marks.len());
    for Mark { bytes, kind } in marks {
        if bytes.start < bytes.end && text.get(bytes.clone()).is_some() {
            borders.push((bytes.start, *kind, true));
            borders.push((bytes.end, *kind, false));
        }
    }
    borders.sort_by_key(|(at, ..)| *at);
    let mut pieces = Vec::with_capacity(borders.len() + 1);
    let mut open = [0_usize; KINDS];
    let mut from = 0;
    let ends = std::iter::once((text.len(), MarkKind::Spelling, false));
    for (at, kind, opens) in borders.into_iter().chain(ends) {
        if at > from {
            let over = |kind: &MarkKind| open.get(*kind as usize).is_some_and(|count| *count > 0);
            let kind = MarkKind::ALL.into_iter().rev().find(over);
            pieces.push((text.get(from..at).unwrap_or_default(), kind));
            from = at;
        }
        if let Some(count) = open.get_mut(kind as usize) {
            *count = if opens { *count + 1 } else { count.saturating_sub(1) };
        }
    }
    pieces
}

impl MarkKind {
    /// All kinds, in their order.
    pub const ALL: [MarkKind; KINDS] = [
        MarkKind::Spelling,
        MarkKind::Wording,
        MarkKind::Identifier,
        MarkKind::Hit,
        MarkKind::HitShown,
    ];

    /// The line under the words.
    fn line(self, ctx: &Context) -> Stroke {
        let p = theme::of(ctx);
        match self {
            MarkKind::Spelling => Stroke::new(1.0, p.control),
            MarkKind::Wording => Stroke::new(1.0, p.attn_edge),
            MarkKind::Identifier => Stroke::new(2.0, p.attn_edge),
            MarkKind::Hit | MarkKind::HitShown => Stroke::NONE,
        }
    }

    fn format(self, ctx: &Context, plain: &TextFormat) -> TextFormat {
        let p = theme::of(ctx);
        let (background, color) = match self {
            MarkKind::Spelling | MarkKind::Wording => (Color32::TRANSPARENT, plain.color),
            MarkKind::Identifier => (p.attn_bg, plain.color),
            MarkKind::Hit => (p.select, plain.color),
            MarkKind::HitShown => (p.accent, p.on_accent),
        };
        TextFormat { background, color, ..plain.clone() }
    }
}

/// A text to be laid out with its marks.
pub fn job(ctx: &Context, text: &str, kind: Type, colour: Color32, marks: &[Mark]) -> LayoutJob {
    let plain = theme::format(ctx, kind, colour);
    if marks.is_empty() {
        return LayoutJob::single_section(text.to_owned(), plain);
    }
    let mut job = LayoutJob::default();
    for (piece, mark) in pieces(text, marks) {
        let format = mark.map_or_else(|| plain.clone(), |mark| mark.format(ctx, &plain));
        job.append(piece, 0.0, format);
    }
    if job.sections.is_empty() {
        return LayoutJob::single_section(String::new(), plain);
    }
    job
}

/// The same for a text in runs, of which some are heavier.
pub fn job_of_runs(
    ctx: &Context,
    runs: &[(bool, &str)],
    (plain, heavy): (Type, Type),
    colour: Color32,
    marks: &[Mark],
) -> LayoutJob {
    let text: String = runs.iter().map(|(_, words)| *words).collect();
    let mut job = LayoutJob::default();
    let mut pieces = pieces(&text, marks).into_iter();
    let mut piece = pieces.next();
    for (is_heavy, words) in runs {
        let format = theme::format(ctx, if *is_heavy { heavy } else { plain }, colour);
        let mut rest = *words;
        while let Some((left, mark)) = piece.filter(|_| !rest.is_empty()) {
            let (now, after) = rest.split_at_checked(left.len()).unwrap_or((rest, ""));
            let format = mark.map_or_else(|| format.clone(), |mark| mark.format(ctx, &format));
            job.append(now, 0.0, format);
            rest = after;
            piece = match left.get(now.len()..) {
                None | Some("") => pieces.next(),
                Some(left) => Some((left, mark)),
            };
        }
    }
    job
}

/// Shows a text that was laid out; a byte of it that is given comes into view.
pub fn show(ui: &mut Ui, job: LayoutJob, bring_up: Option<usize>) -> Response {
    let Some(byte) = bring_up else { return ui.add(Label::new(job)) };
    let chars = job.text.get(..byte).map_or(0, |before| before.chars().count());
    let mut wrapped = job.clone();
    wrapped.wrap.max_width = ui.available_width();
    let shown = ui.add(Label::new(job));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(wrapped));
    let at = galley.pos_from_cursor(CCursor::new(CharIndex(chars)));
    let at = at.translate(shown.rect.min.to_vec2());
    ui.scroll_to_rect(at.expand(Space::Xl.pts()), None);
    shown
}

/// Paints the lines under marked words, which stand in rows of a laid-out text. The text is walked
/// once, and only as far as it is in view: a long one has hundreds of marks.
pub fn underline(ui: &Ui, text: &str, marks: &[Mark], galley: &Galley, at: Vec2) {
    let line = |mark: &Mark| (!mark.kind.line(ui).is_empty()).then(|| mark.kind.line(ui));
    let marks = marks.iter().filter_map(|mark| Some((mark.bytes.clone(), line(mark)?)));
    let mut marks: Vec<(Range<usize>, Stroke)> = marks.collect();
    marks.sort_by_key(|(bytes, _)| bytes.start);
    let seen = ui.clip_rect().y_range();
    let mut rows = galley.rows.as_slice();
    // The first character of these rows; and how far the text was walked, in bytes and characters.
    let mut first = 0;
    let (mut byte, mut chars) = (0, 0);
    for (bytes, line) in marks {
        let Some(words) = text.get(bytes.clone()) else { continue };
        chars += text.get(byte..bytes.start).map_or(0, |passed| passed.chars().count());
        byte = bytes.start;
        while let [row, rest @ ..] = rows
            && first + row.char_count_including_newline().0 <= chars
        {
            first += row.char_count_including_newline().0;
            rows = rest;
        }
        if rows.first().is_some_and(|row| row.pos.y + at.y > seen.max) {
            break;
        }
        let end = chars + words.chars().count();
        let mut start = first;
        for row in rows {
            let count = row.char_count_excluding_newline().0;
            let place =
                |char: usize| row.x_offset(CharIndex(char.saturating_sub(start).min(count)));
            let left = row.pos.x + at.x;
            let y = row.pos.y + at.y + row.size.y - LIFT;
            if start >= end || y > seen.max {
                break;
            }
            if seen.contains(y) {
                ui.painter().hline(left + place(chars)..=left + place(end), y, line);
            }
            start += row.char_count_including_newline().0;
        }
    }
}

/// How far a line stands above the bottom of its row, in points.
const LIFT: f32 = 2.0;
