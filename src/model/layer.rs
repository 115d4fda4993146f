//! The three layers: who will read a line.

use serde::{Deserialize, Serialize};

/// Exactly one layer holds every answer, action and note.
///
/// The order is from the narrowest circle to the widest. Nothing moves to a wider layer
/// by itself; a person does it by a named act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Only the writer reads it. It never travels in an exchange file or a summary.
    Private,
    /// The writer and the other person of the pair read it.
    Shared,
    /// A part of Shared that may go into an ARCP summary.
    Arcp,
}

impl Layer {
    /// All layers, from the narrowest circle to the widest.
    pub const ALL: [Layer; 3] = [Layer::Private, Layer::Shared, Layer::Arcp];

    /// The exact words for this layer on every screen and in every export.
    pub const fn words(self) -> &'static str {
        match self {
            Layer::Private => "Private to me",
            Layer::Shared => "Shared",
            Layer::Arcp => "For the ARCP",
        }
    }
}
