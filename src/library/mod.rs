//! Built-in templates and other data: loading and checking `assets/`.
//!
//! One loader, [`read_template`], reads the built-in files and the person's own, so that both
//! obey the same rules and get the same words when something is wrong.

mod check;
pub mod demo;

mod error;
mod templates;

pub use error::{Problem, TemplateError};
pub use templates::{Library, read_template};
