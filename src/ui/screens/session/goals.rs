//! The goals of the person, on top of every conversation until they are reached.

use egui::Ui;

use super::Editor;
use crate::app::Action;
use crate::app::action::SessionAction;
use crate::model::{Kind, Layer, carry};
use crate::ui::theme::Space;
use crate::ui::widgets::{card, layer, text, toggle};

/// Draws those that are not reached, and those that were today.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>) {
    if editor.draft.kind != Kind::Session || editor.draft.session.finished.is_some() {
        return;
    }
    let open = editor.open;
    let person = editor.draft.session.person.and_then(|id| open.journal.person(id));
    let today = editor.today();
    let goals = person.into_iter().flat_map(|it| it.goals.iter().enumerate());
    let shown = goals.filter(|(_, goal)| goal.is_open() || goal.done == Some(today));
    let shown: Vec<_> = shown.collect();
    if shown.is_empty() {
        return;
    }
    card::card_of_rows(ui, |ui| {
        for (at, (place, goal)) in shown.into_iter().enumerate() {
            if at > 0 {
                card::hairline(ui);
            }
            ui.add_space(Space::Xs.pts());
            let mut reached = goal.done.is_some();
            let label = format!("Goal reached: {}", goal.text);
            if editor.editable {
                if toggle::checkbox(ui, &mut reached, &label).changed() {
                    let reach = SessionAction::Reach(place, reached);
                    editor.out.push(Action::Session(reach));
                }
            } else {
                text::strong(ui, &goal.text);
            }
            let since = format!("Set {}.", carry::ago(goal.since, today));
            text::small(ui, format!("{since} {}", goal.progress).trim());
            if goal.layer == Layer::Private {
                layer::words(ui, goal.layer, goal.layer.words());
            }
            ui.add_space(Space::Xs.pts());
        }
    });
}
