//! One line of the page: its words, what it rests on, and what can be done with it.

use egui::{Align, Layout, Rect, Ui, UiBuilder, pos2, vec2};
use jiff::civil::Date;

use super::arrives;
use crate::app::Action;
use crate::app::action::{SessionAction, SummaryAction};
use crate::app::inputs::Spot;
use crate::export::LineId;
use crate::model::text::long_date;
use crate::model::{Id, Layer};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::{layer, text};

/// How far the edge of a line hangs out to the left of the words, in points.
const OUTDENT: f32 = 22.0;

/// What is said under a line.
pub struct Standing {
    /// What it is about: evidence, agreement, an action.
    pub icon: Icon,
    /// What to check, if anything.
    pub attention: Option<String>,
    /// The rest.
    pub words: String,
}

/// The conversation that a line comes from.
pub const fn session_of(line: LineId) -> Option<Id> {
    match line {
        LineId::Line(session, _) | LineId::Answer(session, _) => Some(session),
        LineId::Action(_) | LineId::Meeting(_) => None,
    }
}

/// Draws a line with its edge; one that is left out stands without an edge, struck through.
pub fn show(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: LineId,
    words: &str,
    standing: &Standing,
    session: Option<Id>,
    day: Date,
) {
    let out = view.inputs.summary.left_out.contains(&id);
    ui.push_id(id, |ui| {
        let mut room = ui.available_rect_before_wrap();
        room.min.x -= OUTDENT;
        let down = Layout::top_down(Align::Min);
        // Its edge hangs out of the column of words, so the column must not grow with it.
        let mut child = ui.new_child(UiBuilder::new().max_rect(room).layout(down));
        if out {
            let mut inner = room;
            inner.min.x += OUTDENT;
            child.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
                left_out(ui, view, id, words);
            });
        } else {
            layer::edged(&mut child, Layer::Arcp, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                paragraphs(ui, words);
                under(ui, view, id, words, standing, session, day);
            });
        }
        let mut used = child.min_rect();
        used.min.x += OUTDENT;
        ui.advance_cursor_after_rect(used);
    });
    ui.add_space(Space::Xs.pts());
}

fn paragraphs(ui: &mut Ui, words: &str) {
    for paragraph in words.lines().filter(|line| !line.trim().is_empty()) {
        text::body(ui, paragraph);
    }
}

fn left_out(ui: &mut Ui, view: &mut View<'_>, id: LineId, words: &str) {
    let p = theme::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut format = theme::format(ui, Type::Body, p.text2);
    format.strikethrough = egui::Stroke::new(1.0, p.text2);
    let job = egui::text::LayoutJob::single_section(words.to_owned(), format);
    ui.add(egui::Label::new(job));
    let name = format!("Put back: {words}");
    let back = Button::ghost("Put back").small().name(&name);
    let width = back.measure(ui);
    beside(
        ui,
        width,
        |ui| said(ui, Icon::Prohibit, None, "Left out. It stays on this machine"),
        |ui| {
            let back = ui.add(back);
            if arrives(view.inputs, Spot::Line(id)) {
                back.request_focus();
            }
            if back.clicked() {
                view.out.push(Action::Summary(SummaryAction::LeaveOut(id, false)));
            }
        },
    );
}

/// What the line rests on, and its buttons at the right or below.
fn under(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: LineId,
    words: &str,
    standing: &Standing,
    session: Option<Id>,
    day: Date,
) {
    let open_name = format!("Open the session of {}: {words}", long_date(day));
    let out_name = format!("Leave out: {words}");
    let open = Button::ghost("Open").small().name(&open_name);
    let out = Button::ghost("Leave out").small().name(&out_name);
    let gap = ui.spacing().item_spacing.x;
    let width = out.measure(ui) + session.map_or(0.0, |_| open.measure(ui) + gap);
    beside(
        ui,
        width,
        |ui| said(ui, standing.icon, standing.attention.as_deref(), &standing.words),
        |ui| {
            let mut first = None;
            if let Some(session) = session {
                let open = ui.add(open);
                if open.clicked() {
                    view.out.push(Action::Session(SessionAction::Open(session)));
                }
                first = Some(open);
            }
            let out = ui.add(out);
            if out.clicked() {
                view.out.push(Action::Summary(SummaryAction::LeaveOut(id, true)));
            }
            if arrives(view.inputs, Spot::Line(id)) {
                first.unwrap_or(out).request_focus();
            }
        },
    );
}

/// Words, and `width` points of buttons: at the right where both have room, else below.
fn beside(ui: &mut Ui, width: f32, words: impl FnOnce(&mut Ui), buttons: impl FnOnce(&mut Ui)) {
    const LEAST: f32 = 240.0;
    let room = ui.available_width() - width - ui.spacing().item_spacing.x;
    if room < LEAST {
        words(ui);
        ui.horizontal(buttons);
        return;
    }
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(room, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(room);
            // The words stand in the middle of a row as high as the buttons.
            ui.add_space(6.0);
            words(ui);
        });
        buttons(ui);
    });
}

/// An icon and words, the lead in the colour of attention.
fn said(ui: &mut Ui, icon: Icon, attention: Option<&str>, words: &str) {
    const ICON: f32 = 15.0;
    let p = theme::of(ui);
    let ink = if attention.is_some() { p.attn } else { p.text2 };
    let at = ui.cursor().left_top();
    icon.paint(ui.painter(), at + vec2(ICON / 2.0, 10.0), ICON, ink);
    let mut room: Rect = ui.available_rect_before_wrap();
    room.min = pos2(room.min.x + ICON + 5.0, room.min.y);
    ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
        let lead = attention.unwrap_or_default();
        text::runs(ui, &[(lead, Type::HintStrong, p.attn), (words, Type::Small, p.text2)]);
    });
}
