//! The one reader for every template file: the built-in ones and the person's own.

use super::error::{FileError, Sort};
use super::{check, file};
use crate::model::Template;

/// Reads one template file. `name` is how errors call the file.
///
/// # Errors
/// The file is longer than 1 MiB or holds more than any template, is not UTF-8, not JSON, or breaks rules of templates; then all
/// its problems are listed with their places.
pub fn read_template(name: &str, bytes: &[u8]) -> Result<Template, FileError> {
    file::json(Sort::Template, name, bytes, check::template)
}
