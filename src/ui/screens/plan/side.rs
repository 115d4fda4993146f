//! What the other one changed, what is agreed, and the ways on.

use egui::Ui;
use jiff::tz::TimeZone;

use super::{Shown, go_to, history};
use crate::app::exchanging::ExchangeAction;
use crate::app::letter::{LetterAction, Topic};
use crate::app::pairing::Stands;
use crate::app::plan::PlanAction;
use crate::app::shared_folder::FolderAction;
use crate::app::{Action, Screen};
use crate::model::plan::{Author, PlanField};
use crate::model::text::{count, day_and_month};
use crate::ui::View;
use crate::ui::screens::pair;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{ListRow, hairline};
use crate::ui::widgets::text::{self, Level};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Group, "Since you last saw it");
    changes(ui, view, shown);
    ui.add_space(Space::S.pts());
    hairline(ui);
    ui.add_space(Space::S.pts());
    text::heading(ui, Level::Group, "Agreement");
    agreement(ui, shown);
    ui.add_space(Space::S.pts());
    pair::offer(ui, view, shown.open, shown.person);
}

fn changes(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>) {
    let comments = shown.plan.unseen_comments();
    let labels = shown.plan.labels;
    for (at, change) in shown.unseen.iter().enumerate() {
        let (title, words) = (change.heading(labels), change.words());
        let (first, second) = two_lines(ui, &words);
        let row = ListRow::new(&title).icon(Icon::PencilSimple).detail(first).below(second);
        let clicked = ui.push_id(at, |ui| row.show(ui).on_hover_text(&words).clicked()).inner;
        if let Some(field) = change.field().filter(|_| clicked) {
            go_to(ui, field);
        }
    }
    for comment in &comments {
        let field = PlanField::of_key(&comment.field);
        let title = field.map_or("Comment", |field| field.short(labels));
        let words = format!("Comment: {}", comment.text);
        let (first, second) = two_lines(ui, &words);
        let row = ListRow::new(title).icon(Icon::Chats).detail(first).below(second);
        let clicked = ui.push_id(&comment.id, |ui| row.show(ui).clicked()).inner;
        if let Some(field) = field.filter(|_| clicked) {
            go_to(ui, field);
        }
    }
    let is_new = shown.plan.seen.is_none() && !shown.plan.is_empty();
    if shown.unseen.is_empty() && comments.is_empty() {
        let words = match is_new {
            true => "All of it is new to you. Mark it as read, and Cairn shows what changes next.",
            false => "Nothing new.",
        };
        text::secondary(ui, words);
    }
    let both = shown.open.exchange.undecided.get(&shown.person.0).copied().unwrap_or_default();
    if both > 0 {
        let title = format!("You both changed {}", count(both, "field"));
        let row = ListRow::new(&title).icon(Icon::GitMerge).detail("Choose together or keep both");
        if row.show(ui).clicked() {
            view.out.push(Action::Exchange(ExchangeAction::Decide(shown.person.0)));
        }
    }
    let found = shown.open.exchange.folders.found.get(&shown.person.0);
    if let Some(waiting) = found.and_then(|found| found.waiting.as_ref()) {
        let title = format!("{} wait in your shared folder", count(waiting.changes, "change"));
        let row =
            ListRow::new(&title).icon(Icon::FolderOpen).detail("Look before you take them in");
        if row.show(ui).clicked() {
            view.out.push(Action::Folder(FolderAction::Look(waiting.path.clone())));
        }
    }
    let has_news = is_new || !shown.unseen.is_empty() || !comments.is_empty();
    let button = Button::secondary("Mark all as read").fill_width();
    if shown.writable && has_news && ui.add(button).clicked() {
        view.out.push(Action::Plan(PlanAction::Look(shown.person.0)));
    }
}

/// Words on two lines, for a row of the list.
fn two_lines<'a>(ui: &Ui, words: &'a str) -> (&'a str, &'a str) {
    /// What a row needs at its sides and for its icon, in points.
    const SIDES: f32 = 56.0;
    let room = ui.available_width() - SIDES;
    let fits = |at: usize| words.get(..at).is_some_and(|it| text::width(ui, it) <= room);
    if fits(words.len()) {
        return (words, "");
    }
    let at = words.match_indices(' ').map(|(at, _)| at).take_while(|at| fits(*at)).last();
    at.and_then(|at| words.split_at_checked(at)).map_or((words, ""), |(a, b)| (a, b.trim()))
}

fn agreement(ui: &mut Ui, shown: &Shown<'_>) {
    let Shown { plan, agreed, .. } = shown;
    if let Some(agreed) = agreed {
        let day = day_and_month(agreed.since().to_zoned(TimeZone::system()).date());
        let lead = format!("Version {}, agreed by you both", agreed.number);
        text::show(ui, &lead, Type::Strong, theme::of(ui).text);
        let changed = plan.changed_since_agreed().len();
        let since = match changed {
            0 => "Nothing changed since".to_owned(),
            n => format!("{} changed since", count(n, "field")),
        };
        text::small(ui, &format!("{day}. {since}"));
    } else {
        text::secondary(ui, "No version is agreed yet.");
    }
    let is_agreed = agreed.as_ref().is_some_and(|agreed| agreed.words == plan.words());
    if is_agreed || plan.is_empty() {
        return;
    }
    let other = match shown.me {
        Author::Doctor => Author::Supervisor,
        Author::Supervisor => Author::Doctor,
    };
    let called = shown.called();
    if plan.has_accepted(shown.me) {
        text::body(ui, &format!("You agreed this version. Waiting for {called}."));
    } else if plan.has_accepted(other) {
        text::body(ui, &format!("{called} agreed this version. Now it waits for you."));
    }
}

/// The ways to the other one and back.
fn exchange(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>) {
    let called = shown.called();
    let words = format!("Send to {called}…");
    let send = Button::primary(&words).icon(Icon::PaperPlaneTilt).fill_width();
    if ui.add(send).clicked() {
        view.out.push(Action::Exchange(ExchangeAction::Compose(shown.person.0)));
    }
    let name = format!("Open a file from {called}…");
    let open = Button::secondary("Open a file…").name(&name).icon(Icon::FolderOpen).fill_width();
    if ui.add(open).clicked() {
        view.out.push(Action::Go(Screen::Received));
    }
}

/// Draws the ways on.
pub fn foot(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>) {
    let plan = &shown.plan;
    let id = shown.person.0;
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    let paired = matches!(shown.open.stands_with(id), Stands::Paired(_));
    if paired {
        exchange(ui, view, shown);
    }
    if plan.words().is_empty() {
        return;
    }
    let words = "Agree this version";
    let agree = if paired { Button::secondary(words) } else { Button::primary(words) };
    let agree = agree.icon(Icon::SealCheck).fill_width();
    if shown.writable && !plan.has_accepted(shown.me) && ui.add(agree).clicked() {
        view.out.push(Action::Plan(PlanAction::Agree(id)));
    }
    let mut letter = |ui: &mut Ui, words: &str, agreed: bool| {
        if ui.add(Button::secondary(words).icon(Icon::FileArrowUp).fill_width()).clicked() {
            view.out.push(Action::Letter(LetterAction::Show(Topic::Plan(id, agreed))));
        }
    };
    letter(ui, "Save the plan as a file…", false);
    if !plan.changed_since_agreed().is_empty() {
        letter(ui, "Save the agreed version…", true);
    }
    if let Some(there) = history(shown) {
        let button = Button::ghost("Versions").icon(Icon::ClockCounterClockwise).fill_width();
        if ui.add(button).clicked() {
            view.out.push(there);
        }
    }
}
