//! The reflection that is read.

use egui::{Align, Frame, Layout, Margin, Rect, ScrollArea, Ui};

use super::{banner, open_id, written};
use crate::app::Action;
use crate::app::action::SessionAction;
use crate::app::educator::{EducatorAction, year_to};
use crate::app::letter::{LetterAction, Topic};
use crate::app::reflection::{ReflectionAction, link_words, linked_to};
use crate::app::state::Open;
use crate::model::text::{count, long_date};
use crate::model::{Id, Layer, Session};
use crate::ui::View;
use crate::ui::screens::find;
use crate::ui::screens::session::{links, read};
use crate::ui::theme::{Icon, Space, Type, tokens};
use crate::ui::widgets::{Button, Chip, Level, Tag, layer, page, text};

/// The box for finding, when it is open; gives the room that is left for the page.
pub fn look_for(ui: &mut Ui, view: &mut View<'_>, session: &Session, place: Rect) -> Rect {
    let (bar, rest) = find::split(view.inputs.find.as_ref(), place);
    if let Some(find) = &mut view.inputs.find {
        let texts: Vec<String> = written(session).map(|(_, words)| words).collect();
        if find::bar(ui, bar, find, texts.iter().map(String::as_str)) {
            view.inputs.find = None;
            ui.memory_mut(|memory| memory.request_focus(open_id()));
        }
    }
    rest
}

/// The chosen reflection, to be read.
pub fn show(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (id, session): (Id, &Session),
    alone: bool,
) {
    let side = if alone { 16 } else { 44 };
    ScrollArea::vertical().id_salt(("reading", id)).auto_shrink(false).show(ui, |ui| {
        let margin = Margin { left: side, right: side, top: 22, bottom: 40 };
        Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            page::at_most(ui, tokens().measure.journal_max_width, |ui| {
                ui.spacing_mut().item_spacing.y = Space::L.pts();
                if alone && ui.add(Button::quiet("Back").icon(Icon::ArrowLeft)).clicked() {
                    view.inputs.journal = None;
                }
                head(ui, view, open, id, session);
                banner(ui);
                answers(ui, view, session);
                belongs_to(ui, view, open, id, session);
                foot(ui, view, open, id, session);
            });
        });
    });
}

fn head(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id, session: &Session) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        ui.horizontal_top(|ui| {
            let words = if session.finished.is_some() { "Open" } else { "Go on writing" };
            let button = Button::secondary(words).icon(Icon::PencilSimple).id(open_id());
            let room = ui.available_width() - button.measure(ui) - Space::L.pts();
            page::at_most(ui, room, |ui| text::heading(ui, Level::Title, &session.title));
            let right = Layout::right_to_left(Align::Min);
            ui.with_layout(right, |ui| {
                if open.read_only.is_none() && ui.add(button).clicked() {
                    view.out.push(Action::Session(SessionAction::Open(id)));
                }
            });
        });
        ui.horizontal_wrapped(|ui| {
            ui.set_row_height(tokens().control.height_small);
            ui.add(Chip::new(Layer::Private));
            ui.add(Tag::new(long_date(session.date)));
            if let Some(minutes) = session.minutes {
                ui.add(Tag::new(format!("{minutes} minutes")));
            }
            for tag in &session.tags {
                let name = format!("Show all with the tag {tag}");
                let button = Button::quiet(tag).icon(Icon::Tag).small().name(&name);
                if ui.add(button).clicked() {
                    view.inputs.reflecting.tag = Some(tag.clone());
                    ui.ctx().request_repaint();
                }
            }
        });
    });
}

/// What was written; questions without an answer are left out.
fn answers(ui: &mut Ui, view: &mut View<'_>, session: &Session) {
    if written(session).next().is_none() {
        text::secondary(ui, "Nothing is written yet.");
    }
    for (number, (asked, words)) in written(session).enumerate() {
        let mut marks = Vec::new();
        let bring_up = find::marks(&mut view.inputs.find, number, &mut marks);
        layer::edged(ui, asked.layer, |ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            text::heading(ui, Level::Prompt, &asked.prompt.text);
            read::show(ui, &words, Type::Prose, &marks, bring_up);
        });
    }
}

/// What it is linked to, and what is linked to it.
fn belongs_to(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id, session: &Session) {
    let linked: Vec<Id> = session.links.clone();
    let back = linked_to(&open.journal, id).map(|(id, _)| id);
    let today = view.state.today();
    let all = linked.into_iter().chain(back);
    let all: Vec<(Id, String)> =
        all.filter_map(|id| Some((id, link_words(&open.journal, id, today)?))).collect();
    if all.is_empty() {
        return;
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        text::heading(ui, Level::Prompt, "Belongs to");
        for (id, words) in all {
            if ui.push_id(id, |ui| links::way(ui, &words)).inner.clicked() {
                links::go_to(view.inputs, view.out, open, id);
            }
        }
    });
}

/// How long it is, and what can be done with it.
fn foot(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id, session: &Session) {
    let words: usize = written(session).map(|(_, it)| it.split_whitespace().count()).sum();
    if words == 0 || open.journal.is_short(id) {
        return;
    }
    text::small(ui, &count(words, "word"));
    if open.read_only.is_some() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let share = Button::ghost("Share parts…").icon(Icon::Users).small();
        if !open.journal.people().is_empty() && ui.add(share).clicked() {
            view.out.push(Action::Reflection(ReflectionAction::Share(id)));
        }
        let period = year_to(view.state.today());
        let is_own = session.finished.is_some() && session.person.is_none();
        let fits = is_own && session.date >= period.from && super::aside::has_own_year(open);
        let appraisal = Button::ghost("Use in my appraisal…").icon(Icon::FileArrowUp).small();
        if fits && ui.add(appraisal).clicked() {
            view.out.push(Action::Letter(LetterAction::Show(Topic::Year(period))));
            view.out.push(Action::Educator(EducatorAction::Choose(id, true)));
        }
    });
}
