//! The bar at the top: where one is, whether it is saved, and the lock.

use egui::{Align, Layout, Margin, Panel, Popup, Ui};

use super::{RailForm, edge_line, edge_panel};
use crate::app::lock::{Idle, idle};
use crate::app::screen::Place;
use crate::app::state::{Open, Saved};
use crate::app::{Action, Command, Screen};
use crate::model::Kind;
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Radius, Space, Type, tokens};
use crate::ui::widgets::{Button, IconButton, text};

/// Draws the bar.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, form: RailForm) {
    let fill = theme::of(ui).page;
    let height = tokens().control.top_bar;
    let narrow = form == RailForm::Hidden;
    edge_panel(Panel::top("top").exact_size(height), fill).show(ui, |ui| {
        let rect = ui.max_rect();
        edge_line(ui, rect.left_bottom(), rect.right_bottom());
        let margin = Margin::symmetric(if narrow { 12 } else { 24 }, 0);
        egui::Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.set_height(height);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if narrow {
                    menu(ui, view);
                }
                crumbs(ui, view, open, narrow);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    lock(ui, view, open, narrow);
                    ui.add_space(Space::S.pts());
                    saved(ui, view, open);
                });
            });
        });
    });
}

/// The rail behind a button, for a narrow window.
fn menu(ui: &mut Ui, view: &mut View<'_>) {
    let button = ui.add(IconButton::new(Icon::List, "Menu"));
    Popup::menu(&button).show(|ui| {
        ui.set_min_width(180.0);
        for place in Place::HEAD.into_iter().chain(Place::FOOT) {
            if ui.add(Button::ghost(place.words()).fill_width()).clicked() {
                view.out.push(Action::Go(place.screen()));
                ui.close();
            }
        }
    });
}

/// The way to this screen, each part but the last a button.
fn crumbs(ui: &mut Ui, view: &mut View<'_>, open: &Open, narrow: bool) {
    let p = theme::of(ui);
    let path = path(view, open);
    let last = path.len() - 1;
    for (at, (words, screen)) in path.into_iter().enumerate() {
        if at == last {
            let room = (ui.available_width() - if narrow { 170.0 } else { 330.0 }).max(60.0);
            ui.scope(|ui| {
                ui.set_max_width(room);
                text::line(ui, &words, Type::Button, p.text);
            });
        } else if !narrow {
            if ui.add(Button::ghost(&words).small()).clicked()
                && let Some(screen) = screen
            {
                view.out.push(Action::Go(screen));
            }
            Icon::CaretRight.show(ui, IconSize::Inline, p.text3);
        }
    }
}

fn path(view: &View<'_>, open: &Open) -> Vec<(String, Option<Screen>)> {
    let place = |place: Place| (place.words().to_owned(), Some(place.screen()));
    let end = |words: &str| (words.to_owned(), None);
    let person = |id| {
        let name = open.journal.person(id).map_or("Someone", |person| person.name.as_str());
        (name.to_owned(), Some(Screen::People(Some(id))))
    };
    match &open.screen {
        Screen::Today => vec![place(Place::Today)],
        Screen::People(None) => vec![place(Place::People)],
        Screen::People(Some(id)) => vec![place(Place::People), person(*id)],
        Screen::PersonForm(None) => vec![place(Place::People), end("Add a person")],
        Screen::PersonForm(Some(id)) => {
            vec![place(Place::People), person(*id), end("What you know")]
        }
        Screen::Choose(None) => vec![place(Place::Templates)],
        Screen::Choose(Some(id)) => vec![place(Place::People), person(*id), end("New session")],
        Screen::Session(_) => session_path(view, place, person),
        Screen::Journal => vec![place(Place::Journal)],
        Screen::Summary(None) => vec![place(Place::Summaries)],
        Screen::Summary(Some(id)) => vec![place(Place::Summaries), (person(*id).0, None)],
        Screen::Settings => vec![place(Place::Settings)],
        Screen::Help => vec![place(Place::Help)],
    }
}

type Crumb = (String, Option<Screen>);

fn session_path(
    view: &View<'_>,
    place: impl Fn(Place) -> Crumb,
    person: impl Fn(crate::model::Id) -> Crumb,
) -> Vec<Crumb> {
    let Some(draft) = &view.inputs.draft else { return vec![place(Place::People)] };
    let title = (draft.session.title.clone(), None);
    match (draft.kind, draft.session.person) {
        (Kind::Reflection, _) | (_, None) => vec![place(Place::Journal), title],
        (_, Some(id)) => vec![person(id), title],
    }
}

fn saved(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let p = theme::of(ui);
    if open.read_only.is_some() {
        return label(ui, Icon::Eye, p.text2, "Reading only", p.text2);
    }
    match &open.saved {
        Saved::Unchanged => label(ui, Icon::CheckCircle, p.success, "All saved", p.text2),
        Saved::Saving => label(ui, Icon::CircleNotch, p.text2, "Saving…", p.text2),
        Saved::At(when) => {
            let seconds = view.state.now.timestamp().duration_since(when.timestamp()).as_secs();
            let words = match seconds {
                ..60 => "Saved just now".to_owned(),
                _ => format!("Saved {:02}:{:02}", when.hour(), when.minute()),
            };
            label(ui, Icon::CheckCircle, p.success, &words, p.text2);
        }
        Saved::Not(_) => {
            let button = Button::danger("Not saved. See why").icon(Icon::WarningCircle).small();
            if ui.add(button).clicked() {
                view.out.push(Action::Go(open.screen.clone()));
            }
        }
    }
}

fn label(ui: &mut Ui, icon: Icon, ink: egui::Color32, words: &str, words_ink: egui::Color32) {
    // The bar runs from the right: words first, then the icon before them.
    text::line(ui, words, Type::Hint, words_ink);
    icon.show(ui, IconSize::Button, ink);
}

fn lock(ui: &mut Ui, view: &mut View<'_>, open: &Open, narrow: bool) {
    let p = theme::of(ui);
    let minutes = open.journal.settings().idle_minutes;
    let now = view.state.now.timestamp();
    let soon = idle(view.state.last_touch, now, minutes) != Idle::Awake;
    let words = if soon { "Locks in 1 min" } else { "Unlocked" };
    let frame = egui::Frame::NONE
        .fill(p.surface)
        .stroke(egui::Stroke::new(theme::line_width(ui), p.line_strong))
        .corner_radius(Radius::Control)
        .inner_margin(Margin { left: 12, right: 4, top: 0, bottom: 0 });
    frame.show(ui, |ui| {
        ui.set_height(32.0);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            if !narrow {
                Icon::LockSimpleOpen.show(ui, IconSize::Button, p.text2);
                text::line(ui, words, Type::Hint, if soon { p.attn } else { p.text2 });
                let (line, _) = ui.allocate_exact_size(egui::vec2(1.0, 18.0), egui::Sense::hover());
                ui.painter().rect_filled(line, 0, p.line_strong);
            }
            let hint = Command::Lock.shortcut().map(|keys| keys.to_string()).unwrap_or_default();
            let button = ui.add(Button::ghost("Lock").small()).on_hover_text(hint);
            if button.clicked() {
                view.out.push(Action::Lock);
            }
        });
    });
}
