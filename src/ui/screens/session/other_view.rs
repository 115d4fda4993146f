//! What somebody says who sees it differently: both versions stand, and both can be told apart.

use egui::{Id as UiId, Ui};

use super::{Editor, writing};
use crate::app::inputs::EditorSpot;
use crate::model::{Asked, OtherView};
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::answer::{Answer, Limited};
use crate::ui::widgets::{Button, Field, card, text};

/// Draws it for writing under the answer, where there is one; `current` says that the prompt is in use.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>, asked: &mut Asked, current: bool) {
    let Some(mut view) = asked.other_view.take() else { return };
    ui.add_space(Space::Xs.pts());
    let keeps = card::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        fields(ui, editor, asked, &mut view, current)
    });
    asked.other_view = keeps.inner.then_some(view);
}

/// The field of its words.
pub fn id(editor: &Editor<'_>, prompt: &str) -> UiId {
    UiId::unique(("other view", editor.draft.id, prompt))
}

/// The fields; says whether the view stays.
fn fields(
    ui: &mut Ui,
    editor: &mut Editor<'_>,
    asked: &Asked,
    view: &mut OtherView,
    current: bool,
) -> bool {
    let prompt = asked.prompt.id.clone();
    let id = id(editor, &prompt);
    let spot = EditorSpot::OtherView(prompt);
    let takes = editor.takes(&spot);
    if takes {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let mut changed = false;
    text::strong(ui, &view.lead());
    let label = format!("{}. {}. {}", asked.layer.words(), view.lead(), asked.prompt.text);
    let (marks, bring_up) = writing::read_marks(editor, &spot);
    let words = Answer::new(id, &label)
        .marks(&marks)
        .bring_up(bring_up)
        .placeholder("In their own words. Cairn offers no changes to them.")
        .boxed()
        .rows(2);
    let mut limited = Limited::new(&mut view.text, editor.room);
    changed |= words.show(ui, &mut limited).changed();
    editor.room = limited.room();
    let mut remove = false;
    if current {
        ui.add_space(Space::Xs.pts());
        let who = Field::new("Whose view").width(240.0);
        changed |= who.id(id.with("who")).show(ui, &mut view.who).changed();
        remove = ui.add(Button::ghost("Take this view out").icon(Icon::Trash).small()).clicked();
    }
    if changed || remove {
        editor.touch();
    }
    if remove {
        editor.inputs.editor.go_to = Some(EditorSpot::Prompt(asked.prompt.id.clone()));
    }
    !remove
}

/// Begins one beside an answer; the other person of the conversation stands in as whose it is.
pub fn add(editor: &mut Editor<'_>, prompt: &str) {
    let who = editor.called.clone();
    let items = editor.draft.session.sections.iter_mut().flat_map(|part| &mut part.items);
    let Some(asked) = items.into_iter().find(|asked| asked.prompt.id == prompt) else { return };
    asked.other_view.get_or_insert(OtherView { who, text: String::new() });
    editor.inputs.editor.go_to = Some(EditorSpot::OtherView(prompt.to_owned()));
    editor.touch();
}
