//! Finding words in what is unlocked. Everything stays in memory.
//!
//! A question is read by [`Query`]. The [`Index`] answers it as it is typed; [`scan`] answers the
//! same by looking at every word. [`Hit`] tells of a record that was found.

mod hit;
mod index;
mod query;
mod rank;
mod scan;
mod segment;
mod within;
mod words;

pub use hit::{Hit, heading, marks};
pub use index::{Found, Index, Place};
pub use query::{Filters, KINDS, LAYERS, Narrow, Problem, Query, Term, parts};
pub use scan::scan;
pub use segment::{Builder, Segment};
pub use within::within;
pub use words::words;

use jiff::civil::Date;

use crate::model::Journal;

/// All records that answer a question, told, the best first. Every word is looked at.
pub fn hits(journal: &Journal, query: &Query, today: Date) -> Vec<Hit> {
    let found = scan(journal, query, today);
    let told = found.iter().map(|place| Hit::of(place.id, &journal.get(place.id)?, query));
    told.flatten().collect()
}
