//! The window's icon: the mark, painted once.

use std::sync::Arc;

use egui::IconData;

use super::theme::Palette;

/// Side of the icon in pixels.
const SIDE: u32 = 64;

/// The three stones: centre and half axes, in parts of the side.
const STONES: [[f32; 4]; 3] =
    [[0.5, 0.2, 0.16, 0.11], [0.5, 0.48, 0.27, 0.13], [0.5, 0.79, 0.4, 0.15]];

/// The cairn on nothing.
pub fn cairn() -> Arc<IconData> {
    let ink = Palette::of(false, false).accent.to_array();
    let mut rgba = Vec::with_capacity((SIDE * SIDE * 4) as usize);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let alpha = (cover(x, y) * 255.0).round() as u8;
            rgba.extend([ink[0], ink[1], ink[2], alpha]);
        }
    }
    Arc::new(IconData { rgba, width: SIDE, height: SIDE })
}

/// How much of a pixel lies in a stone, from 4 by 4 points.
fn cover(x: u32, y: u32) -> f32 {
    let inside = |px: f32, py: f32| {
        STONES.iter().any(|[cx, cy, a, b]| ((px - cx) / a).powi(2) + ((py - cy) / b).powi(2) <= 1.0)
    };
    let at = |pixel: u32, step: u32| (pixel as f32 + (step as f32 + 0.5) / 4.0) / SIDE as f32;
    let hits = (0..16).filter(|step| inside(at(x, step % 4), at(y, step / 4))).count();
    hits as f32 / 16.0
}
