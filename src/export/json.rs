//! The summary, and any page, for other programs. `assets/schemas` documents both.

use serde::Serialize;

use jiff::civil::Date;
use serde_json::Value;

use super::sheet::{Fact, Part};
use super::{ExportError, Letter, Summary};
use crate::model::Layer;

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
    written(&File { format: FORMAT, version: 1, summary })
}

/// The same for a page.
const PAGE: &str = "cairn-page";

#[derive(Serialize)]
struct Page<'a> {
    format: &'static str,
    version: u32,
    title: &'a str,
    name: &'a str,
    author: &'a str,
    made_on: Date,
    facts: Vec<Label<'a>>,
    parts: Vec<Read<'a>>,
    foot: &'a str,
}

#[derive(Serialize)]
struct Label<'a> {
    label: &'a str,
    value: &'a str,
}

/// A part with who could read it.
#[derive(Serialize)]
struct Read<'a> {
    layer: Option<Layer>,
    #[serde(flatten)]
    part: &'a Part,
}

/// A letter as indented JSON that ends in a line break: the words of its page, and no others.
pub(super) fn page(letter: &Letter) -> Result<Vec<u8>, ExportError> {
    let sheet = &letter.sheet;
    let facts = sheet.facts.iter().map(|Fact { label, value, .. }| Label { label, value });
    let layers = letter.layers.iter().copied().map(Some).chain(std::iter::repeat(None));
    let parts = sheet.parts.iter().zip(layers).map(|(part, layer)| Read { layer, part });
    let page = Page {
        format: PAGE,
        version: 1,
        title: &sheet.title,
        name: &sheet.name,
        author: &sheet.author,
        made_on: letter.made_on,
        facts: facts.collect(),
        parts: parts.collect(),
        foot: &sheet.foot,
    };
    let mut value = serde_json::to_value(&page).map_err(ExportError::Json)?;
    plain_spaces(&mut value);
    written(&value)
}

/// On paper no line ends inside a date; a program reads ordinary spaces.
fn plain_spaces(value: &mut Value) {
    match value {
        Value::String(words) if words.contains('\u{a0}') => *words = words.replace('\u{a0}', " "),
        Value::Array(all) => all.iter_mut().for_each(plain_spaces),
        Value::Object(all) => all.values_mut().for_each(plain_spaces),
        _ => {}
    }
}

fn written(file: &impl Serialize) -> Result<Vec<u8>, ExportError> {
    let mut bytes = serde_json::to_vec_pretty(file).map_err(ExportError::Json)?;
    bytes.push(b'\n');
    Ok(bytes)
}
