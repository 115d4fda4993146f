//! The recovery sheet: the 24 words, shown once, then two of them asked for.

use egui::{Align, Id, Layout, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::welcome::{buttons, head};
use crate::app::Action;
use crate::app::keeping::{SheetAction, SheetForm, SheetOf, SheetShown};
use crate::app::state::Recovery;
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Radius, Space, Type};
use crate::ui::widgets::page::{entered, just_opened};
use crate::ui::widgets::{Banner, Button, Field, card, text};

const ROW: f32 = 47.0;
const ROWS: usize = 6;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, sheet: &SheetShown) {
    if sheet.checking { check(ui, view, sheet) } else { words(ui, view, sheet) }
}

/// The words, to write down or to save.
fn words(ui: &mut Ui, view: &mut View<'_>, sheet: &SheetShown) {
    let recovery = &sheet.recovery;
    let (title, opens) = match sheet.of {
        SheetOf::NewRecord => {
            ("Write down your recovery sheet", "These 24 words open your record.")
        }
        SheetOf::ThisRecord => (
            "Write down your new recovery sheet",
            "These 24 words open your record from now on. The old sheet still does, until you have \
             checked this one.",
        ),
        SheetOf::MovedRecord => (
            "Write down the sheet of the new record",
            "These 24 words open the record in its new folder.",
        ),
    };
    let once = "They are shown once, now. Nobody else has them, so nobody can send them again.";
    head(ui, title, &format!("{opens} {once}"));
    grid(ui, recovery.words.len(), |ui, at, cell| {
        let word = recovery.words.get(at).map_or("", |word| word.as_str());
        let words = format!("{} {word}", at + 1);
        name_cell(ui, cell, at, &words);
        number(ui, cell, at, false);
        let p = theme::of(ui);
        let font = theme::font(Type::RecoveryWord);
        let left = cell.left_center() + vec2(52.0, 0.0);
        ui.painter().text(left, egui::Align2::LEFT_CENTER, word, font, p.text);
    });
    ui.add_space(Space::S.pts());
    save(ui, view, sheet);
    Banner::attention("")
        .words("Anyone who has the sheet can read everything. Do not photograph it or e-mail it.")
        .show(ui);
    let main = Button::primary("Hide the words and check").large();
    let (go, _, ()) = buttons(ui, main, None, |_| {});
    if just_opened(ui, Id::unique("sheet, words")) {
        go.request_focus();
    }
    if go.clicked() {
        view.out.push(Action::Sheet(SheetAction::Check));
    }
}

/// Saving the sheet as a file.
fn save(ui: &mut Ui, view: &mut View<'_>, sheet: &SheetShown) {
    let p = theme::of(ui);
    let typed = &mut view.inputs.sheet;
    if !typed.saving {
        ui.horizontal_wrapped(|ui| {
            let open = Button::secondary("Save to a stick…").icon(Icon::FloppyDisk);
            typed.saving = ui.add(open).clicked();
            if let Some(path) = &sheet.saved {
                saved(ui, &path.display().to_string(), p);
            }
        });
        return;
    }
    let wrong = sheet.notice.as_ref().map(ToString::to_string);
    let file = Field::new("File for the recovery sheet")
        .hint("Best on a stick that you keep away from this computer")
        .error(wrong.as_deref())
        .show(ui, &mut typed.file);
    if just_opened(ui, Id::unique("sheet, file")) {
        file.request_focus();
    }
    let (write, close) = ui
        .horizontal_wrapped(|ui| {
            let write = ui.add(Button::secondary("Save the sheet").icon(Icon::FloppyDisk));
            let close = ui.add(Button::ghost("Close"));
            if let Some(path) = &sheet.saved {
                saved(ui, &path.display().to_string(), p);
            }
            (write.clicked(), close.clicked())
        })
        .inner;
    if write || entered(ui, &file) {
        view.out.push(Action::Sheet(SheetAction::Save));
    }
    if close {
        view.inputs.sheet.saving = false;
    }
}

fn saved(ui: &mut Ui, path: &str, p: &theme::Palette) {
    let side = IconSize::Button.pts();
    let (rect, _) = ui.allocate_exact_size(vec2(side, 36.0), Sense::hover());
    Icon::CheckCircle.paint(ui.painter(), rect.center(), side, p.success);
    text::show(ui, &format!("Saved to {path}"), Type::Hint, p.text2);
}

/// Two of the words, read from the paper.
fn check(ui: &mut Ui, view: &mut View<'_>, sheet: &SheetShown) {
    let recovery = &sheet.recovery;
    head(
        ui,
        "Check two words",
        "Look at the paper, not at the screen. Type the two words it has at these numbers.",
    );
    let right = [0, 1].map(|which| recovery.is_word(which, &view.inputs.sheet.words[which]));
    let enter = fields(ui, &mut view.inputs.sheet, sheet, right);
    ui.add_space(Space::S.pts());
    covered(ui, recovery, right);
    let missing = right.iter().position(|right| !right);
    let words = match missing {
        Some(which) => format!("Type word {} to go on", recovery.asked[which] + 1),
        None if sheet.of == SheetOf::NewRecord => "Open my record".to_owned(),
        None => "Done".to_owned(),
    };
    let main = Button::primary(&words).large().cannot_yet(missing.is_some());
    let (go, again, later) = buttons(ui, main, Some("Show the words again"), |ui| {
        ui.add(Button::quiet("Do this later")).clicked()
    });
    if go.clicked() || enter {
        if let Some(which) = missing {
            ui.memory_mut(|memory| memory.request_focus(field_id(which)));
        }
        view.out.push(Action::Sheet(SheetAction::Checked));
    }
    if again {
        view.out.push(Action::Sheet(SheetAction::ShowWords));
    }
    if later {
        view.out.push(Action::Sheet(SheetAction::Later));
    }
}

fn field_id(which: usize) -> Id {
    Id::unique(("recovery word", which))
}

/// The two fields; says whether Enter was pressed in one.
fn fields(ui: &mut Ui, typed: &mut SheetForm, sheet: &SheetShown, right: [bool; 2]) -> bool {
    const WIDTH: f32 = 276.0;
    let mut enter = false;
    ui.with_layout(Layout::left_to_right(Align::Min).with_main_wrap(true), |ui| {
        ui.spacing_mut().item_spacing.x = Space::Xl.pts();
        for (which, typed) in typed.words.iter_mut().enumerate() {
            let number = sheet.recovery.asked[which] + 1;
            let label = format!("Word {number}");
            let wrong = match (right[which], typed.trim().is_empty()) {
                (true, _) => None,
                (false, true) => Some(format!("Type word {number} from the sheet.")),
                (false, false) => Some(format!(
                    "That is not word {number} on the sheet. Check that you read the right line."
                )),
            };
            let wrong = wrong.filter(|_| sheet.tried);
            ui.allocate_ui(vec2(WIDTH.min(ui.available_width()), 0.0), |ui| {
                let field = Field::new(&label)
                    .id(field_id(which))
                    .hint("The first 4 letters are enough")
                    .error(wrong.as_deref())
                    .width(WIDTH)
                    .large()
                    .show(ui, typed);
                if right[which] {
                    tick(ui, field.rect);
                }
                if which == 0 && just_opened(ui, Id::unique("sheet, check")) {
                    field.request_focus();
                }
                enter |= entered(ui, &field);
            });
        }
    });
    enter
}

/// "Right" at the end of a field.
fn tick(ui: &mut Ui, field: Rect) {
    let p = theme::of(ui);
    let place = Rect::from_min_max(pos2(field.right() - 78.0, field.top()), field.max);
    ui.scope_builder(
        egui::UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center)),
        |ui| {
            ui.spacing_mut().item_spacing.x = Space::Xs.pts();
            let side = IconSize::Button.pts();
            let (mark, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
            Icon::Check.paint(ui.painter(), mark.center(), side, p.success);
            text::show(ui, "Right", Type::HintStrong, p.success);
        },
    );
}

/// The sheet with its words covered, but for those that are right.
fn covered(ui: &mut Ui, recovery: &Recovery, right: [bool; 2]) {
    const COVERS: [f32; 5] = [70.0, 62.0, 78.0, 66.0, 74.0];
    grid(ui, recovery.words.len(), |ui, at, cell| {
        let p = theme::of(ui);
        let asked = recovery.asked.iter().position(|asked| *asked == at);
        number(ui, cell, at, asked.is_some());
        let left = cell.left_center() + vec2(52.0, 0.0);
        let room = cell.right() - left.x - 12.0;
        match asked {
            Some(which) if right[which] => {
                let side = IconSize::Button.pts();
                Icon::Check.paint(ui.painter(), left + vec2(side / 2.0, 0.0), side, p.success);
                let word = recovery.words.get(at).map_or("", |word| word.as_str());
                let font = theme::font(Type::RecoveryWord);
                let at = left + vec2(side + 6.0, 0.0);
                ui.painter().text(at, egui::Align2::LEFT_CENTER, word, font, p.success);
            }
            Some(_) => {
                let size = vec2(96.0_f32.min(room), 26.0);
                let slot = Rect::from_min_size(left - vec2(0.0, 13.0), size);
                let edge = Stroke::new(2.0, p.accent);
                let painter = ui.painter();
                painter.rect(slot, Radius::Tag, p.accent_soft, edge, StrokeKind::Inside);
            }
            None => {
                let size = vec2(COVERS[at % COVERS.len()].min(room), 12.0);
                let bar = Rect::from_min_size(left - vec2(0.0, 6.0), size);
                ui.painter().rect_filled(bar, 6.0, p.line);
            }
        }
    });
}

fn number(ui: &Ui, cell: Rect, at: usize, asked: bool) {
    let p = theme::of(ui);
    let (kind, ink) = if asked { (Type::Button, p.text) } else { (Type::Small, p.text2) };
    let place = cell.left_center() + vec2(40.0, 0.0);
    let font = theme::font(kind);
    ui.painter().text(place, egui::Align2::RIGHT_CENTER, at + 1, font, ink);
}

/// Says the word of a cell to a screen reader.
fn name_cell(ui: &Ui, cell: Rect, at: usize, words: &str) {
    let id = ui.unique_id().with(("recovery word", at));
    let response = ui.interact(cell, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}

/// A card with four columns of cells (two where it is narrow), read downwards.
fn grid(ui: &mut Ui, count: usize, mut cell: impl FnMut(&mut Ui, usize, Rect)) {
    card::framed(ui, egui::Margin::symmetric(0, 6), |ui| {
        let p = theme::of(ui);
        let columns = if ui.available_width() < 560.0 { 2 } else { count.div_ceil(ROWS) };
        let rows = count.div_ceil(columns);
        let height = if rows > ROWS { 36.0 } else { ROW };
        let size = vec2(ui.available_width(), height * rows as f32);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let width = rect.width() / columns as f32;
        for at in 0..count {
            let (column, row) = (at / rows, at % rows);
            let min = rect.min + vec2(width * column as f32, height * row as f32);
            cell(ui, at, Rect::from_min_size(min, vec2(width, height)));
        }
        for column in 1..columns {
            let x = rect.left() + width * column as f32;
            ui.painter().vline(x, rect.y_range(), Stroke::new(1.0, p.line));
        }
    });
}
