//! The window: egui only. No files, no threads.

pub mod theme;
pub mod widgets;
