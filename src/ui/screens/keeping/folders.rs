//! Forms that ask for a folder: backing up, restoring, moving to a new key.

use egui::{Context, Id, Ui};

use super::folder_field::{FolderField, Typed};
use crate::app::Action;
use crate::app::keeping::{FolderFor, KeepingAction};
use crate::app::state::Open;
use crate::ui::View;
use crate::ui::screens::new_password::NewPassword;
use crate::ui::theme::Space;
use crate::ui::widgets::{Button, Level, modal, text};

const WIDTH: f32 = 480.0;

/// Where to back up to.
pub fn backup(ctx: &Context, view: &mut View<'_>, open: &Open) {
    over(ctx, view, "Back up your record", |ui, view, first| {
        text::secondary(
            ui,
            "Copies every file that the backup does not have yet. The backup is encrypted as \
             well, and opens with the same password.",
        );
        ui.add_space(Space::S.pts());
        let field = FolderField {
            label: "Folder for the backup",
            hint: "On a stick or another drive. A new folder, or that of an earlier backup",
            wrong: missing(open, &view.inputs.keeping.backup_to),
            what: FolderFor::Backup,
            asking: open.keeping.asking,
        }
        .show(ui, view);
        go(ui, view, first, &field, ("Back up", "Not now"), KeepingAction::Backup);
    });
}

/// From where to mend the record.
pub fn restore(ctx: &Context, view: &mut View<'_>, open: &Open) {
    over(ctx, view, "Restore from a backup", |ui, view, first| {
        text::secondary(
            ui,
            "Brings back files that are missing or damaged here. What you wrote since the backup \
             stays, and the backup itself is only read.",
        );
        ui.add_space(Space::S.pts());
        let field = FolderField {
            label: "Folder of the backup",
            hint: "It holds a file named VAULT.json",
            wrong: missing(open, &view.inputs.keeping.restore_from),
            what: FolderFor::RestoreFrom,
            asking: open.keeping.asking,
        }
        .show(ui, view);
        go(ui, view, first, &field, ("Restore", "Not now"), KeepingAction::Restore);
    });
}

fn missing(open: &Open, typed: &str) -> Option<&'static str> {
    (open.keeping.tried && typed.trim().is_empty()).then_some("Name a folder.")
}

/// Draws a form over the page.
fn over(
    ctx: &Context,
    view: &mut View<'_>,
    title: &str,
    contents: impl FnOnce(&mut Ui, &mut View<'_>, bool),
) {
    let ((), close) = modal::modal(ctx, title, WIDTH, |ui, first| {
        text::heading(ui, Level::Section, title);
        contents(ui, view, first);
    });
    if close {
        view.out.push(Action::Keeping(KeepingAction::PutAway));
    }
}

/// The two buttons of a form with one folder.
fn go(
    ui: &mut Ui,
    view: &mut View<'_>,
    first: bool,
    folder: &Typed,
    (act, not): (&str, &str),
    wish: KeepingAction,
) {
    if first {
        folder.field.request_focus();
    }
    ui.add_space(Space::M.pts());
    let (go, back) = ui
        .horizontal_wrapped(|ui| {
            let go = ui.add(Button::primary(act)).clicked();
            (go, ui.add(Button::ghost(not)).clicked())
        })
        .inner;
    if back {
        view.out.push(Action::Keeping(KeepingAction::PutAway));
    } else if go || folder.entered {
        folder.field.request_focus();
        view.out.push(Action::Keeping(wish));
    }
}

/// Where to move the record, and its new password.
pub fn moving(ctx: &Context, view: &mut View<'_>, open: &Open) {
    over(ctx, view, "Move to a new key", |ui, view, first| {
        text::secondary(
            ui,
            "A new password does not shut out somebody who has a copy of your record and knew the \
             old one. A new key does: everything is encrypted anew in a new folder, with a new \
             password and a new recovery sheet. This can’t be undone.",
        );
        ui.add_space(Space::Xs.pts());
        text::hint(
            ui,
            "The old folder stays until you delete it. What they have copied already, they can \
             still read.",
        );
        ui.add_space(Space::S.pts());
        let folder = FolderField {
            label: "Folder for the new record",
            hint: "A new folder",
            wrong: missing(open, &view.inputs.keeping.move_to),
            what: FolderFor::Move,
            asking: open.keeping.asking,
        }
        .show(ui, view);
        ui.add_space(Space::S.pts());
        password(ui, view, open, first, &folder);
    });
}

fn password(ui: &mut Ui, view: &mut View<'_>, open: &Open, first: bool, folder: &Typed) {
    let your_name = open.journal.settings().your_name;
    let form = &mut view.inputs.keeping;
    let new = NewPassword {
        id: Id::unique("move, new password"),
        label: "New password",
        again_label: "New password once more",
        known: &your_name,
        tried: open.keeping.tried,
        large: false,
    }
    .show(ui, &mut form.password, &mut form.again, &mut form.judged);
    if first || folder.entered {
        new.focus_first(ui);
    }
    ui.add_space(Space::M.pts());
    let (go, back) = ui
        .horizontal_wrapped(|ui| {
            let back = ui.add(Button::secondary("Keep the old key")).clicked();
            (ui.add(Button::danger("Move to a new key")).clicked(), back)
        })
        .inner;
    if back {
        view.out.push(Action::Keeping(KeepingAction::PutAway));
    } else if go || new.entered {
        if view.inputs.keeping.move_to.trim().is_empty() {
            folder.field.request_focus();
        } else {
            new.focus_what_is_missing(ui);
        }
        view.out.push(Action::Keeping(KeepingAction::Move));
    }
}
