//! Packs: templates, modules and lists in one file, to pass to a colleague.
//!
//! A pack is data alone. It is read and checked as a whole before anything of it is shown, and
//! everything in it stands under the pack's own name. Modules name templates and templates name
//! lists, never the other way, so no pack can lead in a circle.

mod check;
mod contents;
mod make;

use serde_json::Value;

use super::Library;
use super::error::{FileError, Sort};
use super::file;
use crate::model::Pack;

pub use contents::{Contents, Entry, Held, Line, Part};
pub use make::{Head, PackError, make_pack, short_name, write_pack};

/// The most prompts in all templates of a pack together.
pub const MAX_PROMPTS: usize = 200;

/// Reads one pack file. `name` is how errors call the file; `built_in` is what a pack may name
/// without holding it.
///
/// # Errors
/// The file is longer than 1 MiB, not UTF-8, not JSON, from a newer Cairn, or breaks rules; then
/// all its problems are listed with their places.
pub fn read_pack(name: &str, bytes: &[u8], built_in: &Library) -> Result<Pack, FileError> {
    let value = file::json(Sort::Pack, name, bytes)?;
    let form = value.get("cairn_pack").and_then(Value::as_u64);
    if let Some(found) = form.filter(|form| *form > u64::from(Pack::FORMAT)) {
        return Err(FileError::Newer { name: name.to_owned(), found });
    }
    file::unless(Sort::Pack, name, check::pack(&value, built_in))?;
    file::typed(Sort::Pack, name, value)
}
