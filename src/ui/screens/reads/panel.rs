//! The panel: how much of each layer there is, what was sent of it and when, and what waits.

use egui::{
    Align, Id as WidgetId, Layout, Margin, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder,
    WidgetInfo, vec2,
};

use super::{short, standing_words};
use crate::app::keeping::{Form, KeepingAction};
use crate::app::reads::{Reads, Standing, Thing};
use crate::app::state::Open;
use crate::app::{Action, Screen};
use crate::model::text::day_and_month;
use crate::model::{Id, Layer, Person};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Radius, Space, Type, mark_focus};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::layer::{self, Chip};
use crate::ui::widgets::menu::select;
use crate::ui::widgets::{Banner, Level, page, text};

/// How wide it stands beside a page, in points.
pub const PANEL: f32 = 404.0;
/// Things that are shown; the rest is on the page with every word.
const SHOWN: usize = 6;

/// Draws it in its place, where it has one of its own; else where the page stands. Nothing where
/// nobody supervises yet.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, place: Option<Rect>) {
    let people = open.journal.people();
    let today = view.state.today();
    let is_here = |(id, person): &(Id, &Person)| {
        !person.is_past() && (person.supervises_on(today) || open.readers.pair(*id).is_some())
    };
    let now: Vec<(Id, &Person)> = people.into_iter().filter(is_here).collect();
    let chosen = view.inputs.reads_of.filter(|id| now.iter().any(|(of, _)| of == id));
    let Some(id) = chosen.or_else(|| first(open, &now)) else { return };
    let Some(place) = place else {
        contents(ui, view, open, &now, id);
        ui.add_space(Space::M.pts());
        buttons(ui, view, id);
        return;
    };
    let p = theme::of(ui);
    ui.painter().rect_filled(place, 0.0, p.surface);
    page::region(ui, "What my supervisor can read", Role::Complementary, place, |ui| {
        egui::Panel::bottom("foot of what they can read")
            .resizable(false)
            .show_separator_line(false)
            .frame(egui::Frame::NONE.inner_margin(Margin {
                left: 24,
                right: 24,
                top: 8,
                bottom: 20,
            }))
            .show(ui, |ui| {
                banner(ui);
                ui.add_space(Space::S.pts());
                buttons(ui, view, id);
            });
        let margin = Margin { left: 24, right: 24, top: 20, bottom: 12 };
        ScrollArea::vertical().auto_shrink(false).content_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            groups(ui, view, open, &now, id);
        });
    });
    let stroke = Stroke::new(theme::line_width(ui), p.line);
    ui.painter().vline(place.left() + 0.5, place.y_range(), stroke);
}

/// Whom it is about where nobody is chosen: whom the doctor meets next, else a pair, else the first.
fn first(open: &Open, now: &[(Id, &Person)]) -> Option<Id> {
    let next = open.today().and_then(|today| today.next.first()).map(|next| next.person);
    let paired = || now.iter().find(|(id, _)| open.readers.pair(*id).is_some());
    next.or_else(|| paired().map(|(id, _)| *id)).or_else(|| now.first().map(|(id, _)| *id))
}

fn contents(ui: &mut Ui, view: &mut View<'_>, open: &Open, now: &[(Id, &Person)], id: Id) {
    groups(ui, view, open, now, id);
    ui.add_space(Space::M.pts());
    banner(ui);
}

fn groups(ui: &mut Ui, view: &mut View<'_>, open: &Open, now: &[(Id, &Person)], id: Id) {
    ui.spacing_mut().item_spacing.y = Space::Xs.pts();
    text::heading(ui, Level::Section, "What my supervisor can read");
    if now.len() > 1 {
        let options: Vec<(Id, &str)> = now.iter().map(|(id, _)| (*id, open.called(*id))).collect();
        let mut of = id;
        select(ui, "Which supervisor", &mut of, &options, PANEL - 48.0);
        if of != id {
            view.inputs.reads_of = Some(of);
        }
    }
    let (Some(reads), Some(person)) = (open.reads(id), open.journal.person(id)) else { return };
    who(ui, reads, person, now.len() > 1);
    ui.add_space(Space::S.pts());
    shared(ui, view, reads, id);
    for_the_arcp(ui, reads);
    private(ui, reads);
}

/// "Dr Rowan Elderbrook, paired face to face 18 August", without the name where it is chosen above.
fn who(ui: &mut Ui, reads: &Reads, person: &Person, chosen: bool) {
    let how = match reads.paired {
        Some((day, true)) => format!("Paired face to face {}", day_and_month(day)),
        Some((day, false)) => {
            format!("Paired {}. Compare the four words when you meet", day_and_month(day))
        }
        // The way to pairing stands here once that has a page of its own.
        None => "Not paired yet. Pair in your first meeting".to_owned(),
    };
    let words = if chosen { how } else { format!("{}. {how}", person.name) };
    text::small(ui, &words);
}

/// A chip with what is said beside it.
fn head(ui: &mut Ui, chip: Chip<'_>, words: &str) {
    ui.horizontal_wrapped(|ui| {
        ui.add(chip);
        text::small(ui, words);
    });
}

fn shared(ui: &mut Ui, view: &mut View<'_>, reads: &Reads, id: Id) {
    let sent = match reads.last_sent {
        Some(day) => format!("last sent {}", day_and_month(day)),
        None => "nothing sent yet".to_owned(),
    };
    head(ui, Chip::count(Layer::Shared, reads.shared), &sent);
    if reads.things.is_empty() {
        text::small(ui, "Nothing yet. Your supervisor reads only what you send.");
        ui.add_space(Space::S.pts());
        return;
    }
    layer::edged(ui, Layer::Shared, |ui| {
        for thing in reads.things.iter().take(SHOWN) {
            if ui.push_id(thing.id, |ui| row(ui, thing)).inner {
                view.out.push(Action::Go(Screen::Reads(id)));
            }
        }
        if let Some(more @ 1..) = reads.things.len().checked_sub(SHOWN) {
            text::small(ui, &format!("{more} more under Read all of it"));
        }
    });
    ui.add_space(Space::S.pts());
}

/// A thing: its title, when it was sent, how much it is. It leads to its words.
fn row(ui: &mut Ui, thing: &Thing) -> bool {
    let p = theme::of(ui);
    let end = match thing.standing {
        Standing::Sent(day) => short(day),
        Standing::Changed(day) => format!("Changed since {}", short(day)),
        Standing::NotSent => "Not sent yet".to_owned(),
    };
    let waits = !matches!(thing.standing, Standing::Sent(_));
    let builder = UiBuilder::new().sense(Sense::click());
    let shown = ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let size = vec2(ui.available_width(), Type::Strong.token().line);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            let (kind, ink) =
                if waits { (Type::HintStrong, p.attn) } else { (Type::Small, p.text2) };
            text::show(ui, &end, kind, ink);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                text::line(ui, &thing.title, Type::Strong, p.text);
            });
        });
        text::lines(ui, &thing.detail, Type::Small, p.text2, 2);
    });
    let response = shown.response;
    let said = format!("{}. {}. {}", thing.title, thing.detail, standing_words(thing.standing));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &said));
    mark_focus(ui, &response, response.rect, f32::from(Radius::Control.pts()), false);
    if response.hovered() {
        ui.painter().hline(
            response.rect.x_range(),
            response.rect.bottom(),
            Stroke::new(theme::line_width(ui), p.control),
        );
    }
    response.clicked()
}

fn plain_row(ui: &mut Ui, title: &str, detail: &str) {
    let p = theme::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    text::lines(ui, title, Type::Strong, p.text, 3);
    text::lines(ui, detail, Type::Small, p.text2, 2);
    ui.add_space(Space::Xs.pts());
}

fn for_the_arcp(ui: &mut Ui, reads: &Reads) {
    if reads.arcp.is_empty() {
        return;
    }
    head(ui, Chip::count(Layer::Arcp, reads.arcp.len()), "a panel may read these too");
    layer::edged(ui, Layer::Arcp, |ui| {
        for line in reads.arcp.iter().take(SHOWN) {
            plain_row(ui, &line.text, &line.detail);
        }
        if let Some(more @ 1..) = reads.arcp.len().checked_sub(SHOWN) {
            text::small(ui, &format!("{more} more under Read all of it"));
        }
    });
    ui.add_space(Space::S.pts());
}

fn private(ui: &mut Ui, reads: &Reads) {
    let words = format!("{} private to me", reads.private_count);
    head(ui, Chip::said(Layer::Private, &words), "not sent to anyone");
    if reads.private.is_empty() {
        return;
    }
    layer::edged(ui, Layer::Private, |ui| {
        for (title, detail) in &reads.private {
            plain_row(ui, title, detail);
        }
    });
}

/// What sending means, and what can be asked for.
fn banner(ui: &mut Ui) {
    let words = "Your supervisor also keeps private notes. You can ask to see them. Help says how.";
    let lead = "What was sent cannot be called back.";
    Banner::information(lead).words(words).icon(Icon::Info).unannounced().show(ui);
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, id: Id) {
    ui.columns(2, |columns| {
        let read = Button::secondary("Read all of it").fill_width();
        let read = read.id(WidgetId::unique("read all of it"));
        if columns.first_mut().is_some_and(|ui| ui.add(read).clicked()) {
            view.out.push(Action::Go(Screen::Reads(id)));
        }
        let sent = Button::secondary("What was sent").icon(Icon::Receipt).fill_width();
        if columns.get_mut(1).is_some_and(|ui| ui.add(sent).clicked()) {
            view.out.push(Action::Keeping(KeepingAction::Ask(Form::Sent(id))));
        }
    });
}
