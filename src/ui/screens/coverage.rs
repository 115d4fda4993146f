//! Which aims and programmes have which templates and modules, as a table.

use egui::{Role, Ui, UiBuilder};

use super::library_tabs;
use crate::app::action::LibraryAction;
use crate::app::{Action, Command, Screen};
use crate::library::{AimSource, Coverage};
use crate::ui::View;
use crate::ui::theme::{self, Space, Type};
use crate::ui::widgets::Button;
use crate::ui::widgets::card::{framed, hairline};
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::text::{self, Level};

/// The heads of the columns.
const HEADS: [&str; 3] = ["Aim or programme", "Learning", "Templates"];
/// How much of the width each column takes.
const SHARES: [f32; 3] = [0.24, 0.26, 0.5];

/// From the edge of a small button to its words, in points.
const PAD: f32 = 11.0;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>) {
    let library = view.state.library.clone();
    let coverage = library.coverage();
    page::page(ui, |ui| {
        library_tabs::show(ui, view, Command::Coverage);
        ui.add_space(Space::M.pts());
        text::heading(ui, Level::Title, Command::Coverage.text());
        text::secondary(
            ui,
            "Each aim of the toolkit and each programme, with what helps you carry it out.",
        );
        for source in [AimSource::Toolkit, AimSource::Programme] {
            ui.add_space(Space::M.pts());
            text::heading(ui, Level::Section, source.words());
            let rows: Vec<&Coverage<'_>> =
                coverage.iter().filter(|row| row.aim.source == source).collect();
            table(ui, view, source, &rows);
        }
    });
}

fn table(ui: &mut Ui, view: &mut View<'_>, source: AimSource, rows: &[&Coverage<'_>]) {
    let builder =
        UiBuilder::new().accessibility_role(Role::Table).accessibility_label(source.words());
    ui.scope_builder(builder, |ui| {
        framed(ui, egui::Margin::symmetric(16, 8), |ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            let p = theme::of(ui);
            if Room::of(ui) >= Room::Medium {
                line(
                    ui,
                    "Heads",
                    |ui, at| {
                        text::show(
                            ui,
                            HEADS.get(at).copied().unwrap_or(""),
                            Type::HintStrong,
                            p.text2,
                        );
                    },
                    Role::ColumnHeader,
                );
            }
            for row in rows {
                hairline(ui);
                line(ui, row.aim.words, |ui, at| cell(ui, view, row, at), Role::Cell);
            }
        });
    });
}

/// A row with its three cells; in a narrow window one under the other.
fn line(ui: &mut Ui, name: &str, mut cell: impl FnMut(&mut Ui, usize), role: Role) {
    let builder = UiBuilder::new().accessibility_role(Role::Row).accessibility_label(name);
    ui.scope_builder(builder, |ui| {
        let gap = Space::L.pts();
        let whole = ui.available_width();
        let side_by_side = Room::of(ui) >= Room::Medium;
        let mut cells = |ui: &mut Ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for (at, share) in SHARES.into_iter().enumerate() {
                let width = if side_by_side { (whole - 2.0 * gap) * share } else { whole };
                let head = HEADS.get(at).copied().unwrap_or("");
                let builder = UiBuilder::new()
                    .layout(egui::Layout::top_down(egui::Align::Min))
                    .accessibility_role(role)
                    .accessibility_label(head);
                ui.scope_builder(builder, |ui| {
                    ui.set_width(width);
                    cell(ui, at);
                });
            }
        };
        if side_by_side {
            ui.horizontal_top(cells);
        } else {
            cells(ui);
        }
    });
}

fn cell(ui: &mut Ui, view: &mut View<'_>, row: &Coverage<'_>, at: usize) {
    ui.spacing_mut().item_spacing.y = 0.0;
    match at {
        0 => {
            let p = theme::of(ui);
            ui.add_space(3.0);
            text::show(ui, row.aim.words, Type::Strong, p.text);
            text::small(ui, &row.aim.place());
        }
        1 => links(
            ui,
            1,
            row.modules.iter().map(|module| {
                (module.title.as_str(), Action::Go(Screen::Learning(Some(module.id.clone()))))
            }),
            view,
        ),
        _ => links(
            ui,
            2,
            row.templates.iter().map(|template| {
                let wish = LibraryAction::Choose(template.id.clone());
                (template.title.as_str(), Action::Library(wish))
            }),
            view,
        ),
    }
}

/// Things to open, in so many columns.
fn links<'a>(
    ui: &mut Ui,
    columns: usize,
    things: impl Iterator<Item = (&'a str, Action)>,
    view: &mut View<'_>,
) {
    let things: Vec<(&str, Action)> = things.collect();
    if things.is_empty() {
        text::hint(ui, "None yet");
        return;
    }
    // The words of the buttons stand under the head of the column.
    let mut place = ui.available_rect_before_wrap();
    place.min.x -= PAD;
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
        let gap = Space::S.pts();
        let width = (ui.available_width() - gap * (columns as f32 - 1.0)) / columns as f32;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for column in things.chunks(things.len().div_ceil(columns)) {
                ui.vertical(|ui| {
                    ui.set_width(width);
                    for (words, wish) in column {
                        if ui.add(Button::quiet(words).small()).clicked() {
                            view.out.push(wish.clone());
                        }
                    }
                });
            }
        });
    });
}
