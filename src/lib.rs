//! Cairn: a private, encrypted record of supervision conversations and reflections.

pub mod export;
pub mod library;
pub mod model;
pub mod ui;
pub mod vault;
