//! How the career plan with a person stands, and the way to it.

use egui::Ui;

use super::part::inset;
use crate::app::plan::plan_with;
use crate::app::state::Open;
use crate::app::{Action, Screen};
use crate::model::plan::PlanField;
use crate::model::text::{count, long_date};
use crate::model::{Id, Layer, Person};
use crate::ui::View;
use crate::ui::screens::people::part::{Head, section};
use crate::ui::theme::Icon;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::text;

/// Draws the card.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let (_, plan) = plan_with(open, id);
    let head = Head {
        title: "Career plan",
        words: "You both write in it. Private notes beside it stay here.",
        layer: Some(Layer::Shared),
        edits: &[],
    };
    section(ui, (view, open), &head, |ui, view| {
        inset(ui, |ui| {
            let aims = [PlanField::Year5, PlanField::Year3, PlanField::Year1];
            for field in aims.into_iter().filter(|field| !plan.paras(*field).is_empty()) {
                text::small(ui, field.heading(plan.labels));
                text::body(ui, &plan.text(field));
            }
            if plan.is_empty() {
                let words = format!("Nobody has written in {}’s plan yet.", person.called());
                text::secondary(ui, &words);
            }
            if let Some(agreed) = plan.agreed() {
                let day = agreed.since().to_zoned(jiff::tz::TimeZone::system()).date();
                let words =
                    format!("Version {}, agreed by you both on {}", agreed.number, long_date(day));
                text::small(ui, &words);
            }
            let unseen = plan.unseen().len();
            if unseen > 0 {
                let words = format!("{} since you last saw it", count(unseen, "change"));
                text::strong(ui, &words);
            }
            let button = Button::secondary("Open the career plan").icon(Icon::Path);
            if ui.add(button).clicked() {
                view.out.push(Action::Go(Screen::Plan(id)));
            }
        });
    });
}
