//! Backups: the last one, the next one, bringing back from one; moving to a new key.

use egui::Ui;

use crate::app::action::Action;
use crate::app::advice::{self, LastBackup};
use crate::app::keeping::{Form, KeepingAction};
use crate::app::long::{BackupMade, Restored, receipt_words};
use crate::app::long::{Ended, Finished, Task};
use crate::app::notice::Notice;
use crate::app::state::{Open, State};
use crate::model::text::{count, long_date};
use crate::ui::screens::keeping::long_work;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::setting::{fact, row};
use crate::ui::widgets::{Banner, Button, card};

/// What is drawn, and the list for what the person wants.
type Out<'a> = (&'a State, &'a mut Vec<Action>);

/// Draws the right column.
pub fn show(ui: &mut Ui, (state, out): Out<'_>, open: &Open) {
    card::card_of_rows(ui, |ui| {
        backup(ui, (state, out), open);
        card::hairline(ui);
        restore(ui, (state, out), open);
    });
    card::card_of_rows(ui, |ui| {
        moving(ui, (state, out), open);
        card::hairline(ui);
        let without = "The record is encrypted with age, a free program. The page RESCUE.txt in \
                       the folder says how to open it.";
        fact(ui, Icon::FileLock, "Open it without Cairn", without);
    });
}

/// A button that opens a form, where the record can be written.
fn ask(ui: &mut Ui, out: &mut Vec<Action>, open: &Open, button: Button<'_>, form: Form) {
    if open.read_only.is_none() && ui.add(button).clicked() {
        out.push(Action::Keeping(KeepingAction::Ask(form)));
    }
}

fn backup(ui: &mut Ui, (state, out): Out<'_>, open: &Open) {
    if let Some(progress) = state.long.under_way.get(&Task::Backup) {
        return long_work(ui, out, (Task::Backup, Icon::HardDrives, "Backing up"), *progress);
    }
    let last = advice::last_backup(&open.journal, &open.record.vault, &state.now);
    let hint = last.as_ref().map_or_else(never, last_words);
    row(ui, Icon::HardDrives, ("Backup", &hint), 120.0, |ui| {
        ask(ui, out, open, Button::secondary("Back up…").small(), Form::Backup);
    });
    ended(ui, state, Task::Backup, |ui, finished| {
        if let Finished::Backup(made) = finished {
            backed_up(ui, made);
        }
    });
}

fn never() -> String {
    "Never backed up. Keep a copy on a stick or another drive, away from this computer.".to_owned()
}

/// "Last backed up 3 weeks ago, on 3 November 2026, to “stick”. Its four words: …".
fn last_words(last: &LastBackup<'_>) -> String {
    let day = long_date(last.at.date());
    let words = receipt_words(last.id, last.receipt);
    let words = words.map(|words| format!(" Its four words: {words}.")).unwrap_or_default();
    let (ago, to) = (advice::ago(last.days), &last.receipt.to);
    format!("Last backed up {ago}, on {day}, to “{to}”.{words}")
}

/// Draws what came of long work: an error in words, or what it brought.
fn ended(ui: &mut Ui, state: &State, task: Task, finished: impl FnOnce(&mut Ui, &Finished)) {
    match state.long.ended.get(&task) {
        None => return,
        Some(Ended::Finished(it)) => finished(ui, it),
        Some(Ended::Failed(notice)) => error(ui, notice),
        Some(Ended::Stopped) => {
            Banner::information("Stopped.")
                .words("What was done stays. The next run goes on from it.")
                .show(ui);
        }
    }
    ui.add_space(Space::M.pts());
}

fn error(ui: &mut Ui, notice: &Notice) {
    let words = format!("{} {}", notice.safe, notice.to_do);
    Banner::error(&notice.happened).words(words.trim()).show(ui);
}

fn backed_up(ui: &mut Ui, made: &BackupMade) {
    let new = if made.copied == made.files { "all".to_owned() } else { made.copied.to_string() };
    let mut words = format!("It has {}, {new} of them new.", count(made.files, "file"));
    words += match made.receipt {
        Ok(_) => " Write its four words on the stick.",
        Err(_) => " Its receipt could not be kept, so the date above is an older one.",
    };
    if made.mended > 0 {
        words +=
            &format!(" {} were damaged there and are sound again.", count(made.mended, "file"));
    }
    if made.only_there > 0 {
        words += &format!(
            " {} are in the backup and no longer here. Restore brings them back.",
            count(made.only_there, "file")
        );
    }
    if made.damaged.is_empty() {
        Banner::information("Backed up.").icon(Icon::CheckCircle).words(&words).show(ui);
    } else {
        words +=
            &format!(" {} can’t be read and were not copied.", count(made.damaged.len(), "file"));
        Banner::attention("Backed up, but not all of it.").words(&words).show(ui);
    }
}

fn restore(ui: &mut Ui, (state, out): Out<'_>, open: &Open) {
    if let Some(progress) = state.long.under_way.get(&Task::Restore) {
        let work = (Task::Restore, Icon::ClockCounterClockwise, "Copying from the backup");
        return long_work(ui, out, work, *progress);
    }
    let hint = "Brings back what is missing or damaged here. Nothing you have written is replaced";
    row(ui, Icon::ClockCounterClockwise, ("Restore from a backup", hint), 120.0, |ui| {
        ask(ui, out, open, Button::secondary("Restore…").small(), Form::Restore);
    });
    ended(ui, state, Task::Restore, |ui, finished| {
        if let Finished::Restore(restored) = finished {
            brought_back(ui, restored);
        }
    });
}

fn brought_back(ui: &mut Ui, restored: &Restored) {
    let words = match (restored.copied, restored.mended) {
        (0, 0) => "Everything in the backup was here already, and sound.".to_owned(),
        (copied, mended) => format!(
            "{} brought back, {mended} mended. Check everything to be sure.",
            count(copied, "file")
        ),
    };
    if restored.damaged.is_empty() {
        Banner::information("Restored.").icon(Icon::CheckCircle).words(&words).show(ui);
    } else {
        let left = count(restored.damaged.len(), "file");
        let words = format!("{words} {left} of the backup can’t be read.");
        Banner::attention("Restored, but not all of it.").words(&words).show(ui);
    }
}

fn moving(ui: &mut Ui, (state, out): Out<'_>, open: &Open) {
    if let Some(progress) = state.long.under_way.get(&Task::Move) {
        let work = (Task::Move, Icon::Key, "Encrypting everything anew");
        return long_work(ui, out, work, *progress);
    }
    if let Some(moved) = &open.keeping.moved {
        let words = format!(
            "{} are in {}. Look at them, then delete this old folder and its backups yourself.",
            count(moved.records, "record"),
            moved.dir.display()
        );
        row(ui, Icon::Key, ("Moved to a new key", &words), 140.0, |ui| {
            if ui.add(Button::secondary("Open the new one").small()).clicked() {
                out.push(Action::Keeping(KeepingAction::OpenMoved));
            }
        });
        if moved.left > 0 {
            let left = count(moved.left, "file");
            let words = format!("{left} could not be read and stayed in this folder alone.");
            Banner::attention("Not all of it.").words(&words).show(ui);
            ui.add_space(Space::M.pts());
        }
        return;
    }
    let hint = "When somebody else may have a copy of your record and its password or sheet";
    row(ui, Icon::Key, ("Move to a new key", hint), 120.0, |ui| {
        ask(ui, out, open, Button::secondary("Move…").small(), Form::Move);
    });
    ended(ui, state, Task::Move, |_, _| {});
}
