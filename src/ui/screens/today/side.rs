//! Beside the day: how long to the ARCP panels, and the state of the record.

use egui::Ui;

use super::settle;
use crate::app::keeping::{Form, KeepingAction};
use crate::app::state::Open;
use crate::app::{Action, Command, Screen, State, advice, findings};
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{ListRow, card, card_of_list, hairline};
use crate::ui::widgets::text::{self, Level};

/// What is drawn, and the list for what the person wants.
type Out<'a> = (&'a State, &'a mut Vec<Action>);

/// Panels that are shown; the rest is under People.
const PANELS: usize = 6;

/// Draws the column.
pub fn show(ui: &mut Ui, (state, out): Out<'_>, open: &Open) {
    ui.spacing_mut().item_spacing.y = Space::Section.pts();
    panels(ui, (state, out), open);
    settle::records(ui, out, open);
    record(ui, (state, out), open);
}

fn panels(ui: &mut Ui, (state, out): Out<'_>, open: &Open) {
    let today = state.today();
    let ahead = advice::arcp_ahead(&open.journal, today);
    if ahead.is_empty() {
        return;
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Group, "Counting down to ARCP");
        card_of_list(ui, |ui| {
            let shown = ahead.len().min(PANELS);
            for (at, (panel, id, person)) in ahead.iter().take(PANELS).enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                let weeks = match advice::weeks(today, *panel) {
                    0 => "This week".to_owned(),
                    1 => "1 week".to_owned(),
                    weeks => format!("{weeks} weeks"),
                };
                let long = advice::long_not_met(&open.journal, *id, today);
                let detail = match long {
                    Some(weeks) => format!("Not met for {weeks} weeks"),
                    None => meetings(advice::meetings_in_a_year(&open.journal, *id, today)),
                };
                let row = ListRow::new(&person.name)
                    .detail(&detail)
                    .end(&weeks)
                    .attention(long.is_some())
                    .in_card(at == 0, at + 1 == shown);
                if ui.push_id(id, |ui| row.show(ui)).inner.clicked() {
                    out.push(Action::Go(Screen::People(Some(*id))));
                }
            }
        });
        if let Some(more @ 1..) = ahead.len().checked_sub(PANELS) {
            let words = format!("{more} more under People");
            if ui.add(Button::quiet(&words)).clicked() {
                out.push(Action::Do(Command::People));
            }
        }
    });
}

fn meetings(count: usize) -> String {
    match count {
        0 => "No meetings in the last year".to_owned(),
        1 => "1 meeting in the last year".to_owned(),
        n => format!("{n} meetings in the last year"),
    }
}

/// The state of the record: when it was backed up, what there is to look at, where it lies, and
/// whether there is a second way in.
pub fn record(ui: &mut Ui, (state, out): Out<'_>, open: &Open) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Group, "This record");
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            backup(ui, (state, out), open);
            let to_look_at = findings::to_look_at(&open.findings);
            if to_look_at > 0 {
                part(ui);
                fact(ui, Icon::ShieldWarning, &findings::count_words(to_look_at), true);
                let see = Button::quiet("See what").small().name("See what to look at");
                if under(ui, |ui| ui.add(see)).clicked() {
                    out.push(Action::Keeping(KeepingAction::Show));
                }
            }
            if open.sheet_unchecked {
                part(ui);
                sheet(ui, out, open);
            }
        });
    });
}

/// When it was backed up, and where it lies. A button only where a backup is due.
fn backup(ui: &mut Ui, (state, out): Out<'_>, open: &Open) {
    let last = advice::last_backup(&open.journal, &open.record.vault, &state.now);
    let due = advice::backup_is_due(&open.journal, last.as_ref());
    let words = match &last {
        Some(last) => format!("Last backed up {}", advice::ago(last.days)),
        None => "Not backed up yet".to_owned(),
    };
    fact(ui, Icon::HardDrives, &words, false);
    let name = state.dir.file_name().unwrap_or_default().to_string_lossy();
    let words = format!("In the folder “{name}”");
    let p = theme::of(ui);
    let folder = |ui: &mut Ui| text::lines(ui, &words, Type::Small, p.text2, 2);
    inset(ui, WORDS, folder).on_hover_text(state.dir.display().to_string());
    let button = Button::quiet("Back up…").small();
    if due && open.read_only.is_none() && under(ui, |ui| ui.add(button)).clicked() {
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
