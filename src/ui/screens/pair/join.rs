//! The one who takes an invitation: the file, from whom it came, the six words, the reply.

use egui::{Align, Id as WidgetId, Layout, Ui, UiBuilder};

use super::give::{chosen_name, own_name};
use super::{foot, frame, had_other_keys, notice, side, steps};
use crate::app::Action;
use crate::app::pairing::{PairFile, PairingAction, Stands, WORDS, wrong_word};
use crate::app::state::Open;
use crate::model::Id;
use crate::ui::View;
use crate::ui::screens::leaves;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::field::{Field, error_line, forget_undo};
use crate::ui::widgets::menu::select;
use crate::ui::widgets::page::{entered, just_opened};
use crate::ui::widgets::text::{self, Level};

const TITLE: &str = "Open an invitation";
const ABOUT: &str = "Once, in the same room, both computers open. About 3 minutes.";

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    if open.read_only.is_some() {
        frame(
            ui,
            view,
            (TITLE, ABOUT),
            &steps::joining(0, None),
            |ui, _| {
                text::body(ui, "The record can only be read now, so its keys could not be kept.");
            },
            |ui, _| side::promises(ui),
        );
    } else if view.inputs.pairing.typing {
        words(ui, view, open);
    } else {
        file(ui, view, open);
    }
}

fn wish(view: &mut View<'_>, wish: PairingAction) {
    view.out.push(Action::Pairing(wish));
}

/// What the other one is called, as far as it is said.
fn called(view: &View<'_>, open: &Open) -> String {
    let form = &view.inputs.pairing;
    let known = form.whom.and_then(|id| open.journal.person(id));
    let name = known.map_or(form.new_name.trim(), |person| person.called());
    if name.is_empty() { "the other person".to_owned() } else { name.to_owned() }
}

/// The file, and from whom it came.
fn file(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let ready = view.inputs.pairing.is_named() && !is_paired(view, open);
    foot(ui, |ui| {
        let on = Button::primary("Go on to the six words").cannot_yet(!ready);
        if ui.add(on).clicked() && !is_paired(view, open) {
            wish(view, PairingAction::Type(true));
        }
    });
    frame(
        ui,
        view,
        (TITLE, ABOUT),
        &steps::joining(0, None),
        |ui, view| {
            ui.spacing_mut().item_spacing.y = Space::S.pts();
            notice(ui, open.pairing.notice.as_ref());
            text::heading(ui, Level::Section, "Which file were you given?");
            text::secondary(ui, "It opens with six words that are said to you.");
            let choose = Button::secondary("Choose the file…").icon(Icon::FolderOpen);
            let choose = ui.add(choose.cannot_yet(open.pairing.asking.is_some()));
            if just_opened(ui.ctx(), WidgetId::unique("choose an invitation")) {
                choose.request_focus();
            }
            if choose.clicked() {
                wish(view, PairingAction::Choose(PairFile::Invitation));
            }
            chosen_name(ui, view.inputs.pairing.invitation.as_deref());
            if view.inputs.pairing.tried && view.inputs.pairing.invitation.is_none() {
                error_line(ui, "Choose the file first.");
            }
            ui.add_space(Space::M.pts());
            text::heading(ui, Level::Section, "Who gave it to you?");
            from_whom(ui, view, open);
        },
        |ui, _| side::promises(ui),
    );
}

fn from_whom(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    const WIDTH: f32 = 320.0;
    let people = open.journal.people();
    let mut options: Vec<(Option<Id>, &str)> = vec![(None, "Somebody new")];
    options.extend(people.iter().map(|(id, person)| (Some(*id), person.name.as_str())));
    let form = &mut view.inputs.pairing;
    select(ui, "The person", &mut form.whom, &options, WIDTH);
    let whom = form.whom;
    match whom {
        None => {
            let missing = form.tried && form.new_name.trim().is_empty();
            Field::new("Their name")
                .hint("They are added to your record when the words are right")
                .error(missing.then_some("Type their name."))
                .width(WIDTH)
                .show(ui, &mut form.new_name);
        }
        Some(id) if is_paired(view, open) => {
            let name = open.journal.person(id).map_or("", |person| person.called());
            let lead = format!("You are already paired with {name}. ");
            let words = "Stop that pairing first. Then open the invitation.";
            Banner::attention(&lead).words(words).show(ui);
            if ui.add(Button::secondary("Stop pairing…")).clicked() {
                wish(view, PairingAction::AskStop(Some(id)));
            }
        }
        Some(id) => had_other_keys(ui, open, id, &view.state.now),
    }
}

fn is_paired(view: &View<'_>, open: &Open) -> bool {
    let stands = view.inputs.pairing.whom.map(|id| open.stands_with(id));
    matches!(stands, Some(Stands::Paired(_)))
}

fn save_id() -> WidgetId {
    WidgetId::unique("save the reply")
}

/// The six words, and where the reply goes.
fn words(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let busy = open.pairing.busy;
    let called = called(view, open);
    foot(ui, |ui| {
        let words = if busy { "Opening the invitation…" } else { "Save the reply" };
        let cannot = busy || view.inputs.pairing.first_wrong().is_some();
        let save = Button::primary(words).icon(Icon::FloppyDisk).cannot_yet(cannot);
        if ui.add(save.id(save_id())).clicked() && !busy {
            if let Some(wrong) = view.inputs.pairing.first_wrong() {
                ui.memory_mut(|memory| memory.request_focus(field_id(wrong)));
            }
            wish(view, PairingAction::Accept);
        }
        if ui.add(Button::ghost("Back to the file")).clicked() && !busy {
            wish(view, PairingAction::Type(false));
        }
    });
    frame(
        ui,
        view,
        (TITLE, ABOUT),
        &steps::joining(1, None),
        |ui, view| {
            ui.spacing_mut().item_spacing.y = Space::S.pts();
            notice(ui, open.pairing.notice.as_ref());
            text::heading(ui, Level::Section, "Type the six words you hear");
            text::secondary(ui, "Space or Enter goes on to the next. Capitals do not matter.");
            fields(ui, view);
            ui.add_space(Space::M.pts());
            text::heading(ui, Level::Section, &format!("The reply for {called}"));
            own_name(ui, view, &called);
            let (asking, path) = (open.pairing.asking.is_some(), &mut view.inputs.pairing.path);
            if leaves::file(ui, WidgetId::unique("reply file"), path, asking) {
                wish(view, PairingAction::Choose(PairFile::Place));
            }
        },
        |ui, _| {
            let who = format!(
                "It opens only on the computer that made the invitation. If that is not {called}’s, \
                 the four words of the next step differ."
            );
            side::what_leaves(ui, &who);
        },
    );
}

fn field_id(at: usize) -> WidgetId {
    WidgetId::unique(("word of an invitation", at))
}

/// Six fields in two columns, read downwards.
fn fields(ui: &mut Ui, view: &mut View<'_>) {
    const ROWS: usize = WORDS / 2;
    let gap = Space::L.pts();
    let room = ui.available_rect_before_wrap();
    let half = (room.width() - gap) / 2.0;
    let left = room.with_max_x(room.left() + half);
    let right = room.with_min_x(room.right() - half);
    let down = Layout::top_down(Align::Min);
    let mut drawn = egui::Rect::NOTHING;
    let mut next = None;
    for (place, first) in [(left, 0), (right, ROWS)] {
        let builder = UiBuilder::new().max_rect(place).layout(down);
        let column = ui.scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.y = Space::S.pts();
            for at in first..first + ROWS {
                next = field(ui, view, at).or(next);
            }
        });
        drawn = drawn.union(column.response.rect);
    }
    ui.advance_cursor_after_rect(drawn);
    let opened = just_opened(ui.ctx(), WidgetId::unique("words of an invitation"));
    // After all fields: the next one must not take the same keys.
    if let Some(next) = next.or(opened.then_some(0)) {
        let to = if next < WORDS { field_id(next) } else { save_id() };
        ui.memory_mut(|memory| memory.request_focus(to));
    }
}

/// Draws the field of a word and gives the one to go on with, counted from 0; [`WORDS`] is the
/// button.
fn field(ui: &mut Ui, view: &mut View<'_>, at: usize) -> Option<usize> {
    let id = field_id(at);
    let form = &mut view.inputs.pairing;
    let typed = form.words.get_mut(at)?;
    let left = !ui.memory(|memory| memory.has_focus(id));
    let to_tell = form.tried || (left && !typed.trim().is_empty());
    let wrong = if to_tell { wrong_word(typed) } else { None };
    let error = wrong.as_ref().map(|(words, _)| words.as_str());
    let label = format!("Word {}", at + 1);
    let field = Field::new(&label).id(id).error(error).show(ui, &mut **typed);
    forget_undo(ui, &field);
    if let Some(near) = wrong.as_ref().and_then(|(_, near)| *near) {
        let name = format!("Use “{near}” for word {}", at + 1);
        let take = Button::quiet("Use it").small().name(&name);
        if ui.add(take).clicked() {
            near.clone_into(typed);
        }
    }
    let by_enter = entered(ui, &field).then_some(at + 1);
    let by_word = if field.changed() { form.take_apart(at) } else { None };
    by_word.or(by_enter)
}
