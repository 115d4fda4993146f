//! Files attached to records: taken in, taken off, written out.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::Desk;
use crate::app::draft::Change;
use crate::app::notice::Notice;
use crate::model::attachment::Bytes;
use crate::model::clean;
use crate::model::{Attachment, Body, Extra, Id, MAX_ATTACHMENT};
use crate::platform::{self, Existing};
use crate::vault::VaultError;

impl Desk {
    /// Attaches a file to a record and gives the attachment with its identity, without its bytes.
    /// `about` is the person whom the record is about.
    ///
    /// # Errors
    /// In words: it can't be read, is larger than [`MAX_ATTACHMENT`], or could not be saved.
    pub fn attach(
        &mut self,
        record: Id,
        about: Option<Id>,
        file: &Path,
        now: Timestamp,
    ) -> Result<(Id, Attachment), Notice> {
        let bytes =
            platform::read_file(file, MAX_ATTACHMENT).map_err(|error| not_read(file, &error))?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = safe_name(&name.unwrap_or_default());
        let attachment = Attachment {
            person: about,
            record,
            media_type: media_type(&name).to_owned(),
            name,
            size: bytes.len() as u64,
            removed: None,
            bytes: Some(Bytes(bytes)),
            extra: Extra::new(),
        };
        let id = self.new_id();
        let shown = Attachment { bytes: None, ..attachment.clone() };
        let change = Change { id, body: Body::Attachment(attachment) };
        self.save(&[change], now).map_err(|error| Notice::from(&error))?;
        self.rest();
        Ok((id, shown))
    }

    /// Takes an attachment off its record, and gives what stays. Its bytes stay in the versions
    /// before.
    ///
    /// # Errors
    /// In words.
    pub fn detach(&mut self, id: Id, now: Timestamp) -> Result<Attachment, Notice> {
        let whole = self.attachment(id)?;
        let removed = Attachment { removed: Some(now), bytes: None, ..whole };
        let change = Change { id, body: Body::Attachment(removed.clone()) };
        self.save(&[change], now).map_err(|error| Notice::from(&error))?;
        self.rest();
        Ok(removed)
    }

    /// An attachment with its bytes, read from the vault.
    ///
    /// # Errors
    /// In words: there is none, or its file can't be read.
    pub fn attachment(&mut self, id: Id) -> Result<Attachment, Notice> {
        let read = self.vault().and_then(|vault| {
            let heads = vault.records().heads(id);
            let head = heads.last().ok_or(VaultError::NoSuchRecord)?;
            vault.entry(id, *head)
        });
        let entry = read.map_err(|error| Notice::from(&error))?;
        match Body::read(entry.kind, &entry.body) {
            Ok(Body::Attachment(attachment)) => Ok(attachment),
            _ => Err(Notice::new(
                "That is not an attached file.",
                "Nothing was changed.",
                "`cairn list --kind attachment` shows them.",
            )),
        }
    }

    /// Writes an attachment to a file, or into a folder under its own name, made harmless.
    /// Gives where it is.
    ///
    /// # Errors
    /// In words.
    pub fn write_attachment(
        &mut self,
        id: Id,
        to: &Path,
        existing: Existing,
    ) -> Result<PathBuf, Notice> {
        let attachment = self.attachment(id)?;
        let Some(Bytes(bytes)) = &attachment.bytes else {
            return Err(Notice::new(
                "That file was taken off its record.",
                "Nothing was written.",
                "It is in the versions of the record before.",
            ));
        };
        let path = if platform::is_folder(to) {
            to.join(safe_name(&attachment.name))
        } else {
            to.to_path_buf()
        };
        platform::write_file(&path, bytes, existing)
            .map_err(|error| Notice::not_written(&path, &error))?;
        Ok(path)
    }
}

fn not_read(file: &Path, error: &std::io::Error) -> Notice {
    use std::io::ErrorKind as K;
    let shown = file.display();
    let (happened, to_do) = match error.kind() {
        K::FileTooLarge => (
            format!("{shown} is too large: a file may have {} MiB.", MAX_ATTACHMENT >> 20),
            "Attach a smaller one, or note where it is kept.",
        ),
        kind => (format!("{shown} can’t be read: {kind}."), "Check its name and its folder."),
    };
    Notice::new(happened, "Nothing was attached.", to_do)
}

/// The longest name that is kept, in bytes: every file system takes it.
const MAX_NAME: usize = 120;

/// A name for a file that no system reads as something else: no folders, no hidden or control
/// characters, no name of a device, nothing that makes it hidden or temporary.
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let line = clean::line(last);
    let plain: String =
        line.chars().map(|c| if ":*?\"<>|".contains(c) { '_' } else { c }).collect();
    let plain = plain.trim_start_matches(['.', '~', '$', ' ']).trim_end_matches(['.', ' ']);
    let (stem, end) = match plain.rsplit_once('.') {
        Some((stem, end)) if !stem.is_empty() && end.len() <= 10 => (stem, Some(end)),
        _ => (plain, None),
    };
    let mut stem = stem.to_owned();
    while stem.len() > MAX_NAME {
        stem.pop();
    }
    let first = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |word: &str| {
        first.strip_prefix(word).is_some_and(|n| matches!(n.as_bytes(), [b'0'..=b'9']))
    };
    let device = matches!(first.as_str(), "CON" | "PRN" | "AUX" | "NUL");
    if stem.is_empty() {
        stem = "attachment".to_owned();
    } else if device || numbered("COM") || numbered("LPT") {
        stem.insert(0, '_');
    }
    match end {
        Some(end) => format!("{stem}.{end}"),
        None => stem,
    }
}

/// What sort of file, by its name alone; the bytes are never looked into.
fn media_type(name: &str) -> &'static str {
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    match end.as_deref() {
        Some("pdf") => "application/pdf",
        Some("txt" | "md") => "text/plain",
        Some("csv") => "text/csv",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("heic") => "image/heic",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("pptx") => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        Some("odt") => "application/vnd.oasis.opendocument.text",
        Some("eml") => "message/rfc822",
        _ => "application/octet-stream",
    }
}
