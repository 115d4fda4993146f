//! Shortcuts, where things are, and what Cairn can and can't keep from others.

use egui::Ui;

use crate::app::Command;
use crate::app::command::Group;
use crate::app::role::Words;
use crate::app::state::Open;
use crate::ui::View;
use crate::ui::theme::{self, Space, Type};
use crate::ui::widgets::{Banner, Level, card, page, text};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    page::page(ui, |ui| {
        text::heading(ui, Level::Title, "Help");
        ui.add_space(Space::Xs.pts());
        let half = (ui.available_width() - Space::Xl.pts()) / 2.0;
        let dir = view.state.dir.display().to_string();
        let words = open.words();
        page::two_column(ui, half, |ui| shortcuts(ui, words), |ui| about(ui, &dir, words));
    });
}

/// Every command that has keys, from the same list that reads them.
fn shortcuts(ui: &mut Ui, words: Words) {
    card::card(ui, |ui| {
        let p = theme::of(ui);
        text::heading(ui, Level::Section, "Shortcuts");
        for group in Group::ALL {
            ui.add_space(Space::S.pts());
            text::heading_in(ui, Level::Group, group.words(), p.text2);
            for command in Command::ALL.into_iter().filter(|command| command.group() == group) {
                if let Some(keys) = command.shortcut() {
                    line(ui, words.command(command), &keys.to_string());
                }
            }
        }
        ui.add_space(Space::S.pts());
        text::hint(ui, "Each of these also has a button. On a Mac, Ctrl is the Command key.");
    });
}

fn line(ui: &mut Ui, words: &str, keys: &str) {
    let p = theme::of(ui);
    page::row(
        ui,
        |ui| text::show(ui, words, Type::Body, p.text),
        |ui| text::show(ui, keys, Type::Strong, p.text2),
    );
}

fn about(ui: &mut Ui, dir: &str, words: Words) {
    part(ui, "Where your record lies", |ui| {
        text::strong(ui, dir);
        text::body(
            ui,
            "It stays in this folder and is sent nowhere. To move it or to keep a copy, lock \
             Cairn and copy the whole folder.",
        );
    });
    part(ui, "What is encrypted, and what shows", |ui| {
        text::body(
            ui,
            "Everything you write is encrypted: names, notes, actions, dates and settings. Nobody \
             reads it without your password or the recovery sheet.",
        );
        text::body(
            ui,
            "Someone who can look into the folder still sees how many files there are, their \
             rough sizes and when they were written. A summary that you save as a file is not \
             encrypted.",
        );
    });
    Banner::private("Not secret from the law.").words(words.not_secret()).show(ui);
    ui.add_space(Space::M.pts());
    if words.is_doctor() {
        part(ui, "How to ask to see what is held about you", |ui| {
            text::body(
                ui,
                "You can ask your supervisor to see what they hold about you, their private notes \
                 as well. Any form of words counts: say it, or write it.",
            );
            text::body(
                ui,
                "They have one calendar month to answer. Some parts may be left out, for example \
                 what would tell of somebody else.",
            );
        });
    }
    part(ui, "This program", |ui| {
        text::body(
            ui,
            concat!("Cairn ", env!("CARGO_PKG_VERSION"), ". It is free to use and to change."),
        );
        text::body(
            ui,
            "It may be used under the MIT or the Apache 2.0 licence. The typeface is Atkinson \
             Hyperlegible Next, under the SIL Open Font License. The icons are Phosphor, under the \
             MIT licence.",
        );
        text::body(ui, "Cairn is independent of the NHS. Do not record patient details.");
    });
}

fn part(ui: &mut Ui, title: &str, words: impl FnOnce(&mut Ui)) {
    card::card(ui, |ui| {
        text::heading(ui, Level::Section, title);
        words(ui);
    });
    ui.add_space(Space::M.pts());
}
