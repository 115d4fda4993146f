//! Learning: the modules, and the page of one: a guide, what research shows, a workshop, a card,
//! and the templates that belong to it.

mod side;
mod words;
mod workshop;

use egui::{Frame, Margin, Panel, ScrollArea, Ui, UiBuilder};

use super::{library_tabs, marks, print};
use crate::app::paper::{Kind, PaperOf};
use crate::app::state::Open;
use crate::app::{Action, Command, Screen};
use crate::library::{Aim, Block, Finding, Module};
use crate::model::Mark;
use crate::model::text::{count, month_and_year};
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Space, Type};
use crate::ui::widgets::card::{ListRow, card_of_list, framed, hairline};
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Button, card};

/// Width of the column with the templates, in points.
const SIDE: f32 = 340.0;
/// Width of the margin in it, in points.
const SIDE_MARGIN: i8 = 22;

/// Draws the list of modules.
pub fn list(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    page::page(ui, |ui| {
        library_tabs::show(ui, view, Command::Learning);
        ui.add_space(Space::M.pts());
        text::heading(ui, Level::Title, "Learning");
        text::secondary(
            ui,
            "A guide to read, an exercise for a workshop of 45 minutes, and a card to carry.",
        );
        ui.add_space(Space::M.pts());
        let modules = starred_first(view.state.library.modules(), open);
        card_of_list(ui, |ui| {
            let last = modules.len().saturating_sub(1);
            for (at, module) in modules.iter().enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                if row(ui, open, module, (at == 0, at == last)) {
                    view.out.push(Action::Go(Screen::Learning(Some(module.id.clone()))));
                }
            }
        });
    });
}

/// A module in a list; says whether it was pressed.
pub fn row(ui: &mut Ui, open: &Open, module: &Module, (first, last): (bool, bool)) -> bool {
    let starred = marks::is_starred(open, &Mark::of_module(&module.id));
    let templates = count(module.templates.len(), "template");
    let read = format!("{} min to read", module.minutes_to_read());
    let words = [if starred { "Starred" } else { "" }, &read, &templates];
    let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
    let (detail, end) = (serves(module), words.join(", "));
    let row = ListRow::new(&module.title).detail(&detail).end(&end).icon(Icon::BookOpen);
    row.in_card(first, last).show(ui).clicked()
}

/// The modules with a star, then the others, each in the order of the library.
fn starred_first<'a>(modules: &'a [Module], open: &Open) -> Vec<&'a Module> {
    let mut modules: Vec<&Module> = modules.iter().collect();
    modules.sort_by_key(|module| !marks::is_starred(open, &Mark::of_module(&module.id)));
    modules
}

/// "Aim 2 of the toolkit: Challenging conversations about progress".
fn serves(module: &Module) -> String {
    let aim = Aim::find(&module.serves);
    aim.map(|aim| format!("{}: {}", aim.place(), aim.words)).unwrap_or_default()
}

/// Draws the page of a module.
pub fn page(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: &str) {
    let library = view.state.library.clone();
    let Some(module) = library.module(id) else {
        page::page(ui, |ui| {
            let button = Button::primary("See all modules");
            let words = "It is no longer in the library.";
            if page::empty(ui, "This module is not here", words, button).clicked() {
                view.out.push(Action::Go(Screen::Learning(None)));
            }
        });
        return;
    };
    let place = ui.available_rect_before_wrap();
    let (place, closed) = words::look_for(ui, view, module, place);
    if closed {
        side::take_keyboard(ui, module);
    }
    let rest = UiBuilder::new().id_salt("module page").max_rect(place);
    ui.scope_builder(rest, |ui| both(ui, view, open, module));
}

/// The guide, and what stands beside it or, in a small window, below it.
fn both(ui: &mut Ui, view: &mut View<'_>, open: &Open, module: &Module) {
    if Room::of(ui) < Room::Wide {
        page::page(ui, |ui| {
            guide(ui, view, open, module);
            ui.add_space(Space::Section.pts());
            side::show(ui, view, open, module);
        });
        return;
    }
    let fill = theme::of(ui).surface;
    let panel = Panel::right("templates for this").exact_size(SIDE).resizable(false);
    panel.show_separator_line(false).frame(Frame::NONE.fill(fill)).show(ui, |ui| {
        let rect = ui.max_rect();
        let stroke = egui::Stroke::new(theme::line_width(ui), theme::of(ui).line);
        ui.painter().vline(rect.left() + 0.5, rect.y_range(), stroke);
        let margin = Margin::same(SIDE_MARGIN);
        ScrollArea::vertical().id_salt(&module.id).auto_shrink(false).content_margin(margin).show(
            ui,
            |ui| {
                ui.set_width(ui.available_width());
                side::show(ui, view, open, module);
            },
        );
    });
    ui.push_id(&module.id, |ui| page::page(ui, |ui| guide(ui, view, open, module)));
}

fn guide(ui: &mut Ui, view: &mut View<'_>, open: &Open, module: &Module) {
    library_tabs::show(ui, view, Command::Learning);
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    ui.add_space(Space::S.pts());
    let title_room = ui.available_width() - 120.0;
    words::from_title(view);
    let found = words::next(view);
    let title = |ui: &mut Ui| words::heading(ui, Level::Title, &module.title, &found);
    page::row(
        ui,
        |ui| page::at_most(ui, title_room, title),
        |ui| marks::star(ui, view, open, &Mark::of_module(&module.id)),
    );
    text::small(ui, &facts(module));
    page::prose(ui, |ui| {
        for block in &module.guide {
            show_block(ui, view, block);
        }
    });
    ui.add_space(Space::M.pts());
    text::heading(ui, Level::Section, "What research does and does not show");
    findings(ui, view, module);
    ui.add_space(Space::S.pts());
    workshop::show(ui, view, module);
    ui.add_space(Space::S.pts());
    wallet_card(ui, view, module);
}

/// "Aim 2 of the toolkit. 12 minutes to read. Sources checked October 2026."
fn facts(module: &Module) -> String {
    let place = Aim::find(&module.serves).map(Aim::place).unwrap_or_default();
    let minutes = count(module.minutes_to_read(), "minute");
    let checked = month_and_year(&module.checked);
    format!("{place}. {minutes} to read. Sources checked {checked}.")
}

fn show_block(ui: &mut Ui, view: &mut View<'_>, block: &Block) {
    const KINDS: (Type, Type) = (Type::Answer, Type::ButtonLarge);
    match block {
        Block::Heading(words) => {
            ui.add_space(Space::Xs.pts());
            let found = words::next(view);
            words::heading(ui, Level::Group, words, &found);
        }
        Block::Paragraph(words) => words::rich(ui, view, words, KINDS),
        Block::Points(points) => {
            for point in points {
                pointed(ui, |ui| words::rich(ui, view, point, KINDS));
            }
        }
    }
}

/// A point of a list: a dot, and the words beside it.
fn pointed(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    const LEAD: f32 = 18.0;
    let whole = ui.available_rect_before_wrap();
    let builder = UiBuilder::new().max_rect(whole.with_min_x(whole.left() + LEAD));
    ui.scope_builder(builder, contents);
    let at = whole.left_top() + egui::vec2(6.0, 13.0);
    ui.painter().circle_filled(at, 2.5, theme::of(ui).text2);
}

/// Two cards side by side, or one under the other where there is no room.
fn findings(ui: &mut Ui, view: &mut View<'_>, module: &Module) {
    let gap = Space::M.pts();
    let cards = [
        (Icon::CheckCircle, "It does show", &module.shows),
        (Icon::XCircle, "It does not show", &module.shows_not),
    ];
    if Room::of(ui) < Room::Medium {
        for (icon, title, findings) in cards {
            found(ui, view, (icon, title), findings);
        }
        return;
    }
    let half = (ui.available_width() - gap) / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for (icon, title, findings) in cards {
            ui.vertical(|ui| {
                ui.set_width(half);
                found(ui, view, (icon, title), findings);
            });
        }
    });
}

fn found(ui: &mut Ui, view: &mut View<'_>, (icon, title): (Icon, &str), findings: &[Finding]) {
    framed(ui, Margin::symmetric(16, 12), |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        titled(ui, icon, title, &words::Found::default());
        let p = theme::of(ui);
        for (at, finding) in findings.iter().enumerate() {
            if at > 0 {
                ui.add_space(Space::S.pts());
            }
            words::plain(ui, view, &finding.text, (Type::Hint, p.text));
            words::plain(ui, view, &finding.source, (Type::Small, p.text2));
        }
    });
}

/// An icon and a heading.
fn titled(ui: &mut Ui, icon: Icon, title: &str, found: &words::Found) {
    ui.horizontal(|ui| {
        let p = theme::of(ui);
        let size = IconSize::Button.pts();
        let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(size), egui::Sense::hover());
        icon.paint(ui.painter(), rect.center(), size, p.text);
        words::heading(ui, Level::Group, title, found);
    });
}

fn wallet_card(ui: &mut Ui, view: &mut View<'_>, module: &Module) {
    card::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        let found = words::next(view);
        page::row(
            ui,
            |ui| titled(ui, Icon::ClipboardText, &module.card.title, &found),
            |ui| {
                let of = PaperOf::Module(module.id.clone());
                let button = Button::secondary("Print…").small().name("Print the card…");
                print::button(ui, view, button, (of, Kind::Card));
            },
        );
        text::small(ui, "To carry, in the size of a wallet card");
        ui.add_space(Space::Xs.pts());
        workshop::numbered(ui, view, module.card.lines.iter().map(|line| (line.as_str(), "")));
    });
}
