//! What several test files share.

pub mod command;
pub mod crash;
#[cfg(target_os = "linux")]
pub mod display;
pub mod hostile;
pub mod meter;
pub mod pack;
#[cfg(target_os = "linux")]
pub mod proof;
pub mod prose;
pub mod talk;
pub mod twist;
pub mod vault;
pub mod window;
pub mod world;
