//! Packs: those in the library, the page of one, a file before it is taken in, and making one.

mod coming;
mod contents;
mod leaving;
mod making;

use egui::{Id as WidgetId, Ui};

pub use coming::show as coming;

use super::library_tabs;
use crate::app::action::LibraryAction;
use crate::app::packs::PacksAction;
use crate::app::state::Open;
use crate::app::{Action, Command, Screen};
use crate::library::Sort;
use crate::library::packs::Contents;
use crate::model::Pack;
use crate::model::own::Added;
use crate::model::text::count;
use crate::ui::View;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::card::{ListRow, card_of_list, hairline};
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Button, page};

/// The words of the button that asks for a file.
const BRING_IN: &str = "Bring in a pack or template…";

/// Draws the list of packs.
pub fn list(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let own = open.journal.own().clone();
    let packs: Vec<&Pack> = own.packs().map(|(_, pack)| pack).collect();
    let writable = open.read_only.is_none();
    page::page(ui, |ui| {
        library_tabs::show(ui, view, Command::Packs);
        ui.add_space(Space::M.pts());
        text::heading(ui, Level::Title, "Packs");
        text::secondary(
            ui,
            "Templates, modules and lists in one file, to pass from colleague to colleague.",
        );
        ui.add_space(Space::M.pts());
        if packs.is_empty() {
            empty(ui, view, writable);
        } else {
            rows(ui, view, &packs);
            ui.add_space(Space::M.pts());
        }
        if writable {
            buttons(ui, view, !packs.is_empty());
        }
    });
}

fn empty(ui: &mut Ui, view: &mut View<'_>, writable: bool) {
    let words = "When a colleague sends you one, you see all of it before it is taken in.";
    let bring = Button::primary(BRING_IN).icon(Icon::TrayArrowDown).id(bring_id());
    let button = if writable { bring } else { Button::secondary("See all templates") };
    let pressed = page::empty(ui, "No packs yet", words, button);
    focus_when_opened(ui, &pressed);
    if pressed.clicked() {
        view.out.push(if writable {
            Action::Packs(PacksAction::Choose)
        } else {
            Action::Do(Command::Templates)
        });
    }
    ui.add_space(Space::M.pts());
}

fn bring_id() -> WidgetId {
    WidgetId::unique("bring in a pack")
}

fn focus_when_opened(ui: &Ui, button: &egui::Response) {
    if page::just_opened(ui.ctx(), WidgetId::unique("packs")) {
        button.request_focus();
    }
}

fn rows(ui: &mut Ui, view: &mut View<'_>, packs: &[&Pack]) {
    card_of_list(ui, |ui| {
        let last = packs.len().saturating_sub(1);
        for (at, pack) in packs.iter().enumerate() {
            if at > 0 {
                hairline(ui);
            }
            let detail = match pack.by.as_str() {
                "" => format!("Version {}", pack.version),
                by => format!("Version {}. Remarks and faults to {by}", pack.version),
            };
            let end = counts(pack);
            let row = ListRow::new(&pack.title).detail(&detail).end(&end).icon(Icon::Archive);
            if row.in_card(at == 0, at == last).show(ui).clicked() {
                view.out.push(Action::Go(Screen::Packs(Some(pack.id.clone()))));
            }
        }
    });
}

/// "2 templates, 1 list".
fn counts(pack: &Pack) -> String {
    let counts = [
        (pack.templates.len(), "template"),
        (pack.modules.len(), "module"),
        (pack.lists.len(), "list"),
    ];
    let counts = counts.into_iter().filter(|(number, _)| *number > 0);
    counts.map(|(number, noun)| count(number, noun)).collect::<Vec<_>>().join(", ")
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, bring_in: bool) {
    ui.horizontal_wrapped(|ui| {
        if bring_in {
            let bring = Button::primary(BRING_IN).icon(Icon::TrayArrowDown).id(bring_id());
            let bring = ui.add(bring);
            focus_when_opened(ui, &bring);
            if bring.clicked() {
                view.out.push(Action::Packs(PacksAction::Choose));
            }
        }
        let make = Button::secondary("Make a pack to pass on…").icon(Icon::PaperPlaneTilt);
        if ui.add(make).clicked() {
            view.out.push(Action::Packs(PacksAction::Make(None)));
        }
    });
    text::hint(ui, "You can also drop a file on this window.");
}

/// Draws the page of a pack.
pub fn page(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: &str) {
    let own = open.journal.own().clone();
    let pack = own.packs().find(|(_, pack)| pack.id == id).map(|(_, pack)| pack);
    page::page(ui, |ui| {
        library_tabs::show(ui, view, Command::Packs);
        ui.add_space(Space::M.pts());
        let Some(pack) = pack else {
            let button = Button::primary("See all packs");
            let words = "It is no longer in your library.";
            if page::empty(ui, "This pack is not here", words, button).clicked() {
                view.out.push(Action::Go(Screen::Packs(None)));
            }
            return;
        };
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        let contents = Contents::of(pack, None);
        text::heading(ui, Level::Title, &pack.title);
        text::small(ui, &format!("Version {}. {}.", pack.version, counts(pack)));
        page::prose(ui, |ui| contents::facts(ui, &contents));
        if open.read_only.is_none() {
            of_one(ui, view, pack);
        }
        let unfolded = &mut view.inputs.pack.unfolded;
        if let Some((sort, entry)) = contents::parts(ui, &contents, unfolded, true) {
            view.out.push(open_it(sort, format!("{id}/{entry}")));
        }
    });
}

fn of_one(ui: &mut Ui, view: &mut View<'_>, pack: &Pack) {
    ui.horizontal_wrapped(|ui| {
        let pass_on = Button::secondary("Pass on again…").icon(Icon::PaperPlaneTilt);
        if ui.add(pass_on).clicked() {
            view.out.push(Action::Packs(PacksAction::PassOn(pack.id.clone())));
        }
        let take_out = Button::secondary("Take out").icon(Icon::Trash);
        let take_out = take_out.name("Take this pack out of my library");
        if ui.add(take_out).clicked() {
            let wish = PacksAction::TakeOut(Added::Pack, pack.id.clone());
            view.out.push(Action::Packs(wish));
        }
    });
    text::hint(
        ui,
        "Taking it out leaves nothing of it here. Conversations held with it keep their questions \
         and answers.",
    );
}

/// What shows a thing of the library, by its id there.
fn open_it(sort: Sort, id: String) -> Action {
    match sort {
        Sort::Template => Action::Library(LibraryAction::Choose(id)),
        Sort::Module => Action::Go(Screen::Learning(Some(id))),
        Sort::List => Action::Go(Screen::Lists(Some(id))),
        Sort::Pack => Action::Go(Screen::Packs(Some(id))),
    }
}

/// Draws the making of a pack, or what leaves when it is made.
pub fn make(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    match &open.shelf.leaving {
        Some(leaving) => leaving::show(ui, view, open, leaving),
        None => making::show(ui, view, open),
    }
}
