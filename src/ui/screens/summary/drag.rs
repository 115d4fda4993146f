//! A line that is dragged to another place under its heading.

use egui::{CursorIcon, Stroke, Ui};

use super::Shown;
use crate::app::Action;
use crate::app::action::SummaryAction;
use crate::app::inputs::SummaryForm;
use crate::export::LineId;
use crate::ui::View;
use crate::ui::theme;

/// Shows where the line would come to stand, and puts it there when it is let go. Called after
/// the page was drawn.
pub fn show(ui: &Ui, view: &mut View<'_>, it: Shown<'_>) {
    let Some(line) = view.inputs.summary.dragged else { return };
    let together = it.page.together(line);
    let pointer = ui.input(|input| input.pointer.latest_pos());
    let found = pointer.and_then(|at| place(&view.inputs.summary, &together, line, at.y));
    if ui.input(|input| input.pointer.any_down()) {
        ui.set_cursor_icon(CursorIcon::Grabbing);
        if let Some((_, y)) = found {
            let stroke = Stroke::new(2.0 * theme::line_width(ui), theme::of(ui).accent);
            ui.painter().hline(ui.min_rect().x_range().shrink(24.0), y, stroke);
        }
        ui.ctx().request_repaint();
        return;
    }
    view.inputs.summary.dragged = None;
    let from = together.iter().position(|known| *known == line);
    if let Some((to, _)) = found
        && from != Some(to)
    {
        view.out.push(Action::Summary(SummaryAction::Move(line, to)));
    }
}

/// The place among its neighbours that a height on the page means, and where to show it. Only
/// lines that were drawn are known to stand somewhere.
fn place(form: &SummaryForm, together: &[LineId], line: LineId, y: f32) -> Option<(usize, f32)> {
    let others: Vec<(usize, LineId)> =
        together.iter().copied().filter(|known| *known != line).enumerate().collect();
    let drawn = |id: LineId| form.drawn.iter().find(|(known, _, _)| *known == id);
    let mut found = None;
    for (at, id) in others {
        let Some((_, top, bottom)) = drawn(id) else { continue };
        let (top, bottom) = (*top as f32, *bottom as f32);
        if y < (top + bottom) / 2.0 {
            return Some(found.unwrap_or((at, top)));
        }
        found = Some((at + 1, bottom));
    }
    found
}
