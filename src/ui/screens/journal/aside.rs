//! At the foot of the list: what was written on this day, other ways to look, and the owner's own
//! year. The keyboard comes to it last: from a reflection in the list the next stop is the page
//! that shows it.

use egui::{Frame, Margin, Rect, Role, Sense, Stroke, Ui, vec2};

use super::list;
use crate::app::Action;
use crate::app::educator::year_to;
use crate::app::letter::{LetterAction, Topic};
use crate::app::reflection::{JournalView, ReflectionAction, on_this_day, question_of, tags};
use crate::app::state::Open;
use crate::export::year::{TITLE, coaching};
use crate::model::session::Role as Whose;
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Space, Type, tokens};
use crate::ui::widgets::{Button, card, menu, page, text};

/// The most reflections of this day that are shown.
const DAYS: usize = 2;

/// The list, and the room for what stands at its foot. How high that is, is known from the drawing
/// before.
pub fn split(ui: &Ui, place: Rect) -> (Rect, Rect) {
    let height = ui.data(|data| data.get_temp::<f32>(height_id())).unwrap_or(150.0);
    // However much there is, the list keeps most of the room.
    place.split_top_bottom_at_y(place.bottom() - height.min(0.5 * place.height()))
}

fn height_id() -> egui::Id {
    egui::Id::unique("height of the foot of the journal")
}

/// Draws it in its place.
pub fn foot(ui: &mut Ui, view: &mut View<'_>, open: &Open, place: Rect) {
    page::region(ui, "More of the journal", Role::Complementary, place, |ui| {
        let line = Stroke::new(theme::line_width(ui), theme::of(ui).line);
        ui.painter().hline(place.x_range(), place.top() + 0.5, line);
        let scroll = egui::ScrollArea::vertical().id_salt("foot").auto_shrink(false);
        let shown = scroll.show(ui, |ui| {
            let margin = Margin { left: 12, right: 13, top: 8, bottom: 12 };
            let drawn = Frame::NONE.inner_margin(margin).show(ui, |ui| {
                ui.set_width(ui.available_width());
                contents(ui, view, open);
            });
            drawn.response.rect.height()
        });
        let before = ui.data(|data| data.get_temp::<f32>(height_id())).unwrap_or_default();
        if (shown.inner - before).abs() > 0.5 {
            ui.data_mut(|data| data.insert_temp(height_id(), shown.inner));
            ui.ctx().request_repaint();
        }
    });
}

/// Draws it.
pub fn contents(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    ui.spacing_mut().item_spacing.y = Space::Xs.pts();
    this_day(ui, view, open);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (shown, words, name) in [
            (JournalView::Year, "Year", "The year in dots"),
            (JournalView::OverTime, "Over time", "Over time"),
        ] {
            if ui.add(Button::quiet(words).small().name(name)).clicked() {
                show(ui, view, shown);
            }
        }
        by_tag(ui, view, open);
    });
    own_year(ui, view, open);
}

fn show(ui: &Ui, view: &mut View<'_>, shown: JournalView) {
    view.inputs.reflecting.view = shown;
    ui.ctx().request_repaint();
}

/// What was written on this day in other years.
fn this_day(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let today = view.state.today();
    let p = theme::of(ui);
    for (id, session) in on_this_day(&open.journal, today).into_iter().take(DAYS) {
        let when = match today.year() - session.date.year() {
            1 => "A year ago today".to_owned(),
            years => format!("{years} years ago today"),
        };
        let shown = card::framed(ui, Margin { left: 14, right: 4, top: 6, bottom: 12 }, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let name = format!("Read what you wrote {}", when.to_lowercase());
            let head = |ui: &mut Ui| {
                ui.set_min_height(tokens().control.height_small);
                ui.spacing_mut().item_spacing.x = Space::S.pts();
                let side = IconSize::Inline.pts();
                let (mark, _) = ui.allocate_exact_size(vec2(side, 20.0), Sense::hover());
                let icon = Icon::ClockCounterClockwise;
                icon.paint(ui.painter(), mark.center(), side, p.text2);
                text::show(ui, &when, Type::HintStrong, p.text);
            };
            let read = |ui: &mut Ui| ui.add(Button::quiet("Read").small().name(&name));
            let (_, pressed) = page::row(ui, head, read);
            let words = format!("You wrote “{}”.", session.title);
            text::lines(ui, &words, Type::Hint, p.text2, 3);
            pressed
        });
        if shown.inner.clicked() {
            view.inputs.reflecting.tag = None;
            list::choose(ui, view, id);
        }
    }
}

/// The tags that the list can be narrowed to.
fn by_tag(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let button = Button::quiet("By tag").icon_after(Icon::CaretDown).small();
    if open.journal.reflections().all(|(_, one)| one.tags.is_empty()) {
        return;
    }
    let mut chosen = None;
    menu::menu(ui, button, |ui| {
        egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for (tag, count) in &tags(&open.journal) {
                if menu::menu_row(ui, Some(Icon::Tag), tag, &count.to_string()).clicked() {
                    chosen = Some(tag.clone());
                }
            }
        });
    });
    if let Some(tag) = chosen {
        view.inputs.reflecting.tag = Some(tag);
        view.inputs.journal = None;
        show(ui, view, JournalView::Reading);
    }
}

/// The question of the day, where it is asked for in the settings.
pub fn question(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    if !open.journal.settings().daily_question {
        return;
    }
    let Some((question, module)) = question_of(&view.state.library, view.state.today()) else {
        return;
    };
    let p = theme::of(ui);
    ui.add_space(Space::S.pts());
    let shown = card::framed(ui, Margin::symmetric(14, 10), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        text::show(ui, "A question for today", Type::HintStrong, p.text2);
        text::show(ui, &question, Type::Strong, p.text);
        text::small(ui, &format!("From “{module}”"));
        ui.add(Button::quiet("Write about it").icon(Icon::PencilSimple).small())
    });
    if shown.inner.clicked() {
        view.out.push(Action::Reflection(ReflectionAction::WriteAbout(question)));
    }
}

/// Whether the record is a supervisor's, who may have to show their own year.
pub fn has_own_year(open: &Open) -> bool {
    open.journal.settings().role == Whose::Supervisor
}

/// The ways to the supervisor's own year.
pub fn own_year(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    if !has_own_year(open) {
        return;
    }
    let period = year_to(view.state.today());
    let certificate = Button::quiet(TITLE).icon(Icon::Certificate).small();
    if ui.add(certificate).clicked() {
        view.out.push(Action::Letter(LetterAction::Show(Topic::Year(period))));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        if ui.add(Button::quiet("Learning log").small()).clicked() {
            show(ui, view, JournalView::Log);
        }
        if ui.add(Button::quiet(coaching::TITLE).small()).clicked() {
            view.out.push(Action::Letter(LetterAction::Show(Topic::Coaching(period))));
        }
    });
}
