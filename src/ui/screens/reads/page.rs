//! Every word that somebody can read, as it travelled, and what is shared here and waits.

use egui::Ui;

use super::standing_words;
use crate::app::Action;
use crate::app::keeping::{Form, KeepingAction};
use crate::app::reads::{Pages, Standing};
use crate::app::state::Open;
use crate::model::compare::Row;
use crate::model::{Id, Layer};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type, tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::card;
use crate::ui::widgets::{Level, layer, page, text};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id) {
    let Some(person) = open.journal.person(id) else { return };
    page::page(ui, |ui| {
        page::at_most(ui, tokens().measure.module_max_width, |ui| {
            ui.spacing_mut().item_spacing.y = Space::M.pts();
            let name = if open.words().is_doctor() { &person.name } else { person.called() };
            text::heading(ui, Level::Title, &format!("What {name} can read"));
            let pages = open.pages_of(id).unwrap_or_default();
            text::secondary(ui, &lead(pages, open.readers.pair(id).is_some()));
            let sent = Button::secondary("What was sent").icon(Icon::Receipt).small();
            let sent = ui.add(sent);
            if page::just_opened(ui.ctx(), egui::Id::unique(("what they can read", id))) {
                sent.request_focus();
            }
            if sent.clicked() {
                view.out.push(Action::Keeping(KeepingAction::Ask(Form::Sent(id))));
            }
            for (at, one) in pages.iter().enumerate() {
                ui.push_id(at, |ui| thing(ui, one));
            }
            text::small(
                ui,
                "A conversation also carries its day, its time and which template it is from. \
                 Private answers, notes in the margin, its title and its place never travel.",
            );
        });
    });
}

/// What stands on the page, in a sentence or two.
fn lead(pages: &[Pages], paired: bool) -> String {
    let sent = pages.iter().filter(|one| !one.theirs.is_empty()).count();
    let waits = pages.iter().filter(|one| !one.waits.is_empty()).count();
    let sent = match sent {
        0 => "Nothing was sent yet.".to_owned(),
        1 => "1 thing was sent. It stands here word for word.".to_owned(),
        n => format!("{n} things were sent. They stand here word for word."),
    };
    let waits = match waits {
        0 => String::new(),
        1 => " 1 is shared and waits to be sent.".to_owned(),
        n => format!(" {n} are shared and wait to be sent."),
    };
    let pair = if paired { "" } else { " You are not paired, so nothing can be sent." };
    format!("{sent}{waits}{pair}")
}

fn thing(ui: &mut Ui, one: &Pages) {
    let p = theme::of(ui);
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Group, &one.title);
        let waits = !matches!(one.standing, Standing::Sent(_));
        let ink = if waits { p.attn } else { p.text2 };
        text::show(ui, &standing_words(one.standing), Type::HintStrong, ink);
        for row in &one.theirs {
            words(ui, row);
        }
        if !one.waits.is_empty() {
            if !one.theirs.is_empty() {
                text::heading(ui, Level::Group, "Changed here, not sent");
            }
            for row in &one.waits {
                words(ui, row);
            }
        }
    });
}

/// A field: what it is called, and its words.
fn words(ui: &mut Ui, row: &Row) {
    let p = theme::of(ui);
    let said = row.after.as_deref().unwrap_or("(taken out)");
    let of = if row.layer() == Some(Layer::Arcp) { Layer::Arcp } else { Layer::Shared };
    layer::edged(ui, of, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.style_mut().interaction.selectable_labels = true;
        text::show(ui, &row.name, Type::Small, p.text2);
        text::body(ui, said);
    });
}
