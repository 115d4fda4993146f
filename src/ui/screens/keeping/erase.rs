//! Erasing a person: what goes, what Cairn cannot reach, what stays, and the certificate as it will
//! be. The name is typed to be sure: nothing else asks twice, and this can't be taken back.

use egui::{Align, Id as WidgetId, Layout, Margin, Rect, Ui, UiBuilder, vec2};

use super::in_drawer;
use crate::app::Action;
use crate::app::action::{SessionAction, SummaryAction};
use crate::app::keeping::{KeepingAction, is_name_of};
use crate::app::retention;
use crate::app::state::Open;
use crate::model::text::long_date;
use crate::model::{Certificate, Id, Person};
use crate::ui::View;
use crate::ui::screens::leaves;
use crate::ui::theme::{self, Icon, IconSize, Space, tokens};
use crate::ui::widgets::card::{hairline, paper_with};
use crate::ui::widgets::page::{self, entered};
use crate::ui::widgets::{Banner, Button, Drawer, Field, Level, text};

/// Mentions that are named; the others are under Journal.
const NAMED: usize = 3;

/// Draws the drawer over the page, which lies in `over`.
pub fn show(ui: &Ui, view: &mut View<'_>, open: &Open, (id, over): (Id, Rect)) {
    let Some(person) = open.journal.person(id) else { return };
    let title = format!("Erase {}?", person.name);
    let drawer = Drawer::new("Erase a person", tokens().layout.erase_drawer).over_scrim();
    let mut keep = false;
    let mut erase = false;
    let shown = drawer.show(ui, over, |ui, first| {
        let on_hold = person.hold.is_some();
        let busy = open.keeping.busy;
        let wide = ui.available_width() >= 540.0;
        let height = if wide || on_hold { 96.0 } else { 144.0 };
        let mut foot = |ui: &mut Ui| {
            let (kept, erased) = end(ui, (on_hold, busy), first);
            keep |= kept;
            erase |= erased;
        };
        let mut sent = false;
        let closed = in_drawer(ui, &title, (height, &mut foot), |ui| match &person.hold {
            Some(hold) => on_hold_words(ui, (hold.since, &hold.why)),
            None => sent = form(ui, view, open, (id, person)),
        });
        keep |= closed;
        erase |= sent;
    });
    if keep || shown.close {
        view.out.push(Action::Keeping(KeepingAction::PutAway));
    } else if erase {
        // What is still to be mended takes the keyboard, and comes into sight with it.
        let named = retention::names(&view.inputs.keeping.reference, person);
        let field = if named { reference_id() } else { name_id() };
        ui.memory_mut(|memory| memory.request_focus(field));
        view.out.push(Action::Keeping(KeepingAction::Erase(id)));
    }
}

/// Erasing is refused; the words say why and what to do.
fn on_hold_words(ui: &mut Ui, (since, why): (jiff::civil::Date, &str)) {
    let happened = match why {
        "" => format!("They have been on hold since {}.", long_date(since)),
        why => format!("They have been on hold since {}: {why}.", long_date(since)),
    };
    ui.add_space(Space::S.pts());
    Banner::attention(&happened)
        .icon(Icon::PushPin)
        .words("Nothing about them may be erased. Take the hold off first, if its reason is over.")
        .show(ui);
}

/// What goes, stays and is kept of it; says whether Enter was pressed in the field for the name.
fn form(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) -> bool {
    if let Some(notice) = &open.keeping.notice {
        let words = format!("{} {}", notice.safe, notice.to_do);
        Banner::error(&notice.happened).words(words.trim()).show(ui);
    }
    let reference = view.inputs.keeping.reference.as_str();
    let certificate = retention::certificate(&open.journal, id, reference, &view.state.now);
    let p = theme::of(ui);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let goes = retention::goes(&open.journal, id);
        part(ui, Icon::Eraser, p.danger, "Erased for good, on all your computers:", &goes, |_| {});
        hairline(ui);
        let reach = out_of_reach(&certificate);
        part(ui, Icon::Warning, p.attn, "Cairn cannot reach:", &reach, |_| {});
        hairline(ui);
        stays(ui, view, open, id);
    });
    text::heading(ui, Level::Group, "The certificate you will get");
    draft(ui, &certificate);
    ui.add_space(Space::Xs.pts());
    let names = retention::names(&view.inputs.keeping.reference, person);
    let named = "This names them. Use a number, or the name of a file.";
    let reference = Field::new("Your own reference (the certificate names no one)")
        .id(reference_id())
        .error(names.then_some(named))
        .show(ui, &mut view.inputs.keeping.reference);
    ui.add_space(Space::Xs.pts());
    let label = format!("Type “{}” to be sure", person.name);
    let wrong = open.keeping.tried && open.keeping.notice.is_none() && !open.keeping.busy;
    let wrong = wrong && !is_name_of(&view.inputs.keeping.name, person);
    let wrong = wrong.then_some("That is not the name. Nothing was erased.");
    let field = Field::new(&label).id(name_id()).error(wrong);
    let name = field.show(ui, &mut view.inputs.keeping.name);
    for field in [&reference, &name] {
        if field.gained_focus() {
            field.scroll_to_me(None);
        }
    }
    entered(ui, &name)
}

fn reference_id() -> WidgetId {
    WidgetId::unique("the reference of a certificate")
}

fn name_id() -> WidgetId {
    WidgetId::unique("the name of whom to erase")
}

fn out_of_reach(certificate: &Certificate) -> String {
    let sent = match (certificate.sent, certificate.last_sent) {
        (0, _) | (_, None) => String::new(),
        (1, Some(day)) => format!("what was sent (1, on {}), ", long_date(day)),
        (n, Some(day)) => format!("what was sent ({n}, last on {}), ", long_date(day)),
    };
    let backups = match certificate.backups {
        0 => "backups made by other programs",
        1 => "the backup, until you back up again",
        _ => "the backups, until you back up to each again",
    };
    format!("{sent}{backups}, old copies of this folder")
}

/// What stays, and the ways to look first.
fn stays(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id) {
    let mentions = &open.keeping.mentions;
    let words = match mentions.len() {
        0 => "your other notes. No reflection of your own names them.".to_owned(),
        1 => "your other notes. 1 reflection of your own names them. Look at it first:".to_owned(),
        n => format!("your other notes. {n} reflections of your own name them. Look first:"),
    };
    let ink = theme::of(ui).text2;
    part(ui, Icon::Notebook, ink, "Stays:", &words, |ui| {
        for (reflection, words) in mentions.iter().take(NAMED) {
            if ui.push_id(reflection, |ui| ui.add(Button::quiet(words).small())).inner.clicked() {
                view.out.push(Action::Keeping(KeepingAction::PutAway));
                view.out.push(Action::Session(SessionAction::Open(*reflection)));
            }
        }
        if let Some(more @ 1..) = mentions.len().checked_sub(NAMED) {
            text::small(ui, &format!("{more} more under Journal"));
        }
        let summary = Button::quiet("Save a summary first…").small().icon(Icon::FileArrowUp);
        if ui.add(summary).clicked() {
            view.out.push(Action::Keeping(KeepingAction::PutAway));
            view.out.push(Action::Summary(SummaryAction::Person(id)));
        }
    });
}

/// The certificate as it will be.
fn draft(ui: &mut Ui, certificate: &Certificate) {
    const LABEL: f32 = 112.0;
    paper_with(ui, Margin::symmetric(20, 12), |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        page::row(
            ui,
            |ui| text::strong(ui, Certificate::TITLE),
            |ui| text::small(ui, &format!("Number {}", certificate.number)),
        );
        hairline(ui);
        for (label, value) in certificate.facts(None) {
            leaves::labelled(ui, LABEL, label, &value);
        }
    });
}

/// The foot: the safe answer first, with the focus; says which of the two was pressed.
fn end(ui: &mut Ui, (on_hold, busy): (bool, bool), first: bool) -> (bool, bool) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    let hint = match on_hold {
        true => "Nothing was erased.",
        false => "This can’t be undone, not even from History.",
    };
    text::small(ui, hint);
    ui.horizontal_wrapped(|ui| {
        let keep = ui.add(Button::secondary("Keep this record"));
        if first {
            keep.request_focus();
            ui.request_repaint();
        }
        if on_hold {
            return (keep.clicked(), false);
        }
        let words = if busy { "Erasing…" } else { "Erase for good and save the certificate" };
        let erase = Button::danger(words).icon(Icon::Trash).cannot_yet(busy);
        (keep.clicked(), ui.add(erase).clicked())
    })
    .inner
}

/// An icon, and beside it a lead with its words, and what belongs to them.
fn part(
    ui: &mut Ui,
    icon: Icon,
    ink: egui::Color32,
    lead: &str,
    words: &str,
    more: impl FnOnce(&mut Ui),
) {
    ui.add_space(Space::S.pts());
    let mut room = ui.available_rect_before_wrap();
    let side = IconSize::Nav.pts();
    icon.paint(ui.painter(), room.left_top() + vec2(side / 2.0, 12.0), side, ink);
    room.min.x += side + Space::L.pts();
    let builder = UiBuilder::new().max_rect(room).layout(Layout::top_down(Align::Min));
    ui.scope_builder(builder, |ui| {
        text::lead(ui, lead, words);
        more(ui);
    });
    ui.add_space(Space::S.pts());
}
