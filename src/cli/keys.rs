//! Making a record, and the keys to it.

use std::io::{self, Write as _};
use std::path::Path;

use super::{End, Ended, Session, ask};
use crate::app::{Notice, state::Recovery};
use crate::platform::{self, Existing};
use crate::vault::{RecoveryKey, Vault, VaultError};

/// `cairn create`
pub fn create(session: &Session, recovery_file: Option<&Path>, name: &str) -> Ended {
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
        ask::new_passphrase(session.passphrase_file.as_deref(), "New passphrase", &[name])?;
    let now = (session.clock)();
    let (key, _) = desk.create(&session.vault, &passphrase, name, now.timestamp())?;
    let ended = hand_over(&key, recovery_file, now.date())?;
    writeln!(io::stderr(), "The record is in {}.", session.vault.display())?;
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
            io::stdout().write_all(sheet.as_bytes())?;
            writeln!(io::stderr(), "Write the words down. They are not shown again.")?;
        }
        Some(path) => {
            if let Err(error) = platform::write_file(path, sheet.as_bytes(), Existing::Keep) {
                // The record exists and this is the only time its key can be had: print it.
                io::stdout().write_all(sheet.as_bytes())?;
                let notice = Notice::not_written(path, &error);
                writeln!(io::stderr(), "cairn: {} The key is printed instead.", notice.happened)?;
                return Ok(End::Warnings);
            }
        }
    }
    Ok(End::Fine)
}

/// `cairn passphrase`
pub fn passphrase(session: &Session, new_file: Option<&Path>) -> Ended {
    let mut desk = session.closed()?;
    let old = ask::passphrase(session.passphrase_file.as_deref(), "Passphrase")?;
    desk.unlock(&old, (session.clock)().timestamp())?;
    let new = ask::new_passphrase(new_file, "New passphrase", &[])?;
    desk.change_passphrase(&old, &new)?;
    writeln!(io::stderr(), "The new passphrase is set. The recovery key is the same as before.")?;
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
    writeln!(io::stderr(), "The old recovery key no longer opens the record here. Back it up.")?;
    Ok(ended)
}

/// `cairn recover`
pub fn recover(session: &Session, recovery_file: Option<&Path>) -> Ended {
    let mut desk = session.closed()?;
    let key = ask::recovery_key(recovery_file)?;
    let new = ask::new_passphrase(session.passphrase_file.as_deref(), "New passphrase", &[])?;
    desk.recover(&key, &new, (session.clock)().timestamp())?;
    writeln!(io::stderr(), "The record is open again, with the new passphrase.")?;
    Ok(End::Fine)
}
