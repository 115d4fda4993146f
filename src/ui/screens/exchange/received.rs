//! A file from somebody, in plain words, before anything of it is taken in.

use egui::{TextEdit, Ui};
use jiff::tz::TimeZone;

use super::told;
use crate::app::Action;
use crate::app::exchanging::{ExchangeAction, Opened};
use crate::app::state::Open;
use crate::model::text::count;
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::card::card;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Banner, Button, page};

const WIDEST: f32 = 760.0;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    if let Some(opened) = &open.exchange.coming {
        page::foot(ui, "take in", |ui| buttons(ui, view, open, opened));
    }
    page::page(ui, |ui| {
        page::at_most(ui, WIDEST, |ui| {
            ui.spacing_mut().item_spacing.y = Space::S.pts();
            match (&open.exchange.coming, &open.exchange.refused) {
                (Some(opened), _) => preview(ui, open, opened),
                (None, Some(notice)) => {
                    text::heading(ui, Level::Title, "This file could not be used");
                    let words = format!("{} {}", notice.safe, notice.to_do);
                    Banner::attention(&notice.happened).words(&words).show(ui);
                    another(ui, view);
                }
                (None, None) if open.exchange.busy => {
                    text::heading(ui, Level::Title, "A file from somebody");
                    text::secondary(ui, "It is being opened. Nothing is taken in yet.");
                }
                (None, None) => {
                    text::heading(ui, Level::Title, "Open what somebody sent");
                    text::secondary(ui, "You see what is in it first. Nothing is taken in yet.");
                    another(ui, view);
                }
            }
        });
    });
}

/// The ways to open a file: the dialog, and words that came in a message.
fn another(ui: &mut Ui, view: &mut View<'_>) {
    let choose = Button::primary("Choose a file…").icon(Icon::FolderOpen);
    if ui.add(choose).clicked() {
        view.out.push(Action::Exchange(ExchangeAction::Choose));
    }
    text::hint(ui, "You can also drop it on this window.");
    ui.add_space(Space::M.pts());
    text::heading(ui, Level::Group, "Or paste it");
    let pasted = &mut view.inputs.exchange.pasted;
    let edit = TextEdit::multiline(pasted)
        .desired_rows(4)
        .desired_width(f32::INFINITY)
        .font(theme::font(Type::Small));
    let field = ui.add(edit);
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("The text of the file"));
    let empty = pasted.trim().is_empty();
    if ui.add(Button::secondary("Open it").cannot_yet(empty)).clicked() && !empty {
        view.out.push(Action::Exchange(ExchangeAction::OpenText));
    }
}

fn preview(ui: &mut Ui, open: &Open, opened: &Opened) {
    let coming = &opened.coming;
    let known = open.journal.person(coming.person);
    let name = known.map_or(coming.pair.their_name.as_str(), |person| person.name.as_str());
    let called = known.map_or(name, |person| person.called());
    text::heading(ui, Level::Title, &format!("A file from {name}"));
    let made = coming.made.to_zoned(TimeZone::system());
    let when = format!(
        "{} at {:02}:{:02}",
        crate::model::text::long_date(made.date()),
        made.hour(),
        made.minute()
    );
    if coming.is_known() {
        text::body(ui, &format!("Made on {when}. Nothing in it is new."));
        text::secondary(ui, "You have taken in all of it before, or it was yours.");
        return;
    }
    let changes: usize = coming.things.iter().map(|thing| thing.rows.len()).sum();
    let words = format!("Made on {when}. {}. Nothing is taken in yet.", count(changes, "change"));
    text::secondary(ui, &words);
    if opened.changed_since {
        Banner::attention("Something changed while you looked.")
            .words("This is how it would be taken in now. Look at it once more.")
            .show(ui);
    }
    let both = coming.undecided();
    if both > 0 {
        let lead = format!("You both changed {}.", count(both, "field"));
        let words = format!(
            "Nothing of either is lost. Your own words stand until you choose, now or with \
             {called} at your next meeting."
        );
        Banner::attention(&lead).words(&words).show(ui);
    }
    ui.add_space(Space::S.pts());
    for thing in &coming.things {
        card(ui, |ui| {
            text::heading(ui, Level::Section, &thing.title);
            told::show(ui, thing, Some(called));
        });
    }
    text::hint(ui, "What was there before stays in History.");
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, open: &Open, opened: &Opened) {
    let known = opened.coming.is_known();
    let can = open.read_only.is_none() && !open.exchange.busy;
    let words = if known { "Close" } else { "Take it in" };
    if ui.add(Button::primary(words).cannot_yet(!known && !can)).clicked() {
        let wish = if known { ExchangeAction::NotNow } else { ExchangeAction::TakeIn };
        if known || can {
            view.out.push(Action::Exchange(wish));
        }
    }
    if !known && ui.add(Button::secondary("Not now")).clicked() {
        view.out.push(Action::Exchange(ExchangeAction::NotNow));
    }
}
