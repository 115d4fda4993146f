//! The first two steps: your name and the folder; the password.

use egui::{Id, Ui};

use super::{buttons, head};
use crate::app::Action;
use crate::app::action::DoorAction;
use crate::app::state::Welcome;
use crate::model::session::Role;
use crate::ui::View;
use crate::ui::screens::new_password::{self, NewPassword};
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::choice::radio_list;
use crate::ui::widgets::page::{entered, just_opened};
use crate::ui::widgets::{Banner, Button, Field, text};

const OPEN_ONE: &str = "Open a record I already have";

/// Your name, and where the record will lie.
pub fn you(ui: &mut Ui, view: &mut View<'_>, welcome: &Welcome) {
    head(
        ui,
        "Make your record",
        "Three things first. All stay on this computer, and nobody is told.",
    );
    let door = &mut view.inputs.door;
    let no_name = welcome.tried && door.your_name.trim().is_empty();
    let name = Field::new("Your name")
        .hint("As it should stand on a summary for a panel")
        .large()
        .error(no_name.then_some("Type your name. Your summaries carry it."))
        .show(ui, &mut door.your_name);
    ui.add_space(Space::S.pts());
    who(ui, &mut door.role);
    ui.add_space(Space::S.pts());
    let no_folder = welcome.tried && door.folder.trim().is_empty();
    let folder = Field::new("Folder of the record")
        .hint("Everything is kept here, encrypted. You can leave it as it is")
        .large()
        .error(no_folder.then_some("Type the folder where the record will lie."))
        .show(ui, &mut door.folder);
    if just_opened(ui, Id::unique("welcome, you")) {
        name.request_focus();
    }
    let (go, _, open_one) = buttons(ui, Button::primary("Continue").large(), None, |ui| {
        ui.add(Button::quiet(OPEN_ONE)).clicked()
    });
    let missing = if door.your_name.trim().is_empty() { &name } else { &folder };
    if go.clicked() || entered(ui, &name) || entered(ui, &folder) {
        missing.request_focus();
        view.out.push(Action::Door(DoorAction::Next));
    }
    if open_one {
        view.inputs.door.elsewhere = true;
    }
}

/// Whose record it will be.
fn who(ui: &mut Ui, role: &mut Role) {
    let options = [
        (Role::Supervisor, "I supervise doctors", ""),
        (Role::Doctor, "I am a doctor in training", ""),
    ];
    ui.spacing_mut().item_spacing.y = Space::Xs.pts();
    text::show(ui, "Who are you here?", Type::Strong, theme::of(ui).text);
    text::hint(ui, "It chooses the words. You can change it later in Settings");
    radio_list(ui, "Who are you here?", role, &options);
}

/// The folder of a record that was made before.
pub fn elsewhere(ui: &mut Ui, view: &mut View<'_>, welcome: &Welcome) {
    head(
        ui,
        "Open a record you have",
        "Its folder holds a file named VAULT.json. It may lie on this computer, a stick or a \
         network drive.",
    );
    let wrong = welcome.notice.as_ref().map(ToString::to_string);
    let folder = Field::new("Folder of the record")
        .large()
        .error(wrong.as_deref())
        .show(ui, &mut view.inputs.door.folder);
    if just_opened(ui, Id::unique("welcome, elsewhere")) {
        folder.request_focus();
    }
    let look = Button::primary("Look in this folder").large().icon(Icon::FolderOpen);
    let (go, back, restore) = buttons(ui, look, Some("Back"), |ui| {
        ui.add(Button::quiet("Restore from a backup")).clicked()
    });
    if restore {
        view.out.push(Action::Door(DoorAction::UseBackup(true)));
    }
    if go.clicked() || entered(ui, &folder) {
        folder.request_focus();
        view.out.push(Action::Door(DoorAction::Folder));
    }
    if back {
        view.inputs.door.elsewhere = false;
    }
}

/// The password, twice.
pub fn password(ui: &mut Ui, view: &mut View<'_>, welcome: &Welcome) {
    head(
        ui,
        "Choose a password",
        "Four or more unrelated words are easier to remember and harder to guess than symbols.",
    );
    if let Some(notice) = &welcome.notice {
        let words = format!("{} {}", notice.safe, notice.to_do);
        let other = Banner::error(&notice.happened).words(&words).show_with(ui, |ui| {
            ui.add(Button::secondary("Choose another folder").small()).clicked()
        });
        if other {
            view.out.push(Action::Door(DoorAction::Previous));
        }
        ui.add_space(Space::S.pts());
    }
    let door = &mut view.inputs.door;
    let id = Id::unique("welcome, password");
    let typed = NewPassword {
        id,
        label: "Password",
        again_label: "Type it once more",
        known: &door.your_name,
        tried: welcome.tried,
        large: true,
    }
    .show(ui, &mut door.password, &mut door.again, &mut door.judged);
    if just_opened(ui, Id::unique("welcome, password")) {
        new_password::focus(ui, id);
    }
    ui.add_space(Space::S.pts());
    Banner::information("")
        .icon(Icon::Key)
        .words(
            "Nobody can reset this password, including us and your IT team. Next you will get a \
             recovery sheet to keep somewhere safe.",
        )
        .show(ui);
    let words = if welcome.busy { "Making your record…" } else { "Make my record" };
    let main = Button::primary(words).large().cannot_yet(welcome.busy);
    let (go, back, ()) = buttons(ui, main, (!welcome.busy).then_some("Back"), |_| {});
    if welcome.busy {
        return;
    }
    if go.clicked() || typed.entered {
        typed.focus_what_is_missing(ui);
        view.out.push(Action::Door(DoorAction::Next));
    }
    if back {
        view.out.push(Action::Door(DoorAction::Previous));
    }
}
