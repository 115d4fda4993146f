//! The only place with the record's keys and vault files. The format is described in `vault-format`; every
//! file can be read without this program, with stock `age`, `sed` and `jq`.
//!
//! What holds here:
//!
//! - [`Vault`] is closed and [`OpenVault`] has the key: no function reads a record without the
//!   key in hand.
//! - A save only ever adds a file under a new name. Nothing in a vault's folder is replaced or
//!   edited, so an older record cannot be damaged by writing a newer one.
//! - [`OpenVault::save`] returns without an error only when the record is durable: encrypted,
//!   read back, written, synced, renamed, the folder synced. After an error the record is wholly
//!   there or wholly absent.
//! - Nothing is parsed before its size, name, hash, header, encryption and authentication code
//!   have been found good, in this order.
//! - A damaged file is listed and stays where it is; the others load.
//! - One process writes. Another one opens the vault for reading only.
//! - The vault's own recipient, its identity, the passphrase and the recovery key are never
//!   written in clear, and no error carries any of them.
//!
//! [`store`] says where bytes lie; the rest of the crate gives and takes bytes. `seal` is the
//! only file that names age. Present time is an argument everywhere.

pub mod envelope;
pub mod error;
pub mod mac;
pub mod names;
pub mod padme;
pub mod readers;
pub mod seal;
pub mod store;
pub mod words;

mod backup;
mod chain;
mod check;
mod copy;
mod current;
mod drafts;
mod erase;
mod facts;
mod heads;
mod heal;
mod hold;
mod keys;
mod load;
mod local;
mod making;
mod open;
mod opened;
mod passphrase;
mod place;
mod read;
mod record_file;
mod records;
mod recovery;
mod refresh;
mod renew;
mod rolling;
mod snapshot;
mod standing;
mod verify;
mod write;
mod writer;

pub use backup::{Backup, BackupMade, Compared, Restore, Restored, receipt_words};
pub use chain::{Absence, KnownBy, Warning};
pub use check::Check;
pub use copy::{CopyError, Step};
pub use current::{Content, Current};
pub use drafts::{Draft, SealedDraft};
pub use erase::{Erased, HeldBack};
pub use error::{Damage, Damaged, ReadOnly, VaultError, VaultFileFault};
pub use names::{DeviceId, PairId, hex};
pub use open::Vault;
pub use opened::{OpenVault, Saved, Tell};
pub use passphrase::Passphrase;
pub use record_file::MAX_RECORD;
pub use records::{Records, Revision};
pub use recovery::{RecoveryKey, RecoveryKeyError};
pub use refresh::Refreshed;
pub use renew::{Moved, Moving};
pub use rolling::{RollingCheck, Share};
pub use seal::Cost;
pub use verify::{Progress, Report};
