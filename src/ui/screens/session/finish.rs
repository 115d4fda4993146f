//! The drawer at the end of a session: who will see what, what carries forward, how long it was.

use egui::{Align2, Frame, Margin, Rect, ScrollArea, Shape, Ui, UiBuilder, vec2};

use super::{Editor, actions};
use crate::app::Action as Wish;
use crate::app::action::SessionAction;
use crate::app::next_time::NextTime;
use crate::model::template::Form;
use crate::model::{Action, Layer, carry, natural_date};
use crate::ui::theme::{self, Icon, Space, Type, tokens};
use crate::ui::widgets::{
    Button, DateField, Drawer, Field, IconButton, Level, card, layer, menu, text,
};

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
    text::small(ui, &format!("Held on {}.", natural_date::spoken(editor.draft.session.date)));
    if !editor.draft.session.tags.is_empty() {
        text::small(ui, &format!("Tags: {}.", editor.draft.session.tags.join(", ")));
    }
    ui.add_space(Space::S.pts());
    step(ui, 1, "Who will see what", |ui| who_sees(ui, editor));
    let open = carried(editor);
    step(ui, 2, "What carries forward", |ui| {
        if open.is_empty() {
            text::secondary(ui, "No action. Every one is done, or none was agreed.");
        } else {
            card::card_of_rows(ui, |ui| {
                for (at, action) in open.iter().enumerate() {
                    if at > 0 {
                        card::hairline(ui);
                    }
                    actions::summary(ui, editor, action);
                    let age = carry::age_words(
                        &editor.open.journal,
                        action,
                        editor.draft.id,
                        editor.today(),
                    );
                    text::small(ui, &age);
                    ui.add_space(Space::Xs.pts());
                }
            });
        }
        goals(ui, editor);
    });
    if !editor.is_reflection() {
        step(ui, 3, "Next time", |ui| next_time(ui, editor));
    }
    let last = if editor.is_reflection() { 3 } else { 4 };
    step(ui, last, "How long it took", |ui| {
        let wrong = minutes(editor).is_err().then_some("Type the minutes as a number, such as 40");
        let spent = editor.minutes_spent();
        let hint = match editor.draft.minutes_to_suggest(editor.state.now.timestamp()) {
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

/// The goals that are not reached, with their age.
fn goals(ui: &mut Ui, editor: &Editor<'_>) {
    let person = editor.draft.session.person.and_then(|id| editor.open.journal.person(id));
    let goals = person.into_iter().flat_map(|it| &it.goals).filter(|goal| goal.is_open());
    let goals: Vec<_> = goals.filter(|_| !editor.is_reflection()).collect();
    if goals.is_empty() {
        return;
    }
    text::strong(ui, "Goals");
    for goal in goals {
        let since = carry::ago(goal.since, editor.today());
        text::lead(ui, &goal.text, &format!("Set {since}."));
    }
}

/// When the two meet next, and from which template.
fn next_time(ui: &mut Ui, editor: &mut Editor<'_>) {
    let today = editor.today();
    let person = editor.draft.session.person.and_then(|id| editor.open.journal.person(id));
    let Some(person) = person else { return };
    let next = &mut editor.inputs.next_time;
    let late = next.clock().err().map(|error| error.to_string());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = Space::M.pts();
        DateField::new("Day").no_hint().known(NextTime::known(person, today)).width(246.0).show(
            ui,
            &mut next.day,
            today,
        );
        ui.vertical(|ui| {
            Field::new("Time").error(late.as_deref()).width(110.0).show(ui, &mut next.time);
        });
    });
    let library = editor.state.library.clone();
    let talks = library.templates().iter().filter(|it| it.form == Form::Conversation);
    let mut options: Vec<(String, &str)> = vec![(String::new(), "Choose it on the day")];
    options.extend(talks.map(|it| (it.id.clone(), it.title.as_str())));
    menu::select(ui, "From the template", &mut next.template, &options, 372.0);
}

/// Whether something in the drawer is still to be mended, and the words for it.
fn to_mend(editor: &Editor<'_>) -> Option<&'static str> {
    let person = editor.draft.session.person.and_then(|id| editor.open.journal.person(id));
    let next = &editor.inputs.next_time;
    if minutes(editor).is_err() {
        Some("Mend the minutes to finish")
    } else if person.is_some_and(|person| next.is_wrong(person, editor.today())) {
        Some("Mend the next meeting to finish")
    } else {
        None
    }
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
    let to_mend = to_mend(editor);
    let wrong = to_mend.is_some();
    ui.horizontal_wrapped(|ui| {
        let words = to_mend.unwrap_or("Finish");
        let finish = ui.add(Button::primary(words).cannot_yet(wrong));
        if first {
            finish.request_focus();
            ui.request_repaint();
        }
        if finish.clicked() && !wrong {
            editor.out.push(Wish::Session(SessionAction::Finish));
        }
        if !editor.is_reflection() {
            let send = Button::secondary("Finish and send…").icon(Icon::PaperPlaneTilt);
            if ui.add(send.cannot_yet(wrong)).clicked() && !wrong {
                editor.out.push(Wish::Session(SessionAction::FinishAndSend));
            }
        }
        if ui.add(Button::ghost("Keep writing")).clicked() {
            keep_writing(editor);
        }
    });
}
