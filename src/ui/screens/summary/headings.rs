//! The period and the headings: how far each is, and the way to it.

use egui::{Color32, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use jiff::civil::Date;

use super::{Shown, arrives};
use crate::app::action::SummaryAction;
use crate::app::inputs::{Inputs, PagePart, Spot, SummaryForm};
use crate::app::{Action, Screen};
use crate::export::summary::Line;
use crate::model::natural_date::{Known, read_back};
use crate::model::session::ArcpHeading;
use crate::review::Remark;
use crate::ui::View;
use crate::ui::theme::{self, Icon, Palette, Radius, Space, Type, mark_focus, tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::date::{DateField, DateShown};
use crate::ui::widgets::field::error_line;
use crate::ui::widgets::menu::{menu, menu_row};
use crate::ui::widgets::text::{self, Level};

/// How far a heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Done,
    Part,
    Check,
    Settle,
    Nothing,
}

impl Standing {
    fn of<'l>(lines: impl Iterator<Item = &'l Line>, it: Shown<'_>) -> Standing {
        let mut standing = Standing::Nothing;
        for line in lines {
            if it.page.remarks_of(line.id).iter().any(Remark::blocks) {
                return Standing::Settle;
            }
            if standing == Standing::Check {
                continue;
            }
            if line.lacks_evidence() {
                standing = Standing::Check;
            } else if line.is_unagreed() {
                standing = Standing::Part;
            } else if standing == Standing::Nothing {
                standing = Standing::Done;
            }
        }
        standing
    }

    const fn words(self) -> &'static str {
        match self {
            Standing::Done => "agreed",
            Standing::Part => "not all agreed",
            Standing::Check => "evidence to check",
            Standing::Settle => "to settle first",
            Standing::Nothing => "nothing recorded",
        }
    }

    const fn look(self, p: &Palette) -> (Icon, Color32) {
        match self {
            Standing::Done => (Icon::Check, p.success),
            Standing::Part => (Icon::CircleHalf, p.text2),
            Standing::Check => (Icon::Warning, p.attn),
            Standing::Settle => (Icon::ShieldWarning, p.attn),
            Standing::Nothing => (Icon::Circle, p.text2),
        }
    }
}

/// The parts of the page in order, with their words and how far each is.
fn parts(it: Shown<'_>) -> Vec<(PagePart, &'static str, Standing)> {
    let leaves = &it.page.leaves;
    let mut parts: Vec<_> = leaves
        .sections
        .iter()
        .map(|section| {
            let part = PagePart::Heading(section.heading);
            (part, section.heading.words(), Standing::of(section.lines.iter(), it))
        })
        .collect();
    if !it.page.whole.answers.is_empty() {
        let standing = Standing::of(leaves.answers.iter(), it);
        parts.push((PagePart::Answers, part_words(PagePart::Answers), standing));
    }
    let standing = if leaves.actions.is_empty() { Standing::Nothing } else { Standing::Done };
    parts.push((PagePart::Actions, part_words(PagePart::Actions), standing));
    parts
}

/// The words of a part, as on the page.
pub const fn part_words(part: PagePart) -> &'static str {
    match part {
        PagePart::Heading(heading) => ArcpHeading::words(heading),
        PagePart::Answers => "From our conversations",
        PagePart::Actions => "Actions",
    }
}

/// The column beside the page.
pub fn beside(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    period(ui, view, it);
    ui.add_space(Space::L.pts());
    ui.horizontal(|ui| {
        ui.add_space(10.0);
        text::small(ui, "Headings, in order");
    });
    ui.spacing_mut().item_spacing.y = 1.0;
    for (place, (part, words, standing)) in parts(it).into_iter().enumerate() {
        let chosen = view.inputs.summary.at == Some(part);
        let row = row(ui, words, standing, chosen);
        if place == 0 && arrives(view.inputs, Spot::Start) {
            row.request_focus();
        }
        if row.clicked() {
            go(view.inputs, part);
        }
    }
    ui.add_space(Space::M.pts());
    boxes(ui, view, it);
}

/// The way to the boxes of the portfolio.
fn boxes(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    let button = Button::secondary("Copy box by box").icon(Icon::Copy);
    if it.page.leaves.counts.lines > 0 && ui.add(button).clicked() {
        view.out.push(Action::Go(Screen::Boxes(it.shown.person)));
    }
}

/// The same above the page, where there is no room beside it.
pub fn above(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    period(ui, view, it);
    ui.horizontal_wrapped(|ui| {
        let button = Button::secondary("Go to a heading").icon(Icon::ListBullets);
        let opener = menu(ui, button.icon_after(Icon::CaretDown), |ui| {
            for (part, words, standing) in parts(it) {
                let (icon, _) = standing.look(theme::of(ui));
                if menu_row(ui, Some(icon), words, standing.words()).clicked() {
                    go(view.inputs, part);
                }
            }
        });
        if arrives(view.inputs, Spot::Start) {
            opener.request_focus();
        }
        boxes(ui, view, it);
    });
}

fn go(inputs: &mut Inputs, part: PagePart) {
    inputs.summary.at = Some(part);
    inputs.summary.go_to = Some(Spot::Part(part));
}

fn row(ui: &mut Ui, words: &str, standing: Standing, chosen: bool) -> Response {
    const ICON: f32 = 17.0;
    let p = theme::of(ui);
    let size = vec2(ui.available_width(), tokens().control.height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let said = format!("{words}, {}", standing.words());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), chosen, &said));
    mark_focus(ui, &response, rect, f32::from(Radius::Control.pts()), false);
    let painter = ui.painter();
    if chosen {
        let border = Stroke::new(theme::line_width(ui), p.line_strong);
        painter.rect(rect, Radius::Control, p.surface, border, StrokeKind::Inside);
    } else if response.hovered() {
        painter.rect_filled(rect, Radius::Control, p.hover);
    }
    let (icon, ink) = standing.look(p);
    icon.paint(painter, pos2(rect.left() + 10.0 + ICON / 2.0, rect.center().y), ICON, ink);
    let (kind, ink) = if chosen { (Type::HintStrong, p.text) } else { (Type::Hint, p.text2) };
    let at = pos2(rect.left() + 10.0 + ICON + 9.0, rect.top());
    let room = egui::Rect::from_min_max(at, rect.max);
    ui.place(room, |ui: &mut Ui| {
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            text::line(ui, words, kind, ink)
        })
        .inner
    });
    response.on_hover_text(standing.words())
}

/// Whether what is typed is a period, and which.
pub fn typed(form: &SummaryForm, today: Date) -> Result<(Date, Date), &'static str> {
    let day = |text: &str| {
        let meant = read_back(text, today, &Known::default()).ok().flatten();
        meant.map(|meant| meant.date)
    };
    in_order(day(&form.from), day(&form.to))
}

fn in_order(from: Option<Date>, to: Option<Date>) -> Result<(Date, Date), &'static str> {
    match (from, to) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        (Some(_), Some(_)) => Err("The period ends before it begins. Change one of the dates"),
        _ => Err("The page keeps the last period until both dates can be read"),
    }
}

/// The fields of the period. A date counts once its field is left: half of one is another day.
fn period(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    let today = view.state.today();
    let side_by_side = ui.available_width() > 300.0;
    let form = &mut view.inputs.summary;
    let mut fields = |ui: &mut Ui| {
        let width = ui.available_width().min(200.0);
        let field = |label| DateField::new(label).hint("Such as 6 August 2026").width(width).back();
        let from = field("From").show(ui, &mut form.from, today);
        (from, field("To").show(ui, &mut form.to, today))
    };
    text::heading(ui, Level::Group, "Period");
    let (from, to) = if side_by_side { ui.horizontal_top(fields).inner } else { fields(ui) };
    if arrives(view.inputs, Spot::Period) {
        from.response.request_focus();
    }
    let shown = (it.shown.from, it.shown.to);
    let day = |field: &DateShown, shown| match &field.date {
        _ if field.response.has_focus() => Some(shown),
        Ok(date) => *date,
        Err(_) => None,
    };
    match in_order(day(&from, shown.0), day(&to, shown.1)) {
        Ok((from, to)) if (from, to) != shown => {
            view.out.push(Action::Summary(SummaryAction::Period(from, to)));
        }
        Ok(_) => {}
        Err(words) => {
            error_line(ui, words);
        }
    }
}
