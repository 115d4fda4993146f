//! One line of the page: its words, what it rests on, what is to be thought about, and what can
//! be done with it.

use egui::{Align, Color32, Layout, Rect, Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder};
use egui::{epaint::RectShape, pos2, vec2};
use jiff::civil::Date;

use super::{Shown, arrives};
use crate::app::action::{SessionAction, SummaryAction};
use crate::app::inputs::Spot;
use crate::app::{Action, Command};
use crate::export::LineId;
use crate::model::text::long_date;
use crate::model::{Id, Layer};
use crate::review::Remark;
use crate::ui::View;
use crate::ui::theme::{self, Icon, Radius, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::menu::{menu, menu_row};
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

/// A line as it is drawn.
pub struct Row<'a> {
    /// Which.
    pub id: LineId,
    /// Its words.
    pub words: &'a str,
    /// What is said under it.
    pub standing: Standing,
    /// What is to be thought about.
    pub remarks: &'a [Remark],
    /// The conversation that it comes from.
    pub session: Option<Id>,
    /// The day of that.
    pub day: Date,
    /// Where it stands under its heading, counted from 0, and how many stand there.
    pub place: (usize, usize),
}

/// The conversation that a line comes from.
pub const fn session_of(line: LineId) -> Option<Id> {
    match line {
        LineId::Line(session, _) | LineId::Answer(session, _) => Some(session),
        LineId::Action(_) | LineId::Meeting(_) => None,
    }
}

/// Draws a line with its edge; one that is left out stands without an edge, struck through.
pub fn show(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>, row: &Row<'_>) {
    let out = it.page.left_out.contains(&row.id);
    let top = ui.cursor().top();
    ui.push_id(row.id, |ui| {
        let mut room = ui.available_rect_before_wrap();
        room.min.x -= OUTDENT;
        let behind = ui.painter().add(Shape::Noop);
        let down = Layout::top_down(Align::Min);
        // Its edge hangs out of the column of words, so the column must not grow with it.
        let mut child = ui.new_child(UiBuilder::new().max_rect(room).layout(down));
        if out {
            let mut inner = room;
            inner.min.x += OUTDENT;
            child.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
                left_out(ui, view, it, row);
            });
        } else {
            layer::edged(&mut child, Layer::Arcp, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                paragraphs(ui, row.words);
                under(ui, view, it, row);
            });
        }
        let mut used = child.min_rect();
        if let Some(ground) = ground(ui, view, row, out) {
            let place = used.expand2(vec2(6.0, 3.0)).with_max_x(room.right());
            ui.painter().set(behind, ground.at(place));
        }
        used.min.x += OUTDENT;
        ui.advance_cursor_after_rect(used);
    });
    let place = (row.id, top.round() as i32, ui.cursor().top().round() as i32);
    view.inputs.summary.drawn.push(place);
    ui.add_space(Space::Xs.pts());
}

/// What stands behind a line that has to be settled, or that is being moved.
struct Ground(Color32, Stroke);

impl Ground {
    fn at(&self, place: Rect) -> RectShape {
        RectShape::new(place, Radius::Control, self.0, self.1, StrokeKind::Inside)
    }
}

fn ground(ui: &Ui, view: &View<'_>, row: &Row<'_>, out: bool) -> Option<Ground> {
    let p = theme::of(ui);
    let width = theme::line_width(ui);
    if view.inputs.summary.dragged == Some(row.id) {
        return Some(Ground(p.hover, Stroke::new(width, p.line_strong)));
    }
    let blocks = !out && row.remarks.iter().any(Remark::blocks);
    blocks.then(|| Ground(p.attn_bg, Stroke::new(1.5 * width, p.attn_edge)))
}

fn paragraphs(ui: &mut Ui, words: &str) {
    for paragraph in words.lines().filter(|line| !line.trim().is_empty()) {
        text::body(ui, paragraph);
    }
}

fn left_out(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>, row: &Row<'_>) {
    let p = theme::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut format = theme::format(ui, Type::Body, p.text2);
    format.strikethrough = Stroke::new(1.0, p.text2);
    let job = egui::text::LayoutJob::single_section(row.words.to_owned(), format);
    ui.add(egui::Label::new(job));
    let words = "Left out. It stays on this machine";
    if it.open.read_only.is_some() {
        said(ui, Icon::Prohibit, None, words);
        return;
    }
    let name = format!("Put back: {}", row.words);
    let back = Button::ghost("Put back").small().name(&name);
    let width = back.measure(ui);
    beside(
        ui,
        width,
        |ui| said(ui, Icon::Prohibit, None, words),
        |ui| {
            let back = ui.add(back);
            if arrives(view.inputs, Spot::Line(row.id)) {
                back.request_focus();
            }
            if back.clicked() {
                view.out.push(Action::Summary(SummaryAction::LeaveOut(row.id, false)));
            }
        },
    );
}

/// What the line rests on and what is to be thought about, and its buttons at the right or below.
fn under(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>, row: &Row<'_>) {
    let writes = it.open.read_only.is_none();
    let open_name = format!("Open the session of {}: {}", long_date(row.day), row.words);
    let out_name = format!("Leave out: {}", row.words);
    let move_name = format!("Move: {}", row.words);
    let open = Button::ghost("Open").small().name(&open_name);
    let out = Button::ghost("Leave out").small().name(&out_name);
    let handle = Button::ghost("").small().icon(Icon::DotsSixVertical).name(&move_name);
    let moves = writes && row.place.1 > 1;
    let gap = ui.spacing().item_spacing.x;
    let mut width = row.session.map_or(0.0, |_| open.measure(ui) + gap);
    width += if writes { out.measure(ui) } else { 0.0 };
    width += if moves { handle.measure(ui) + gap } else { 0.0 };
    beside(
        ui,
        width,
        |ui| {
            said(ui, row.standing.icon, row.standing.attention.as_deref(), &row.standing.words);
            remarks(ui, row.remarks);
        },
        |ui| {
            let mut first = None;
            let mut focused = false;
            let mut drawn = |response: &egui::Response| {
                focused |= response.has_focus();
                first.get_or_insert_with(|| response.clone());
            };
            if let Some(session) = row.session {
                let open = ui.add(open);
                if open.clicked() {
                    view.out.push(Action::Session(SessionAction::Open(session)));
                }
                drawn(&open);
            }
            if writes {
                let out = ui.add(out);
                if out.clicked() {
                    view.out.push(Action::Summary(SummaryAction::LeaveOut(row.id, true)));
                }
                drawn(&out);
            }
            if moves {
                drawn(&mover(ui, view, row, handle));
            }
            if focused {
                view.inputs.summary.line = Some(row.id);
            }
            if let Some(first) = first
                && arrives(view.inputs, Spot::Line(row.id))
            {
                first.request_focus();
                first.scroll_to_me(Some(Align::Center));
            }
        },
    );
}

/// What moves the line: dragged, or pressed for a menu of places.
fn mover(ui: &mut Ui, view: &mut View<'_>, row: &Row<'_>, handle: Button<'_>) -> egui::Response {
    let (at, count) = row.place;
    let mut to = None;
    let keys = |command: Command| command.shortcut().map(|keys| keys.to_string());
    let response = menu(ui, handle, |ui| {
        let up = keys(Command::MoveUp).unwrap_or_default();
        let down = keys(Command::MoveDown).unwrap_or_default();
        if at > 0 && menu_row(ui, Some(Icon::CaretUp), "Move up", &up).clicked() {
            to = Some(at - 1);
        }
        if at + 1 < count && menu_row(ui, Some(Icon::CaretDown), "Move down", &down).clicked() {
            to = Some(at + 1);
        }
        if at > 1 && menu_row(ui, None, "Move to the top", "").clicked() {
            to = Some(0);
        }
        if at + 2 < count && menu_row(ui, None, "Move to the end", "").clicked() {
            to = Some(count - 1);
        }
    });
    if let Some(to) = to {
        view.out.push(Action::Summary(SummaryAction::Move(row.id, to)));
    }
    let drag = ui.interact(response.rect, response.id.with("drag"), Sense::DRAG);
    if drag.drag_started() {
        view.inputs.summary.dragged = Some(row.id);
    }
    if drag.hovered() || drag.dragged() {
        ui.set_cursor_icon(egui::CursorIcon::Grab);
    }
    response
}

/// Words, and `width` points of buttons: at the right where both have room, else below.
fn beside(ui: &mut Ui, width: f32, words: impl FnOnce(&mut Ui), buttons: impl FnOnce(&mut Ui)) {
    const LEAST: f32 = 240.0;
    let room = ui.available_width() - width - ui.spacing().item_spacing.x;
    if room < LEAST {
        words(ui);
        ui.horizontal_wrapped(buttons);
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

/// What is to be thought about, a line each. That there is no evidence is said already.
fn remarks(ui: &mut Ui, remarks: &[Remark]) {
    for remark in remarks.iter().filter(|remark| **remark != Remark::NoEvidence) {
        let icon = match remark {
            Remark::Identifier(_) => Icon::ShieldWarning,
            _ => Icon::Lightbulb,
        };
        let (lead, advice) = (remark.lead(), remark.advice());
        let p = theme::of(ui);
        let ink = if remark.blocks() { p.attn } else { p.text2 };
        noted(ui, icon, (&lead, ink), &advice);
    }
}

/// An icon and words, the lead in the colour of attention.
fn said(ui: &mut Ui, icon: Icon, attention: Option<&str>, words: &str) {
    let p = theme::of(ui);
    let ink = if attention.is_some() { p.attn } else { p.text2 };
    noted(ui, icon, (attention.unwrap_or_default(), ink), words);
}

/// An icon, a lead in the colour of the icon, and words.
pub fn noted(ui: &mut Ui, icon: Icon, (lead, ink): (&str, Color32), words: &str) {
    const ICON: f32 = 15.0;
    let p = theme::of(ui);
    let at = ui.cursor().left_top();
    icon.paint(ui.painter(), at + vec2(ICON / 2.0, 10.0), ICON, ink);
    let mut room: Rect = ui.available_rect_before_wrap();
    room.min = pos2(room.min.x + ICON + 5.0, room.min.y);
    ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
        text::runs(ui, &[(lead, Type::HintStrong, ink), (words, Type::Small, p.text2)]);
    });
}
