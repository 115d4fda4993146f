//! What the owner thinks of a template or a module: a star, what worked, a rating, a comment.

use egui::{Id as WidgetId, Ui};

use crate::app::Action;
use crate::app::action::LibraryAction;
use crate::app::inputs::Marking;
use crate::app::state::Open;
use crate::model::text::long_date;
use crate::model::{Layer, Mark};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::{
    Answer, Button, Chip, Field, IconButton, Level, choice, layer, page, text,
};

/// The button that gives a star or takes it.
pub fn star(ui: &mut Ui, view: &mut View<'_>, open: &Open, key: &str) {
    if open.read_only.is_some() {
        return;
    }
    let starred = is_starred(open, key);
    let (words, said) =
        if starred { ("Starred", "Starred. Take the star away") } else { ("Star", "Star") };
    if ui.add(Button::secondary(words).icon(Icon::Star).small().name(said)).clicked() {
        view.out.push(Action::Library(LibraryAction::Star(key.to_owned(), !starred)));
    }
}

/// Whether something has a star.
pub fn is_starred(open: &Open, key: &str) -> bool {
    open.journal.mark(key).is_some_and(|mark| mark.star)
}

/// Draws the rest: what worked, how useful it was, a comment.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, key: &str) {
    let mark = open.journal.mark(key).cloned().unwrap_or_default();
    let editable = open.read_only.is_none();
    if !editable && mark == Mark::default() {
        return;
    }
    turn_to(ui, view, key, &mark);
    ui.push_id(key, |ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        let p = theme::of(ui);
        page::row(
            ui,
            |ui| text::heading(ui, Level::Group, "What worked for me"),
            |ui| ui.add(Chip::new(Layer::Private)),
        );
        for (at, worked) in mark.worked.iter().enumerate() {
            let said = format!("{} {}", worked.text, long_date(worked.day));
            layer::edged(ui, Layer::Private, |ui| {
                let remove = |ui: &mut Ui| {
                    let name = format!("Remove the line: {}", worked.text);
                    if editable && ui.add(IconButton::new(Icon::X, &name)).clicked() {
                        let wish = LibraryAction::RemoveLine(key.to_owned(), at);
                        view.out.push(Action::Library(wish));
                    }
                };
                let width = ui.available_width() - 40.0;
                page::row(ui, |ui| text::block(ui, &said, Type::Hint, p.text2, width), remove);
            });
        }
        if mark.worked.is_empty() {
            text::hint(ui, "No notes yet. What worked when you tried it?");
        }
        if editable {
            line(ui, view);
            rating(ui, view, key, &mark);
            comment(ui, view, key);
        } else {
            read_only(ui, &mark);
        }
    });
}

/// Lets the fields stand for this mark. What is typed about another one is kept first.
fn turn_to(ui: &Ui, view: &mut View<'_>, key: &str, mark: &Mark) {
    let marking = &mut view.inputs.marking;
    let unkept = !marking.line.trim().is_empty() || marking.comment != marking.kept;
    if marking.of != key && unkept {
        view.out.push(Action::Library(LibraryAction::KeepTyped));
        ui.request_repaint();
    } else if marking.of != key {
        let kept = mark.comment.clone();
        let comment = kept.clone();
        *marking = Marking { of: key.to_owned(), comment, kept, ..Marking::default() };
    } else if marking.comment == marking.kept && marking.kept != mark.comment {
        // Another computer wrote it.
        marking.comment.clone_from(&mark.comment);
        marking.kept.clone_from(&mark.comment);
    }
}

fn line(ui: &mut Ui, view: &mut View<'_>) {
    if !view.inputs.marking.adding {
        if ui.add(Button::quiet("Add a line").icon(Icon::Plus).small()).clicked() {
            view.inputs.marking.adding = true;
            ui.memory_mut(|memory| memory.request_focus(line_id()));
        }
        return;
    }
    let field = Field::new("What worked").id(line_id());
    let field = field.show(ui, &mut view.inputs.marking.line);
    let entered = page::entered(ui, &field);
    let kept = ui.add(Button::secondary("Keep the line").small()).clicked();
    if entered || kept {
        view.out.push(Action::Library(LibraryAction::KeepTyped));
    }
}

fn line_id() -> WidgetId {
    WidgetId::unique("a line that worked")
}

fn rating(ui: &mut Ui, view: &mut View<'_>, key: &str, mark: &Mark) {
    const ENDS: (&str, &str) = ("Of no use", "Of great use");
    let p = theme::of(ui);
    text::show(ui, "How useful was it?", Type::Button, p.text);
    let mut rating = mark.rating;
    let chosen = choice::scale(ui, "How useful was it?", &mut rating, 1..=Mark::HIGHEST, ENDS);
    let mut changed = chosen.changed();
    if mark.rating.is_some() && ui.add(Button::ghost("Take the rating back").small()).clicked() {
        rating = None;
        changed = true;
    }
    if changed {
        view.out.push(Action::Library(LibraryAction::Rate(key.to_owned(), rating)));
    }
}

fn comment(ui: &mut Ui, view: &mut View<'_>, key: &str) {
    let p = theme::of(ui);
    text::show(ui, "Comment", Type::Button, p.text);
    let id = WidgetId::unique(("comment", key));
    let answer = Answer::new(id, "Comment").boxed().rows(2).kind(Type::Body);
    if answer.show(ui, &mut view.inputs.marking.comment).lost_focus() {
        view.out.push(Action::Library(LibraryAction::KeepTyped));
    }
}

fn read_only(ui: &mut Ui, mark: &Mark) {
    if let Some(rating) = mark.rating {
        text::hint(ui, &format!("How useful it was: {rating} of {}", Mark::HIGHEST));
    }
    if !mark.comment.is_empty() {
        text::lead(ui, "Comment.", &mark.comment);
    }
}
