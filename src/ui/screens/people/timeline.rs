//! What happened with a person: meetings as cards, small things as lines, newest first.

use egui::{Align, Layout, Sense, Ui, vec2};
use jiff::civil::Date;

use super::card;
use crate::app::action::SessionAction;
use crate::app::inputs::{ShownLayers, Timeline};
use crate::app::keeping::{Form, KeepingAction};
use crate::app::state::Open;
use crate::app::{Action, Screen};
use crate::model::journal::Event;
use crate::model::text::month;
use crate::model::{Id, Layer, Person, Receipt, Session};
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::layer::{self, Chip};
use crate::ui::widgets::progress::{Stone, timeline_item};
use crate::ui::widgets::text::{self, Level};

/// Entries that are shown at once.
const PAGE: usize = 30;
/// The layers in the order of the chips.
pub const ORDER: [Layer; 3] = [Layer::Shared, Layer::Private, Layer::Arcp];

/// Draws the tab.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    if view.inputs.timeline.person != Some(id) {
        view.inputs.timeline = Timeline { person: Some(id), earlier: 0 };
    }
    let events = open.journal.timeline(id);
    if events.is_empty() {
        planned(ui, view, open, (id, person));
        nothing_yet(ui, view, open, id);
        return;
    }
    filter(ui, view, open, id);
    let layers = view.inputs.shown_layers;
    let all = events.len();
    let shown: Vec<_> =
        events.into_iter().filter(|(_, event)| passes(open, event, layers)).collect();
    if shown.is_empty() {
        filtered_to_nothing(ui, view);
        return;
    }
    let some = PAGE * (view.inputs.timeline.earlier + 1);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::M.pts();
        planned(ui, view, open, (id, person));
        let mut last = None;
        for (day, event) in shown.iter().take(some) {
            let this = (day.year(), day.month());
            if last != Some(this) {
                last = Some(this);
                timeline_item(ui, Stone::None, |ui| {
                    let words = format!("{} {}", month(day.month()), day.year());
                    let colour = theme::of(ui).text2;
                    text::heading_in(ui, Level::Group, &words, colour);
                });
            }
            entry(ui, view, open, (*day, event), person);
        }
    });
    if some < shown.len() {
        let words = format!("Show earlier, {} more", shown.len() - some);
        if ui.add(Button::secondary(&words)).clicked() {
            view.inputs.timeline.earlier += 1;
        }
    } else if shown.len() < all {
        let words = match all - shown.len() {
            1 => "1 entry is in a layer that is not shown.".to_owned(),
            n => format!("{n} entries are in layers that are not shown."),
        };
        text::small(ui, &words);
    }
}

/// The meeting that is arranged, on top of what was.
fn planned(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let today = view.state.today();
    let Some(meeting) = person.next_meeting.as_ref().filter(|one| one.date >= today) else {
        return;
    };
    let template = view.state.library.get(&meeting.template);
    let title = template.map_or("Next meeting", |template| template.title.as_str()).to_owned();
    let words = super::year::day_words(meeting);
    timeline_item(ui, Stone::Next, |ui| {
        crate::ui::widgets::card::card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            text::strong(ui, &title);
            text::secondary(ui, &words);
            let name = "Start the meeting that is arranged";
            let start = Button::secondary("Start session").small().icon(Icon::Play).name(name);
            if open.read_only.is_none() && ui.add(start).clicked() {
                view.out.push(super::year::start(view, id, meeting.template.clone()));
            }
        });
    });
}

fn nothing_yet(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id) {
    text::secondary(ui, "No meetings yet. Start with the first meeting template.");
    if open.read_only.is_none() && ui.add(Button::secondary("Start the first meeting")).clicked() {
        let template = "first-meeting".to_owned();
        view.out.push(Action::Session(SessionAction::Start { template, person: Some(id) }));
    }
}

fn filter(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id) {
    ui.horizontal_wrapped(|ui| {
        text::small(ui, "Show");
        for layer in ORDER {
            let mut on = view.inputs.shown_layers.shows(layer);
            if ui.add(Chip::filter(layer, &mut on)).changed() {
                view.inputs.shown_layers.toggle(layer);
            }
        }
        let sent = Button::quiet("Show what was sent").small().icon(Icon::Receipt);
        if open.journal.about(id).receipts > 0 && ui.add(sent).clicked() {
            view.out.push(Action::Keeping(KeepingAction::Ask(Form::Sent(id))));
        }
    });
}

/// Whether something of it lies in a layer that is shown. What is still empty lies in none.
fn passes(open: &Open, event: &Event<'_>, layers: ShownLayers) -> bool {
    match event {
        _ if layers.all() => true,
        Event::Session(id, _) | Event::Reflection(id, _) => {
            let lies_in = |layer| open.journal.lies_in(*id, layer);
            ORDER.into_iter().any(|layer| layers.shows(layer) && lies_in(layer))
        }
        Event::Receipt(..) => layers.shows(Layer::Arcp),
        Event::Attempt(_) | Event::Panel(_) | Event::Agreed(..) => layers.shows(Layer::Shared),
    }
}

fn filtered_to_nothing(ui: &mut Ui, view: &mut View<'_>) {
    let layers = view.inputs.shown_layers;
    let shown: Vec<Layer> = ORDER.into_iter().filter(|layer| layers.shows(*layer)).collect();
    let words = match shown.as_slice() {
        [] => "All three layers are hidden.",
        [Layer::Private] => "Nothing private here.",
        [Layer::Shared] => "Nothing shared here.",
        [Layer::Arcp] => "Nothing for the ARCP here.",
        _ => "Nothing in these layers here.",
    };
    text::secondary(ui, words);
    if ui.add(Button::secondary("Show all layers")).clicked() {
        view.inputs.shown_layers = ShownLayers::default();
    }
}

fn entry(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (day, event): (Date, &Event<'_>),
    person: &Person,
) {
    match event {
        Event::Session(id, session) => card::show(ui, view, open, (*id, session)),
        Event::Reflection(id, session) => reflection(ui, view, (*id, session)),
        Event::Receipt(id, receipt) => {
            ui.push_id(id, |ui| sent(ui, day, receipt, person));
        }
        Event::Attempt(one) => {
            let words = format!("{}: {}", one.exam, one.result.words().to_lowercase());
            small_line(ui, (Layer::Shared, Icon::Exam, "Exam."), &words, day, false);
        }
        Event::Panel(one) => {
            let words = match one.outcome.as_str() {
                "" => "The panel sat".to_owned(),
                code => format!("Outcome {code}"),
            };
            small_line(ui, (Layer::Shared, Icon::Certificate, "ARCP."), &words, day, false);
        }
        Event::Agreed(with, number) => {
            let words = format!("Version {number}, agreed by you both");
            let what = (Layer::Shared, Icon::CheckCircle, "Career plan.");
            if ui.push_id(("agreed", number), |ui| small_line(ui, what, &words, day, true)).inner {
                view.out.push(Action::Go(Screen::Plan(*with)));
            }
        }
    }
}

/// A small entry: icon and layer, words, the day at the right. It may lead somewhere.
fn small_line(
    ui: &mut Ui,
    (layer, icon, lead): (Layer, Icon, &str),
    words: &str,
    day: Date,
    opens: bool,
) -> bool {
    let p = theme::of(ui);
    let day = format!("{} {}", day.day(), &month(day.month())[..3]);
    let sense = if opens { Sense::click() } else { Sense::hover() };
    let shown = timeline_item(ui, Stone::Small, |ui| {
        let builder = egui::UiBuilder::new().sense(sense);
        let look = layer::look(layer, p);
        let row = ui.scope_builder(builder, |ui| {
            let size = vec2(ui.available_width(), 32.0);
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                ui.set_min_size(size);
                text::show(ui, &day, Type::Small, p.text2);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let side = IconSize::Button.pts();
                    let (rect, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
                    icon.paint(ui.painter(), rect.center(), side, look.ink);
                    text::show(ui, lead, Type::Strong, look.ink);
                    text::line(ui, words, Type::Body, p.text);
                });
            });
        });
        row.response
    });
    if opens {
        card::as_button(ui, &shown.inner, &format!("{lead} {words}, {day}"));
    }
    opens && shown.inner.clicked()
}

fn reflection(ui: &mut Ui, view: &mut View<'_>, (id, session): (Id, &Session)) {
    let private = session.count(Layer::Shared) + session.count(Layer::Arcp) == 0;
    let (layer, lead) = if private {
        (Layer::Private, "Private reflection.")
    } else {
        (Layer::Shared, "Shared reflection.")
    };
    let icon = layer::look(layer, theme::of(ui)).icon;
    let what = (layer, icon, lead);
    if ui.push_id(id, |ui| small_line(ui, what, &session.title, session.date, true)).inner {
        view.out.push(Action::Session(SessionAction::Open(id)));
    }
}

fn sent(ui: &mut Ui, day: Date, receipt: &Receipt, person: &Person) {
    let to = if receipt.to.is_empty() { String::new() } else { format!(", to {}", receipt.to) };
    let words = if receipt.what.is_empty() {
        format!("About {}{to}", person.called())
    } else {
        format!("{}{to}", receipt.what)
    };
    small_line(ui, (Layer::Arcp, Icon::Receipt, "Written to a file."), &words, day, false);
}
