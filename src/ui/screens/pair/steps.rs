//! The steps of a pairing: what is done, what is to be done now, what comes.

use egui::{Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use jiff::Zoned;

use super::{Shown, moment};
use crate::app::pairing::{Both, Stands};
use crate::ui::theme::{self, Icon, IconSize, Radius, Type};
use crate::ui::widgets::text;

/// A step, with a line about it.
pub struct Step<'a> {
    title: &'a str,
    words: String,
    at: At,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Done,
    Now,
    Ahead,
}

/// The steps of the one who invites; `now` counts from 0.
pub fn inviting(shown: &Shown<'_>, now: usize, today: &Zoned) -> Vec<Step<'static>> {
    let pairing = shown.pairing;
    let time = |at: &Zoned| moment(at.timestamp(), today);
    let given = match (&pairing.written, shown.open.stands_with(shown.id)) {
        (Some(written), _) if now > 0 => format!("Saved {}", time(&written.at)),
        (_, Stands::Invited(at)) if now > 0 => format!("Saved {}", moment(*at, today)),
        _ if now > 0 => "Done".to_owned(),
        _ => "On a stick or by e-mail".to_owned(),
    };
    let said = match &pairing.said {
        Some(at) if now > 1 => format!("Said {}", time(at)),
        _ if now > 1 => "Done".to_owned(),
        _ => "Aloud, in the room".to_owned(),
    };
    let opened = match &pairing.opened {
        Some(at) if now > 2 => format!("Opened {}", time(at)),
        _ if now > 2 => "Done".to_owned(),
        _ => format!("{} gives it to you", shown.called()),
    };
    let titles = ["Give the file", "Say six words", "Open the reply", "Compare four words"];
    all(titles, [given, said, opened, "On both screens".to_owned()], now)
}

/// The steps of the one who takes an invitation; `now` counts from 0.
pub fn joining(now: usize, given: Option<String>) -> Vec<Step<'static>> {
    let titles = ["Open the file", "Type six words", "Give the reply", "Compare four words"];
    let done = |at: usize, words: &str| {
        if now > at { "Done".to_owned() } else { words.to_owned() }
    };
    let reply = given.unwrap_or_else(|| done(2, "On a stick or by e-mail"));
    let words = [done(0, "You were given it"), done(1, "As you hear them"), reply];
    let [first, second, third] = words;
    all(titles, [first, second, third, "On both screens".to_owned()], now)
}

/// The steps of either side, once the four words are there.
pub fn paired(shown: &Shown<'_>, both: &Both, today: &Zoned) -> Vec<Step<'static>> {
    let now = if both.checked { 4 } else { 3 };
    if both.invited {
        return inviting(shown, now, today);
    }
    let written = shown.pairing.written.as_ref();
    joining(now, written.map(|it| format!("Saved {}", moment(it.at.timestamp(), today))))
}

fn all(titles: [&'static str; 4], words: [String; 4], now: usize) -> Vec<Step<'static>> {
    let step = |(at, (title, words)): (usize, (&'static str, String))| {
        let at = match at.cmp(&now) {
            std::cmp::Ordering::Less => At::Done,
            std::cmp::Ordering::Equal => At::Now,
            std::cmp::Ordering::Greater => At::Ahead,
        };
        Step { title, words, at }
    };
    titles.into_iter().zip(words).enumerate().map(step).collect()
}

/// Draws them below one another.
pub fn show(ui: &mut Ui, steps: &[Step<'_>]) {
    const HEIGHT: f32 = 62.0;
    ui.spacing_mut().item_spacing.y = 4.0;
    for (at, step) in steps.iter().enumerate() {
        let size = vec2(ui.available_width(), HEIGHT);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, said(steps, at)));
        paint(ui, rect, at, step);
    }
}

/// Draws the present one on a line, for a window without room for all.
pub fn brief(ui: &mut Ui, steps: &[Step<'_>]) {
    if let Some(now) = steps.iter().position(|step| step.at == At::Now) {
        text::strong(ui, &said(steps, now));
    }
}

/// A step in words: "Step 2 of 4, now: Say six words. Aloud, in the room".
fn said(steps: &[Step<'_>], at: usize) -> String {
    let Some(step) = steps.get(at) else { return String::new() };
    let state = match step.at {
        At::Done => "done",
        At::Now => "now",
        At::Ahead => "to come",
    };
    let (number, many) = (at + 1, steps.len());
    format!("Step {number} of {many}, {state}: {}. {}", step.title, step.words)
}

fn paint(ui: &Ui, rect: Rect, at: usize, step: &Step<'_>) {
    const CIRCLE: f32 = 12.0;
    let p = theme::of(ui);
    let painter = ui.painter();
    let (kind, ink) = match step.at {
        At::Now => (Type::Button, p.text),
        _ => (Type::Control, p.text2),
    };
    if step.at == At::Now {
        painter.rect_filled(rect, Radius::Card, p.accent_soft);
    }
    let centre = pos2(rect.left() + 12.0 + CIRCLE, rect.top() + 10.0 + CIRCLE);
    let round = Rect::from_center_size(centre, vec2(2.0 * CIRCLE, 2.0 * CIRCLE));
    let number = |colour| {
        let font = theme::font(Type::ChipStrong);
        painter.text(centre, egui::Align2::CENTER_CENTER, at + 1, font, colour);
    };
    let ring = |width, colour| {
        painter.rect_stroke(round, CIRCLE, Stroke::new(width, colour), StrokeKind::Inside);
    };
    match step.at {
        At::Done => {
            painter.circle_filled(centre, CIRCLE, p.accent);
            Icon::Check.paint(painter, centre, IconSize::Inline.pts(), p.on_accent);
        }
        At::Now => {
            ring(2.0, p.accent);
            number(p.accent);
        }
        At::Ahead => {
            ring(1.5, p.control);
            number(p.text2);
        }
    }
    let left = rect.left() + 48.0;
    let room = rect.right() - left - 8.0;
    let title = text::galley_line(ui, step.title, kind, ink, room);
    let words = text::galley_line(ui, &step.words, Type::Hint, ink, room);
    painter.galley(pos2(left, rect.top() + 10.0), title, ink);
    painter.galley(pos2(left, rect.top() + 32.0), words, ink);
}
