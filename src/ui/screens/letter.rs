//! What leaves before or after a meeting: the page as it will be, and beside it the panel that
//! every way out has.

mod own;
mod paper;
mod side;

pub(super) use side::adding;

use egui::{
    Align, Id as WidgetId, Layout, Margin, Rect, Role, ScrollArea, Stroke, Ui, UiBuilder, pos2,
    vec2,
};

use super::{access, handover, leaves, pages};
use crate::app::action::SessionAction;
use crate::app::answers::{AnswersAction, AnswersInto};
use crate::app::inputs::PersonTab;
use crate::app::letter::{LetterAction, LetterPage, ShownLetter, Topic};
use crate::app::state::Open;
use crate::app::{Action, Command, Screen};
use crate::export::Format;
use crate::export::handover::ticked_words;
use crate::model::Id;
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, tokens};
use crate::ui::widgets::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::text::{self, Level};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, topic: &Topic) {
    let shown = open.letter.as_ref().filter(|shown| shown.topic == *topic);
    let Some((shown, page)) = shown.and_then(|shown| Some((shown, shown.page.as_ref()?))) else {
        let waits = open.letter.as_ref().and_then(|shown| shown.gathering);
        page::page(ui, |ui| match waits.filter(|gathering| !gathering.done) {
            Some(_) => {
                text::secondary(ui, "Gathering everything that is held…");
            }
            None => nothing(ui, view, topic),
        });
        return;
    };
    if Room::of(ui) == Room::Wide {
        beside(ui, view, open, (shown, page));
        return;
    }
    behind(ui, ui.available_rect_before_wrap(), page);
    let margin = Margin::same(Space::PageNarrow.pts() as i8);
    ScrollArea::vertical().auto_shrink(false).content_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        if page.held.is_some() {
            // The panel stands below a long page: this is to be seen first.
            access::warning(ui);
            ui.add_space(Space::L.pts());
        }
        words(ui, view, open, (shown, page));
        ui.add_space(Space::L.pts());
        if side::is_beside(topic) {
            side::show(ui, view, open, (shown, page));
            ui.add_space(Space::L.pts());
        }
        egui::Frame::new().fill(theme::of(ui).surface).inner_margin(margin).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            panel(ui, view, open, (shown, page));
            ui.add_space(Space::M.pts());
            foot(ui, view, open, (shown, page));
        });
    });
}

/// What lies behind the page: paper lies on the colour of the rail.
fn behind(ui: &Ui, place: Rect, page: &LetterPage) {
    if page.candidates.is_none() {
        ui.painter().rect_filled(place, 0.0, theme::of(ui).rail);
    }
}

/// The page as it will be, or the lines that it is made of.
fn words(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (shown, page): (&ShownLetter, &LetterPage),
) {
    match (&page.candidates, handover::whose(open, &shown.topic)) {
        (Some(candidates), Some((_, person))) => {
            handover::show(ui, view, open, person, candidates);
        }
        _ if side::is_beside(&shown.topic) => own::sheet(ui, page),
        _ => paper::sheet(ui, page),
    }
}

/// There is nothing that both may read.
fn nothing(ui: &mut Ui, view: &mut View<'_>, topic: &Topic) {
    let (title, words, button) = match topic {
        Topic::Note(_) => (
            "Nothing here is shared",
            "A note holds what both can read. Nothing of this talk is, so nothing can leave.",
            "Open the session",
        ),
        Topic::Questions(..) => (
            "No question here is for both",
            "Only questions that both answer can be sent first. This template has none.",
            "Choose another template",
        ),
        Topic::Held(_) => (
            "This person is no longer here",
            "Nothing is held about them in this record.",
            "Go back",
        ),
        Topic::Certificate(_) => (
            "This certificate is not here",
            "It may be in a file that this computer does not have yet.",
            "Go back",
        ),
        Topic::Handover(_) => (
            "Nothing shared yet, so nothing to hand over",
            "Only what both can read can go. Answers, goals and actions are shared in a session.",
            "Start a session",
        ),
        Topic::AfterArcp(_) => (
            "Nothing is recorded of a panel yet",
            "The panel and its outcome are added on the page of the person, under About.",
            "Add the panel",
        ),
        Topic::Plan(..) => {
            ("Nothing is written in this plan yet", "Only what both write can go.", "Open the plan")
        }
        Topic::Year(_) | Topic::Coaching(_) => {
            ("Nothing to show", "These dates hold nothing.", "Back to the journal")
        }
    };
    if page::empty(ui, title, words, Button::primary(button)).clicked() {
        view.out.push(match topic {
            Topic::Note(id) => Action::Session(SessionAction::Open(*id)),
            Topic::Questions(..) => Action::Do(Command::Back),
            Topic::Handover(id) => Action::Go(Screen::Choose(Some(*id))),
            Topic::AfterArcp(id) => {
                view.inputs.person_tab = PersonTab::About;
                Action::Go(Screen::People(Some(*id)))
            }
            Topic::Plan(id, _) => Action::Go(Screen::Plan(*id)),
            Topic::Held(_) | Topic::Certificate(_) => Action::Do(Command::Back),
            Topic::Year(_) | Topic::Coaching(_) => Action::Do(Command::Journal),
        });
    }
}

fn beside(ui: &mut Ui, view: &mut View<'_>, open: &Open, it: (&ShownLetter, &LetterPage)) {
    let p = theme::of(ui);
    let whole = ui.available_rect_before_wrap();
    let split = whole.right() - tokens().layout.export_panel;
    let mut left = Rect::from_min_max(whole.min, pos2(split, whole.bottom()));
    let right = Rect::from_min_max(pos2(split, whole.top()), whole.max);
    behind(ui, left, it.1);
    ui.painter().rect_filled(right, 0.0, p.surface);
    if side::is_beside(&it.0.topic) {
        let (side, rest) = left.split_left_right_at_x(left.left() + side::WIDTH);
        ui.painter().rect_filled(side, 0.0, p.page);
        page::region(ui, "What goes into it", Role::Complementary, side, |ui| {
            let margin = Margin::symmetric(22, 18);
            ScrollArea::vertical().auto_shrink(false).content_margin(margin).show(ui, |ui| {
                ui.set_width(ui.available_width());
                side::show(ui, view, open, it);
            });
        });
        let stroke = Stroke::new(theme::line_width(ui), p.line);
        ui.painter().vline(side.right(), side.y_range(), stroke);
        left = rest;
    }
    column(ui, "page", left, |ui| {
        let margin = Margin::symmetric(26, 22);
        ScrollArea::vertical().auto_shrink(false).content_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let width = if it.1.candidates.is_some() { 812.0 } else { 700.0 };
            page::centred(ui, width, |ui| words(ui, view, open, it));
        });
    });
    // The foot grows with a message; its height is known from the drawing before.
    let height_id = WidgetId::unique("height of the foot of a letter");
    let height = ui.data(|data| data.get_temp::<f32>(height_id)).unwrap_or(130.0);
    let line = right.bottom() - height;
    let above = Rect::from_min_max(right.min, pos2(right.right(), line));
    column(ui, "leaves", above, |ui| {
        let margin = Margin { left: 20, right: 20, top: 18, bottom: 12 };
        ScrollArea::vertical().auto_shrink(false).content_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            panel(ui, view, open, it);
        });
    });
    let below = Rect::from_min_max(pos2(right.left() + 20.0, line), right.max - vec2(20.0, 18.0));
    let down = Layout::top_down(Align::Min);
    let builder = UiBuilder::new().id_salt("foot").max_rect(below).layout(down);
    let used = ui.scope_builder(builder, |ui| {
        ui.add_space(Space::S.pts());
        foot(ui, view, open, it);
    });
    let needs = used.response.rect.height() + 18.0;
    if (needs - height).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(height_id, needs));
        ui.ctx().request_repaint();
    }
    let stroke = Stroke::new(theme::line_width(ui), p.line);
    ui.painter().vline(right.left(), right.y_range(), stroke);
    ui.painter().hline(right.x_range(), line, stroke);
}

fn column(ui: &mut Ui, name: &str, rect: Rect, contents: impl FnOnce(&mut Ui)) {
    let down = Layout::top_down(Align::Min);
    ui.scope_builder(UiBuilder::new().id_salt(name).max_rect(rect).layout(down), |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        contents(ui);
    });
}

/// What leaves, who is named, who can read it, to whom and into which file.
fn panel(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (shown, page): (&ShownLetter, &LetterPage),
) {
    let preview = &page.preview;
    text::heading(ui, Level::Section, leaves::TITLE);
    match &page.candidates {
        Some(_) => text::small(ui, &ticked_words(page.letter.leaves())),
        None => text::small(ui, "Every line of it is on the page."),
    };
    if page.held.is_some() {
        access::warning(ui);
    }
    leaves::layer_rows(ui, &preview.layers);
    ui.add_space(Space::Xs.pts());
    hairline(ui);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        leaves::who_and_what(ui, preview);
        for (lead, rest) in &page.letter.saying.notes {
            leaves::fact(ui, Icon::ShieldCheck, false, lead, rest);
        }
        match handover::to_a_pair(open, &shown.topic) {
            Some(pair) => handover::encrypted(ui, view, &pair),
            None => {
                leaves::kind_of_file(ui, preview);
                pages::ways(ui, view, open, shown.format, false);
            }
        }
        if page.candidates.is_some() {
            handover::facts(ui, open, page);
        }
        match &page.held {
            Some(held) => {
                access::show(ui, view, open, held);
                access::left_in(ui, view, page.found.len());
            }
            None => identifiers(ui, view, page),
        }
        side::thin(ui, &page.letter.saying.outline);
    });
    if open.read_only.is_some() {
        return;
    }
    ui.add_space(Space::S.pts());
    match page.candidates {
        Some(_) if open.words().is_doctor() => handover::not_paired(ui, open, &shown.topic),
        Some(_) => handover::next_supervisor(ui, view),
        None => leaves::to_whom(ui, &mut view.inputs.letter.recipient),
    }
    let id = WidgetId::unique("letter file");
    if leaves::file(ui, id, &mut view.inputs.letter.path, shown.asking) {
        view.out.push(Action::Letter(LetterAction::Choose));
    }
}

/// What may point to a patient: it goes only when the person says so.
fn identifiers(ui: &mut Ui, view: &mut View<'_>, page: &LetterPage) {
    if page.found.is_empty() {
        if page.letter.saying.holds_words {
            let rest = "Read it once more: a check can miss things";
            leaves::fact(ui, Icon::ShieldCheck, false, "No obvious identifiers found.", rest);
        }
        return;
    }
    if !page.named.is_empty() {
        let named: Vec<String> = page.named.iter().map(|words| format!("“{words}”")).collect();
        let words = format!(
            "{} must not stand on this page. Change the words, or take them out.",
            named.join(", ")
        );
        Banner::attention("Somebody of your record is named.").words(&words).show(ui);
        return;
    }
    let quoted: Vec<String> = page.found.iter().map(|words| format!("“{words}”")).collect();
    let lead = match quoted.len() {
        1 => "1 thing to settle first.".to_owned(),
        n => format!("{n} things to settle first."),
    };
    let may = if quoted.len() == 1 { "may point to a person" } else { "may point to people" };
    let mend = match page.candidates {
        Some(_) => "Untick the line",
        None => "Change it where it was written",
    };
    let words = format!("{} {may}. {mend}, or send it as it is.", quoted.join(", "));
    if view.inputs.letter.goes_anyway {
        leaves::fact(ui, Icon::ShieldWarning, true, "Goes as it is:", &quoted.join(", "));
        if ui.add(Button::quiet("Ask me again").small()).clicked() {
            view.inputs.letter.goes_anyway = false;
        }
        return;
    }
    Banner::attention(&lead).words(&words).show_with(ui, |ui| {
        if ui.add(Button::secondary("Send it as it is").small()).clicked() {
            view.inputs.letter.goes_anyway = true;
            ui.ctx().request_repaint();
        }
    });
}

/// What the answers to the questions of a template go into: what is begun from it with the person,
/// else a new session.
fn begun(open: &Open, person: Id, template: &str) -> Option<AnswersInto> {
    let talks = open.journal.sessions_with(person);
    let begun =
        talks.iter().find(|(_, talk)| talk.finished.is_none() && talk.template.id == template);
    Some(match begun {
        Some((id, _)) => AnswersInto::Session(*id),
        None => AnswersInto::Template(template.to_owned()),
    })
}

/// What came of the last attempt, the receipt, and the buttons.
fn foot(ui: &mut Ui, view: &mut View<'_>, open: &Open, (shown, page): (&ShownLetter, &LetterPage)) {
    if open.read_only.is_some() {
        text::small(
            ui,
            "You can look at the page. It cannot leave now, because its receipt could not be \
             kept.",
        );
        return;
    }
    if let Some(notice) = &shown.notice {
        leaves::refused(ui, notice);
    } else if let Some(written) = shown.written.as_ref().filter(|_| shown.sending.is_none()) {
        leaves::saved(ui, written);
        handover::move_on(ui, view, open, shown);
    }
    leaves::receipt_line(ui);
    if shown.sending.is_some_and(|id| open.setting.contains_key(&id)) {
        return leaves::setting(ui, view);
    }
    let busy = shown.sending.is_some();
    let is_asked = !page.found.is_empty() && !view.inputs.letter.goes_anyway;
    let held = is_asked || !page.named.is_empty();
    let unnamed = view.inputs.letter.path.trim().is_empty();
    let (waits, empty) = (page.waits() > 0, page.is_unticked());
    let words = match (busy, empty, held, unnamed) {
        (true, ..) => "Saving…".to_owned(),
        _ if waits => "Still reading…".to_owned(),
        (_, true, ..) => "Tick a line to save".to_owned(),
        (_, _, true, _) => "Settle it to save".to_owned(),
        (_, _, _, true) => "Name the file to save".to_owned(),
        _ => format!("Save {}", leaves::sentence_words(shown.format)),
    };
    let held = held || empty || waits;
    if let Some((name, _)) = handover::to_a_pair(open, &shown.topic) {
        let cannot = held || empty || unnamed;
        return handover::foot(ui, view, &name, (busy, cannot.then_some(&*words)));
    }
    let cannot = busy || held || unnamed;
    let pressed = leaves::buttons(ui, &words, cannot, (shown.format, &Format::ALL));
    // Below the page it is out of sight: nothing leaves by a key that was meant for something else.
    let seen = Room::of(ui) == Room::Wide;
    let opened = page::just_opened(ui.ctx(), WidgetId::unique(("letter", page.letter.made_on)));
    if opened && seen && page.candidates.is_none() {
        pressed.save.request_focus();
    }
    if pressed.save.clicked() && empty {
        handover::go_to_the_first(ui);
    }
    if pressed.save.clicked() && !cannot {
        view.out.push(Action::Letter(LetterAction::Save));
    }
    if let Some(format) = pressed.format {
        view.out.push(Action::Letter(LetterAction::Format(format)));
    }
    let copy = Button::secondary("Copy as text").icon(Icon::Copy).fill_width();
    if ui.add(copy.cannot_yet(held || waits)).clicked() && !held && !waits {
        ui.ctx().copy_text(page.letter.text());
        view.out.push(Action::Letter(LetterAction::Copied));
    }
    if let Topic::Questions(template, person) = &shown.topic {
        let back = Button::ghost("Bring in answers…").icon(Icon::TrayArrowDown).fill_width();
        if ui.add(back).clicked() {
            let into = begun(open, *person, template);
            view.out.push(Action::Answers(AnswersAction::Show(*person, into)));
        }
    }
}
