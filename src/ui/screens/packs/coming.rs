//! A file that was looked into: everything in it, or why it can't be used. Nothing of it is in
//! the library until the person says so.

use egui::{Id as WidgetId, Ui};

use super::contents;
use crate::app::packs::{Coming, Found, PacksAction, Refused};
use crate::app::state::Open;
use crate::app::{Action, Command, Screen};
use crate::model::Body;
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::card::{card_of_rows, hairline};
use crate::ui::widgets::page;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Banner, Button};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    match &open.shelf.coming {
        Some(Coming { name, found: Ok(found) }) => {
            page::foot(ui, "bring in", |ui| buttons(ui, view, open, found));
            page::page(ui, |ui| whole(ui, view, name, found));
        }
        Some(Coming { name, found: Err(refused) }) => {
            page::page(ui, |ui| cannot(ui, view, open, name, refused));
        }
        None if open.shelf.reading => {
            page::page(ui, |ui| text::secondary(ui, "Looking into the file…"));
        }
        None => {
            page::page(ui, |ui| {
                let button = Button::primary("See all packs");
                let words = "A file is shown here before it is taken in.";
                if page::empty(ui, "No file to look at", words, button).clicked() {
                    view.out.push(Action::Do(Command::Packs));
                }
            });
        }
    }
}

fn whole(ui: &mut Ui, view: &mut View<'_>, name: &str, found: &Found) {
    let contents = found.staged.contents();
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Title, &contents.title);
    text::small(ui, &format!("In the file {name}. Nothing of it is taken in yet."));
    page::prose(ui, |ui| {
        contents::facts(ui, contents);
        let words = "It is text alone, so it can do nothing by itself.";
        let words = match found.staged.body() {
            Body::List(_) => format!("{words} You can go back to the list before at any time."),
            _ => format!("{words} It stands beside what comes with Cairn and changes none of it."),
        };
        text::secondary(ui, &words);
    });
    if let Some(replaces) = &contents.replaces {
        Banner::attention("You have this already.").words(replaces).show(ui);
    }
    contents::parts(ui, contents, &mut view.inputs.pack.unfolded, false);
}

/// The one button that takes it in.
fn buttons(ui: &mut Ui, view: &mut View<'_>, open: &Open, found: &Found) {
    if open.read_only.is_some() {
        text::small(ui, "This record can only be read just now, so nothing can be taken in.");
        return;
    }
    let words = match found.staged.body() {
        Body::List(_) => "Use this list",
        _ => "Bring in",
    };
    let bring = ui.add(Button::primary(words));
    if page::just_opened(ui.ctx(), WidgetId::unique("bring in")) {
        bring.request_focus();
    }
    if bring.clicked() {
        view.out.push(Action::Packs(PacksAction::BringIn));
    }
    if ui.add(Button::ghost("Not now")).clicked() {
        view.out.push(back(open));
    }
}

/// To where one came from, or to the packs.
fn back(open: &Open) -> Action {
    Action::Do(if open.back.is_empty() { Command::Packs } else { Command::Back })
}

fn cannot(ui: &mut Ui, view: &mut View<'_>, open: &Open, name: &str, refused: &Refused) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Title, "This file cannot be used");
    text::small(ui, name);
    problems(ui, refused);
    ui.add_space(Space::S.pts());
    ui.horizontal_wrapped(|ui| {
        let again = ui.add(Button::primary("Choose another file…").icon(Icon::FolderOpen));
        if page::just_opened(ui.ctx(), WidgetId::unique("refused")) {
            again.request_focus();
        }
        if again.clicked() {
            view.out.push(Action::Packs(PacksAction::Choose));
        }
        let (words, back) = match &open.shelf.list {
            Some(list) => ("Back to the list", Action::Go(Screen::Lists(Some(list.clone())))),
            None if open.shelf.for_people => ("Back to people", Action::Do(Command::People)),
            None => ("Back to packs", Action::Do(Command::Packs)),
        };
        if ui.add(Button::ghost(words)).clicked() {
            view.out.push(back);
        }
    });
}

/// What happened, and each thing to mend with its place.
pub fn problems(ui: &mut Ui, refused: &Refused) {
    Banner::error("").words(&refused.lead).show(ui);
    if refused.problems.is_empty() {
        return;
    }
    let p = theme::of(ui);
    card_of_rows(ui, |ui| {
        for (at, problem) in refused.problems.iter().enumerate() {
            if at > 0 {
                hairline(ui);
            }
            ui.add_space(Space::S.pts());
            text::show(ui, &problem.place, Type::HintStrong, p.text);
            text::show(ui, &sentence(&problem.what), Type::Hint, p.text);
            ui.add_space(Space::S.pts());
        }
    });
}

/// The words with a capital at their beginning: elsewhere they follow the place.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
