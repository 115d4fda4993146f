//! The page in the room: the stages, one question, one box, the time. It has a [`Room`] to draw
//! and no way to anything else of the record.

use egui::{Align, CentralPanel, Frame, Key, Layout, Margin, Panel, Role, ScrollArea, Ui};
use egui::{Shape, Stroke, vec2};
use jiff::Zoned;

use super::{answer, foot};
use crate::app::Action;
use crate::app::inputs::EditorWish;
use crate::app::room::{At, Countdown, Is, Room, RoomAction, RoomForm, Stage, Step};
use crate::app::state::Saved;
use crate::model::{Id, Layer};
use crate::ui::shell::saved_words;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::button::{Button, IconButton};
use crate::ui::widgets::layer::Chip;
use crate::ui::widgets::modal::{Chosen, Question};
use crate::ui::widgets::page::Room as Width;
use crate::ui::widgets::{status, text};

/// What stands round the question, and what the person wants.
pub struct Page<'a> {
    /// Which conversation, for the ids of its fields.
    pub record: Id,
    /// The time, where there is one.
    pub time: Option<Countdown>,
    /// Room for what is still to be written, in bytes.
    pub left: usize,
    /// Whether all is saved.
    pub saved: &'a Saved,
    /// Whether it locks within a minute.
    pub locks_soon: bool,
    /// The present moment.
    pub now: &'a Zoned,
    /// What a shortcut asked for.
    pub wish: Option<EditorWish>,
    /// What is typed and asked.
    pub form: &'a mut RoomForm,
    /// What the person wants.
    pub out: &'a mut Vec<Action>,
}

impl Page<'_> {
    /// Goes to a place.
    pub fn go(&mut self, at: At) {
        self.form.at = at;
        self.form.arrived = true;
    }

    /// Asks for something.
    pub fn ask(&mut self, wish: RoomAction) {
        self.out.push(Action::Room(wish));
    }
}

/// Draws it in the whole window; gives back the room with what was written.
pub fn show(ui: &mut Ui, mut room: Room, mut page: Page<'_>) -> Room {
    let was = page.form.clone();
    wishes(ui, &room, &mut page);
    let p = theme::of(ui);
    let wide = Width::of(ui) >= Width::Medium;
    let panel = |panel: Panel, fill| {
        panel.resizable(false).show_separator_line(false).frame(Frame::NONE.fill(fill))
    };
    let top = panel(Panel::top("room top").exact_size(if wide { 60.0 } else { 48.0 }), p.page);
    top.show(ui, |ui| head(ui, &mut page, wide));
    let height = foot::height(ui);
    let below = panel(Panel::bottom("room foot").exact_size(height), p.surface);
    // The question comes before the foot for Tab and for a screen reader.
    let mut place = None;
    below.show(ui, |ui| place = Some(ui.max_rect()));
    CentralPanel::default().frame(Frame::NONE.fill(p.page)).show(ui, |ui| {
        let margin = if wide { Margin::symmetric(28, 30) } else { Margin::symmetric(16, 6) };
        ScrollArea::vertical().auto_shrink(false).content_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            stages(ui, &room.stages);
            ui.add_space(if wide { 44.0 } else { Space::S.pts() });
            middle(ui, &mut room, &mut page, wide);
        });
        if let Some(place) = place {
            let builder = egui::UiBuilder::new()
                .id_salt("foot")
                .max_rect(place)
                .accessibility_role(Role::Footer)
                .accessibility_label("Time and steps");
            ui.scope_builder(builder, |ui| {
                ui.set_clip_rect(place);
                foot::show(ui, &room, &mut page);
            });
        }
    });
    leaving(ui, &mut page);
    if *page.form != was {
        ui.ctx().request_repaint();
    }
    room
}

/// What shortcuts and Esc ask for.
fn wishes(ui: &Ui, room: &Room, page: &mut Page<'_>) {
    if page.form.leaving {
        return;
    }
    match page.wish.take() {
        Some(EditorWish::NextPrompt) => {
            if let Some((next, _)) = room.next {
                page.go(next);
            }
        }
        Some(EditorWish::PreviousPrompt) => {
            if let Some(before) = room.before {
                page.go(before);
            }
        }
        Some(EditorWish::MakeAction) => page.go(At::Actions),
        _ => {}
    }
    let popup = egui::Popup::is_any_open(ui.ctx());
    if !popup && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape)) {
        page.form.leaving = true;
    }
}

fn head(ui: &mut Ui, page: &mut Page<'_>, wide: bool) {
    let height = ui.max_rect().height();
    let margin = Margin::symmetric(if wide { 24 } else { 12 }, 0);
    Frame::NONE.inner_margin(margin).show(ui, |ui| {
        ui.set_height(height);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let roomy = ui.available_width() > 960.0;
            ui.add(Chip::said(Layer::Shared, "Only the shared page is on this screen"));
            if roomy {
                text::small(ui, "Private notes cannot be opened here");
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let words = "Leave room mode";
                let leave = if wide {
                    ui.add(Button::secondary(words).icon(Icon::X))
                } else {
                    ui.add(IconButton::new(Icon::X, words).bordered())
                };
                if leave.on_hover_text("F11").clicked() {
                    page.form.leaving = true;
                }
                let state = if page.locks_soon { "Locks in 1 min" } else { "Unlocked" };
                if status::lock_button(ui, state).on_hover_text("Ctrl L").clicked() {
                    page.out.push(Action::Lock);
                }
                if wide {
                    ui.add_space(Space::Xs.pts());
                }
                saved(ui, page);
            });
        });
    });
}

fn saved(ui: &mut Ui, page: &Page<'_>) {
    let words;
    let state = match page.saved {
        Saved::Unchanged => status::Saved::Saved("All saved"),
        Saved::Saving => status::Saved::Saving,
        Saved::At(when) => {
            words = saved_words(page.now, when);
            status::Saved::Saved(&words)
        }
        Saved::Not(_) => status::Saved::NotSaved,
    };
    status::saved(ui, &state);
}

/// The stages in a row, in the middle; more rows where the names need them.
fn stages(ui: &mut Ui, stages: &[Stage]) {
    const GAP: f32 = 26.0;
    let p = theme::of(ui);
    let kind = |stage: &Stage| if stage.is == Is::Now { Type::Strong } else { Type::Body };
    let measure = |stage: &Stage| {
        let words = text::galley(ui.ctx(), &stage.title, kind(stage), p.text, f32::INFINITY);
        words.size().x + 28.0
    };
    let whole: f32 =
        stages.iter().map(measure).sum::<f32>() + GAP * (stages.len().max(1) - 1) as f32;
    let builder =
        egui::UiBuilder::new().accessibility_role(Role::List).accessibility_label("Stages");
    ui.scope_builder(builder, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(GAP, 4.0);
            ui.add_space(((ui.available_width() - whole) / 2.0).max(0.0));
            for (at, stage) in stages.iter().enumerate() {
                self::stage(ui, stage, kind(stage), (at + 1, stages.len()));
            }
        });
    });
}

fn stage(ui: &mut Ui, stage: &Stage, kind: Type, (number, of): (usize, usize)) {
    let p = theme::of(ui);
    let ink = if stage.is == Is::Now { p.text } else { p.text2 };
    let room = ui.available_width().max(60.0) - 28.0;
    let words = text::galley_line(ui.ctx(), &stage.title, kind, ink, room);
    let size = vec2(28.0 + words.size().x, 26.0);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    let is = match stage.is {
        Is::Done => ", done",
        Is::Now => ", now",
        Is::ToCome => "",
    };
    let said = format!("Stage {number} of {of}: {}{is}", stage.title);
    response.widget_info(|| egui::WidgetInfo::labeled(Role::ListItem, true, &said));
    let centre = egui::pos2(rect.left() + 9.5, rect.center().y);
    let stone = vec2(9.5, 7.5);
    let (fill, edge) = match stage.is {
        Is::Done => (p.accent, p.accent),
        Is::Now => (p.accent_soft, p.accent),
        Is::ToCome => (p.page, p.control),
    };
    ui.painter().add(Shape::ellipse_filled(centre, stone, fill));
    ui.painter().add(Shape::ellipse_stroke(centre, stone - vec2(1.0, 1.0), Stroke::new(2.0, edge)));
    let at = egui::pos2(rect.left() + 28.0, rect.center().y - words.size().y / 2.0);
    ui.painter().galley(at, words, ink);
}

/// The step that is shown.
fn middle(ui: &mut Ui, room: &mut Room, page: &mut Page<'_>, wide: bool) {
    let called = room.called.clone();
    let (title, hint) = match &room.step {
        Step::LastTime(_) => ("What became of what we agreed last time?", String::new()),
        Step::Question(question) => (question.text.as_str(), question.hint.clone()),
        Step::Actions(_) => ("What do we agree?", "Who does what, by when.".to_owned()),
    };
    let p = theme::of(ui);
    let question = if wide { text::Level::Room } else { text::Level::Title };
    let title = title.to_owned();
    crate::ui::widgets::page::centred(ui, 940.0, |ui| {
        ui.vertical_centered(|ui| {
            text::heading_in(ui, question, &title, p.text);
            if !hint.is_empty() {
                ui.add_space(if wide { Space::S.pts() } else { 0.0 });
                let kind = if wide { Type::Prose } else { Type::Hint };
                text::show(ui, &hint, kind, p.text2);
            }
        });
    });
    ui.add_space(if wide { 30.0 } else { Space::S.pts() });
    let here = page.form.at == room.at();
    crate::ui::widgets::page::centred(ui, 860.0, |ui| {
        answer::show(ui, &mut room.step, page, (&called, here));
    });
}

fn leaving(ui: &Ui, page: &mut Page<'_>) {
    if !page.form.leaving {
        return;
    }
    let question = Question::new("Leave room mode?", "Stay", "Leave room mode")
        .words("The whole page comes back, your private notes with it. Turn the screen first.");
    match question.show(ui.ctx()) {
        Some(Chosen::Safe) => {
            page.form.leaving = false;
            page.form.arrived = true;
        }
        Some(Chosen::Act) => page.ask(RoomAction::On(false)),
        None => {}
    }
}
