//! The record that a command works on: found, opened, read.

use super::{Session, Stop, ask, say};
use crate::app::fresh::Fresh;
use crate::app::state::Opened;
use crate::app::{Desk, Notice};
use crate::vault::{Damaged, VaultError};

impl Session {
    pub(super) fn fresh() -> Result<Fresh, Stop> {
        Fresh::new().map_err(|_| Stop::from(Notice::from(&VaultError::NoRandom)))
    }

    /// A desk on this computer, with nothing on it yet.
    pub(super) fn desk(&self) -> Result<Desk, Stop> {
        Ok(Desk::new(&self.folders, Session::fresh()?, self.clock.clone()))
    }

    /// The desk with the record opened, and everything in it.
    pub(super) fn unlocked(&self) -> Result<(Desk, Opened), Stop> {
        let (mut desk, mut opened) = self.at_a_glance()?;
        desk.fill(&mut opened.journal);
        desk.rest();
        Ok((desk, opened))
    }

    /// The desk with the record opened, and what the lists show of it: no texts, and no closed
    /// actions.
    pub(super) fn at_a_glance(&self) -> Result<(Desk, Opened), Stop> {
        let mut desk = self.closed()?;
        let passphrase = ask::passphrase(self.passphrase_file.as_deref())?;
        let opened = desk.unlock(&passphrase, (self.clock)().timestamp())?;
        for Damaged { file, why } in &opened.record.damaged {
            writeln!(say::err(), "cairn: {file} can’t be read: {why}. It was left as it is.")?;
        }
        Ok((desk, opened))
    }

    /// The desk with the record found but closed.
    pub(super) fn closed(&self) -> Result<Desk, Stop> {
        let mut desk = self.desk()?;
        match desk.find(&self.vault) {
            Ok(true) => Ok(desk),
            Ok(false) => Err(Stop::Refused(Notice::new(
                format!("There is no record in {}.", say::cell(self.vault.display())),
                "Nothing was changed.",
                "Make one with `cairn create`, or name another folder with --vault.",
            ))),
            Err(error) => Err(Stop::from(Notice::from(&error))),
        }
    }
}
