//! The components of the design, one file each.

pub mod answer;
pub mod banner;
pub mod button;
pub mod cairn;
pub mod card;
pub mod choice;
pub mod date;
pub mod field;
pub mod layer;
pub mod menu;
pub mod modal;
pub mod page;
pub mod pebble;
pub mod progress;
pub mod status;
pub mod tag;
pub mod text;
pub mod toggle;
