//! Bringing a record back from a backup, at the door.

use egui::{Id, Ui};

use super::folder_field::FolderField;
use super::unlock::{scene, title};
use crate::app::Action;
use crate::app::action::DoorAction;
use crate::app::keeping::FolderFor;
use crate::app::long::Task;
use crate::app::state::Restoring;
use crate::ui::View;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::page::just_opened;
use crate::ui::widgets::{Banner, Button, progress, text};

/// Draws the card.
pub fn show(ui: &mut Ui, view: &mut View<'_>, restoring: &Restoring) {
    scene(ui, None, |ui| {
        title(ui, "Restore from a backup", "The backup is only read. It stays as it is.");
        if restoring.busy { under_way(ui, view) } else { form(ui, view, restoring) }
    });
}

fn form(ui: &mut Ui, view: &mut View<'_>, restoring: &Restoring) {
    if let Some(notice) = &restoring.notice {
        let words = format!("{} {}", notice.safe, notice.to_do);
        Banner::error(&notice.happened).words(words.trim()).show(ui);
        ui.add_space(Space::S.pts());
    }
    let form = &view.inputs.keeping;
    let missing =
        |typed: &str, words| (restoring.tried && typed.trim().is_empty()).then_some(words);
    let wrong_from = missing(&form.restore_from, "Name the folder of the backup.");
    let wrong_to = missing(&form.restore_to, "Name the folder for the record.");
    let from = FolderField {
        label: "Folder of the backup",
        hint: "On the stick or drive. It holds a file named VAULT.json",
        wrong: wrong_from,
        what: FolderFor::RestoreFrom,
        asking: restoring.asking,
    }
    .show(ui, view);
    if just_opened(ui, Id::unique("restore")) {
        from.field.request_focus();
    }
    ui.add_space(Space::S.pts());
    let to = FolderField {
        label: "Folder for the record",
        hint: "A new folder, or the one of a record that is damaged or incomplete",
        wrong: wrong_to,
        what: FolderFor::RestoreTo,
        asking: restoring.asking,
    }
    .show(ui, view);
    ui.add_space(Space::M.pts());
    let go = Button::primary("Restore").icon(Icon::ClockCounterClockwise).large().fill_width();
    if ui.add(go).clicked() || from.entered || to.entered {
        let first = if view.inputs.keeping.restore_from.trim().is_empty() { from } else { to };
        first.field.request_focus();
        view.out.push(Action::Door(DoorAction::Restore));
    }
    ui.add_space(Space::S.pts());
    ui.vertical_centered(|ui| {
        if ui.add(Button::quiet("Back").small()).clicked() {
            view.out.push(Action::Door(DoorAction::UseBackup(false)));
        }
    });
    ui.add_space(Space::S.pts());
    text::hint(
        ui,
        "No password is needed to copy. The record then opens with the password it had when it \
         was backed up, or with its recovery sheet.",
    );
}

fn under_way(ui: &mut Ui, view: &mut View<'_>) {
    let under_way = view.state.long.under_way.get(&Task::Restore);
    let (done, total) = under_way.map_or((0, 0), |progress| (progress.done, progress.total));
    let (words, fraction) = progress::files(done, total);
    text::strong(ui, "Copying from the backup");
    text::hint(ui, &words);
    ui.add_space(Space::Xs.pts());
    progress::progress(ui, "Copying from the backup", fraction);
    ui.add_space(Space::M.pts());
    ui.vertical_centered(|ui| {
        let stop = ui.add(Button::secondary("Stop"));
        if just_opened(ui, Id::unique("restoring")) {
            stop.request_focus();
        }
        if stop.clicked() {
            view.out.push(Action::Door(DoorAction::UseBackup(false)));
        }
    });
    ui.add_space(Space::S.pts());
    text::hint(ui, "What is copied stays, and the next try goes on from it.");
}
