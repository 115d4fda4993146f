//! What both sides of a pair derive from the two messages. Neither message alone is enough, and
//! any change to one of them changes everything derived.

use hkdf::Hkdf;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::PairError;
use crate::exchange::Secret;
use crate::vault::words::four_words;
use crate::vault::{Cost, PairId};

const KEY_INFO: &[u8] = b"cairn/pair/1";
const ID_INFO: &[u8] = b"cairn/pair-id/1";
const CHECK_INFO: &[u8] = b"cairn/check/1";

/// What one side put in.
#[derive(Debug, Clone)]
pub struct Part {
    /// The 32 random bytes of its message.
    pub random: Secret,
    /// SHA-256 of its message's whole plain text: the three lines with their padding.
    pub digest: Secret,
}

/// What both derive.
#[derive(Debug)]
pub struct Keys {
    /// The key for the codes of all files between them.
    pub key: Secret,
    /// Which pair it is.
    pub id: PairId,
    /// The four words that both see.
    pub words: String,
}

impl Part {
    /// The part of a message.
    pub fn of(random: &Secret, plain: &[u8]) -> Part {
        Part { random: random.clone(), digest: Secret::new(Sha256::digest(plain).into()) }
    }
}

/// Derives the key, the id and the four words of a pair. `cost` is that of the words: they are
/// slow to make, so that nobody in between can try messages until the words fit.
///
/// # Errors
/// None with the costs there are; the signature is that of the derivations.
pub fn derive(inviter: &Part, accepter: &Part, cost: Cost) -> Result<Keys, PairError> {
    let mut both = Zeroizing::new([0; 64]);
    both[..32].copy_from_slice(inviter.random.bytes());
    both[32..].copy_from_slice(accepter.random.bytes());
    let mut salt = [0; 64];
    salt[..32].copy_from_slice(inviter.digest.bytes());
    salt[32..].copy_from_slice(accepter.digest.bytes());
    let from = Hkdf::<Sha256>::new(Some(&salt), both.as_slice());
    let mut key = Zeroizing::new([0; 32]);
    let mut id = [0; 16];
    let mut check = Zeroizing::new([0; 32]);
    from.expand(KEY_INFO, key.as_mut_slice()).map_err(|_| PairError::Derivation)?;
    from.expand(ID_INFO, &mut id).map_err(|_| PairError::Derivation)?;
    from.expand(CHECK_INFO, check.as_mut_slice()).map_err(|_| PairError::Derivation)?;
    let mut slow = [0; 16];
    let work = scrypt::Params::new(cost.log_n(), 8, 1, slow.len());
    let work = work.map_err(|_| PairError::Derivation)?;
    scrypt::scrypt(check.as_slice(), &[], &work, &mut slow).map_err(|_| PairError::Derivation)?;
    Ok(Keys { key: Secret::new(*key), id: PairId::new(id), words: four_words(slow) })
}
