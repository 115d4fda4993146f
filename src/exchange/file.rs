//! The file that one of a pair makes for the other: who wrote it, for whom, and what it carries.
//! What the carried words mean is decided elsewhere; here they are bytes.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::armour;
use super::pairing::{Pair, Side};
use crate::model::Rev;
use crate::vault::envelope::{self, VERSION};
use crate::vault::mac::MacKey;
use crate::vault::seal::{self, SealError};
use crate::vault::{Damage, DeviceId, PairId};

/// The largest file, in bytes.
pub const MAX: usize = 16 * 1024 * 1024;
/// The largest file as text, in bytes.
pub const MAX_TEXT: usize = armour::text_cap(MAX);

const LABEL: &str = "cairn/exchange/1\n";
/// What encryption may add to the plain text, in bytes: header, nonce and a tag for each 64 KiB.
const OVERHEAD: usize = 8 * 1024;

/// Why a file was not made, or is refused. Nothing here holds a word of what it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is no file of this sort.
    #[error("not a file that Cairn sends")]
    NotAnExchangeFile,
    /// It is larger than such a file may be.
    #[error("the file is too large")]
    TooLarge,
    /// It was cut short or changed on its way.
    #[error("the file is damaged")]
    Damaged,
    /// This pair's key does not open it.
    #[error("the file is for somebody else")]
    NotForThisPair,
    /// It opens, but the other of the pair did not write it.
    #[error("the file was not written by the other of this pair")]
    Forged,
    /// It belongs to another pair.
    #[error("the file belongs to another pair")]
    Foreign,
    /// It was written on this side.
    #[error("the file is one’s own")]
    OwnFile,
    /// A newer Cairn made it.
    #[error("a newer version of Cairn made the file (format {0})")]
    Newer(u64),
    /// What it holds is not what such a file holds.
    #[error("the file does not hold what it should")]
    Shape,
    /// What was encrypted could not be made.
    #[error("the file could not be made")]
    NotMade,
}

/// What a file says of itself: its second line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The version of the envelope.
    pub v: u64,
    /// Between which two.
    pub pair: PairId,
    /// Which of them wrote it.
    pub direction: Side,
    /// The computer that wrote it.
    pub dev: DeviceId,
    /// How many files were made for the other so far. For names and for telling; what is new is
    /// told by versions alone.
    pub counter: u64,
    /// The newest versions that have arrived from the other.
    pub arrived: Vec<Rev>,
    /// When it was written by that computer's clock: for display, never for order.
    pub at: Timestamp,
}

impl Envelope {
    /// The envelope of a file that this side of the pair writes.
    pub fn new(
        pair: &Pair,
        dev: DeviceId,
        counter: u64,
        arrived: Vec<Rev>,
        at: Timestamp,
    ) -> Envelope {
        Envelope { v: VERSION, pair: pair.id, direction: pair.side, dev, counter, arrived, at }
    }
}

/// What a file carries; wiped when dropped.
pub type Carried = Zeroizing<Vec<u8>>;

/// Makes the file of these words for the other of the pair. The body is one line: it holds no
/// line feed and does not end with a space, which would be taken for padding.
///
/// # Errors
/// The envelope or the body is not one of this pair and side, or it is too large.
pub fn seal(pair: &Pair, envelope: &Envelope, body: &[u8]) -> Result<Vec<u8>, FileError> {
    let own = envelope.v == VERSION && envelope.pair == pair.id && envelope.direction == pair.side;
    if !own || body.contains(&b'\n') || body.ends_with(b" ") {
        return Err(FileError::Shape);
    }
    let plain = envelope::joined_len(envelope, body.len()).map_err(|_| FileError::NotMade)?;
    if plain > MAX - OVERHEAD {
        return Err(FileError::TooLarge);
    }
    let key = MacKey::from_bytes(pair.key().bytes());
    let text = envelope::join(&key, LABEL, envelope, body).map_err(|_| FileError::NotMade)?;
    let recipient = pair.recipient().map_err(|_| FileError::NotMade)?;
    let sealed = recipient.encrypt(&text).map_err(|_| FileError::NotMade)?;
    // It cannot be read back here; what was put in can.
    let (again, _) =
        envelope::split::<Envelope>(&key, LABEL, &text).map_err(|_| FileError::NotMade)?;
    if again == *envelope { Ok(sealed) } else { Err(FileError::NotMade) }
}

/// Opens a file, binary or as text, that the other of the pair made for this side.
///
/// # Errors
/// It is no sound file of the other's to this side. Nothing of it is to be used then.
pub fn open(pair: &Pair, bytes: &[u8]) -> Result<(Envelope, Carried), FileError> {
    open_sealed(pair, &sealed(bytes)?)
}

/// Opens a file with the pair it is for, and gives which of them that is.
///
/// # Errors
/// As [`open`]; [`FileError::NotForThisPair`] when it is for none of them.
pub fn open_any<'a>(
    pairs: impl IntoIterator<Item = &'a Pair>,
    bytes: &[u8],
) -> Result<(&'a Pair, Envelope, Carried), FileError> {
    let sealed = sealed(bytes)?;
    for pair in pairs {
        match open_sealed(pair, &sealed) {
            Err(FileError::NotForThisPair) => {}
            opened => return opened.map(|(envelope, body)| (pair, envelope, body)),
        }
    }
    Err(FileError::NotForThisPair)
}

/// All that can be checked without a key.
fn sealed(bytes: &[u8]) -> Result<Vec<u8>, FileError> {
    if bytes.len() > MAX_TEXT {
        return Err(FileError::TooLarge);
    }
    let sealed = armour::binary(bytes).ok_or(FileError::NotAnExchangeFile)?;
    if sealed.len() > MAX {
        return Err(FileError::TooLarge);
    }
    seal::scan_header(&sealed).map_err(|_| FileError::NotAnExchangeFile)?;
    if seal::is_for_passphrase(&sealed) {
        return Err(FileError::NotAnExchangeFile);
    }
    Ok(sealed.into_owned())
}

fn open_sealed(pair: &Pair, sealed: &[u8]) -> Result<(Envelope, Carried), FileError> {
    let identity = pair.identity().map_err(|_| FileError::NotForThisPair)?;
    let text = identity.decrypt(sealed).map_err(|why| match why {
        SealError::WrongKey => FileError::NotForThisPair,
        _ => FileError::Damaged,
    })?;
    let key = MacKey::from_bytes(pair.key().bytes());
    let (envelope, content) =
        envelope::split::<Envelope>(&key, LABEL, &text).map_err(|damage| match damage {
            Damage::Newer => FileError::Newer(envelope::version_of(&text).unwrap_or(VERSION + 1)),
            Damage::Mac => FileError::Forged,
            _ => FileError::Shape,
        })?;
    if envelope.pair != pair.id {
        return Err(FileError::Foreign);
    }
    if envelope.direction == pair.side {
        return Err(FileError::OwnFile);
    }
    let end = content.iter().rposition(|byte| *byte != b' ').map_or(0, |at| at + 1);
    if content.contains(&b'\n') {
        return Err(FileError::Shape);
    }
    Ok((envelope, Zeroizing::new(content[..end].to_vec())))
}

/// In which form a file lies on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As it is.
    Binary,
    /// As text, for a message.
    Armoured,
}

/// The name of a file that is sent: the day and a number, and nobody's name.
pub fn name(day: Date, counter: u64, form: Form) -> String {
    let end = match form {
        Form::Binary => "cairn",
        Form::Armoured => "cairn.txt",
    };
    format!("cairn-{day}-{counter}.{end}")
}

/// The name of a file in a folder that both write to: the day, a number and which of the two.
pub fn name_of(side: Side, day: Date, counter: u64) -> String {
    let side = match side {
        Side::Inviter => 'a',
        Side::Accepter => 'b',
    };
    format!("cairn-{day}-{counter}{side}.cairn")
}
