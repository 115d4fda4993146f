//! Cairn: a private, encrypted record of supervision conversations and reflections.

pub mod app;
pub mod cli;
pub mod export;
pub mod import;
pub mod library;
pub mod model;
pub mod platform;
pub mod search;
pub mod ui;
pub mod vault;
