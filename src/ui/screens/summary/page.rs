//! The page as it will look.

use egui::{Align, Id, Layout, Ui, UiBuilder, vec2};
use jiff::civil::Date;

use super::line::{self, Row, Standing};
use super::{Shown, arrives, drag, headings};
use crate::app::action::SummaryAction;
use crate::app::inputs::{PagePart, Spot};
use crate::app::{Action, Screen};
use crate::export::LineId;
use crate::export::sheet::{Fact, MEETINGS};
use crate::export::summary::{ActionLine, Line, Summary};
use crate::model::session::ArcpHeading;
use crate::model::text::long_date;
use crate::model::{ActionState, Layer};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{hairline, paper};
use crate::ui::widgets::page;
use crate::ui::widgets::tag::Tag;
use crate::ui::widgets::tall::{self, Tall};
use crate::ui::widgets::text::{self, Level};

/// Width of the labels of the facts, in points.
const LABEL: f32 = 100.0;
/// About how high what stands under a line is, in points.
const UNDER: f32 = 60.0;
/// Room at the side of the words of a small button, in points.
const PAD: f32 = 11.0;

/// Draws the paper, or why there is none.
pub fn show(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    if it.page.whole.counts.lines == 0 {
        return empty(ui, view, it);
    }
    view.inputs.summary.drawn.clear();
    let mut tall = Tall::begin(ui, "summary", it.page.whole.counts.lines);
    paper(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        head(ui, it);
        facts(ui, &it.page.sheet.facts);
        meetings(ui, view, it);
        for section in &it.page.whole.sections {
            let part = PagePart::Heading(section.heading);
            heading(ui, view, part);
            judgements(ui, view, it, &section.lines, &mut tall);
            if !it.page.leaves.sections.iter().any(|s| leaves(&s.lines, section.heading)) {
                nothing(ui, it);
            }
        }
        rest(ui, view, it, &mut tall);
        ui.add_space(Space::L.pts());
        hairline(ui);
        text::small(ui, &it.page.sheet.foot);
        drag::show(ui, view, it);
    });
    tall.end(ui);
}

fn leaves(lines: &[Line], heading: ArcpHeading) -> bool {
    lines.iter().any(|line| line.heading == Some(heading))
}

/// Answers and actions, after the headings.
fn rest(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>, tall: &mut Tall) {
    let Summary { answers, actions, .. } = &it.page.whole;
    if !answers.is_empty() {
        heading(ui, view, PagePart::Answers);
        judgements(ui, view, it, answers, tall);
    }
    heading(ui, view, PagePart::Actions);
    for (at, action) in actions.iter().enumerate() {
        let must = view.inputs.summary.go_to == Some(Spot::Line(action.id));
        let guess = tall::guess(ui, &action.text) + UNDER;
        tall.row(ui, Id::unique(action.id), (guess, must), |ui| {
            agreed_action(ui, view, it, action, (at, actions.len()));
        });
    }
    if it.page.leaves.actions.is_empty() {
        nothing(ui, it);
    }
}

fn empty(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    let sessions = it.open.journal.sessions_with(it.shown.person);
    let outside: usize = sessions.iter().map(|(_, s)| s.count(Layer::Arcp)).sum();
    let mut words = "In a session, choose Offer to ARCP.".to_owned();
    match outside {
        0 => {}
        1 => words.push_str(" 1 line lies outside this period."),
        n => words.push_str(&format!(" {n} lines lie outside this period.")),
    }
    let name = format!("Open {}’s page", it.person.called());
    let open = page::empty(ui, "No lines offered yet", &words, Button::secondary(&name));
    if arrives(view.inputs, Spot::Empty) {
        open.request_focus();
    }
    if open.clicked() {
        view.out.push(Action::Go(Screen::People(Some(it.shown.person))));
    }
}

fn head(ui: &mut Ui, it: Shown<'_>) {
    const TAG: f32 = 72.0;
    let saved =
        it.shown.written.is_some() && it.shown.written_is_shown && it.shown.sending.is_none();
    ui.horizontal_top(|ui| {
        let words = vec2((ui.available_width() - TAG).max(120.0), 0.0);
        ui.allocate_ui_with_layout(words, Layout::top_down(Align::Min), |ui| {
            ui.set_width(words.x);
            text::heading(ui, Level::Section, &it.page.sheet.title);
            text::strong(ui, &it.page.sheet.name);
        });
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            ui.add(Tag::new(if saved { "Saved" } else { "Draft" }));
        });
    });
    ui.add_space(Space::Xs.pts());
    hairline(ui);
    ui.add_space(Space::Xs.pts());
}

/// The facts in two columns where there is room, but for the days of the meetings.
fn facts(ui: &mut Ui, facts: &[Fact]) {
    let columns = if ui.available_width() < 520.0 { 1 } else { 2 };
    let short: Vec<&Fact> = facts.iter().filter(|fact| fact.label != MEETINGS).collect();
    for row in short.chunks(columns) {
        ui.horizontal_top(|ui| {
            let width = (ui.available_width() - Space::M.pts()) / columns as f32;
            for fact in row {
                self::fact(ui, fact, width);
            }
        });
    }
}

/// The days of the meetings; each can be left out like a line.
fn meetings(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    let days = &it.page.whole.facts.meetings;
    if days.is_empty() {
        let width = ui.available_width();
        for fact in it.page.sheet.facts.iter().filter(|fact| fact.label == MEETINGS) {
            ui.horizontal_top(|ui| self::fact(ui, fact, width));
        }
        return;
    }
    let p = theme::of(ui);
    let down = Layout::top_down(Align::Min);
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(LABEL, 0.0), down, |ui| {
            ui.set_width(LABEL);
            // In the middle of a row as high as the buttons.
            ui.add_space(6.0);
            text::show(ui, MEETINGS, Type::Small, p.text2);
        });
        // The words of the buttons stand under the other facts.
        let mut room = ui.available_rect_before_wrap();
        room.min.x -= PAD;
        ui.scope_builder(UiBuilder::new().max_rect(room).layout(down), |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
                for day in days {
                    meeting(ui, view, it, *day);
                }
            });
        });
    });
}

fn meeting(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>, day: Date) {
    let id = LineId::Meeting(day);
    let out = it.page.left_out.contains(&id);
    let words = long_date(day);
    if it.open.read_only.is_some() {
        text::small(ui, &words);
        ui.add_space(Space::S.pts());
        return;
    }
    let button = if out {
        let name = format!("Put back: we met on {words}");
        let words = format!("{words} left out");
        ui.add(Button::ghost(&words).icon(Icon::Prohibit).small().name(&name))
    } else {
        let name = format!("Leave out: we met on {words}");
        ui.add(Button::ghost(&words).icon_after(Icon::X).small().name(&name))
    };
    if button.clicked() {
        view.out.push(Action::Summary(SummaryAction::LeaveOut(id, !out)));
    }
}

fn fact(ui: &mut Ui, fact: &Fact, width: f32) {
    let p = theme::of(ui);
    let cell = |ui: &mut Ui, words: &str, width: f32, ink| {
        let down = Layout::top_down(Align::Min);
        ui.allocate_ui_with_layout(vec2(width, 0.0), down, |ui| {
            ui.set_width(width);
            text::show(ui, words, Type::Small, ink);
        });
    };
    let gap = ui.spacing().item_spacing.x;
    cell(ui, &fact.label, LABEL, p.text2);
    cell(ui, &fact.value, (width - LABEL - 2.0 * gap).max(80.0), p.text);
}

fn heading(ui: &mut Ui, view: &mut View<'_>, part: PagePart) {
    ui.add_space(Space::M.pts());
    let heading = text::heading(ui, Level::Group, headings::part_words(part));
    if arrives(view.inputs, Spot::Part(part)) {
        ui.scroll_to_rect(heading.rect.expand(Space::M.pts()), Some(Align::TOP));
    }
}

fn nothing(ui: &mut Ui, it: Shown<'_>) {
    text::secondary(ui, &it.page.sheet.nothing);
}

/// The lines of a heading, of many only those in view.
fn judgements(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>, lines: &[Line], tall: &mut Tall) {
    for (at, line) in lines.iter().enumerate() {
        let must = view.inputs.summary.go_to == Some(Spot::Line(line.id));
        let guess = tall::guess(ui, &line.text) + UNDER;
        tall.row(ui, Id::unique(line.id), (guess, must), |ui| {
            let row = Row {
                id: line.id,
                words: &line.text,
                standing: standing(it, line),
                remarks: it.page.remarks_of(line.id),
                session: line::session_of(line.id),
                day: line.recorded,
                place: (at, lines.len()),
            };
            line::show(ui, view, it, &row);
        });
    }
}

/// What is said under a line: its evidence, and whether both agreed it.
fn standing(it: Shown<'_>, line: &Line) -> Standing {
    let agreed = if line.heading == Some(ArcpHeading::DoctorsWords) {
        format!("Recorded {}. It is unchanged", long_date(line.recorded))
    } else if line.agreed {
        "Agreed by you both".to_owned()
    } else {
        format!("{} has not agreed this yet", it.person.called())
    };
    let evidence: Vec<String> = line
        .evidence
        .iter()
        .map(|evidence| match evidence.date {
            Some(day) => format!("{}, {}", evidence.what, long_date(day)),
            None => format!("{}, no date", evidence.what),
        })
        .collect();
    let mark = line.basis.map(|basis| format!("{}. ", basis.words())).unwrap_or_default();
    let talk = talk(it, line).map(|talk| format!(". {talk}")).unwrap_or_default();
    let rest = format!("{mark}{agreed}{talk}");
    if line.lacks_evidence() {
        let lead = Some("No evidence linked yet.".to_owned());
        return Standing { icon: Icon::Warning, attention: lead, words: rest };
    }
    if evidence.is_empty() {
        return Standing { icon: Icon::SealCheck, attention: None, words: rest };
    }
    let words = format!("{}. {rest}", evidence.join(". "));
    Standing { icon: Icon::Link, attention: None, words }
}

/// The conversation that a line comes from, with its day. Neither leaves.
fn talk(it: Shown<'_>, line: &Line) -> Option<String> {
    let held = it.open.journal.held(line::session_of(line.id)?)?;
    let title = held.session.title.trim();
    (!title.is_empty()).then(|| format!("{title}, {}", long_date(line.recorded)))
}

fn agreed_action(
    ui: &mut Ui,
    view: &mut View<'_>,
    it: Shown<'_>,
    action: &ActionLine,
    place: (usize, usize),
) {
    let by = match action.due {
        Some(day) => format!("by {}", long_date(day)),
        None => "no date".to_owned(),
    };
    let state = match action.state {
        ActionState::Open => "Open",
        ActionState::Part => "Part",
        ActionState::Done => "Done",
        ActionState::Dropped => "Dropped",
    };
    let words = format!("{}, {by}. {state}", action.owner);
    let standing = Standing { icon: Icon::CheckSquare, attention: None, words };
    let session = match action.id {
        LineId::Action(id) => it.open.journal.action(id).and_then(|action| action.from),
        _ => None,
    };
    let row = Row {
        id: action.id,
        words: &action.text,
        standing,
        remarks: it.page.remarks_of(action.id),
        session,
        day: action.made,
        place,
    };
    line::show(ui, view, it, &row);
}
