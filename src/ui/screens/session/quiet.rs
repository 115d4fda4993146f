//! Quiet writing: the page of a reflection has the whole window. Hints and the guidance stay at
//! hand, and Esc goes back.

use egui::{Frame, Key, Margin, Modifiers, Popup, Role, ScrollArea, Ui};

use super::{Editor, files, find_bar, guidance, prompts, writing};
use crate::app::inputs::Inputs;
use crate::app::screen::Screen;
use crate::app::state::{Open, Saved};
use crate::app::{Action, Command};
use crate::ui::screens::find;
use crate::ui::shell::saved_words;
use crate::ui::theme::{Icon, Space, Type, tokens};
use crate::ui::widgets::{Button, Level, Room, page, status, text};

/// Height of the line at the top, in points.
const HEAD: f32 = 52.0;
/// The words, with the key that does the same.
const LEAVE: &str = "Leave quiet writing";

/// Whether a reflection has the whole window now.
pub fn is_on(inputs: &Inputs, open: &Open) -> bool {
    inputs.editor.quiet && matches!(open.screen, Screen::Session(_))
}

/// Draws it.
pub(super) fn show(ui: &mut Ui, editor: &mut Editor<'_>) {
    let whole = ui.available_rect_before_wrap();
    leave_by_key(ui, editor);
    let (head, body) = whole.split_top_bottom_at_y(whole.top() + HEAD);
    let (bar, body) = find::split(editor.inputs.find.as_ref(), body);
    page::region(ui, "Quiet writing", Role::Banner, head, |ui| self::head(ui, editor));
    find_bar(ui, editor, bar);
    let title = editor.draft.session.title.clone();
    page::region(ui, &title, Role::Main, body, |ui| written(ui, editor, &title));
    guidance::drawer(ui, editor, body);
    files::ask(ui, editor);
}

/// Esc, where nothing else on the page takes it.
fn leave_by_key(ui: &Ui, editor: &mut Editor<'_>) {
    let inputs = &editor.inputs;
    let other = inputs.find.is_some()
        || inputs.palette.is_some()
        || inputs.editor.guidance_open
        || inputs.writing.keeping.is_some()
        || inputs.exit_card.is_some()
        || Popup::is_any_open(ui)
        || ui.memory(|memory| memory.top_modal_layer().is_some());
    if !other && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        editor.out.push(Action::Do(Command::QuietWriting));
    }
}

/// Whether it is saved, and the two buttons.
fn head(ui: &mut Ui, editor: &mut Editor<'_>) {
    let margin = Margin::symmetric(Room::of(ui).margin() as i8, 9);
    Frame::NONE.inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let out = &mut *editor.out;
        let form = &mut editor.inputs.editor;
        let left = |ui: &mut Ui| saved(ui, editor.state, editor.open);
        let right = |ui: &mut Ui| {
            let leave = Button::ghost(LEAVE).icon(Icon::X).small();
            if ui.add(leave).on_hover_text("Esc or F9").clicked() {
                out.push(Action::Do(Command::QuietWriting));
            }
            let button = Button::ghost(guidance::TITLE).icon(Icon::Info).small();
            if ui.add(button).clicked() {
                form.guidance_open ^= true;
                ui.ctx().request_repaint();
            }
        };
        page::row(ui, left, right);
    });
}

fn saved(ui: &mut Ui, state: &crate::app::State, open: &Open) {
    let words;
    let shown = match &open.saved {
        Saved::Unchanged => status::Saved::Saved("All saved"),
        Saved::Saving => status::Saved::Saving,
        Saved::At(when) => {
            words = saved_words(&state.now, when);
            status::Saved::Saved(&words)
        }
        Saved::Not(_) => status::Saved::NotSaved,
    };
    status::saved(ui, &shown);
}

/// The page itself, in the middle.
fn written(ui: &mut Ui, editor: &mut Editor<'_>, title: &str) {
    let measure = tokens().measure.answer_max_width + Space::Xl.pts();
    ScrollArea::vertical().id_salt(("quiet", editor.draft.id)).auto_shrink(false).show(ui, |ui| {
        let side = Room::of(ui).margin() as i8;
        let margin = Margin { left: side, right: side, top: 12, bottom: 80 };
        Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            page::centred(ui, measure, |ui| {
                ui.spacing_mut().item_spacing.y = 17.0;
                text::heading(ui, Level::Title, title);
                prompts::quietly(ui, editor);
                writing::state(ui, editor);
                if Room::of(ui) >= Room::Medium {
                    let said = "Esc goes back. Ctrl Enter goes to the next question.";
                    let colour = crate::ui::theme::of(ui).text2;
                    text::show(ui, said, Type::Small, colour);
                }
            });
        });
    });
}
