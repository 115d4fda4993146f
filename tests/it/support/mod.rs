//! What several test files share.

pub mod prose;
pub mod window;
pub mod world;
