//! What several test files share.

pub mod command;
#[cfg(target_os = "linux")]
pub mod display;
pub mod prose;
pub mod talk;
pub mod vault;
pub mod window;
pub mod world;
