//! Which parts of a reflection are shared: its paragraphs to tick, and beside them exactly what
//! becomes Shared, with whom, and what may point to somebody.

use egui::{Margin, Role, ScrollArea, Ui};

use crate::app::Action;
use crate::app::reflection::{ReflectionAction, Sharing};
use crate::app::state::Open;
use crate::model::text::count;
use crate::model::{Id, Layer};
use crate::ui::View;
use crate::ui::screens::leaves;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::{Banner, Button, Chip, Level, card, layer, menu, text, toggle};

/// How wide the preview is beside the paragraphs, in points.
const PREVIEW: f32 = 420.0;

/// Draws it in the place of the journal.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let Some(sharing) = view.inputs.reflecting.sharing.clone() else { return };
    let place = ui.available_rect_before_wrap();
    page::region(ui, "Share parts of a reflection", Role::Main, place, |ui| {
        let margin = Margin::same(Room::of(ui).margin() as i8);
        ScrollArea::vertical().auto_shrink(false).content_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = Space::M.pts();
            head(ui, view, open, &sharing);
            let mut out = Vec::new();
            page::two_column(
                ui,
                PREVIEW,
                |ui| paragraphs(ui, &sharing, &mut out),
                |ui| preview(ui, open, &sharing, view),
            );
            view.out.append(&mut out);
        });
    });
}

fn head(ui: &mut Ui, view: &mut View<'_>, open: &Open, sharing: &Sharing) {
    let held = sharing.of.and_then(|id| open.journal.held(id));
    let title = held.map_or("this reflection", |held| &held.session.title);
    text::heading(ui, Level::Title, &format!("Share parts of “{title}”"));
    text::secondary(ui, "The reflection stays private. What you tick is copied, word for word.");
    let people = open.journal.people();
    let options: Vec<(Option<Id>, &str)> =
        people.iter().map(|(id, person)| (Some(*id), person.name.as_str())).collect();
    let mut with = sharing.with;
    menu::select(ui, "Share with", &mut with, &options, 280.0);
    if let Some(person) = with.filter(|_| with != sharing.with) {
        view.out.push(Action::Reflection(ReflectionAction::ShareWith(person)));
    }
}

/// Every paragraph, under its question.
fn paragraphs(ui: &mut Ui, sharing: &Sharing, out: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Section, "Paragraphs");
    let opened = page::just_opened(ui.ctx(), egui::Id::unique("paragraphs to share"));
    let mut question = "";
    for (at, one) in sharing.paragraphs.iter().enumerate() {
        if question != one.question {
            question = &one.question;
            ui.add_space(Space::S.pts());
            text::heading(ui, Level::Prompt, question);
        }
        let mut on = sharing.ticked.contains(&at);
        let ticked = ui.push_id(at, |ui| toggle::checkbox(ui, &mut on, &one.text)).inner;
        if opened && at == 0 {
            ticked.request_focus();
        }
        if ticked.changed() {
            out.push(Action::Reflection(ReflectionAction::Tick(at, on)));
        }
    }
    if sharing.paragraphs.is_empty() {
        text::secondary(ui, "Nothing is written in words yet.");
    }
}

/// Exactly what becomes shared, and the button that shares it.
fn preview(ui: &mut Ui, open: &Open, sharing: &Sharing, view: &mut View<'_>) {
    let person = sharing.with.and_then(|id| open.journal.person(id));
    let called = person.map(|it| it.called().to_owned());
    let chosen = sharing.chosen();
    card::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        let p = theme::of(ui);
        text::heading(ui, Level::Section, "What becomes shared");
        ui.add(Chip::new(Layer::Shared));
        for (paragraph, words) in &chosen {
            layer::edged(ui, Layer::Shared, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                text::show(ui, &paragraph.question, Type::HintStrong, p.text2);
                text::show(ui, words, Type::Body, p.text);
            });
        }
        if chosen.is_empty() {
            text::secondary(ui, "Nothing is ticked, so nothing is shared.");
        }
        card::hairline(ui);
        if let Some(called) = &called {
            leaves::fact(ui, Icon::Users, false, called, "can read it, and you");
        }
        let stays = "its title, day, tags and all you do not tick";
        leaves::fact(ui, Icon::Prohibit, false, "Left out:", stays);
        let now = "It goes with the next file you send";
        leaves::fact(ui, Icon::PaperPlaneTilt, false, "Nothing leaves now.", now);
        identifiers(ui, sharing, view);
        buttons(ui, sharing, called.as_deref(), view);
    });
}

fn identifiers(ui: &mut Ui, sharing: &Sharing, view: &mut View<'_>) {
    if sharing.ticked.is_empty() {
        return;
    }
    if sharing.found.is_empty() {
        let rest = "Read it once more: a check can miss things";
        leaves::fact(ui, Icon::ShieldCheck, false, "No obvious identifiers found.", rest);
        return;
    }
    let quoted: Vec<String> = sharing.found.iter().map(|words| format!("“{words}”")).collect();
    let quoted = quoted.join(", ");
    if sharing.as_it_is {
        leaves::fact(ui, Icon::ShieldWarning, true, "Goes as it is:", &quoted);
        return;
    }
    let words = format!(
        "{quoted} may point to a person. Untick the paragraph, or change it in the reflection."
    );
    Banner::attention("Look at this first.").words(&words).show_with(ui, |ui| {
        if ui.add(Button::secondary("Share it as it is").small()).clicked() {
            view.out.push(Action::Reflection(ReflectionAction::ShareAsItIs));
        }
    });
}

fn buttons(ui: &mut Ui, sharing: &Sharing, called: Option<&str>, view: &mut View<'_>) {
    let number = sharing.ticked.len();
    let cannot = number == 0 || called.is_none() || sharing.asks();
    let words = match (called, number) {
        (None, _) => "Choose with whom".to_owned(),
        (_, 0) => "Tick a paragraph to share".to_owned(),
        _ if sharing.asks() => "Settle it to share".to_owned(),
        (Some(called), number) => format!("Share {} with {called}", count(number, "paragraph")),
    };
    ui.add_space(Space::S.pts());
    let share = ui.add(Button::primary(&words).icon(Icon::Users).fill_width().cannot_yet(cannot));
    if share.clicked() && !cannot {
        view.out.push(Action::Reflection(ReflectionAction::KeepShared));
    }
    if ui.add(Button::secondary("Share nothing").fill_width()).clicked() {
        view.out.push(Action::Reflection(ReflectionAction::PutAway));
    }
}
