//! Prompts that rest outside the view: in a long session they keep their room, and nothing of
//! them is laid out or painted.

use egui::{Id as UiId, Rect, Ui, vec2};

use super::Editor;
use super::prompts::Place;
use crate::app::inputs::EditorSpot;
use crate::model::Asked;

/// A session with fewer prompts is drawn whole.
const LONG: usize = 40;

/// The prompt in use with those before and after it, and what is asked to come into view.
pub fn near(editor: &Editor<'_>) -> Vec<String> {
    let inputs = &*editor.inputs;
    let ids = || editor.draft.session.items().map(|asked| asked.prompt.id.as_str());
    let mut near: Vec<String> = Vec::new();
    if let Some(at) = inputs.focus.as_deref().and_then(|focus| ids().position(|id| id == focus)) {
        near.extend(ids().skip(at.saturating_sub(1)).take(3).map(str::to_owned));
    }
    let found = inputs.find.as_ref().filter(|find| find.bring_up);
    let found = found.and_then(|find| editor.searched.get(find.current()?.0));
    let asked = inputs.writing.bring_up.as_ref().map(|(spot, _)| spot);
    let spots = [inputs.editor.go_to.as_ref(), inputs.editor.bring_up.as_ref(), found, asked];
    for spot in spots.into_iter().flatten() {
        if let EditorSpot::Prompt(prompt) | EditorSpot::OtherView(prompt) = spot {
            near.push(prompt.clone());
        }
    }
    near
}

/// Whether a prompt rests outside the view: then its room is taken as it was last time. A screen
/// reader gets all of them.
pub fn outside(ui: &mut Ui, editor: &Editor<'_>, asked: &Asked, place: Place) -> bool {
    let short = editor.count < LONG;
    let is_read = ui.ctx().accesskit_node_builder(ui.scope_id(), |_| ()).is_some();
    if short || is_read || !asked.is_answered() {
        return false;
    }
    let known = ui.data(|data| data.get_temp::<[f32; 2]>(id(editor, place)));
    let Some([width, height]) = known.filter(|[width, _]| *width == ui.available_width()) else {
        return false;
    };
    let view = ui.clip_rect();
    let rect = Rect::from_min_size(ui.cursor().min, vec2(width, height));
    if view.expand(view.height() / 2.0).intersects(rect) {
        return false;
    }
    ui.allocate_space(rect.size());
    true
}

/// Remembers the room that a prompt takes.
pub fn remember(ui: &Ui, editor: &Editor<'_>, place: Place, height: f32) {
    if editor.count >= LONG {
        let size = [ui.available_width(), height];
        ui.data_mut(|data| data.insert_temp(id(editor, place), size));
    }
}

fn id(editor: &Editor<'_>, place: Place) -> UiId {
    UiId::unique(("room of a prompt", editor.draft.id, place))
}
