//! How a pairing stands, on the pages of the person and of the plan, and the ways on.

use egui::Ui;

use super::day;
use crate::app::pairing::{PairingAction, Stands};
use crate::app::state::Open;
use crate::app::{Action, Screen};
use crate::model::{Id, Person};
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_of_rows, hairline};
use crate::ui::widgets::{setting, text};

/// How it stands in words; nothing where there is nothing to tell.
fn words(view: &View<'_>, open: &Open, id: Id) -> Option<String> {
    let now = &view.state.now;
    Some(match open.stands_with(id) {
        Stands::Not => return None,
        Stands::Invited(at) => {
            format!("Invitation given on {}, waiting for the reply", day(*at, now))
        }
        Stands::Paired(both) if both.checked => {
            format!("Paired face to face on {}", day(both.since, now))
        }
        Stands::Paired(_) => "Paired, words not compared yet".to_owned(),
    })
}

/// The way on from how it stands; nothing where all is done.
fn way_on(open: &Open, id: Id) -> Option<&'static str> {
    match open.stands_with(id) {
        Stands::Not => None,
        Stands::Invited(_) => Some("Go on"),
        Stands::Paired(both) => (!both.checked).then_some("Compare"),
    }
}

fn go(view: &mut View<'_>, screen: Screen) {
    view.out.push(Action::Go(screen));
}

/// A line with how it stands and the way on, where there is something to tell.
pub fn line(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let Some(words) = words(view, open, id) else { return };
    ui.horizontal_wrapped(|ui| {
        let p = theme::of(ui);
        let size = IconSize::Button.pts();
        let (mark, _) = ui.allocate_exact_size(egui::Vec2::splat(size), egui::Sense::hover());
        Icon::Handshake.paint(ui.painter(), mark.center(), size, p.text2);
        text::show(ui, &words, Type::Body, p.text2);
        let Some(on) = way_on(open, id) else { return };
        let name = match on {
            "Compare" => format!("Compare four words with {}", person.called()),
            _ => format!("Go on pairing with {}", person.called()),
        };
        if ui.add(Button::secondary(on).small().name(&name)).clicked() {
            go(view, Screen::Pair(id));
        }
    });
}

/// The same beside a plan, with the offer to pair where the two are not.
pub fn offer(ui: &mut Ui, view: &mut View<'_>, open: &Open, who: (Id, &Person)) {
    if *open.stands_with(who.0) != Stands::Not {
        line(ui, view, open, who);
        return;
    }
    let words = format!("Pair with {}…", who.1.called());
    let pair = Button::ghost(&words).icon(Icon::Handshake);
    if open.read_only.is_none() && ui.add(pair).clicked() {
        go(view, Screen::Pair(who.0));
    }
}

/// The card of the person's page: pairing, and stopping it.
pub fn card(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let writable = open.read_only.is_none();
    let name = person.called();
    card_of_rows(ui, |ui| {
        let stands = words(view, open, id);
        let hint = stands.as_deref().unwrap_or("Not paired. Pair when you meet, to write together");
        let (words, said) = match open.stands_with(id) {
            Stands::Not => ("Pair…", format!("Pair with {name}")),
            Stands::Paired(both) if both.checked => {
                ("Look at it", format!("Look at the pairing with {name}"))
            }
            _ => ("Go on…", format!("Go on with the pairing with {name}")),
        };
        setting::row(ui, Icon::Handshake, ("Pairing", hint), 110.0, |ui| {
            let button = Button::secondary(words).small().name(&said);
            if writable && ui.add(button).clicked() {
                go(view, Screen::Pair(id));
            }
        });
        hairline(ui);
        let (title, hint, words, wish) = match open.stands_with(id) {
            Stands::Paired(_) => (
                "Stop pairing",
                "Their files can no longer be opened here. What came before stays",
                "Stop pairing…",
                Action::Pairing(PairingAction::AskStop(Some(id))),
            ),
            Stands::Invited(_) => (
                "Take the invitation back",
                "Its file and its words no longer count",
                "Take back…",
                Action::Pairing(PairingAction::AskStop(Some(id))),
            ),
            Stands::Not => (
                "An invitation from them",
                "Open the file that you were given",
                "Open…",
                Action::Go(Screen::Join(Some(id))),
            ),
        };
        setting::row(ui, Icon::FolderOpen, (title, hint), 130.0, |ui| {
            let said = match open.stands_with(id) {
                Stands::Not => format!("Open an invitation from {name}…"),
                _ => format!("{words} {name}"),
            };
            let button = Button::secondary(words).small().name(&said);
            if writable && ui.add(button).clicked() {
                view.out.push(wish.clone());
            }
        });
    });
}
