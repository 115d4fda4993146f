//! What came from the people one writes with, and what waits to be decided with them.

use egui::Ui;
use jiff::tz::TimeZone;

use crate::app::Action;
use crate::app::exchanging::ExchangeAction;
use crate::app::shared_folder::{FolderAction, HeldUp};
use crate::app::state::Open;
use crate::model::Id;
use crate::model::text::{count, day_and_month};
use crate::ui::View;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_of_rows, hairline};
use crate::ui::widgets::setting;
use crate::ui::widgets::text::{self, Level};

/// Room for the button at the right.
const BUTTON: f32 = 96.0;

/// A line, and where it leads.
struct Line {
    icon: Icon,
    title: String,
    hint: String,
    button: &'static str,
    wish: Action,
}

/// Whether there is anything.
pub fn is_any(open: &Open) -> bool {
    !lines(open).is_empty()
}

/// Draws it, where there is something.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let lines = lines(open);
    if lines.is_empty() {
        return;
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Section, "Between you and others");
        card_of_rows(ui, |ui| {
            for (at, line) in lines.into_iter().enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                let name = format!("{}: {}", line.button, line.title);
                ui.push_id((at, &line.title), |ui| {
                    setting::row(ui, line.icon, (&line.title, &line.hint), BUTTON, |ui| {
                        let button = Button::secondary(line.button).small().name(&name);
                        if ui.add(button).clicked() {
                            view.out.push(line.wish.clone());
                        }
                    });
                });
            }
        });
    });
}

fn lines(open: &Open) -> Vec<Line> {
    let exchange = &open.exchange;
    let name = |id: &Id| open.journal.person(*id).map(|person| person.name.as_str());
    let mut lines = Vec::new();
    for (id, found) in &exchange.folders.found {
        let (Some(name), Some(waiting)) = (name(id), &found.waiting) else { continue };
        let made = waiting.made.to_zoned(TimeZone::system());
        let (day, hour, minute) = (day_and_month(made.date()), made.hour(), made.minute());
        lines.push(Line {
            icon: Icon::FolderOpen,
            title: format!("{name} sent {}", count(waiting.changes, "change")),
            hint: format!(
                "Made on {day} at {hour:02}:{minute:02}. In your shared folder, not taken in yet"
            ),
            button: "Look",
            wish: Action::Folder(FolderAction::Look(waiting.path.clone())),
        });
    }
    for (id, fields) in exchange.undecided.iter().filter(|(_, fields)| **fields > 0) {
        let Some(name) = name(id) else { continue };
        lines.push(Line {
            icon: Icon::GitMerge,
            title: format!("{name} and you both changed {}", count(*fields, "field")),
            hint: "Your own words stand until you choose, now or at your next meeting".to_owned(),
            button: "Choose",
            wish: Action::Exchange(ExchangeAction::Decide(*id)),
        });
    }
    for (id, why) in &exchange.folders.held_up {
        let Some(name) = name(id) else { continue };
        let hint = match why {
            HeldUp::Unchecked => "The four words are not compared, so nothing goes by itself",
            HeldUp::Found => "Something in it may point to somebody else. Look before it goes",
            HeldUp::NotWritten => "It could not be put into the shared folder. Nothing was sent",
        };
        lines.push(Line {
            icon: Icon::PaperPlaneTilt,
            title: format!("What is new for {name} waits for you"),
            hint: hint.to_owned(),
            button: "Look",
            wish: Action::Exchange(ExchangeAction::Compose(*id)),
        });
    }
    lines
}
