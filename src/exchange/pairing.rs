//! Pairing in the meeting: a file and six words said aloud, a reply, four words that both
//! compare (`vault-format`, "Exchange files").
//!
//! The inviter's file is encrypted with the six words and holds a recipient made for this pair
//! alone and 32 random bytes; the reply, to that recipient, holds the other's. Everything after
//! is derived from both messages ([`keys`]), so who hears the six words later can neither read
//! nor forge; who hears them in time and stands in between makes four words that differ.

mod kept;
pub mod keys;
mod message;
mod said;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

pub use kept::{Kept, Watched};
pub use message::Which;

use self::keys::{Keys, Part};
use self::message::{Message, refused, sealed};
use super::Secret;
use crate::vault::names::Hash128;
use crate::vault::seal::{self, Identity};
use crate::vault::{Cost, PairId, VaultError};

/// Why two people are not paired. Nothing here holds a name, a word or a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PairError {
    /// There are not six words.
    #[error("six words are needed, this has {0}")]
    WordCount(usize),
    /// A word is not in the list. Words are counted from 1.
    #[error("word {0} is not one that Cairn gives")]
    UnknownWord(usize),
    /// The six words do not open the invitation.
    #[error("the six words do not open this invitation")]
    WrongWords,
    /// It is not such a file, but perhaps the other one of the two.
    #[error("not such a file")]
    NotOne(Which),
    /// It is larger than such a file may be.
    #[error("the file is too large")]
    TooLarge,
    /// The words or the key fit, and the content is damaged.
    #[error("the file is damaged")]
    Damaged,
    /// Its code was not made by somebody who read the invitation.
    #[error("the file was changed on its way")]
    Forged,
    /// A newer Cairn made it.
    #[error("a newer version of Cairn made the file (format {0})")]
    Newer(u64),
    /// What it holds is not what such a file holds.
    #[error("the file does not hold what it should")]
    Shape,
    /// It names a recipient with which nothing would be secret.
    #[error("the file names a key with which nothing would be secret")]
    Recipient,
    /// It is one's own file.
    #[error("the file is one’s own")]
    Own,
    /// The reply is to another invitation.
    #[error("the reply is to another invitation")]
    OtherInvitation,
    /// The invitation was answered already, by another reply: somebody else knew the words.
    #[error("another reply to this invitation came first")]
    AlreadyAnswered,
    /// The own name is empty or too long.
    #[error("a name of at most 200 characters is needed")]
    Name,
    /// What was encrypted did not read back the same.
    #[error("the encrypted bytes did not read back the same")]
    NotTheSame,
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    NoRandom,
    /// A key could not be derived.
    #[error("a key could not be derived")]
    Derivation,
}

impl From<VaultError> for PairError {
    fn from(_: VaultError) -> PairError {
        // Random bytes are all that is asked of the vault here.
        PairError::NoRandom
    }
}

/// Which of the two somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The one whose file came first.
    Inviter,
    /// The one who replied.
    Accepter,
}

impl Side {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Side {
        match self {
            Side::Inviter => Side::Accepter,
            Side::Accepter => Side::Inviter,
        }
    }
}

/// An invitation to hand over.
pub struct Invitation {
    /// The file.
    pub bytes: Vec<u8>,
    /// The six words to say aloud, with single spaces between them. They are not in the file.
    pub words: Zeroizing<String>,
}

impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Invitation(..)")
    }
}

/// What the inviter keeps until the reply comes, and after it: a second one is an alarm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// When the invitation was made.
    pub when: Timestamp,
    /// The hash of the reply that it has had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Hash128>,
    identity: Secret,
    random: Secret,
    /// SHA-256 of the invitation's plain text.
    digest: Secret,
}

/// Two people, as one of them knows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// Which pair: both derive the same.
    pub id: PairId,
    /// Which of the two this one is.
    pub side: Side,
    /// What the other one is called, by their own word.
    pub their_name: String,
    /// The four words that both see.
    pub words: String,
    /// When it was made.
    pub when: Timestamp,
    /// The hash of the reply.
    pub reply: Hash128,
    identity: Secret,
    recipient: String,
    key: Secret,
}

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pair")
            .field("id", &self.id)
            .field("side", &self.side)
            .finish_non_exhaustive()
    }
}

impl Pair {
    /// The identity made for this pair, to read what the other wrote.
    pub(super) fn identity(&self) -> Result<Identity, seal::SealError> {
        Identity::from_bytes(self.identity.bytes())
    }

    /// The other's recipient.
    pub(super) fn recipient(&self) -> Result<seal::Recipient, seal::SealError> {
        seal::Recipient::parse(&self.recipient)
    }

    /// The key for the codes of all files between the two.
    pub(super) const fn key(&self) -> &Secret {
        &self.key
    }
}

impl Pending {
    /// Whether this pair was made by accepting this very invitation: one's own.
    pub fn made(&self, pair: &Pair) -> bool {
        let own = Identity::from_bytes(self.identity.bytes());
        own.is_ok_and(|own| own.recipient() == pair.recipient)
    }

    /// The same, remembering which reply it had. What it had already stays.
    #[must_use]
    pub fn answered_by(self, pair: &Pair) -> Pending {
        let fits = pair.side == Side::Inviter && pair.identity == self.identity;
        let answered = self.answered.or(fits.then_some(pair.reply));
        Pending { answered, ..self }
    }
}

/// A new invitation under one's own name, and what to keep of it.
///
/// # Errors
/// The name is none, or the system gave no random bytes.
pub fn invite(name: &str, cost: Cost, now: Timestamp) -> Result<(Invitation, Pending), PairError> {
    let words = said::new()?;
    let (message, identity) = Message::fresh(name)?;
    let text = message.write(Which::Invitation, &message.random)?;
    let passphrase = said::read(&words)?;
    let bytes = seal::encrypt_with_passphrase(&text, &passphrase, cost)
        .map_err(|why| refused(why, PairError::NotTheSame))?;
    let Part { random, digest } = Part::of(&message.random, &text);
    let pending = Pending { when: now, answered: None, identity, random, digest };
    Ok((Invitation { bytes, words }, pending))
}

/// Takes an invitation with its six words, as they are typed. Gives the reply, and the pair as
/// the one who replies knows it.
///
/// # Errors
/// The words do not open the file, or it is no sound invitation. Nothing is to be kept then.
pub fn accept(
    invitation: &[u8],
    words: &str,
    name: &str,
    cost: Cost,
    now: Timestamp,
) -> Result<(Vec<u8>, Pair), PairError> {
    let words = said::read(words)?;
    let sealed = sealed(invitation, Which::Invitation)?;
    let text = seal::decrypt_with_passphrase(&sealed, &words, Cost::FIXED.log_n())
        .map_err(|why| refused(why, PairError::WrongWords))?;
    let theirs = Message::read_invitation(&text)?;
    let recipient = theirs.recipient()?;
    let (ours, identity) = Message::fresh(name)?;
    let reply = ours.write(Which::Reply, &theirs.random)?;
    let bytes = recipient.encrypt(&reply).map_err(|why| refused(why, PairError::NotTheSame))?;
    let (first, second) = (Part::of(&theirs.random, &text), Part::of(&ours.random, &reply));
    let keys = keys::derive(&first, &second, cost)?;
    let reply = Hash128::of(&reply);
    Ok((bytes, Pair::new(keys, Side::Accepter, theirs, identity, (reply, now))))
}

/// Takes the reply to one's own invitation.
///
/// # Errors
/// It is no sound reply to this invitation. [`PairError::AlreadyAnswered`] when it is, but the
/// invitation has had another: the first pair then stands as it is. The same reply once more
/// gives the same pair.
pub fn finish(
    pending: &Pending,
    reply: &[u8],
    cost: Cost,
    now: Timestamp,
) -> Result<Pair, PairError> {
    let sealed = sealed(reply, Which::Reply)?;
    let identity = Identity::from_bytes(pending.identity.bytes());
    let identity = identity.map_err(|_| PairError::Derivation)?;
    let text = identity.decrypt(&sealed).map_err(|why| refused(why, PairError::OtherInvitation))?;
    let theirs = Message::read_reply(&text, &pending.random)?;
    if theirs.recipient == identity.recipient() || theirs.random == pending.random {
        return Err(PairError::Own);
    }
    theirs.recipient()?;
    let hash = Hash128::of(&text);
    if pending.answered.is_some_and(|first| first != hash) {
        return Err(PairError::AlreadyAnswered);
    }
    let first = Part { random: pending.random.clone(), digest: pending.digest.clone() };
    let keys = keys::derive(&first, &Part::of(&theirs.random, &text), cost)?;
    Ok(Pair::new(keys, Side::Inviter, theirs, pending.identity.clone(), (hash, now)))
}

impl Message {
    /// A new message, and the identity behind its recipient.
    fn fresh(name: &str) -> Result<(Message, Secret), PairError> {
        let identity = Secret::random()?;
        let recipient = Identity::from_bytes(identity.bytes()).map(|it| it.recipient());
        let recipient = recipient.map_err(|_| PairError::Derivation)?;
        let name = name.trim().to_owned();
        Ok((Message { name, recipient, random: Secret::random()? }, identity))
    }
}

impl Pair {
    fn new(
        keys: Keys,
        side: Side,
        theirs: Message,
        identity: Secret,
        (reply, when): (Hash128, Timestamp),
    ) -> Pair {
        let Keys { key, id, words } = keys;
        let Message { name: their_name, recipient, .. } = theirs;
        Pair { id, side, their_name, words, when, reply, identity, recipient, key }
    }
}
