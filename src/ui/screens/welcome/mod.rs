//! Making a record: who you are, the password, the recovery sheet.

mod side;
mod steps;

use egui::{Margin, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::sheet;
use crate::app::role::Words;
use crate::app::state::{Welcome, WelcomeStep};
use crate::ui::View;
use crate::ui::theme::{self, Icon};
use crate::ui::theme::{IconSize, Space};
use crate::ui::widgets::{Room, button::Button};
use crate::ui::widgets::{page, progress, text};

/// Draws it: the picture at the left, the step at the right. A narrow window has one column.
pub fn show(ui: &mut Ui, view: &mut View<'_>, welcome: &Welcome) {
    let about_sheet = welcome.step == WelcomeStep::Sheet;
    let said = Words::of(view.inputs.door.role);
    if Room::of(ui) < Room::Wide {
        page::page(ui, |ui| {
            page::centred(ui, if about_sheet { 752.0 } else { 520.0 }, |ui| {
                side::brand(ui);
                ui.add_space(Space::Xl.pts());
                step(ui, view, welcome);
                ui.add_space(Space::Xl.pts());
                if !about_sheet {
                    side::layers(ui, said);
                    ui.add_space(Space::Xl.pts());
                }
                footer(ui, welcome);
            });
        });
        return;
    }
    let whole = ui.max_rect();
    let (left, right) =
        whole.split_left_right_at_x(whole.left() + if about_sheet { 400.0 } else { 600.0 });
    ui.scope_builder(UiBuilder::new().max_rect(left), |ui| {
        side::show(ui, left, (about_sheet, said));
    });
    let margin = if about_sheet { Margin::symmetric(64, 56) } else { Margin::symmetric(104, 64) };
    // Each step's page begins at its top.
    let salt = (welcome.step as u8, welcome.sheet.as_ref().is_some_and(|sheet| sheet.checking));
    ui.scope_builder(UiBuilder::new().id_salt(salt).max_rect(right), |ui| {
        let margin = Margin { bottom: 28, ..margin };
        ScrollArea::vertical().auto_shrink(false).content_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            step(ui, view, welcome);
            at_the_bottom(ui, right, |ui| footer(ui, welcome));
        });
    });
}

/// Puts a few words at the foot of the page where there is room, else below what came before.
fn at_the_bottom(ui: &mut Ui, page: Rect, words: impl FnOnce(&mut Ui)) {
    const HEIGHT: f32 = 40.0;
    const MARGIN: f32 = 28.0;
    let room = page.bottom() - MARGIN - HEIGHT - ui.cursor().top();
    ui.add_space(room.max(Space::Xl.pts()));
    words(ui);
}

fn footer(ui: &mut Ui, welcome: &Welcome) {
    let p = theme::of(ui);
    let checking = welcome.sheet.as_ref().is_some_and(|sheet| sheet.checking);
    match welcome.step {
        WelcomeStep::You | WelcomeStep::Password => {
            let side = IconSize::Inline.pts();
            let at = ui.cursor().left_top();
            Icon::WifiSlash.paint(ui.painter(), at + vec2(side / 2.0, 10.0), side, p.text2);
            let mut room = ui.available_rect_before_wrap();
            room.min.x += side + Space::S.pts();
            ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
                text::hint(
                    ui,
                    "Works with no internet and no account. Cairn is independent of the NHS. \
                     Do not record patient details.",
                );
            });
        }
        WelcomeStep::Sheet if !checking => {
            text::hint(ui, "Next, Cairn asks for 2 of the words, to prove that the sheet exists.");
        }
        WelcomeStep::Sheet => {
            text::hint(
                ui,
                "If you do this later, Today reminds you until it is done. Without the sheet, a \
                 forgotten password loses the record.",
            );
        }
    }
}

fn step(ui: &mut Ui, view: &mut View<'_>, welcome: &Welcome) {
    let current = match welcome.step {
        WelcomeStep::You => 0,
        WelcomeStep::Password => 1,
        WelcomeStep::Sheet => 2,
    };
    progress::steps(ui, &["You", "Password", "Recovery sheet"], current);
    ui.add_space(Space::M.pts());
    match (welcome.step, &welcome.sheet) {
        (WelcomeStep::You, _) if view.inputs.door.elsewhere => steps::elsewhere(ui, view, welcome),
        (WelcomeStep::You, _) => steps::you(ui, view, welcome),
        (WelcomeStep::Password, _) => steps::password(ui, view, welcome),
        (WelcomeStep::Sheet, Some(shown)) => sheet::show(ui, view, shown),
        // The record is made together with its recovery key: this step has one.
        (WelcomeStep::Sheet, None) => {}
    }
}

/// The title of a step and what it is about.
pub(super) fn head(ui: &mut Ui, title: &str, words: &str) {
    text::heading(ui, text::Level::Title, title);
    page::at_most(ui, 640.0, |ui| text::secondary(ui, words));
    ui.add_space(Space::S.pts());
}

/// The main button, what else can be done beside it, and at the right end one thing more.
pub(super) fn buttons<R>(
    ui: &mut Ui,
    main: Button<'_>,
    beside: Option<&str>,
    end: impl FnOnce(&mut Ui) -> R,
) -> (egui::Response, bool, R) {
    ui.add_space(Space::M.pts());
    if Room::of(ui) == Room::Small {
        let main = ui.add(main);
        let pressed = beside.is_some_and(|words| ui.add(Button::ghost(words).large()).clicked());
        return (main, pressed, end(ui));
    }
    let ((main, pressed), end) = page::row(
        ui,
        |ui| {
            let main = ui.add(main);
            ui.add_space(Space::Xs.pts());
            let pressed =
                beside.is_some_and(|words| ui.add(Button::ghost(words).large()).clicked());
            (main, pressed)
        },
        end,
    );
    (main, pressed, end)
}
