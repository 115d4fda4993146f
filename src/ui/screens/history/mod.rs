//! The history of a record: its versions at the left, two of them side by side, and the way back
//! to an older one. In a small window the versions are a menu, and changes stand in one column.

mod columns;
mod versions;
pub(super) mod words;

use egui::{Align, Frame, Layout, Margin, Rect, Role, Stroke, Ui};

use crate::app::Action;
use crate::app::action::HistoryAction;
use crate::app::history::{History, Version, when};
use crate::app::state::Open;
use crate::model::Id;
use crate::model::compare::{Row, summary};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, tokens};
use crate::ui::widgets::choice::segmented;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Banner, Button, Room, menu, page};

/// Width of the list of versions.
const LIST: f32 = 291.0;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, _id: Id) {
    match &open.history {
        None => page::page(ui, |ui| {
            text::secondary(ui, "The versions are being read.");
        }),
        Some(Err(notice)) => page::page(ui, |ui| {
            let words = format!("{} {}", notice.safe, notice.to_do);
            Banner::attention(&notice.happened).words(words.trim()).show(ui);
        }),
        Some(Ok(history)) => match Pair::of(history, view) {
            Some(pair) => regions(ui, view, open, pair),
            None => page::page(ui, |ui| {
                text::secondary(ui, "Nothing was saved here yet.");
            }),
        },
    }
}

/// What is shown: a version, and the one beside it.
#[derive(Clone, Copy)]
struct Pair<'a> {
    history: &'a History,
    /// The version that is chosen in the list.
    chosen: &'a Version,
    /// The version beside it, if there is one.
    beside: Option<&'a Version>,
}

impl<'a> Pair<'a> {
    fn of(history: &'a History, view: &View<'_>) -> Option<Pair<'a>> {
        let form = &view.inputs.history;
        let version = |rev| history.version(rev);
        let chosen = form.chosen.and_then(version).or(history.versions.last())?;
        let beside = match form.beside {
            None => history.before(chosen),
            Some(beside) => beside.and_then(version).filter(|beside| beside.rev != chosen.rev),
        };
        Some(Pair { history, chosen, beside })
    }

    fn number(&self, version: &Version) -> usize {
        self.history.number(version.rev).unwrap_or_default()
    }

    /// The two in the order in which they were made; one alone stands for both.
    fn in_order(&self) -> (&'a Version, &'a Version) {
        match self.beside {
            None => (self.chosen, self.chosen),
            Some(beside) if self.number(beside) < self.number(self.chosen) => (beside, self.chosen),
            Some(beside) => (self.chosen, beside),
        }
    }

    /// The version that can be brought back: the chosen one, or the one beside it when the
    /// chosen one is what the record says now.
    fn restorable(&self) -> Option<&'a Version> {
        let divided = self.history.merged.is_some();
        let is_now = |version: &Version| version.is_newest && !divided;
        [Some(self.chosen), self.beside].into_iter().flatten().find(|version| !is_now(version))
    }
}

fn regions(ui: &mut Ui, view: &mut View<'_>, open: &Open, pair: Pair<'_>) {
    let room = Room::of(ui);
    let whole = ui.available_rect_before_wrap();
    let (body, right) = if room >= Room::Medium {
        let (left, right) = whole.split_left_right_at_x(whole.left() + LIST);
        page::region(ui, "Versions", Role::Navigation, left, |ui| {
            let line = Stroke::new(theme::line_width(ui), theme::of(ui).line);
            ui.painter().vline(left.right() - 0.5, left.y_range(), line);
            versions::list(ui, view, open, pair);
        });
        (right, right)
    } else {
        (whole, whole)
    };
    let can = open.read_only.is_none();
    let foot = match (can, room >= Room::Medium) {
        (false, _) => 0.0,
        (true, true) => tokens().control.footer_bar,
        (true, false) => tokens().control.footer_bar_narrow,
    };
    let (body, foot) = body.split_top_bottom_at_y(right.bottom() - foot);
    page::region(ui, "What changed", Role::Main, body, |ui| {
        page::page(ui, |ui| compared(ui, view, open, pair));
    });
    if can {
        page::region(ui, "What to do next", Role::Footer, foot, |ui| {
            footer(ui, view, pair, foot);
        });
    }
}

fn compared(ui: &mut Ui, view: &mut View<'_>, open: &Open, pair: Pair<'_>) {
    ui.spacing_mut().item_spacing.y = Space::M.pts();
    let (before, after) = pair.in_order();
    let rows = pair.history.rows(before, after, &open.journal);
    head(ui, view, open, pair, &rows);
    let changes_only = view.inputs.history.changes_only && pair.beside.is_some();
    let shown: Vec<&Row> = rows.iter().filter(|row| !changes_only || row.is_changed()).collect();
    if pair.history.unreadable > 0 {
        let words = match pair.history.unreadable {
            1 => "1 version can’t be read.".to_owned(),
            n => format!("{n} versions can’t be read."),
        };
        Banner::attention(&words).words("The others are all here.").show(ui);
    }
    if shown.is_empty() {
        text::secondary(ui, "Nothing that is read here changed.");
        return;
    }
    let two = pair.beside.is_some() && ui.available_width() >= columns::LEAST;
    let heads = [before, after].map(|version| columns::Head {
        number: pair.number(version),
        when: when(version.at, &view.state.now),
        by: by(pair.history, version),
        filled: version.rev == pair.chosen.rev,
    });
    ui.style_mut().interaction.selectable_labels = true;
    if two {
        columns::two(ui, &heads, &shown);
    } else {
        columns::one(ui, &heads, pair.beside.is_some(), &shown);
    }
}

/// Who wrote a version, and whether it is what the record says now.
fn by(history: &History, version: &Version) -> String {
    match (version.is_newest, history.merged.is_some()) {
        (true, false) => format!("{}, now", version.by.words()),
        (true, true) => format!("{}, one of the newest", version.by.words()),
        (false, _) => version.by.words(),
    }
}

fn head(ui: &mut Ui, view: &mut View<'_>, open: &Open, pair: Pair<'_>, rows: &[Row]) {
    let (before, after) = pair.in_order();
    let title = match pair.beside {
        None => format!("Version {}", pair.number(after)),
        Some(_) => {
            format!("Version {} beside version {}", pair.number(before), pair.number(after))
        }
    };
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        text::heading(ui, Level::Title, &title);
        let name = crate::app::history::full_title(&open.journal, pair.history.id);
        let changed = summary(rows);
        let words = match (pair.beside.is_some(), changed.is_empty()) {
            (false, _) => format!("{name}, as it was."),
            (true, true) => format!("{name}. Nothing that is read here changed."),
            (true, false) => format!("{name}. Changed: {changed}."),
        };
        text::secondary(ui, &words);
    });
    let small = Room::of(ui) < Room::Medium;
    if small {
        ui.horizontal_wrapped(|ui| {
            versions::select(ui, view, pair);
            beside(ui, view, pair);
        });
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = Space::M.pts();
        if !small {
            beside(ui, view, pair);
        }
        if pair.beside.is_some() {
            let options = [(false, "All of it"), (true, "Changes only")];
            segmented(ui, "How much is shown", &mut view.inputs.history.changes_only, &options);
        }
    });
}

/// The choice of the version beside the chosen one.
fn beside(ui: &mut Ui, view: &mut View<'_>, pair: Pair<'_>) {
    let others = pair.history.versions.iter().rev().filter(|v| v.rev != pair.chosen.rev);
    let words: Vec<_> = others
        .map(|version| {
            let when = when(version.at, &view.state.now);
            (Some(version.rev), format!("Beside version {}, {when}", pair.number(version)))
        })
        .collect();
    if words.is_empty() {
        return;
    }
    let mut options = vec![(None, "As it was, alone")];
    options.extend(words.iter().map(|(rev, words)| (*rev, words.as_str())));
    let mut value = pair.beside.map(|beside| beside.rev);
    if menu::select_named(ui, "Compare with", &mut value, &options, 260.0).changed() {
        view.inputs.history.beside = Some(value);
    }
}

fn footer(ui: &mut Ui, view: &mut View<'_>, pair: Pair<'_>, place: Rect) {
    let p = theme::of(ui);
    ui.painter().rect_filled(place, 0.0, p.surface);
    let stroke = Stroke::new(theme::line_width(ui), p.line);
    ui.painter().hline(place.x_range(), place.top() + 0.5, stroke);
    let wide = Room::of(ui) >= Room::Medium;
    let side = if wide { 22 } else { 12 };
    Frame::NONE.inner_margin(Margin::symmetric(side, 0)).show(ui, |ui| {
        ui.set_height(place.height());
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let Some(version) = pair.restorable() else {
                text::small(ui, "This is what the record says now.");
                return;
            };
            let next = pair.history.versions.len() + pair.history.unreadable + 1;
            let words = format!("Restore version {}", pair.number(version));
            let name = format!("{words} as version {next}");
            let shown = if wide { &name } else { &words };
            let button = Button::primary(shown).icon(Icon::ClockCounterClockwise).name(&name);
            if wide {
                let said = format!("Adds version {next}, keeps 1 to {}.", next - 1);
                let both = button.measure(ui) + 12.0;
                let left = ui.available_width() - both;
                ui.allocate_ui(egui::vec2(left, place.height()), |ui| {
                    ui.set_width(left);
                    text::small(ui, &format!("{said} Nobody reads more than they do now."));
                });
            }
            if ui.add(button).clicked() {
                view.out.push(Action::History(HistoryAction::Restore(version.rev)));
            }
        });
    });
}
