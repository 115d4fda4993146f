//! Making a record, and the keys to it.

use std::path::Path;

use super::{End, Ended, Session, Stop, ask, say};
use crate::app::role::Owner;
use crate::app::{Notice, state::Recovery};
use crate::platform::{self, Existing};
use crate::vault::{RecoveryKey, Vault, VaultError};

/// `cairn create`
pub fn create(session: &Session, recovery_file: Option<&Path>, owner: Owner<'_>) -> Ended {
    let mut desk = session.desk()?;
    match desk.find(&session.vault) {
        Ok(false) => {}
        Ok(true) => {
            let only_keys = desk.closed_vault().is_some_and(Vault::holds_only_keys);
            let error = if only_keys { VaultError::OnlyKeys } else { VaultError::AlreadyAVault };
            return Err(Notice::from(&error).into());
        }
        Err(error) => return Err(Notice::from(&error).into()),
    }
    let passphrase =
        ask::new_passphrase(session.passphrase_file.as_deref(), ask::NEW, &[owner.name])?;
    let now = (session.clock)();
    let (key, _) = desk.create(&session.vault, &passphrase, owner, now.timestamp())?;
    let ended = hand_over(&key, recovery_file, now.date())?;
    writeln!(say::err(), "The record is in {}.", say::cell(session.vault.display()))?;
    Ok(ended)
}

/// Prints the recovery key once, or writes it to the file the person named.
fn hand_over(key: &RecoveryKey, file: Option<&Path>, made: jiff::civil::Date) -> Ended {
    hand_over_shown(&Recovery::of(key, [0, 1]), file, made)
}

/// The same for one that is ready to be shown.
pub fn hand_over_shown(recovery: &Recovery, file: Option<&Path>, made: jiff::civil::Date) -> Ended {
    let sheet = recovery.sheet(&crate::model::text::long_date(made));
    match file {
        None => {
            print(&sheet)?;
            writeln!(say::err(), "Write the words down. They are not shown again.")?;
        }
        Some(path) => {
            if let Err(error) = platform::write_file(path, sheet.as_bytes(), Existing::Keep) {
                // The record exists and this is the only time its key can be had: print it.
                print(&sheet)?;
                let notice = Notice::not_written(path, &error);
                writeln!(say::err(), "cairn: {} The key is printed instead.", notice.happened)?;
                return Ok(End::Warnings);
            }
        }
    }
    Ok(End::Fine)
}

/// Prints the sheet of a key that is set already and can be had only now. Where standard output
/// does not take it, standard error may.
fn print(sheet: &str) -> Result<(), Stop> {
    say::out().secret(sheet).map_err(|error| {
        // Where nothing takes it, the message may still reach somebody.
        let _ = say::err().secret(sheet);
        Stop::Refused(Notice::new(
            format!("Standard output did not take the recovery key: {}.", error.kind()),
            "It opens the record, and is printed with this message instead.",
            "Write the words down, or make another with `cairn recovery-key`.",
        ))
    })
}

/// `cairn passphrase`
pub fn passphrase(session: &Session, new_file: Option<&Path>) -> Ended {
    let mut desk = session.closed()?;
    let old = ask::passphrase(session.passphrase_file.as_deref())?;
    desk.unlock(&old, (session.clock)().timestamp())?;
    let new = ask::new_passphrase(new_file, ask::CHANGED, &[])?;
    desk.change_passphrase(&old, &new)?;
    writeln!(say::err(), "The new passphrase is set. The recovery key is the same as before.")?;
    Ok(End::Fine)
}

/// `cairn recovery-key`
pub fn new_recovery_key(session: &Session, recovery_file: Option<&Path>) -> Ended {
    let (mut desk, _) = session.at_a_glance()?;
    let now = (session.clock)();
    let key = desk.new_recovery_key(now.timestamp())?;
    // A new key that went nowhere must not have cost the old one.
    let ended = hand_over(&key, recovery_file, now.date())?;
    desk.shut_older_recovery_keys_out()?;
    writeln!(say::err(), "The old recovery key no longer opens the record here. Back it up.")?;
    Ok(ended)
}

/// `cairn recover`
pub fn recover(session: &Session, recovery_file: Option<&Path>) -> Ended {
    let mut desk = session.closed()?;
    let key = ask::recovery_key(recovery_file)?;
    let new = ask::new_passphrase(session.passphrase_file.as_deref(), ask::NEW, &[])?;
    desk.recover(&key, &new, (session.clock)().timestamp())?;
    writeln!(say::err(), "The record is open again, with the new passphrase.")?;
    Ok(End::Fine)
}
