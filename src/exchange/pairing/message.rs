//! The invitation and the reply: three lines and padding, as in every encrypted file of Cairn.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::PairError;
use crate::exchange::Secret;
use crate::exchange::armour;
use crate::vault::Damage;
use crate::vault::envelope::{self, VERSION};
use crate::vault::mac::MacKey;
use crate::vault::seal::{self, Recipient, SealError};

/// Far above what such a file takes.
const MAX: usize = 64 * 1024;
/// The longest name, in characters.
const MAX_NAME: usize = 200;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Which {
    /// From the one who invites.
    Invitation,
    /// From the one who accepts.
    Reply,
}

/// The second line.
#[derive(Serialize, Deserialize)]
struct Head {
    v: u64,
    which: Which,
}

/// The third line.
#[derive(Serialize, Deserialize)]
pub struct Message {
    /// What the sender is called.
    pub name: String,
    /// The sender's recipient for this pair alone, `age1...`.
    pub recipient: String,
    /// The sender's random bytes.
    pub random: Secret,
}

impl Which {
    const fn label(self) -> &'static str {
        match self {
            Which::Invitation => "cairn/invite/1\n",
            Which::Reply => "cairn/reply/1\n",
        }
    }
}

impl Message {
    /// The plain text, its code made with the inviter's random bytes.
    pub fn write(&self, which: Which, inviter: &Secret) -> Result<Zeroizing<Vec<u8>>, PairError> {
        check_name(&self.name)?;
        let content = Zeroizing::new(serde_json::to_vec(self).map_err(|_| PairError::NotTheSame)?);
        let key = MacKey::from_bytes(inviter.bytes());
        envelope::join(&key, which.label(), &Head { v: VERSION, which }, &content)
            .map_err(|_| PairError::NotTheSame)
    }

    /// Reads an invitation, which holds the key of its own code.
    pub fn read_invitation(text: &[u8]) -> Result<Message, PairError> {
        check_version(text)?;
        let content = envelope::third_line(text).ok_or(PairError::Shape)?;
        let message: Message = serde_json::from_slice(content).map_err(|_| PairError::Shape)?;
        Message::read(text, Which::Invitation, &message.random)
    }

    /// Reads the reply to an invitation with these random bytes.
    pub fn read_reply(text: &[u8], inviter: &Secret) -> Result<Message, PairError> {
        Message::read(text, Which::Reply, inviter)
    }

    fn read(text: &[u8], which: Which, inviter: &Secret) -> Result<Message, PairError> {
        let key = MacKey::from_bytes(inviter.bytes());
        let (head, content) =
            envelope::split::<Head>(&key, which.label(), text).map_err(|damage| match damage {
                Damage::Newer => newer(text),
                Damage::Mac => PairError::Forged,
                _ => PairError::Shape,
            })?;
        let message: Message = serde_json::from_slice(content).map_err(|_| PairError::Shape)?;
        if head.which != which || check_name(&message.name).is_err() {
            return Err(PairError::Shape);
        }
        Ok(message)
    }

    /// The other's recipient.
    pub fn recipient(&self) -> Result<Recipient, PairError> {
        Recipient::parse(&self.recipient).map_err(|_| PairError::Recipient)
    }
}

fn check_version(text: &[u8]) -> Result<(), PairError> {
    if envelope::version_of(text).is_some_and(|version| version > VERSION) {
        return Err(newer(text));
    }
    Ok(())
}

fn newer(text: &[u8]) -> PairError {
    PairError::Newer(envelope::version_of(text).unwrap_or(VERSION + 1))
}

fn check_name(name: &str) -> Result<(), PairError> {
    let fits = !name.trim().is_empty() && name.chars().count() <= MAX_NAME;
    if fits { Ok(()) } else { Err(PairError::Name) }
}

/// The bytes of the file, once all has been checked that can be without a key.
pub fn sealed(bytes: &[u8], which: Which) -> Result<Vec<u8>, PairError> {
    if bytes.len() > armour::text_cap(MAX) {
        return Err(PairError::TooLarge);
    }
    let sealed = armour::binary(bytes).ok_or(PairError::NotOne(which))?.into_owned();
    if sealed.len() > MAX {
        return Err(PairError::TooLarge);
    }
    seal::scan_header(&sealed).map_err(|_| PairError::NotOne(which))?;
    if seal::is_for_passphrase(&sealed) != (which == Which::Invitation) {
        return Err(PairError::NotOne(which));
    }
    Ok(sealed)
}

/// Why a file did not open, with what it means that the key does not fit.
pub fn refused(why: SealError, wrong_key: PairError) -> PairError {
    match why {
        SealError::WrongKey => wrong_key,
        SealError::NotTheSame => PairError::NotTheSame,
        SealError::Recipient => PairError::Recipient,
        _ => PairError::Damaged,
    }
}
