//! A column of many things of which only those in view are drawn. How high the others are is
//! known from when they were last drawn, or guessed.

use std::collections::HashMap;

use egui::{Id, Rect, Ui, vec2};

/// With fewer things all are drawn: then all can be found by a search and by a screen reader.
const FEW: usize = 120;
/// So far beyond what is seen things are drawn as well, so that Tab finds the next one.
const MARGIN: f32 = 900.0;

/// The heights of the things of a column.
pub struct Tall {
    id: Id,
    many: bool,
    heights: Heights,
}

#[derive(Clone, Default)]
struct Heights {
    width: f32,
    known: HashMap<Id, f32>,
}

impl Tall {
    /// Begins to draw a column of so many things.
    pub fn begin(ui: &Ui, name: &str, count: usize) -> Tall {
        let id = Id::unique(("heights of", name));
        let mut heights = ui.data_mut(|data| data.remove_temp::<Heights>(id)).unwrap_or_default();
        let width = ui.available_width();
        if (heights.width - width).abs() > 0.5 {
            heights = Heights { width, known: HashMap::new() };
        }
        Tall { id, many: count > FEW, heights }
    }

    /// Draws one of them where it is in view, or where it `must` be drawn. `guess` is its height
    /// as long as it is not known. Says whether it was drawn.
    pub fn row(
        &mut self,
        ui: &mut Ui,
        key: Id,
        (guess, must): (f32, bool),
        draw: impl FnOnce(&mut Ui),
    ) -> bool {
        let top = ui.cursor().top();
        let height = self.heights.known.get(&key).copied().unwrap_or(guess);
        let place = Rect::from_min_size(ui.cursor().left_top(), vec2(ui.available_width(), height));
        if self.many && !must && !ui.clip_rect().expand(MARGIN).intersects(place) {
            // The gap that follows comes by itself, as after what is drawn.
            ui.allocate_space(vec2(1.0, height));
            return false;
        }
        draw(ui);
        let gap = ui.spacing().item_spacing.y;
        self.heights.known.insert(key, (ui.cursor().top() - top - gap).max(0.0));
        true
    }

    /// Keeps what is known for the next drawing.
    pub fn end(self, ui: &Ui) {
        ui.data_mut(|data| data.insert_temp(self.id, self.heights));
    }
}

/// About how high a paragraph is in so much room.
pub fn guess(ui: &Ui, words: &str) -> f32 {
    const LETTER: f32 = 7.5;
    const LINE: f32 = 24.0;
    let letters = words.len() as f32 * LETTER;
    (letters / ui.available_width().max(1.0)).ceil().max(1.0) * LINE
}
