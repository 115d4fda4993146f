//! Meetings that the year asks for now, each with a button that starts it.

use egui::Ui;

use crate::app::action::SessionAction;
use crate::app::state::Open;
use crate::app::today::AskedFor;
use crate::app::{Action, Command};
use crate::model::cycle::{Expected, Standing};
use crate::ui::View;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_of_rows, hairline};
use crate::ui::widgets::setting;
use crate::ui::widgets::text::{self, Level};

/// Meetings that are shown; the rest is on the pages of their people.
const SHOWN: usize = 5;
/// Room for the button at the right.
const BUTTON: f32 = 96.0;

/// Draws them. `lead` makes the first button the primary one, and says whether it takes the focus.
pub fn show(
    ui: &mut Ui,
    view: &mut View<'_>,
    (open, asked): (&Open, &[AskedFor]),
    mut lead: Option<bool>,
) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Section, "Meetings of the year");
        card_of_rows(ui, |ui| {
            for (at, one) in asked.iter().take(SHOWN).enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                ui.push_id((one.person, &one.expected.code, at), |ui| {
                    row(ui, view, open, one, lead.take());
                });
            }
        });
        if let Some(more @ 1..) = asked.len().checked_sub(SHOWN) {
            let words = format!("{more} more under People");
            if ui.add(Button::quiet(&words)).clicked() {
                view.out.push(Action::Do(Command::People));
            }
        }
    });
}

fn row(ui: &mut Ui, view: &mut View<'_>, open: &Open, one: &AskedFor, lead: Option<bool>) {
    let label = format!("{}, {}", one.name, words(&one.expected));
    let icon = match one.expected.standing {
        Standing::Late { .. } => Icon::Clock,
        _ => Icon::CalendarBlank,
    };
    setting::row(ui, icon, (&label, &one.expected.words), BUTTON, |ui| {
        if open.read_only.is_some() {
            return;
        }
        let name = format!("Start: {}, {}", one.name, one.expected.title);
        let button = match lead {
            Some(_) => Button::primary("Start"),
            None => Button::secondary("Start"),
        };
        let button = ui.add(button.small().icon(Icon::Play).name(&name));
        if lead == Some(true) {
            button.request_focus();
        }
        if button.clicked() {
            let template = one.expected.template.clone();
            let person = Some(one.person);
            view.out.push(Action::Session(SessionAction::Start { template, person }));
        }
    });
}

/// The title, with the post that it belongs to: "End of placement, acute medicine".
pub fn words(one: &Expected) -> String {
    match one.post.as_str() {
        "" => one.title.clone(),
        post => format!("{}, {post}", one.title),
    }
}
