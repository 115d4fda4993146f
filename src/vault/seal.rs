//! Encryption, all of it: the only file that names age.
//!
//! Everything is done on whole buffers in memory. What is encrypted is decrypted again and
//! compared before it may be written. What comes from a file has its header looked over first,
//! because age's own header parser takes ever longer over hostile ones.

use std::io::{Read, Write};
use std::iter;

use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, Decryptor, Encryptor, scrypt, x25519};
use bech32::primitives::decode::CheckedHrpstring;
use zeroize::Zeroizing;

use super::passphrase::Passphrase;
use super::recovery::{RecoveryKey, secret_key_text};

/// How much work a passphrase costs whoever tries one: the work factor of scrypt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost(u8);

impl Cost {
    /// What every vault has: 2^18. The library is never let to time it.
    pub const FIXED: Cost = Cost(18);

    /// 2^`log_n`, from 2^1 to 2^18, for tests alone: no command, setting or environment
    /// variable leads here.
    pub fn for_tests(log_n: u8) -> Cost {
        Cost(log_n.clamp(1, Cost::FIXED.0))
    }

    /// The work factor: the logarithm of N.
    pub const fn log_n(self) -> u8 {
        self.0
    }
}

/// The largest work factor taken from the vault's own key file.
pub const MAX_OWN_WORK_FACTOR: u8 = 20;

/// A header ends within this many bytes.
const MAX_HEADER: usize = 4096;
/// The most recipient stanzas a header may have.
const MAX_STANZAS: usize = 8;

/// Why something could not be encrypted or decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not the header of an age file, or longer than Cairn ever writes.
    #[error("the header is not one that Cairn writes")]
    Header,
    /// The header is sound, and this key or passphrase does not open it.
    #[error("the key does not fit")]
    WrongKey,
    /// The passphrase would take more work than any file of Cairn asks for.
    #[error("the file asks for too much work")]
    TooMuchWork,
    /// The key fits, and the content is damaged.
    #[error("the content is damaged")]
    Content,
    /// What was encrypted did not read back the same.
    #[error("the encrypted bytes did not read back the same")]
    NotTheSame,
    /// The text is not a secret key.
    #[error("not a secret key")]
    SecretKey,
    /// The text is not a recipient, or one with which nothing would be secret.
    #[error("not a recipient that can be used")]
    Recipient,
}

/// A secret key: the vault's own, or one made for recovery. Wiped when dropped.
#[derive(Clone)]
pub struct Identity {
    key: x25519::Identity,
    text: SecretString,
}

/// A public key to which another person can encrypt. The vault's own is a secret all the same,
/// and is never written (`vault-format`, "A record file").
#[derive(Clone)]
pub struct Recipient(x25519::Recipient);

impl Identity {
    /// The identity of these 32 random bytes.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Identity, SealError> {
        Identity::parse(&secret_key_text(bytes))
    }

    /// The identity of a recovery key.
    pub fn from_recovery(key: &RecoveryKey) -> Result<Identity, SealError> {
        Identity::parse(&key.as_age_key())
    }

    /// Reads the text of a secret key, `AGE-SECRET-KEY-1...`.
    pub fn parse(text: &str) -> Result<Identity, SealError> {
        let key: x25519::Identity = text.parse().map_err(|_| SealError::SecretKey)?;
        let text = key.to_string();
        Ok(Identity { key, text })
    }

    /// The 74 characters of the secret key.
    pub fn text(&self) -> &str {
        self.text.expose_secret()
    }

    /// The recipient that belongs to it, `age1...`: for an identity that was made for one other
    /// person. The vault's own recipient stays a secret.
    pub fn recipient(&self) -> String {
        self.key.to_public().to_string()
    }

    /// Encrypts to the holder of this identity, and makes sure that it reads back the same.
    pub fn encrypt(&self, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let sealed = encrypt(&self.key.to_public(), plain)?;
        if self.decrypt(&sealed)?.as_slice() == plain {
            Ok(sealed)
        } else {
            Err(SealError::NotTheSame)
        }
    }

    /// The same for a cache, without reading it back: what cannot be read is made again.
    pub fn encrypt_cache(&self, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        encrypt(&self.key.to_public(), plain)
    }

    /// Decrypts the whole of a buffer.
    pub fn decrypt(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        decrypt(&self.key, sealed)
    }
}

impl Recipient {
    /// Reads a recipient, `age1...`. A point of low order is refused: everything encrypted to
    /// it could be read by anybody (RFC 7748, section 6.1), and age stops the program at one.
    pub fn parse(text: &str) -> Result<Recipient, SealError> {
        let checked =
            CheckedHrpstring::new::<bech32::Bech32>(text).map_err(|_| SealError::Recipient)?;
        let point: Vec<u8> = checked.byte_iter().collect();
        let mut point: [u8; 32] = point.try_into().map_err(|_| SealError::Recipient)?;
        // X25519 ignores the highest bit.
        point[31] &= 0x7f;
        if LOW_ORDER.contains(&point) {
            return Err(SealError::Recipient);
        }
        text.parse().map(Recipient).map_err(|_| SealError::Recipient)
    }

    /// Encrypts to the holder of the recipient's identity. It cannot be read back here.
    pub fn encrypt(&self, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        encrypt(&self.0, plain)
    }
}

/// Encrypts with a passphrase, and makes sure that it reads back the same.
pub fn encrypt_with_passphrase(
    plain: &[u8],
    passphrase: &Passphrase,
    cost: Cost,
) -> Result<Vec<u8>, SealError> {
    let mut recipient = scrypt::Recipient::new(secret(passphrase));
    recipient.set_work_factor(cost.0);
    let sealed = encrypt(&recipient, plain)?;
    let read = decrypt_with_passphrase(&sealed, passphrase, MAX_OWN_WORK_FACTOR)?;
    if read.as_slice() == plain { Ok(sealed) } else { Err(SealError::NotTheSame) }
}

/// Decrypts with a passphrase, refusing files that ask for more work than 2^`max_log_n`.
pub fn decrypt_with_passphrase(
    sealed: &[u8],
    passphrase: &Passphrase,
    max_log_n: u8,
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let mut identity = scrypt::Identity::new(secret(passphrase));
    identity.set_max_work_factor(max_log_n);
    decrypt(&identity, sealed)
}

fn secret(passphrase: &Passphrase) -> SecretString {
    // Exactly as long as the text, so that no copy is left behind by shrinking.
    SecretString::from(passphrase.text().to_owned())
}

fn encrypt(recipient: &dyn age::Recipient, plain: &[u8]) -> Result<Vec<u8>, SealError> {
    let encryptor =
        Encryptor::with_recipients(iter::once(recipient)).map_err(|_| SealError::Recipient)?;
    let mut sealed = Vec::with_capacity(plain.len() + MAX_HEADER);
    // Writing into memory does not go wrong.
    let mut writer = encryptor.wrap_output(&mut sealed).map_err(|_| SealError::NotTheSame)?;
    writer.write_all(plain).map_err(|_| SealError::NotTheSame)?;
    writer.finish().map_err(|_| SealError::NotTheSame)?;
    Ok(sealed)
}

fn decrypt(identity: &dyn age::Identity, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    scan_header(sealed)?;
    let decryptor = Decryptor::new_buffered(sealed).map_err(|_| SealError::Header)?;
    let mut reader = decryptor.decrypt(iter::once(identity)).map_err(|why| match why {
        DecryptError::NoMatchingKeys
        | DecryptError::DecryptionFailed
        | DecryptError::KeyDecryptionFailed => SealError::WrongKey,
        DecryptError::ExcessiveWork { .. } => SealError::TooMuchWork,
        _ => SealError::Header,
    })?;
    // The plain text is always shorter than the file, so the buffer never moves.
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader.read_to_end(&mut plain).map_err(|_| SealError::Content)?;
    Ok(plain)
}

/// Whether the first recipient of a file is a passphrase.
pub fn is_for_passphrase(sealed: &[u8]) -> bool {
    sealed.starts_with(b"age-encryption.org/v1\n-> scrypt ")
}

/// Looks a header over before age sees it: it is age's, it ends within 4 KiB, and it has at
/// most eight stanzas.
pub fn scan_header(sealed: &[u8]) -> Result<(), SealError> {
    let head = &sealed[..sealed.len().min(MAX_HEADER)];
    let mut lines = head.split_inclusive(|byte| *byte == b'\n');
    if lines.next() != Some(b"age-encryption.org/v1\n") {
        return Err(SealError::Header);
    }
    let mut stanzas = 0;
    for line in lines.filter(|line| line.ends_with(b"\n")) {
        if line.starts_with(b"---") {
            return Ok(());
        }
        stanzas += usize::from(line.starts_with(b"->"));
        if stanzas > MAX_STANZAS {
            return Err(SealError::Header);
        }
    }
    Err(SealError::Header)
}

/// The points of low order on Curve25519 and their other encodings below 2^255
/// (Bernstein, <https://cr.yp.to/ecdh.html>, "How do I validate Curve25519 public keys?").
const LOW_ORDER: [[u8; 32]; 7] = [
    point(0, 0, 0),
    point(1, 0, 0),
    [
        0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4,
        0x6a, 0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49,
        0xb8, 0x00,
    ],
    [
        0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef,
        0x5b, 0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f,
        0x11, 0x57,
    ],
    point(0xec, 0xff, 0x7f),
    point(0xed, 0xff, 0x7f),
    point(0xee, 0xff, 0x7f),
];

/// A point written as its first byte, thirty bytes alike, and its last.
const fn point(first: u8, middle: u8, last: u8) -> [u8; 32] {
    let mut bytes = [middle; 32];
    bytes[0] = first;
    bytes[31] = last;
    bytes
}
