//! The names of a vault's files. A name either is exactly one that this module would write, or
//! it is not a file of the vault: a conflict copy of a sync program has good content under an
//! odd name and must not count twice.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::error::VaultError;

/// The folder of the key files.
pub const KEYS: &str = "keys";
/// The folder of the records.
pub const RECORDS: &str = "records";
/// The file that says what the folder is.
pub const VAULT_FILE: &str = "VAULT.json";
/// The page that says how to read everything without Cairn.
pub const RESCUE_FILE: &str = "RESCUE.txt";

/// How many records a folder takes.
const BUCKET: u64 = 1000;
/// How many digits a record's number has at least.
const DIGITS: usize = 8;

/// The text is not such a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a name of the vault's format")]
pub struct NameError;

/// The first 128 bits of SHA-256 of a file's own bytes. It stands in the file's name as 32
/// lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash128([u8; 16]);

/// Which vault: 128 random bits, written as 32 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VaultId([u8; 16]);

/// Which pair of people: 128 bits that both derive from what they told one another, written as 32
/// lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PairId([u8; 16]);

/// Which computer wrote a record: eight random characters from `a-z2-7`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId([u8; 8]);

/// Which of the two sorts of key file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyKind {
    /// Opened by the passphrase.
    Identity,
    /// Opened by the recovery key.
    Recovery,
}

/// The name of a key file: `identity-0001-p001-<hash>.age` or `recovery-0001-r001-<hash>.age`.
/// In the order of age: a later generation, then a later number, is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyName {
    /// Which sort.
    pub kind: KeyKind,
    /// The generation of the vault's identity.
    pub generation: u32,
    /// Rises with each change of the passphrase or the recovery key.
    pub number: u32,
    /// The hash of its bytes.
    pub hash: Hash128,
}

/// The place of a record file: `records/<device>/<bucket>/<seq>-<hash>.age`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordName {
    /// Which computer wrote it.
    pub device: DeviceId,
    /// The number that computer gave it.
    pub seq: u64,
    /// The hash of its bytes.
    pub hash: Hash128,
}

impl Hash128 {
    /// Before all others in their order.
    pub(super) const LEAST: Hash128 = Hash128([0; 16]);

    /// The hash of a file's bytes.
    pub fn of(bytes: &[u8]) -> Hash128 {
        let digest = Sha256::digest(bytes);
        let mut hash = [0; 16];
        hash.copy_from_slice(&digest[..16]);
        Hash128(hash)
    }

    /// Its sixteen bytes.
    pub const fn bytes(self) -> [u8; 16] {
        self.0
    }

    const fn of_bytes(bytes: [u8; 16]) -> Result<Hash128, NameError> {
        Ok(Hash128(bytes))
    }
}

impl VaultId {
    /// A new identity.
    pub fn random() -> Result<VaultId, VaultError> {
        Ok(VaultId(random()?))
    }

    const fn of_bytes(bytes: [u8; 16]) -> Result<VaultId, NameError> {
        Ok(VaultId(bytes))
    }
}

impl PairId {
    /// The name of these bytes.
    pub const fn new(bytes: [u8; 16]) -> PairId {
        PairId(bytes)
    }

    const fn of_bytes(bytes: [u8; 16]) -> Result<PairId, NameError> {
        Ok(PairId(bytes))
    }
}

impl DeviceId {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    /// Stands in where it does not matter which.
    const ANY: DeviceId = DeviceId(*b"aaaaaaaa");

    /// A new identity.
    pub fn random() -> Result<DeviceId, VaultError> {
        let bytes: [u8; 8] = random()?;
        Ok(DeviceId(bytes.map(|byte| Self::ALPHABET[usize::from(byte % 32)])))
    }

    fn of_bytes(bytes: [u8; 8]) -> Result<DeviceId, NameError> {
        let known = bytes.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'));
        if known { Ok(DeviceId(bytes)) } else { Err(NameError) }
    }

    /// The folder of this device's records.
    pub fn folder(self) -> String {
        format!("{RECORDS}/{self}")
    }
}

impl KeyName {
    /// Reads a name.
    pub fn parse(name: &str) -> Result<KeyName, NameError> {
        let stem = name.strip_suffix(".age").ok_or(NameError)?;
        let mut parts = stem.split('-');
        let mut next = || parts.next().ok_or(NameError);
        let (kind, generation, number, hash) = (next()?, next()?, next()?, next()?);
        let (kind, letter) = match kind {
            "identity" => (KeyKind::Identity, 'p'),
            "recovery" => (KeyKind::Recovery, 'r'),
            _ => return Err(NameError),
        };
        let number = number.strip_prefix(letter).ok_or(NameError)?;
        let parsed = KeyName {
            kind,
            generation: generation.parse().map_err(|_| NameError)?,
            number: number.parse().map_err(|_| NameError)?,
            hash: hash.parse()?,
        };
        exactly(parsed, name)
    }

    /// The path from the vault's folder.
    pub fn path(self) -> String {
        format!("{KEYS}/{self}")
    }

    /// Whether it came after the other one and in its place.
    pub fn stands_for(&self, older: &KeyName) -> bool {
        let age = |key: &KeyName| (key.generation, key.number);
        self.kind == older.kind && age(self) > age(older)
    }
}

impl RecordName {
    /// The folder of its thousand.
    pub fn bucket(self) -> String {
        bucket(self.seq)
    }

    /// The path of the folder it lies in.
    pub fn folder(self) -> String {
        format!("{}/{}", self.device.folder(), self.bucket())
    }

    /// The path from the vault's folder.
    pub fn path(self) -> String {
        format!("{}/{self}", self.folder())
    }

    /// The path of a name, for use over many.
    pub fn path_of(name: &RecordName) -> String {
        name.path()
    }

    /// Reads a name found in a device's bucket.
    pub fn parse(device: DeviceId, bucket: &str, name: &str) -> Result<RecordName, NameError> {
        let stem = name.strip_suffix(".age").ok_or(NameError)?;
        let (digits, hash) = stem.split_once('-').ok_or(NameError)?;
        let seq: u64 = digits.parse().map_err(|_| NameError)?;
        // As it would be written, which is quicker to see than to write: opening reads them all.
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        let full = digits.len() == DIGITS || (digits.len() > DIGITS && !digits.starts_with('0'));
        if !plain || !full || !is_bucket(bucket) || bucket.parse() != Ok(seq / BUCKET) {
            return Err(NameError);
        }
        Ok(RecordName { device, seq, hash: hash.parse()? })
    }
}

/// The folder of a number's thousand.
fn bucket(seq: u64) -> String {
    format!("{:05}", seq / BUCKET)
}

/// Whether a folder's name can be a bucket.
pub fn is_bucket(name: &str) -> bool {
    let plain = name.bytes().all(|byte| byte.is_ascii_digit());
    plain && (name.len() == 5 || (name.len() > 5 && !name.starts_with('0')))
}

/// A new name for a temporary file. OneDrive passes over names that begin so.
pub fn temporary() -> Result<String, VaultError> {
    let bytes: [u8; 8] = random()?;
    Ok(format!("~${:016x}.tmp", u64::from_be_bytes(bytes)))
}

/// Whether a name is one of a temporary file.
pub fn is_temporary(name: &str) -> bool {
    name.strip_prefix("~$").and_then(|rest| rest.strip_suffix(".tmp")).is_some_and(|digits| {
        digits.len() == 16 && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// Whether a name is one that a sync program gives to a copy it makes when two computers
/// changed a file: Syncthing's `x.sync-conflict-20261017-100000-ABCDEFG.age`, Dropbox's
/// `x (NAME's conflicted copy 2026-10-17).age`, OneDrive's `x-COMPUTER.age` after a whole name.
pub fn is_conflict_copy(path: &str) -> bool {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_own = |own: &str| {
        let name = format!("{own}.age");
        let record = name.split_once('-').and_then(|(seq, _)| seq.parse::<u64>().ok());
        let record =
            record.map(|seq| RecordName::parse(DeviceId::ANY, &bucket(seq), &name).is_ok());
        record == Some(true) || KeyName::parse(&name).is_ok()
    };
    name.contains(".sync-conflict-")
        || name.contains("conflicted copy")
        || stem.match_indices('-').any(|(at, _)| is_own(&stem[..at]))
}

/// Random bytes from the system.
pub fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| VaultError::NoRandom)?;
    Ok(bytes)
}

/// Accepts what was parsed only when it is written exactly as it was found.
fn exactly<T: fmt::Display>(parsed: T, name: &str) -> Result<T, NameError> {
    if parsed.to_string() == name { Ok(parsed) } else { Err(NameError) }
}

/// Bytes in lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn write_hex(bytes: [u8; 16], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{:032x}", u128::from_be_bytes(bytes))
}

fn unhex(text: &str) -> Result<[u8; 16], NameError> {
    let plain = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    match u128::from_str_radix(text, 16) {
        Ok(number) if plain => Ok(number.to_be_bytes()),
        _ => Err(NameError),
    }
}

impl fmt::Display for Hash128 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(self.0, f)
    }
}

impl fmt::Display for VaultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(self.0, f)
    }
}

impl fmt::Display for PairId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(self.0, f)
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, letter) = match self.kind {
            KeyKind::Identity => ("identity", 'p'),
            KeyKind::Recovery => ("recovery", 'r'),
        };
        write!(f, "{kind}-{:04}-{letter}{:03}-{}.age", self.generation, self.number, self.hash)
    }
}

impl fmt::Display for RecordName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0DIGITS$}-{}.age", self.seq, self.hash)
    }
}

impl FromStr for Hash128 {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        unhex(text).map(Hash128)
    }
}

impl FromStr for VaultId {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        unhex(text).map(VaultId)
    }
}

impl FromStr for PairId {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        unhex(text).map(PairId)
    }
}

impl FromStr for DeviceId {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        DeviceId::of_bytes(text.as_bytes().try_into().map_err(|_| NameError)?)
    }
}

/// Debug and JSON as the text form; in the local snapshot the bytes themselves.
macro_rules! as_text {
    ($($name:ty),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    self.0.serialize(serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if !deserializer.is_human_readable() {
                    let bytes = Deserialize::deserialize(deserializer)?;
                    return Self::of_bytes(bytes).map_err(serde::de::Error::custom);
                }
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

as_text!(Hash128, VaultId, PairId, DeviceId);
