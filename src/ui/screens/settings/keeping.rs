//! Who is kept, and until when: the yearly look, and the certificates of what was erased.

use egui::layers::ShapeIdx;
use egui::{
    Align, CornerRadius, Id as WidgetId, Layout, Margin, Rect, Shape, Ui, UiBuilder, pos2, vec2,
};

use crate::app::Action;
use crate::app::inputs::PersonTab;
use crate::app::keeping::{Form, KeepingAction};
use crate::app::letter::{LetterAction, Topic};
use crate::app::part::{Part, PartAction, Slot};
use crate::app::retention::{KeepList, Kept, LIST, Until};
use crate::app::screen::Screen;
use crate::app::state::Open;
use crate::model::text::{long_date, month_and_year};
use crate::ui::View;
use crate::ui::screens::people::part;
use crate::ui::screens::requests;
use crate::ui::theme::{self, Icon, Radius, Space, Type, tokens};
use crate::ui::widgets::card::{ListRow, arrows, card_of_list, framed, hairline};
use crate::ui::widgets::page::{self, Room, just_opened};
use crate::ui::widgets::{Button, Level, Tag, text};

/// From the edge of the card to what is in it.
const PAD: f32 = 18.0;
/// Height of the first line and the second below it.
const LINES: f32 = 42.0;

/// Draws the tab.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let Some(list) = open.keep_list() else { return };
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Section, "Who you keep, and until when");
    text::secondary(
        ui,
        "Nothing is deleted by itself. Once a year Cairn asks you to look. Your trust’s policy \
         comes first.",
    );
    if list.rows.is_empty() {
        text::body(ui, "No one here yet.");
    } else {
        text::strong(ui, &list.in_words());
        table(ui, view, open, list);
    }
    ui.add_space(Space::Xs.pts());
    foot(ui, view, open, list);
    certificates(ui, view, open);
    requests::in_settings(ui, view, open);
}

/// Where the dates that are suggested come from.
fn defaults(ui: &mut Ui, view: &mut View<'_>) {
    let Some(list) = view.state.library.list(LIST) else { return };
    let checked = month_and_year(&list.checked);
    let words = format!("Suggested times, checked {checked}");
    let button = Button::quiet(&words).icon(Icon::ListBullets);
    if ui.add(button).clicked() {
        view.out.push(Action::Go(Screen::Lists(Some(LIST.to_owned()))));
    }
}

fn table(ui: &mut Ui, view: &mut View<'_>, open: &Open, list: &KeepList) {
    let wide = Room::of(ui) >= Room::Medium;
    framed(ui, Margin::ZERO, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if wide {
            heads(ui);
        }
        let mut to = None;
        for (at, kept) in list.rows.iter().enumerate() {
            if at > 0 || wide {
                hairline(ui);
            }
            let shown = ui.push_id(kept.person, |ui| {
                if part::is_open(view, kept.person, Part::KeepUntil, None) {
                    change(ui, view, open, kept);
                    None
                } else if wide {
                    row(ui, view, open, (at, list))
                } else {
                    stacked(ui, view, open, (at, list))
                }
            });
            to = to.or(shown.inner);
        }
        // When all rows are drawn: the next one would take the same key for its own.
        if let Some(to) = to.and_then(|to| list.rows.get(to)) {
            ui.memory_mut(|memory| memory.request_focus(first_of(to)));
        }
    });
}

/// Where the columns begin: person, until, why.
fn columns(whole: Rect) -> [f32; 3] {
    let left = whole.left() + PAD;
    let room = whole.width() - 2.0 * PAD;
    [left, left + 0.27 * room, left + 0.5 * room]
}

fn heads(ui: &mut Ui) {
    const HEIGHT: f32 = 38.0;
    let whole = ui.available_rect_before_wrap();
    let colour = theme::of(ui).text2;
    for (x, words) in columns(whole).into_iter().zip(["Person", "Keep until", "Why"]) {
        let place = Rect::from_min_max(pos2(x, whole.top() + 9.0), whole.max);
        ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
            text::show(ui, words, Type::HintStrong, colour);
        });
    }
    ui.advance_cursor_after_rect(whole.with_max_y(whole.top() + HEIGHT));
}

/// A row of the table; one whose date has passed is tinted.
fn row(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (at, list): (usize, &KeepList),
) -> Option<usize> {
    let kept = list.rows.get(at)?;
    let ground = ui.painter().add(Shape::Noop);
    let whole = ui.available_rect_before_wrap();
    let [first, second, third] = columns(whole);
    let top = whole.top() + Space::S.pts() + 2.0;
    let buttons = buttons_width(ui, open, kept);
    let end = whole.right() - PAD - buttons;
    let gap = Space::M.pts();
    let mut bottom = top + LINES;
    let mut cell =
        |ui: &mut Ui, (from, to): (f32, f32), down: f32, add: &mut dyn FnMut(&mut Ui)| {
            let place = Rect::from_min_max(pos2(from, top + down), pos2(to, whole.bottom()));
            let layout = Layout::top_down(Align::Min);
            let shown =
                ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout), |ui| add(ui));
            bottom = bottom.max(shown.response.rect.bottom());
        };
    cell(ui, (first, second - gap), 0.0, &mut |ui| who(ui, kept));
    cell(ui, (second, third - gap), 8.0, &mut |ui| until(ui, kept));
    let words = text::galley(ui, &kept.why, Type::Body, theme::of(ui).text, end - gap - third);
    let down = ((LINES - words.size().y) / 2.0).max(0.0);
    cell(ui, (third, end - gap), down, &mut |ui| {
        text::body(ui, &kept.why);
    });
    bottom += Space::S.pts() + 2.0;
    let height = tokens().control.height;
    let middle = f32::midpoint(whole.top(), bottom) - height / 2.0;
    let place = Rect::from_min_max(pos2(end, middle), pos2(whole.right(), bottom));
    let layout = Layout::left_to_right(Align::Min);
    let builder = UiBuilder::new().max_rect(place).layout(layout);
    let to = ui.scope_builder(builder, |ui| buttons_of(ui, view, open, (at, list))).inner;
    let used = whole.with_max_y(bottom);
    tint(ui, ground, (at, list), used);
    ui.advance_cursor_after_rect(used);
    to
}

/// Tints a row whose date has passed, within the corners of the card.
fn tint(ui: &Ui, ground: ShapeIdx, (at, list): (usize, &KeepList), used: Rect) {
    let passed = list.rows.get(at).is_some_and(|kept| matches!(kept.until, Until::Passed(_)));
    if !passed {
        return;
    }
    let round = Radius::Card.pts();
    let top = if at == 0 && Room::of(ui) < Room::Medium { round } else { 0 };
    let foot = if at + 1 == list.rows.len() { round } else { 0 };
    let corners = CornerRadius { nw: top, ne: top, sw: foot, se: foot };
    let fill = theme::of(ui).accent_soft;
    ui.painter().set(ground, Shape::rect_filled(used.shrink2(vec2(1.0, 0.0)), corners, fill));
}

/// The same below each other, where the window is narrow.
fn stacked(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (at, list): (usize, &KeepList),
) -> Option<usize> {
    let kept = list.rows.get(at)?;
    let ground = ui.painter().add(Shape::Noop);
    let top = ui.cursor().top();
    let frame = egui::Frame::NONE.inner_margin(Margin::symmetric(16, 12));
    let shown = frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        who(ui, kept);
        until(ui, kept);
        text::body(ui, &kept.why);
        ui.horizontal_wrapped(|ui| buttons_of(ui, view, open, (at, list))).inner
    });
    tint(ui, ground, (at, list), shown.response.rect.with_min_y(top));
    shown.inner
}

fn who(ui: &mut Ui, kept: &Kept) {
    let p = theme::of(ui);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        text::lines(ui, &kept.name, Type::Strong, p.text, 2);
        text::show(ui, &kept.detail, Type::Small, p.text2);
    });
}

fn until(ui: &mut Ui, kept: &Kept) {
    match kept.until {
        Until::Passed(day) => {
            let words = format!("{}, passed", long_date(day));
            ui.add(Tag::attention(words).icon(Icon::Clock));
        }
        Until::Hold => {
            ui.add(Tag::new("Legal hold").icon(Icon::PushPin));
        }
        Until::Day(day) => {
            text::body(ui, &long_date(day));
        }
        Until::Open => {
            text::secondary(ui, "No date yet");
        }
    }
}

/// The words of the buttons of a row, each with its name.
fn words_of(kept: &Kept) -> (&'static str, String) {
    let name = &kept.name;
    match kept.until {
        Until::Passed(_) => ("Keep longer…", format!("Keep {name} longer")),
        Until::Hold => ("See…", format!("See the hold on {name}")),
        Until::Day(_) => ("Change…", format!("Change how long {name} is kept")),
        Until::Open => ("Set a date…", format!("Set how long {name} is kept")),
    }
}

fn may_erase(open: &Open, kept: &Kept) -> bool {
    open.read_only.is_none() && matches!(kept.until, Until::Passed(_))
}

fn buttons_width(ui: &Ui, open: &Open, kept: &Kept) -> f32 {
    let first = Button::secondary(words_of(kept).0).small().measure(ui);
    let erase = Button::danger("Erase…").small().measure(ui) + ui.spacing().item_spacing.x;
    if may_erase(open, kept) { first + erase } else { first }
}

/// The id of the first button of a row, for the arrow keys.
fn first_of(kept: &Kept) -> WidgetId {
    WidgetId::unique(("kept until", kept.person))
}

/// The buttons of a row; gives the row that an arrow key leads to.
fn buttons_of(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (at, list): (usize, &KeepList),
) -> Option<usize> {
    let kept = list.rows.get(at)?;
    let mut to = None;
    let id = kept.person;
    let (words, name) = words_of(kept);
    let see = kept.until == Until::Hold;
    if see || open.read_only.is_none() {
        let button = Button::secondary(words).small().name(&name).id(first_of(kept));
        let pressed = ui.add(button);
        if view.inputs.settings.kept == Some(id) {
            part::come_back(view, &pressed, Part::KeepUntil, None);
        }
        to = arrows(ui, &pressed, at, list.rows.len());
        if pressed.clicked() && see {
            view.inputs.person_tab = PersonTab::About;
            view.out.push(Action::Go(Screen::People(Some(id))));
        } else if pressed.clicked() {
            view.inputs.settings.kept = Some(id);
            view.out.push(Action::Part(PartAction::Open(id, Part::KeepUntil, None)));
        }
    }
    let name = format!("Erase everything about {}", kept.name);
    let erase = Button::danger("Erase…").small().name(&name);
    if may_erase(open, kept) && ui.add(erase).clicked() {
        view.out.push(Action::Keeping(KeepingAction::Ask(Form::Erase(id))));
    }
    to
}

/// The form for the date, and the date that is suggested. It is never set by itself.
fn change(ui: &mut Ui, view: &mut View<'_>, open: &Open, kept: &Kept) {
    egui::Frame::NONE.inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        who(ui, kept);
        if let Some(suggested) = &kept.suggested {
            let day = long_date(suggested.date);
            let words = format!(
                "Cairn suggests {day}: {}. Your trust’s policy comes first.",
                suggested.why
            );
            text::hint(ui, &words);
            let take = format!("Use {day}");
            if ui.add(Button::quiet(&take).small()).clicked()
                && let Some(form) = &mut view.inputs.part
            {
                form.typed.insert(Slot::KeepUntil, day);
            }
        }
        part::form(ui, view, open, (kept.person, Part::KeepUntil, None));
    });
}

/// The certificates, the look, and when it was done last.
fn foot(ui: &mut Ui, view: &mut View<'_>, open: &Open, list: &KeepList) {
    let today = view.state.today();
    let last = match list.looked_at {
        None => "You have not looked yet".to_owned(),
        Some(day) if day == today => "Last looked at today".to_owned(),
        Some(day) => format!("Last looked at on {}", long_date(day)),
    };
    if Room::of(ui) >= Room::Wide {
        page::row(ui, |ui| ways(ui, view, open, list), |ui| text::small(ui, &last));
    } else {
        text::small(ui, &last);
        ui.horizontal_wrapped(|ui| ways(ui, view, open, list));
    }
}

/// The look is done; the certificates; where the dates that are suggested come from.
fn ways(ui: &mut Ui, view: &mut View<'_>, open: &Open, list: &KeepList) {
    let looked = list.looked_at == Some(view.state.today());
    if open.read_only.is_none() && !looked && !list.rows.is_empty() {
        let look = ui.add(Button::secondary("I have looked").icon(Icon::Check));
        if just_opened(ui.ctx(), WidgetId::unique("settings, keeping")) {
            look.request_focus();
        }
        if look.clicked() {
            view.out.push(Action::Keeping(KeepingAction::Looked));
        }
    }
    let certificates = open.journal.certificates().len();
    let words = format!("Certificates {certificates}");
    let shown = view.inputs.settings.certificates;
    let caret = if shown { Icon::CaretUp } else { Icon::CaretDown };
    let button = Button::secondary(&words).icon(Icon::Certificate).icon_after(caret);
    if certificates > 0 && ui.add(button).clicked() {
        view.inputs.settings.certificates = !shown;
    }
    defaults(ui, view);
}

/// The certificates of what was erased; each leads to its page.
fn certificates(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let certificates = open.journal.certificates();
    if certificates.is_empty() || !view.inputs.settings.certificates {
        return;
    }
    text::heading(ui, Level::Group, "Certificates of erasure");
    card_of_list(ui, |ui| {
        let last = certificates.len() - 1;
        for (at, (id, certificate)) in certificates.iter().enumerate() {
            if at > 0 {
                hairline(ui);
            }
            let title = match certificate.reference.as_str() {
                "" => format!("Number {}", certificate.number),
                reference => format!("Number {}, {reference}", certificate.number),
            };
            let (what, when) = (certificate.what(), long_date(certificate.when.date()));
            let row = ListRow::new(&title).detail(&what).end(&when).icon(Icon::Certificate);
            let row = row.opens().in_card(at == 0, at == last);
            if ui.push_id(id, |ui| row.show(ui)).inner.clicked() {
                view.out.push(Action::Letter(LetterAction::Show(Topic::Certificate(*id))));
            }
        }
    });
}
