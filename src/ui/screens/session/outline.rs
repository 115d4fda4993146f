//! The outline: how long, which parts, and how much stands in each layer.

use egui::{Frame, Margin, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{Editor, last_time, prompts, time, wishes};
use crate::app::inputs::EditorSpot;
use crate::model::{AskedSection, Layer};
use crate::ui::theme::{self, Icon, IconSize, Radius, Space, Type, mark_focus};
use crate::ui::widgets::{card, layer, text};

/// How far a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// All of it is answered.
    Done,
    /// Some of it.
    Begun,
    /// Nothing yet.
    Empty,
}

/// One entry.
pub struct Part {
    /// Its heading.
    pub title: String,
    /// How far it is.
    pub state: State,
    /// Whether the prompt in use is in it.
    pub current: bool,
    /// Whether only the writer reads all of it.
    pub private: bool,
    /// Where it begins.
    spot: Option<EditorSpot>,
}

/// The entries, in order.
pub fn parts(editor: &Editor<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    if !editor.last_time.is_empty() {
        let state = if last_time::is_done(editor) { State::Done } else { State::Empty };
        parts.push(Part {
            title: "Last time".to_owned(),
            state,
            current: false,
            private: false,
            spot: Some(EditorSpot::LastTime),
        });
    }
    parts.extend(editor.draft.session.sections.iter().map(|section| part(editor, section)));
    parts
}

fn part(editor: &Editor<'_>, section: &AskedSection) -> Part {
    let answered = section.items.iter().filter(|asked| prompts::is_answered(editor, asked)).count();
    let focus = editor.inputs.focus.as_deref();
    Part {
        title: section.title.clone(),
        state: match answered {
            0 => State::Empty,
            n if n == section.items.len() => State::Done,
            _ => State::Begun,
        },
        current: section.items.iter().any(|asked| Some(asked.prompt.id.as_str()) == focus),
        private: section.items.iter().all(|asked| asked.layer == Layer::Private),
        spot: section.items.first().map(|asked| EditorSpot::Prompt(asked.prompt.id.clone())),
    }
}

/// Goes to a part.
pub fn open(editor: &mut Editor<'_>, part: &Part) {
    let Some(spot) = part.spot.clone() else { return };
    match &spot {
        EditorSpot::Prompt(prompt) if editor.editable => wishes::go_to(editor, prompt.clone()),
        EditorSpot::Prompt(prompt) => {
            let layer = wishes::find(editor, prompt).map(|(_, asked)| asked.layer);
            editor.inputs.editor.tab = layer;
        }
        _ => {
            editor.inputs.editor.tab = Some(Layer::Shared);
            editor.inputs.editor.go_to = Some(spot.clone());
        }
    }
    editor.inputs.editor.bring_up = Some(spot);
}

/// Draws it.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>) {
    let p = theme::of(ui);
    let place = ui.max_rect();
    let stroke = Stroke::new(theme::line_width(ui), p.line);
    ui.painter().vline(place.right() - 0.5, place.y_range(), stroke);
    let margin = Margin { left: 20, right: 9, top: 18, bottom: 8 };
    egui::ScrollArea::vertical().id_salt("outline").show(ui, |ui| {
        Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            indented(ui, |ui| time::row(ui, editor));
            for part in parts(editor) {
                if row(ui, &part).clicked() {
                    open(editor, &part);
                    ui.request_repaint();
                }
            }
            ui.add_space(Space::S.pts());
            indented(ui, card::hairline);
            ui.add_space(Space::S.pts());
            tally(ui, editor);
        });
    });
}

fn indented<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) {
    Frame::NONE.inner_margin(Margin::symmetric(8, 0)).show(ui, contents);
}

fn tally(ui: &mut Ui, editor: &Editor<'_>) {
    let session = &editor.draft.session;
    let what = if editor.is_reflection() { "In this reflection" } else { "In this session" };
    indented(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        text::small(ui, what);
        for shown in [Layer::Shared, Layer::Private, Layer::Arcp] {
            let count = session.count(shown);
            if !editor.is_reflection() || shown == Layer::Private {
                layer::count(ui, shown, count);
            }
        }
    });
}

fn row(ui: &mut Ui, part: &Part) -> egui::Response {
    const HEIGHT: f32 = 34.0;
    let p = theme::of(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click());
    let said = match part.state {
        State::Done => ", all answered",
        State::Begun => ", begun",
        State::Empty => "",
    };
    let said = format!("{}{said}{}", part.title, if part.private { ", private to me" } else { "" });
    response.widget_info(|| {
        WidgetInfo::selected(Role::Button, ui.is_enabled(), part.current, said.as_str())
    });
    mark_focus(ui, &response, rect, f32::from(Radius::Control.pts()), false);
    if part.current {
        ui.painter().rect_filled(rect, Radius::Control, p.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, Radius::Control, p.hover);
    }
    let centre = pos2(rect.left() + 16.0, rect.center().y);
    match part.state {
        State::Done => {
            Icon::Check.paint(ui.painter(), centre, IconSize::Inline.pts(), p.text2);
        }
        state => {
            let radius = vec2(7.5, 6.0);
            if state == State::Begun {
                let fill = if part.current { p.surface } else { p.hover };
                ui.painter().add(Shape::ellipse_filled(centre, radius, fill));
            }
            let edge = if part.current { p.accent } else { p.control };
            ui.painter().add(Shape::ellipse_stroke(centre, radius, Stroke::new(1.5, edge)));
        }
    }
    let (kind, ink) = if part.current { (Type::Button, p.text) } else { (Type::Control, p.text2) };
    let trail = if part.private { 24.0 } else { 0.0 };
    let left = rect.left() + 33.0;
    let words = text::galley_line(ui, &part.title, kind, ink, rect.right() - left - trail - 4.0);
    let width = words.size().x;
    ui.painter().galley(pos2(left, rect.center().y - words.size().y / 2.0), words, ink);
    if part.private {
        let at = pos2(left + width + 17.0, rect.center().y);
        Icon::EyeSlash.paint(ui.painter(), at, IconSize::Inline.pts(), p.private);
    }
    response
}
