//! A person's initials in a pebble. It is never coloured by person; the name is beside it.

use egui::{Response, Sense, Shape, Ui, vec2};

use super::text::galley;
use crate::ui::theme::{self, Type};

/// How large a pebble is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PebbleSize {
    /// In a row of actions: 28 by 25.
    Small,
    /// In a list: 36 by 32.
    Normal,
    /// At the head of a page: 58 by 52.
    Large,
}

/// Paints initials in a pebble. A screen reader passes over it.
pub fn pebble(ui: &mut Ui, initials: &str, size: PebbleSize) -> Response {
    let p = theme::of(ui);
    let (width, height, kind) = match size {
        PebbleSize::Small => (28.0, 25.0, Type::ChipStrong),
        PebbleSize::Normal => (36.0, 32.0, Type::ChipStrong),
        PebbleSize::Large => (58.0, 52.0, Type::H2),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    ui.painter().add(Shape::ellipse_filled(rect.center(), rect.size() / 2.0, p.hover));
    let words = galley(ui, initials, kind, p.text, f32::INFINITY);
    ui.painter().galley(rect.center() - words.size() / 2.0, words, p.text);
    response
}

/// The initials of a name, at most two, without its title: "Dr Amina Larkspur" gives "AL".
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|word| {
            !matches!(
                word.trim_end_matches('.'),
                "Dr" | "Prof" | "Professor" | "Mr" | "Mrs" | "Ms" | "Miss" | "Mx"
            )
        })
        .collect();
    let ends = match words.as_slice() {
        [] => return String::new(),
        [only] => vec![*only],
        [first, .., last] => vec![*first, *last],
    };
    ends.iter().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}
