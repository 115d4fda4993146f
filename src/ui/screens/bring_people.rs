//! People from a table: who would come in, row by row, before anybody does.

use egui::{Align, Id as WidgetId, Layout, Ui};

use super::packs;
use crate::app::brought::{Brought, BroughtIn};
use crate::app::intake_people::Standing;
use crate::app::newcomers::{
    BadRow, ComingPeople, EXAMPLE, KNOWN, Line, MAX_ROWS, NewcomersAction,
};
use crate::app::state::Open;
use crate::app::{Action, Command};
use crate::model::Person;
use crate::model::text::{count, long_date};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::card::{card, card_of_rows, hairline};
use crate::ui::widgets::page;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Banner, Button, Tag, toggle};

/// Rows that are listed at once.
const PAGE: usize = 40;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    match &open.shelf.people {
        Some(coming) => {
            page::foot(ui, "bring people in", |ui| buttons(ui, view, open, coming));
            page::page(ui, |ui| preview(ui, view, coming));
        }
        None if open.shelf.coming.is_some() || open.shelf.reading => packs::coming(ui, view, open),
        None => page::page(ui, |ui| choose(ui, view, open)),
    }
}

/// The page before a table is chosen, and after one came in.
fn choose(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let brought = open.brought.as_ref().filter(|brought| brought.what == Brought::People);
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Title, "Bring people in");
    page::prose(ui, |ui| {
        if let Some(brought) = brought {
            last(ui, view, open, brought);
        }
        let words = "From a table that a spreadsheet saved as CSV (UTF-8). Choose the file, or \
                     drop it on the window. You see every row before anybody comes in.";
        text::body(ui, words);
        text::lead(
            ui,
            "Nobody is joined with anybody.",
            "Whoever has a name that is taken stays out until you tick them. The whole import \
             can be taken back until you lock.",
        );
        if open.read_only.is_some() {
            let words = "This record can only be read just now, so nobody can be brought in.";
            text::small(ui, words);
            return;
        }
        ui.add_space(Space::Xs.pts());
        let words = "Choose a table…";
        let button = match brought {
            None => Button::primary(words),
            Some(_) => Button::secondary(words),
        };
        let choose = ui.add(button.icon(Icon::FolderOpen).cannot_yet(open.shelf.asking));
        if brought.is_none() && page::just_opened(ui.ctx(), WidgetId::unique("choose people")) {
            choose.request_focus();
        }
        if choose.clicked() {
            view.out.push(Action::Newcomers(NewcomersAction::Choose));
        }
        ui.add_space(Space::M.pts());
        example(ui);
    });
}

/// The columns, and a table to begin with.
fn example(ui: &mut Ui) {
    text::heading(ui, Level::Group, "The columns");
    text::body(
        ui,
        "The first row names the columns, in any order. Only “name” is needed. Commas, semicolons \
         or tabs stand between them; days are written the day first.",
    );
    text::small(ui, &format!("Known: {KNOWN}. At most {MAX_ROWS} rows."));
    let p = theme::of(ui);
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        text::heading_in(ui, Level::Group, "An example", p.text2);
        for line in EXAMPLE.lines() {
            text::show(ui, line, Type::Hint, p.text);
        }
        ui.add_space(Space::Xs.pts());
        let copy = Button::secondary("Copy the example").small().icon(Icon::Copy);
        if ui.add(copy).clicked() {
            ui.ctx().copy_text(EXAMPLE.to_owned());
        }
    });
}

/// What the last import did, and the button that takes it back.
fn last(ui: &mut Ui, view: &mut View<'_>, open: &Open, brought: &BroughtIn) {
    let lead = format!("Brought in from {}.", brought.name);
    let words = brought.told(&open.journal);
    let banner = Banner::information(&lead).words(&words).icon(Icon::CheckCircle);
    banner.show_with(ui, |ui| {
        let people = ui.add(Button::secondary("See them under People").small());
        if page::just_opened(ui.ctx(), WidgetId::unique("brought people in")) {
            people.request_focus();
        }
        if people.clicked() {
            view.out.push(Action::Do(Command::People));
        }
        let back = Button::secondary("Take this import back").small();
        if open.read_only.is_none() && ui.add(back.icon(Icon::ArrowUUpLeft)).clicked() {
            view.out.push(Action::Newcomers(NewcomersAction::TakeBack));
        }
    });
    ui.add_space(Space::S.pts());
}

fn preview(ui: &mut Ui, view: &mut View<'_>, coming: &ComingPeople) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    let chosen = Brought::People.count(coming.chosen(&view.inputs.newcomers));
    text::heading(ui, Level::Title, &format!("Bring in {chosen}?"));
    text::small(ui, &format!("Table {}. Nobody of it is here yet.", coming.name));
    let said = coming.said();
    if !said.is_empty() {
        page::prose(ui, |ui| {
            Banner::information("Before you decide.").words(&said.join(" ")).show(ui);
        });
    }
    let lines = coming.lines();
    let most = PAGE * (view.inputs.newcomers.more + 1);
    page::at_most(ui, 860.0, |ui| {
        card_of_rows(ui, |ui| {
            for (at, line) in lines.iter().take(most).enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                ui.push_id(at, |ui| match line {
                    Line::Row(line, person, standing) => {
                        row(ui, view, (*line, person), *standing);
                    }
                    Line::Bad(bad) => unreadable(ui, bad),
                });
            }
        });
    });
    if let Some(rest @ 1..) = lines.len().checked_sub(most) {
        ui.horizontal_wrapped(|ui| {
            text::small(ui, &format!("{} more.", count(rest, "row")));
            if ui.add(Button::quiet("Show more").small()).clicked() {
                view.inputs.newcomers.more += 1;
                ui.ctx().request_repaint();
            }
        });
    }
}

/// Somebody who can come in, or is here: the tick, how the row stands, what is known of them.
fn row(ui: &mut Ui, view: &mut View<'_>, (line, person): (u64, &Person), standing: Standing) {
    let p = theme::of(ui);
    ui.add_space(Space::Xs.pts());
    ui.spacing_mut().item_spacing.y = Space::Xs.pts();
    ui.with_layout(Layout::top_down(Align::Min), |ui| {
        if standing == Standing::Known {
            text::lines(ui, &person.name, Type::Strong, p.text2, 2);
        } else {
            let mut on = view.inputs.newcomers.wants(line, standing);
            if toggle::checkbox(ui, &mut on, &person.name).changed() {
                view.inputs.newcomers.chosen.insert(line, on);
                ui.ctx().request_repaint();
            }
        }
        ui.horizontal_wrapped(|ui| {
            ui.add(tag(standing));
            text::small(ui, &format!("Line {line}"));
        });
        let about = about(person);
        if !about.is_empty() {
            text::lines(ui, &about, Type::Hint, p.text2, 3);
        }
    });
    ui.add_space(Space::Xs.pts());
}

fn tag(standing: Standing) -> Tag {
    let words = standing.words();
    match standing {
        Standing::New => Tag::new(words).icon(Icon::UserPlus),
        Standing::Known => Tag::new(words).icon(Icon::Check),
        Standing::SameName(_) => Tag::attention(words),
    }
}

/// What the row says of a person, in one line.
fn about(person: &Person) -> String {
    let mut parts = vec![person.about()];
    let places = person.placements.iter().map(|one| match one.post == person.programme {
        true => one.site.clone(),
        false => one.words(),
    });
    parts.extend(places);
    parts.extend(person.arcp_date.map(|day| format!("ARCP {}", long_date(day))));
    parts.push(person.next_exam.clone());
    parts.retain(|part| !part.is_empty());
    parts.join(". ")
}

/// A row that stays out, and why.
fn unreadable(ui: &mut Ui, bad: &BadRow) {
    let p = theme::of(ui);
    ui.add_space(Space::Xs.pts());
    ui.spacing_mut().item_spacing.y = Space::Xs.pts();
    let name = if bad.name.is_empty() { "A row without a name" } else { &bad.name };
    text::lines(ui, name, Type::Strong, p.text2, 2);
    ui.horizontal_wrapped(|ui| {
        ui.add(Tag::attention("Cannot be read").icon(Icon::Warning));
        text::small(ui, &format!("Line {}", bad.line));
    });
    for why in &bad.why {
        text::lines(ui, &sentence(why), Type::Hint, p.text, 4);
    }
    ui.add_space(Space::Xs.pts());
}

/// The words as a sentence of their own.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let mut whole: String = letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default();
    if !whole.ends_with('.') {
        whole.push('.');
    }
    whole
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, open: &Open, coming: &ComingPeople) {
    let chosen = coming.chosen(&view.inputs.newcomers);
    let cannot = chosen == 0 || open.read_only.is_some();
    let words = match (open.read_only.is_some(), chosen) {
        (true, _) => "Nobody can be brought in just now".to_owned(),
        (false, 0) => "Nobody is chosen".to_owned(),
        (false, chosen) => format!("Bring in {}", Brought::People.count(chosen)),
    };
    let id = WidgetId::unique("bring people in");
    let bring = ui.add(Button::primary(&words).cannot_yet(cannot).id(id));
    if page::just_opened(ui.ctx(), WidgetId::unique("bring people in opened")) {
        bring.request_focus();
    }
    if bring.clicked() && !cannot {
        view.out.push(Action::Newcomers(NewcomersAction::BringIn));
    }
    let other = Button::secondary("Choose another table…").icon(Icon::FolderOpen);
    if ui.add(other.cannot_yet(open.shelf.asking)).clicked() {
        view.out.push(Action::Newcomers(NewcomersAction::Choose));
    }
    if ui.add(Button::ghost("Not now")).clicked() {
        view.out.push(match open.back.is_empty() {
            true => Action::Do(Command::People),
            false => Action::Do(Command::Back),
        });
    }
}
