//! Handing a doctor over: the page on which the doctor decides, line by line, what the next
//! supervisor may read. Beside it stands the panel that every way out has.

use egui::{
    Align, CornerRadius, Id as WidgetId, Layout, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

use jiff::civil::Date;

use super::leaves;
use crate::app::letter::{LetterAction, LetterForm, LetterPage, ShownLetter, Topic};
use crate::app::reads::Paired;
use crate::app::state::Open;
use crate::app::{Action, Command};
use crate::export::handover::{Candidate, Candidates, Group};
use crate::model::text::{count, day_and_month, long_date};
use crate::model::{Id, Layer, Person};
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Radius, Space, Type, mark_focus, tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{arrows, card_of_list, hairline};
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::text::{self, Level, galley};
use crate::ui::widgets::toggle::paint_check;
use crate::ui::widgets::{Banner, DateField, Field, layer};

/// What is said beside lines that nobody may tick in one go.
const CAREFUL: &str = "May tell of health or home. Never ticked in one go";

/// Whose handover it is; nothing where the page is another one.
pub fn whose<'a>(open: &'a Open, topic: &Topic) -> Option<(Id, &'a Person)> {
    let Topic::Handover(id) = topic else { return None };
    Some((*id, open.journal.person(*id)?))
}

/// The id of a line, by its place, to lead the keyboard to it.
fn row_id(at: usize) -> WidgetId {
    WidgetId::unique(("line of a handover", at))
}

/// Where the place of the line is kept that Tab stops at.
fn stop_id() -> WidgetId {
    WidgetId::unique("line of a handover that Tab stops at")
}

/// Where the place of the line is kept that the keyboard is just led to.
fn came_id() -> WidgetId {
    stop_id().with("came")
}

/// Leads the keyboard to the first line.
pub fn go_to_the_first(ui: &Ui) {
    go_to(ui, 0);
}

fn go_to(ui: &Ui, at: usize) {
    // The stop for Tab moves along: only a line that is it can take the keyboard.
    ui.data_mut(|data| {
        data.insert_temp(stop_id(), at);
        data.insert_temp(came_id(), at);
    });
    ui.memory_mut(|memory| memory.request_focus(row_id(at)));
}

/// The way of the keyboard through the lines that are shown.
struct Walk {
    /// The place of the next line.
    at: usize,
    /// How many lines there are.
    count: usize,
    /// Where an arrow leads. It is followed when all lines are drawn, or the next line would take
    /// the same arrow.
    to: Option<usize>,
}

/// Draws the lines.
pub fn show(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    person: &Person,
    candidates: &Candidates,
) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Title, "What may your next supervisor read?");
    let day = person.supervises_from.filter(|_| open.words().is_doctor());
    text::secondary(ui, &to_whom(&view.inputs.letter, view, day));
    if !open.words().is_doctor() {
        decides(ui, person);
    }
    let writable = open.read_only.is_none();
    let (placed, talks): (Vec<&Group>, Vec<&Group>) =
        candidates.groups.iter().partition(|group| !group.of_a_talk);
    let is_shown = |view: &View<'_>, group: &Group| {
        !group.of_a_talk
            || group.ticked(&person.handover_ticked) > 0
            || view.inputs.letter.shown_talks.contains(&group.title)
    };
    let shown = candidates.groups.iter().filter(|group| is_shown(view, group));
    let count = shown.map(|group| group.lines.len()).sum();
    let mut walk = Walk { at: 0, count, to: None };
    for group in placed {
        ui.add_space(Space::M.pts());
        head(ui, &group.title, |ui| {
            if group.careful {
                text::small(ui, CAREFUL);
            } else if writable && group.lines.len() > 1 {
                all_of(ui, view, group, person);
            }
        });
        lines(ui, view, (group, person), &mut walk, writable);
    }
    if !talks.is_empty() {
        ui.add_space(Space::M.pts());
        head(ui, "From our conversations", |ui| {
            text::small(ui, CAREFUL);
        });
    }
    for group in talks {
        let is_shown = is_shown(view, group);
        talk(ui, view, (group, person), is_shown);
        if is_shown {
            lines(ui, view, (group, person), &mut walk, writable);
            ui.add_space(Space::S.pts());
        }
    }
    if let Some(to) = walk.to {
        go_to(ui, to);
    }
    if page::just_opened(ui.ctx(), WidgetId::unique("lines of a handover")) && writable {
        go_to_the_first(ui);
    }
}

/// "Dr Ines Marshwood, from 4 August 2027. Only lines you tick go. Nothing is ticked for you."
fn to_whom(form: &LetterForm, view: &View<'_>, from: Option<Date>) -> String {
    const RULE: &str = "Only lines you tick go. Nothing is ticked for you.";
    let day = form.handover_day(view.state.today());
    let day = day.ok().filter(|_| !form.from_day.trim().is_empty());
    let day = from.or(day).map(long_date);
    match (form.recipient.trim(), day) {
        ("", None) => RULE.to_owned(),
        ("", Some(day)) => format!("From {day}. {RULE}"),
        (name, None) => format!("{name}. {RULE}"),
        (name, Some(day)) => format!("{name}, from {day}. {RULE}"),
    }
}

/// Who decides, said to the supervisor.
fn decides(ui: &mut Ui, person: &Person) {
    let words = format!("{} decides on each line. Turn the screen towards them.", person.called());
    let p = theme::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let side = IconSize::Inline.pts();
        let (mark, _) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
        Icon::Users.paint(ui.painter(), mark.center(), side, p.text2);
        text::show(ui, &words, Type::Small, p.text2);
    });
}

/// A heading, and at its right what can be done with all that stands under it.
fn head(ui: &mut Ui, title: &str, right: impl FnOnce(&mut Ui)) {
    if Room::of(ui) <= Room::Narrow {
        text::heading(ui, Level::Group, title);
        right(ui);
        return;
    }
    page::row_of_height(ui, tokens().control.height_small, |ui| {
        text::heading(ui, Level::Group, title);
        ui.with_layout(Layout::right_to_left(Align::Center), right);
    });
}

/// The head of the lines of one conversation, which are many: they are shown when asked for.
fn talk(ui: &mut Ui, view: &mut View<'_>, (group, person): (&Group, &Person), is_shown: bool) {
    let count = count(group.lines.len(), "line");
    let words = if is_shown { "Hide".to_owned() } else { format!("Show {count}") };
    let name = format!("{words}: {}", group.title);
    page::row_of_height(ui, tokens().control.height_small, |ui| {
        text::body(ui, &group.title);
        // What would leave stays in sight.
        if group.ticked(&person.handover_ticked) > 0 {
            return;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.add(Button::quiet(&words).small().name(&name)).clicked() {
                let talks = &mut view.inputs.letter.shown_talks;
                if !talks.remove(&group.title) {
                    talks.insert(group.title.clone());
                }
                ui.ctx().request_repaint();
            }
        });
    });
}

/// The lines of a group in their card.
fn lines(
    ui: &mut Ui,
    view: &mut View<'_>,
    (group, person): (&Group, &Person),
    walk: &mut Walk,
    writable: bool,
) {
    card_of_list(ui, |ui| {
        for (place, line) in group.lines.iter().enumerate() {
            if place > 0 {
                hairline(ui);
            }
            let ends = (place == 0, place + 1 == group.lines.len());
            let on = person.handover_ticked.contains(&line.name);
            let response = row(ui, (line, on), walk, ends);
            if response.clicked() && writable {
                let wish = LetterAction::Tick(vec![line.name.clone()], !on);
                view.out.push(Action::Letter(wish));
            }
            walk.at += 1;
        }
    });
}

/// "Tick all 3", or "Untick all 3" where all are.
fn all_of(ui: &mut Ui, view: &mut View<'_>, group: &Group, person: &Person) {
    let lines = group.lines.len();
    let on = group.ticked(&person.handover_ticked) < lines;
    let words = match (on, lines) {
        (true, 2) => "Tick both".to_owned(),
        (true, n) => format!("Tick all {n}"),
        (false, 2) => "Untick both".to_owned(),
        (false, n) => format!("Untick all {n}"),
    };
    let name = format!("{words}: {}", group.title);
    if ui.add(Button::quiet(&words).small().name(&name)).clicked() {
        let names = group.lines.iter().map(|line| line.name.clone()).collect();
        view.out.push(Action::Letter(LetterAction::Tick(names, on)));
    }
}

/// One line with everything of it that would leave. All lines of the page are one stop for Tab;
/// the arrows move among them.
fn row(
    ui: &mut Ui,
    (line, on): (&Candidate, bool),
    walk: &mut Walk,
    (first, last): (bool, bool),
) -> Response {
    const LEFT: f32 = 18.0;
    const GAP: f32 = 14.0;
    const FROM: f32 = 260.0;
    const HEAD: f32 = 200.0;
    let p = theme::of(ui);
    let side = tokens().control.check;
    let width = ui.available_width();
    let beside = Room::of(ui) > Room::Narrow;
    let from = galley(ui, &line.from, Type::Small, p.text2, if beside { FROM } else { width });
    let right = if beside { from.size().x + Space::L.pts() } else { 0.0 };
    let start = LEFT + side + GAP;
    let room = (width - start - right - Space::L.pts()).max(96.0);
    let ink = if on { p.text } else { p.text2 };
    let words = galley(ui, &line.words.join("\n"), Type::Body, ink, room);
    let notes = line.notes.join("\n");
    let notes = (!notes.is_empty()).then(|| galley(ui, &notes, Type::Small, p.text2, room));
    let below = notes.as_ref().map_or(0.0, |notes| notes.size().y);
    let under = if beside { 0.0 } else { from.size().y };
    let tall = words.size().y + below + under;
    let high = if beside { tall.max(from.size().y) } else { tall };
    let size = vec2(width, (high + 20.0).max(tokens().control.row_min));

    let at = walk.at;
    let id = row_id(at);
    let stop = ui.data(|data| data.get_temp::<usize>(stop_id())).unwrap_or(0).min(walk.count - 1);
    let (_, rect) = ui.allocate_space(size);
    let is_stop = stop == at || ui.memory(|memory| memory.has_focus(id));
    let response = ui.interact(rect, id, if is_stop { Sense::click() } else { Sense::CLICK });
    let said = said(line);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, &said));
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(stop_id(), at));
    }
    if let Some(to) = arrows(ui, &response, at, walk.count) {
        walk.to = Some(to);
    }
    let came = response.has_focus() && ui.data(|data| data.get_temp(came_id())) == Some(at);
    if came || response.gained_focus() {
        ui.data_mut(|data| data.remove_temp::<usize>(came_id()));
        // With the first line the head of the page comes into sight.
        let above = if at == 0 { HEAD } else { Space::S.pts() };
        let seen = Rect::from_min_max(pos2(rect.left(), rect.top() - above), rect.max);
        ui.scroll_to_rect(seen.with_max_y(rect.bottom() + Space::S.pts()), None);
    }
    if !ui.is_rect_visible(rect) {
        return response;
    }
    ground(ui, &response, rect, (first, last));
    edge(ui, line.layer, rect, (first, last));
    let head = rect.top() + (rect.height() - high) / 2.0;
    let middle = head + Type::Body.token().line / 2.0;
    let centre = pos2(rect.left() + LEFT + side / 2.0, middle);
    let square = Rect::from_center_size(centre, Vec2::splat(side));
    mark_focus(ui, &response, square, f32::from(Radius::Tag.pts()), false);
    paint_check(ui, square, on, response.hovered());
    let left = rect.left() + start;
    let painter = ui.painter();
    let mut y = head + words.size().y;
    painter.galley(pos2(left, head), words, ink);
    if let Some(notes) = notes {
        painter.galley(pos2(left, y), notes, p.text2);
        y += below;
    }
    let from_at = match beside {
        true => pos2(rect.right() - Space::L.pts() - from.size().x, middle - 10.0),
        false => pos2(left, y),
    };
    painter.galley(from_at, from, p.text2);
    response
}

/// The tint behind the line that has the keyboard or the pointer.
fn ground(ui: &Ui, response: &Response, rect: Rect, ends: (bool, bool)) {
    let p = theme::of(ui);
    let fill = match (response.has_focus(), response.hovered()) {
        (true, _) => p.accent_soft,
        (false, true) => p.hover,
        (false, false) => return,
    };
    ui.painter().rect_filled(rect, corners(ends), fill);
}

/// The corners of the card that a line meets, inside the card's border.
fn corners((first, last): (bool, bool)) -> CornerRadius {
    let corner = Radius::Card.pts() - 1;
    let top = if first { corner } else { 0 };
    let bottom = if last { corner } else { 0 };
    CornerRadius { nw: top, ne: top, sw: bottom, se: bottom }
}

/// The edge of a line's layer, which follows the corners of its card.
fn edge(ui: &Ui, of: Layer, rect: Rect, ends: (bool, bool)) {
    let p = theme::of(ui);
    if of == Layer::Shared {
        // The bar is narrower than the corner: it is cut out of the whole line.
        let bar = rect.with_max_x(rect.left() + 4.0).intersect(ui.clip_rect());
        let colour = layer::look(of, p).edge;
        ui.painter().with_clip_rect(bar).rect_filled(rect, corners(ends), colour);
        return;
    }
    let corner = f32::from(Radius::Card.pts()) / 2.0;
    let top = rect.top() + if ends.0 { corner } else { 0.0 };
    let bottom = rect.bottom() - if ends.1 { corner } else { 0.0 };
    let strip = Rect::from_min_max(pos2(rect.left() + 1.0, top), pos2(rect.left() + 8.0, bottom));
    layer::paint_edge(ui.painter(), strip, of, p);
}

/// A line as a screen reader says it: who reads it, the words, where they come from.
fn said(line: &Candidate) -> String {
    let words = line.words.join(" ");
    let parts = [line.layer.words(), &words, &line.notes.join(". "), &line.from];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.map(|part| part.trim_end_matches('.')).collect::<Vec<_>>().join(". ")
}

/// What is to be known of a handover before it leaves.
pub fn facts(ui: &mut Ui, open: &Open, page: &LetterPage) {
    let (lead, rest) = match page.letter.saying.may_tell {
        1 => ("1 line may tell of health.".to_owned(), "You ticked it yourself"),
        n => (format!("{n} lines may tell of health."), "You ticked each one yourself"),
    };
    if page.letter.saying.may_tell > 0 {
        leaves::fact(ui, Icon::Heart, false, &lead, rest);
    }
    if open.words().is_doctor() {
        let rest = "New lines then stay here. What was sent stays sent";
        leaves::fact(ui, Icon::ArrowCounterClockwise, false, "You can stop later.", rest);
        return;
    }
    let rest = "Untick a line at any time before it goes. What was sent stays sent";
    leaves::fact(ui, Icon::ArrowCounterClockwise, false, "You can change your mind.", rest);
}

/// To whom the file of a doctor goes, where the two are paired: their name, and since when.
pub fn to_a_pair(open: &Open, topic: &Topic) -> Option<(String, Paired)> {
    let Topic::Handover(id) = topic else { return None };
    let pair = open.readers.pair(*id).filter(|_| open.words().is_doctor())?;
    Some((open.journal.person(*id)?.called().to_owned(), pair))
}

/// Who can open the file.
pub fn encrypted(ui: &mut Ui, view: &View<'_>, (name, pair): &(String, Paired)) {
    let day = pair.when.to_zoned(view.state.now.time_zone().clone()).date();
    let how = if pair.checked { "Paired face to face" } else { "Paired" };
    let rest = format!("Only {name} can open it. {how} {}", day_and_month(day));
    leaves::fact(ui, Icon::FileLock, false, "Encrypted file.", &rest);
    if !pair.checked {
        let rest = "Compare the four words when you meet";
        leaves::fact(ui, Icon::ShieldWarning, true, "The pair is not checked yet.", rest);
    }
    let rest = "Answers become one conversation with them. Your own actions and lines of your plan \
                come as such";
    leaves::fact(ui, Icon::Users, false, "How it arrives.", rest);
}

/// That a doctor and their next supervisor are not paired, and what can be done. The way to pairing
/// stands here once that has a page of its own.
pub fn not_paired(ui: &mut Ui, open: &Open, topic: &Topic) {
    let Topic::Handover(id) = topic else { return };
    let Some(person) = open.journal.person(*id).filter(|_| open.words().is_doctor()) else {
        return;
    };
    if open.readers.pair(*id).is_some() {
        return;
    }
    let lead = format!("You and {} are not paired yet.", person.called());
    let words = "Your ticks are kept. Pair first, and the file is encrypted for them alone.";
    Banner::attention(&lead).words(words).show(ui);
}

/// The button of a file for a pair, and the way to leave it be.
pub fn foot(ui: &mut Ui, view: &mut View<'_>, name: &str, (busy, cannot): (bool, Option<&str>)) {
    let words = match (busy, cannot) {
        (true, _) => "Saving…".to_owned(),
        (_, Some(why)) => why.to_owned(),
        _ => format!("Save the file for {name}"),
    };
    let save = Button::primary(&words).fill_width().cannot_yet(busy || cannot.is_some());
    if ui.add(save).clicked() {
        match cannot {
            Some(_) => go_to_the_first(ui),
            None if !busy => view.out.push(Action::Letter(LetterAction::Save)),
            None => {}
        }
    }
    if ui.add(Button::secondary("Not now").fill_width()).clicked() {
        view.out.push(Action::Do(Command::Back));
    }
}

/// Who the next supervisor is, and from when. Neither stands in the file.
pub fn next_supervisor(ui: &mut Ui, view: &mut View<'_>) {
    let today = view.state.today();
    let hint = "For your receipt. It is not in the file";
    Field::new("Next supervisor").hint(hint).show(ui, &mut view.inputs.letter.recipient);
    let day =
        DateField::new("From which day").hint("For example, 4 August 2027. It may stay empty");
    day.width(260.0).show(ui, &mut view.inputs.letter.from_day, today);
}

/// After the file is written: the way to past people, by a button of its own.
pub fn move_on(ui: &mut Ui, view: &mut View<'_>, open: &Open, shown: &ShownLetter) {
    let Some((_, person)) = whose(open, &shown.topic) else { return };
    if open.words().is_doctor()
        || shown.written.is_none()
        || shown.sending.is_some()
        || person.is_past()
    {
        return;
    }
    let is_day = view.inputs.letter.handover_day(view.state.today()).is_ok();
    let words = match is_day {
        true => format!("Move {} to past people", person.called()),
        false => "Mend the day to move on".to_owned(),
    };
    let button = Button::secondary(&words).icon(Icon::Archive).fill_width().cannot_yet(!is_day);
    if ui.add(button).clicked() && is_day {
        view.out.push(Action::Letter(LetterAction::MoveOn));
    }
}
