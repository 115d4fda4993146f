//! The locked record: one card that shows nothing of what is inside.

use egui::{Align2, Frame, Id, Margin, ScrollArea, Stroke, Ui, UiBuilder, vec2};

use super::new_password::NewPassword;
use crate::app::Action;
use crate::app::Notice;
use crate::app::action::DoorAction;
use crate::app::inputs::Door;
use crate::app::long::{Ended, Finished, Task};
use crate::app::state::{Left, Locked};
use crate::model::text::count;
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Radius, Space, Type};
use crate::ui::widgets::answer::Answer;
use crate::ui::widgets::page::{entered, just_opened};
use crate::ui::widgets::{Banner, Button, Field, cairn, card, field, page, text};

/// Draws the card for the password, or for the recovery key.
pub fn show(ui: &mut Ui, view: &mut View<'_>, locked: &Locked) {
    let foot = "While locked, no names, titles or counts are shown, here or in the task switcher.";
    if locked.recovering {
        scene(ui, None, |ui| recovery(ui, view, locked));
    } else {
        scene(ui, Some(foot), |ui| password(ui, view, locked));
    }
}

/// Draws what to do with a folder that can't be opened.
pub fn unusable(ui: &mut Ui, view: &mut View<'_>, notice: &Notice) {
    scene(ui, None, |ui| {
        title(ui, "This record can’t be opened", "");
        let words = format!("{} {}", notice.safe, notice.to_do);
        Banner::error(&notice.happened).words(words.trim()).show(ui);
        ui.add_space(Space::S.pts());
        folder(ui, view, "Try again");
        ui.add_space(Space::S.pts());
        from_backup(ui, view);
    });
}

/// The hills with a card in the middle, and a line at the foot. A card without one is longer and
/// begins higher up.
pub(super) fn scene(ui: &mut Ui, foot: Option<&str>, contents: impl FnOnce(&mut Ui)) {
    const CARD: f32 = 440.0;
    let p = theme::of(ui);
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, 0.0, p.rail);
    let hills = whole.with_min_y(whole.bottom() - 0.62 * whole.height());
    cairn::hills(ui.painter(), hills, p);
    if let Some(foot) = foot.filter(|_| whole.height() >= 640.0) {
        let at = whole.center_bottom() - vec2(0.0, 26.0);
        let font = theme::font(Type::Hint);
        ui.painter().text(at, Align2::CENTER_BOTTOM, foot, font, p.text);
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let above = if foot.is_some() { 0.135 } else { 0.04 };
        ui.add_space((whole.height() * above).clamp(16.0, 108.0));
        page::centred(ui, CARD.min(whole.width() - 32.0), |ui| {
            let padding = if whole.width() < 480.0 { 20 } else { 40 };
            Frame::new()
                .inner_margin(Margin { left: padding, right: padding, top: 36, bottom: 28 })
                .fill(p.surface)
                .stroke(Stroke::new(theme::line_width(ui), p.line))
                .corner_radius(Radius::Card)
                .show(ui, |ui| {
                    ui.set_min_width(ui.available_width());
                    contents(ui);
                });
        });
        ui.add_space(Space::Xxxl.pts());
    });
}

/// The mark, the title and a line or two, in the middle of the card.
pub(super) fn title(ui: &mut Ui, title: &str, words: &str) {
    let p = theme::of(ui);
    ui.vertical_centered(|ui| {
        cairn::mark(ui, 56.0);
        ui.add_space(Space::Xs.pts());
        text::heading(ui, text::Level::Title, title);
        if !words.is_empty() {
            text::show(ui, words, Type::Body, p.text2);
        }
    });
    ui.add_space(Space::M.pts());
}

/// Why it is locked, without a word of what is in it.
fn why(left: Option<&Left>) -> String {
    let Some(left) = left else { return "Your password opens your record.".to_owned() };
    let at = format!("Locked at {:02}:{:02}", left.at.hour(), left.at.minute());
    let after = match left.idle {
        Some(1) => " after 1 minute without use".to_owned(),
        Some(minutes) => format!(" after {minutes} minutes without use"),
        None => String::new(),
    };
    let kept = if left.kept { "\nWhat you were writing is saved." } else { "" };
    format!("{at}{after}.{kept}")
}

fn password(ui: &mut Ui, view: &mut View<'_>, locked: &Locked) {
    title(ui, "Cairn is locked", &why(locked.left.as_ref()));
    if let Some(notice) = &locked.unsaved {
        let words = format!("{} {}", notice.safe, notice.to_do);
        Banner::error(&notice.happened).words(&words).show(ui);
        ui.add_space(Space::S.pts());
    }
    brought_back(ui, view);
    let door = &mut view.inputs.door;
    read_caps_lock(ui, door);
    let wrong = locked.notice.as_ref().filter(|_| !door.elsewhere).map(ToString::to_string);
    let field = Field::new("Password")
        .secret()
        .large()
        .error(wrong.as_deref())
        .show(ui, &mut door.password);
    if just_opened(ui, Id::unique("unlock")) {
        field.request_focus();
    }
    if door.caps_lock && field.has_focus() {
        caps_lock(ui);
    }
    ui.add_space(Space::S.pts());
    let words = match (locked.busy, locked.waits()) {
        (true, _) => "Unlocking…",
        (false, true) => "Saving…",
        (false, false) => "Unlock",
    };
    let unlock = Button::primary(words)
        .icon(Icon::LockSimpleOpen)
        .large()
        .fill_width()
        .cannot_yet(locked.waits());
    if ui.add(unlock).clicked() || entered(ui, &field) {
        field.request_focus();
        view.out.push(Action::Door(DoorAction::Unlock));
    }
    ui.add_space(Space::L.pts());
    card::hairline(ui);
    ui.add_space(Space::S.pts());
    if view.inputs.door.elsewhere {
        folder(ui, view, "Look in this folder");
        ui.add_space(Space::S.pts());
        from_backup(ui, view);
        return;
    }
    let (sheet, other) = other_ways(ui);
    if sheet {
        view.out.push(Action::Door(DoorAction::UseRecovery(true)));
    }
    if other {
        let door = &mut view.inputs.door;
        door.elsewhere = true;
        door.folder = view.state.dir.display().to_string();
    }
}

/// What a restore at this door brought.
fn brought_back(ui: &mut Ui, view: &View<'_>) {
    let Some(Ended::Finished(Finished::Restore(restored))) =
        view.state.long.ended.get(&Task::Restore)
    else {
        return;
    };
    let files = count(restored.files, "file");
    let opens =
        "It opens with the password it had when it was backed up, or with its recovery sheet.";
    if restored.damaged.is_empty() {
        let lead = format!("Your record is back: {files}.");
        Banner::information(&lead).icon(Icon::CheckCircle).words(opens).show(ui);
    } else {
        let left = count(restored.damaged.len(), "file");
        let lead = format!("Your record is back: {files}. {left} of the backup can’t be read.");
        Banner::attention(&lead).words(opens).show(ui);
    }
    ui.add_space(Space::S.pts());
}

/// The way to the form that brings a record back.
pub(super) fn from_backup(ui: &mut Ui, view: &mut View<'_>) {
    ui.vertical_centered(|ui| {
        if ui.add(Button::quiet("Restore from a backup").small()).clicked() {
            view.out.push(Action::Door(DoorAction::UseBackup(true)));
        }
    });
}

/// The two other ways; their words, not the room round them, are flush with the line above.
fn other_ways(ui: &mut Ui) -> (bool, bool) {
    const PAD: f32 = 11.0;
    let room = ui.available_rect_before_wrap().expand2(vec2(PAD, 0.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(room));
    let pressed = page::row(
        &mut child,
        |ui| ui.add(Button::quiet("Use my recovery sheet").small()).clicked(),
        |ui| ui.add(Button::quiet("Open another record").small()).clicked(),
    );
    ui.advance_cursor_after_rect(child.min_rect().shrink2(vec2(PAD, 0.0)));
    pressed
}

/// Notes whether the last letter was typed with Caps Lock: a capital without Shift, or a small
/// letter with it. The window system does not say more.
fn read_caps_lock(ui: &Ui, door: &mut Door) {
    let typed = ui.input(|input| {
        input.events.iter().rev().find_map(|event| match event {
            egui::Event::Text(letter) => {
                let letter = letter.chars().next().filter(char::is_ascii_alphabetic)?;
                Some(letter.is_ascii_uppercase() != input.modifiers.shift)
            }
            _ => None,
        })
    });
    if let Some(on) = typed {
        door.caps_lock = on;
    }
}

fn caps_lock(ui: &mut Ui) {
    let p = theme::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = Space::Xs.pts();
        let side = IconSize::Inline.pts();
        let (rect, _) = ui.allocate_exact_size(vec2(side, 20.0), egui::Sense::hover());
        Icon::ArrowFatUp.paint(ui.painter(), rect.center(), side, p.text2);
        text::hint(ui, "Caps Lock is on");
    });
}

/// Another folder to look in.
fn folder(ui: &mut Ui, view: &mut View<'_>, verb: &str) {
    let field = Field::new("Folder of the record")
        .hint("It holds a file named VAULT.json")
        .show(ui, &mut view.inputs.door.folder);
    if just_opened(ui, Id::unique("unlock, folder")) {
        field.request_focus();
    }
    ui.add_space(Space::Xs.pts());
    let (look, back) = page::row(
        ui,
        |ui| ui.add(Button::secondary(verb).icon(Icon::FolderOpen)).clicked(),
        |ui| view.inputs.door.elsewhere && ui.add(Button::ghost("Back")).clicked(),
    );
    if look || entered(ui, &field) {
        view.out.push(Action::Door(DoorAction::Folder));
    }
    if back {
        view.inputs.door.elsewhere = false;
    }
}

/// The recovery key and a new password.
fn recovery(ui: &mut Ui, view: &mut View<'_>, locked: &Locked) {
    title(ui, "Use your recovery sheet", "Your old password then stops working.");
    let door = &mut view.inputs.door;
    let p = theme::of(ui);
    let key = Id::unique("recovery key");
    const LABEL: &str = "The 24 words, or the key below them";
    text::show(ui, LABEL, Type::Button, p.text);
    let nothing = locked.tried && door.recovery.trim().is_empty();
    if let Some(notice) = &locked.notice {
        field::error_line(ui, &notice.to_string());
    } else if nothing {
        field::error_line(ui, "Type the words from the sheet, in their order.");
    }
    let words = Answer::new(key, LABEL)
        .kind(Type::Body)
        .boxed()
        .rows(4)
        .placeholder("A space between two words. Capitals and lines do not matter.")
        .show(ui, &mut door.recovery);
    field::forget_undo(ui, &words);
    if just_opened(ui, Id::unique("unlock, recovery")) {
        words.request_focus();
    }
    ui.add_space(Space::S.pts());
    let typed = NewPassword {
        id: Id::unique("recovery, new password"),
        label: "New password",
        again_label: "New password once more",
        known: "",
        tried: locked.tried,
        large: false,
    }
    .show(ui, &mut door.password, &mut door.again, &mut door.judged);
    ui.add_space(Space::M.pts());
    let verb = if locked.busy { "Unlocking…" } else { "Set it and unlock" };
    let go = Button::primary(verb)
        .icon(Icon::LockSimpleOpen)
        .large()
        .fill_width()
        .cannot_yet(locked.waits());
    if ui.add(go).clicked() || typed.entered {
        if nothing || door.recovery.trim().is_empty() {
            words.request_focus();
        } else {
            typed.focus_what_is_missing(ui);
        }
        view.out.push(Action::Door(DoorAction::Recover));
    }
    ui.add_space(Space::S.pts());
    ui.vertical_centered(|ui| {
        if ui.add(Button::quiet("Back to the password").small()).clicked() {
            view.out.push(Action::Door(DoorAction::UseRecovery(false)));
        }
    });
}
