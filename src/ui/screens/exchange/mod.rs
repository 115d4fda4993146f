//! What goes to and fro between two people: what leaves, what came, what both changed.

mod decide;
mod received;
mod send;
mod told;

pub use decide::show as decide;
pub use received::show as received;
pub use send::show as send;
