//! The time really spent, as it runs, and the button that stops it.

use egui::Ui;

use super::Editor;
use crate::app::Action;
use crate::app::action::SessionAction;
use crate::model::text::long_date;
use crate::ui::theme::Icon;
use crate::ui::widgets::{IconButton, page, text};

impl Editor<'_> {
    /// Whole minutes spent in it up to now.
    pub(super) fn minutes_spent(&self) -> u16 {
        let spent = self.draft.spent(self.state.now.timestamp());
        u16::try_from(spent.as_secs() / 60).unwrap_or(u16::MAX)
    }

    /// Whether the time is stopped by hand.
    fn is_stopped(&self) -> bool {
        self.inputs.stopped.contains(&self.draft.id)
    }

    /// How long it is going on or took: "18 of 40 min", "36 min", or the day.
    pub(super) fn time_words(&self) -> String {
        let session = &self.draft.session;
        let template = self.state.library.get(&session.template.id);
        let planned = template.map(|template| template.minutes.1);
        match (session.finished, session.minutes) {
            (Some(_), Some(minutes)) => format!("{minutes} min"),
            (Some(_), None) => long_date(session.date),
            (None, _) if !self.editable => long_date(session.date),
            (None, _) => {
                let spent = self.minutes_spent();
                let stopped = if self.is_stopped() { ", stopped" } else { "" };
                match planned {
                    Some(planned) => format!("{spent} of {planned} min{stopped}"),
                    None => format!("{spent} min{stopped}"),
                }
            }
        }
    }

    /// The words for stopping the time or going on with it, and the wish.
    pub(super) fn time_switch(&self) -> (Icon, &'static str, Action) {
        let stopped = self.is_stopped();
        let wish = Action::Session(SessionAction::Time(stopped));
        if stopped {
            (Icon::Play, "Go on counting the time", wish)
        } else {
            (Icon::Pause, "Stop counting the time", wish)
        }
    }
}

/// The time with its button.
pub fn row(ui: &mut Ui, editor: &mut Editor<'_>) {
    let words = editor.time_words();
    if !editor.editable {
        text::small(ui, &words);
        return;
    }
    page::row_of_height(ui, 32.0, |ui| {
        text::small(ui, &words);
        let (icon, words, wish) = editor.time_switch();
        if ui.add(IconButton::new(icon, words)).clicked() {
            editor.out.push(wish);
        }
    });
}
