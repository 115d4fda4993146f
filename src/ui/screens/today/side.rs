//! Beside the day: how long to panels and exams, who was not met for long, the state of the
//! record.

use egui::Ui;

use super::settle;
use crate::app::calendar::CalendarAction;
use crate::app::keeping::{Form, KeepingAction};
use crate::app::state::Open;
use crate::app::today::{Backup, NotSeen, PersonCountdown, Today};
use crate::app::{Action, Command, Screen, State, findings};
use crate::model::countdown::Towards;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{ListRow, card, card_of_list, hairline};
use crate::ui::widgets::text::{self, Level};

/// What is drawn, and the list for what the person wants.
type Out<'a> = (&'a State, &'a mut Vec<Action>);

/// People that are shown; the rest is under People.
const SHOWN: usize = 4;

/// Draws the column.
pub fn show(ui: &mut Ui, (state, out): Out<'_>, (open, today): (&Open, &Today)) {
    ui.spacing_mut().item_spacing.y = Space::Section.pts();
    settle::records(ui, out, open);
    // What there is to see to about the record stands where it is seen; else it comes last.
    let first =
        today.backup.is_due || open.sheet_unchecked || findings::to_look_at(&open.findings) > 0;
    if first {
        record(ui, (state, out), (open, today));
    }
    countdowns(ui, out, &today.countdowns);
    not_seen(ui, out, &today.not_seen);
    calendar(ui, out, today);
    if !first {
        record(ui, (state, out), (open, today));
    }
}

/// How long it is to panels and exams.
fn countdowns(ui: &mut Ui, out: &mut Vec<Action>, ahead: &[PersonCountdown]) {
    if ahead.is_empty() {
        return;
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Group, "Counting down");
        card_of_list(ui, |ui| {
            let shown = ahead.len().min(SHOWN);
            for (at, one) in ahead.iter().take(SHOWN).enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                let detail = detail(one);
                let row = ListRow::new(&one.name)
                    .detail(&detail)
                    .end(&one.countdown.words)
                    .in_card(at == 0, at + 1 == shown);
                let id = (one.person, &one.countdown.name, one.countdown.date);
                if ui.push_id(id, |ui| row.show(ui)).inner.clicked() {
                    out.push(Action::Go(Screen::People(Some(one.person))));
                }
            }
        });
        more(ui, out, ahead.len());
    });
}

/// "ARCP, 1 of 4 meetings"; of an exam its name.
fn detail(one: &PersonCountdown) -> String {
    let (held, of) = one.meetings;
    match one.countdown.towards {
        Towards::Arcp if of > 0 => format!("ARCP, {held} of {of} meetings"),
        _ => one.countdown.name.clone(),
    }
}

fn not_seen(ui: &mut Ui, out: &mut Vec<Action>, unseen: &[NotSeen]) {
    if unseen.is_empty() {
        return;
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Group, "Not met lately");
        card_of_list(ui, |ui| {
            let shown = unseen.len().min(SHOWN);
            for (at, one) in unseen.iter().take(SHOWN).enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                let row = ListRow::new(&one.name)
                    .detail(&one.words)
                    .attention(one.weeks > 0)
                    .in_card(at == 0, at + 1 == shown);
                if ui.push_id(one.person, |ui| row.show(ui)).inner.clicked() {
                    out.push(Action::Go(Screen::People(Some(one.person))));
                }
            }
        });
        more(ui, out, unseen.len());
    });
}

fn more(ui: &mut Ui, out: &mut Vec<Action>, all: usize) {
    if let Some(more @ 1..) = all.checked_sub(SHOWN) {
        let words = format!("{more} more under People");
        if ui.add(Button::quiet(&words)).clicked() {
            out.push(Action::Do(Command::People));
        }
    }
}

/// Takes meetings and due dates along into a calendar.
fn calendar(ui: &mut Ui, out: &mut Vec<Action>, today: &Today) {
    let some = !today.next.is_empty() || !today.countdowns.is_empty() || !today.due.is_empty();
    let button = Button::secondary("Calendar file…").icon(Icon::CalendarPlus);
    if some && ui.add(button).clicked() {
        out.push(Action::Calendar(CalendarAction::Ask(None)));
    }
}

/// The state of the record: when it was backed up, what there is to look at, where it lies, and
/// whether there is a second way in.
pub fn record(ui: &mut Ui, (state, out): Out<'_>, (open, today): (&Open, &Today)) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Group, "This record");
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            backup(ui, (state, out), (open, &today.backup));
            let to_look_at = findings::to_look_at(&open.findings);
            if to_look_at > 0 {
                part(ui);
                fact(ui, Icon::ShieldWarning, &findings::count_words(to_look_at), true);
                let see = Button::quiet("See what").small().name("See what to look at");
                if under(ui, |ui| ui.add(see)).clicked() {
                    out.push(Action::Keeping(KeepingAction::Show));
                }
            }
            if let Some(asks) = open.keep_list().and_then(|list| list.asks.as_ref()) {
                part(ui);
                keep(ui, out, asks);
            }
            if open.sheet_unchecked {
                part(ui);
                sheet(ui, out, open);
            }
        });
    });
}

/// That it is time to look at who is kept: once a year, and when a date has passed.
fn keep(ui: &mut Ui, out: &mut Vec<Action>, asks: &str) {
    fact(ui, Icon::Archive, asks, false);
    inset(ui, WORDS, |ui| text::small(ui, "Nothing is deleted by itself."));
    let look = Button::quiet("Look").small().name("Look at who is kept, and until when");
    if under(ui, |ui| ui.add(look)).clicked() {
        out.push(Action::Keeping(KeepingAction::ShowKept));
    }
}

/// When it was backed up, and where it lies. A button only where a backup is due.
fn backup(ui: &mut Ui, (state, out): Out<'_>, (open, backup): (&Open, &Backup)) {
    fact(ui, Icon::HardDrives, &backup.words, false);
    let name = state.dir.file_name().unwrap_or_default().to_string_lossy();
    let words = format!("In the folder “{name}”");
    let p = theme::of(ui);
    let folder = |ui: &mut Ui| text::lines(ui, &words, Type::Small, p.text2, 2);
    inset(ui, WORDS, folder).on_hover_text(state.dir.display().to_string());
    let button = Button::quiet("Back up…").small();
    if backup.is_due && open.read_only.is_none() && under(ui, |ui| ui.add(button)).clicked() {
        out.push(Action::Keeping(KeepingAction::Show));
        out.push(Action::Keeping(KeepingAction::Ask(Form::Backup)));
    }
}

/// The recovery sheet that is shown still, or was put off.
fn sheet(ui: &mut Ui, out: &mut Vec<Action>, open: &Open) {
    fact(ui, Icon::Key, "The recovery sheet is not checked", true);
    let words = "Keep it on paper, away from this computer. Without it, a forgotten password closes \
                 the record for good.";
    inset(ui, WORDS, |ui| text::small(ui, words));
    let back = Button::quiet("Back to the sheet").small();
    if open.keeping.sheet.is_some() && under(ui, |ui| ui.add(back)).clicked() {
        out.push(Action::Keeping(KeepingAction::Show));
    }
}

/// From the left of a fact to its words.
const WORDS: f32 = 28.0;

/// What stands under the words of a fact; the words of a button, not the room round them, are
/// flush with them.
fn under<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    const PAD: f32 = 11.0;
    inset(ui, WORDS - PAD, contents)
}

fn inset<R>(ui: &mut Ui, by: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let mut room = ui.available_rect_before_wrap();
    room.min.x += by;
    ui.scope_builder(egui::UiBuilder::new().max_rect(room), contents).inner
}

fn part(ui: &mut Ui) {
    ui.add_space(Space::Xs.pts());
    hairline(ui);
    ui.add_space(Space::Xs.pts());
}

fn fact(ui: &mut Ui, icon: Icon, words: &str, attention: bool) {
    let p = theme::of(ui);
    let ink = if attention { p.attn } else { p.text };
    ui.horizontal(|ui| {
        let side = theme::IconSize::Nav.pts();
        let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(side), egui::Sense::hover());
        icon.paint(ui.painter(), rect.center(), side, if attention { p.attn } else { p.text2 });
        text::show(ui, words, Type::Strong, ink);
    });
}
