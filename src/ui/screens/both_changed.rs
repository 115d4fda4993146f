//! What two computers changed side by side: both versions of each place, and the choice.

use egui::{Align, Frame, Id as WidgetId, Layout, Margin, Rect, Role, Stroke, Ui};

use super::history::words;
use crate::app::action::HistoryAction;
use crate::app::history::{self, Computer, History, Version};
use crate::app::inputs::{Choice, HistoryForm};
use crate::app::settling::side_of;
use crate::app::state::Open;
use crate::app::{Action, Screen};
use crate::model::compare::{self, Fate, Piece};
use crate::model::fields::{Field, Parts, Shape};
use crate::model::merge::{Conflict, Merged};
use crate::model::{Id, Layer, naming};
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Space, Type, tokens};
use crate::ui::widgets::card::{card, framed};
use crate::ui::widgets::choice::radio_list;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Answer, Banner, Button, Chip, Room, page};

/// Two sides stand beside one another from this width on.
const BESIDE: f32 = 560.0;
/// The page is no wider.
const WIDEST: f32 = 960.0;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id) {
    match &open.history {
        None => page::page(ui, |ui| {
            text::secondary(ui, "The versions are being read.");
        }),
        Some(Err(notice)) => page::page(ui, |ui| {
            Banner::attention(&notice.happened).words(&notice.to_do).show(ui);
        }),
        Some(Ok(history)) => match &history.merged {
            Some(merged) if !merged.conflicts.is_empty() => {
                regions(ui, view, open, (history, merged));
            }
            _ => page::page(ui, |ui| settled(ui, view, open, id)),
        },
    }
}

/// There is nothing to choose, or nothing any more.
fn settled(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id) {
    let words = "All that two computers wrote here is brought together.";
    let button = Button::primary("Open it");
    if page::empty(ui, "Nothing to settle", words, button).clicked() {
        view.out.push(Action::Go(home(open, id)));
    }
}

/// Where a record is read and written.
fn home(open: &Open, id: Id) -> Screen {
    let journal = &open.journal;
    let of_action = journal.action(id).and_then(|action| action.person);
    if journal.held(id).is_some() {
        Screen::Session(id)
    } else if journal.person(id).is_some() {
        Screen::People(Some(id))
    } else if of_action.is_some() {
        Screen::People(of_action)
    } else {
        Screen::Today
    }
}

fn regions(ui: &mut Ui, view: &mut View<'_>, open: &Open, shown: (&History, &Merged)) {
    let whole = ui.available_rect_before_wrap();
    let wide = Room::of(ui) >= Room::Medium;
    let control = &tokens().control;
    let high = if wide { control.footer_bar } else { control.footer_bar_narrow };
    let can = open.read_only.is_none();
    let (body, foot) = whole.split_top_bottom_at_y(whole.bottom() - if can { high } else { 0.0 });
    page::region(ui, "What to settle", Role::Main, body, |ui| {
        page::page(ui, |ui| page::at_most(ui, WIDEST, |ui| places(ui, view, open, shown)));
    });
    if can {
        page::region(ui, "What to do next", Role::Footer, foot, |ui| {
            footer(ui, view, shown.1, foot);
        });
    }
}

fn places(ui: &mut Ui, view: &mut View<'_>, open: &Open, (history, merged): (&History, &Merged)) {
    ui.spacing_mut().item_spacing.y = Space::L.pts();
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        text::heading(ui, Level::Title, "Changed on two computers");
        let name = history::full_title(&open.journal, history.id);
        let words = format!(
            "{name}: {}. Everything else is brought together already.",
            history::places(merged.conflicts.len())
        );
        text::secondary(ui, &words);
    });
    let parts = Parts::of(&Shape::of(history.kind, [&merged.body]), &merged.body, &[]);
    for conflict in &merged.conflicts {
        let place = Place::new(open, history, conflict, &parts);
        ui.push_id(&conflict.field, |ui| place.show(ui, view, open.read_only.is_none()));
    }
}

/// One place to settle.
struct Place<'a> {
    history: &'a History,
    conflict: &'a Conflict,
    name: String,
    layer: Option<Layer>,
    /// The words of each side; nothing where it was taken out.
    sides: Vec<Option<String>>,
}

impl<'a> Place<'a> {
    fn new(open: &Open, history: &'a History, conflict: &'a Conflict, parts: &Parts) -> Place<'a> {
        let name_of = |id| history::name_of(&open.journal, id);
        let words = |value| naming::words(history.kind, &conflict.field, value, &name_of);
        let sides: Vec<Option<String>> =
            conflict.sides.iter().map(|side| side.value.as_ref().map(words)).collect();
        let mut parts = parts.clone();
        if let Some(value) = conflict.sides.iter().find_map(|side| side.value.clone()) {
            parts.values.insert(conflict.field.clone(), value);
        }
        let (name, layer) = naming::name(history.kind, &conflict.field, &parts);
        Place { history, conflict, name, layer, sides }
    }

    fn show(&self, ui: &mut Ui, view: &mut View<'_>, can: bool) {
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = Space::M.pts();
            page::row(
                ui,
                |ui| {
                    let width =
                        ui.available_width() - if self.layer.is_some() { 150.0 } else { 0.0 };
                    page::at_most(ui, width, |ui| text::heading(ui, Level::Section, &self.name));
                },
                |ui| {
                    if let Some(layer) = self.layer {
                        ui.add(Chip::new(layer));
                    }
                },
            );
            self.both(ui, view);
            if can {
                self.choose(ui, view);
            }
        });
    }

    fn both(&self, ui: &mut Ui, view: &View<'_>) {
        if self.sides.len() == 2 && ui.available_width() >= BESIDE {
            let gap = Space::M.pts();
            let whole = ui.available_rect_before_wrap();
            let width = (whole.width() - gap) / 2.0;
            ui.horizontal_top(|ui| {
                for at in 0..2 {
                    let left = whole.left() + (width + gap) * at as f32;
                    let place = whole.with_min_x(left).with_max_x(left + width);
                    let down = Layout::top_down(Align::Min);
                    let builder = egui::UiBuilder::new().max_rect(place).layout(down);
                    ui.scope_builder(builder, |ui| self.side(ui, view, at));
                }
            });
        } else {
            for at in 0..self.sides.len() {
                self.side(ui, view, at);
            }
        }
    }

    /// What one side wrote, when and where; what the other does not say is underlined.
    fn side(&self, ui: &mut Ui, view: &View<'_>, at: usize) {
        framed(ui, Margin::symmetric(16, 12), |ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            page::row(
                ui,
                |ui| text::strong(ui, &self.whose(at)),
                |ui| {
                    if let Some(version) = self.version(at) {
                        text::small(ui, &history::when(version.at, &view.state.now));
                    }
                },
            );
            ui.style_mut().interaction.selectable_labels = true;
            match self.sides.get(at).and_then(Option::as_ref) {
                Some(words) => {
                    let pieces = self.against_the_other(at, words);
                    words::show(ui, &pieces, |fate| fate != Fate::Removed, Type::Body);
                }
                None => drop(text::secondary(ui, "Taken out here.")),
            }
        });
    }

    fn against_the_other(&self, at: usize, words: &str) -> Vec<Piece> {
        match self.sides.as_slice() {
            [Some(first), Some(second)] => {
                let other = if at == 0 { second } else { first };
                compare::pieces(other, words)
            }
            _ => vec![Piece { fate: Fate::Kept, text: words.to_owned() }],
        }
    }

    /// The newest of the versions that wrote a side.
    fn version(&self, at: usize) -> Option<&'a Version> {
        let revs = &self.conflict.sides.get(at)?.revs;
        self.history.versions.iter().rev().find(|version| revs.contains(&version.rev))
    }

    /// Where a side was written.
    fn whose(&self, at: usize) -> String {
        match self.version(at) {
            Some(version) => version.by.words(),
            None => "A version that can’t be read".to_owned(),
        }
    }

    fn keep_words(&self, at: usize) -> String {
        let alike = (0..self.sides.len()).filter(|other| self.whose(*other) == self.whose(at));
        let when = match alike.count() {
            1 => String::new(),
            _ => format!(", number {}", at + 1),
        };
        match self.version(at).map(|version| &version.by) {
            Some(Computer::This) => format!("Keep what this computer has{when}"),
            Some(Computer::Another(None)) => format!("Keep what the other computer has{when}"),
            Some(Computer::Another(Some(name))) => format!("Keep what computer {name} has{when}"),
            None => format!("Keep version {}", at + 1),
        }
    }

    fn choose(&self, ui: &mut Ui, view: &mut View<'_>) {
        let form = &mut view.inputs.history;
        let field = &self.conflict.field;
        let words: Vec<String> = (0..self.sides.len()).map(|at| self.keep_words(at)).collect();
        let mut options: Vec<(Pressed, &str, &str)> = words
            .iter()
            .enumerate()
            .map(|(at, words)| (Pressed::Side(at), words.as_str(), ""))
            .collect();
        if self.conflict.can_keep_all() {
            options.push((Pressed::All, "Keep both", "One below the other"));
        }
        if self.conflict.is_text() {
            options.push((Pressed::New, "Write something new", ""));
        }
        let mut pressed = form
            .choices
            .get(field)
            .map_or(Pressed::Nothing, |choice| Pressed::of(choice, self.conflict));
        let group = format!("What “{}” should say", self.name);
        if radio_list(ui, &group, &mut pressed, &options).changed() {
            let choice = match pressed {
                Pressed::Nothing => None,
                Pressed::Side(at) => {
                    self.conflict.sides.get(at).map(|side| Choice::Side(side.revs.clone()))
                }
                Pressed::All => Some(Choice::All),
                Pressed::New => Some(Choice::New(self.conflict.joined())),
            };
            form.choices.extend(choice.map(|choice| (field.clone(), choice)));
        }
        if let Some(Choice::New(words)) = form.choices.get_mut(field) {
            let id = WidgetId::unique(("settle", field));
            Answer::new(id, "What it should say").boxed().rows(2).show(ui, words);
        }
        let open = match form.choices.get(field) {
            None => Some("Choose one of these"),
            Some(Choice::New(words)) if words.trim().is_empty() => Some("Write what it should say"),
            Some(_) => None,
        };
        if let (true, Some(words)) = (form.tried, open) {
            crate::ui::widgets::field::error_line(ui, words);
        }
    }
}

/// What is pressed for a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pressed {
    Nothing,
    Side(usize),
    All,
    New,
}

impl Pressed {
    fn of(choice: &Choice, conflict: &Conflict) -> Pressed {
        match choice {
            Choice::Side(revs) => side_of(conflict, revs).map_or(Pressed::Nothing, Pressed::Side),
            Choice::All => Pressed::All,
            Choice::New(_) => Pressed::New,
        }
    }
}

fn open_places(merged: &Merged, form: &HistoryForm) -> usize {
    let is_open = |field: &Field| match form.choices.get(field) {
        None => true,
        Some(Choice::New(words)) => words.trim().is_empty(),
        Some(_) => false,
    };
    merged.conflicts.iter().filter(|conflict| is_open(&conflict.field)).count()
}

fn footer(ui: &mut Ui, view: &mut View<'_>, merged: &Merged, place: Rect) {
    let p = theme::of(ui);
    ui.painter().rect_filled(place, 0.0, p.surface);
    let stroke = Stroke::new(theme::line_width(ui), p.line);
    ui.painter().hline(place.x_range(), place.top() + 0.5, stroke);
    let wide = Room::of(ui) >= Room::Medium;
    Frame::NONE.inner_margin(Margin::symmetric(if wide { 28 } else { 12 }, 0)).show(ui, |ui| {
        ui.set_height(place.height());
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let open = open_places(merged, &view.inputs.history);
            let words = match open {
                0 => "Keep this".to_owned(),
                n => format!("Choose in {}", history::places(n).replace(" to settle", "")),
            };
            let button = Button::primary(&words).cannot_yet(open > 0);
            if wide {
                let left = ui.available_width() - button.measure(ui) - 12.0;
                ui.allocate_ui(egui::vec2(left, place.height()), |ui| {
                    ui.set_width(left);
                    safe(ui);
                });
            }
            if ui.add(button).clicked() {
                view.out.push(Action::History(HistoryAction::Settle));
            }
        });
    });
}

fn safe(ui: &mut Ui) {
    page::row_of_height(ui, 24.0, |ui| {
        let side = IconSize::Button.pts();
        let (rect, _) = ui.allocate_exact_size(egui::vec2(side, side), egui::Sense::hover());
        Icon::ShieldCheck.paint(ui.painter(), rect.center(), side, theme::of(ui).text2);
        text::small(ui, "Nothing is dropped: what you don’t choose stays in the history.");
    });
}
