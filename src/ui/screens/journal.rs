//! The reflections: a list by month, and the one that is read.

use egui::{Align, Frame, Layout, Margin, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui};
use egui::{StrokeKind, WidgetInfo, vec2};

use crate::app::Action;
use crate::app::action::SessionAction;
use crate::app::educator::year_to;
use crate::app::letter::{LetterAction, Topic};
use crate::app::notes::NotesAction;
use crate::app::state::Open;
use crate::export::year::{TITLE, coaching};
use crate::model::text::{answer_lines, day_and_month, long_date, month};
use crate::model::{Asked, Id, Layer, Session};
use crate::ui::View;
use crate::ui::screens::find;
use crate::ui::screens::session::read;
use crate::ui::theme::{self, Icon, Radius, Space, Type, mark_focus, tokens};
use crate::ui::widgets::cairn::mark;
use crate::ui::widgets::{Banner, Button, Chip, Level, Room, Tag, card, layer, menu, page, text};

/// The three sizes of a reflection: the template, its words, how long it takes.
const SIZES: [(&str, &str); 3] = [
    ("reflection-small", "3 minutes"),
    ("reflection-medium", "10 minutes"),
    ("reflection-large", "25 minutes"),
];

/// The way to notes from another program's file.
const BRING_IN: &str = "Bring notes in…";

/// Reflections that are listed at once.
const PAGE: usize = 30;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    if open.journal.reflection_count() == 0 {
        empty(ui, view, open);
        return;
    }
    let reflections = listed(view, open);
    let chosen = view.inputs.journal;
    let chosen = reflections.iter().find(|(held, _)| Some(*held) == chosen).copied();
    let place = ui.available_rect_before_wrap();
    let room = Room::of(ui);
    if room < Room::Medium {
        match chosen {
            Some((id, session)) => {
                let place = look_for(ui, view, session, place);
                page::region(ui, "Reflection", Role::Main, place, |ui| {
                    reading(ui, view, open, id, session, true);
                });
            }
            None => {
                let (above, below) = above_foot(open, place);
                page::region(ui, "Reflections", Role::Navigation, above, |ui| {
                    list(ui, view, open, &reflections, None);
                });
                foot(ui, view, open, below);
            }
        }
        return;
    }
    let width = if room == Room::Wide { tokens().layout.list } else { 240.0 };
    let (left, right) = place.split_left_right_at_x(place.left() + width);
    let chosen = chosen.or_else(|| reflections.first().copied());
    let line = Stroke::new(theme::line_width(ui), theme::of(ui).line);
    ui.painter().vline(left.right() - 0.5, left.y_range(), line);
    let (above, below) = above_foot(open, left);
    page::region(ui, "Reflections", Role::Navigation, above, |ui| {
        list(ui, view, open, &reflections, chosen.map(|(id, _)| id));
    });
    if let Some((id, session)) = chosen {
        let right = look_for(ui, view, session, right);
        page::region(ui, "Reflection", Role::Main, right, |ui| {
            reading(ui, view, open, id, session, false);
        });
    }
    foot(ui, view, open, below);
}

/// The box for finding, when it is open; gives the room that is left for the page.
fn look_for(ui: &mut Ui, view: &mut View<'_>, session: &Session, place: Rect) -> Rect {
    let (bar, rest) = find::split(view.inputs.find.as_ref(), place);
    if let Some(find) = &mut view.inputs.find {
        let texts: Vec<String> = written(session).map(|(_, words)| words).collect();
        if find::bar(ui, bar, find, texts.iter().map(String::as_str)) {
            view.inputs.find = None;
            ui.memory_mut(|memory| memory.request_focus(open_id()));
        }
    }
    rest
}

/// The answers with their words, in the order of the page.
fn written(session: &Session) -> impl Iterator<Item = (&Asked, String)> {
    let answered = session.items().filter(|asked| asked.is_answered());
    answered.map(|asked| (asked, asked.answer.as_ref().map(answer_lines).unwrap_or_default()))
}

/// The newest, down to those that were asked for and to the one that is read.
fn listed<'a>(view: &View<'_>, open: &'a Open) -> Vec<(Id, &'a Session)> {
    let some = PAGE * (view.inputs.journal_earlier + 1);
    let chosen = view.inputs.journal;
    let at = chosen.and_then(|id| open.journal.reflections().position(|(held, _)| held == id));
    let some = at.map_or(some, |at| some.max(at + 1));
    open.journal.reflections().take(some).collect()
}

fn start(view: &mut View<'_>, template: &str) {
    let template = template.to_owned();
    view.out.push(Action::Session(SessionAction::Start { template, person: None }));
}

/// The page before the first reflection.
fn empty(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    page::page(ui, |ui| {
        text::heading(ui, Level::Title, "Journal");
        ui.add_space(Space::M.pts());
        page::at_most(ui, tokens().measure.journal_max_width, |ui| {
            card::card(ui, |ui| {
                ui.vertical_centered(|ui| {
                    ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
                    mark(ui, 44.0);
                    let p = theme::of(ui);
                    text::show(ui, "Three minutes is enough.", Type::ButtonLarge, p.text);
                    text::show(ui, "What stayed with you today?", Type::Body, p.text2);
                    ui.add_space(Space::S.pts());
                });
                if open.read_only.is_none() {
                    sizes(ui, view);
                }
            });
            ui.add_space(Space::L.pts());
            banner(ui);
            bring_in(ui, view, open);
            own_year(ui, view, open);
        });
    });
}

/// The way to notes from another program's file.
fn bring_in(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    if open.read_only.is_some() {
        return;
    }
    ui.add_space(Space::S.pts());
    let button = Button::quiet(BRING_IN).icon(Icon::TrayArrowDown).small();
    if ui.add(button).clicked() {
        view.out.push(Action::Notes(NotesAction::Show));
    }
}

/// The ways to the supervisor's own year, at the foot of the list. The keyboard comes to them last:
/// from a reflection in the list the next stop is the page that shows it.
fn foot(ui: &mut Ui, view: &mut View<'_>, open: &Open, place: Rect) {
    page::region(ui, "Your own year", Role::Complementary, place, |ui| {
        let margin = Margin { left: 12, right: 13, top: 12, bottom: 12 };
        Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            own_year(ui, view, open);
        });
    });
}

/// The list, and the room for what stands at its foot.
fn above_foot(open: &Open, place: Rect) -> (Rect, Rect) {
    let height = if has_own_year(open) { 2.0 * tokens().control.height_small + 28.0 } else { 0.0 };
    place.split_top_bottom_at_y(place.bottom() - height)
}

/// Whether the record is a supervisor's, who may have to show their own year.
fn has_own_year(open: &Open) -> bool {
    open.journal.settings().role == crate::model::session::Role::Supervisor
}

/// The ways to the supervisor's own year.
fn own_year(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    if !has_own_year(open) {
        return;
    }
    let period = year_to(view.state.today());
    let ways = [
        (TITLE, Icon::Certificate, Topic::Year(period)),
        (coaching::TITLE, Icon::Chats, Topic::Coaching(period)),
    ];
    for (words, icon, topic) in ways {
        if ui.add(Button::quiet(words).icon(icon).small()).clicked() {
            view.out.push(Action::Letter(LetterAction::Show(topic)));
        }
    }
}

/// The three sizes side by side; the smallest is the most likely one.
fn sizes(ui: &mut Ui, view: &mut View<'_>) {
    let button = |at: usize, words| {
        if at == 0 { Button::primary(words) } else { Button::secondary(words) }
    };
    let widths: f32 =
        SIZES.iter().enumerate().map(|(at, size)| button(at, size.1).measure(ui)).sum();
    let gap = ui.spacing().item_spacing.x;
    let side = ((ui.available_width() - widths - 2.0 * gap) / 2.0).max(0.0);
    ui.horizontal_wrapped(|ui| {
        ui.add_space(side);
        for (at, (template, words)) in SIZES.into_iter().enumerate() {
            let name = format!("New reflection, {words}");
            let response = ui.add(button(at, words).name(&name));
            if at == 0 && ui.memory(egui::Memory::focused).is_none() {
                response.request_focus();
            }
            if response.clicked() {
                start(view, template);
            }
        }
    });
}

fn banner(ui: &mut Ui) {
    Banner::private("Write what you learned, not the case.")
        .words("Leave out who it was. Private to me. Not secret from the law.")
        .show(ui);
}

fn list(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    reflections: &[(Id, &Session)],
    chosen: Option<Id>,
) {
    ScrollArea::vertical().id_salt("reflections").auto_shrink(false).show(ui, |ui| {
        Frame::NONE.inner_margin(Margin { left: 12, right: 13, top: 16, bottom: 16 }).show(
            ui,
            |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = Space::Xs.pts();
                if open.read_only.is_none() {
                    new_button(ui, view);
                }
                rows(ui, view, reflections, chosen);
                earlier(ui, view, open.journal.reflection_count() - reflections.len());
            },
        );
    });
}

/// The rows under their months: one stop for Tab, and the arrows move in them.
fn rows(ui: &mut Ui, view: &mut View<'_>, reflections: &[(Id, &Session)], chosen: Option<Id>) {
    let mut heading = None;
    let mut to = None;
    let stop = reflections.iter().position(|(id, _)| Some(*id) == chosen).unwrap_or_default();
    for (at, (id, session)) in reflections.iter().enumerate() {
        let month_now = (session.date.year(), session.date.month());
        if heading.replace(month_now) != Some(month_now) {
            month_heading(ui, view, month_now);
        }
        let row = entry(ui, view, (*id, session), chosen == Some(*id), at == stop);
        if row.clicked() {
            choose(ui, view, *id);
            // Taken away, or the button that gets the focus would feel the same key.
            let enter = |input: &mut egui::InputState| {
                input.consume_key(egui::Modifiers::NONE, egui::Key::Enter)
            };
            if row.has_focus() && ui.input_mut(enter) {
                ui.memory_mut(|memory| memory.request_focus(open_id()));
            }
        }
        to = card::arrows(ui, &row, at, reflections.len()).or(to);
    }
    // After all rows: the next one must not see the same key.
    if let Some((next, _)) = to.and_then(|to| reflections.get(to)) {
        ui.memory_mut(|memory| memory.request_focus(row_id(*next)));
        // Beside the page that shows it, the arrows choose as they move.
        if Room::of(ui) >= Room::Medium {
            choose(ui, view, *next);
        }
    }
}

fn choose(ui: &Ui, view: &mut View<'_>, id: Id) {
    view.inputs.journal = Some(id);
    ui.ctx().request_repaint();
}

/// The id of a reflection's row, known before it is drawn.
fn row_id(reflection: Id) -> egui::Id {
    egui::Id::unique(("reflection", reflection))
}

/// The id of the button that opens the reflection that is read.
fn open_id() -> egui::Id {
    egui::Id::unique("open the reflection")
}

/// The button for older ones, when there are `more`.
fn earlier(ui: &mut Ui, view: &mut View<'_>, more: usize) {
    if more == 0 {
        return;
    }
    ui.add_space(Space::S.pts());
    let words = format!("Show earlier, {more} more");
    if ui.add(Button::secondary(&words).fill_width()).clicked() {
        view.inputs.journal_earlier += 1;
    }
}

fn new_button(ui: &mut Ui, view: &mut View<'_>) {
    let button = Button::primary("New reflection").icon(Icon::Plus).fill_width();
    let nothing_held = ui.memory(egui::Memory::focused).is_none();
    let response = menu::menu(ui, button, |ui| {
        for (template, words) in SIZES {
            if menu::menu_row(ui, None, words, "").clicked() {
                start(view, template);
            }
        }
        if menu::menu_row(ui, Some(Icon::TrayArrowDown), BRING_IN, "").clicked() {
            view.out.push(Action::Notes(NotesAction::Show));
        }
    });
    if nothing_held && !egui::Popup::is_any_open(ui) {
        response.request_focus();
    }
}

fn month_heading(ui: &mut Ui, view: &View<'_>, (year, number): (i16, i8)) {
    ui.add_space(Space::S.pts());
    let words = if year == view.state.today().year() {
        month(number).to_owned()
    } else {
        format!("{} {year}", month(number))
    };
    let colour = theme::of(ui).text2;
    Frame::NONE.inner_margin(Margin::symmetric(12, 4)).show(ui, |ui| {
        let heading = text::show(ui, &words, Type::HintStrong, colour);
        ui.ctx().accesskit_node_builder(heading.id, |node| {
            node.set_role(Role::Heading);
            node.set_level(2);
        });
    });
}

/// One reflection in the list: its title wraps, the day is below. Only the row with `stop` takes
/// the focus from Tab.
fn entry(
    ui: &mut Ui,
    view: &View<'_>,
    (id, session): (Id, &Session),
    on: bool,
    stop: bool,
) -> Response {
    const PAD: f32 = 12.0;
    let p = theme::of(ui);
    let day = if session.date == view.state.today() {
        "Today".to_owned()
    } else {
        day_and_month(session.date)
    };
    let mut detail = match session.minutes {
        Some(minutes) => format!("{day}, {minutes} minutes"),
        None => day,
    };
    if session.finished.is_none() {
        detail.push_str(", not finished");
    }
    let room = ui.available_width() - 2.0 * PAD;
    let title = text::galley(ui, &session.title, Type::Button, p.text, room);
    let below = text::galley(ui, &detail, Type::Small, p.text2, room);
    let size = vec2(ui.available_width(), title.size().y + below.size().y + 20.0);
    let (place, _) = ui.allocate_exact_size(size, Sense::hover());
    let stop = stop || ui.memory(|memory| memory.has_focus(row_id(id)));
    let sense = if stop { Sense::click() } else { Sense::CLICK };
    let row = ui.interact(place, row_id(id), sense);
    if row.gained_focus() {
        row.scroll_to_me(None);
    }
    let said = format!("{}, {detail}", session.title);
    row.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), on, &said));
    mark_focus(ui, &row, place, f32::from(Radius::Control.pts()), false);
    if on {
        let border = Stroke::new(theme::line_width(ui), p.line_strong);
        ui.painter().rect(place, Radius::Control, p.surface, border, StrokeKind::Inside);
    } else if row.hovered() {
        ui.painter().rect_filled(place, Radius::Control, p.hover);
    }
    let at = place.min + vec2(PAD, 10.0);
    let under = at + vec2(0.0, title.size().y);
    ui.painter().galley(at, title, p.text);
    ui.painter().galley(under, below, p.text2);
    row
}

/// The chosen reflection, to be read.
fn reading(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id, session: &Session, alone: bool) {
    let side = if alone { 16 } else { 44 };
    ScrollArea::vertical().id_salt(("reading", id)).auto_shrink(false).show(ui, |ui| {
        let margin = Margin { left: side, right: side, top: 22, bottom: 40 };
        Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            page::at_most(ui, tokens().measure.journal_max_width, |ui| {
                ui.spacing_mut().item_spacing.y = Space::L.pts();
                if alone && ui.add(Button::quiet("Back").icon(Icon::ArrowLeft)).clicked() {
                    view.inputs.journal = None;
                }
                head(ui, view, open, id, session);
                banner(ui);
                answers(ui, view, session);
            });
        });
    });
}

fn head(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id, session: &Session) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        ui.horizontal_top(|ui| {
            let words = if session.finished.is_some() { "Open" } else { "Go on writing" };
            let button = Button::secondary(words).icon(Icon::PencilSimple).id(open_id());
            let room = ui.available_width() - button.measure(ui) - Space::L.pts();
            page::at_most(ui, room, |ui| text::heading(ui, Level::Title, &session.title));
            let right = Layout::right_to_left(Align::Min);
            ui.with_layout(right, |ui| {
                if open.read_only.is_none() && ui.add(button).clicked() {
                    view.out.push(Action::Session(SessionAction::Open(id)));
                }
            });
        });
        ui.horizontal_wrapped(|ui| {
            ui.add(Chip::new(Layer::Private));
            ui.add(Tag::new(long_date(session.date)));
            if let Some(minutes) = session.minutes {
                ui.add(Tag::new(format!("{minutes} minutes")));
            }
            for tag in &session.tags {
                ui.add(Tag::new(tag.as_str()).icon(Icon::Tag));
            }
        });
    });
}

/// What was written; questions without an answer are left out.
fn answers(ui: &mut Ui, view: &mut View<'_>, session: &Session) {
    if written(session).next().is_none() {
        text::secondary(ui, "Nothing is written yet.");
    }
    for (number, (asked, words)) in written(session).enumerate() {
        let mut marks = Vec::new();
        let bring_up = find::marks(&mut view.inputs.find, number, &mut marks);
        layer::edged(ui, asked.layer, |ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            text::heading(ui, Level::Prompt, &asked.prompt.text);
            read::show(ui, &words, Type::Prose, &marks, bring_up);
        });
    }
}
