//! A field that both changed: what each wrote, and what it is to say.

use egui::{TextEdit, Ui};

use super::super::history::words;
use crate::app::exchanging::{Both, Choice, ChoiceOf, ExchangeAction, ExchangeForm, Told};
use crate::app::state::Open;
use crate::app::{Action, Screen};
use crate::model::compare::{self, Fate};
use crate::model::{Id, Layer};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::card::card;
use crate::ui::widgets::choice::segmented;
use crate::ui::widgets::layer::{Chip, edged};
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::pebble::initials;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Banner, Button, PebbleSize, Tag, pebble};

const WIDEST: f32 = 1100.0;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, person: Id) {
    let called = open.journal.person(person).map_or("them", |person| person.called());
    let deciding = open.exchange.deciding.as_ref().filter(|it| it.person == person);
    let fields = deciding.map(|it| it.fields()).unwrap_or_default();
    let at = deciding.map_or(0, |it| it.at);
    let Some((told, both)) = fields.get(at) else {
        page::page(ui, |ui| {
            if deciding.is_some_and(|it| it.things.is_none()) {
                text::secondary(ui, "Looking for what you both changed.");
                return;
            }
            if let Some(notice) = deciding.and_then(|it| it.notice.as_ref()) {
                Banner::attention(&notice.happened).words(&notice.to_do).show(ui);
            }
            let words = "Everything that you both wrote is brought together.";
            if page::empty(ui, "Nothing to decide", words, Button::primary("Open the plan"))
                .clicked()
            {
                view.out.push(Action::Go(Screen::Plan(person)));
            }
        });
        return;
    };
    page::foot(ui, "decide", |ui| buttons(ui, view, open, both));
    page::page(ui, |ui| {
        page::at_most(ui, WIDEST, |ui| {
            ui.spacing_mut().item_spacing.y = Space::S.pts();
            let number = format!("{} of {}", at + 1, fields.len());
            page::row(
                ui,
                |ui| {
                    let title = format!("You both changed “{}”", both.name);
                    text::heading(ui, Level::Title, &title);
                },
                |ui| ui.add(Tag::new(number)),
            );
            let words = format!(
                "{}. You wrote on your own computers. Choose what it should say now.",
                told.title
            );
            text::secondary(ui, &words);
            if let Some(notice) = deciding.and_then(|it| it.notice.as_ref()) {
                Banner::attention(&notice.happened).words(&notice.to_do).show(ui);
            }
            ui.add_space(Space::S.pts());
            sides(ui, open, called, both);
            ui.add_space(Space::S.pts());
            choice(ui, view, called, both);
            ui.add_space(Space::M.pts());
            next(ui, called, told);
        });
    });
}

/// Both texts, side by side where there is room.
fn sides(ui: &mut Ui, open: &Open, called: &str, both: &Both) {
    let own = open.journal.settings().your_name;
    let mine = |ui: &mut Ui| side(ui, "You wrote", &initials(&own), (&both.mine, &both.theirs));
    let whose = format!("{called} wrote");
    let theirs = |ui: &mut Ui| side(ui, &whose, &initials(called), (&both.theirs, &both.mine));
    if Room::of(ui) >= Room::Medium {
        ui.columns(2, |columns| {
            mine(&mut columns[0]);
            theirs(&mut columns[1]);
        });
    } else {
        mine(ui);
        theirs(ui);
    }
}

/// One text, with what the other does not say marked.
fn side(ui: &mut Ui, whose: &str, initials: &str, (words, other): (&str, &str)) {
    card(ui, |ui| {
        ui.set_min_height(96.0);
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        ui.horizontal(|ui| {
            pebble::pebble(ui, initials, PebbleSize::Small);
            text::strong(ui, whose);
        });
        let pieces = compare::pieces(other, words);
        words::show(ui, &pieces, |fate| fate != Fate::Removed, Type::Body);
    });
}

fn choice(ui: &mut Ui, view: &mut View<'_>, called: &str, both: &Both) {
    let form = &mut view.inputs.exchange;
    let theirs = format!("{called}’s");
    let options = [
        (ChoiceOf::Mine, "Mine"),
        (ChoiceOf::Theirs, theirs.as_str()),
        (ChoiceOf::Both, "Both, for now"),
        (ChoiceOf::New, "Something new"),
    ];
    let before = form.choice;
    ui.horizontal_wrapped(|ui| {
        text::strong(ui, "It should say");
        segmented(ui, "It should say", &mut form.choice, &options);
    });
    if form.choice == ChoiceOf::New && before != ChoiceOf::New && form.wording.is_empty() {
        form.wording.clone_from(&both.theirs);
    }
    edged(ui, Layer::Shared, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        page::row(
            ui,
            |ui| text::heading(ui, Level::Group, "What it will say"),
            |ui| ui.add(Chip::new(Layer::Shared)),
        );
        if form.choice == ChoiceOf::New {
            let edit = TextEdit::multiline(&mut form.wording)
                .desired_rows(2)
                .desired_width(f32::INFINITY)
                .font(theme::font(Type::Body));
            let field = ui.add(edit);
            ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("What it will say"));
        } else {
            text::body(ui, &says(form, both));
        }
    });
}

/// What the field would say.
fn says(form: &ExchangeForm, both: &Both) -> String {
    match form.choice {
        ChoiceOf::Mine => both.mine.clone(),
        ChoiceOf::Theirs => both.theirs.clone(),
        ChoiceOf::Both => format!("{}\n{}", both.mine, both.theirs),
        ChoiceOf::New => form.wording.clone(),
    }
}

fn next(ui: &mut Ui, called: &str, told: &Told) {
    let p = theme::of(ui);
    text::heading(ui, Level::Group, "What happens next");
    let steps = [
        ("Now.", "Your record says this. Both earlier versions stay in History.".to_owned()),
        ("When you next send.", format!("It goes to {called}, with your other changes.")),
        (
            "On the other side.",
            format!("{called} reads it beside the words in “{}”, and can write again.", told.title),
        ),
    ];
    for (lead, rest) in steps {
        ui.horizontal_wrapped(|ui| {
            text::show(ui, lead, Type::Strong, p.text);
            text::show(ui, &rest, Type::Body, p.text2);
        });
    }
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, open: &Open, both: &Both) {
    let form = &view.inputs.exchange;
    let empty = form.choice == ChoiceOf::New && form.wording.trim().is_empty();
    let cannot = empty || open.read_only.is_some() || open.exchange.busy;
    let choice = match form.choice {
        ChoiceOf::Mine => Choice::Mine,
        ChoiceOf::Theirs => Choice::Theirs,
        ChoiceOf::Both => Choice::Both,
        ChoiceOf::New => Choice::New(says(form, both).trim().to_owned()),
    };
    if ui.add(Button::primary("Use this wording").cannot_yet(cannot)).clicked() && !cannot {
        view.out.push(Action::Exchange(ExchangeAction::Use(choice)));
    }
    let later = Button::secondary("Leave for our next meeting").icon(Icon::Clock);
    if ui.add(later).clicked() {
        view.out.push(Action::Exchange(ExchangeAction::Later));
    }
}
