//! Files that are attached to a record, while they are on their way.

use super::notice::Notice;

/// Files on their way into the record or out of it.
#[derive(Default)]
pub struct Files {
    /// How many.
    pub busy: usize,
    /// Whether the desktop's dialog is open.
    pub asking: bool,
    /// What did not work.
    pub notice: Option<Notice>,
}
