//! The ways into a record: finding it, making it, its password and its recovery key.

use std::path::Path;

use jiff::Timestamp;

use super::{Desk, Slot};
use crate::app::draft::Change;
use crate::app::job::{Found, Outcome};
use crate::app::notice::Notice;
use crate::app::role::Owner;
use crate::app::state::Opened;
use crate::model::{Body, Settings};
use crate::vault::store::Store;
use crate::vault::{OpenVault, Passphrase, RecoveryKey, Vault, VaultError};

impl Desk {
    pub(super) fn found(&mut self, dir: &Path) -> Outcome {
        Outcome::Found(match self.find(dir) {
            Ok(true) => Found::Vault,
            Ok(false) => Found::Nothing,
            Err(error) => Found::Unusable(Notice::from(&error)),
        })
    }

    /// Looks for a record in a folder; says whether there is one.
    ///
    /// # Errors
    /// There is something else, the folder can't be read, or it is missing together with the
    /// folder above it: a stick that is not there is no place for a new record.
    pub fn find(&mut self, dir: &Path) -> Result<bool, VaultError> {
        self.slot = Slot::Empty;
        self.dir = dir.to_path_buf();
        match Vault::find((self.open_store)(dir), self.local()) {
            Ok(Some(vault)) => {
                self.slot = Slot::Closed(Box::new(vault));
                Ok(true)
            }
            Ok(None) if self.may_be_made(dir) => Ok(false),
            Ok(None) => Err(VaultError::FolderMissing { file: ".".to_owned() }),
            Err(error) => Err(error),
        }
    }

    /// Whether the folder, or at least the one above it, is there.
    pub(in crate::app) fn may_be_made(&self, dir: &Path) -> bool {
        let above = dir.parent().filter(|above| !above.as_os_str().is_empty());
        let above = above.unwrap_or(Path::new("."));
        dir == self.default_dir || (self.open_store)(above).stat("").is_ok()
    }

    pub(super) fn local(&self) -> Box<dyn Store> {
        (self.open_store)(&self.state_dir)
    }

    /// Makes a record and opens it. Somebody of whom only the name is said is a supervisor.
    ///
    /// # Errors
    /// In words; nothing is left behind that could be taken for a record.
    pub fn create<'a>(
        &mut self,
        dir: &Path,
        passphrase: &Passphrase,
        owner: impl Into<Owner<'a>>,
        now: Timestamp,
    ) -> Result<(RecoveryKey, Opened), Notice> {
        let store = (self.open_store)(dir);
        let (open, key) =
            Vault::create(store, self.local(), passphrase, self.cost, now).map_err(|error| {
                Notice { safe: "Nothing was created.".to_owned(), ..Notice::from(&error) }
            })?;
        self.slot = Slot::Open(Box::new(open));
        self.dir = dir.to_path_buf();
        let Owner { name, role } = owner.into();
        let settings = Settings { your_name: name.to_owned(), role, ..Settings::default() };
        let change = Change { id: self.fresh.id(now), body: Body::Settings(settings) };
        // The name can be typed again in the settings; the recovery key is shown only now.
        let _ = self.save(&[change], now);
        Ok((key, self.opened()))
    }

    /// Opens the record with its passphrase.
    ///
    /// # Errors
    /// In words; the record stays closed.
    pub fn unlock(&mut self, passphrase: &Passphrase, now: Timestamp) -> Result<Opened, Notice> {
        self.open_with(|vault| vault.unlock(passphrase, now))
    }

    /// Opens the record with its recovery key, as words or as an age key, and sets a new
    /// passphrase.
    ///
    /// # Errors
    /// In words; the record stays closed and its old passphrase stays.
    pub fn recover(
        &mut self,
        key: &str,
        passphrase: &Passphrase,
        now: Timestamp,
    ) -> Result<Opened, Notice> {
        let key = RecoveryKey::parse(key).map_err(|error| Notice::from(&error))?;
        let cost = self.cost;
        self.open_with(|vault| vault.recover(&key, passphrase, cost, now))
    }

    fn open_with(
        &mut self,
        open: impl FnOnce(Vault) -> Result<OpenVault, (Vault, VaultError)>,
    ) -> Result<Opened, Notice> {
        match std::mem::replace(&mut self.slot, Slot::Empty) {
            Slot::Closed(vault) => match open(*vault) {
                Ok(vault) => {
                    self.slot = Slot::Open(Box::new(vault));
                    Ok(self.opened())
                }
                Err((vault, error)) => {
                    self.slot = Slot::Closed(Box::new(vault));
                    Err(Notice::from(&error))
                }
            },
            // The record is open already, or there is none: nothing to try a key on.
            other => {
                self.slot = other;
                Err(Notice::new("There is no locked record here.", "", "Choose its folder."))
            }
        }
    }

    /// Changes the passphrase.
    ///
    /// # Errors
    /// In words; the old passphrase still works.
    pub fn change_passphrase(&mut self, old: &Passphrase, new: &Passphrase) -> Result<(), Notice> {
        let cost = self.cost;
        let vault = self.vault().map_err(|error| Notice::from(&error))?;
        vault.change_passphrase(old, new, cost).map_err(|error| match error {
            VaultError::WrongPassphrase => Notice::new(
                "That is not the password that opens this record now.",
                "Your old password still works.",
                "Type it once more.",
            ),
            error => {
                Notice { safe: "Your old password still works.".to_owned(), ..Notice::from(&error) }
            }
        })
    }
}

/// What came of trying a key.
pub(super) fn opened_or_refused(result: Result<Opened, Notice>) -> Outcome {
    result.map_or_else(Outcome::Refused, Outcome::Opened)
}
