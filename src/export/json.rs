//! The summary for other programs. `assets/schemas/arcp-summary.schema.json` documents it.

use serde::Serialize;

use super::{ExportError, Summary};

/// The name of the format, so that a program knows what it reads.
const FORMAT: &str = "cairn-arcp-summary";

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    summary: &'a Summary,
}

/// The summary as indented JSON that ends in a line break.
pub(super) fn render(summary: &Summary) -> Result<Vec<u8>, ExportError> {
    let file = File { format: FORMAT, version: 1, summary };
    let mut bytes = serde_json::to_vec_pretty(&file).map_err(ExportError::Json)?;
    bytes.push(b'\n');
    Ok(bytes)
}
