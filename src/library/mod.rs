//! Templates, learning modules and reference lists: loading and checking `assets/`.
//!
//! One loader for each sort ([`read_template`], [`read_module`], [`read_list`]) reads the
//! built-in files and the person's own, so that both obey the same rules and get the same words
//! when something is wrong. [`Library::faults`] checks how the files hang together.

mod aims;
mod built_in;
mod check;
mod copy;
mod cycles;
pub mod demo;
mod error;
mod file;
mod incoming;
mod lists;
pub mod mend;
mod modules;
mod own;
/// Packs of templates, modules and lists.
pub mod packs;
mod problems;
pub mod prose;
mod shelf;
mod templates;

pub use crate::model::{ListItem, ReferenceList};
pub use aims::{AIMS, Aim, AimSource};
pub use copy::Copied;
pub use cycles::read_cycle;
pub use error::{FileError, MAX_BYTES, Problem, Sort};
pub use incoming::{Incoming, Staged, read_incoming};
pub use lists::{read_list, read_list_csv};
pub use modules::{Block, Card, Finding, Module, Step, Workshop, emphasis, read_module};
pub use shelf::{Coverage, Fault, Library};
pub use templates::read_template;
