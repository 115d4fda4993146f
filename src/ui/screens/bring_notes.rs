//! Notes from another program's file: everything that would come in, before anything does.

use egui::{Id as WidgetId, Ui};

use crate::app::brought::{Brought, BroughtIn};
use crate::app::notes::{ComingNotes, Line, NotesAction};
use crate::app::packs::PacksAction;
use crate::app::state::Open;
use crate::app::{Action, Command};
use crate::model::Layer;
use crate::model::text::{count, long_date};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::card::{card_of_rows, hairline};
use crate::ui::widgets::page;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Banner, Button, Chip, Tag, choice};

/// Notes that are listed at once.
const PAGE: usize = 30;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    match &open.shelf.notes {
        Some(coming) => {
            page::foot(ui, "bring notes in", |ui| buttons(ui, view, open, coming));
            page::page(ui, |ui| preview(ui, view, open, coming));
        }
        None => page::page(ui, |ui| choose(ui, view, open)),
    }
}

/// The page before a file is chosen, and after one came in.
fn choose(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let brought = open.brought.as_ref().filter(|brought| brought.what == Brought::Notes);
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Title, "Bring notes in");
    page::prose(ui, |ui| {
        if let Some(brought) = brought {
            last(ui, view, open, brought);
        }
        text::body(
            ui,
            "Text, Markdown, Word (.docx), jrnl and Day One. Choose a file, or drop it on the \
             window. You see all of it before anything comes in.",
        );
        text::lead(
            ui,
            "All of it becomes private.",
            "Each note becomes a reflection in your journal. What is here already is left as it \
             is, and the whole import can be taken back until you lock.",
        );
        if open.read_only.is_some() {
            let words = "This record can only be read just now, so nothing can be brought in.";
            text::small(ui, words);
            return;
        }
        ui.add_space(Space::S.pts());
        let words = "Choose a file…";
        let button = match brought {
            None => Button::primary(words),
            Some(_) => Button::secondary(words),
        };
        let asking = open.shelf.asking || open.shelf.reading;
        let choose = ui.add(button.icon(Icon::FolderOpen).cannot_yet(asking));
        if brought.is_none() && page::just_opened(ui.ctx(), WidgetId::unique("choose notes")) {
            choose.request_focus();
        }
        if choose.clicked() {
            view.out.push(Action::Packs(PacksAction::Choose));
        }
    });
}

/// What the last import did, and the button that takes it back.
fn last(ui: &mut Ui, view: &mut View<'_>, open: &Open, brought: &BroughtIn) {
    let words = brought.told(&open.journal);
    let lead = format!("Brought in from {}.", brought.name);
    let banner = Banner::information(&lead).words(&words).icon(Icon::CheckCircle);
    banner.show_with(ui, |ui| {
        let journal = ui.add(Button::secondary("See them in the journal").small());
        if page::just_opened(ui.ctx(), WidgetId::unique("brought in")) {
            journal.request_focus();
        }
        if journal.clicked() {
            view.out.push(Action::Do(Command::Journal));
        }
        let back = Button::secondary("Take this import back").small();
        if ui.add(back.icon(Icon::ArrowUUpLeft)).clicked() {
            view.out.push(Action::Notes(NotesAction::TakeBack));
        }
    });
    ui.add_space(Space::S.pts());
}

fn preview(ui: &mut Ui, view: &mut View<'_>, open: &Open, coming: &ComingNotes) {
    let (new, known) = coming.counts(&view.inputs.notes, &open.journal);
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Title, &format!("Bring in {}?", count(new, "note")));
    ui.horizontal_wrapped(|ui| {
        ui.add(Chip::new(Layer::Private));
        let file =
            format!("{} file {}. Nothing of it is here yet.", coming.format().words(), coming.name);
        text::small(ui, &file);
    });
    if coming.whole.is_some() {
        ui.add_space(Space::Xs.pts());
        let ways = [(false, "A note for each date"), (true, "All as one note")];
        choice::segmented(ui, "How it comes in", &mut view.inputs.notes.one_note, &ways);
    }
    let mut said = coming.chosen(&view.inputs.notes).said.clone();
    if known > 0 {
        let (is, stays) = if known == 1 { ("is", "it stays") } else { ("are", "they stay") };
        let words = format!("{} {is} here already: {stays} as before.", count(known, "note"));
        said.insert(0, words);
    }
    if !said.is_empty() {
        page::prose(ui, |ui| {
            Banner::information("Before you decide.").words(&said.join(" ")).show(ui);
        });
    }
    list(ui, view, open, coming);
}

fn list(ui: &mut Ui, view: &mut View<'_>, open: &Open, coming: &ComingNotes) {
    let most = PAGE * (view.inputs.notes.more + 1);
    let lines = coming.lines(&view.inputs.notes, &open.journal, most);
    if lines.is_empty() {
        text::secondary(ui, "There is nothing in it that can be brought in.");
        return;
    }
    page::at_most(ui, 860.0, |ui| {
        card_of_rows(ui, |ui| {
            for (at, line) in lines.iter().enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                ui.push_id(at, |ui| row(ui, line));
            }
        });
    });
    let rest = coming.chosen(&view.inputs.notes).notes.len() - lines.len();
    if rest > 0 {
        ui.horizontal_wrapped(|ui| {
            text::small(ui, &format!("{} more.", count(rest, "note")));
            if ui.add(Button::quiet("Show more").small()).clicked() {
                view.inputs.notes.more += 1;
                ui.ctx().request_repaint();
            }
        });
    }
}

/// A note: its day, its title, how it begins.
fn row(ui: &mut Ui, line: &Line) {
    let p = theme::of(ui);
    let ink = if line.known { p.text2 } else { p.text };
    ui.add_space(Space::S.pts());
    ui.spacing_mut().item_spacing.y = Space::Xs.pts();
    ui.horizontal_wrapped(|ui| {
        ui.add(match line.dated {
            true => Tag::new(long_date(line.date)),
            false => Tag::attention("No date: today"),
        });
        if line.known {
            ui.add(Tag::new("Here already"));
        }
    });
    text::lines(ui, &line.title, Type::Strong, ink, 2);
    if line.begins != line.title {
        text::lines(ui, &line.begins, Type::Hint, p.text2, 2);
    }
    ui.add_space(Space::S.pts());
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, open: &Open, coming: &ComingNotes) {
    let (new, _) = coming.counts(&view.inputs.notes, &open.journal);
    let cannot = new == 0 || open.read_only.is_some();
    let words = match (open.read_only.is_some(), new) {
        (true, _) => "Nothing can be brought in just now".to_owned(),
        (false, 0) => "Nothing new to bring in".to_owned(),
        (false, new) => format!("Bring in {}", count(new, "note")),
    };
    let bring = ui.add(Button::primary(&words).cannot_yet(cannot));
    if page::just_opened(ui.ctx(), WidgetId::unique("bring notes in")) {
        bring.request_focus();
    }
    if bring.clicked() && !cannot {
        view.out.push(Action::Notes(NotesAction::BringIn));
    }
    let other = Button::secondary("Choose another file…").icon(Icon::FolderOpen);
    if ui.add(other.cannot_yet(open.shelf.asking)).clicked() {
        view.out.push(Action::Packs(PacksAction::Choose));
    }
    if ui.add(Button::ghost("Not now")).clicked() {
        view.out.push(match open.back.is_empty() {
            true => Action::Do(Command::Journal),
            false => Action::Do(Command::Back),
        });
    }
}
