//! What several test files share.

pub mod command;
pub mod prose;
pub mod window;
pub mod world;
