//! Settings: you, how it looks, when it locks. What is changed holds at once.

mod appearance;
mod security;

use egui::{Align, Id, Layout, Rect, Ui, UiBuilder, pos2, vec2};

use crate::app::Action;
use crate::app::action::RecordAction;
use crate::app::inputs::SettingsTab;
use crate::app::state::Open;
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Space, Type, tokens};
use crate::ui::widgets::page::{entered, just_opened};
use crate::ui::widgets::{Field, Level, Room, card, choice, page, text};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    page::page(ui, |ui| {
        text::heading(ui, Level::Title, "Settings");
        choice::tabs(
            ui,
            "Settings",
            &mut view.inputs.settings.tab,
            &[
                (SettingsTab::You, "You", None),
                (SettingsTab::SecurityAndAppearance, "Security and appearance", None),
                (SettingsTab::Record, "Your record", None),
            ],
        );
        ui.add_space(Space::S.pts());
        match view.inputs.settings.tab {
            SettingsTab::You => you(ui, view, open),
            SettingsTab::SecurityAndAppearance => {
                let half = (ui.available_width() - Space::Xl.pts()) / 2.0;
                let look = view.state.look;
                let ((), wish) = page::two_column(
                    ui,
                    half,
                    |ui| security::show(ui, view, open),
                    |ui| appearance::show(ui, look),
                );
                view.out.extend(wish);
            }
            SettingsTab::Record => record(ui, view, open),
        }
    });
    security::change(ui.ctx(), view, open);
}

/// What the person is called, and what they call the doctors.
fn you(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    page::at_most(ui, 560.0, |ui| {
        card::card(ui, |ui| {
            ui.add_enabled_ui(open.read_only.is_none(), |ui| {
                let form = &mut view.inputs.settings;
                let empty = |words: &str| {
                    words.trim().is_empty().then_some("This can’t be empty. The old one stays.")
                };
                let name = Field::new("Your name")
                    .hint("As it stands on a summary for a panel")
                    .error(empty(&form.your_name))
                    .show(ui, &mut form.your_name);
                ui.add_space(Space::S.pts());
                let noun = Field::new("What you call the doctor you supervise")
                    .hint("For example resident doctor, registrar, trainee")
                    .error(empty(&form.noun))
                    .show(ui, &mut form.noun);
                if just_opened(ui, Id::unique("settings, you")) {
                    name.request_focus();
                }
                let left = name.lost_focus() || noun.lost_focus();
                if left || entered(ui, &name) || entered(ui, &noun) {
                    view.out.push(Action::Record(RecordAction::SaveSettings));
                }
            });
        });
    });
}

/// Where the record lies, and how it can be opened without Cairn.
fn record(ui: &mut Ui, view: &View<'_>, open: &Open) {
    page::at_most(ui, 720.0, |ui| {
        card::card_of_rows(ui, |ui| {
            let dir = view.state.dir.display().to_string();
            fact(ui, Icon::FolderOpen, "Folder of the record", &dir);
            card::hairline(ui);
            let copies = "Copy the whole folder to a stick or a network drive. The copy is \
                          encrypted as well, and opens with the same password.";
            fact(ui, Icon::HardDrives, "Keep a copy", copies);
            card::hairline(ui);
            let without = "The record is encrypted with age, a free program. The page RESCUE.txt \
                           in the folder says how to open it.";
            fact(ui, Icon::FileLock, "Open it without Cairn", without);
            if !open.record.damaged.is_empty() {
                card::hairline(ui);
                let damaged = open.record.all_damaged().into_iter();
                let files: Vec<String> =
                    damaged.map(|damaged| format!("{}: {}", damaged.file, damaged.why)).collect();
                let files = files.join("\n");
                fact(ui, Icon::WarningCircle, "Files that can’t be read", &files);
            }
        });
    });
}

/// From the left of a row to its words: the icon stands there.
const LEAD: f32 = 38.0;

/// A row of settings: an icon, words with a hint below, and the control at the right, which takes
/// `room` points. In a narrow window the control goes under the words.
fn row<R>(
    ui: &mut Ui,
    icon: Icon,
    (label, hint): (&str, &str),
    room: f32,
    control: impl FnOnce(&mut Ui) -> R,
) -> R {
    if Room::of(ui) == Room::Small {
        words(ui, icon, label, hint, 0.0);
        ui.add_space(Space::S.pts());
        let inset = ui.available_rect_before_wrap();
        let inset = inset.with_min_x(inset.left() + LEAD);
        let from_left = Layout::left_to_right(Align::Min).with_main_wrap(true);
        let builder = UiBuilder::new().max_rect(inset).layout(from_left);
        let given = ui.scope_builder(builder, control).inner;
        ui.add_space(Space::M.pts());
        return given;
    }
    let whole = ui.available_rect_before_wrap();
    let said = words(ui, icon, label, hint, room + Space::S.pts());
    let height = said.height().max(tokens().control.height);
    let place = Rect::from_min_max(
        pos2(whole.right() - room, said.center().y - height / 2.0),
        pos2(whole.right(), said.center().y + height / 2.0),
    );
    let builder = UiBuilder::new().max_rect(place).layout(Layout::right_to_left(Align::Center));
    let given = ui.scope_builder(builder, control).inner;
    ui.advance_cursor_after_rect(whole.with_max_y(said.bottom() + Space::M.pts()));
    given
}

/// A row that only tells something.
fn fact(ui: &mut Ui, icon: Icon, label: &str, hint: &str) {
    words(ui, icon, label, hint, 0.0);
    ui.add_space(Space::M.pts());
}

/// The icon and the words of a row, `end` points short of the right end; gives where the words
/// stand.
fn words(ui: &mut Ui, icon: Icon, label: &str, hint: &str, end: f32) -> Rect {
    let p = theme::of(ui);
    ui.add_space(Space::M.pts());
    let mut room = ui.available_rect_before_wrap();
    let side = IconSize::Nav.pts();
    let at = room.left_top() + vec2(side / 2.0, 12.0);
    icon.paint(ui.painter(), at, side, p.text2);
    room.min.x += LEAD;
    room.max.x -= end;
    let said = ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        text::show(ui, label, Type::Strong, p.text);
        if !hint.is_empty() {
            text::hint(ui, hint);
        }
    });
    said.response.rect
}
