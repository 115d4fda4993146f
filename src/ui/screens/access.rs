//! What stands beside everything that is held about a person before it leaves: that private notes
//! go, the hold, and whose details are taken out.

use egui::Ui;

use super::{leaves, requests};
use crate::app::Action;
use crate::app::access::{Detail, HeldPage};
use crate::app::keeping::{Form, KeepingAction};
use crate::app::letter::LetterAction;
use crate::app::state::Open;
use crate::export::access::TAKEN_OUT;
use crate::model::text::{count, long_date};
use crate::ui::View;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::toggle;

/// That this is the place where private notes leave.
pub fn warning(ui: &mut Ui) {
    Banner::error("Private notes leave with this.")
        .words(
            "It is the one page that takes them out. Read every line. Ask whoever deals with data \
             protection where you work before it goes.",
        )
        .icon(Icon::EyeSlash)
        .unannounced()
        .show(ui);
}

/// What else there is to know and to decide.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, held: &HeldPage) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    if held.waits > 0 {
        let lead = match held.waits {
            1 => "1 conversation is still being read.".to_owned(),
            n => format!("{n} conversations are still being read."),
        };
        Banner::attention(&lead).words("It can be saved once all are here.").show(ui);
    }
    elsewhere(ui, held);
    hold(ui, view, open, held);
    hairline(ui);
    requests::on_page(ui, view, open, held.person);
    hairline(ui);
    details(ui, view, held);
}

/// Where the name stands in what is filed under somebody else, or under nobody.
fn elsewhere(ui: &mut Ui, held: &HeldPage) {
    const MOST: usize = 3;
    let number = held.elsewhere.len();
    if number == 0 {
        return;
    }
    let lead = match number {
        1 => "Their name stands in 1 more record, which is not in this:".to_owned(),
        n => format!("Their name stands in {n} more records, which are not in this:"),
    };
    leaves::fact(ui, Icon::ShieldWarning, true, &lead, &some_of(&held.elsewhere, MOST));
}

/// The first few of a list, and how many more there are.
fn some_of(list: &[String], most: usize) -> String {
    let shown: Vec<&str> = list.iter().take(most).map(String::as_str).collect();
    match list.len().checked_sub(most) {
        None | Some(0) => shown.join("; "),
        Some(more) => format!("{}; and {more} more", shown.join("; ")),
    }
}

/// While somebody asks, nothing may be erased.
fn hold(ui: &mut Ui, view: &mut View<'_>, open: &Open, held: &HeldPage) {
    let Some(person) = open.journal.person(held.person) else { return };
    if let Some(hold) = &person.hold {
        let lead = format!("On hold since {}.", long_date(hold.since));
        leaves::fact(ui, Icon::PushPin, false, &lead, "Nothing about them can be erased");
        return;
    }
    let lead = "No hold stands.";
    let rest = "While a request is open, nothing about them should be erased";
    leaves::fact(ui, Icon::PushPin, true, lead, rest);
    let name = format!("Put {} on hold", person.called());
    let button = Button::secondary("Put on hold…").small().name(&name);
    if open.read_only.is_none() && ui.add(button).clicked() {
        view.out.push(Action::Keeping(KeepingAction::Ask(Form::Hold(held.person))));
    }
}

/// What may point to somebody else: each stays, or is taken out.
fn details(ui: &mut Ui, view: &mut View<'_>, held: &HeldPage) {
    text::heading(ui, Level::Group, "Other people’s details");
    if held.details.is_empty() {
        text::hint(
            ui,
            "No obvious detail of somebody else was found. Read it once more: a check can miss \
             things.",
        );
        return;
    }
    text::hint(
        ui,
        &format!(
            "Tick what to take out. “{TAKEN_OUT}” then stands in its place. A check can miss \
             things, and other forms of a name."
        ),
    );
    for detail in &held.details {
        row(ui, view, detail);
    }
}

fn row(ui: &mut Ui, view: &mut View<'_>, detail: &Detail) {
    const MOST: usize = 2;
    let mut out = view.inputs.letter.taken_out.contains(&detail.words);
    let name = format!("Take out “{}”", detail.words);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if toggle::checkbox_named(ui, &mut out, &detail.words, &name).changed() {
            let wish = LetterAction::TakeOut(detail.words.clone(), out);
            view.out.push(Action::Letter(wish));
        }
        let places = some_of(&detail.places, MOST);
        text::small(ui, &format!("{}. {places}", detail.what));
    });
}

/// What stays in, to be agreed to before it leaves.
pub fn left_in(ui: &mut Ui, view: &mut View<'_>, left: usize) {
    if left == 0 {
        return;
    }
    let lead = match left {
        1 => "1 detail stays in.".to_owned(),
        n => format!("{} stay in.", count(n, "detail")),
    };
    if view.inputs.letter.goes_anyway {
        leaves::fact(ui, Icon::ShieldWarning, true, &lead, "You have looked at each");
        if ui.add(Button::quiet("Ask me again").small()).clicked() {
            view.inputs.letter.goes_anyway = false;
        }
        return;
    }
    let words = "Whether they may go is for you to decide.";
    Banner::attention(&lead).words(words).show_with(ui, |ui| {
        if ui.add(Button::secondary("I have looked at each").small()).clicked() {
            view.inputs.letter.goes_anyway = true;
            ui.ctx().request_repaint();
        }
    });
}
