//! The tabs at the head of the library: what it holds.

use egui::Ui;

use crate::app::{Action, Command};
use crate::ui::View;
use crate::ui::widgets::choice::tabs;

/// Draws them with one chosen: the command that opens it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, shown: Command) {
    let library = &view.state.library;
    let packs = view.state.open().map_or(0, |open| open.journal.own().packs().count());
    let all = [
        (Command::Templates, "Templates", Some(library.templates().len())),
        (Command::Learning, "Learning", Some(library.modules().len())),
        (Command::Packs, Command::Packs.text(), Some(packs)),
        (Command::Lists, Command::Lists.text(), Some(library.lists().len())),
        (Command::Coverage, Command::Coverage.text(), None),
    ];
    let mut chosen = shown;
    if tabs(ui, "Library", &mut chosen, &all).changed() {
        view.out.push(Action::Do(chosen));
    }
}
