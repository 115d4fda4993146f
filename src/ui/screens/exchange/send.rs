//! What is about to leave for a person: each thing with a tick, and the panel of every way out.

use egui::{Rect, Role, Ui, pos2};

use super::told;
use crate::app::exchanging::{ExchangeAction, Leaving, Told};
use crate::app::pairing::Stands;
use crate::app::shared_folder::FolderAction;
use crate::app::state::Open;
use crate::app::{Action, Screen};
use crate::export::preview::LayerCount;
use crate::model::text::count;
use crate::model::{Id, Layer, Person};
use crate::ui::View;
use crate::ui::screens::leaves;
use crate::ui::theme::{self, Icon, Space};
use crate::ui::widgets::card::card;
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::toggle::checkbox_named;
use crate::ui::widgets::{Banner, Button};

/// Width of the panel at the right, in points.
const SIDE: f32 = 344.0;
const WIDEST: f32 = 760.0;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, person: Id) {
    let leaving = open.exchange.leaving.as_ref().filter(|leaving| leaving.person == person);
    let (Some(known), Some(leaving)) = (open.journal.person(person), leaving) else {
        page::page(ui, |ui| {
            let words = "Look at what would leave before anything does.";
            if page::empty(ui, "Nothing is chosen", words, Button::primary("Look")).clicked() {
                view.out.push(Action::Exchange(ExchangeAction::Compose(person)));
            }
        });
        return;
    };
    if Room::of(ui) < Room::Wide {
        page::page(ui, |ui| {
            things(ui, view, known, leaving);
            ui.add_space(Space::L.pts());
            panel(ui, view, open, (known, leaving));
        });
        return;
    }
    let whole = ui.available_rect_before_wrap();
    let split = whole.right() - SIDE;
    let left = Rect::from_min_max(whole.min, pos2(split, whole.bottom()));
    let right = Rect::from_min_max(pos2(split, whole.top()), whole.max);
    page::region(ui, "What is new", Role::Main, left, |ui| {
        page::page(ui, |ui| page::at_most(ui, WIDEST, |ui| things(ui, view, known, leaving)));
    });
    ui.painter().rect_filled(right, 0.0, theme::of(ui).surface);
    page::region(ui, leaves::TITLE, Role::Complementary, right, |ui| {
        page::page(ui, |ui| panel(ui, view, open, (known, leaving)));
    });
}

fn things(ui: &mut Ui, view: &mut View<'_>, person: &Person, leaving: &Leaving) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    let called = person.called();
    text::heading(ui, Level::Title, &format!("Send to {called}"));
    text::secondary(
        ui,
        &format!(
            "What {called} has not confirmed yet. Only ticked things leave; the rest stays for a \
             later file. What is private to you is in none of them."
        ),
    );
    ui.add_space(Space::S.pts());
    let Some(things) = &leaving.things else {
        text::secondary(ui, "Looking for what is new.");
        return;
    };
    if things.is_empty() && leaving.notice.is_none() {
        text::body(ui, &format!("{called} has everything that you share."));
    }
    for thing in things {
        card(ui, |ui| {
            let mut ticked = leaving.ticked.contains(&thing.id);
            let name = format!("Send: {}", thing.title);
            if checkbox_named(ui, &mut ticked, &thing.title, &name).changed() {
                let tick = ExchangeAction::Tick(thing.id, ticked);
                view.out.push(Action::Exchange(tick));
            }
            if !thing.finished {
                text::hint(ui, "Still being written: it goes only when you tick it.");
            }
            told::show(ui, thing, None);
            if thing.rows.is_empty() {
                text::hint(ui, "No new words: it tells what you took in.");
            }
        });
    }
}

fn panel(ui: &mut Ui, view: &mut View<'_>, open: &Open, (person, leaving): (&Person, &Leaving)) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    let called = person.called();
    text::heading(ui, Level::Section, leaves::TITLE);
    let ticked = |thing: &&Told| leaving.ticked.contains(&thing.id);
    let things: Vec<&Told> = leaving.things.iter().flatten().filter(ticked).collect();
    let fields = |layer: Layer| {
        let rows = things.iter().flat_map(|thing| &thing.rows);
        rows.filter(|row| row.layer.1.or(row.layer.0).unwrap_or(Layer::Shared) == layer).count()
    };
    text::small(ui, &format!("{}, as you see them here.", count(things.len(), "ticked thing")));
    leaves::layer_rows(
        ui,
        &[
            leaving_of(Layer::Arcp, fields(Layer::Arcp), "a panel may read these too"),
            leaving_of(Layer::Shared, fields(Layer::Shared), "fields with new words"),
            leaving_of(Layer::Private, 0, "cannot be sent"),
        ],
    );
    ui.add_space(Space::S.pts());
    leaves::fact(
        ui,
        Icon::FileLock,
        false,
        "Encrypted file.",
        &format!("Only {called} can open it"),
    );
    leaves::fact(
        ui,
        Icon::Prohibit,
        false,
        "Sent cannot be called back.",
        "What you take back is in no later file",
    );
    found(ui, view, leaving);
    unchecked(ui, view, called, leaving);
    ui.add_space(Space::S.pts());
    if let Some(notice) = &leaving.notice {
        leaves::refused(ui, notice);
    } else if let Some((path, sha256)) = &leaving.written {
        Banner::information(&format!("Saved as {}", path.display()))
            .words(&format!(
                "Give it to {called} by e-mail, stick or shared folder. SHA-256 {sha256}"
            ))
            .show(ui);
    }
    leaves::receipt_line(ui);
    let held = !leaving.found.is_empty() && !leaving.found_anyway;
    let unchecked = !leaving.checked && !leaving.unchecked_anyway;
    let cannot = things.is_empty() || held || unchecked || open.read_only.is_some();
    let words = format!("Save the file for {called}…");
    let mut save = Button::primary(&words);
    if has_folder(open, leaving.person) {
        let put = Button::primary("Put it in the shared folder").fill_width().cannot_yet(cannot);
        if ui.add(put).clicked() && !cannot {
            view.out.push(Action::Folder(FolderAction::Write));
        }
        save = Button::secondary(&words);
    }
    if ui.add(save.fill_width().cannot_yet(cannot)).clicked() && !cannot {
        view.out.push(Action::Exchange(ExchangeAction::Write));
    }
    if ui.add(Button::secondary("Not now").fill_width()).clicked() {
        let back = open.journal.find_people(&person.name).first().map(|(id, _)| *id);
        view.out.push(Action::Go(back.map_or(Screen::Today, Screen::Plan)));
    }
}

/// Whether the two share a folder.
fn has_folder(open: &Open, person: Id) -> bool {
    matches!(open.stands_with(person), Stands::Paired(both) if both.folder.is_some())
}

fn leaving_of(layer: Layer, leaves: usize, words: &str) -> LayerCount {
    LayerCount { layer, leaves, words: words.to_owned() }
}

fn found(ui: &mut Ui, view: &mut View<'_>, leaving: &Leaving) {
    if leaving.found.is_empty() {
        let rest = "Read it once more: a check can miss things";
        leaves::fact(ui, Icon::ShieldCheck, false, "No obvious identifiers found.", rest);
        return;
    }
    let quoted: Vec<String> = leaving.found.iter().map(|words| format!("“{words}”")).collect();
    let quoted = quoted.join(", ");
    if leaving.found_anyway {
        leaves::fact(ui, Icon::ShieldWarning, true, "Goes as it is:", &quoted);
        if ui.add(Button::quiet("Ask me again").small()).clicked() {
            view.out.push(Action::Exchange(ExchangeAction::AsItIs(false)));
        }
        return;
    }
    let words = format!(
        "{quoted} may point to somebody. Change it where it was written, untick it, or send it as \
         it is."
    );
    Banner::attention("To settle first.").words(&words).show_with(ui, |ui| {
        if ui.add(Button::secondary("Send it as it is").small()).clicked() {
            view.out.push(Action::Exchange(ExchangeAction::AsItIs(true)));
        }
    });
}

fn unchecked(ui: &mut Ui, view: &mut View<'_>, called: &str, leaving: &Leaving) {
    if leaving.checked || leaving.things.is_none() || leaving.notice.is_some() {
        return;
    }
    if leaving.unchecked_anyway {
        leaves::fact(ui, Icon::ShieldWarning, true, "Not checked:", "you send it all the same");
        return;
    }
    let words = format!(
        "You and {called} have not compared your four words. Somebody could have got in between. \
         Compare them first, face to face."
    );
    Banner::attention("Not checked yet.").words(&words).show_with(ui, |ui| {
        if ui.add(Button::secondary("Send it all the same").small()).clicked() {
            view.out.push(Action::Exchange(ExchangeAction::Unchecked(true)));
        }
    });
}
