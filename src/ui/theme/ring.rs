//! The focus ring: one place paints it, for whatever has the keyboard.

use egui::{Context, Event, Id, IdMap, Rect, Response, Stroke, StrokeKind, Theme, Ui};

use super::style::Appearance;
use super::tokens::{Palette, Radius};

/// Paints the ring after everything else of a pass, in the layer of the widget that has the
/// focus. It also keeps how the window looks, so that clearing egui's memory on lock does not
/// change it.
#[derive(Default)]
pub(super) struct FocusRing {
    pub(super) appearance: Appearance,
    /// Whether the last thing pressed was the pointer: then only text fields show the ring.
    by_pointer: bool,
    shapes: IdMap<Shape>,
}

struct Shape {
    rect: Rect,
    radius: f32,
    always: bool,
}

/// Says where the ring lies when it is not just round the widget's own rectangle, how round it
/// is, and whether a text field wants it after a click as well. Call it in each pass.
pub fn mark_focus(ui: &Ui, response: &Response, rect: Rect, radius: f32, always: bool) {
    if !response.has_focus() {
        return;
    }
    if response.gained_focus() {
        // Room for the ring and for a label above.
        ui.scroll_to_rect(rect.expand2(egui::vec2(8.0, 36.0)), None);
    }
    ui.ctx().with_plugin(|ring: &mut FocusRing| {
        ring.shapes.insert(response.id, Shape { rect, radius, always });
    });
}

impl egui::Plugin for FocusRing {
    fn debug_name(&self) -> &'static str {
        "focus ring"
    }

    fn input_hook(&mut self, _: &Context, input: &mut egui::RawInput) {
        for event in &input.events {
            match event {
                Event::PointerButton { pressed: true, .. } => self.by_pointer = true,
                Event::Key { pressed: true, .. } | Event::AccessKitActionRequest(_) => {
                    self.by_pointer = false;
                }
                _ => {}
            }
        }
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        let shapes = std::mem::take(&mut self.shapes);
        let Some(id) = ui.memory(egui::Memory::focused) else { return };
        // What is no longer drawn keeps the keyboard until the next pass; it has no place to mark.
        if !ui.ctx().viewport(|viewport| viewport.this_pass.widgets.contains(id)) {
            ui.ctx().request_repaint();
            return;
        }
        let Some(response) = ui.ctx().read_response(id) else { return };
        // Reading a widget takes the focus from it when something else was clicked in this pass.
        // The widgets have settled by now who has it: a button may have given it to a field.
        if ui.memory(egui::Memory::focused) != Some(id) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        self.paint(ui, id, &shapes, &response);
    }
}

impl FocusRing {
    fn paint(&self, ui: &Ui, id: Id, shapes: &IdMap<Shape>, response: &Response) {
        let plain =
            Shape { rect: response.rect, radius: f32::from(Radius::Control.pts()), always: false };
        let shape = shapes.get(&id).unwrap_or(&plain);
        if self.by_pointer && !shape.always {
            return;
        }
        let width = if self.appearance.high_contrast { 4.0 } else { 3.0 };
        let palette = Palette::of(ui.ctx().theme() == Theme::Dark, self.appearance.high_contrast);
        // A widget half scrolled away shows half a ring; one in full view is never clipped.
        let whole = response.interact_rect.contains_rect(response.rect);
        let clip = if whole { Rect::EVERYTHING } else { response.interact_rect };
        ui.ctx().layer_painter(response.layer_id).with_clip_rect(clip).rect_stroke(
            shape.rect.expand(2.0),
            shape.radius + 3.0,
            Stroke::new(width, palette.focus),
            StrokeKind::Outside,
        );
    }
}
