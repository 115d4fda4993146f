//! What a reflection belongs to: conversations and things learned. It is shown at both ends.

use egui::{Response, Ui};

use super::Editor;
use super::tags::short;
use crate::app::action::SessionAction;
use crate::app::inputs::Inputs;
use crate::app::reflection::{JournalView, link_words, linkable, linked_to};
use crate::app::state::Open;
use crate::app::{Action, Screen};
use crate::model::{Id, Kind};
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::{Button, IconButton, Level, Room, menu, text};

/// The most entries of each sort that are offered.
const OFFERED: usize = 8;

/// Draws what the reflection belongs to, with a way to add more; at a conversation, what was
/// written on it.
pub(super) fn show(ui: &mut Ui, editor: &mut Editor<'_>) {
    let (id, journal) = (editor.draft.id, &editor.open.journal);
    let today = editor.today();
    let words = |id: Id| Some((id, link_words(journal, id, today)?));
    let own: Vec<(Id, String)> =
        editor.draft.session.links.iter().copied().filter_map(words).collect();
    let back: Vec<(Id, String)> = linked_to(journal, id).filter_map(|(id, _)| words(id)).collect();
    let offers = editor.editable && editor.is_reflection();
    if own.is_empty() && back.is_empty() && !offers {
        return;
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        let title = if editor.is_reflection() { "Belongs to" } else { "Your reflections on it" };
        text::heading(ui, Level::Prompt, title);
        for (id, words) in own {
            row(ui, editor, (id, &words), offers);
        }
        for (id, words) in back {
            row(ui, editor, (id, &words), false);
        }
        if offers {
            add(ui, editor);
        }
    });
}

/// The way to a linked entry; in a small window its words are cut.
pub fn way(ui: &mut Ui, words: &str) -> Response {
    const SMALL: usize = 34;
    const NARROW: usize = 64;
    let shown = match Room::of(ui) {
        Room::Small => short(words, SMALL),
        Room::Narrow => short(words, NARROW),
        _ => words.to_owned(),
    };
    ui.add(Button::quiet(&shown).icon(Icon::Link).small().name(words))
}

/// One of them: a press goes there, another takes the link off.
fn row(ui: &mut Ui, editor: &mut Editor<'_>, (id, words): (Id, &str), own: bool) {
    ui.push_id(id, |ui| {
        ui.horizontal_wrapped(|ui| {
            if way(ui, words).clicked() {
                go_to(editor.inputs, editor.out, editor.open, id);
            }
            let name = format!("Take off the link to {words}");
            if own && ui.add(IconButton::new(Icon::X, &name)).clicked() {
                editor.draft.session.links.retain(|held| *held != id);
                editor.touch();
            }
        });
    });
}

fn add(ui: &mut Ui, editor: &mut Editor<'_>) {
    let today = editor.today();
    let taken = &editor.draft.session.links;
    let journal = &editor.open.journal;
    let free = linkable(journal, OFFERED).into_iter().filter(|id| !taken.contains(id));
    let offered: Vec<(Id, String)> =
        free.filter_map(|id| Some((id, link_words(journal, id, today)?))).collect();
    if offered.is_empty() {
        text::secondary(ui, "Conversations and entries of the learning log can be linked here.");
        return;
    }
    let mut chosen = None;
    let button = Button::secondary("Link it to…").icon(Icon::Link).small();
    menu::menu(ui, button, |ui| {
        egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for (id, words) in &offered {
                let is_talk = journal.held(*id).is_some();
                let icon = if is_talk { Icon::Chats } else { Icon::GraduationCap };
                if menu::menu_row(ui, Some(icon), words, "").clicked() {
                    chosen = Some(*id);
                }
            }
        });
    });
    if let Some(id) = chosen {
        editor.draft.session.links.push(id);
        editor.touch();
    }
}

/// Goes to a linked entry: a reflection is read in the journal, something learned stands in the
/// log.
pub fn go_to(inputs: &mut Inputs, out: &mut Vec<Action>, open: &Open, id: Id) {
    match open.journal.held(id).map(|held| held.kind) {
        Some(Kind::Session) => out.push(Action::Session(SessionAction::Open(id))),
        Some(_) => {
            inputs.journal = Some(id);
            inputs.reflecting.tag = None;
            inputs.reflecting.view = JournalView::Reading;
            out.push(Action::Go(Screen::Journal));
        }
        None => {
            inputs.reflecting.view = JournalView::Log;
            out.push(Action::Go(Screen::Journal));
        }
    }
}
