//! The list of reflections by month, and what it is narrowed to.

use egui::{Frame, Margin, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui};
use egui::{WidgetInfo, vec2};

use super::{ASKS, BRING_IN, aside, minutes_of, open_id, start};
use crate::app::Action;
use crate::app::notes::NotesAction;
use crate::app::reflection::JournalView;
use crate::app::resize::SIZES;
use crate::app::state::Open;
use crate::model::text::{day_and_month, month};
use crate::model::{Answer, Id, Session};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Radius, Space, Type, mark_focus};
use crate::ui::widgets::{Button, Room, card, menu, text};

/// Reflections that are listed at once.
const PAGE: usize = 30;
/// Characters of a snippet: more than fit on its line.
const SNIPPET: usize = 90;

/// Those that have the chosen tag, the newest first.
fn wanted<'a>(view: &View<'_>, open: &'a Open) -> impl Iterator<Item = (Id, &'a Session)> {
    let tag = view.inputs.reflecting.tag.clone();
    let has_it = move |one: &Session| tag.as_ref().is_none_or(|tag| one.tags.contains(tag));
    open.journal.reflections().filter(move |(_, one)| has_it(one))
}

/// The newest, down to those that were asked for and to the one that is read; and how many more
/// there are.
pub fn listed<'a>(view: &View<'_>, open: &'a Open) -> (Vec<(Id, &'a Session)>, usize) {
    let some = PAGE * (view.inputs.journal_earlier + 1);
    let chosen = view.inputs.journal;
    let at = chosen.and_then(|id| wanted(view, open).position(|(held, _)| held == id));
    let some = at.map_or(some, |at| some.max(at + 1));
    let all = match view.inputs.reflecting.tag {
        None => open.journal.reflection_count(),
        Some(_) => wanted(view, open).count(),
    };
    let listed: Vec<_> = wanted(view, open).take(some).collect();
    let more = all - listed.len();
    (listed, more)
}

/// Draws it. In a small window what stands at its foot comes after it.
pub fn show(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (reflections, more): (&[(Id, &Session)], usize),
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
                    aside::question(ui, view, open);
                }
                narrowed(ui, view, reflections.len() + more);
                rows(ui, view, reflections, chosen);
                earlier(ui, view, more);
                if Room::of(ui) < Room::Medium {
                    ui.add_space(Space::M.pts());
                    aside::contents(ui, view, open);
                }
            },
        );
    });
}

/// The tag that the list is narrowed to, and the way back to all.
fn narrowed(ui: &mut Ui, view: &mut View<'_>, count: usize) {
    let Some(tag) = view.inputs.reflecting.tag.clone() else { return };
    ui.add_space(Space::Xs.pts());
    let words = format!("{tag}, {count}");
    let name = format!("Show all again, not only {tag}");
    let button = Button::secondary(&words).icon(Icon::Tag).icon_after(Icon::X).small();
    if ui.add(button.name(&name)).clicked() {
        view.inputs.reflecting.tag = None;
        ui.ctx().request_repaint();
    }
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

/// Shows a reflection beside the list.
pub fn choose(ui: &Ui, view: &mut View<'_>, id: Id) {
    view.inputs.journal = Some(id);
    view.inputs.reflecting.view = JournalView::Reading;
    ui.ctx().request_repaint();
}

/// The id of a reflection's row, known before it is drawn.
fn row_id(reflection: Id) -> egui::Id {
    egui::Id::unique(("reflection", reflection))
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
        for (template, asks) in SIZES.into_iter().zip(ASKS) {
            let words = minutes_of(view, template);
            if menu::menu_row(ui, None, &words, asks).clicked() {
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

/// One reflection in the list: its title wraps, below are the day and how it begins. Only the row with `stop` takes
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
    let begins = snippet(session);
    let begins =
        (!begins.is_empty()).then(|| text::galley_line(ui, &begins, Type::Small, p.text2, room));
    let snippet_height = begins.as_ref().map_or(0.0, |words| words.size().y);
    let height = title.size().y + below.size().y + snippet_height + 20.0;
    let size = vec2(ui.available_width(), height);
    let (place, _) = ui.allocate_exact_size(size, Sense::hover());
    let stop = stop || ui.memory(|memory| memory.has_focus(row_id(id)));
    let sense = if stop { Sense::click() } else { Sense::CLICK };
    let row = ui.interact(place, row_id(id), sense);
    if row.gained_focus() {
        row.scroll_to_me(None);
    }
    let said = match snippet(session) {
        words if words.is_empty() => format!("{}, {detail}", session.title),
        words => format!("{}, {detail}. {words}", session.title),
    };
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
    let last = under + vec2(0.0, below.size().y);
    ui.painter().galley(under, below, p.text2);
    if let Some(words) = begins {
        ui.painter().galley(last, words, p.text2);
    }
    row
}

/// How a reflection begins, on one line; empty while nothing is written in words.
fn snippet(session: &Session) -> String {
    let words = session.items().find_map(|asked| match &asked.answer {
        Some(Answer::Text(words)) if !words.trim().is_empty() => Some(words.as_str()),
        _ => None,
    });
    let line: String = words.unwrap_or_default().chars().take(SNIPPET + 1).collect();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SNIPPET) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
