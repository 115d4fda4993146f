//! What was sent about a person, or of a conversation: the receipts.

use egui::{Rect, Ui};

use super::in_drawer;
use crate::app::Action;
use crate::app::keeping::KeepingAction;
use crate::app::state::Open;
use crate::model::text::long_date;
use crate::model::{Id, Receipt};
use crate::review::Kind;
use crate::ui::View;
use crate::ui::screens::leaves;
use crate::ui::theme::{Space, tokens};
use crate::ui::widgets::card::card;
use crate::ui::widgets::{Button, Drawer, text};

/// The title of the drawer, and the words that lead to it.
const TITLE: &str = "What was sent";

/// Width of the labels of a receipt.
const LABEL: f32 = 104.0;

/// Draws the drawer over the page, which lies in `over`.
pub fn show(ui: &Ui, view: &mut View<'_>, open: &Open, (about, over): (Id, Rect)) {
    let mut close = false;
    let drawer = Drawer::new(TITLE, tokens().layout.erase_drawer).over_scrim();
    let zone = view.state.now.time_zone();
    let shown = drawer.show(ui, over, |ui, first| {
        let mut pressed = false;
        let mut foot = |ui: &mut Ui| {
            let done = ui.add(Button::secondary("Close the list"));
            if first {
                done.request_focus();
                ui.request_repaint();
            }
            pressed |= done.clicked();
        };
        close |= in_drawer(ui, TITLE, (60.0, &mut foot), |ui| {
            text::secondary(ui, &of_whom(open, about));
            let sent = open.journal.sent(about);
            if sent.is_empty() {
                text::body(ui, "Nothing was sent.");
            }
            for (id, receipt) in sent {
                let at = receipt.at.to_zoned(zone.clone());
                ui.push_id(id, |ui| one(ui, receipt, &at));
            }
        });
        close |= pressed;
    });
    if close || shown.close {
        view.out.push(Action::Keeping(KeepingAction::PutAway));
    }
}

fn of_whom(open: &Open, about: Id) -> String {
    match (open.journal.person(about), open.journal.held(about)) {
        (Some(person), _) => format!("About {}, the newest first.", person.name),
        (None, Some(held)) => {
            let day = long_date(held.session.date);
            format!("Of “{}”, {day}, the newest first.", held.session.title)
        }
        (None, None) => String::new(),
    }
}

/// One receipt. Its words can be marked and copied.
fn one(ui: &mut Ui, receipt: &Receipt, at: &jiff::Zoned) {
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        ui.style_mut().interaction.selectable_labels = true;
        text::strong(ui, &receipt.what);
        let when = format!("{}, {:02}:{:02}", long_date(at.date()), at.hour(), at.minute());
        let to = if receipt.to.is_empty() { "Not said" } else { &receipt.to };
        let file = if receipt.file.is_empty() { "None: it was copied" } else { &receipt.file };
        for (label, value) in
            [("When", when.as_str()), ("To", to), ("File", file), ("SHA-256", &receipt.sha256)]
        {
            if !value.is_empty() {
                leaves::labelled(ui, LABEL, label, value);
            }
        }
        for kept in &receipt.kept {
            let reason = if kept.reason.is_empty() { "no reason given" } else { &kept.reason };
            let what = Kind::by_id(&kept.kind).map_or("Something", Kind::title);
            let what = match kept.count() {
                1 => what.to_owned(),
                n => format!("{what}, {n} places"),
            };
            leaves::labelled(ui, LABEL, "Went as it is", &format!("{what}: {reason}"));
        }
    });
}
