//! The drawer at the end of a session: who will see what, what carries forward, how long it was.

use egui::{Align2, Frame, Margin, Rect, ScrollArea, Shape, Ui, UiBuilder, vec2};

use super::{Editor, actions};
use crate::app::Action as Wish;
use crate::app::action::SessionAction;
use crate::model::text::long_date;
use crate::model::{Action, Layer};
use crate::ui::theme::{self, Icon, Space, Type, tokens};
use crate::ui::widgets::{Button, Drawer, Field, IconButton, Level, card, layer, text};

/// Draws it over the page, which lies in `over`.
pub fn drawer(ui: &Ui, editor: &mut Editor<'_>, over: Rect) {
    let title =
        if editor.is_reflection() { "Finish this reflection" } else { "Finish this session" };
    let width = tokens().layout.finish_drawer;
    let shown = Drawer::new(title, width).over_scrim().show(ui, over, |ui, first| {
        let place = ui.available_rect_before_wrap();
        let (body, foot) = place.split_top_bottom_at_y(place.bottom() - 100.0);
        ui.scope_builder(UiBuilder::new().max_rect(body), |ui| {
            ScrollArea::vertical().id_salt("finish").auto_shrink(false).show(ui, |ui| {
                Frame::NONE.inner_margin(Margin::symmetric(26, 20)).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    ui.spacing_mut().item_spacing.y = Space::S.pts();
                    steps(ui, editor, title);
                });
            });
        });
        ui.scope_builder(UiBuilder::new().max_rect(foot), |ui| {
            let line = egui::Stroke::new(theme::line_width(ui), theme::of(ui).line);
            ui.painter().hline(foot.x_range(), foot.top(), line);
            Frame::NONE.inner_margin(Margin::symmetric(26, 10)).show(ui, |ui| {
                end(ui, editor, first);
            });
        });
    });
    if shown.close {
        keep_writing(editor);
    }
}

fn keep_writing(editor: &mut Editor<'_>) {
    editor.inputs.finishing = false;
    if let Some(prompt) = editor.inputs.focus.clone() {
        super::wishes::go_to(editor, prompt);
    }
}

fn steps(ui: &mut Ui, editor: &mut Editor<'_>, title: &str) {
    ui.horizontal(|ui| {
        text::heading(ui, Level::Title, title);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.add(IconButton::new(Icon::X, "Keep writing and close")).clicked() {
                keep_writing(editor);
            }
        });
    });
    text::small(ui, &format!("Held on {}.", long_date(editor.draft.session.date)));
    if !editor.draft.session.tags.is_empty() {
        text::small(ui, &format!("Tags: {}.", editor.draft.session.tags.join(", ")));
    }
    ui.add_space(Space::S.pts());
    step(ui, 1, "Who will see what", |ui| who_sees(ui, editor));
    let open = carried(editor);
    step(ui, 2, "Actions that carry forward", |ui| {
        if open.is_empty() {
            text::secondary(ui, "None. Every action is done, or none was agreed.");
            return;
        }
        card::card_of_rows(ui, |ui| {
            for (at, action) in open.iter().enumerate() {
                if at > 0 {
                    card::hairline(ui);
                }
                actions::summary(ui, editor, action);
            }
        });
    });
    step(ui, 3, "How long it took", |ui| {
        let wrong = minutes(editor).is_err().then_some("Type the minutes as a number, such as 40");
        let spent = editor.minutes_spent();
        let hint = match editor.minutes_to_suggest() {
            Some(_) => format!("{spent} min were spent writing here. Leave it empty to keep none"),
            None => "Leave it empty if you do not want to keep it".to_owned(),
        };
        Field::new("Minutes")
            .hint(&hint)
            .error(wrong)
            .width(120.0)
            .show(ui, &mut editor.inputs.finish_minutes);
    });
}

/// The minutes that are typed, if any; an error when it is not a number of minutes.
fn minutes(editor: &Editor<'_>) -> Result<Option<u16>, std::num::ParseIntError> {
    let typed = editor.inputs.finish_minutes.trim();
    if typed.is_empty() { Ok(None) } else { typed.parse().map(Some) }
}

/// One numbered step.
fn step(ui: &mut Ui, number: usize, title: &str, contents: impl FnOnce(&mut Ui)) {
    const GUTTER: f32 = 42.0;
    let p = theme::of(ui);
    let place = ui.available_rect_before_wrap();
    let centre = place.left_top() + vec2(14.0, 14.0);
    ui.painter().add(Shape::ellipse_filled(centre, vec2(14.0, 12.5), p.accent));
    let font = theme::font(Type::ChipStrong);
    ui.painter().text(centre, Align2::CENTER_CENTER, number, font, p.on_accent);
    let mut inner = place;
    inner.min.x += GUTTER;
    ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Group, title);
        contents(ui);
    });
    ui.add_space(Space::M.pts());
}

fn who_sees(ui: &mut Ui, editor: &Editor<'_>) {
    let session = &editor.draft.session;
    let called = &editor.called;
    // An answer For the ARCP as it stands carries no agreement.
    let offered = session.arcp.iter().filter(|line| !line.text.trim().is_empty());
    let agreed = offered.filter(|line| line.agreed).count() == session.count(Layer::Arcp);
    for shown in [Layer::Shared, Layer::Private, Layer::Arcp] {
        let count = session.count(shown);
        if count == 0 {
            continue;
        }
        let (lead, words) = match shown {
            Layer::Shared => (
                format!("{} shared.", lines(count, "line", "lines")),
                format!("You and {called} may read these."),
            ),
            Layer::Private => (
                format!("{} private.", lines(count, "note", "notes")),
                "They stay with you. Not secret from the law.".to_owned(),
            ),
            Layer::Arcp if agreed => (
                format!("{} for the ARCP.", lines(count, "line", "lines")),
                "You both agree. It may go into a summary.".to_owned(),
            ),
            Layer::Arcp => (
                format!("{} for the ARCP.", lines(count, "line", "lines")),
                format!("Not all agreed with {called} yet."),
            ),
        };
        layer::edged(ui, shown, |ui| {
            ui.add_space(2.0);
            ui.horizontal_wrapped(|ui| {
                layer::words(ui, shown, &lead);
                text::show(ui, &words, Type::Control, theme::of(ui).text2);
            });
            ui.add_space(2.0);
        });
    }
    if session.is_blank() {
        text::secondary(ui, "Nothing is written yet.");
    }
}

fn lines(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What stays open after this session.
fn carried(editor: &Editor<'_>) -> Vec<Action> {
    let named = |action: &Action| action.is_open() && !action.text.trim().is_empty();
    let both = editor.last_time.iter().chain(&editor.own);
    both.map(|(_, action)| action).filter(|action| named(action)).cloned().collect()
}

fn end(ui: &mut Ui, editor: &mut Editor<'_>, first: bool) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::small(ui, "Finishing sends nothing. You can change it later.");
    let wrong = minutes(editor).is_err();
    ui.horizontal(|ui| {
        let words = if wrong { "Mend the minutes to finish" } else { "Finish" };
        let finish = ui.add(Button::primary(words).cannot_yet(wrong));
        if first {
            finish.request_focus();
            ui.request_repaint();
        }
        if finish.clicked() && !wrong {
            editor.out.push(Wish::Session(SessionAction::Finish));
        }
        if ui.add(Button::ghost("Keep writing")).clicked() {
            keep_writing(editor);
        }
    });
}
