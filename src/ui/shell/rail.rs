//! The rail at the left: where one can go.

use egui::{
    Align2, Margin, Panel, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::{RailForm, edge_line, edge_panel, go_on_click};
use crate::app::Command;
use crate::app::advice::actions_due;
use crate::app::screen::Place;
use crate::app::state::Open;
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Radius, Type, mark_focus, tokens};
use crate::ui::widgets::cairn::paint_mark;

/// Draws the rail.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, form: RailForm) {
    let p = theme::of(ui);
    let layout = &tokens().layout;
    let width = if form == RailForm::Words { layout.rail } else { layout.rail_slim };
    edge_panel(Panel::left("rail").exact_size(width), p.rail).show(ui, |ui| {
        let rect = ui.max_rect();
        let in_by = vec2(0.5, 0.0);
        edge_line(ui, rect.right_top() - in_by, rect.right_bottom() - in_by);
        ui.spacing_mut().item_spacing.y = 2.0;
        mark(ui, form);
        egui::Frame::NONE.inner_margin(Margin::symmetric(11, 0)).show(ui, |ui| {
            for place in Place::HEAD {
                item(ui, view, open, place, form);
            }
            let foot = Place::FOOT.len() as f32 * (item_height(form) + 2.0) + 12.0;
            ui.add_space((ui.available_height() - foot).max(8.0));
            for place in Place::FOOT {
                item(ui, view, open, place, form);
            }
        });
    });
}

fn mark(ui: &mut Ui, form: RailForm) {
    let p = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 56.0), Sense::hover());
    let middle = rect.left_center();
    let x = if form == RailForm::Words { 32.0 } else { rect.width() / 2.0 - 0.5 };
    let stones = Rect::from_center_size(middle + vec2(x, 0.0), vec2(24.0, 26.0));
    paint_mark(ui.painter(), stones, p.accent);
    if form == RailForm::Words {
        let font = theme::font(Type::H2);
        ui.painter().text(middle + vec2(56.0, 0.0), Align2::LEFT_CENTER, "Cairn", font, p.text);
    }
}

fn item_height(form: RailForm) -> f32 {
    let control = &tokens().control;
    if form == RailForm::Words { control.rail_item } else { control.rail_item_slim }
}

const fn icon(place: Place) -> Icon {
    match place {
        Place::Today => Icon::SunHorizon,
        Place::People => Icon::UsersThree,
        Place::Journal => Icon::Notebook,
        Place::Summaries => Icon::FileArrowUp,
        Place::Templates => Icon::Chats,
        Place::Fairness => Icon::Scales,
        Place::Settings => Icon::GearSix,
        Place::Help => Icon::Question,
    }
}

fn item(ui: &mut Ui, view: &mut View<'_>, open: &Open, place: Place, form: RailForm) {
    let (p, words) = (theme::of(ui), open.words());
    let draft = view.inputs.draft.as_ref().map(|draft| draft.kind);
    let record = open.screen.record();
    let held = || Some(open.journal.held(record?)?.kind);
    let added = || open.journal.own().kind(record?);
    let kind = draft.or_else(held).or_else(added);
    let selected = open.screen.place(kind) == place;
    // The only count in the rail.
    let count = match place {
        Place::Today => actions_due(&open.journal, view.state.today()),
        _ => 0,
    };
    let size = vec2(ui.available_width(), item_height(form));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = match count {
        0 => words.place(place).to_owned(),
        1 => format!("{}, 1 action due", words.place(place)),
        n => format!("{}, {n} actions due", words.place(place)),
    };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, name.as_str()));
    mark_focus(ui, &response, rect, f32::from(Radius::Control.pts()), false);
    let painter = ui.painter();
    if selected {
        let border = Stroke::new(theme::line_width(ui), p.line);
        painter.rect(rect, Radius::Control, p.surface, border, StrokeKind::Inside);
        let bar = Rect::from_min_size(
            Pos2::new(ui.max_rect().left() - 11.0, rect.center().y - 11.0),
            vec2(4.0, 22.0),
        );
        painter.rect_filled(bar, 2, p.accent);
    } else if response.hovered() {
        painter.rect_filled(rect, Radius::Control, p.hover);
    }
    let ink = if selected { p.accent } else { p.text2 };
    let words_ink = if selected { p.text } else { p.text2 };
    let (x, shown) = match form {
        RailForm::Words => (rect.left() + 19.0, true),
        _ => (rect.center().x, false),
    };
    let at = Pos2::new(x, rect.center().y);
    if selected {
        icon(place).paint_filled(painter, at, IconSize::Nav.pts(), ink);
    } else {
        icon(place).paint(painter, at, IconSize::Nav.pts(), ink);
    }
    if shown {
        let kind = if selected { Type::Button } else { Type::Control };
        let left = rect.left_center() + vec2(40.0, 0.0);
        painter.text(left, Align2::LEFT_CENTER, words.place(place), theme::font(kind), words_ink);
    }
    if count > 0 {
        paint_count(ui, rect, count, shown);
    }
    let response = if shown { response } else { response.on_hover_text(words.place(place)) };
    go_on_click(&response, place.screen(), view.out);
    let hint = Command::of(place).shortcut();
    if let Some(shortcut) = hint.filter(|_| shown) {
        response.on_hover_text(shortcut.to_string());
    }
}

fn paint_count(ui: &Ui, rect: Rect, count: usize, words: bool) {
    let p = theme::of(ui);
    let painter = ui.painter();
    if words {
        let chip = Rect::from_center_size(rect.right_center() - vec2(21.0, 0.0), vec2(24.0, 20.0));
        painter.rect_filled(chip, 10, p.accent_soft);
        let font = theme::font(Type::ChipStrong);
        painter.text(chip.center(), Align2::CENTER_CENTER, count, font, p.accent);
    } else {
        let at = rect.center() + vec2(11.0, -10.0);
        painter.text(at, Align2::CENTER_CENTER, count, theme::font(Type::Caption), p.text);
    }
}
