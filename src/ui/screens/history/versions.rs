//! The list of versions, newest first.

use egui::{Frame, Id as WidgetId, Margin, ScrollArea, Ui};

use super::Pair;
use crate::app::history::{Version, when};
use crate::app::state::Open;
use crate::model::Rev;
use crate::ui::View;
use crate::ui::theme::Space;
use crate::ui::widgets::card::{ListRow, arrows};
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{menu, page};

/// The list; arrows move in it, and what is beside follows.
pub fn list(ui: &mut Ui, view: &mut View<'_>, open: &Open, pair: Pair<'_>) {
    ScrollArea::vertical().id_salt("versions").auto_shrink(false).show(ui, |ui| {
        Frame::NONE.inner_margin(Margin { left: 12, right: 13, top: 18, bottom: 16 }).show(
            ui,
            |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = Space::Xs.pts();
                text::heading(ui, Level::Section, "Versions");
                ui.add_space(Space::Xs.pts());
                rows(ui, view, open, pair);
                ui.add_space(Space::M.pts());
                text::small(ui, "Every version is kept. Choose one to see what changed in it.");
            },
        );
    });
}

fn rows(ui: &mut Ui, view: &mut View<'_>, open: &Open, pair: Pair<'_>) {
    let opened = page::just_opened(ui.ctx(), WidgetId::unique("versions of a record"));
    let newest_first: Vec<&Version> = pair.history.versions.iter().rev().collect();
    let mut to = None;
    for (at, version) in newest_first.iter().enumerate() {
        let chosen = version.rev == pair.chosen.rev;
        let response = row(ui, view, open, pair, version, chosen);
        if opened && chosen {
            response.request_focus();
        }
        if response.clicked() {
            choose(view, version.rev);
        }
        to = arrows(ui, &response, at, newest_first.len()).or(to);
    }
    // After all rows: the next one must not see the same key.
    if let Some(version) = to.and_then(|to| newest_first.get(to)) {
        ui.memory_mut(|memory| memory.request_focus(row_id(version.rev)));
        choose(view, version.rev);
    }
}

fn row(
    ui: &mut Ui,
    view: &View<'_>,
    open: &Open,
    pair: Pair<'_>,
    version: &Version,
    chosen: bool,
) -> egui::Response {
    let number = pair.number(version).to_string();
    let when = when(version.at, &view.state.now);
    let by = version.by.words();
    let what = pair.history.what(version, &open.journal);
    let shown = chosen || pair.beside.is_some_and(|beside| beside.rev == version.rev);
    ListRow::new(&when)
        .detail(&by)
        .below(&what)
        .initials(&number)
        .selected(shown)
        .one_of(row_id(version.rev), chosen)
        .show(ui)
}

fn row_id(rev: Rev) -> WidgetId {
    WidgetId::unique(("version of a record", rev))
}

fn choose(view: &mut View<'_>, rev: Rev) {
    view.inputs.history.chosen = Some(rev);
    view.inputs.history.beside = None;
}

/// The same as a menu, for a small window.
pub fn select(ui: &mut Ui, view: &mut View<'_>, pair: Pair<'_>) {
    let words: Vec<(Rev, String)> = pair
        .history
        .versions
        .iter()
        .rev()
        .map(|version| {
            let when = when(version.at, &view.state.now);
            (version.rev, format!("Version {}, {when}", pair.number(version)))
        })
        .collect();
    let options: Vec<(Rev, &str)> =
        words.iter().map(|(rev, words)| (*rev, words.as_str())).collect();
    let mut value = pair.chosen.rev;
    if menu::select_named(ui, "Version", &mut value, &options, 260.0).changed() {
        choose(view, value);
    }
}
