//! Making a pack: what goes in, and what it says of itself.

use egui::{Id as WidgetId, Ui};

use super::coming::problems;
use crate::app::packs::{PackField, PacksAction};
use crate::app::state::Open;
use crate::app::{Action, Command};
use crate::library::Library;
use crate::model::own::{OWN, Own};
use crate::model::text::count;
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::field::error_line;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Answer, Button, Field, card, page, toggle};

/// Width of what the pack says of itself, in points.
const SIDE: f32 = 380.0;

/// Things of the library under one heading: key and title of each.
struct Group {
    heading: String,
    things: Vec<(String, String)>,
}

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    page::page(ui, |ui| {
        text::heading(ui, Level::Title, "Make a pack to pass on");
        text::secondary(
            ui,
            "Choose what goes in. You see every word of it before anything leaves.",
        );
        ui.add_space(Space::M.pts());
        if open.read_only.is_some() {
            text::secondary(
                ui,
                "This record can only be read just now, so no receipt could be kept.",
            );
            return;
        }
        let groups = groups(&view.state.library, open.journal.own());
        let chosen = titles(&groups, &view.inputs.pack.chosen);
        // Both columns type into the fields.
        let view = std::cell::RefCell::new(view);
        page::two_column(
            ui,
            SIDE,
            |ui| choose(ui, &mut view.borrow_mut(), &groups),
            |ui| says(ui, &mut view.borrow_mut(), open, &chosen),
        );
    });
}

/// What there is: one's own first, then what came in packs, then what comes with Cairn.
fn groups(library: &Library, own: &Own) -> Vec<Group> {
    let templates = library.templates().iter().map(|it| ("template", &it.id, &it.title));
    let modules = library.modules().iter().map(|it| ("module", &it.id, &it.title));
    let lists = library.lists().iter().map(|it| ("list", &it.id, &it.title));
    let mut groups: Vec<Group> = Vec::new();
    for (sort, id, title) in templates.chain(modules).chain(lists) {
        let heading = heading(sort, id, library, own);
        let thing = (format!("{sort}:{id}"), title.clone());
        match groups.iter_mut().find(|group| group.heading == heading) {
            Some(group) => group.things.push(thing),
            None => groups.push(Group { heading, things: vec![thing] }),
        }
    }
    // Stable: within each rank they stay in the order of the library.
    groups.sort_by_key(|group| match group.heading.as_str() {
        YOURS => 0,
        heading if heading.starts_with("From ") => 1,
        _ => 2,
    });
    groups
}

const YOURS: &str = "Your own";

fn heading(sort: &str, id: &str, library: &Library, own: &Own) -> String {
    match id.split_once('/') {
        Some((OWN, _)) => YOURS.to_owned(),
        Some((pack, _)) => {
            let pack = own.packs().find(|(_, known)| known.id == pack);
            format!("From {}", pack.map_or("a pack", |(_, pack)| &pack.title))
        }
        None if sort == "list" && own.lists().any(|(_, list)| list.id == id) => YOURS.to_owned(),
        None => match (sort, library.get(id)) {
            ("template", Some(template)) => template.situation.words().to_owned(),
            ("module", _) => Command::Learning.text().to_owned(),
            _ => Command::Lists.text().to_owned(),
        },
    }
}

fn titles(groups: &[Group], chosen: &std::collections::BTreeSet<String>) -> Vec<String> {
    let things = groups.iter().flat_map(|group| &group.things);
    things.filter(|(key, _)| chosen.contains(key)).map(|(_, title)| title.clone()).collect()
}

fn choose(ui: &mut Ui, view: &mut View<'_>, groups: &[Group]) {
    let form = &mut view.inputs.pack;
    let id = WidgetId::unique("find for a pack");
    let find = Field::new("Find").icon(Icon::MagnifyingGlass).id(id).width(300.0);
    let field = find.show(ui, &mut form.find);
    if page::just_opened(ui.ctx(), WidgetId::unique("make a pack")) {
        field.request_focus();
    }
    let wanted = form.find.trim().to_lowercase();
    let fits = |title: &str| title.to_lowercase().contains(&wanted);
    let mut shown = 0;
    ui.spacing_mut().item_spacing.y = Space::Xs.pts();
    for group in groups {
        let things: Vec<_> = group.things.iter().filter(|(_, title)| fits(title)).collect();
        if things.is_empty() {
            continue;
        }
        shown += things.len();
        ui.add_space(Space::M.pts());
        text::heading(ui, Level::Group, &group.heading);
        for (key, title) in things {
            let mut on = form.chosen.contains(key);
            let ticked = ui.push_id(key, |ui| toggle::checkbox(ui, &mut on, title)).inner;
            if ticked.changed() && on {
                form.chosen.insert(key.clone());
            } else if ticked.changed() {
                form.chosen.remove(key);
            }
        }
    }
    if shown == 0 {
        ui.add_space(Space::M.pts());
        text::secondary(ui, "Nothing in your library has that in its title.");
    }
}

fn says(ui: &mut Ui, view: &mut View<'_>, open: &Open, chosen: &[String]) {
    card::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::M.pts();
        let p = theme::of(ui);
        let wrong = view.inputs.pack.wrong();
        let form = &mut view.inputs.pack;
        let tried = form.tried;
        let told = |field: PackField| wrong.get(&field).copied().filter(|_| tried);
        text::heading(ui, Level::Section, "What it says of itself");
        let words = match chosen {
            [] => "Nothing is chosen yet".to_owned(),
            titles => format!("{} chosen: {}", count(titles.len(), "thing"), titles.join(", ")),
        };
        text::show(ui, &words, Type::Hint, p.text2);
        if let Some(words) = told(PackField::Chosen) {
            error_line(ui, words);
        }
        Field::new("Name of the pack")
            .hint("What your colleagues read: “First weeks on ward nine”")
            .error(told(PackField::Title))
            .show(ui, &mut form.title);
        let made = form.short_name();
        Field::new("Short name")
            .hint("Stays the same in every version. Made from the name, unless you type one")
            .placeholder(if form.id.is_empty() { &made } else { "" })
            .error(told(PackField::Id).filter(|_| !wrong.contains_key(&PackField::Title)))
            .show(ui, &mut form.id);
        Field::new("Version")
            .hint("Rises with every change")
            .error(told(PackField::Version))
            .width(90.0)
            .show(ui, &mut form.version);
        Field::new("Whom to write to with remarks and faults")
            .hint("An address that may be passed on. It may stay empty")
            .show(ui, &mut form.by);
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            text::show(ui, "What is in it, and for whom", Type::Button, p.text);
            let about =
                Answer::new(WidgetId::unique("about a pack"), "What is in it, and for whom");
            about.boxed().rows(3).kind(Type::Body).show(ui, &mut form.about);
        });
        if let Some(refused) = &open.shelf.refused {
            problems(ui, refused);
        }
        let cannot = tried && !wrong.is_empty();
        let next = Button::primary("See what leaves").fill_width().cannot_yet(cannot);
        if ui.add(next).clicked() {
            view.out.push(Action::Packs(PacksAction::Preview));
        }
    });
}
