//! Erasing a person: what goes, what Cairn cannot reach, and the name typed to be sure.

use egui::{Align, Context, Layout, Ui, UiBuilder, vec2};

use crate::app::Action;
use crate::app::action::SummaryAction;
use crate::app::keeping::KeepingAction;
use crate::app::state::Open;
use crate::model::text::{count, long_date};
use crate::model::{About, Id, Person};
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Space};
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::page::entered;
use crate::ui::widgets::{Banner, Button, Field, Level, modal, text};

const WIDTH: f32 = 560.0;

/// Draws the form.
pub fn show(ctx: &Context, view: &mut View<'_>, open: &Open, id: Id) {
    let Some(person) = open.journal.person(id) else { return };
    let ((), close) = modal::modal(ctx, "Erase a person", WIDTH, |ui, first| {
        let title = format!("Erase everything about {}?", person.name);
        text::heading_lines(ui, Level::Section, &title, 3);
        match &person.hold {
            Some(hold) => on_hold(ui, view, (hold.since, &hold.why), first),
            None => form(ui, view, open, (id, person), first),
        }
    });
    if close {
        view.out.push(Action::Keeping(KeepingAction::PutAway));
    }
}

/// Erasing is refused; the words say why and what to do.
fn on_hold(ui: &mut Ui, view: &mut View<'_>, (since, why): (jiff::civil::Date, &str), first: bool) {
    let happened = match why {
        "" => format!("They have been on hold since {}.", long_date(since)),
        why => format!("They have been on hold since {}: {why}.", long_date(since)),
    };
    ui.add_space(Space::S.pts());
    Banner::attention(&happened)
        .icon(Icon::PushPin)
        .words("Nothing about them may be erased. Take the hold off first, if its reason is over.")
        .show(ui);
    ui.add_space(Space::M.pts());
    let keep = ui.add(Button::secondary("Keep everything"));
    if first {
        keep.request_focus();
    }
    if keep.clicked() {
        view.out.push(Action::Keeping(KeepingAction::PutAway));
    }
}

fn form(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person), first: bool) {
    if let Some(notice) = &open.keeping.notice {
        let words = format!("{} {}", notice.safe, notice.to_do);
        Banner::error(&notice.happened).words(words.trim()).show(ui);
    }
    let about = open.journal.about(id);
    part(
        ui,
        Icon::Trash,
        theme::of(ui).danger,
        "Erased for good, on all your computers:",
        &goes(&about),
    );
    hairline(ui);
    part(
        ui,
        Icon::Warning,
        theme::of(ui).attn,
        "Cairn cannot reach:",
        &format!(
            "backups, until you back up again; older versions that a cloud drive keeps; {}",
            left(&about)
        ),
    );
    hairline(ui);
    let stays = "your other notes, also where they mention the name";
    part(ui, Icon::Notebook, theme::of(ui).text2, "Stays:", stays);
    ui.add_space(Space::S.pts());
    let summary = Button::quiet("Save a summary first…").small().icon(Icon::FileArrowUp);
    if ui.add(summary).clicked() {
        view.out.push(Action::Keeping(KeepingAction::PutAway));
        view.out.push(Action::Summary(SummaryAction::Person(id)));
    }
    ui.add_space(Space::S.pts());
    confirm(ui, view, open, (id, person), first);
}

/// "14 conversations, 2 reflections, 22 actions, 6 receipts of what left, and what is known".
fn goes(about: &About) -> String {
    let parts = [
        (about.sessions, "conversation"),
        (about.reflections, "reflection"),
        (about.actions, "action"),
        (about.attachments, "attached file"),
        (about.receipts, "receipt"),
        (about.others, "other record"),
    ];
    let parts = parts.into_iter().filter(|(number, _)| *number > 0);
    let parts: Vec<String> = parts.map(|(number, noun)| count(number, noun)).collect();
    match parts.is_empty() {
        true => "what is known about them".to_owned(),
        false => format!("{}, and what is known about them", parts.join(", ")),
    }
}

/// What has left the record.
fn left(about: &About) -> String {
    match about.receipts {
        0 => "files you have exported or sent".to_owned(),
        n => format!("the {} you have exported", count(n, "file")),
    }
}

fn confirm(ui: &mut Ui, view: &mut View<'_>, open: &Open, who: (Id, &Person), first: bool) {
    let (id, person) = who;
    let label = format!("Type “{}” to be sure", person.name);
    let wrong = open.keeping.tried.then_some("That is not the name. Nothing was erased.");
    let wrong = wrong.filter(|_| open.keeping.notice.is_none() && !open.keeping.busy);
    let name = Field::new(&label).error(wrong).show(ui, &mut view.inputs.keeping.name);
    ui.add_space(Space::S.pts());
    text::hint(ui, "This can’t be undone, not even from History.");
    ui.add_space(Space::S.pts());
    let (keep, go) = ui
        .horizontal_wrapped(|ui| {
            let keep = ui.add(Button::secondary("Keep everything"));
            if first {
                keep.request_focus();
            }
            let words = if open.keeping.busy { "Erasing…" } else { "Erase for good" };
            let erase = Button::danger(words).icon(Icon::Trash).cannot_yet(open.keeping.busy);
            (keep.clicked(), ui.add(erase).clicked())
        })
        .inner;
    if keep {
        view.out.push(Action::Keeping(KeepingAction::PutAway));
    } else if go || entered(ui, &name) {
        name.request_focus();
        view.out.push(Action::Keeping(KeepingAction::Erase(id)));
    }
}

/// An icon, and beside it a lead and its words.
fn part(ui: &mut Ui, icon: Icon, ink: egui::Color32, lead: &str, words: &str) {
    ui.add_space(Space::S.pts());
    let mut room = ui.available_rect_before_wrap();
    let side = IconSize::Nav.pts();
    icon.paint(ui.painter(), room.left_top() + vec2(side / 2.0, 12.0), side, ink);
    room.min.x += side + Space::L.pts();
    let builder = UiBuilder::new().max_rect(room).layout(Layout::top_down(Align::Min));
    ui.scope_builder(builder, |ui| text::lead(ui, lead, words));
    ui.add_space(Space::S.pts());
}
