//! Archives from outside. Sizes that an archive states are not believed: what comes out of it is
//! counted.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::NotesError;

/// The most entries. A Word file has some dozens, an export one for each picture.
const MAX_ENTRIES: usize = 20_000;
/// The most bytes that are unpacked of one archive.
const MAX_UNPACKED: u64 = 16 * 1024 * 1024;

/// An archive of which a few files are read.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes may still come out of it.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Reads the list of what is in it.
    pub fn open(bytes: &'a [u8]) -> Result<Archive<'a>, NotesError> {
        // The list is kept in memory, so its length is looked at before it is read.
        if stated_entries(bytes).is_none_or(|entries| entries > MAX_ENTRIES) {
            return Err(NotesError::NotAnArchive);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NotesError::NotAnArchive)?;
        if zip.len() > MAX_ENTRIES {
            return Err(NotesError::TooMuch);
        }
        Ok(Archive { zip, left: MAX_UNPACKED })
    }

    /// The bytes of a file; nothing when there is none of that name.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, NotesError> {
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(_) => return Err(NotesError::NotAnArchive),
        };
        let mut bytes = Vec::new();
        let read = file.take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|_| NotesError::NotAnArchive)?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(NotesError::TooMuch)?;
        Ok(Some(bytes))
    }

    /// Whether there is a file whose name begins so.
    pub fn has(&self, beginning: &str) -> bool {
        self.zip.file_names().any(|name| name.starts_with(beginning))
    }

    /// The files whose name ends so, in order; those in folders come from elsewhere.
    pub fn names_ending(&self, ending: &str) -> Vec<String> {
        let names = self.zip.file_names().map(str::to_owned);
        let mut names: Vec<String> =
            names.filter(|name| name.ends_with(ending) && !name.contains('/')).collect();
        names.sort();
        names
    }
}

/// How many entries the end of an archive states (PKWARE APPNOTE, 4.3.16). Nothing where it sends
/// the reader on to the larger form of that end (4.3.14): no archive that is small enough needs it,
/// and the figures there would have to be believed.
fn stated_entries(bytes: &[u8]) -> Option<usize> {
    const END: &[u8] = b"PK\x05\x06";
    const LARGER: &[u8] = b"PK\x06\x07";
    const LONGEST: usize = 22 + 65_535;
    let from = bytes.len().saturating_sub(LONGEST);
    let tail = bytes.get(from..)?;
    let at = tail.windows(END.len()).rposition(|window| window == END)?;
    let before = (from + at).checked_sub(20).and_then(|start| bytes.get(start..));
    let end = tail.get(at..at + 22)?;
    let sent_on = end[10..12] == [0xff; 2]
        || end[12..16] == [0xff; 4]
        || end[16..20] == [0xff; 4]
        || before.is_some_and(|before| before.starts_with(LARGER));
    (!sent_on).then(|| usize::from(u16::from_le_bytes([end[10], end[11]])))
}
