//! From other programs' files to new records, all of them Private.

pub mod answers;
pub mod jsonl;
pub mod notes;
pub mod people;
