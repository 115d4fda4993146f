//! The lists: capabilities, outcomes, exams and others, with their dates and what is unsure in
//! them; and a person's own in the place of any.

use egui::{Id as WidgetId, Ui};

use super::library_tabs;
use crate::app::packs::{PacksAction, stands_for};
use crate::app::state::Open;
use crate::app::{Action, Command, Screen};
use crate::model::own::{Added, OWN};
use crate::model::text::{count, month_and_year};
use crate::model::{ListItem, ReferenceList};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::card::{ListRow, card_of_list, card_of_rows, hairline};
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Banner, Button};

/// Draws the list of lists.
pub fn list(ui: &mut Ui, view: &mut View<'_>) {
    let library = view.state.library.clone();
    page::page(ui, |ui| {
        library_tabs::show(ui, view, Command::Lists);
        ui.add_space(Space::M.pts());
        text::heading(ui, Level::Title, "Lists");
        text::secondary(
            ui,
            "What templates ask from, and what you look up. Each has its date and its sources, \
             and you can use your own instead.",
        );
        ui.add_space(Space::M.pts());
        card_of_list(ui, |ui| {
            let last = library.lists().len().saturating_sub(1);
            for (at, list) in library.lists().iter().enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                let detail = facts(list);
                let end = origin(view, list);
                let row = ListRow::new(&list.title).detail(&detail).end(&end);
                let row = row.icon(Icon::ListBullets).in_card(at == 0, at == last).show(ui);
                if at == 0 && page::just_opened(ui.ctx(), WidgetId::unique("lists")) {
                    row.request_focus();
                }
                if row.clicked() {
                    view.out.push(Action::Go(Screen::Lists(Some(list.id.clone()))));
                }
            }
        });
    });
}

/// "12 items. Checked October 2026. Part of it is unsure."
fn facts(list: &ReferenceList) -> String {
    let checked = month_and_year(&list.checked);
    let unsure = match unsure(list) {
        0 if list.unsure.is_empty() => String::new(),
        0 => " Part of it is unsure.".to_owned(),
        number => format!(" {} marked unsure.", count(number, "item")),
    };
    format!("{}. Checked {checked}.{unsure}", count(list.items.len(), "item"))
}

fn unsure(list: &ReferenceList) -> usize {
    list.items.iter().filter(|item| !item.unsure.is_empty()).count()
}

/// Whose it is, where it does not come with Cairn.
fn origin(view: &View<'_>, list: &ReferenceList) -> String {
    let Some(open) = view.state.open() else { return String::new() };
    let own = open.journal.own();
    match list.id.split_once('/') {
        Some((OWN, _)) => "Your own".to_owned(),
        Some((pack, _)) => {
            let pack = own.packs().find(|(_, known)| known.id == pack);
            pack.map(|(_, pack)| format!("From {}", pack.title)).unwrap_or_default()
        }
        None => stands_for(own, &list.id).map(|_| "Your own".to_owned()).unwrap_or_default(),
    }
}

/// Draws the page of a list.
pub fn page(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: &str) {
    let library = view.state.library.clone();
    page::page(ui, |ui| {
        library_tabs::show(ui, view, Command::Lists);
        ui.add_space(Space::M.pts());
        let Some(list) = library.list(id) else {
            let button = Button::primary("See all lists");
            let words = "It is no longer in your library.";
            if page::empty(ui, "This list is not here", words, button).clicked() {
                view.out.push(Action::Go(Screen::Lists(None)));
            }
            return;
        };
        ui.push_id(id, |ui| whole(ui, view, open, list));
    });
}

fn whole(ui: &mut Ui, view: &mut View<'_>, open: &Open, list: &ReferenceList) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Title, &list.title);
    let origin = origin(view, list);
    let origin = if origin.is_empty() { origin } else { format!("{origin}. ") };
    text::small(ui, &format!("{origin}{}", facts(list)));
    page::prose(ui, |ui| {
        text::body(ui, &list.about);
    });
    if open.read_only.is_none() {
        buttons(ui, view, open, list);
    }
    if !list.unsure.is_empty() {
        Banner::attention("Unsure.").words(&list.unsure).show(ui);
    }
    let mut from = 0;
    while let Some(first) = list.items.get(from) {
        let rest = list.items.get(from..).unwrap_or_default();
        let length = rest.iter().take_while(|item| item.group == first.group).count();
        ui.add_space(Space::S.pts());
        if !first.group.is_empty() {
            text::heading(ui, Level::Group, &first.group);
        }
        items(ui, rest.get(..length).unwrap_or_default());
        from += length.max(1);
    }
    ui.add_space(Space::S.pts());
    text::heading(ui, Level::Group, "Where it comes from");
    for source in &list.sources {
        text::small(ui, source);
    }
}

/// What can be done with it: one's own instead, or the built-in one again.
fn buttons(ui: &mut Ui, view: &mut View<'_>, open: &Open, list: &ReferenceList) {
    let replaces = view.state.built_in.list(&list.id).is_some();
    let own = stands_for(open.journal.own(), &list.id).is_some() && replaces;
    let of_own = list.id.split_once('/').is_some_and(|(space, _)| space == OWN);
    ui.horizontal_wrapped(|ui| {
        if replaces {
            let words = if own { "Use another CSV…" } else { "Use my own CSV instead…" };
            let choose = ui.add(Button::secondary(words).icon(Icon::FolderOpen));
            if page::just_opened(ui.ctx(), WidgetId::unique(("list", &list.id))) {
                choose.request_focus();
            }
            if choose.clicked() {
                view.out.push(Action::Packs(PacksAction::Choose));
            }
        }
        let words = if own { "Back to the built-in list" } else { "Take out" };
        let icon = if own { Icon::ArrowUUpLeft } else { Icon::Trash };
        if (own || of_own) && ui.add(Button::secondary(words).icon(icon)).clicked() {
            let wish = PacksAction::TakeOut(Added::List, list.id.clone());
            view.out.push(Action::Packs(wish));
        }
    });
    if replaces {
        text::hint(
            ui,
            "The first row of the CSV names its columns. One must be “title”; code, about, group \
             and unsure may be there too.",
        );
    }
}

fn items(ui: &mut Ui, items: &[ListItem]) {
    card_of_rows(ui, |ui| {
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                hairline(ui);
            }
            ui.add_space(Space::S.pts());
            row(ui, item);
            ui.add_space(Space::S.pts());
        }
    });
}

/// The code at the left, the words beside it; in a small window above them.
fn row(ui: &mut Ui, item: &ListItem) {
    const CODE: f32 = 110.0;
    let p = theme::of(ui);
    let words = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        text::show(ui, &item.title, Type::Strong, p.text);
        if !item.about.is_empty() {
            text::hint(ui, &item.about);
        }
        if !item.unsure.is_empty() {
            text::show(ui, &format!("Unsure: {}", item.unsure), Type::Hint, p.attn);
        }
    };
    if Room::of(ui) == Room::Small {
        text::show(ui, &item.code, Type::HintStrong, p.text2);
        words(ui);
        return;
    }
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(CODE);
            text::show(ui, &item.code, Type::HintStrong, p.text2);
        });
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            words(ui);
        });
    });
}
