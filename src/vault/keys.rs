//! The key files: the vault's identity, encrypted once to the passphrase and once to the
//! recovery key (`vault-format`, "Keys").

use std::io;

use zeroize::Zeroizing;

use super::error::{Damage, VaultError};
use super::mac::MacKey;
use super::names::{self, Hash128, KEYS, KeyKind, KeyName, VaultId};
use super::passphrase::Passphrase;
use super::recovery::RecoveryKey;
use super::seal::{self, Cost, Identity, SealError};
use super::store::{FileKind, Store};
use super::write::{Existing, unlink_if_there, write_file};

/// A key file holds a comment and one line.
const MAX_KEY_FILE: u64 = 64 * 1024;

/// What is secret while a vault is open.
pub struct Secrets {
    /// The vault's identity, of generation `generation`.
    pub identity: Identity,
    /// Which vault it is. This outranks `VAULT.json`.
    pub vault: VaultId,
    /// The generation of the identity.
    pub generation: u32,
    /// Says that a record was written by a holder of the identity.
    pub records: MacKey,
    /// The same for local state.
    pub local: MacKey,
    /// The key file that they were read from, which therefore is known to be good.
    pub opened_with: Option<KeyName>,
}

impl Secrets {
    /// A new vault's secrets.
    pub fn random() -> Result<Secrets, VaultError> {
        let bytes = Zeroizing::new(names::random()?);
        let identity = Identity::from_bytes(&bytes).map_err(|_| VaultError::NoRandom)?;
        Ok(Secrets::new(identity, VaultId::random()?, 1))
    }

    fn new(identity: Identity, vault: VaultId, generation: u32) -> Secrets {
        let records = MacKey::records(identity.text(), vault);
        let local = MacKey::local(identity.text(), vault);
        Secrets { identity, vault, generation, records, local, opened_with: None }
    }

    /// The age identity file that both key files hold. Stock age takes it with `-i`.
    pub fn identity_file(&self) -> Zeroizing<String> {
        Zeroizing::new(format!(
            "# cairn vault {} gen {}\n{}\n",
            self.vault,
            self.generation,
            self.identity.text()
        ))
    }

    /// Reads an age identity file with the comment that names the vault.
    pub fn parse(text: &[u8]) -> Option<Secrets> {
        let text = std::str::from_utf8(text).ok()?;
        let comment = text.lines().find_map(|line| line.strip_prefix("# cairn vault "))?;
        let (vault, generation) = comment.split_once(" gen ")?;
        let mut keys = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let identity = Identity::parse(keys.next()?).ok()?;
        if keys.next().is_some() {
            return None;
        }
        Some(Secrets::new(identity, vault.parse().ok()?, generation.parse().ok()?))
    }
}

/// What opens a key file.
pub enum Opener<'a> {
    /// The passphrase opens identity files.
    Passphrase(&'a Passphrase),
    /// The recovery key opens recovery files.
    Recovery(&'a RecoveryKey),
}

impl Opener<'_> {
    const fn kind(&self) -> KeyKind {
        match self {
            Opener::Passphrase(_) => KeyKind::Identity,
            Opener::Recovery(_) => KeyKind::Recovery,
        }
    }

    fn decrypt(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        match self {
            Opener::Passphrase(passphrase) => {
                seal::decrypt_with_passphrase(sealed, passphrase, seal::MAX_OWN_WORK_FACTOR)
            }
            Opener::Recovery(key) => Identity::from_recovery(key)?.decrypt(sealed),
        }
    }

    const fn refused(&self) -> VaultError {
        match self {
            Opener::Passphrase(_) => VaultError::WrongPassphrase,
            Opener::Recovery(_) => VaultError::WrongRecoveryKey,
        }
    }
}

/// The key files in the vault, newest first. Files of other names are left out.
pub fn list(store: &dyn Store) -> Result<Vec<KeyName>, VaultError> {
    let listed = match store.list(KEYS) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        result => result.map_err(|error| VaultError::io(KEYS, error))?,
    };
    let mut keys: Vec<KeyName> = listed
        .iter()
        .filter(|listed| listed.kind == FileKind::File)
        .filter_map(|listed| KeyName::parse(&listed.name).ok())
        .collect();
    keys.sort_unstable_by(|a, b| b.cmp(a));
    Ok(keys)
}

/// Opens the newest key file that the passphrase or recovery key fits. After a crash in the
/// middle of a change there are two, and both are good.
///
/// When none opens, a damaged newest file is reported as such: nothing can be said about a
/// passphrase then.
pub fn open(store: &dyn Store, opener: &Opener<'_>) -> Result<Secrets, VaultError> {
    let keys = list(store)?;
    let mut keys = keys.into_iter().filter(|key| key.kind == opener.kind()).peekable();
    let newest = *keys.peek().ok_or(VaultError::NoKeyFile)?;
    let mut refusal = None;
    for key in keys {
        match open_one(store, key, opener) {
            Ok(secrets) => return Ok(secrets),
            Err(error) if key == newest => refusal = Some(error),
            Err(_) => {}
        }
    }
    Err(refusal.unwrap_or(VaultError::NoKeyFile))
}

/// Opens this key file.
pub fn open_one(
    store: &dyn Store,
    key: KeyName,
    opener: &Opener<'_>,
) -> Result<Secrets, VaultError> {
    let path = key.path();
    let damaged = || VaultError::DamagedKeyFile { file: key.path() };
    let sealed = store.read(&path, MAX_KEY_FILE).map_err(|error| match Damage::io(&error) {
        Damage::Unreadable(_) => VaultError::io(&path, error),
        _ => damaged(),
    })?;
    check(&sealed, key).map_err(|_| damaged())?;
    let text = opener.decrypt(&sealed).map_err(|why| match why {
        SealError::WrongKey => opener.refused(),
        _ => damaged(),
    })?;
    let secrets = Secrets::parse(&text).ok_or_else(damaged)?;
    Ok(Secrets { opened_with: Some(key), ..secrets })
}

/// Writes the next key file of a sort, reads it back, and only then removes the older ones: at
/// every moment one of them opens the vault. `sealed` is the identity file, encrypted so that
/// `opener` opens it.
///
/// # Errors
/// The disk refused; then an older file still opens the vault, and the new one may, too.
pub fn replace(
    store: &dyn Store,
    secrets: &Secrets,
    sealed: &[u8],
    opener: &Opener<'_>,
) -> Result<KeyName, VaultError> {
    let (name, older) = add(store, secrets, sealed, opener)?;
    remove(store, &older)?;
    Ok(name)
}

/// Writes the next key file of a sort and reads it back; gives its name, and those of its sort
/// that were there before and still open the vault.
///
/// # Errors
/// As [`replace`].
pub fn add(
    store: &dyn Store,
    secrets: &Secrets,
    sealed: &[u8],
    opener: &Opener<'_>,
) -> Result<(KeyName, Vec<KeyName>), VaultError> {
    let kind = opener.kind();
    let older: Vec<KeyName> = list(store)?.into_iter().filter(|key| key.kind == kind).collect();
    let name = KeyName {
        kind,
        generation: secrets.generation,
        number: older.iter().map(|key| key.number).max().unwrap_or(0).saturating_add(1),
        hash: Hash128::of(sealed),
    };
    write_file(store, KEYS, &name.to_string(), sealed, Existing::Keep)?;
    let read = open_one(store, name, opener)?;
    if *read.identity_file() != *secrets.identity_file() {
        return Err(VaultError::NotTheSame);
    }
    Ok((name, older))
}

/// Whether there is more than one key file of a sort.
pub fn has_several(store: &dyn Store, kind: KeyKind) -> bool {
    list(store).is_ok_and(|keys| keys.iter().filter(|key| key.kind == kind).count() > 1)
}

/// Removes key files that newer ones stand for.
pub fn remove(store: &dyn Store, keys: &[KeyName]) -> Result<(), VaultError> {
    for key in keys {
        let path = key.path();
        unlink_if_there(store, &path).map_err(|error| VaultError::io(path, error))?;
    }
    store.sync_dir(KEYS).map_err(|error| VaultError::io(KEYS, error))
}

/// The identity file, encrypted with a passphrase.
pub fn seal_with_passphrase(
    secrets: &Secrets,
    passphrase: &Passphrase,
    cost: Cost,
) -> Result<Vec<u8>, VaultError> {
    seal::encrypt_with_passphrase(secrets.identity_file().as_bytes(), passphrase, cost)
        .map_err(|_| VaultError::NotTheSame)
}

/// The identity file, encrypted to a recovery key.
pub fn seal_for_recovery(secrets: &Secrets, key: &RecoveryKey) -> Result<Vec<u8>, VaultError> {
    Identity::from_recovery(key)
        .and_then(|recovery| recovery.encrypt(secrets.identity_file().as_bytes()))
        .map_err(|_| VaultError::NotTheSame)
}

/// What can be said of a key file without a key.
pub fn look_over(store: &dyn Store, key: KeyName) -> Result<(), Damage> {
    sealed(store, key).map(|_| ())
}

/// The bytes of a key file, after all that can be checked without a key.
pub fn sealed(store: &dyn Store, key: KeyName) -> Result<Vec<u8>, Damage> {
    let sealed = store.read(&key.path(), MAX_KEY_FILE).map_err(|error| Damage::io(&error))?;
    check(&sealed, key)?;
    Ok(sealed)
}

fn check(sealed: &[u8], key: KeyName) -> Result<(), Damage> {
    if sealed.is_empty() {
        return Err(Damage::Empty);
    }
    if Hash128::of(sealed) != key.hash {
        return Err(Damage::Hash);
    }
    seal::scan_header(sealed).map_err(|_| Damage::Header)
}
