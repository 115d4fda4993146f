//! What several test files share.

pub mod command;
#[cfg(unix)]
pub mod proof;
pub mod prose;
pub mod talk;
pub mod vault;
pub mod window;
pub mod world;
