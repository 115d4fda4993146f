//! The next steps of a plan: actions like all others, with an owner and a day.

use egui::Ui;

use super::{Shown, field::initials_of, form, write_button};
use crate::app::Action as Wish;
use crate::app::Screen;
use crate::app::action::RecordAction;
use crate::app::inputs::PersonTab;
use crate::app::plan::PlanSpot;
use crate::model::date::near_date;
use crate::model::{Action, ActionState, Id, Layer, Owner};
use crate::ui::View;
use crate::ui::theme::Icon;
use crate::ui::widgets::pebble;
use crate::ui::widgets::tag::Tag;
use crate::ui::widgets::toggle::ActionRow;

/// The steps that came from the plan with this identity and that both read.
pub fn of<'a>(shown: &Shown<'a>, id: Id) -> impl Iterator<Item = (Id, &'a Action)> + use<'a> {
    let all = shown.open.journal.actions_with(shown.person.0).into_iter();
    all.filter(move |(_, action)| {
        action.from == Some(id) && action.layer != Layer::Private && !action.is_taken_out()
    })
}

/// Draws them, and the way to another one.
pub fn show(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>) {
    let today = view.state.today();
    let yours = pebble::initials(&shown.open.journal.settings().your_name);
    let theirs = initials_of(shown.person.1);
    for (id, action) in shown.id.into_iter().flat_map(|id| of(shown, id)) {
        let mut done = action.state == ActionState::Done;
        let owner = if action.owner == Owner::Me { &yours } else { &theirs };
        let row = ActionRow::new(&action.text).owner(owner);
        let row = match (action.days_late(today), action.due) {
            (Some(days), _) => row.when(Tag::late(days)),
            (None, Some(due)) => row.when(Tag::new(near_date(due, today))),
            (None, None) => row,
        };
        let pressed = ui.push_id(id, |ui| row.show(ui, &mut done)).inner;
        if pressed.ticked && shown.writable {
            let state = if done { ActionState::Done } else { ActionState::Open };
            view.out.push(Wish::Record(RecordAction::Settle(id, state)));
        }
        if pressed.opened {
            view.inputs.person_tab = PersonTab::Actions;
            view.out.push(Wish::Go(Screen::People(Some(shown.person.0))));
        }
    }
    if !form::show(ui, view, shown, &PlanSpot::Step) {
        write_button(ui, view, shown, (Icon::Plus, "Add a step", "Add a step"), PlanSpot::Step);
    }
}
