//! The folder through which files go to and fro between two who are paired.

use egui::Ui;

use super::Shown;
use crate::app::Action;
use crate::app::keeping::FolderFor;
use crate::app::shared_folder::{Folder, FolderAction};
use crate::model::text::count;
use crate::ui::View;
use crate::ui::screens::folder_field::FolderField;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::toggle::checkbox;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, folder: Option<&Folder>) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        text::heading(ui, Level::Section, "A folder for the two of you");
        let words = format!(
            "Do you share a folder with {}, in OneDrive, Syncthing or on a drive? Files can go \
             through it. You see what is in them before anything is taken in.",
            shown.called()
        );
        text::secondary(ui, &words);
    });
    match folder {
        None => choose(ui, view, shown),
        Some(folder) => watched(ui, view, shown, folder),
    }
}

fn choose(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>) {
    if !shown.writable {
        return;
    }
    let typed = FolderField {
        label: "Folder on this computer",
        hint: "The other one chooses theirs.",
        wrong: None,
        what: FolderFor::Shared,
        asking: shown.open.keeping.asking,
    }
    .show(ui, view);
    let empty = view.inputs.keeping.shared.trim().is_empty();
    let busy = shown.open.exchange.busy;
    let pressed = ui.add(Button::secondary("Use this folder").cannot_yet(empty)).clicked();
    if (pressed || typed.entered) && !empty && !busy {
        view.out.push(Action::Folder(FolderAction::Use(shown.id)));
    }
}

fn watched(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, folder: &Folder) {
    let found = shown.open.exchange.folders.found.get(&shown.id);
    text::strong(ui, &folder.path.display().to_string());
    if found.is_some_and(|found| found.missing) {
        Banner::attention("The folder can’t be found now. ")
            .words("Nothing is lost. Connect its drive, or stop using it and choose another.")
            .show(ui);
    }
    if let Some(many @ 1..) = found.map(|found| found.unreadable) {
        let words = format!("{} in it can’t be opened. ", count(many, "file"));
        Banner::attention(&words)
            .words("It may still be on its way, or need an earlier one first.")
            .show(ui);
    }
    if !shown.writable {
        return;
    }
    let mut by_itself = folder.by_itself;
    if checkbox(ui, &mut by_itself, "Put what is finished into it by itself").changed() {
        view.out.push(Action::Folder(FolderAction::ByItself(shown.id, by_itself)));
    }
    let words = "Two minutes after you stop writing. What may point to somebody else waits for \
                 your look. Each file has its receipt.";
    text::hint(ui, words);
    ui.add_space(Space::Xs.pts());
    if ui.add(Button::quiet("Stop using this folder").icon(Icon::X)).clicked() {
        view.out.push(Action::Folder(FolderAction::Stop(shown.id)));
    }
}
